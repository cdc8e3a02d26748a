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
	above    ladder // at least, or more than, by constant upwards
	under    ladder // at most, or less than, by constant downwards
	all      []*node
	byNumber map[int][]*node // those that compare with a threshold, by it
}

// ladder is tests by their constants, so that those that hold of a point come first.
type ladder struct {
	tests []*node
	steps []int64 // the constants, in an order that integers have; negated downwards
	quick []quick // what they come to, in order; nil unless that is simple for all
	ends  []int32 // by how many tests: how many of quick those come to
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
			d.above.tests = append(d.above.tests, t)
		default:
			d.under.tests = append(d.under.tests, t)
		}
		if i := t.compared.threshold; i >= 0 {
			d.byNumber[i] = append(d.byNumber[i], t)
		}
	}
	// Of one constant, "at least" comes before "more than", and "at most" before "less
	// than".
	d.above.sort(func(n *node) int64 { return d.step(n.compared.constant.Lo) }, over)
	d.under.sort(func(n *node) int64 { return ^d.step(n.compared.constant.Lo) }, under)
	return d
}

func (l *ladder) sort(step func(*node) int64, strict order) {
	last := func(n *node) int {
		if n.compared.op == strict {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(l.tests, func(a, b *node) int { return cmp.Or(cmp.Compare(step(a), step(b)), last(a)-last(b)) })
	simple := true
	l.ends = append(l.ends, 0)
	for _, t := range l.tests {
		l.steps = append(l.steps, step(t))
		simple = simple && len(t.switches) == 0
		for _, after := range t.next {
			q := quick{}
			if after.kind == leaf {
				q = quickly(after.rule)
			}
			l.quick, simple = append(l.quick, q), simple && q.is
		}
		l.ends = append(l.ends, int32(len(l.quick)))
	}
	if !simple {
		l.quick = nil
	}
}

// step orders points of the field's kind as integers.
func (d *dispatch) step(cell uint64) int64 {
	i := int64(cell)
	if d.first.kind == facts.Number {
		i ^= i >> 63 & math.MaxInt64
	}
	return i
}

// upTo is the tests that hold of a point on the ladder.
func (l *ladder) upTo(at int64, strict order) int {
	lo, hi := 0, len(l.steps)
	for lo < hi {
		if mid := int(uint(lo+hi) >> 1); l.steps[mid] <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	for lo > 0 && l.steps[lo-1] == at && l.tests[lo-1].compared.op == strict {
		lo--
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
	if len(d.equal) > 0 && !m.passed(d.equal[v.Lo], s) {
		return false
	}
	at := d.step(v.Lo)
	if !m.climbed(&d.above, d.above.upTo(at, over), s) || !m.climbed(&d.under, d.under.upTo(^at, under), s) {
		return false
	}
	return len(m.settings[m.run.view].overridden) == 0 || m.overriddenTests(d, s)
}

// climbed goes on behind the first tests of a ladder, which hold.
func (m *Matcher) climbed(l *ladder, n int, s state) bool {
	if l.quick == nil || !m.run.quick || !s.holds() || len(m.settings[m.run.view].overridden) > 0 {
		return m.passed(l.tests[:n], s)
	}
	for i := range l.quick[:l.ends[n]] {
		if !m.quickly(&l.quick[i]) {
			return false
		}
	}
	return true
}

// passed goes on behind tests that are known to hold, but for those for whose constant
// the session has another value.
func (m *Matcher) passed(list []*node, s state) bool {
	some := len(m.settings[m.run.view].overridden) > 0
	for _, n := range list {
		if some && n.compared.threshold >= 0 && slices.Contains(m.settings[m.run.view].overridden, n.compared.threshold) {
			continue
		}
		if !m.tested(n) || !m.after(n, s, code.Truth{Is: code.True}) {
			return false
		}
	}
	return true
}

// overriddenTests looks at the tests whose constants the session has other values for.
func (m *Matcher) overriddenTests(d *dispatch, s state) bool {
	for _, i := range m.settings[m.run.view].overridden {
		for _, n := range d.byNumber[i] {
			if !m.test(n, s) {
				return false
			}
		}
	}
	return true
}
