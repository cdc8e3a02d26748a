package analyse

import (
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
)

// hanging finds the field of a stated fact on which a justification still hangs: the
// first that some line of it, or of what it stands on, has read and that is not known.
type hanging struct {
	*hunt
	trace *trace.Trace
	box   box
	seen  map[*trace.Justification]bool
	asked map[trace.FieldRef]bool
}

// none is no slot.
const none = -1

// first is the first slot that one of some questions gives, or none.
func first(n int, ask func(i int) int) int {
	for i := range n {
		if at := ask(i); at != none {
			return at
		}
	}
	return none
}

// on is the slot of the field, or none.
func (h *hanging) on(j *trace.Justification) int {
	if h.seen[j] {
		return none
	}
	h.seen[j] = true
	if at := first(len(j.Steps), func(i int) int { return h.step(j, &j.Steps[i]) }); at != none {
		return at
	}
	if at := first(len(j.Premises), func(i int) int {
		if h.trace.Facts[j.Premises[i]].Status == trace.Certain {
			return none
		}
		return h.fact(j.Premises[i])
	}); at != none {
		return at
	}
	return first(len(j.Formulas), func(i int) int {
		if j.Formulas[i].Value.IsKnown() {
			return none
		}
		return h.reads(j, &j.Formulas[i].Reads)
	})
}

// step is what a line that is not true hangs on.
func (h *hanging) step(j *trace.Justification, s *trace.Step) int {
	if s.Truth.IsZero() || s.Truth.True() {
		return none
	}
	return first(len(s.Atoms), func(i int) int {
		if s.Atoms[i].Truth.IsKnown() {
			return none
		}
		return h.reads(j, &s.Atoms[i].Reads)
	})
}

// fact is the field on which it hangs that a concluded fact is there.
func (h *hanging) fact(i int) int {
	list := h.trace.Facts[i].Justifications
	return first(len(list), func(n int) int { return h.on(&h.trace.Justifications[list[n]]) })
}

func (h *hanging) reads(j *trace.Justification, r *trace.Reads) int {
	if at := first(len(r.Fields), func(i int) int { return h.field(r.Fields[i].Fact, r.Fields[i].Field) }); at != none {
		return at
	}
	if at := first(len(r.Slots), func(i int) int { return h.bound(j, r.Slots[i]) }); at != none {
		return at
	}
	return first(len(r.Aggregates), func(i int) int {
		members := r.Aggregates[i].Members
		return first(len(members), func(n int) int {
			m := &members[n]
			if m.Selected.False() || m.Selected.IsKnown() && (m.Value.IsZero() || m.Value.IsKnown()) {
				return none
			}
			return h.member(m.Fact)
		})
	})
}

// bound is what a bound value that is not known hangs on.
func (h *hanging) bound(j *trace.Justification, slot int) int {
	return first(len(j.Steps), func(i int) int {
		s := &j.Steps[i]
		if s.Step.Kind != rules.Let || s.Step.Slot != slot || s.Value.IsKnown() {
			return none
		}
		return h.reads(j, &s.Reads)
	})
}

// member is a field on which the part of a fact in an aggregate hangs.
func (h *hanging) member(i int) int {
	f := &h.trace.Facts[i]
	if f.Type.Concluded {
		return h.fact(i)
	}
	return first(len(f.Type.Fields), func(k int) int {
		if !h.axisOf(f.Type.Fields[k]).asked {
			return none
		}
		return h.field(i, f.Type.Fields[k])
	})
}

// field is the slot of a field of a fact that is not known, or what it hangs on where
// rules conclude it.
func (h *hanging) field(i int, field *facts.Field) int {
	f := &h.trace.Facts[i]
	if f.Fields[field.Index].Value.IsKnown() {
		return none
	}
	if !f.Type.Concluded {
		at, ok := h.byName[f.Name+"."+field.Name]
		if !ok || h.divisible(h.box, []int{at}) == none {
			return none
		}
		return at
	}
	ref := trace.FieldRef{Fact: i, Field: field}
	if h.asked[ref] {
		return none
	}
	h.asked[ref] = true
	for _, n := range f.Justifications {
		j := &h.trace.Justifications[n]
		if field.Index < len(j.Formulas) && !j.Formulas[field.Index].Value.IsKnown() {
			if at := h.reads(j, &j.Formulas[field.Index].Reads); at != none {
				return at
			}
		}
	}
	return h.fact(i)
}
