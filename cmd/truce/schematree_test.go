package main

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"truce/facts/doc"
)

// typed is a tree as a reader of YAML 1.2 that knows no schema types it: what an editor
// checks.
func typed(n *doc.Node) any {
	switch {
	case n.Kind == doc.List:
		list := []any{}
		for _, m := range n.Items {
			list = append(list, typed(m))
		}
		return list
	case n.Kind == doc.Map:
		m := map[string]any{}
		for _, e := range n.Entries {
			m[e.Key.Value] = typed(e.Value)
		}
		return m
	case n.Null:
		return nil
	case n.Style != doc.Plain:
		return n.Value
	case slices.Contains([]string{"true", "True", "TRUE"}, n.Value):
		return true
	case slices.Contains([]string{"false", "False", "FALSE"}, n.Value):
		return false
	case regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`).MatchString(n.Value):
		digits := regexp.MustCompile(`^(-?)0*([0-9])`).ReplaceAllString(strings.TrimPrefix(n.Value, "+"), "$1$2")
		if json.Valid([]byte(digits)) {
			return json.Number(digits)
		}
	}
	return n.Value
}

// written is a tree as JSON, which is YAML, too.
func written(n *doc.Node) string {
	var b bytes.Buffer
	var write func(n *doc.Node)
	quote := func(s string) {
		text, _ := json.Marshal(s)
		b.Write(text)
	}
	write = func(n *doc.Node) {
		switch {
		case n.Kind == doc.List:
			b.WriteByte('[')
			for i, m := range n.Items {
				if i > 0 {
					b.WriteString(", ")
				}
				write(m)
			}
			b.WriteByte(']')
		case n.Kind == doc.Map:
			b.WriteByte('{')
			for i, e := range n.Entries {
				if i > 0 {
					b.WriteString(", ")
				}
				quote(e.Key.Value)
				b.WriteString(": ")
				write(e.Value)
			}
			b.WriteByte('}')
		case n.Null:
			b.WriteString("null")
		case n.Style == doc.Plain && regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.]*$`).MatchString(n.Value):
			b.WriteString(n.Value) // a pattern is one without quotes only
		default:
			quote(n.Value)
		}
	}
	write(n)
	return b.String() + "\n"
}

// moreOfEverything has what the ferry's pack has not.
const moreOfEverything = `extension: X01
extension_doc: What the tests add.
names: {harbours: [north, south]}
claims: {C01: {section: "1", kind: [rule], says: Wind matters.}}
assumptions:
  - {field: Deck.flag, value: green, because: it mostly is}
constraints: [threshold.storm > 0]
tests:
  - test: more
    as_of: 2024-05-01
    facts:
      Weather: {wind: {value: 3, period: {from: 2024-04-01, to: 2024-04-30}}}
      Warning: [{id: a, strong: false}]
    expect: {answer: [sail]}
    rows:
      - {row: empty, facts: {Deck: {passengers: 10}}, expect: {answer: sail}}
`

// mutate changes one place of a tree.
func mutate(rt *rapid.T, root *doc.Node) {
	var all []*doc.Node
	var walk func(n *doc.Node)
	walk = func(n *doc.Node) {
		all = append(all, n)
		for _, m := range n.Items {
			walk(m)
		}
		for _, e := range n.Entries {
			walk(e.Value)
		}
	}
	walk(root)
	n := all[rapid.IntRange(0, len(all)-1).Draw(rt, "node")]
	switch {
	case len(n.Entries) > 0 && rapid.Bool().Draw(rt, "take out"):
		i := rapid.IntRange(0, len(n.Entries)-1).Draw(rt, "entry")
		n.Entries = slices.Delete(slices.Clone(n.Entries), i, i+1)
	case len(n.Items) > 0 && rapid.Bool().Draw(rt, "take out"):
		i := rapid.IntRange(0, len(n.Items)-1).Draw(rt, "item")
		n.Items = slices.Delete(slices.Clone(n.Items), i, i+1)
	case rapid.Bool().Draw(rt, "simple"):
		*n = *rapid.SampledFrom([]*doc.Node{{Null: true}, {Value: "x"}, {Value: "3"}, {Value: "true"}, {Value: "one", Style: doc.DoubleQuoted},
			{Kind: doc.List}, {Kind: doc.Map}, {Kind: doc.List, Items: []*doc.Node{{Value: "stay"}}}}).Draw(rt, "value")
	default:
		i := rapid.IntRange(0, len(all)-1).Draw(rt, "other")
		*n = *tree(rt, "other.yaml", written(all[i])) // a copy: it may hold n
	}
}
