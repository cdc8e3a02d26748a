package bench

import (
	"fmt"
	"strings"

	"truce/facts"
	"truce/rules"
)

// Axis is a way in which work grows, with the rest as small as can be.
type Axis struct {
	Name    string
	Text    func(n int) string                               // of the pack
	Values  func(n int) (typ string, stated [][]facts.Value) // facts of one type
	Change  func(n int) []facts.Value                        // of the middle fact
	Counted string                                           // the type concluded
	Expect  func(n int) (before, after int)                  // facts of it, before and after the change
}

const numbered = `
pack:
  name: axis
  version: "1"
  goal: {type: Done, field: value}
facts:
  Item:
    count: many
    fields: {id: {type: integer, exact: true}, value: {type: integer, exact: true}}
`

// items are n facts Item(i, i % 2).
func items(n int) (string, [][]facts.Value) {
	list := make([][]facts.Value, n)
	for i := range list {
		list[i] = []facts.Value{facts.IntegerOf(int64(i)), facts.IntegerOf(int64(i % 2))}
	}
	return "Item", list
}

// flipped is the middle item with the other value.
func flipped(n int) []facts.Value {
	return []facts.Value{facts.IntegerOf(int64(n / 2)), facts.IntegerOf(int64(1 - n/2%2))}
}

// odd counts the items of value 1, before and after the middle one is flipped.
func odd(n int) (int, int) { return n / 2, n/2 + 1 - 2*(n/2%2) }

// Axes are the ways in which work grows.
func Axes() []Axis {
	seed := func(int) (string, [][]facts.Value) {
		return "Item", [][]facts.Value{{facts.IntegerOf(0), facts.IntegerOf(1)}}
	}
	off := func(int) []facts.Value { return []facts.Value{facts.IntegerOf(0), facts.IntegerOf(0)} }
	return []Axis{
		{"facts", factsAxis, items, flipped, "Found", odd},
		{"sum", sumAxis, items, flipped, "Found", func(int) (int, int) { return 1, 1 }},
		{"rules", rulesAxis, seed, off, "Found", func(int) (int, int) { return 1, 1 }},
		{"chain", chainAxis, seed, off, "Found", func(int) (int, int) { return 1, 0 }},
		{"recursion", recursionAxis, seed, off, "Found", func(n int) (int, int) { return n, 0 }},
		{"fanout", fanOutAxis, items, flipped, "Found", odd},
	}
}

// factsAxis: one rule, n facts.
func factsAxis(int) string {
	return numbered + `
  Found: {concluded: true, fields: {id: {type: integer}}}` + finished + `
  - rule: found
    when: [i: Item, i.value == 1]
    then: [{conclude: Found, with: {id: =i.id}}]
`
}

// sumAxis: one sum over n facts.
func sumAxis(int) string {
	return numbered + `
  Found: {concluded: true, key: [], fields: {total: {type: integer}}}` + finished + `
  - rule: total
    when: []
    then: [{conclude: Found, with: {total: "=sum(Item, .value)"}}]
`
}

// rulesAxis: n rules that ask for one value each, of which one fact has one.
func rulesAxis(n int) string {
	var b strings.Builder
	b.WriteString(numbered + `
  Found: {concluded: true, fields: {rule: {type: integer}}}` + finished)
	for i := range n {
		fmt.Fprintf(&b, "  - rule: r%d\n    when: [i: Item, i.value == %d]\n    then: [{conclude: Found, with: {rule: %d}}]\n", i, i, i)
	}
	return b.String()
}

// chainAxis: n types, each concluded from the one before.
func chainAxis(n int) string {
	var b strings.Builder
	b.WriteString(numbered)
	for i := range n {
		fmt.Fprintf(&b, "  Link%d: {concluded: true, fields: {id: {type: integer}}}\n", i)
	}
	b.WriteString("  Found: {concluded: true, fields: {id: {type: integer}}}" + finished)
	b.WriteString("  - rule: first\n    when: [i: Item, i.value == 1]\n    then: [{conclude: Link0, with: {id: =i.id}}]\n")
	for i := range n {
		next := fmt.Sprint("Link", i+1)
		if i == n-1 {
			next = "Found"
		}
		fmt.Fprintf(&b, "  - rule: from%d\n    when: [i: Link%d]\n    then: [{conclude: %s, with: {id: =i.id}}]\n", i, i, next)
	}
	return b.String()
}

// recursionAxis: one rule that feeds itself n times.
func recursionAxis(n int) string {
	return numbered + `
  Found: {concluded: true, fields: {id: {type: integer}}}` + finished + fmt.Sprintf(`
  - rule: first
    when: [i: Item, i.value == 1]
    then: [{conclude: Found, with: {id: 1}}]
  - rule: next
    when: [f: Found, f.id < %d]
    then: [{conclude: Found, with: {id: =f.id + 1}}]
`, n)
}

// fanOutAxis: one fact that joins with half of n.
func fanOutAxis(int) string {
	return numbered + `
  Hub: {concluded: true, key: [], fields: {value: {type: integer}}}
  Found: {concluded: true, fields: {id: {type: integer}}}` + finished + `
  - rule: hub
    when: []
    then: [{conclude: Hub, with: {value: 1}}]
  - rule: spoke
    when: [h: Hub, i: Item, i.value == h.value]
    then: [{conclude: Found, with: {id: =i.id}}]
`
}

// Load gives the pack of the axis at a size, the facts to state, and the middle one
// changed.
func (a Axis) Load(n int) (p *rules.Pack, c *facts.Case, changed *facts.StatedFact, err error) {
	if p, err = parse(a.Text(n)); err != nil {
		return nil, nil, nil, err
	}
	typ, stated := a.Values(n)
	c = &facts.Case{}
	for i, values := range stated {
		f, err := state(p, typ, fmt.Sprint(i), values...)
		if err != nil {
			return nil, nil, nil, err
		}
		c.Facts = append(c.Facts, f)
	}
	changed, err = state(p, typ, fmt.Sprint(len(stated)/2), a.Change(n)...)
	return p, c, changed, err
}
