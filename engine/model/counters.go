package model

import (
	"maps"
	"slices"
)

// Counters count the work of runs, rule by rule. They tell a matcher that does more
// work than it did before from one that a busy machine made slow. A nil *Counters
// counts nothing.
//
// What a step of work is depends on the matcher; the same matcher over the same
// program, facts and changes counts the same. Where rules share a step, it counts for the
// first of them in the pack.
type Counters struct {
	rules map[string]*Work
}

// Work is what one rule cost.
type Work struct {
	Tried  int // facts tried for a pattern
	Tested int // conditions and bound values evaluated
	Held   int // instances found, one for each conclusion
	New    int // facts that it was the first to conclude
}

// Of is the work of a rule, to count up; nil where nothing is counted.
func (c *Counters) Of(rule string) *Work {
	if c == nil {
		return nil
	}
	w := c.rules[rule]
	if w == nil {
		if c.rules == nil {
			c.rules = map[string]*Work{}
		}
		w = &Work{}
		c.rules[rule] = w
	}
	return w
}

// Rules are the names of the rules that were looked at, sorted.
func (c *Counters) Rules() []string { return slices.Sorted(maps.Keys(c.rules)) }

// Reset forgets all that was counted.
func (c *Counters) Reset() { clear(c.rules) }
