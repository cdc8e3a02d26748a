package search

import (
	"slices"

	"truce/facts"
)

// moved is a case with values changed, as one of the packs reads it. What was said of
// the values that it changes, and of what happened, is left out: it was said of another
// case.
func moved(c *facts.Case, at []move, side int) *facts.Case {
	out := *c
	out.Expected, out.Sources, out.Notes, out.Tier = nil, nil, nil, ""
	out.Facts = slices.Clone(c.Facts)
	for _, m := range at {
		d := m.of.sides[side]
		i := slices.IndexFunc(out.Facts, func(f *facts.StatedFact) bool { return f.Type == d.typ && f.ID == d.id })
		f := &facts.StatedFact{Type: d.typ, ID: d.id, Data: make([]facts.Datum, len(d.typ.Fields))}
		if i >= 0 {
			copy(f.Data, out.Facts[i].Data)
			out.Facts[i] = f
		} else {
			for k, field := range d.typ.Fields {
				f.Data[k].Value = field.Type.Unknown()
			}
			out.Facts = append(out.Facts, f)
		}
		f.Data[d.field.Index] = facts.Datum{Value: m.value[side], Given: true}
	}
	return &out
}
