package network

import (
	"truce/engine/model"
	"truce/engine/network/code"
	"truce/engine/trace"
)

// instance takes an instance that a search has found to where it is wanted.
func (m *Matcher) instance(r *rule, s state) bool {
	if m.run.work -= r.size; m.run.work < 0 && !m.exhausted() || !m.tick() {
		return false
	}
	if m.run.plain {
		m.run.failed = m.run.failed || s.truth.Is == code.Fails && s.certain
		return m.supports(r, s)
	}
	switch m.run.do {
	case collecting:
		return m.run.collect(r, s)
	case proving:
		return m.proves(s)
	case supporting, withdrawing, grow, doubt, checking:
	}
	// Where support is counted, each instance that a change touches is taken once: by
	// its rule's threshold, else by the first premise that has changed, else by the
	// first aggregate that has. Growth may come to one several times.
	if m.run.do != grow && m.run.do != doubt {
		if m.rereading[r.Index] && !m.run.anew {
			return true
		}
		if w := m.run.seed; w != nil && !m.first(w) {
			return true
		}
	}
	if s.truth.Is == code.Fails && s.certain && m.run.view == now {
		m.run.failed = true
	}
	switch m.run.do {
	case checking:
		return true
	case grow:
		return m.grows(r, s)
	case doubt:
		m.doubts(r)
		return true
	}
	return m.supports(r, s)
}

// first reports whether an aggregate that began a search has changed for the binding
// at hand, and none before it in the rule has.
func (m *Matcher) first(w *rereads) bool {
	for _, a := range w.rule.aggregates[:w.position] {
		if m.changedHere(a) {
			return false
		}
	}
	return m.changedHere(w.aggregate)
}

// supports adds the instance to the support of what it concludes, or takes it away.
func (m *Matcher) supports(r *rule, s state) bool {
	sign := int32(1)
	if m.run.do == withdrawing {
		sign = -1
	}
	holds := s.holds()
	for _, c := range r.conclusions {
		st := &m.stores[c.typ.Index]
		n := c.constant
		if n < 0 {
			var failed bool
			n, failed = m.concluded(c, st)
			m.run.failed = m.run.failed || failed && holds && sign > 0
		}
		if st.facts[n].flags&isMember == 0 {
			m.join(st, n)
			if !m.allowed(c, st, n) {
				return false
			}
		}
		m.support(st, n, r, s, sign)
		if m.run.counters != nil && sign > 0 {
			m.run.counters.Of(r.Name).Held++
		}
		m.instances += int(sign)
		if limit := m.run.limits.Justifications; limit > 0 && m.instances > limit {
			return m.tooMany(r)
		}
	}
	return true
}

// quickly does what instance does for one that is simple, in a run from nothing that
// nobody counts.
func (m *Matcher) quickly(q *quick) bool {
	m.simply(q)
	return m.tick() && m.within(q.rule)
}

// simply is quickly where no limit is near.
func (m *Matcher) simply(q *quick) {
	st := &m.stores[q.typ]
	f, b := &st.facts[q.n], &st.books[q.n]
	if f.flags&isMember == 0 {
		m.join(st, q.n)
		m.derived++
	}
	f.status = [2]trace.Status{trace.Certain, trace.Certain}
	b.possible++
	b.certain++
	m.instances++
	m.run.work--
}

// within reports whether the limits still hold, where one more fact or instance was
// counted already.
func (m *Matcher) within(r *rule) bool {
	l := &m.run.limits
	switch {
	case m.run.work < 0:
		return m.exhausted()
	case l.Facts > 0 && m.derived > l.Facts:
		return m.limit(model.ErrFacts.At(r.Span, "the rules conclude more than %d facts", l.Facts))
	case l.Justifications > 0 && m.instances > l.Justifications:
		return m.tooMany(r)
	}
	return true
}

// support counts an instance for a fact, or against it.
func (m *Matcher) support(st *store, n int32, r *rule, s state, sign int32) {
	f, b := &st.facts[n], &st.books[n]
	holds := s.holds()
	b.possible += sign
	if holds {
		b.certain += sign
	}
	if r.total && s.shared && s.certain {
		b.rows += sign
	}
	if f.flags&isBlurred != 0 {
		m.count(st, n, r, sign)
	}
	switch {
	case m.run.plain && !st.typ.keyed:
		// Nothing was before, and nothing can contradict it.
		if holds {
			f.status = [2]trace.Status{trace.Certain, trace.Certain}
		} else if f.status[now] == 0 {
			f.status = [2]trace.Status{trace.Possible, trace.Possible}
		}
	default:
		st.touch(n)
	}
}

// concluded finds or makes the fact that the binding at hand concludes, and says
// whether a field of it has no value. Such a field is anything: whether that matters is
// known only when the instance is known to hold.
func (m *Matcher) concluded(c *conclusion, s *store) (n int32, failed bool) {
	failed = m.makeRow(c, s)
	h := hashRow(m.row)
	n = m.findRow(s, h)
	if n >= 0 {
		return n, failed
	}
	var f fact
	if !s.keyExact && m.blurredRow(s) {
		f.flags = isBlurred
	}
	n = m.make(s, f)
	s.books[n].hash = h
	s.table.insert(h, n)
	return n, failed
}

// makeRow computes the fields of a conclusion into the row at hand, and reports whether
// one has no value; the first such fault is kept.
func (m *Matcher) makeRow(c *conclusion, s *store) bool {
	m.run.fault = nil
	m.blank(s)
	for j, value := range c.fields {
		v := value(&m.frame)
		if v.State == code.Failed {
			if m.run.fault == nil {
				m.run.fault = v.Fault
			}
			v = c.unknown[j]
		}
		if v.State == code.Point {
			m.row[j] = v.Lo
		} else {
			m.put(s.layout, j, v)
		}
	}
	return m.run.fault != nil
}

// findRow finds the fact that has the row at hand; -1: none.
func (m *Matcher) findRow(s *store, hash uint32) int32 {
	t := &s.table
	if len(t.slots) == 0 {
		return -1
	}
	mask := uint32(len(t.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		x := t.slots[i]
		switch {
		case x.number == 0:
			return -1
		case x.hash == hash && x.number > 0 && m.sameRow(s, x.number-1):
			return x.number - 1
		}
	}
}

// blurredRow reports whether the key of the row at hand is not known.
func (m *Matcher) blurredRow(s *store) bool {
	for _, k := range s.Key {
		if !s.layout.Exact[k] && m.row[s.layout.Fields+k/64]>>(k%64)&1 == 1 {
			return true
		}
	}
	return false
}

// count adds the choices of an instance to the copies of a blurred fact.
func (m *Matcher) count(s *store, n int32, r *rule, sign int32) {
	if s.copies == nil {
		s.copies = map[int32]copies{}
	}
	c := s.copies[n]
	if choices := m.choices(r); choices < 0 {
		c.endless += sign
	} else {
		c.finite += int64(sign) * int64(choices)
	}
	s.copies[n] = c
}

// choices is the product of the copies of the premises at hand; -1: without end.
func (m *Matcher) choices(r *rule) int {
	n := 1
	for slot, t := range r.types {
		c := m.copiesOf(&m.stores[t.Index], m.ids[slot], m.run.view)
		if c < 0 || c > 0 && n > mostCopies/c {
			return -1
		}
		n *= c
	}
	return n
}

// allowed counts a new fact, enforces the limit on facts, and remembers the last one.
func (m *Matcher) allowed(c *conclusion, s *store, n int32) bool {
	if m.run.counters != nil {
		m.run.counters.Of(c.rule.Name).New++
	}
	m.derived++
	if m.run.by == nil {
		m.run.by, m.run.last = c, growing{int32(s.Index), n}
	}
	if limit := m.run.limits.Facts; limit > 0 && m.derived > limit {
		return m.limit(model.ErrFacts.At(m.feedingSpan(), "the rules conclude more than %d facts%s", limit, m.feeding()))
	}
	m.run.last, m.run.by = growing{int32(s.Index), n}, c
	return true
}

func (m *Matcher) tooMany(r *rule) bool {
	return m.limit(model.ErrJustifications.At(r.Span, "the rules have more than %d instances%s", m.run.limits.Justifications, m.feeding()))
}

// status is how what an instance concludes stands by it alone.
func (s state) status() trace.Status {
	if s.holds() {
		return trace.Certain
	}
	return trace.Possible
}

// holds reports whether an instance holds for certain.
func (s state) holds() bool { return s.truth.Is == code.True && s.certain }
