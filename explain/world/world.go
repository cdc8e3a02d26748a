package world

import (
	"truce/engine/trace"
	"truce/facts"
	"truce/rules/eval"
)

// Of is an environment that sees the facts of a finished run as the aggregates of
// its rules saw them. Each fact is called by its position in the trace.
func Of(t *trace.Trace, thresholds eval.Parameters) *eval.Env {
	w := &worlds{trace: t, members: make([][]eval.Member, len(t.Pack.Schema.Types))}
	for i := range t.Facts {
		w.add(i)
	}
	return &eval.Env{Parameters: thresholds, AsOf: t.Case.AsOf,
		Members: func(ft *facts.FactType) []eval.Member { return w.members[ft.Index] }}
}

type worlds struct {
	trace   *trace.Trace
	members [][]eval.Member
}

// add enters a fact.
func (w *worlds) add(i int) {
	f := &w.trace.Facts[i]
	m := eval.Member{Fact: Bound(w.trace, i), Presence: facts.UnknownBool(), Copies: f.Copies, Blurred: blurred(f)}
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
