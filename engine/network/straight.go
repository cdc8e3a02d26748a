package network

import "truce/engine/network/code"

// straight is the tests behind a node that are checks, and those behind them, in one
// line: a check that does not hold skips what is behind it. It is walked where all
// that the checks read is points, in a run from nothing that nobody counts, with the
// pack's own thresholds. Otherwise the nodes are.
type straight struct {
	steps []step
	wide  []code.Bit // that must be clear, one for each word
	rest  []*node    // what else is behind the node
}

// step is a check and what it comes to.
type step struct {
	check code.Check
	size  int
	skip  int   // steps behind this one, which its check leads to
	quick quick // what the check comes to, where that is simple
	on    *node // otherwise, and where there is no step behind it: the node to go on behind
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
	l := &straight{}
	for _, c := range n.next {
		if c.checked == nil {
			l.rest = append(l.rest, c)
			continue
		}
		l.add(c)
	}
	if len(l.steps) > 0 {
		n.straight = l
	}
}

func (l *straight) add(n *node) {
	at := len(l.steps)
	l.steps = append(l.steps, step{check: n.checked.check, size: n.size, quick: n.quick})
	for _, b := range n.checked.wide {
		l.clear(b)
	}
	switch {
	case n.quick.is:
	case n.inLine():
		for _, c := range n.next {
			l.add(c)
		}
	default:
		l.steps[at].on = n
	}
	l.steps[at].skip = len(l.steps) - at - 1
}

// inLine reports whether all that follows a node is checks.
func (n *node) inLine() bool {
	for _, c := range n.next {
		if c.checked == nil {
			return false
		}
	}
	return len(n.switches) == 0
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

// straight walks the line behind a node, and reports whether the search goes on.
func (m *Matcher) straight(l *straight, s state) bool {
	for i := 0; i < len(l.steps); i++ {
		p := &l.steps[i]
		m.run.work -= p.size
		if !p.check.Holds(&m.frame) {
			i += p.skip
			continue
		}
		if p.quick.is && !m.quickly(&p.quick) || p.on != nil && !m.after(p.on, s, code.Truth{Is: code.True}) {
			return false
		}
	}
	return m.run.work >= 0 || m.exhausted()
}

// straightOn reports whether what follows a node can be walked as a line.
func (m *Matcher) straightOn(l *straight, s state) bool {
	if !m.run.quick || !s.holds() || len(m.settings[m.run.view].overridden) > 0 {
		return false
	}
	for _, w := range l.wide {
		if m.frame.Cells[m.frame.Rows[w.Slot]+w.Word]&w.Bit != 0 {
			return false
		}
	}
	return true
}
