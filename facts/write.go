package facts

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"

	"truce/facts/doc"
)

// WriteCase writes a case as YAML, facts in the order of the schema. What it
// writes, ReadCase reads back as the same case; a case of which that is not true
// (a text that spells "unknown", a value outside its range, a concluded fact) is
// an error, and nothing is written.
func WriteCase(w io.Writer, c *Case, s *Schema) error {
	sorted := *c
	sorted.Facts = slices.Clone(c.Facts)
	for _, f := range sorted.Facts {
		if f.Type == nil || s.Type(f.Type.Name) != f.Type || len(f.Data) != len(f.Type.Fields) {
			return fmt.Errorf("case %q: a fact is not of the schema", c.ID)
		}
	}
	slices.SortFunc(sorted.Facts, (*StatedFact).compare)
	sorted.Complete = slices.Clone(c.Complete)
	slices.SortStableFunc(sorted.Complete, func(a, b string) int { return cmp.Compare(s.place(a), s.place(b)) })
	var e emitter
	e.writeCase(&sorted)
	text := []byte(e.b.String())
	back, ds := ReadCase(c.ID+".yaml", text, s, ReadOptions{Limits: doc.Limits{Bytes: math.MaxInt32, Nodes: math.MaxInt32}})
	if err := ds.Err(); err != nil {
		return fmt.Errorf("case %q cannot be written: %w", c.ID, err)
	}
	if !back.Same(c) {
		return fmt.Errorf("case %q cannot be written: it holds a text or a value that reads back as another", c.ID)
	}
	_, err := w.Write(text)
	return err
}

// place is the position of a fact type in the schema, past the end where it has
// none.
func (s *Schema) place(name string) int {
	if t := s.Type(name); t != nil {
		return t.Index
	}
	return len(s.Types)
}

func (e *emitter) writeCase(c *Case) {
	e.line(0, "case: "+scalarText(c.ID))
	e.line(0, "title: "+scalarText(c.Title))
	e.line(0, "as_of: "+FormatDate(c.AsOf))
	if c.Tier != "" {
		e.line(0, "tier: "+scalarText(c.Tier))
	}
	e.writeFacts(c.Facts)
	if len(c.Complete) > 0 {
		e.line(0, "complete:")
		for _, name := range c.Complete {
			e.line(2, "- "+scalarText(name))
		}
	}
	if x := c.Expected; x != nil {
		e.entry(0, "expected", texts("label", x.Label, "confidence", x.Confidence, "sublabel", x.Sublabel,
			"alternative", x.Alternative, "note", x.Note))
	}
	e.list("sources", c.Sources)
	e.list("notes", c.Notes)
}

// texts are the pairs of a list of keys and texts whose text is not empty.
func texts(keysAndTexts ...string) []pair {
	var pairs []pair
	for i := 0; i < len(keysAndTexts); i += 2 {
		if s := keysAndTexts[i+1]; s != "" {
			pairs = append(pairs, pair{keysAndTexts[i], scalarText(s)})
		}
	}
	return pairs
}

func (e *emitter) writeFacts(facts []*StatedFact) {
	if len(facts) == 0 {
		e.line(0, "facts: {}")
		return
	}
	e.line(0, "facts:")
	for i, f := range facts {
		name := scalarText(f.Type.Name)
		if f.Type.Count == One {
			if !slices.ContainsFunc(f.Data, func(d Datum) bool { return d.Given }) {
				e.line(2, name+": {}")
				continue
			}
			e.line(2, name+":")
			e.writeData(4, f)
			continue
		}
		if i == 0 || facts[i-1].Type != f.Type {
			e.line(2, name+":")
		}
		e.line(4, "- id: "+scalarText(f.ID))
		e.writeData(6, f)
	}
}

func (e *emitter) writeData(indent int, f *StatedFact) {
	for i, field := range f.Type.Fields {
		if d := &f.Data[i]; d.Given {
			pairs := d.pairs(field.Type)
			if len(pairs) == 1 {
				e.line(indent, scalarText(field.Name)+": "+pairs[0].value)
				continue
			}
			e.entry(indent, scalarText(field.Name), pairs)
		}
	}
}

// pairs is the long form of a field's value.
func (d *Datum) pairs(t Type) []pair {
	pairs := t.valuePairs(d.Value)
	pairs = append(pairs, texts("source", d.Source, "quality", d.Quality)...)
	if p := d.Period; p != nil {
		pairs = append(pairs, pair{"period", flow([]pair{{"from", FormatDate(p.From)}, {"to", FormatDate(p.To)}})})
	}
	if d.KnownOn != nil {
		pairs = append(pairs, pair{"known_on", FormatDate(*d.KnownOn)})
	}
	if d.KnownLater {
		pairs = append(pairs, pair{"known_later", "true"})
	}
	return append(pairs, texts("evidence", d.Evidence, "note", d.Note)...)
}

// valuePairs is a value by its key, or an interval by its two. An end that lies
// open is unknown.
func (t Type) valuePairs(v Value) []pair {
	if !v.IsInterval() {
		s := t.Format(v)
		if v.IsKnown() && (v.kind == Text || v.kind == Enum || v.kind == Scale) {
			s = scalarText(s)
		}
		return []pair{{"value", s}}
	}
	low, high := t.formatEnd(v, v.lo, v.ilo), t.formatEnd(v, v.hi, v.ihi)
	if v.kind == Scale {
		low, high = scalarText(low), scalarText(high)
	}
	if math.IsInf(v.lo, -1) || v.ilo == MinInteger {
		low = unknownWord
	}
	if math.IsInf(v.hi, 1) || v.ihi == MaxInteger {
		high = unknownWord
	}
	return []pair{{"low", low}, {"high", high}}
}

// Same reports whether both cases say the same, places in files and the order of
// facts aside.
func (c *Case) Same(d *Case) bool {
	if c.ID != d.ID || c.Title != d.Title || c.AsOf != d.AsOf || c.Tier != d.Tier ||
		!c.Expected.same(d.Expected) || !slices.Equal(c.Sources, d.Sources) || !slices.Equal(c.Notes, d.Notes) ||
		!slices.Equal(slices.Sorted(slices.Values(c.Complete)), slices.Sorted(slices.Values(d.Complete))) {
		return false
	}
	a, b := slices.Clone(c.Facts), slices.Clone(d.Facts)
	slices.SortFunc(a, (*StatedFact).compare)
	slices.SortFunc(b, (*StatedFact).compare)
	return slices.EqualFunc(a, b, (*StatedFact).same)
}

func (f *StatedFact) same(g *StatedFact) bool {
	return f.Type == g.Type && f.ID == g.ID && slices.EqualFunc(f.Data, g.Data, func(a, b Datum) bool { return a.same(&b) })
}

func (d *Datum) same(g *Datum) bool {
	if !d.Given || !g.Given {
		return d.Given == g.Given
	}
	return d.Value.Same(g.Value) && d.Source == g.Source && d.Quality == g.Quality && d.Evidence == g.Evidence &&
		d.Note == g.Note && d.Masked == g.Masked && d.KnownLater == g.KnownLater && samePointee(d.Period, g.Period) && samePointee(d.KnownOn, g.KnownOn)
}

func (x *Expected) same(y *Expected) bool {
	if x == nil || y == nil {
		return x == y
	}
	a, b := *x, *y
	a.Span, b.Span = Span{}, Span{}
	return a == b
}

// samePointee reports whether both point at equal values, or at nothing.
func samePointee[T comparable](a, b *T) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
