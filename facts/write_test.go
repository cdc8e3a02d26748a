package facts_test

import (
	"bytes"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/facts"
)

var posInf = math.Inf(1)

// someText draws texts that are hard on a writer of YAML.
func someText() *rapid.Generator[string] {
	hard := []string{"no", "null", "~", "- a", "a: b", "a #b", "# a", "{a}", "[a]", "a, b", "'a'", `"a"`, `\n`, "a\nb", "\n", " a ", "a ",
		"% a", "@a", "`a`", "&a", "*a", "!a", "| a", "> a", "? a", ":", "a:", "-", "---", "...", "=", "<<", "1e3", "2013-11-24", "0x1",
		"“a”", "‘a’", "é", "۳۶٫۵", "سلام", "a\u200fb", "\u2028", "\ufeffa", "\u0085", "\x00", "\x1b[0m", "\t", "a\tb", "😀", "Unknown"}
	return rapid.OneOf(
		rapid.SampledFrom(hard),
		rapid.String(),
		rapid.StringMatching(`[a-z]{1,8}( [a-z]{1,8}){0,30}`),
		rapid.Map(rapid.SliceOfN(rapid.SampledFrom(hard), 0, 4), func(parts []string) string {
			var b bytes.Buffer
			for _, p := range parts {
				b.WriteString(p)
			}
			return b.String()
		}),
	)
}

// someWords draws texts that a case may hold where it needs one.
func someWords() *rapid.Generator[string] {
	return someText().Filter(notBlank)
}

func notBlank(s string) bool { return len(bytes.TrimSpace([]byte(s))) > 0 }

func someSchema() *rapid.Generator[*facts.Schema] {
	return rapid.Custom(func(t *rapid.T) *facts.Schema {
		s := &facts.Schema{}
		for i := range rapid.IntRange(0, 3).Draw(t, "qualities") {
			s.Qualities = append(s.Qualities, &facts.Quality{Name: fmt.Sprintf("quality_%d", i), Doc: someText().Draw(t, "doc")})
		}
		name := rapid.StringMatching(`[A-Za-z][A-Za-z0-9_]{0,9}`).Filter(func(s string) bool { return s != "id" })
		for _, n := range rapid.SliceOfNDistinct(name, 0, 5, rapid.ID[string]).Draw(t, "types") {
			f := &facts.FactType{Name: n, Doc: someText().Draw(t, "doc"), Count: facts.Count(rapid.IntRange(0, 2).Draw(t, "count")),
				After: rapid.Bool().Draw(t, "after"), Context: rapid.Bool().Draw(t, "context")}
			for _, n := range rapid.SliceOfNDistinct(name, 0, 5, rapid.ID[string]).Draw(t, "fields") {
				f.AddField(&facts.Field{Name: n, Doc: someText().Draw(t, "doc"), Window: someText().Draw(t, "window"),
					Asked: someText().Draw(t, "asked"), Type: someType(allKinds...).Draw(t, "type")})
			}
			s.AddType(f)
		}
		return s
	})
}

func someID() *rapid.Generator[string] {
	return rapid.StringMatching(`[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,3}`)
}

func someDay(t *rapid.T, name string) int64 { return rapid.Int64Range(-3000, 25000).Draw(t, name) }

func someDatum(t *rapid.T, s *facts.Schema, y facts.Type) facts.Datum {
	d := facts.Datum{Value: y.Unknown(), Given: rapid.IntRange(0, 3).Draw(t, "given") > 0}
	if !d.Given {
		return d
	}
	d.Value = someValue(t, y)
	if y.Kind == facts.Number && y.Range == nil && rapid.IntRange(0, 5).Draw(t, "end") == 0 {
		d.Value = facts.NumberBetween(someNumber().Draw(t, "low"), posInf)
	}
	if rapid.Bool().Draw(t, "short") {
		return d
	}
	text := rapid.OneOf(rapid.Just(""), someWords())
	d.Source, d.Evidence, d.Note = text.Draw(t, "source"), text.Draw(t, "evidence"), text.Draw(t, "note")
	if len(s.Qualities) > 0 {
		d.Quality = rapid.SampledFrom(s.Qualities).Draw(t, "quality").Name
	}
	if rapid.Bool().Draw(t, "period") {
		from := someDay(t, "from")
		d.Period = &facts.Period{From: from, To: from + rapid.Int64Range(0, 400).Draw(t, "days")}
	}
	switch rapid.IntRange(0, 3).Draw(t, "known") {
	case 0:
		on := someDay(t, "known on")
		d.KnownOn = &on
	case 1:
		d.KnownLater = true
	}
	return d
}

// someCase draws a case of a schema, its facts in any order.
func someCase(t *rapid.T, s *facts.Schema) *facts.Case {
	c := &facts.Case{ID: someID().Draw(t, "id"), Title: someWords().Draw(t, "title"), AsOf: someDay(t, "as of"),
		Tier: rapid.OneOf(rapid.Just(""), someWords()).Draw(t, "tier")}
	for _, y := range s.Types {
		ids := []string{""}
		if y.Count == facts.One {
			if rapid.Bool().Draw(t, "left out") {
				ids = nil
			}
		} else {
			ids = rapid.SliceOfNDistinct(someID(), 0, 4, rapid.ID[string]).Draw(t, "ids")
		}
		for _, id := range ids {
			f := &facts.StatedFact{Type: y, ID: id}
			for _, field := range y.Fields {
				f.Data = append(f.Data, someDatum(t, s, field.Type))
			}
			c.Facts = append(c.Facts, f)
		}
		if y.Count == facts.Open && rapid.Bool().Draw(t, "complete") {
			c.Complete = append(c.Complete, y.Name)
		}
	}
	c.Facts = rapid.Permutation(c.Facts).Draw(t, "order")
	c.Complete = rapid.Permutation(c.Complete).Draw(t, "completed")
	lists := rapid.SliceOfN(someWords(), 0, 3)
	c.Sources, c.Notes = lists.Draw(t, "sources"), lists.Draw(t, "notes")
	if rapid.Bool().Draw(t, "expected") {
		text := rapid.OneOf(rapid.Just(""), someWords())
		c.Expected = &facts.Expected{Label: someWords().Draw(t, "label"), Confidence: text.Draw(t, "confidence"),
			Sublabel: text.Draw(t, "sublabel"), Alternative: text.Draw(t, "alternative"), Note: text.Draw(t, "note")}
	}
	return c
}

// spellsUnknown reports whether a text of the case reads as unknown, which no
// case file can say of a text.
func spellsUnknown(c *facts.Case) bool {
	for _, f := range c.Facts {
		for _, d := range f.Data {
			if d.Given && d.Value.Kind() == facts.Text && d.Value.IsKnown() {
				if v, _ := (facts.Type{Kind: facts.Text}).ParseText(d.Value.Text()); v.IsUnknown() {
					return true
				}
			}
		}
	}
	return false
}

func TestWriteReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := someSchema().Draw(t, "schema")
		c := someCase(t, s)
		var out bytes.Buffer
		err := facts.WriteCase(&out, c, s)
		if spellsUnknown(c) {
			require.ErrorContains(t, err, "reads back as another")
			require.Empty(t, out.String())
			return
		}
		require.NoError(t, err)
		back, ds := facts.ReadCase("a.yaml", out.Bytes(), s, facts.ReadOptions{})
		require.Empty(t, ds, out.String())
		require.True(t, back.Same(c), out.String())
		for i, f := range back.Facts[min(1, len(back.Facts)):] {
			before := back.Facts[i]
			require.True(t, before.Type.Index < f.Type.Index || before.Type == f.Type && before.ID < f.ID, "canonical order")
		}
		var again bytes.Buffer
		require.NoError(t, facts.WriteCase(&again, back, s))
		require.Equal(t, out.String(), again.String(), "the same case, the same text")
	})
}

func TestSameTellsApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := someSchema().Draw(t, "schema")
		c := someCase(t, s)
		require.True(t, c.Same(c))
		d := *c
		d.Facts = append([]*facts.StatedFact(nil), c.Facts...)
		switch n := rapid.IntRange(0, 3).Draw(t, "change"); {
		case n == 0:
			d.Title += "!"
		case n == 1:
			d.Notes = append(append([]string(nil), c.Notes...), "more")
		case n == 2 && len(c.Facts) > 0:
			d.Facts = d.Facts[1:]
		default:
			d.Expected = &facts.Expected{Label: "another"}
			if c.Expected != nil && c.Expected.Label == "another" {
				d.Expected = nil
			}
		}
		if d.Expected != nil && c.Expected != nil && *d.Expected == *c.Expected && d.Title == c.Title && len(d.Facts) == len(c.Facts) && len(d.Notes) == len(c.Notes) {
			return
		}
		require.False(t, c.Same(&d))
	})
}

func TestWriteLayout(t *testing.T) {
	s := declared(t)
	e := s.Type("Economy")
	f := &facts.StatedFact{Type: e, Data: make([]facts.Datum, len(e.Fields))}
	on := date("2013-11-01").Integer()
	f.Data[0] = facts.Datum{Given: true, Value: facts.NumberOf(33.3), Source: "series/prices.csv", Quality: "press", KnownOn: &on,
		Period: &facts.Period{From: date("2013-09-23").Integer(), To: date("2013-10-22").Integer()}}
	f.Data[1] = facts.Datum{Given: true, Value: facts.NumberBetween(0.9, 1.1), Quality: "press"}
	f.Data[2] = facts.Datum{Given: true, Value: e.Fields[2].Type.Unknown(), Note: "why: nobody says"}
	f.Data[3] = facts.Datum{Given: true, Value: facts.BoolOf(false)}
	event := s.Type("Event")
	g := &facts.StatedFact{Type: event, ID: "first", Data: make([]facts.Datum, len(event.Fields))}
	g.Data[0] = facts.Datum{Given: true, Value: date("2013-05-19")}
	g.Data[2] = facts.Datum{Given: true, Value: facts.TextOf("no")}
	c := &facts.Case{ID: "first", Title: "Will it?", AsOf: date("2013-11-24").Integer(), Tier: "core", Facts: []*facts.StatedFact{g, f},
		Complete: []string{"Event"}, Expected: &facts.Expected{Label: "yes", Confidence: "high"}, Sources: []string{"a: b"}}
	var out bytes.Buffer
	require.NoError(t, facts.WriteCase(&out, c, s))
	require.Equal(t, `case: first
title: "Will it?"
as_of: 2013-11-24
tier: core
facts:
  Economy:
    inflation:
      value: 33.3
      source: series/prices.csv
      quality: press
      period: {from: 2013-09-23, to: 2013-10-22}
      known_on: 2013-11-01
    exports: {low: 0.9, high: 1.1, quality: press}
    reserves: {value: unknown, note: "why: nobody says"}
    rationed: false
  Event:
    - id: first
      date: 2013-05-19
      text: "no"
complete:
  - Event
expected: {label: "yes", confidence: high}
sources:
  - "a: b"
`, out.String())
}

func TestWriteRefuses(t *testing.T) {
	s := declared(t)
	offer, stressor := s.Type("Offer"), s.Type("Stressor")
	fact := func(y *facts.FactType, d ...facts.Datum) []*facts.StatedFact {
		return []*facts.StatedFact{{Type: y, Data: d}}
	}
	given := func(v facts.Value) facts.Datum { return facts.Datum{Given: true, Value: v} }
	for name, c := range map[string]*facts.Case{
		"no title":         {ID: "a"},
		"no id":            {Title: "?"},
		"concluded":        {ID: "a", Title: "?", Facts: fact(stressor, given(facts.NumberOf(1)))},
		"undeclared":       {ID: "a", Title: "?", Facts: fact(offer, given(facts.EnumOf("paper")), facts.Datum{})},
		"year 1392":        {ID: "a", Title: "?", Facts: fact(offer, facts.Datum{}, given(date("1392-09-03")))},
		"no value":         {ID: "a", Title: "?", Facts: fact(offer, given(facts.Value{}), facts.Datum{})},
		"not of the field": {ID: "a", Title: "?", Facts: fact(offer, facts.Datum{})},
		"no type":          {ID: "a", Title: "?", Facts: fact(nil)},
		"twice":            {ID: "a", Title: "?", Facts: append(fact(offer, facts.Datum{}, facts.Datum{}), fact(offer, facts.Datum{}, facts.Datum{})...)},
	} {
		var out bytes.Buffer
		require.Error(t, facts.WriteCase(&out, c, s), name)
		require.Empty(t, out.String(), name)
	}
}
