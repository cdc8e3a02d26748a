package network

import (
	"slices"

	"truce/engine/network/code"
	"truce/rules/condition"
)

// changesOf is what the changes at hand change of an aggregate.
func (m *Matcher) changesOf(a *aggregate) *results {
	r := &m.results[a.number]
	if r.computed {
		return r
	}
	r.computed, r.whole, r.keys = true, false, r.keys[:0]
	s := &m.stores[a.typ.Index]
	view := m.run.view
	switch {
	case a.global:
		m.view(was)
		before := m.global(a)
		m.view(now)
		r.whole = m.global(a) != before
	case !a.keyed || s.kin || s.blurred:
		r.whole = true
	default:
		m.changedKeys(a, s, r)
	}
	m.view(view)
	return r
}

// changedKeys finds the keys of changed facts for which the value is another one.
func (m *Matcher) changedKeys(a *aggregate, s *store, r *results) {
	x := m.indexed(s, a.index)
	if r.whole = len(x.loose) > 0; r.whole {
		return
	}
	var few [4]uint64
	for _, n := range s.dirty {
		if slices.ContainsFunc(r.keys, func(k int32) bool { return m.sameFields(s, a.fields, k, n) }) {
			continue
		}
		keys := few[:0]
		for _, f := range a.fields {
			keys = append(keys, m.frame.Cells[int(s.facts[n].row)+f])
		}
		m.view(was)
		before := m.overKey(a, s, keys)
		m.view(now)
		if m.overKey(a, s, keys) != before {
			r.keys = append(r.keys, n)
		}
	}
}

func (m *Matcher) sameFields(s *store, fields []int, a, b int32) bool {
	for _, f := range fields {
		if m.frame.Cells[int(s.facts[a].row)+f] != m.frame.Cells[int(s.facts[b].row)+f] {
			return false
		}
	}
	return true
}

// looseKeys reports whether some fact that gives an aggregate of a rule its key may
// have any key.
func (m *Matcher) looseKeys(w *rereads) bool {
	for i, loose := range w.aggregate.loose {
		if loose == nil {
			continue
		}
		t := w.aggregate.outer[i].(*condition.FieldOf).Fact.Index
		s := &m.stores[t]
		if len(m.indexed(s, loose).loose) > 0 {
			return true
		}
	}
	return false
}

// changedHere reports whether an aggregate has another value for the binding at hand.
func (m *Matcher) changedHere(a *aggregate) bool {
	s := &m.stores[a.typ.Index]
	if len(s.dirty) == 0 {
		return false
	}
	r := m.changesOf(a)
	if r.whole || a.global {
		return r.whole
	}
	for _, key := range a.keys {
		if key(&m.frame).State != code.Point {
			return true // what any fact gives may matter
		}
	}
	return slices.ContainsFunc(r.keys, func(n int32) bool {
		for i, key := range a.keys {
			if key(&m.frame).Lo != m.frame.Cells[int(s.facts[n].row)+a.fields[i]] {
				return false
			}
		}
		return true
	})
}
