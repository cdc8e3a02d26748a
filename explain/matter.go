package explain

import (
	"slices"

	"truce/engine/trace"
	"truce/facts"
)

// Ground is what answers rest on: the stated fields behind their proofs.
type Ground struct {
	// Assumed are the fields that an assumption of the pack filled.
	Assumed []trace.FieldRef
	// Missing are the fields that are unknown or known in part, assumptions and
	// what was known only later aside.
	Missing []trace.FieldRef
	// Later are the fields of which the case gives a value that could not be known
	// on its date.
	Later []trace.FieldRef
	// Unlisted are the facts that stand for what an open type may have beyond what
	// the case lists.
	Unlisted []int
}

// AnswerGround is what the answer rests on: each list in the order of the trace's
// facts, then of fields. All that its proofs need counts. With open set, only what
// leaves the answer open does: the fields behind those deciding atoms that are
// unknown.
func AnswerGround(t *trace.Trace, open bool) Ground {
	g := newGrounds(t)
	touched := map[int]bool{}
	for _, f := range closure(t, AnswerFacts(t)) {
		j := least(t, f)
		if j == nil {
			continue
		}
		for _, e := range needed(t, j) {
			if !open || e.atom && !e.value.IsKnown() {
				g.reads(j, e.reads)
				touch(touched, e.reads)
			}
		}
	}
	return g.sorted(touched)
}

func touch(touched map[int]bool, r *trace.Reads) {
	for i := range r.Aggregates {
		for _, m := range r.Aggregates[i].Members {
			touched[m.Fact] = true
		}
	}
}

func (g *grounds) sorted(touched map[int]bool) Ground {
	fields := slices.Clone(g.fields)
	slices.SortFunc(fields, func(a, b trace.FieldRef) int {
		if a.Fact != b.Fact {
			return a.Fact - b.Fact
		}
		return a.Field.Index - b.Field.Index
	})
	var out Ground
	for _, ref := range fields {
		f := &g.t.Facts[ref.Fact]
		if f.Unlisted {
			touched[ref.Fact] = true
			continue
		}
		switch v := &f.Fields[ref.Field.Index]; {
		case v.Origin == trace.Assumed:
			out.Assumed = append(out.Assumed, ref)
		case v.Origin == trace.KnownLater:
			out.Later = append(out.Later, ref)
		case !v.Value.IsKnown():
			out.Missing = append(out.Missing, ref)
		}
	}
	for i := range g.t.Facts {
		if g.t.Facts[i].Unlisted && touched[i] {
			out.Unlisted = append(out.Unlisted, i)
		}
	}
	return out
}

// later reports whether the case gives a value that could not be known on its date,
// whether the rules took it as unknown or an assumption stands in for it.
func later(t *trace.Trace, fact, field int) bool {
	f := &t.Facts[fact]
	d := f.Fields[field].Datum
	return d != nil && d.Given && !f.Type.After && d.Later(t.Case.AsOf)
}

// KnownLater are all stated fields of which the case gives a value that could not
// be known on its date, whether or not the answer rests on them, in the order of
// the trace's facts.
func KnownLater(t *trace.Trace) []trace.FieldRef {
	var list []trace.FieldRef
	for i := range t.Facts {
		for k := range t.Facts[i].Fields {
			if later(t, i, k) {
				list = append(list, trace.FieldRef{Fact: i, Field: t.Facts[i].Type.Fields[k]})
			}
		}
	}
	return list
}

// FieldValue is the value of a field as the rules saw it, with its type.
func FieldValue(t *trace.Trace, ref trace.FieldRef) Value {
	return Value{ref.Field.Type, t.Facts[ref.Fact].Fields[ref.Field.Index].Value}
}

// Stated is the value of a field as the case gives it, and false when the case
// gives none.
func Stated(t *trace.Trace, ref trace.FieldRef) (*facts.Datum, bool) {
	d := t.Facts[ref.Fact].Fields[ref.Field.Index].Datum
	return d, d != nil && d.Given
}
