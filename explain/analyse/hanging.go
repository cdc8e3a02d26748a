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

// on is the slot of the field, or -1.
func (h *hanging) on(j *trace.Justification) int {
	if h.seen[j] {
		return -1
	}
	h.seen[j] = true
	for i := range j.Steps {
		s := &j.Steps[i]
		if s.Truth.IsZero() || s.Truth.True() {
			continue
		}
		for a := range s.Atoms {
			if !s.Atoms[a].Truth.IsKnown() {
				if at := h.reads(j, &s.Atoms[a].Reads); at >= 0 {
					return at
				}
			}
		}
	}
	for _, p := range j.Premises {
		if h.trace.Facts[p].Status != trace.Certain {
			if at := h.fact(p); at >= 0 {
				return at
			}
		}
	}
	for i := range j.Formulas {
		if !j.Formulas[i].Value.IsKnown() {
			if at := h.reads(j, &j.Formulas[i].Reads); at >= 0 {
				return at
			}
		}
	}
	return -1
}

// fact is the field on which it hangs that a concluded fact is there.
func (h *hanging) fact(i int) int {
	for _, n := range h.trace.Facts[i].Justifications {
		if at := h.on(&h.trace.Justifications[n]); at >= 0 {
			return at
		}
	}
	return -1
}

func (h *hanging) reads(j *trace.Justification, r *trace.Reads) int {
	for _, f := range r.Fields {
		if at := h.field(f.Fact, f.Field); at >= 0 {
			return at
		}
	}
	for _, slot := range r.Slots {
		for i := range j.Steps {
			s := &j.Steps[i]
			if s.Step.Kind == rules.Let && s.Step.Slot == slot && !s.Value.IsKnown() {
				if at := h.reads(j, &s.Reads); at >= 0 {
					return at
				}
			}
		}
	}
	for i := range r.Aggregates {
		for _, m := range r.Aggregates[i].Members {
			if m.Selected.False() || m.Selected.IsKnown() && (m.Value.IsZero() || m.Value.IsKnown()) {
				continue
			}
			if at := h.member(m.Fact); at >= 0 {
				return at
			}
		}
	}
	return -1
}

// member is a field on which the part of a fact in an aggregate hangs.
func (h *hanging) member(i int) int {
	f := &h.trace.Facts[i]
	if f.Type.Concluded {
		return h.fact(i)
	}
	for _, field := range f.Type.Fields {
		if h.axisOf(field).asked {
			if at := h.field(i, field); at >= 0 {
				return at
			}
		}
	}
	return -1
}

// field is the slot of a field of a fact that is not known, or what it hangs on where
// rules conclude it.
func (h *hanging) field(i int, field *facts.Field) int {
	f := &h.trace.Facts[i]
	if f.Fields[field.Index].Value.IsKnown() {
		return -1
	}
	if !f.Type.Concluded {
		at, ok := h.byName[f.Name+"."+field.Name]
		if !ok || h.divisible(h.box, []int{at}) < 0 {
			return -1
		}
		return at
	}
	ref := trace.FieldRef{Fact: i, Field: field}
	if h.asked[ref] {
		return -1
	}
	h.asked[ref] = true
	for _, n := range f.Justifications {
		j := &h.trace.Justifications[n]
		if field.Index < len(j.Formulas) && !j.Formulas[field.Index].Value.IsKnown() {
			if at := h.reads(j, &j.Formulas[field.Index].Reads); at >= 0 {
				return at
			}
		}
	}
	return h.fact(i)
}
