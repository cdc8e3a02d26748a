package network

import (
	"slices"

	"truce/engine/trace"
)

// A stratum that feeds itself keeps one justification of each fact, the support: an
// instance whose premises stood before the fact did, in a chain that ends at facts of
// strata below. So what supports itself is never supported.
//
// From nothing, what rules conclude from strata below begins the growth, and each fact
// that it comes to is joined with those it has come to before; a fact that turns
// certain is come to again. After a change, first the facts are found whose support
// used something that is not as it was, and those whose support used these. They are
// taken out, and each is asked for another instance among what stands; what is found
// grows on, together with what the change brings.

// growth brings a stratum that feeds itself up to date.
func (m *Matcher) growth(s *stratum) {
	if m.run.full {
		m.view(now)
		m.run.do = grow
		m.children(s.all, start)
		m.drain(s)
		m.countCopies(s)
		return
	}
	m.view(was)
	m.run.do = doubt
	m.run.suspects = m.run.suspects[:0]
	m.touching(s)
	for i := 0; i < len(m.run.suspects) && m.run.err == nil; i++ {
		q := m.run.suspects[i]
		m.grownFrom(s, q, was)
	}
	m.view(now)
	for _, q := range m.run.suspects {
		st := &m.stores[q.typ]
		st.facts[q.n].status[now] = 0
		st.touch(q.n)
	}
	several := len(m.run.suspects) > fewSuspects
	for _, q := range m.run.suspects {
		m.prove(q, several)
	}
	m.run.do = grow
	if several {
		m.regrow(s)
	}
	m.touching(s)
	m.drain(s)
	m.countCopies(s)
}

// fewSuspects is for how many facts all instances of a rule are looked at one fact after
// the other. For more, all that the rule concludes from what stands is found once.
const fewSuspects = 3

// regrow finds what rules conclude from what stands whose conclusions no index finds.
func (m *Matcher) regrow(s *stratum) {
	m.run.anew = true
	for _, r := range s.rules {
		if slices.ContainsFunc(r.conclusions, func(c *conclusion) bool { return c.scans && c.constant < 0 }) {
			m.children(r.full, start)
		}
	}
	m.run.anew = false
}

// premise is the premises of the justification that is kept of a fact.
func (s *store) premise(n int32, r *rule) []int32 {
	from := int(n) * s.slots
	return s.premises[from : from+r.FactSlots]
}

// touch notes that a fact may stand otherwise.
func (s *store) touch(n int32) {
	if f := &s.facts[n]; f.flags&isTouched == 0 {
		f.flags |= isTouched
		s.touched = append(s.touched, n)
	}
}

// grownFrom looks for what follows from a fact of the stratum.
func (m *Matcher) grownFrom(s *stratum, q growing, view int) {
	st := &m.stores[q.typ]
	m.run.avoid = q
	for _, seed := range s.growth[q.typ] {
		if !m.begin(seed.root, seed.slot, st, q.n, st.facts[q.n].status[view]) {
			break
		}
	}
	m.run.avoid = growing{}
}

// doubts puts a fact in doubt where the instance at hand is its support.
func (m *Matcher) doubts(r *rule) {
	for _, c := range r.conclusions {
		st := &m.stores[c.typ.Index]
		n := c.constant
		if n < 0 {
			m.makeRow(c, st)
			if n = m.findRow(st, hashRow(m.row)); n < 0 {
				continue
			}
		}
		f := &st.facts[n]
		if f.status[was] == 0 || f.flags&isSuspect != 0 || int(n) >= len(st.support) {
			continue
		}
		if st.support[n] == c.id && slices.Equal(st.premise(n, r), m.ids[:r.FactSlots]) {
			f.flags |= isSuspect
			m.run.suspects = append(m.run.suspects, growing{int32(st.Index), n})
		}
	}
}

// prove asks for an instance, among what stands, that concludes a suspect; of rules that
// an index helps with alone, where the others are asked for all suspects at once.
func (m *Matcher) prove(q growing, indexed bool) {
	st := &m.stores[q.typ]
	f := &st.facts[q.n]
	f.flags &^= isSuspect
	m.proofs(q, indexed, func(s state) bool {
		if s.status() > f.status[now] {
			m.keep(st, q.n, m.run.then, s.status())
		}
		return f.status[now] != trace.Certain
	})
}

// proofs finds the instances that conclude a fact, until use returns false.
func (m *Matcher) proofs(q growing, indexed bool, use func(state) bool) {
	st := &m.stores[q.typ]
	m.run.do, m.run.head, m.run.proof = proving, q.n, use
	for _, c := range st.concluded {
		if c.constant >= 0 && c.constant != q.n || indexed && c.scans && c.constant < 0 {
			continue
		}
		m.run.then = c
		m.frame.Rows[m.program.slots-1] = int(st.facts[q.n].row)
		if !m.children(c.backward, start) {
			return
		}
	}
}

// proves hands an instance on that concludes the fact asked for.
func (m *Matcher) proves(s state) bool {
	c := m.run.then
	st := &m.stores[c.typ.Index]
	if c.constant < 0 {
		m.makeRow(c, st)
		if !m.sameRow(st, m.run.head) {
			return true
		}
	}
	return m.run.proof(s)
}

// grows adds what the instance at hand concludes to the growth, unless it is there.
func (m *Matcher) grows(r *rule, s state) bool {
	status := s.status()
	if !m.run.revisits {
		m.run.grown += len(r.conclusions)
	}
	if limit := m.run.limits.Justifications; limit > 0 && m.instances+m.run.grown > limit {
		return m.tooMany(r)
	}
	for _, c := range r.conclusions {
		st := &m.stores[c.typ.Index]
		n := c.constant
		if n < 0 {
			var failed bool
			n, failed = m.concluded(c, st)
			m.run.failed = m.run.failed || failed && status == trace.Certain
		}
		f := &st.facts[n]
		if m.run.counters != nil {
			m.run.counters.Of(r.Name).Held++
		}
		fresh := f.flags&isMember == 0 && f.status[now] == 0
		if f.status[now] < status {
			m.keep(st, n, c, status)
		}
		if fresh && !m.allowed(c, st, n) {
			return false
		}
	}
	return true
}

// keep makes the instance at hand the support of a fact, to which the growth is to come.
func (m *Matcher) keep(s *store, n int32, c *conclusion, status trace.Status) {
	for len(s.support) <= int(n) {
		s.support = append(s.support, 0)
		for range s.slots {
			s.premises = append(s.premises, 0)
		}
	}
	s.support[n] = c.id
	copy(s.premises[int(n)*s.slots:], m.ids[:c.rule.FactSlots])
	f := &s.facts[n]
	f.status[now] = status
	s.touch(n)
	if f.flags&isPending == 0 {
		f.flags |= isPending
		m.run.queue = append(m.run.queue, growing{int32(s.Index), n})
	}
}

// drain lets the growth come to each fact that it has found.
func (m *Matcher) drain(s *stratum) {
	m.run.do = grow
	for ; m.run.next < len(m.run.queue) && m.run.err == nil; m.run.next++ {
		q := m.run.queue[m.run.next]
		st := &m.stores[q.typ]
		st.facts[q.n].flags &^= isPending
		// What is come to again, for it is certain now, has its instances counted already.
		m.run.revisits = st.facts[q.n].flags&isMember != 0
		if !m.run.revisits {
			m.join(st, q.n)
		}
		m.grownFrom(s, q, now)
	}
	m.run.queue, m.run.next, m.run.revisits = m.run.queue[:0], 0, false
}

// countCopies counts for how many real facts each blurred one may stand, of the types
// that no rule concludes which feeds itself.
func (m *Matcher) countCopies(s *stratum) {
	for _, t := range s.types {
		st := &m.stores[t.Index]
		if t.endless || !st.blurred || m.run.err != nil {
			continue
		}
		for _, n := range st.members {
			f := &st.facts[n]
			if f.flags&isBlurred == 0 || f.status[now] == 0 {
				continue
			}
			if st.copies == nil {
				st.copies = map[int32]copies{}
			}
			c := st.copies[n]
			c.finite, c.endless = 0, 0
			st.copies[n] = c
			m.proofs(growing{int32(t.Index), n}, false, func(state) bool {
				m.count(st, n, m.run.then.rule, 1)
				return true
			})
			st.touch(n)
		}
	}
}
