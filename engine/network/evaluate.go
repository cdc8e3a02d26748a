package network

import (
	"truce/engine/network/code"
	"truce/engine/trace"
)

// results is what is remembered of an aggregate.
type results struct {
	// last is the value that was asked for last, by the parity of the version, so that what
	// it was and what it is stand side by side.
	last [2]remembered

	all    group // where nothing outside is read and there are many facts
	groups map[[2]uint64]*group

	// What the changes at hand change.
	computed bool
	whole    bool    // any binding may have another value
	keys     []int32 // facts with the keys that have another value, one for each
}

// remembered is the value over a key, or over all facts where nothing outside is read, for
// a version of the facts.
type remembered struct {
	known      bool
	version    uint64
	parameters *trace.Parameters
	key        [2]uint64
	value      code.Value
}

// lately is where the value for a version stands, if it was asked for last.
func (r *results) lately(version uint64) *remembered { return &r.last[version%2] }

func (r *remembered) is(version uint64, p *trace.Parameters, key [2]uint64) bool {
	return r.known && r.version == version && r.key == key && r.parameters == p
}

// aggregated is the value of an aggregate for the binding at hand.
func (m *Matcher) aggregated(number int, _ *code.Frame) code.Value {
	a := m.program.aggregates[number]
	if a.global {
		return m.global(a)
	}
	s := &m.stores[a.typ.Index]
	if a.index == nil || len(s.members) <= m.small || s.kin || s.blurred {
		return m.over(a, s)
	}
	var few [4]uint64
	keys := few[:0]
	for _, key := range a.keys {
		v := key(&m.frame)
		if v.State != code.Point {
			return m.over(a, s)
		}
		keys = append(keys, v.Lo)
	}
	return m.overKey(a, s, keys)
}

// global is the value of an aggregate that reads nothing outside.
func (m *Matcher) global(a *aggregate) code.Value {
	s := &m.stores[a.typ.Index]
	r := &m.results[a.number]
	version, parameters := m.wanted(s), m.settings[m.run.view].parameters
	last := r.lately(version)
	plain, many := !s.kin && !s.blurred, len(s.members) >= m.many
	switch {
	case last.is(version, parameters, [2]uint64{}):
		return last.value
	case plain && a.together && (m.run.full || !many):
		m.addTogether(s, version)
		return last.value
	case plain && many:
		if v, ok := m.grouped(a, s, &r.all, nil); ok {
			return v
		}
	}
	v := m.over(a, s)
	*last = remembered{known: true, version: version, parameters: parameters, value: v}
	return v
}

// over is the value over all facts of a type.
func (m *Matcher) over(a *aggregate, s *store) code.Value {
	if s.kin || s.blurred {
		return m.exactly(a, s)
	}
	t := tally{Matcher: m, aggregate: a, store: s, row: m.frame.Row}
	for _, n := range s.members {
		if !t.add(n, a.where) {
			break
		}
	}
	return t.result()
}

// overKey is the value over the facts with a key, all of it points.
func (m *Matcher) overKey(a *aggregate, s *store, keys []uint64) code.Value {
	if !a.keyed || len(keys) > 2 {
		return m.searched(a, s, keys)
	}
	version, parameters, key := m.wanted(s), m.settings[m.run.view].parameters, groupKey(keys)
	last := m.results[a.number].lately(version)
	if !last.is(version, parameters, key) {
		v := m.searched(a, s, keys)
		*last = remembered{true, version, parameters, key, v}
	}
	return last.value
}

// searched is the value over the facts with a key, which are looked for.
func (m *Matcher) searched(a *aggregate, s *store, keys []uint64) code.Value {
	x := m.indexed(s, a.index)
	r := &m.results[a.number]
	if g := r.group(keys); g != nil && len(x.loose) == 0 {
		if v, ok := m.grouped(a, s, g, keys); ok {
			return v
		}
	}
	t := tally{Matcher: m, aggregate: a, store: s, row: m.frame.Row}
	on, n, key := true, 0, keyOf(keys)
	for e := x.head(key); e != 0 && on; e = x.links[e-1].next {
		if m.has(s, x, e-1, key, keys) {
			n++
			on = t.add(e-1, a.rest)
		}
	}
	if n >= m.many && a.keyed && len(keys) <= 2 {
		if r.groups == nil {
			r.groups = map[[2]uint64]*group{}
		}
		r.groups[groupKey(keys)] = &group{} // the next time it is gathered
	}
	for _, i := range x.loose {
		if !on {
			break
		}
		on = t.add(i, a.where)
	}
	return t.result()
}

// group is what is remembered of a key; nil: nothing.
func (r *results) group(keys []uint64) *group {
	if len(r.groups) == 0 {
		return nil
	}
	return r.groups[groupKey(keys)]
}

// groupKey is a key of one or two fields, as groups are found by; longer ones have none.
func groupKey(keys []uint64) (k [2]uint64) {
	for i := range keys {
		if i < len(k) {
			k[i] = keys[i]
		}
	}
	return k
}
