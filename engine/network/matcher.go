package network

import (
	"slices"

	"truce/engine/model"
	"truce/engine/network/code"
	"truce/engine/trace"
	"truce/facts"
)

// Matcher is the memory of one session over a program. It is not safe for concurrent
// use; matchers of one program are independent.
type Matcher struct {
	program   *Program
	texts     *code.Texts
	stores    []store // by type
	frame     code.Frame
	ids       []int32         // by fact slot: the number of the fact that is bound
	wide      map[wide]uint64 // where a value that is no point stands in frame.Wide
	row       []uint64        // a row that is being made
	changed   []int           // types with facts that the changes at hand touch
	concerned []bool          // by place of a stratum: whether the changes at hand matter to it

	settings  [2]*setting // the thresholds before the changes at hand and as they are
	refire    []*rule     // rules that read a threshold that has changed
	rereading []bool      // by rule: whether it is among them
	results   []results   // by aggregate
	derived   int         // concluded facts
	instances int         // that support facts
	counters  *model.Counters

	saved struct { // of a search that another interrupts
		ids  []int32
		rows []int
		lets []code.Value
	}

	held   []uint8 // by step of the line at hand: 1 where it holds
	hits   []int32 // ends of lines that are gone on behind
	listed int     // how many

	small int // up to so many facts are looked through without an index
	many  int // from so many on, what they give an aggregate is remembered

	// valid says that what is concluded follows from what was stated before the changes
	// at hand; otherwise all is to be concluded anew.
	valid bool
	bare  bool // nothing is concluded since a Reset
	run   run
}

// wide is a value that is no point, as what tells it from others.
type wide struct {
	lo, hi uint64
	state  code.State
}

// New is a matcher over nothing stated, with the pack's thresholds, on the day 0.
func New(p *Program) *Matcher {
	m := &Matcher{program: p, small: 6, many: 24, texts: code.NewTexts(p.texts), wide: map[wide]uint64{}, ids: make([]int32, p.slots),
		rereading: make([]bool, len(p.rules)), stores: make([]store, 0, len(p.types)), concerned: make([]bool, len(p.strata)), results: make([]results, len(p.aggregates))}
	m.frame = code.Frame{Cells: append([]uint64(nil), p.constants...), Rows: make([]int, p.slots), Lets: make([]code.Value, p.lets),
		Texts: m.texts, Aggregates: m.aggregated}
	for _, t := range p.types {
		m.stores = append(m.stores, newStore(t))
	}
	m.settings = [2]*setting{&p.own, &p.own}
	return m
}

// Eager makes the matcher use indexes and remember what facts give aggregates from the
// first fact on, so that tests with few facts come to all that it does with many.
func (m *Matcher) Eager() { m.small, m.many = 0, 1 }

// Reset takes all stated facts back.
func (m *Matcher) Reset() {
	m.valid = false
	m.empty(false)
	if len(m.wide) > 0 {
		clear(m.wide)
		m.frame.Wide = m.frame.Wide[:0]
	}
	m.frame.Cells = m.frame.Cells[:len(m.program.constants)]
	m.texts.Reset()
	m.forget()
	m.bare = true
}

// forget drops what is remembered of aggregates by key.
func (m *Matcher) forget() {
	for i := range m.results {
		if len(m.results[i].groups) > 0 {
			clear(m.results[i].groups)
		}
	}
}

// empty takes all facts out, but the stated ones where they stay.
func (m *Matcher) empty(stay bool) {
	for i := range m.stores {
		m.stores[i].reset(stay)
	}
	m.changed = m.changed[:0]
	m.derived, m.instances = 0, 0
}

// State enters a stated fact, in place of the one with a number (model.Absent: of none),
// and gives its number.
func (m *Matcher) State(k model.Key, at int32, values []*facts.Value) int32 {
	s := &m.stores[k.Type.Index]
	m.blank(s)
	for i, v := range values {
		if cell, point := code.Cell(v, m.texts); point {
			m.row[i] = cell
		} else {
			m.put(s.layout, i, code.FromFact(*v, m.texts))
		}
	}
	if at >= 0 {
		switch {
		case m.sameRow(s, at):
			return at // nothing changes
		case m.sameIndexed(s, at):
			m.replace(s, at)
			return at
		}
		m.retire(s, at)
	}
	f := fact{status: [2]trace.Status{0, trace.Certain}}
	if k.Unlisted {
		f.status[now], f.flags = trace.Possible, isUnlisted|isBlurred
	}
	n := m.make(s, f)
	for len(s.ids) <= int(n) {
		s.ids = append(s.ids, "")
	}
	s.ids[n] = k.ID
	m.join(s, n)
	m.dirty(s, n)
	return n
}

// Withdraw takes a stated fact back, by its number.
func (m *Matcher) Withdraw(k model.Key, at int32) {
	if at >= 0 {
		m.retire(&m.stores[k.Type.Index], at)
	}
}

// sameIndexed reports whether no index has to know of it when the row at hand becomes
// that of a fact: in the fields of indexes, and in which values are no points, they agree.
func (m *Matcher) sameIndexed(s *store, n int32) bool {
	old := m.frame.Cells[s.facts[n].row:][:len(m.row)]
	for _, x := range s.typ.indexes {
		for _, f := range x.fields {
			if old[f] != m.row[f] {
				return false
			}
		}
	}
	return slices.Equal(old[s.layout.Fields:], m.row[s.layout.Fields:])
}

// replace makes the row at hand that of a stated fact, which keeps its number. As it was
// it is still seen, until the changes at hand are done with.
func (m *Matcher) replace(s *store, n int32) {
	f := &s.facts[n]
	row := m.frame.Cells[f.row:][:len(m.row)]
	if m.valid && f.status[was] != 0 && f.flags&isReplaced == 0 {
		f.flags |= isReplaced
		s.keepBefore(n, m.spareRow(s, row))
	}
	copy(m.frame.Cells[f.row:], m.row)
	m.dirty(s, n)
}

// spareRow is a place in the cells with a copy of a row.
func (m *Matcher) spareRow(s *store, row []uint64) uint32 {
	if last := len(s.spare) - 1; last >= 0 {
		at := s.spare[last]
		s.spare = s.spare[:last]
		copy(m.frame.Cells[at:], row)
		return at
	}
	at := uint32(len(m.frame.Cells))
	m.frame.Cells = append(m.frame.Cells, row...)
	return at
}

// retire makes a stated fact one that is not there any more.
func (m *Matcher) retire(s *store, n int32) {
	f := &s.facts[n]
	f.status[now] = 0
	if !m.valid {
		s.settleRow(n)
		m.leave(s, n)
		return
	}
	m.dirty(s, n)
}

// dirty notes that a fact is not what it was.
func (m *Matcher) dirty(s *store, n int32) {
	f := &s.facts[n]
	if !m.valid || f.flags&isDirty != 0 {
		return
	}
	f.flags |= isDirty
	if len(s.dirty) == 0 {
		m.changed = append(m.changed, s.Index)
		for _, place := range s.readers {
			m.concerned[place] = true
		}
	}
	s.dirty = append(s.dirty, n)
}

// blank begins a row of a type.
func (m *Matcher) blank(s *store) {
	m.row = m.row[:0]
	for range s.width {
		m.row = append(m.row, 0)
	}
}

// put makes a value a field of the row at hand.
func (m *Matcher) put(l *code.Layout, field int, v code.Value) {
	if v.State == code.Point {
		m.row[field] = v.Lo
		return
	}
	at := wide{v.Lo, v.Hi, v.State}
	n, has := m.wide[at]
	if !has {
		n = uint64(len(m.frame.Wide))
		m.wide[at] = n
		m.frame.Wide = append(m.frame.Wide, v)
	}
	m.row[field] = n
	m.row[l.Fields+field/64] |= 1 << (field % 64)
}

func (m *Matcher) sameRow(s *store, n int32) bool {
	row := int(s.facts[n].row)
	for i, c := range m.row {
		if m.frame.Cells[row+i] != c {
			return false
		}
	}
	return true
}

// Configure sets the thresholds and the date that rules see. Another date is for
// facts stated anew: it comes with a Reset.
func (m *Matcher) Configure(p *trace.Parameters, asOf int64) {
	if m.frame.AsOf != asOf {
		m.frame.AsOf, m.valid = asOf, false
	}
	if m.settings[now].parameters != p {
		m.settings[now] = m.program.setting(p)
	}
	if !m.valid {
		m.settings[was] = m.settings[now]
	}
}

// view makes expressions see facts and thresholds as they were, or as they are.
func (m *Matcher) view(v int) {
	m.run.view = v
	m.frame.Thresholds, m.frame.Points = m.settings[v].values, m.settings[v].points
}

// Count counts the work of later runs; nil: no more.
func (m *Matcher) Count(c *model.Counters) { m.counters = c }

// Facts are the numbers of a type's facts, in no order.
func (m *Matcher) Facts(t *facts.FactType) []int32 { return m.stores[t.Index].members }

// Value is a field of the fact with a number.
func (m *Matcher) Value(t *facts.FactType, n int32, field int) facts.Value {
	s := &m.stores[t.Index]
	return m.frame.Field(s.layout, int(s.facts[n].row), field).Fact(t.Fields[field].Type.Kind, m.texts)
}

// Integer is a field that is an integer, a date or a level, and whether it is known.
func (m *Matcher) Integer(t *facts.FactType, n int32, field int) (int64, bool) {
	s := &m.stores[t.Index]
	v := m.frame.Field(s.layout, int(s.facts[n].row), field)
	return int64(v.Lo), v.State == code.Point
}

// Text is a field that is a text or a symbol, and whether it is known.
func (m *Matcher) Text(t *facts.FactType, n int32, field int) (string, bool) {
	s := &m.stores[t.Index]
	v := m.frame.Field(s.layout, int(s.facts[n].row), field)
	if v.State != code.Point {
		return "", false
	}
	return m.texts.Text(v.Lo), true
}

// Status is how a fact stands.
func (m *Matcher) Status(t *facts.FactType, n int32) trace.Status {
	return m.stores[t.Index].facts[n].status[now]
}

// Fact is the fact with a number, without its instances.
func (m *Matcher) Fact(t *facts.FactType, n int32) model.Fact {
	return m.modelFact(&m.stores[t.Index], n)
}

// OneHolds reports whether one row of a total table that may conclude the fact is
// sure to hold.
func (m *Matcher) OneHolds(t *facts.FactType, n int32) bool {
	s := &m.stores[t.Index]
	if !s.recursive {
		return s.books[n].rows > 0
	}
	holds := false
	m.ask(proving)
	m.proofs(growing{int32(s.Index), n}, false, func(st state) bool {
		holds = m.run.then.rule.total && st.shared && st.certain
		return !holds
	})
	return holds
}
