package network

import (
	"slices"

	"truce/facts"
	"truce/rules"
)

// MayBreak reports whether a run may end in a fault or in a contradiction on some facts.
// It may say so of a pack that never does.
func (p *Program) MayBreak() bool {
	for _, r := range p.rules {
		if r.mayFail || slices.ContainsFunc(r.conclusions, func(c *conclusion) bool { return c.mayFail }) {
			return true
		}
	}
	return slices.ContainsFunc(p.types, func(t *typ) bool { return t.keyed && !t.oneRow() })
}

// oneRow reports whether all facts of a type come from rows of one table, of which one
// holds, over types of which there is one fact each: then two that hold are never of one
// key.
func (t *typ) oneRow() bool {
	if len(t.concluded) == 0 {
		return true
	}
	first := t.concluded[0].rule.Row
	return first != nil && !slices.ContainsFunc(t.concluded, func(c *conclusion) bool {
		row := c.rule.Row
		return row == nil || row.Table != first.Table || row.Hit != rules.First && row.Hit != rules.Unique || slices.ContainsFunc(c.rule.types, many)
	})
}

// many reports whether there may be several facts of a type that hold.
func many(t *typ) bool {
	if t.Concluded {
		return len(t.Key) > 0
	}
	return t.Count != facts.One
}
