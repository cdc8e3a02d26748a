package facts_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/facts"
	"truce/facts/doc"
)

const wholeCase = `
case: 2013-interim-text
title: Will the offer be taken?
as_of: 2013-11-24
tier: core
facts:
  Aftermath: {text: it held}
  Event:
    - id: second
      date: 2013-06-01
      effect: {low: raised, high: unknown}
    - id: first
      date: {value: 2013-05-19, evidence: two newspapers}
      text: "no"
  Economy:
    inflation:
      value: 33.3
      source: series/prices.csv
      quality: press
      period: {from: 2013-09-23, to: 2013-10-22}
      known_on: 2013-11-01
      note: the month of Mehr
    exports: {low: 0.9, high: 1.1}
    reserves: {value: unknown, note: nobody says}
    rationed: no
  Society: {unrest: {value: raised, known_later: true}}
complete: [Event]
expected: {label: truce, confidence: high, sublabel: text, alternative: hold, note: close}
sources: [a newspaper]
notes:
  - one
  - "no"
`

func TestReadCase(t *testing.T) {
	s := declared(t)
	c, ds := facts.ReadCase("a.yaml", []byte(wholeCase), s, facts.ReadOptions{Labels: []string{"truce", "hold"}})
	require.Empty(t, ds)
	require.Equal(t, "2013-interim-text", c.ID)
	require.Equal(t, "Will the offer be taken?", c.Title)
	require.Equal(t, "2013-11-24", facts.FormatDate(c.AsOf))
	require.Equal(t, "core", c.Tier)
	require.Equal(t, []string{"Event"}, c.Complete)
	require.Equal(t, []string{"a newspaper"}, c.Sources)
	require.Equal(t, []string{"one", "no"}, c.Notes)
	require.Equal(t, "truce/high/text/hold/close", c.Expected.Label+"/"+c.Expected.Confidence+"/"+c.Expected.Sublabel+"/"+c.Expected.Alternative+"/"+c.Expected.Note)

	var names []string
	for _, f := range c.Facts {
		names = append(names, f.Name())
		require.Len(t, f.Data, len(f.Type.Fields))
	}
	require.Equal(t, []string{"Economy", "Society", "Event(first)", "Event(second)", "Aftermath"}, names)

	e := c.Facts[0]
	require.Equal(t, "a.yaml:15:3", e.Span.String())
	inflation := e.Data[0]
	require.True(t, inflation.Given && inflation.Value.Same(facts.NumberOf(33.3)))
	require.Equal(t, "series/prices.csv press the month of Mehr", inflation.Source+" "+inflation.Quality+" "+inflation.Note)
	require.Equal(t, "2013-09-23 2013-10-22 2013-11-01", facts.FormatDate(inflation.Period.From)+" "+facts.FormatDate(inflation.Period.To)+" "+facts.FormatDate(*inflation.KnownOn))
	require.Equal(t, "a.yaml:17:14", inflation.Span.String())
	require.False(t, inflation.Later(c.AsOf))
	require.True(t, e.Data[1].Value.Same(facts.NumberBetween(0.9, 1.1)))
	require.Equal(t, 23, e.Data[1].Span.Start.Line)
	require.True(t, e.Data[2].Given && e.Data[2].Value.IsUnknown())
	require.True(t, e.Data[3].Value.False(), "no is false")
	note := e.Data[4]
	require.True(t, !note.Given && note.Value.IsUnknown() && note.Value.Kind() == facts.Text && note.Span.IsZero())
	require.True(t, c.Facts[1].Data[0].KnownLater && c.Facts[1].Data[0].Later(c.AsOf))
	require.Equal(t, "two newspapers", c.Facts[2].Data[0].Evidence)
	require.Equal(t, "no", c.Facts[2].Data[2].Value.Text(), "no is a text where a text is expected")
	require.Equal(t, "a.yaml:12:11", c.Facts[2].Span.String())
	require.True(t, c.Facts[3].Data[1].Value.Same(facts.Between(facts.Scale, 1, 3)), "an unknown end is the end of the scale")
}

// A case says the same in YAML and in JSON.
func TestReadJSON(t *testing.T) {
	s := declared(t)
	root, ds := doc.Read("a.yaml", []byte(wholeCase), doc.Limits{})
	require.Empty(t, ds)
	text, err := json.Marshal(plainTree(root))
	require.NoError(t, err)
	fromJSON, ds := facts.ReadCase("a.json", text, s, facts.ReadOptions{})
	require.Empty(t, ds)
	fromYAML, _ := facts.ReadCase("a.yaml", []byte(wholeCase), s, facts.ReadOptions{})
	require.True(t, fromYAML.Same(fromJSON))

	numbers := `{"case": "a", "title": "b", "as_of": "2013-11-24", "facts": {"Economy": {"inflation": 33.3, "reserves": 3, "rationed": true}}}`
	c, ds := facts.ReadCase("a.json", []byte(numbers), s, facts.ReadOptions{})
	require.Empty(t, ds)
	require.True(t, c.Facts[0].Data[0].Value.Same(facts.NumberOf(33.3)))
	require.True(t, c.Facts[0].Data[3].Value.True())
}

func plainTree(n *doc.Node) any {
	switch n.Kind {
	case doc.Map:
		m := map[string]any{}
		for _, e := range n.Entries {
			m[e.Key.Value] = plainTree(e.Value)
		}
		return m
	case doc.List:
		list := []any{}
		for _, item := range n.Items {
			list = append(list, plainTree(item))
		}
		return list
	default:
		return n.Value
	}
}

func TestReadCaseLeavesOut(t *testing.T) {
	s := declared(t)
	c, ds := facts.ReadCase("a.yaml", []byte("case: a\ntitle: b\nas_of: 2013-11-24\nfacts: {Event: [], Party: [], Society: {}}\n"), s, facts.ReadOptions{})
	require.Empty(t, ds)
	require.Len(t, c.Facts, 1, "a type that is left out stays out")
	require.Equal(t, "Society", c.Facts[0].Name())
	require.Nil(t, c.Expected)
}

func TestExact(t *testing.T) {
	s := withExact(t)
	c, ds := facts.ReadCase("a.yaml", []byte("case: a\ntitle: b\nas_of: 2013-11-24\nfacts: {Setting: {round: {low: 3, high: 3}}}\n"), s, facts.ReadOptions{})
	require.Empty(t, ds, "ends that meet are one value")
	require.True(t, c.Facts[0].Data[0].Value.Same(facts.IntegerOf(3)))
}

// A case inside another document is read as one in a file of its own.
func TestReadCaseNode(t *testing.T) {
	s := declared(t)
	root, ds := doc.Read("a.yaml", []byte(wholeCase), doc.Limits{})
	require.Empty(t, ds)
	inside, ds := facts.ReadCaseNode(root, s, facts.ReadOptions{})
	require.Empty(t, ds)
	alone, _ := facts.ReadCase("a.yaml", []byte(wholeCase), s, facts.ReadOptions{})
	require.Equal(t, alone, inside)

	root, _ = doc.Read("b.yaml", []byte("tests:\n  - tier: core\n"), doc.Limits{})
	c, ds := facts.ReadCaseNode(root.Get("tests").Items[0], s, facts.ReadOptions{})
	require.Nil(t, c)
	require.Len(t, ds, 4)
	require.Equal(t, "b.yaml:2:5", ds[0].Span.String(), "what is missing is missing there")
}

// The order of a file does not show.
func TestOrderOfFile(t *testing.T) {
	s := declared(t)
	want, ds := facts.ReadCase("a.yaml", []byte(wholeCase), s, facts.ReadOptions{})
	require.Empty(t, ds)
	rapid.Check(t, func(t *rapid.T) {
		root, _ := doc.Read("a.yaml", []byte(wholeCase), doc.Limits{})
		shuffle(t, root)
		var out bytes.Buffer
		writeJSON(&out, root)
		got, ds := facts.ReadCase("a.json", out.Bytes(), s, facts.ReadOptions{})
		require.Empty(t, ds)
		slices.Sort(got.Notes)
		slices.Sort(want.Notes)
		require.True(t, want.Same(got), out.String())
		for i, f := range got.Facts {
			require.Equal(t, want.Facts[i].Name(), f.Name())
		}
	})
}

func shuffle(t *rapid.T, n *doc.Node) {
	if len(n.Entries) > 0 {
		n.Entries = rapid.Permutation(n.Entries).Draw(t, "entries")
	}
	if len(n.Items) > 0 {
		n.Items = rapid.Permutation(n.Items).Draw(t, "items")
	}
	for _, e := range n.Entries {
		shuffle(t, e.Value)
	}
	for _, item := range n.Items {
		shuffle(t, item)
	}
}

// writeJSON writes a tree with its keys in their order.
func writeJSON(b *bytes.Buffer, n *doc.Node) {
	switch n.Kind {
	case doc.Map:
		b.WriteByte('{')
		for i, e := range n.Entries {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strconv.Quote(e.Key.Value) + ":")
			writeJSON(b, e.Value)
		}
		b.WriteByte('}')
	case doc.List:
		b.WriteByte('[')
		for i, item := range n.Items {
			if i > 0 {
				b.WriteByte(',')
			}
			writeJSON(b, item)
		}
		b.WriteByte(']')
	default:
		b.WriteString(strconv.Quote(n.Value))
	}
}

// The shipped cases are read and written back by a schema made from the cases
// themselves, which knows their shape and nothing of their meaning.
func TestShippedCases(t *testing.T) {
	files := shipped(t)
	s := inferred(t, files)
	for name, text := range files {
		c, ds := facts.ReadCase(name, text, s, facts.ReadOptions{})
		require.Empty(t, ds)
		require.NotEmpty(t, c.Facts)
		require.NotNil(t, c.Expected)
		require.Equal(t, c.ID+".yaml", name)
		var out bytes.Buffer
		require.NoError(t, facts.WriteCase(&out, c, s))
		back, ds := facts.ReadCase(name, out.Bytes(), s, facts.ReadOptions{})
		require.Empty(t, ds)
		require.True(t, back.Same(c), name)
	}
}

func shipped(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("../testdata/cases/*.yaml")
	require.NoError(t, err)
	require.Greater(t, len(names), 20)
	files := map[string][]byte{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		files[filepath.Base(name)] = text
	}
	return files
}
