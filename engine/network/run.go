package network

import (
	"context"
	"math"
	"slices"

	"truce/engine/model"
	"truce/engine/network/code"
	"truce/engine/trace"
	"truce/facts"
	"truce/facts/source"
)

// run is what one run needs beside the memory.
type run struct {
	ctx      context.Context
	limits   model.Limits
	counters *model.Counters
	full     bool // all is concluded anew
	view     int  // which facts and thresholds are seen: was or now
	do       purpose
	plain    bool // supporting, from nothing: there is nothing to tell apart
	quick    bool // and nobody counts

	avoid    growing                 // while a stratum grows: the fact that the search began with
	seed     *rereads                // in a search that an aggregate began
	anew     bool                    // in a search over all instances of a rule whose thresholds have changed
	then     *conclusion             // in a search backwards: what concludes
	head     int32                   // the fact that is asked for
	proof    func(state) bool        // what is done with an instance that does; false ends the search
	collect  func(*rule, state) bool // what is done with an instance that is collected
	revisits bool                    // growth comes to a fact that it came to before
	grown    int                     // instances found while strata grew

	queue    []growing // facts that a growing stratum has yet to come to
	next     int       // in the queue
	suspects []growing

	fault   *facts.Fault // of the row at hand: why one of its fields has no value
	limited bool         // err is that of a limit
	failed  bool         // an instance is in fault, or two certain facts exclude each other
	err     error
	ticks   int
	work    int
	last    growing     // the last new fact
	by      *conclusion // and what concluded it
}

// purpose is what is done with an instance that is found.
type purpose uint8

const (
	supporting  purpose = iota // it supports what it concludes
	withdrawing                // its support is taken back
	grow                       // it may add to a stratum that feeds itself
	doubt                      // what it is the kept justification of is in doubt
	proving                    // it may conclude the fact that is asked for
	checking                   // only whether it is in fault matters
	collecting                 // it is handed on
)

// growing is a fact of a stratum that feeds itself.
type growing struct {
	typ int32 // its type, by index
	n   int32
}

// state is what a search has found so far on its way to an instance.
type state struct {
	truth   code.Truth
	certain bool // all premises are
	shared  bool // the tests that the rows of a table share hold
}

var start = state{truth: code.Truth{Is: code.True}, certain: true, shared: true}

// Run brings what is concluded up to date. Its errors are source.Diagnostics with codes
// of package model or of eval, or *model.Cancelled when the context ends.
//
// A change holds what was and what is at once, and may come to a limit that neither
// would come to alone; then all is concluded anew. Instances of strata that feed
// themselves are not counted from run to run: a run counts those that it comes to.
func (m *Matcher) Run(ctx context.Context, limits model.Limits) error {
	if err := ctx.Err(); err != nil {
		m.valid = false
		return &model.Cancelled{Cause: err}
	}
	again := m.valid
	err := m.conclude(ctx, limits)
	if again && m.run.limited {
		err = m.conclude(ctx, limits)
	}
	return err
}

// conclude is one run.
func (m *Matcher) conclude(ctx context.Context, limits model.Limits) error {
	r := &m.run
	r.ctx, r.limits, r.counters, r.work, r.full = ctx, limits, m.counters, steps(limits), !m.valid
	r.queue, r.next, r.suspects, r.grown, r.ticks = r.queue[:0], 0, r.suspects[:0], 0, 0
	r.revisits, r.plain, r.anew, r.failed, r.limited, r.err, r.by, r.seed = false, false, false, false, false, nil, nil, nil
	if m.run.full {
		m.renew()
	} else {
		m.differ()
	}
	for n, s := range m.program.strata {
		if m.run.full || m.concerned[n] {
			m.stratum(s)
			m.concerned[n] = false
		}
		last := n+1 == len(m.program.strata) || m.program.strata[n+1].number != s.number
		if m.run.err == nil && m.run.failed && last {
			m.run.err = m.diagnose(ctx, s.number)
		}
		if m.run.err != nil {
			m.valid = false
			return m.run.err
		}
	}
	m.commit()
	m.valid = true
	return nil
}

// limit ends the run at a limit.
func (m *Matcher) limit(d source.Diagnostic) bool {
	if m.run.err == nil {
		m.run.err, m.run.limited = source.Diagnostics{d}, true
	}
	return false
}

// steps is how many steps of evaluation are left at the start.
func steps(l model.Limits) int {
	if l.Work <= 0 {
		return math.MaxInt
	}
	return l.Work
}

// renew leaves the stated facts, and nothing else.
func (m *Matcher) renew() {
	m.settings[was] = m.settings[now]
	if !m.bare {
		m.empty(true)
	}
	m.bare = false
	for i := range m.stores {
		s := &m.stores[i]
		if s.Concluded {
			continue
		}
		for _, n := range s.dirty {
			f := &s.facts[n]
			f.flags &^= isDirty
			s.settleRow(n)
			if f.status[now] == 0 && f.flags&isMember != 0 {
				m.leave(s, n)
			}
		}
		s.dirty = s.dirty[:0]
		s.version += 2 // a run that failed may have seen the next version
	}
	clear(m.rereading)
	clear(m.concerned)
	m.forget()
	m.refire = m.refire[:0]
}

// differ finds the rules that have to look at everything again, because they read a
// threshold that has another value.
func (m *Matcher) differ() {
	for i := range m.results {
		m.results[i].computed = false
	}
	m.refire = m.refire[:0]
	before, after := m.settings[was], m.settings[now]
	if before == after {
		return
	}
	for i := range after.values {
		if before.values[i] == after.values[i] && slices.Equal(before.points[i], after.points[i]) {
			continue
		}
		for _, r := range m.program.readers[i] {
			if !m.rereading[r.Index] {
				m.rereading[r.Index] = true
				m.concerned[r.stratum.place] = true
				m.refire = append(m.refire, r)
			}
		}
	}
}

// commit makes what is now what was.
func (m *Matcher) commit() {
	for _, r := range m.refire {
		m.rereading[r.Index] = false
	}
	m.refire = m.refire[:0]
	m.settings[was] = m.settings[now]
	if m.run.full {
		for i := range m.stores {
			s := &m.stores[i]
			if !s.Concluded {
				for _, n := range s.members {
					s.facts[n].status[was] = s.facts[n].status[now]
				}
			}
			for n := range s.copies {
				s.settleCopies(n)
			}
		}
	}
	for _, t := range m.changed {
		s := &m.stores[t]
		for _, n := range s.dirty {
			f := &s.facts[n]
			f.flags &^= isDirty
			f.status[was] = f.status[now]
			s.settleCopies(n)
			s.settleRow(n)
			if f.status[now] == 0 {
				m.leave(s, n)
			}
		}
		s.dirty = s.dirty[:0]
		s.version++
	}
	m.changed = m.changed[:0]
}

// stratum brings one stratum up to date.
func (m *Matcher) stratum(s *stratum) {
	switch {
	case s.number == m.program.pack.Strata:
		m.lines(s)
	case s.recursive:
		m.growth(s)
	case m.run.full:
		m.view(now)
		m.run.do, m.run.plain, m.run.quick = supporting, true, m.counters == nil
		m.children(s.all, start)
		m.run.plain, m.run.quick = false, false
	default:
		m.view(was)
		m.run.do = withdrawing
		m.touching(s)
		if m.run.err == nil {
			m.view(now)
			m.run.do = supporting
			m.touching(s)
		}
	}
	if m.run.err == nil {
		m.settle(s)
	}
}

// lines looks for lines of the report that are in fault.
func (m *Matcher) lines(s *stratum) {
	m.view(now)
	m.run.do = checking
	if m.run.full {
		m.children(s.all, start)
		return
	}
	m.touching(s)
}

// touching finds the instances of a stratum that something touches that has changed,
// each once: a fact, an aggregate, or a threshold.
func (m *Matcher) touching(s *stratum) {
	for _, r := range m.refire {
		if r.stratum == s && (!r.line || r.mayFail) {
			m.run.anew = true
			m.children(r.full, start)
			m.run.anew = false
		}
	}
	for _, t := range m.changed {
		m.touchedBy(s.seeds[t], t)
		for _, w := range s.over[t] {
			if !m.rereading[w.rule.Index] {
				m.rereads(w)
			}
		}
	}
}

// touchedBy finds the instances in which a changed fact of a type is a premise.
func (m *Matcher) touchedBy(list []*seed, t int) {
	s := &m.stores[t]
	for _, seed := range list {
		for _, n := range s.dirty {
			if st := s.facts[n].status[m.run.view]; st != 0 {
				m.begin(seed.root, seed.slot, s, n, st)
			}
		}
	}
}

// begin begins a search with a fact in a slot.
func (m *Matcher) begin(root *node, slot int, s *store, n int32, st trace.Status) bool {
	m.frame.Rows[slot], m.ids[slot] = s.row(n, m.run.view), n
	from := start
	from.certain = st == trace.Certain
	return m.children(root, from)
}

// rereads finds the instances of a rule that an aggregate has another value for.
func (m *Matcher) rereads(w *rereads) {
	r := m.changesOf(w.aggregate)
	all := r.whole || !w.aggregate.global && (w.keyed == nil || m.looseKeys(w))
	if !all && len(r.keys) == 0 {
		return
	}
	m.run.seed = w
	if all {
		m.children(w.whole, start)
	} else {
		m.rereadKeys(w, r.keys)
	}
	m.run.seed = nil
}

// rereadKeys finds them where the keys of facts are those that have another value.
func (m *Matcher) rereadKeys(w *rereads, keys []int32) {
	last := m.program.slots - 1
	s := &m.stores[w.aggregate.typ.Index]
	for _, n := range keys {
		m.frame.Rows[last] = int(s.facts[n].row)
		if !m.children(w.keyed, start) {
			return
		}
	}
}

// settle finds out how the facts stand whose support has changed.
func (m *Matcher) settle(s *stratum) {
	for _, t := range s.types {
		st := &m.stores[t.Index]
		for _, n := range st.touched {
			m.settled(st, n)
		}
		st.touched = st.touched[:0]
		if m.run.full {
			st.version++
		}
	}
}

func (m *Matcher) settled(s *store, n int32) {
	f := &s.facts[n]
	f.flags &^= isTouched
	if !s.recursive {
		switch {
		case s.books[n].certain > 0:
			f.status[now] = trace.Certain
		case s.books[n].possible > 0:
			f.status[now] = trace.Possible
		default:
			f.status[now] = 0
		}
	}
	if s.kin && f.status[now] == trace.Certain && m.contradicted(s, n) {
		m.run.failed = true
	}
	switch {
	case m.run.full:
		f.status[was] = f.status[now]
	case f.status[was] != f.status[now]:
		m.dirty(s, n)
	case f.flags&isBlurred != 0 && !s.endless:
		if c := s.copies[n]; c.before != c.count() {
			m.dirty(s, n)
		}
	}
}

// contradicted reports whether another certain fact of the same key excludes it.
func (m *Matcher) contradicted(s *store, n int32) bool {
	first, others := m.firstKin(s, n)
	if !others {
		return false
	}
	for i := first; i >= 0; i = s.books[i].kin {
		certain := s.books[i].certain > 0
		if s.recursive {
			certain = s.facts[i].status[now] == trace.Certain
		}
		if i != n && certain && m.excludes(s, i, n) {
			return true
		}
	}
	return false
}
