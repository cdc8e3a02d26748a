package enginetest

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"truce/facts"
)

// Case draws a case over the stated types of a schema: known values, intervals and
// unknowns.
func Case(t *rapid.T, s *facts.Schema) *facts.Case {
	c := &facts.Case{ID: "generated", Title: "What follows?"}
	for _, typ := range s.Types {
		if typ.Concluded {
			continue
		}
		n := 1
		if typ.Count != facts.One {
			n = rapid.IntRange(0, 2).Draw(t, typ.Name+" facts")
		}
		for i := range n {
			c.Facts = append(c.Facts, fact(t, typ, fmt.Sprintf("f%d", i)))
		}
		if typ.Count == facts.Open && rapid.Bool().Draw(t, typ.Name+" complete") {
			c.Complete = append(c.Complete, typ.Name)
		}
	}
	return c
}

func fact(t *rapid.T, typ *facts.FactType, id string) *facts.StatedFact {
	f := &facts.StatedFact{Type: typ, ID: id, Data: make([]facts.Datum, len(typ.Fields))}
	if typ.Count == facts.One {
		f.ID = ""
	}
	for i, field := range typ.Fields {
		whole := field.Type.Unknown()
		f.Data[i].Given = true
		f.Data[i].Value = whole
		if rapid.IntRange(0, 3).Draw(t, "known") > 0 {
			f.Data[i].Value = Inside(t, field.Type, whole)
		}
	}
	return f
}

// Inside draws a value that a value stands for: a point of it, or a narrower
// interval.
func Inside(t *rapid.T, typ facts.Type, v facts.Value) facts.Value {
	switch {
	case v.IsKnown():
		return v
	case v.Kind() == facts.Enum:
		return facts.EnumOf(rapid.SampledFrom(typ.Names.List).Draw(t, "symbol"))
	case v.Kind() == facts.Text:
		return facts.TextOf(rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "text"))
	case v.Kind() == facts.Number:
		lo, hi := v.Bounds()
		ends := rapid.OneOf(rapid.SampledFrom([]float64{0, 1, 2, 0.5, -1}), rapid.Float64Range(lo, hi))
		a := min(hi, max(lo, ends.Draw(t, "low")))
		if rapid.Bool().Draw(t, "point") {
			return facts.NumberOf(a)
		}
		b := min(hi, max(lo, ends.Draw(t, "high")))
		return facts.NumberBetween(min(a, b), max(a, b))
	}
	lo, hi := v.Ends()
	a := rapid.Int64Range(lo, hi).Draw(t, "low")
	if v.Kind() == facts.Bool || rapid.Bool().Draw(t, "point") {
		return facts.Between(v.Kind(), a, a)
	}
	b := rapid.Int64Range(lo, hi).Draw(t, "high")
	return facts.Between(v.Kind(), min(a, b), max(a, b))
}

// Completion draws a case that knows more: values inside the case's values, and
// further facts of types that it does not list completely.
func Completion(t *rapid.T, s *facts.Schema, c *facts.Case) *facts.Case {
	d := *c
	d.Facts = nil
	for _, f := range c.Facts {
		g := *f
		g.Data = append([]facts.Datum(nil), f.Data...)
		for i, field := range f.Type.Fields {
			if rapid.IntRange(0, 2).Draw(t, "narrow") > 0 {
				g.Data[i].Value = Inside(t, field.Type, g.Data[i].Value)
			}
		}
		d.Facts = append(d.Facts, &g)
	}
	for _, typ := range s.Types {
		if typ.Count != facts.Open || slices.Contains(c.Complete, typ.Name) {
			continue
		}
		for i := range rapid.IntRange(0, 2).Draw(t, "unlisted") {
			d.Facts = append(d.Facts, fact(t, typ, fmt.Sprintf("g%d", i)))
		}
		if rapid.Bool().Draw(t, "now complete") {
			d.Complete = append(append([]string(nil), c.Complete...), typ.Name)
		}
	}
	return &d
}
