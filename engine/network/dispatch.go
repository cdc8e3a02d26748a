package network

import (
	"cmp"
	"math"
	"slices"

	"truce/engine/network/code"
	"truce/facts"
)

// dispatch stands for the tests behind one node that compare one field with
// constants: a value that is a point finds those that hold by a search, so that ten
// thousand thresholds cost as many steps as hold and a few more.
type dispatch struct {
	first    comparison // what they have in common
	equal    map[uint64][]*node
	above    []*node // at least, or more than, by constant upwards
	under    []*node // at most, or less than, by constant downwards
	all      []*node
	byNumber map[int][]*node // those that compare with a threshold, by it
}

// fewest is how many comparisons of one field are worth a search.
const fewest = 5

type compared struct {
	slot, field int
	kind        facts.Kind
}

// dispatches takes the comparisons out of the nodes behind n, and behind those.
func (n *node) dispatches() {
	groups := map[compared][]*node{}
	for _, c := range n.next {
		if k := c.compared; k.op != none {
			at := compared{k.slot, k.field, k.kind}
			groups[at] = append(groups[at], c)
		}
	}
	var rest []*node
	made := map[compared]bool{}
	for _, c := range n.next {
		at := compared{c.compared.slot, c.compared.field, c.compared.kind}
		switch {
		case c.compared.op == none || len(groups[at]) < fewest:
			rest = append(rest, c)
		case !made[at]:
			made[at] = true
			n.switches = append(n.switches, newDispatch(groups[at]))
		}
	}
	n.next = rest
	for _, c := range n.next {
		c.dispatches()
	}
	for _, d := range n.switches {
		for _, c := range d.all {
			c.dispatches()
		}
	}
}

func newDispatch(tests []*node) *dispatch {
	d := &dispatch{first: tests[0].compared, equal: map[uint64][]*node{}, all: tests, byNumber: map[int][]*node{}}
	for _, t := range tests {
		switch t.compared.op {
		case equal:
			d.equal[t.compared.constant.Lo] = append(d.equal[t.compared.constant.Lo], t)
		case above, over:
			d.above = append(d.above, t)
		default:
			d.under = append(d.under, t)
		}
		if i := t.compared.threshold; i >= 0 {
			d.byNumber[i] = append(d.byNumber[i], t)
		}
	}
	// Behind the constants that hold come those that do not; of one constant, "at
	// least" before "more than".
	slices.SortStableFunc(d.above, func(a, b *node) int {
		return cmp.Or(d.compare(a.compared.constant.Lo, b.compared.constant.Lo), cmp.Compare(a.compared.op, b.compared.op))
	})
	slices.SortStableFunc(d.under, func(a, b *node) int {
		return cmp.Or(-d.compare(a.compared.constant.Lo, b.compared.constant.Lo), -cmp.Compare(a.compared.op, b.compared.op))
	})
	return d
}

// compare orders two points of the field's kind.
func (d *dispatch) compare(a, b uint64) int {
	if d.first.kind == facts.Number {
		return cmp.Compare(math.Float64frombits(a), math.Float64frombits(b))
	}
	return cmp.Compare(int64(a), int64(b))
}

// holds reports whether a comparison with a constant holds of a point.
func (d *dispatch) holds(n *node, v uint64) bool {
	switch c := d.compare(v, n.compared.constant.Lo); n.compared.op {
	case above:
		return c >= 0
	case over:
		return c > 0
	case under:
		return c < 0
	default:
		return c <= 0
	}
}

// split is how many of a sorted list hold of a point: those before the first that
// does not.
func (d *dispatch) split(list []*node, v uint64) int {
	lo, hi := 0, len(list)
	for lo < hi {
		if mid := (lo + hi) / 2; d.holds(list[mid], v) {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// dispatch goes on behind the tests that hold of the field's value, and behind those
// that may.
func (m *Matcher) dispatch(d *dispatch, s state) bool {
	t := m.program.layouts[d.first.typ]
	v := m.frame.Field(t, m.frame.Rows[d.first.slot], d.first.field)
	if v.State != code.Point {
		for _, n := range d.all {
			if !m.test(n, s) {
				return false
			}
		}
		return true
	}
	for _, n := range d.equal[v.Lo] {
		if !m.passed(n, s) {
			return false
		}
	}
	for _, list := range [2][]*node{d.above, d.under} {
		for _, n := range list[:d.split(list, v.Lo)] {
			if !m.passed(n, s) {
				return false
			}
		}
	}
	if len(m.overridden[m.run.view]) == 0 {
		return true
	}
	return m.overriddenTests(d, s)
}

// passed goes on behind a test that is known to hold, unless the session has another
// value for its constant.
func (m *Matcher) passed(n *node, s state) bool {
	if i := n.compared.threshold; i >= 0 && m.overrides(i) {
		return true
	}
	if !m.tested(n) {
		return false
	}
	if n.end != nil {
		return m.instance(n.end, s)
	}
	return m.children(n, s)
}

// overriddenTests looks at the tests whose constants the session has other values for.
func (m *Matcher) overriddenTests(d *dispatch, s state) bool {
	for _, i := range m.overridden[m.run.view] {
		for _, n := range d.byNumber[i] {
			if !m.test(n, s) {
				return false
			}
		}
	}
	return true
}

func (m *Matcher) overrides(threshold int) bool {
	return len(m.overridden[m.run.view]) > 0 && slices.Contains(m.overridden[m.run.view], threshold)
}
