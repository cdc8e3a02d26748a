package enginetest

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"truce/rules"
)

// Every generated type has the same fields, so that any of them may stand in any
// condition.
const fields = `
      k: {type: integer, range: [0, 3], doc: joins}
      a: {type: number, range: [-20, 20], doc: a number}
      b: {type: bool, doc: a bool}
      l: {type: scale, levels: {low: "", mid: "", high: ""}, doc: a level}
      e: {type: enum, values: {x: "", y: "", z: ""}, doc: a symbol}
`

const header = `
pack:
  name: generated
  version: "1"
  doc: A generated pack.
  goal: {type: Goal, field: value}
  labels: {one: {values: [p], doc: ""}, other: {values: [q, r], doc: ""}}
thresholds:
  t: {value: 1, plausible: [0, 3], basis: judgement, because: a test, doc: a test}
`

// The stated types by name: one of which there is one, one that lists all, one that
// may have more.
var statedTypes = []string{"One", "Many", "Open"}

// Options of a generated pack.
type Options struct {
	Recursive bool // positive recursion within a type
	Faults    bool // conditions that may fail
}

// Generated is a pack as files. Its rules are kept apart from the rest so that they
// can be shuffled.
type Generated struct {
	Schema string
	Rules  []string
	Tables []string
}

// Files is the pack as files, with the rules in the given order.
func (g *Generated) Files(order []int) []rules.File {
	var b strings.Builder
	b.WriteString(header + g.Schema + "\nrules:\n")
	for _, i := range order {
		b.WriteString(g.Rules[i])
	}
	b.WriteString("tables:\n" + strings.Join(g.Tables, ""))
	return []rules.File{{Name: "pack.yaml", Text: b.String()}}
}

// InOrder is the order in which the rules were drawn.
func (g *Generated) InOrder() []int {
	order := make([]int, len(g.Rules))
	for i := range order {
		order[i] = i
	}
	return order
}

// Pack draws a pack: two to four concluded types in strata, each with a rule or
// two over what lies below it, and a total first-hit table for the goal.
func Pack(t *rapid.T, o Options) *Generated {
	g := &Generated{Schema: "facts:\n"}
	for i, count := range []string{"one", "many", "open"} {
		g.Schema += fmt.Sprintf("  %s:\n    doc: stated\n    count: %s\n    fields:%s", statedTypes[i], count, fields)
	}
	below := append([]string(nil), statedTypes...)
	n := rapid.IntRange(2, 4).Draw(t, "types")
	for i := range n {
		name := fmt.Sprintf("C%d", i)
		key := rapid.SampledFrom([]string{"", "    key: [k]\n", "    key: []\n", "    key: [k, e]\n", "    key: [a]\n"}).Draw(t, "key")
		g.Schema += fmt.Sprintf("  %s:\n    doc: concluded\n    concluded: true\n%s    fields:%s", name, key, fields)
		for r := range rapid.IntRange(1, 2).Draw(t, "rules") {
			patterns := below
			if o.Recursive && r > 0 {
				patterns = append(append([]string(nil), below...), name)
			}
			g.Rules = append(g.Rules, rule(t, o, fmt.Sprintf("r%d-%d", i, r), name, patterns, below))
		}
		below = append(below, name)
	}
	if rapid.Bool().Draw(t, "further table") {
		g.Schema += fmt.Sprintf("  Hit:\n    doc: concluded\n    concluded: true\n    key: [e]\n    fields:%s", fields)
		g.Tables = append(g.Tables, further(t, o, below))
		below = append(below, "Hit")
	}
	g.Schema += "  Goal:\n    doc: the goal\n    concluded: true\n    key: []\n    fields:\n      value: {type: enum, values: {p: \"\", q: \"\", r: \"\"}, doc: the answer}\n"
	g.Tables = append(g.Tables, table(t, o, below))
	return g
}

func rule(t *rapid.T, o Options, name, concludes string, patterns, below []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "  - rule: %s\n    when:\n", name)
	names := []string{"x", "y"}[:rapid.IntRange(1, 2).Draw(t, "patterns")]
	for _, n := range names {
		fmt.Fprintf(&b, "      - %s: %s\n", n, rapid.SampledFrom(patterns).Draw(t, "pattern"))
	}
	if len(names) == 2 && rapid.Bool().Draw(t, "join") {
		b.WriteString("      - \"x.k == y.k\"\n")
	}
	for range rapid.IntRange(0, 2).Draw(t, "conditions") {
		fmt.Fprintf(&b, "      - '%s'\n", condition(t, o, names, below))
	}
	f := func() string { return rapid.SampledFrom(names).Draw(t, "of") }
	fmt.Fprintf(&b, "    then:\n      - conclude: %s\n        with:\n", concludes)
	fmt.Fprintf(&b, "          k: %s\n", rapid.SampledFrom([]string{"1", "=" + f() + ".k", "=" + f() + ".k"}).Draw(t, "k"))
	fmt.Fprintf(&b, "          a: '%s'\n", rapid.SampledFrom([]string{"2", "=" + f() + ".a", "=max(-20, min(20, x.a + " + f() + ".a))", "=x.b ? x.a : 1"}).Draw(t, "a"))
	fmt.Fprintf(&b, "          b: '%s'\n", rapid.SampledFrom([]string{"true", "=" + f() + ".b", "=x.a > 0"}).Draw(t, "b"))
	fmt.Fprintf(&b, "          l: %s\n", rapid.SampledFrom([]string{"mid", "=" + f() + ".l"}).Draw(t, "l"))
	fmt.Fprintf(&b, "          e: %s\n", rapid.SampledFrom([]string{"x", "y", "=" + f() + ".e"}).Draw(t, "e"))
	return b.String()
}

func table(t *rapid.T, o Options, below []string) string {
	var b strings.Builder
	b.WriteString("  - table: goal\n    hit: first\n    when:\n      - x: One\n    conclude: Goal\n    rows:\n")
	for i := range rapid.IntRange(1, 3).Draw(t, "rows") {
		fmt.Fprintf(&b, "      - row: row%d\n        when: ['%s']\n        with: {value: %s}\n", i,
			condition(t, o, []string{"x"}, below), rapid.SampledFrom([]string{"p", "q", "r"}).Draw(t, "value"))
	}
	fmt.Fprintf(&b, "      - row: otherwise\n        with: {value: %s}\n", rapid.SampledFrom([]string{"p", "q", "r"}).Draw(t, "value"))
	return b.String()
}

// further draws a table of any hit policy for the type Hit, whose key is e: its rows are
// as the policy asks. Rows of a unique table may overlap, which fails.
func further(t *rapid.T, o Options, below []string) string {
	hits := []string{"first", "any", "collect", "unique"}
	if !o.Faults {
		hits = hits[:3]
	}
	hit := rapid.SampledFrom(hits).Draw(t, "hit")
	symbols := rapid.Permutation([]string{"x", "y", "z"}).Draw(t, "symbols")
	var b strings.Builder
	fmt.Fprintf(&b, "  - table: further\n    hit: %s\n    when:\n      - x: %s\n    conclude: Hit\n    rows:\n", hit,
		rapid.SampledFrom(below).Draw(t, "pattern"))
	cells := rapid.SampledFrom([][]string{{"x.k == 0", "x.k == 1", "x.k > 1"}, {"x.a < threshold.t", "x.a >= threshold.t", "x.b"}, nil}).Draw(t, "cells")
	for i := range rapid.IntRange(2, 3).Draw(t, "rows") {
		when := condition(t, o, []string{"x"}, below)
		if cells != nil && rapid.IntRange(0, 3).Draw(t, "drawn") > 0 {
			when = cells[i]
		}
		e := symbols[i]
		if hit == "any" {
			e = symbols[0]
		}
		k := "1"
		if hit != "any" {
			k = rapid.SampledFrom([]string{"1", "2", "=x.k"}).Draw(t, "k")
		}
		fmt.Fprintf(&b, "      - row: row%d\n        when: ['%s']\n        with: {k: %s, a: 1, b: %s, l: mid, e: %s}\n", i, when, k,
			rapid.SampledFrom([]string{"true", "true", "=x.b"}).Draw(t, "b"), e)
	}
	return b.String()
}

// condition draws a condition over bound names and the types below.
func condition(t *rapid.T, o Options, names, below []string) string {
	forms := []string{
		"X.a >= threshold.t", "X.a + Y.a < 2", "X.k == Y.k", "X.b", "not X.b", `X.l >= "mid"`, `X.l == Y.l`,
		`X.e == "x"`, `X.e in ["x", "z"]`, `X.e not in ["y"]`, "known(X.a)", "X.a > 0 or X.b", "X.a > 1 and Y.b",
		"abs(X.a) < 2", "ramp(X.a, 0, 2) > 0.5", "X.k % 2 == 0", "(X.b ? X.a : 1) > 0", "-X.a < 1", "X.a * Y.a >= 1",
		"any(T, .a > X.a)", "none(T, .k == X.k and .b)", "all(T, .b or .a > 0)", "one(T, .b)", "count(T, .b) >= 1",
		"len(T) < 3", "sum(T, .a) > 1", "sum(filter(T, .b), .a) <= X.a", `any(T, .l > "low" and .e == X.e)`,
		"sum(map(T, .a * 2)) < threshold.t", "min(X.a, Y.a) > 0", "max(X.a, 0.5) < 2", "floor(X.a) == 1",
	}
	if o.Faults {
		forms = append(forms, "1 / X.a > 0.3", "max(map(T, .a)) > 0", "mean(map(T, .a)) < 1",
			"min(map(filter(T, .b), .a)) < X.a", "X.b or 1 / X.a > 1", "X.b and 5 % X.k == 1")
	}
	form := rapid.SampledFrom(forms).Draw(t, "form")
	return strings.NewReplacer(
		"X", rapid.SampledFrom(names).Draw(t, "X"),
		"Y", rapid.SampledFrom(names).Draw(t, "Y"),
		"T,", rapid.SampledFrom(below).Draw(t, "T")+",",
		"T)", rapid.SampledFrom(below).Draw(t, "T")+")",
	).Replace(form)
}
