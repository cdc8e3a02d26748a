package network

import (
	"truce/engine/model"
	"truce/engine/network/code"
	"truce/engine/trace"
)

// children goes on with all that may follow a node. It reports false when the search
// is to end.
func (m *Matcher) children(n *node, s state) bool {
	for _, d := range n.switches {
		if !m.dispatch(d, s) {
			return false
		}
	}
	next := n.next
	if n.straight != nil && n.straight.open(m, s) {
		if !m.straight(n.straight, s) {
			return false
		}
		next = n.straight.rest
	}
	for _, c := range next {
		on := true
		switch c.kind {
		case test:
			// What most nodes do stands here and not behind a call.
			if on = m.tested(c); !on {
				break
			}
			switch t := c.test(&m.frame); {
			case t.Is == code.False:
			case t.Is == code.True && c.quick.is && m.run.quick && s.holds():
				on = m.quickly(&c.quick)
			default:
				on = m.after(c, s, t)
			}
		case leaf:
			on = m.instance(c.rule, s)
		case match:
			on = m.match(c, s)
		case let:
			if on = m.tested(c); on {
				m.frame.Lets[c.slot] = c.value(&m.frame)
				on = m.children(c, s)
			}
		case root:
		}
		if !on {
			return false
		}
	}
	return true
}

// after goes on behind a test that is not false.
func (m *Matcher) after(n *node, s state, t code.Truth) bool {
	if t.Is != code.True {
		s.truth = code.And(s.truth, t)
		s.shared = s.shared && !n.common
	}
	if n.end != nil {
		return m.instance(n.end, s)
	}
	return m.children(n, s)
}

// test goes on unless a condition is false.
func (m *Matcher) test(n *node, s state) bool {
	if !m.tested(n) {
		return false
	}
	t := n.test(&m.frame)
	return t.Is == code.False || m.after(n, s, t)
}

// tested counts an evaluation, and reports false when there were too many.
func (m *Matcher) tested(n *node) bool {
	if m.run.counters != nil {
		m.run.counters.Of(n.rule.Name).Tested++
	}
	m.run.work -= n.size
	return m.run.work >= 0 || m.exhausted()
}

// exhausted ends the run because no steps of evaluation are left.
func (m *Matcher) exhausted() bool {
	return m.limit(model.ErrWork.At(m.feedingSpan(), "evaluation took more than %d steps%s", m.run.limits.Work, m.feeding()))
}

// tick looks at the context from time to time.
func (m *Matcher) tick() bool {
	m.run.ticks++
	return m.run.ticks&511 != 0 && m.run.err == nil || m.look()
}

func (m *Matcher) look() bool {
	if err := m.run.ctx.Err(); err != nil && m.run.err == nil {
		m.run.err = &model.Cancelled{Cause: err, Feeding: m.feeding()}
	}
	return m.run.err == nil
}

// match binds a slot to each fact that may stand in it.
func (m *Matcher) match(n *node, s state) bool {
	st := &m.stores[n.typ]
	switch {
	case n.index == nil:
		return m.bindAll(n, st, st.members, nil, s)
	case len(st.members) <= m.small:
		return m.matchEach(n, st, st.members, s)
	}
	var few [4]uint64
	keys := few[:0]
	for _, look := range n.lookup {
		v := look(&m.frame)
		if v.State != code.Point {
			return m.matchEach(n, st, st.members, s)
		}
		keys = append(keys, v.Lo)
	}
	x := m.indexed(st, n.index)
	key := keyOf(keys)
	for e := x.head(key); e != 0; e = x.links[e-1].next {
		if m.has(st, x, e-1, key, keys) && !m.bind(n, st, e-1, s) {
			return false
		}
	}
	return len(x.loose) == 0 || m.matchEach(n, st, x.loose, s)
}

// matchEach binds a slot to each fact of a list that may have the values that are looked
// up.
func (m *Matcher) matchEach(n *node, st *store, list []int32, s state) bool {
	if len(list) == 0 {
		return true
	}
	var few [4]code.Value
	keys := few[:0]
	for _, look := range n.lookup {
		keys = append(keys, look(&m.frame))
	}
	return m.bindAll(n, st, list, keys, s)
}

// bindAll binds a slot to each fact of a list; with keys, to those that may have them.
func (m *Matcher) bindAll(n *node, st *store, list []int32, keys []code.Value, s state) bool {
	for _, i := range list {
		if (len(keys) == 0 || m.mayBe(st, n.index, i, keys)) && !m.bind(n, st, i, s) {
			return false
		}
	}
	return true
}

// is reports whether the fields of an index, all of them points, are these.
func (m *Matcher) is(s *store, x *index, n int32, keys []uint64) bool {
	row := int(s.facts[n].row)
	for i, f := range x.fields {
		if m.frame.Cells[row+f] != keys[i] {
			return false
		}
	}
	return true
}

// mayBe reports whether no field of an index is a point other than its key's.
func (m *Matcher) mayBe(s *store, x *index, n int32, keys []code.Value) bool {
	row := int(s.facts[n].row)
	for i, f := range x.fields {
		if keys[i].State == code.Point && m.frame.Cells[row+f] != keys[i].Lo &&
			(s.layout.Exact[f] || m.frame.Field(s.layout, row, f).State == code.Point) {
			return false
		}
	}
	return true
}

// bind goes on with a fact in a slot, if the search may take it.
func (m *Matcher) bind(n *node, st *store, i int32, s state) bool {
	f := &st.facts[i]
	status := f.status[m.run.view]
	switch {
	case status == 0,
		n.clean && f.flags&isDirty != 0,
		n.growing && !m.cameTo(n, st, i, f):
		return true
	}
	if m.run.counters != nil {
		m.run.counters.Of(n.rule.Name).Tried++
	}
	if !m.tick() {
		return false
	}
	m.frame.Rows[n.slot], m.ids[n.slot] = st.row(i, m.run.view), i
	s.certain = s.certain && status == trace.Certain
	return m.children(n, s)
}

// cameTo reports whether a growing stratum has come to a fact, and the search may take
// it.
func (m *Matcher) cameTo(n *node, st *store, i int32, f *fact) bool {
	if m.run.view == now && f.flags&isPending != 0 {
		return false
	}
	return !n.others || i != m.run.avoid.n || int32(st.Index) != m.run.avoid.typ
}
