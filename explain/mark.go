package explain

import (
	"truce/engine/trace"
	"truce/facts"
)

// Mark is the kind of evidence behind a value, strongest first. The zero Mark is
// none.
type Mark uint8

// The marks.
const (
	Reported Mark = iota + 1
	Computed
	Coded
	Judgement
	Assumed
)

var markNames = [...]string{"", "reported", "computed", "coded", "judgement", "assumed"}

func (m Mark) String() string { return markNames[m] }

// MarshalText is the mark as documents spell it.
func (m Mark) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// Marks lists the marks, strongest first.
func Marks() []Mark { return []Mark{Reported, Computed, Coded, Judgement, Assumed} }

// markOf is the mark that packs spell so, or none.
func markOf(name string) Mark {
	for m, n := range markNames {
		if m > 0 && n == name {
			return Mark(m)
		}
	}
	return 0
}

// weaker is the weaker of two marks; none is the strongest.
func weaker(a, b Mark) Mark { return max(a, b) }

// orElse is m, or d when m is none.
func (m Mark) orElse(d Mark) Mark {
	if m == 0 {
		return d
	}
	return m
}

// basisJudgement is how packs spell that a threshold is an analyst's own.
const basisJudgement = "judgement"

// FieldMark is the mark of a field of a fact as the rules saw it: that of the
// stated value, computed for a concluded one, none for an unknown stated one.
func FieldMark(t *trace.Trace, ref trace.FieldRef) Mark {
	f := &t.Facts[ref.Fact].Fields[ref.Field.Index]
	switch {
	case f.Origin == trace.Assumed:
		return Assumed
	case f.Origin == trace.Concluded:
		return Computed
	case f.Value.IsUnknown():
		return 0
	}
	return datumMark(t.Pack.Schema, f.Datum)
}

// StatedMark is the mark of what the case says of a field, whether or not it could
// be known on the case's date; none where the case says nothing.
func StatedMark(t *trace.Trace, ref trace.FieldRef) Mark {
	return datumMark(t.Pack.Schema, t.Facts[ref.Fact].Fields[ref.Field.Index].Datum)
}

func datumMark(s *facts.Schema, d *facts.Datum) Mark {
	if d == nil || !d.Given {
		return 0
	}
	if q := s.Quality(d.Quality); q != nil {
		return markOf(q.Mark).orElse(Coded)
	}
	return Coded
}

// thresholdsMark is judgement when one of the thresholds is an analyst's own,
// computed when there is another one, and none when there is none.
func thresholdsMark(t *trace.Trace, thresholds []int) Mark {
	var m Mark
	for _, i := range thresholds {
		if t.Pack.Thresholds[i].Basis == basisJudgement {
			return Judgement
		}
		m = Computed
	}
	return m
}

// ShownMark is the mark of a table's cell that shows a field: as of a line that
// reads nothing else.
func ShownMark(t *trace.Trace, ref trace.FieldRef) Mark {
	g := &grounds{t: t, seen: map[trace.FieldRef]bool{}, totals: true}
	g.field(ref)
	m := g.mark()
	if g.concluded {
		m = weaker(m, Computed)
	}
	return m.orElse(Computed)
}

// InstanceMark is the mark of a line of the report, by the instance that says it.
// See the package's doc.
func InstanceMark(t *trace.Trace, j *trace.Justification) Mark {
	g := &grounds{t: t, seen: map[trace.FieldRef]bool{}, totals: true}
	var m Mark
	var tested []int
	for i := range j.Steps {
		s := &j.Steps[i]
		g.reads(j, &s.Reads)
		tested = append(tested, s.Reads.Thresholds...)
		for k := range s.Atoms {
			g.reads(j, &s.Atoms[k].Reads)
			tested = append(tested, s.Atoms[k].Reads.Thresholds...)
		}
	}
	for i := range j.Formulas {
		g.reads(j, &j.Formulas[i].Reads)
		if thresholdsMark(t, j.Formulas[i].Reads.Thresholds) == Judgement {
			m = Judgement
		}
	}
	m = weaker(m, g.mark())
	if g.concluded {
		m = weaker(m, Computed)
	}
	return m.orElse(thresholdsMark(t, tested)).orElse(Computed)
}
