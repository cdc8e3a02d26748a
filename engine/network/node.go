package network

import (
	"truce/engine/network/code"
	"truce/facts"
)

// node is a step of the search for instances, and all steps that may follow it. Rules
// whose searches begin alike share the nodes up to where they part.
type node struct {
	// What a test needs comes first, for most nodes are tests.
	kind     op
	common   bool // a test that the rows of a table share
	clean    bool // a match takes only facts that have not changed
	others   bool // and not the fact that the search began with
	growing  bool // and only facts that the growth of a stratum has come to
	size     int  // steps of evaluation
	test     func(*code.Frame) code.Truth
	quick    quick       // what end comes to, where that is simple
	end      *rule       // all that follows is that an instance of this rule is found
	switches []*dispatch // of tests among what follows that compare one field with constants
	straight *straight   // the tests among what follows that are checks; nil: too few
	next     []*node

	rule     *rule
	slot     int // of a match, a bound value: what it binds
	typ      int // of a match
	index    *index
	lookup   []func(*code.Frame) code.Value // by field of the index
	value    func(*code.Frame) code.Value
	compared comparison
	checked  *checked // what a test is as a check; nil: it is none

	key   string           // two nodes of one key do the same
	byKey map[string]*node // next, while building
}

// op is what a node does.
type op uint8

const (
	root  op = iota // nothing
	match           // binds a slot to each fact of a type in turn, by an index where there is one
	let             // binds a value
	test            // goes on unless a condition is false
	leaf            // an instance of a rule is found
)

// quick is an instance that supports one constant fact and does nothing else.
type quick struct {
	is   bool
	typ  int32
	n    int32
	rule *rule
}

// quickly is what an instance of a rule comes to where that is simple: one constant fact
// of a type without alternatives, in a stratum that does not feed itself.
func quickly(r *rule) quick {
	if r.line || r.total || len(r.conclusions) != 1 {
		return quick{}
	}
	c := r.conclusions[0]
	if c.constant < 0 || c.typ.keyed || c.typ.recursive {
		return quick{}
	}
	return quick{true, int32(c.typ.Index), c.constant, r}
}

// comparison is a test of a field with a constant, as dispatches use it.
type comparison struct {
	slot, field int
	typ         int
	op          order
	kind        facts.Kind
	constant    code.Value
	threshold   int // -1 for a literal
}

// checked is a check and what it needs.
type checked struct {
	check code.Check
	wide  []code.Bit // that must be clear
}

// order is what a comparison asks for; none: the test is no such comparison.
type order uint8

const (
	none order = iota
	equal
	above // at least
	over  // more than
	under // less than
	below // at most
)

// add finds or makes the way of nodes below n.
func (n *node) add(way []*node) {
	for _, step := range way {
		n = n.child(step)
	}
}

func (n *node) child(step *node) *node {
	if n.byKey == nil {
		for _, c := range n.next {
			if c.key == step.key {
				return c
			}
		}
	} else if c := n.byKey[step.key]; c != nil {
		return c
	}
	n.next = append(n.next, step)
	switch {
	case n.byKey != nil:
		n.byKey[step.key] = step
	case len(n.next) > 8:
		n.byKey = map[string]*node{}
		for _, c := range n.next {
			n.byKey[c.key] = c
		}
	}
	return step
}

// finish takes out the comparisons with constants, lays checks in lines, and drops what
// only building needs.
func (n *node) finish() {
	n.drop()
	n.dispatches()
	n.straighten()
}

func (n *node) drop() {
	n.byKey = nil
	for _, c := range n.next {
		c.drop()
	}
	if len(n.next) == 1 && n.next[0].kind == leaf {
		n.end = n.next[0].rule
		n.quick = quickly(n.end)
	}
}
