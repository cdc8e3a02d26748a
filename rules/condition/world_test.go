package condition_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts"
	"truce/facts/source"
	"truce/rules/condition"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// world is a schema and a scope with something of every kind.
func world() *condition.Scope {
	kinds := &facts.Names{List: []string{"storm", "thaw", "frost"}}
	levels := &facts.Names{List: []string{"low", "middling", "very_high"}}
	moods := &facts.Names{List: []string{"calm", "angry"}}
	span := func(lo, hi float64) *facts.Value { v := facts.NumberBetween(lo, hi); return &v }
	number := func(u facts.Unit) facts.Type { return facts.Type{Kind: facts.Number, Unit: u} }
	of := func(k facts.Kind) facts.Type { return facts.Type{Kind: k} }
	enum, scale := facts.Type{Kind: facts.Enum, Names: kinds}, facts.Type{Kind: facts.Scale, Names: levels}

	s := &facts.Schema{Units: []string{"percent", "year", "mb", "d"}}
	add := func(name string, count facts.Count, fields ...facts.Field) *facts.FactType {
		t := &facts.FactType{Name: name, Count: count}
		for i := range fields {
			t.AddField(&fields[i])
		}
		s.AddType(t)
		return t
	}
	weather := add("Weather", facts.One,
		facts.Field{Name: "wind", Type: facts.Type{Kind: facts.Number, Unit: "percent/year", Range: span(-10, 500)}},
		facts.Field{Name: "rain", Type: number("mb/d")},
		facts.Field{Name: "share", Type: number("")},
		facts.Field{Name: "count", Type: of(facts.Integer)},
		facts.Field{Name: "days", Type: facts.Type{Kind: facts.Integer, Unit: facts.Day}},
		facts.Field{Name: "active", Type: of(facts.Bool)},
		facts.Field{Name: "hot", Type: of(facts.Bool)},
		facts.Field{Name: "kind", Type: enum},
		facts.Field{Name: "level", Type: scale},
		facts.Field{Name: "worst", Type: scale},
		facts.Field{Name: "mood", Type: facts.Type{Kind: facts.Scale, Names: moods}},
		facts.Field{Name: "name", Type: of(facts.Text)},
		facts.Field{Name: "since", Type: of(facts.Date)},
	)
	add("Item", facts.Many,
		facts.Field{Name: "points", Type: number("")},
		facts.Field{Name: "n", Type: of(facts.Integer)},
		facts.Field{Name: "growth", Type: number("percent/year")},
		facts.Field{Name: "side", Type: facts.Type{Kind: facts.Enum, Names: &facts.Names{List: []string{"warm", "cold"}}}},
		facts.Field{Name: "level", Type: scale},
		facts.Field{Name: "at", Type: of(facts.Date)},
		facts.Field{Name: "active", Type: of(facts.Bool)},
		facts.Field{Name: "name", Type: of(facts.Text)},
	)
	add("Shelter", facts.Open, facts.Field{Name: "kind", Type: enum}, facts.Field{Name: "active", Type: of(facts.Bool)})
	add("Almanac", facts.One, facts.Field{Name: "moon", Type: number("")}).Context = true

	declared := map[string]bool{"percent": true, "year": true, "mb": true, "d": true}
	return &condition.Scope{
		Schema: s,
		Bindings: map[string]condition.Binding{
			"e":     {Slot: 0, Fact: weather},
			"warm":  {Slot: 0, Type: number("")},
			"cold":  {Slot: 1, Type: number("")},
			"label": {Slot: 2, Type: of(facts.Text)},
			"tally": {Slot: 3, Type: of(facts.Integer)},
			"items": {Slot: 4, Type: number("")},
		},
		Parameters: map[string]*condition.Parameter{
			"strong_wind":   {Name: "strong_wind", Index: 0, Type: number("percent/year")},
			"storm_wind":    {Name: "storm_wind", Index: 1, Type: number("percent/year")},
			"strain_points": {Name: "strain_points", Index: 2, Type: number(""), Table: levels},
			"limit":         {Name: "limit", Index: 3, Type: number("")},
		},
		Declared: func(u string) bool { return declared[u] },
		Later:    map[string]bool{"total": true},
	}
}

// at is a source whose text stands behind "- " on the third line of a file.
func at(text string) condition.Source {
	runes := []rune(text)
	place := func(at int) source.Pos {
		p := source.Pos{Line: 3, Col: 5}
		for _, r := range runes[:min(at, len(runes))] {
			if p.Col++; r == '\n' {
				p.Line, p.Col = p.Line+1, 5
			}
		}
		return p
	}
	return condition.Source{Text: text, SpanOf: func(from, to int) facts.Span {
		return facts.Span{File: "rule.yaml", Start: place(from), End: place(to)}
	}}
}

func file(text string) string {
	return "rule: x\nwhen:\n  - " + strings.ReplaceAll(text, "\n", "\n    ") + "\n"
}

func render(t *testing.T, text string, ds source.Diagnostics) string {
	t.Helper()
	var b bytes.Buffer
	source.Render(&b, ds, func(string) (string, bool) { return file(text), true }, source.Options{})
	return b.String()
}

// golden compares with a file under testdata, or rewrites it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

// dump shows a tree, a node a line.
func dump(e condition.Expr) string {
	var b strings.Builder
	var walk func(e condition.Expr, depth int)
	walk = func(e condition.Expr, depth int) {
		fmt.Fprintf(&b, "%s%s  :%s  %d-%d\n", strings.Repeat("  ", depth+1), label(e), typeName(e.Type()), e.Span().Start.Col-5, e.Span().End.Col-5)
		for _, c := range condition.Children(e) {
			walk(c, depth+1)
		}
	}
	walk(e, 0)
	return b.String()
}

func typeName(t facts.Type) string {
	s := t.Kind.String()
	if t.Unit != "" {
		s += " " + string(t.Unit)
	}
	if t.Names != nil {
		s += "(" + strings.Join(t.Names.List, " ") + ")"
	}
	if t.Range != nil {
		s += " [" + t.Format(*t.Range) + "]"
	}
	return s
}

func label(e condition.Expr) string {
	switch e := e.(type) {
	case *condition.Literal:
		return fmt.Sprintf("literal %s", e.Type().Format(e.Value))
	case *condition.Variable:
		return fmt.Sprintf("variable %s #%d", e.Name, e.Slot)
	case *condition.FieldOf:
		return fmt.Sprintf("field %s #%d %s.%s", e.Name, e.Slot, e.Fact.Name, e.Field.Name)
	case *condition.ElementField:
		return fmt.Sprintf("element %s.%s", e.Fact.Name, e.Field.Name)
	case *condition.Threshold:
		return fmt.Sprintf("threshold %s #%d", e.Name, e.Index)
	case *condition.AsOf:
		return "as_of"
	case *condition.Unary:
		return "unary " + e.Op.String()
	case *condition.Binary:
		return "binary " + e.Op.String()
	case *condition.Conditional:
		return "conditional"
	case *condition.Member:
		var items []string
		for _, v := range e.Set {
			items = append(items, e.X.Type().Format(v))
		}
		return "in [" + strings.Join(items, " ") + "]"
	case *condition.TextTest:
		return fmt.Sprintf("%s %q", e.Test, e.Pattern)
	case *condition.Call:
		return "call " + e.Func.String()
	case *condition.External:
		return "external " + e.Name
	case *condition.Aggregate:
		s := fmt.Sprintf("aggregate %s %s", e.Form, e.Fact.Name)
		if e.Where != nil {
			s += " where"
		}
		if e.Of != nil {
			s += " of"
		}
		return s
	}
	return fmt.Sprintf("%T", e)
}
