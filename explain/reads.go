package explain

import (
	"slices"

	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

// directFields are the fields that an evaluation read, those of the members of its
// aggregates among them: the predicate's of every member, and the summand's of
// each that was not excluded.
func directFields(r *trace.Reads) []trace.FieldRef {
	refs := slices.Clone(r.Fields)
	for i := range r.Aggregates {
		a := &r.Aggregates[i]
		where, of := elementFields(a.Expr.Where), elementFields(a.Expr.Of)
		for _, m := range a.Members {
			for _, f := range where {
				refs = append(refs, trace.FieldRef{Fact: m.Fact, Field: f})
			}
			if m.Selected.False() {
				continue
			}
			for _, f := range of {
				refs = append(refs, trace.FieldRef{Fact: m.Fact, Field: f})
			}
		}
	}
	return once(refs)
}

// elementFields are the fields of the fact in turn that an expression inside an
// aggregate reads.
func elementFields(e condition.Expr) []*facts.Field {
	var fs []*facts.Field
	if e == nil {
		return nil
	}
	condition.Walk(e, func(x condition.Expr) bool {
		if f, ok := x.(*condition.ElementField); ok && !slices.Contains(fs, f.Field) {
			fs = append(fs, f.Field)
		}
		return true
	})
	return fs
}

func once[T comparable](list []T) []T {
	seen := make(map[T]bool, len(list))
	return slices.DeleteFunc(list, func(x T) bool {
		if seen[x] {
			return true
		}
		seen[x] = true
		return false
	})
}

// allReads visits what each part of a justification read: bound values and atoms
// by step, then formulas.
func allReads(j *trace.Justification, visit func(*trace.Reads)) {
	for i := range j.Steps {
		visit(&j.Steps[i].Reads)
		for k := range j.Steps[i].Atoms {
			visit(&j.Steps[i].Atoms[k].Reads)
		}
	}
	for i := range j.Formulas {
		visit(&j.Formulas[i].Reads)
	}
}

// least is the justification of least height of a concluded fact, or nil.
func least(t *trace.Trace, fact int) *trace.Justification {
	js := t.Facts[fact].Justifications
	if len(js) == 0 {
		return nil
	}
	return &t.Justifications[js[0]]
}

// letOf is the step of a justification that bound a value slot, or nil.
func letOf(j *trace.Justification, slot int) *trace.Step {
	for i := range j.Steps {
		s := &j.Steps[i]
		if s.Step.Kind == rules.Let && s.Step.Slot == slot {
			return s
		}
	}
	return nil
}

// grounds finds the stated fields that values rest on, through bound values, and
// through the formulas of concluded fields by their least justification. Each
// field of each fact is followed once.
type grounds struct {
	t      *trace.Trace
	seen   map[trace.FieldRef]bool
	fields []trace.FieldRef

	totals    bool // aggregates over conclusions are not followed
	concluded bool // a conclusion was read
}

func newGrounds(t *trace.Trace) *grounds {
	return &grounds{t: t, seen: map[trace.FieldRef]bool{}}
}

func (g *grounds) reads(j *trace.Justification, r *trace.Reads) {
	if g.totals {
		r = g.withoutTotals(r)
	}
	for _, ref := range directFields(r) {
		g.field(ref)
	}
	for _, slot := range r.Slots {
		if s := letOf(j, slot); s != nil {
			g.within(j, s.Step.Expr, s.Value, &s.Reads)
		}
	}
}

// within follows the parts of a value that it turns on.
func (g *grounds) within(j *trace.Justification, e condition.Expr, v facts.Value, r *trace.Reads) {
	for _, part := range parts(g.t, j, e, v, r) {
		g.reads(j, part.reads)
	}
}

// withoutTotals is what was read but for aggregates over conclusions.
func (g *grounds) withoutTotals(r *trace.Reads) *trace.Reads {
	out := *r
	out.Aggregates = slices.DeleteFunc(slices.Clone(r.Aggregates), func(a trace.Aggregate) bool {
		g.concluded = g.concluded || a.Expr.Fact.Concluded
		return a.Expr.Fact.Concluded
	})
	return &out
}

func (g *grounds) field(ref trace.FieldRef) {
	if g.seen[ref] {
		return
	}
	g.seen[ref] = true
	if !g.t.Facts[ref.Fact].Type.Concluded {
		g.fields = append(g.fields, ref)
		return
	}
	g.concluded = true
	if j := least(g.t, ref.Fact); j != nil && ref.Field.Index < len(j.Formulas) {
		f := &j.Formulas[ref.Field.Index]
		g.within(j, f.Expr, f.Value, &f.Reads)
	}
}

// mark is the weakest mark of the stated fields found.
func (g *grounds) mark() Mark {
	var m Mark
	for _, ref := range g.fields {
		m = weaker(m, FieldMark(g.t, ref))
	}
	return m
}
