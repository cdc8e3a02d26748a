package network

import (
	"math"
	"slices"

	"truce/engine/model"
	"truce/engine/network/code"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules/condition"
	"truce/rules/eval"
)

// results is what is remembered of an aggregate.
type results struct {
	// Where nothing outside is read: the value for a version of the facts.
	known      bool
	version    uint64
	parameters *trace.Parameters
	value      code.Value

	all    group // likewise, where there are many facts
	groups map[[2]uint64]*group

	// What the changes at hand change.
	computed bool
	whole    bool    // any binding may have another value
	keys     []int32 // facts with the keys that have another value, one for each
}

// aggregated is the value of an aggregate for the binding at hand.
func (m *Matcher) aggregated(number int, _ *code.Frame) code.Value {
	a := m.program.aggregates[number]
	if a.global {
		return m.global(a)
	}
	s := &m.stores[a.typ.Index]
	if a.index == nil || len(s.members) <= m.small || s.kin || s.blurred {
		return m.over(a, s, s.members)
	}
	var few [4]code.Value
	keys := few[:0]
	for _, key := range a.keys {
		v := key(&m.frame)
		if v.State != code.Point {
			return m.over(a, s, s.members)
		}
		keys = append(keys, v)
	}
	return m.overKey(a, s, keys)
}

// global is the value of an aggregate that reads nothing outside.
func (m *Matcher) global(a *aggregate) code.Value {
	s := &m.stores[a.typ.Index]
	r := &m.results[a.number]
	if len(s.members) >= m.many && !s.kin && !s.blurred {
		if v, ok := m.grouped(a, s, &r.all, nil); ok {
			return v
		}
	}
	version := m.wanted(s)
	if r.known && r.version == version && r.parameters == m.parameters[m.run.view] {
		return r.value
	}
	v := m.over(a, s, s.members)
	r.known, r.version, r.parameters, r.value = true, version, m.parameters[m.run.view], v
	return v
}

// over is the value over facts of a type.
func (m *Matcher) over(a *aggregate, s *store, list []int32) code.Value {
	if s.kin || s.blurred {
		return m.exactly(a, s)
	}
	t := tally{Matcher: m, aggregate: a, store: s, row: m.frame.Row}
	for _, n := range list {
		if !t.add(n, a.where) {
			break
		}
	}
	return t.result()
}

// overKey is the value over the facts with a key, all of it points.
func (m *Matcher) overKey(a *aggregate, s *store, keys []code.Value) code.Value {
	x := &s.indexes[a.index.number]
	if !x.built {
		m.build(s, x)
	}
	r := &m.results[a.number]
	if g := r.groups[keyOf(keys)]; g != nil && len(x.loose) == 0 {
		if v, ok := m.grouped(a, s, g, keys); ok {
			return v
		}
	}
	t := tally{Matcher: m, aggregate: a, store: s, row: m.frame.Row}
	on, n := true, 0
	if len(x.heads) > 0 {
		for e := x.heads[hashOf(keys)&uint32(len(x.heads)-1)]; e != 0 && on; e = x.next[e-1] {
			if m.is(s, a.index, e-1, keys) {
				n++
				on = t.add(e-1, a.rest)
			}
		}
	}
	if n >= m.many && a.keyed && len(keys) <= 2 {
		if r.groups == nil {
			r.groups = map[[2]uint64]*group{}
		}
		r.groups[keyOf(keys)] = &group{} // the next time it is gathered
	}
	for _, i := range x.loose {
		if !on {
			break
		}
		on = t.add(i, a.where)
	}
	return t.result()
}

// each visits the facts that have a key, of an index where no fact is loose.
func (m *Matcher) each(s *store, x *indexMemory, keys []code.Value, visit func(int32)) {
	if len(x.heads) == 0 {
		return
	}
	for e := x.heads[hashOf(keys)&uint32(len(x.heads)-1)]; e != 0; e = x.next[e-1] {
		if m.is(s, x.index, e-1, keys) {
			visit(e - 1)
		}
	}
}

func hashOf(keys []code.Value) uint32 {
	h := uint64(seedHash)
	for _, k := range keys {
		h = mix(h, k.Lo)
	}
	return fold(h)
}

// keyOf is a key of one or two fields, as groups are found by; longer ones have none.
func keyOf(keys []code.Value) (k [2]uint64) {
	for i := range keys {
		if i < len(k) {
			k[i] = keys[i].Lo
		}
	}
	return k
}

// tally adds up what facts give an aggregate where there are no alternatives, and no
// fact stands for several. What it cannot add up without care, it leaves to eval.
type tally struct {
	*Matcher
	aggregate *aggregate
	store     *store
	row       int // that was in turn outside

	any         code.Truth // some fact is selected
	sure, maybe int64
	fault       *facts.Fault // of a predicate, or of what a selected fact gives
	partly      bool         // what a fact gives that may be selected has none
	lo, hi      uint64       // of the sum, the least or the most
	care        bool         // eval has to do it
}

// add adds a fact. It reports false when the result stands.
func (t *tally) add(n int32, where func(*code.Frame) code.Truth) bool {
	f := &t.store.facts[n]
	status := f.status[t.run.view]
	if status == 0 {
		return true
	}
	selected := code.Truth{Is: code.True}
	if t.run.work -= t.aggregate.size; t.run.work < 0 && !t.exhausted() {
		return false
	}
	fixed := int(n) < len(t.aggregate.fixed)
	if fixed {
		selected = t.aggregate.fixed[n].selected
	} else {
		t.frame.Row = int(f.row)
		if where != nil {
			selected = where(&t.frame)
		}
	}
	if t.aggregate.form == condition.All {
		selected = not(selected)
	}
	if status != trace.Certain {
		selected = and(selected, code.Truth{Is: code.Maybe})
	}
	if selected.Is == code.False {
		return true
	}
	switch t.aggregate.form {
	case condition.Any, condition.None, condition.All:
		t.any = or(t.any, selected)
		return t.any.Is != code.True
	}
	if selected.Is == code.Fails {
		t.blame(selected.Fault)
		return true
	}
	if t.aggregate.of != nil {
		var v code.Value
		if fixed {
			v = t.aggregate.fixed[n].value
		} else {
			v = t.aggregate.of(&t.frame)
		}
		if !t.give(v, selected.Is == code.True) {
			return false
		}
	}
	if selected.Is == code.True {
		t.sure++
	} else {
		t.maybe++
	}
	return true
}

// blame keeps the fault that stands first.
func (t *tally) blame(f *facts.Fault) {
	if t.fault == nil || f.Span.Compare(t.fault.Span) < 0 {
		t.fault = f
	}
}

// give adds what is computed of the fact in turn.
func (t *tally) give(v code.Value, sure bool) bool {
	switch {
	case v.State == code.Failed && sure:
		t.blame(v.Fault)
		return true
	case v.State == code.Failed:
		t.partly = true
		return true
	}
	a := t.aggregate
	switch {
	case a.given != a.kind || a.form == condition.Mean || !sure && a.form != condition.Sum:
		t.care = true
		return false
	case a.form == condition.Sum && a.kind == facts.Integer:
		return t.sumIntegers(v, sure)
	case a.form == condition.Sum && a.kind == facts.Number:
		return t.sumNumbers(v, sure)
	case v.State != code.Point || a.kind != facts.Number && a.kind != facts.Integer:
		t.care = true
		return false
	}
	if t.sure+t.maybe == 0 || less(a.kind, v.Lo, t.lo) == (a.form == condition.Least) {
		t.lo = v.Lo
	}
	return true
}

// less orders points; of equal ones it does not matter which is taken.
func less(k facts.Kind, a, b uint64) bool {
	if k == facts.Number {
		return math.Float64frombits(a) < math.Float64frombits(b)
	}
	return int64(a) < int64(b)
}

// sumNumbers adds without rounding while it can: a sum that would round is eval's.
func (t *tally) sumNumbers(v code.Value, sure bool) bool {
	lo, hi := math.Float64frombits(v.Lo), math.Float64frombits(v.Hi)
	if !sure {
		lo, hi = math.Min(lo, 0), math.Max(hi, 0)
	}
	a, exact := eval.Exactly(math.Float64frombits(t.lo), lo)
	b, also := eval.Exactly(math.Float64frombits(t.hi), hi)
	t.lo, t.hi = math.Float64bits(a), math.Float64bits(b)
	t.care = t.care || !exact || !also
	return !t.care
}

func (t *tally) sumIntegers(v code.Value, sure bool) bool {
	lo, hi := int64(v.Lo), int64(v.Hi)
	if v.State != code.Point && (lo == facts.MinInteger || hi == facts.MaxInteger) {
		t.care = true
		return false
	}
	if !sure {
		lo, hi = min(lo, 0), max(hi, 0)
	}
	a, b := int64(t.lo)+lo, int64(t.hi)+hi
	if (a > int64(t.lo)) != (lo > 0) && lo != 0 || (b > int64(t.hi)) != (hi > 0) && hi != 0 {
		t.care = true
		return false
	}
	t.lo, t.hi = uint64(a), uint64(b)
	return true
}

// result is the value.
func (t *tally) result() code.Value {
	t.frame.Row = t.row
	kind := t.aggregate.kind
	switch t.aggregate.form {
	case condition.Any:
		return t.any.Value()
	case condition.None, condition.All:
		return not(t.any).Value()
	}
	switch {
	case t.care:
		return t.exactly(t.aggregate, t.store)
	case t.fault != nil:
		return code.FromFact(facts.FaultValue(kind, t.fault), t.texts)
	case t.partly:
		return code.FromFact(facts.Type{Kind: kind}.Unknown(), t.texts)
	}
	switch t.aggregate.form {
	case condition.Count:
		return between(uint64(t.sure), uint64(t.sure+t.maybe))
	case condition.One:
		switch {
		case t.sure == 1 && t.maybe == 0:
			return code.Truth{Is: code.True}.Value()
		case t.sure > 1 || t.sure+t.maybe < 1:
			return code.Truth{Is: code.False}.Value()
		}
		return code.Truth{Is: code.Maybe}.Value()
	case condition.Sum:
		return between(t.lo, t.hi)
	case condition.Least, condition.Most:
		if t.sure > 0 {
			return between(t.lo, t.lo)
		}
	}
	return t.exactly(t.aggregate, t.store)
}

// between is the interval of two bounds of a kind; a point where they are the same.
func between(lo, hi uint64) code.Value {
	if lo == hi {
		return code.Value{Lo: lo, Hi: hi}
	}
	return code.Value{Lo: lo, Hi: hi, State: code.Interval}
}

func not(t code.Truth) code.Truth {
	switch t.Is {
	case code.True:
		t.Is = code.False
	case code.False:
		t.Is = code.True
	}
	return t
}

// or joins two truths as a disjunction does.
func or(x, y code.Truth) code.Truth { return not(and(not(x), not(y))) }

// exactly lets eval compute the value over all facts of the type.
func (m *Matcher) exactly(a *aggregate, s *store) code.Value {
	row := m.frame.Row
	type member struct {
		n    int32
		fact model.Fact
	}
	var members []member
	for _, n := range s.members {
		if s.facts[n].status[m.run.view] != 0 {
			members = append(members, member{n, m.modelFact(s, n)})
		}
	}
	slices.SortFunc(members, func(x, y member) int { return model.Compare(&x.fact, &y.fact) })
	list := make([]eval.Contribution, 0, len(members))
	for _, x := range members {
		f := &s.facts[x.n]
		there := f.status[m.run.view] == trace.Certain
		c := eval.Contribution{There: there, Copies: m.copiesOf(s, x.n, m.run.view), Group: m.group(s, x.n), Blurred: x.fact.Blurred}
		selected := code.Truth{Is: code.True}
		m.frame.Row = int(f.row)
		if a.where != nil {
			if m.run.work -= a.size; m.run.work < 0 && !m.exhausted() {
				break
			}
			if selected = a.where(&m.frame); a.form == condition.All {
				selected = not(selected)
			}
		}
		if !there {
			selected = and(selected, code.Truth{Is: code.Maybe})
		}
		c.Selected = selected.Value().Fact(facts.Bool, m.texts)
		if a.of != nil && selected.Is != code.False {
			c.Value = a.of(&m.frame).Fact(a.expr.Of.Type().Kind, m.texts)
		}
		list = append(list, c)
	}
	m.frame.Row = row
	return code.FromFact(eval.Aggregated(a.expr, list), m.texts)
}

// group is shared by the facts of one key that are there in the view at hand; 0 where
// there are no others.
func (m *Matcher) group(s *store, n int32) int {
	first, others := m.firstKin(s, n)
	if !others {
		return 0
	}
	there := 0
	for i := first; i >= 0; i = s.books[i].kin {
		if s.facts[i].status[m.run.view] != 0 {
			there++
		}
	}
	if there < 2 {
		return 0
	}
	return int(first) + 1
}

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
	x := &s.indexes[a.index.number]
	if !x.built {
		m.build(s, x)
	}
	if r.whole = len(x.loose) > 0; r.whole {
		return
	}
	var few [4]code.Value
	for _, n := range s.dirty {
		if slices.ContainsFunc(r.keys, func(k int32) bool { return m.sameFields(s, a.fields, k, n) }) {
			continue
		}
		keys := few[:0]
		for _, f := range a.fields {
			keys = append(keys, m.frame.Field(s.layout, int(s.facts[n].row), f))
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
		x := &s.indexes[loose.number]
		if !x.built {
			m.build(s, x)
		}
		if len(x.loose) > 0 {
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
