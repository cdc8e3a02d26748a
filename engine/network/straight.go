package network

import (
	"slices"

	"truce/engine/network/code"
)

// straight is the tests behind a node that are checks, and those behind them, in one
// line, in which a check that another leads to comes later. It is walked where all that
// the checks read is points, in a run from nothing that nobody counts, with the pack's
// own thresholds, and with room in every limit for all that it may come to. Otherwise
// the nodes are walked.
type straight struct {
	steps []step
	ends  []end      // by step
	wide  []code.Bit // that must be clear, one for each word
	rest  []*node    // what else is behind the node
	size  int        // steps of evaluation, of all
	quick int        // ends that are quick
	nodes int        // ends that are not
}

// step is a check, and which step leads to it.
type step struct {
	check code.Check
	from  int32 // its place; in the first place is what always holds
	ends  uint8 // 1: no step comes of it, but its end does
}

// end is what comes of a step that holds: an instance that is simple, or the node to go
// on behind.
type end struct {
	quick quick
	on    *node
}

// straighten makes lines of the checks behind n and behind the nodes that follow.
func (n *node) straighten() {
	for _, c := range n.next {
		c.straighten()
	}
	for _, d := range n.switches {
		for _, c := range d.all {
			c.straighten()
		}
	}
	if !slices.ContainsFunc(n.next, func(c *node) bool { return c.checked != nil }) {
		return
	}
	l := &straight{steps: make([]step, 1), ends: make([]end, 1)}
	for _, c := range n.next {
		if c.checked == nil {
			l.rest = append(l.rest, c)
			continue
		}
		l.add(c, 0)
	}
	n.straight = l
}

func (l *straight) add(n *node, from int) {
	at := len(l.steps)
	l.steps, l.ends = append(l.steps, step{check: n.checked.check, from: int32(from)}), append(l.ends, end{quick: n.quick})
	l.size += n.size
	for _, b := range n.checked.wide {
		l.clear(b)
	}
	switch {
	case n.quick.is:
		l.steps[at].ends = 1
		l.quick++
	case n.inLine():
		for _, c := range n.next {
			l.add(c, at)
		}
	default:
		l.steps[at].ends, l.ends[at].on = 1, n
		l.nodes++
	}
}

// inLine reports whether all that follows a node is checks.
func (n *node) inLine() bool {
	return len(n.switches) == 0 && !slices.ContainsFunc(n.next, func(c *node) bool { return c.checked == nil })
}

// clear asks for a bit to be clear.
func (l *straight) clear(b code.Bit) {
	for i := range l.wide {
		if w := &l.wide[i]; w.Slot == b.Slot && w.Word == b.Word {
			w.Bit |= b.Bit
			return
		}
	}
	l.wide = append(l.wide, b)
}

// open reports whether what follows a node can be walked as a line.
func (l *straight) open(m *Matcher, s state) bool {
	r := &m.run
	if !r.quick || !s.holds() || len(m.settings[r.view].overridden) > 0 || r.work < 2*l.size+l.quick ||
		r.limits.Facts > 0 && m.derived+l.quick > r.limits.Facts ||
		r.limits.Justifications > 0 && m.instances+l.quick > r.limits.Justifications {
		return false
	}
	for _, w := range l.wide {
		if m.frame.Cells[m.frame.Rows[w.Slot]+w.Word]&w.Bit != 0 {
			return false
		}
	}
	return true
}

// straight walks a line, and reports whether the search goes on. What comes of a check
// cannot be foreseen, and a wrong guess costs more than a check: so first all are asked,
// and those that hold are listed without a branch.
func (m *Matcher) straight(l *straight, s state) bool {
	m.run.work -= l.size
	from, n := m.listed, 0
	if more := from + len(l.steps) - len(m.hits); more > 0 {
		m.hits, m.held = append(m.hits, make([]int32, more)...), append(m.held, make([]uint8, more)...)
	}
	held, hits := m.held[:len(l.steps)], m.hits[from:from+len(l.steps)]
	held[0] = 1
	for i := 1; i < len(held); i++ {
		p, one := &l.steps[i], uint8(0)
		if p.check.Holds(&m.frame) {
			one = 1
		}
		one &= held[p.from]
		held[i], hits[n] = one, int32(i)
		n += int(one & p.ends)
	}
	m.listed += n // what follows lists its own behind
	for _, i := range hits[:n] {
		if e := &l.ends[i]; e.on == nil {
			m.simply(&e.quick)
		}
	}
	on := m.tick()
	for i := 0; l.nodes > 0 && on && i < n; i++ {
		if e := &l.ends[hits[i]]; e.on != nil {
			on = m.after(e.on, s, code.Truth{Is: code.True})
		}
	}
	m.listed = from
	return on
}
