package world

import (
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
	"truce/rules/eval"
)

// Of is an environment that sees the facts of a finished run as the aggregates of
// its rules saw them. Each fact is called by its position in the trace.
func Of(t *trace.Trace, thresholds eval.Parameters) *eval.Env {
	w := &worlds{trace: t, copies: make([]int, len(t.Facts)), members: make([][]eval.Member, len(t.Pack.Schema.Types))}
	w.recursive = recursiveStrata(t.Pack)
	for i := range t.Facts {
		w.add(i)
	}
	return &eval.Env{Parameters: thresholds, AsOf: t.Case.AsOf,
		Members: func(ft *facts.FactType) []eval.Member { return w.members[ft.Index] }}
}

type worlds struct {
	trace     *trace.Trace
	recursive map[int]bool // strata whose rules feed themselves
	copies    []int        // by fact, of those with an unknown key; 0 is not yet known
	members   [][]eval.Member
}

// add enters a fact.
func (w *worlds) add(i int) {
	f := &w.trace.Facts[i]
	m := eval.Member{Fact: Bound(w.trace, i), Presence: facts.UnknownBool(), Copies: w.copiesOf(i), Blurred: blurred(f)}
	if f.Status == trace.Certain {
		m.Presence = facts.BoolOf(true)
	}
	if len(f.Alternatives) > 0 {
		m.Group = min(i, f.Alternatives[0]) + 1
		for _, a := range f.Alternatives {
			m.Group = min(m.Group, a+1)
		}
	}
	w.members[f.Type.Index] = append(w.members[f.Type.Index], m)
}

// Bound is a fact of a trace as an environment binds it.
func Bound(t *trace.Trace, i int) eval.Fact {
	f := &t.Facts[i]
	b := eval.Fact{Ref: i, Values: make([]facts.Value, len(f.Fields))}
	for k := range f.Fields {
		b.Values[k] = f.Fields[k].Value
	}
	return b
}

// blurred says that a fact stands for one or several real ones: a field of its key
// is not known, or it stands for what an open type may have beyond the listed.
func blurred(f *trace.Fact) bool {
	if !f.Type.Concluded {
		return f.Unlisted
	}
	for _, k := range f.Type.Key {
		if !f.Fields[k].Value.IsKnown() {
			return true
		}
	}
	return false
}

// endless is where copies are counted as without end.
const endless = 1 << 30

// copiesOf is for how many real facts a fact may stand: the sum over its
// justifications of the product over their premises; -1 is without end.
func (w *worlds) copiesOf(i int) int {
	f := &w.trace.Facts[i]
	switch {
	case !blurred(f):
		return 1
	case f.Unlisted:
		return -1
	case w.copies[i] != 0:
		return w.copies[i]
	}
	total := 0
	for _, n := range f.Justifications {
		j := &w.trace.Justifications[n]
		if w.recursive[j.Rule.Stratum] {
			total = -1
			break
		}
		c := w.choices(j)
		if c < 0 || total+c > endless {
			total = -1
			break
		}
		total += c
	}
	w.copies[i] = total
	return total
}

func (w *worlds) choices(j *trace.Justification) int {
	n := 1
	for _, p := range j.Premises {
		c := w.copiesOf(p)
		if c < 0 || n > endless/max(c, 1) {
			return -1
		}
		n *= c
	}
	return n
}

// recursiveStrata are the strata with a rule that matches what the stratum itself
// concludes.
func recursiveStrata(p *rules.Pack) map[int]bool {
	concludedIn := map[*facts.FactType]int{}
	for _, r := range p.Rules {
		for _, c := range r.Then {
			concludedIn[c.Fact] = r.Stratum
		}
	}
	found := map[int]bool{}
	for _, r := range p.Rules {
		for _, s := range r.When {
			if s.Kind != rules.Pattern {
				continue
			}
			if n, ok := concludedIn[s.Fact]; ok && n == r.Stratum {
				found[n] = true
			}
		}
	}
	return found
}
