package network

import (
	"truce/engine/model"
	"truce/engine/trace"
)

// store holds the facts of one type, by number. Numbers are used again.
type store struct {
	*typ
	facts   []fact
	books   []book
	free    []int32
	members []int32 // facts that are there before or after the changes at hand, in no order
	dirty   []int32 // facts that the changes at hand touch
	touched []int32 // facts whose support changed in the stratum at hand
	table   table   // concluded facts by values
	byKey   table   // concluded facts by key: the first of each; the others follow in book.kin
	indexes []indexMemory

	ids    []string // of stated facts, by number
	before []uint32 // by number: of those that are replaced, where the row that was begins
	spare  []uint32 // where rows were that no fact has any more

	// Of types whose rules feed themselves, by number: what concludes the fact in the one
	// justification that is kept (conclusion.id; 0: there is none), and its premises, as
	// many places for each fact as any rule needs.
	support  []int32
	premises []int32
	totals   []total          // by typ.together, while they are added up
	copies   map[int32]copies // of blurred facts that are concluded
	version  uint64           // changes whenever a run leaves other facts than it found
	// kin says that there were facts of one key at some time: only then can there be
	// alternatives. blurred likewise.
	kin, blurred bool
}

// fact is a fact of both models, as it was before the changes at hand and as it is: what
// searches look at.
type fact struct {
	row    uint32 // where it begins in the cells, as it is: see store.row
	status [2]trace.Status
	flags  flags
}

// book is what else is kept of a fact.
type book struct {
	at   int32 // among the members
	kin  int32 // the next fact of the same key; -1: none
	hash uint32
	// possible and certain are how many instances support it in each model, where its
	// stratum does not feed itself.
	possible, certain int32
	rows              int32 // rows of total tables of which one is sure to hold
}

type flags uint16

const (
	isDirty    flags = 1 << iota // in store.dirty
	isTouched                    // in store.touched
	isBlurred                    // a field of its key is no point, or it is what may not be listed
	isUnlisted                   // stands for what an open type may not list
	isPending                    // the growth of its stratum has not come to it
	isSuspect                    // its support may be lost
	isConstant                   // its row is the program's
	isMember                     // it is among the members
	isReplaced                   // it was another row
)

// row is where a fact begins in the cells, in a view.
func (s *store) row(n int32, view int) int {
	f := &s.facts[n]
	if f.flags&isReplaced != 0 && view == was {
		return int(s.before[n])
	}
	return int(f.row)
}

// keepBefore remembers where the row begins that a replaced fact was.
func (s *store) keepBefore(n int32, row uint32) {
	for len(s.before) <= int(n) {
		s.before = append(s.before, 0)
	}
	s.before[n] = row
}

// settleRow makes the row of a fact what it was.
func (s *store) settleRow(n int32) {
	if f := &s.facts[n]; f.flags&isReplaced != 0 {
		f.flags &^= isReplaced
		s.spare = append(s.spare, s.before[n])
	}
}

// views of a fact.
const (
	was = 0
	now = 1
)

// copies is for how many real facts a blurred one may stand.
type copies struct {
	before  int // as it was; -1: without end
	finite  int64
	endless int32 // instances that have no end of choices
}

func (c copies) count() int {
	if c.endless > 0 || c.finite > mostCopies {
		return -1
	}
	return int(c.finite)
}

// settleCopies makes the copies of a fact what they were.
func (s *store) settleCopies(n int32) {
	if len(s.copies) == 0 {
		return
	}
	if c, has := s.copies[n]; has {
		c.before = c.count()
		s.copies[n] = c
	}
}

// mostCopies is where copies are counted as without end.
const mostCopies = 1 << 30

func newStore(t *typ) store {
	s := store{typ: t, indexes: make([]indexMemory, len(t.indexes)), totals: make([]total, len(t.together))}
	for i, x := range t.indexes {
		s.indexes[i].index = x
	}
	if n := len(t.constants); n > 0 {
		s.facts, s.books, s.members = make([]fact, 0, n), make([]book, 0, n), make([]int32, 0, n)
		s.table.room(n)
	}
	for n, c := range t.constants {
		s.facts = append(s.facts, fact{row: uint32(c.row), flags: isConstant})
		s.books = append(s.books, book{at: -1, kin: -1, hash: c.hash})
		s.table.insert(c.hash, int32(n))
	}
	return s
}

// reset takes all facts out but the constant ones, which it makes not there. Stated
// facts stay where stay is set.
func (s *store) reset(stay bool) {
	if !s.Concluded && stay {
		return
	}
	constants := len(s.constants)
	for _, n := range s.members {
		if int(n) < constants {
			f := &s.facts[n]
			f.status, f.flags = [2]trace.Status{}, isConstant
			s.books[n] = book{at: -1, kin: -1, hash: s.books[n].hash}
		}
	}
	// A run that was stopped leaves facts behind that are no members yet.
	for _, list := range [2][]int32{s.dirty, s.touched} {
		for _, n := range list {
			if int(n) < constants {
				s.facts[n].status, s.facts[n].flags = [2]trace.Status{}, isConstant
			}
		}
	}
	s.free, s.members, s.dirty, s.touched = s.free[:0], s.members[:0], s.dirty[:0], s.touched[:0]
	s.empty(stay)
	if s.typ.keyed {
		s.byKey.clear()
	}
	for i := range s.indexes {
		s.indexes[i].built = false
	}
	if len(s.copies) > 0 {
		clear(s.copies)
	}
	s.ids, s.spare = s.ids[:0], s.spare[:0]
	s.kin, s.blurred = false, false
	s.version += 2 // a run that failed may have seen the next version
}

// empty takes out the facts that are not constant. Where the cells stay, so do their rows,
// for others.
func (s *store) empty(stay bool) {
	constants := len(s.constants)
	if s.Concluded && len(s.facts) > constants {
		s.table.clear()
		for n, c := range s.typ.constants {
			s.table.insert(c.hash, int32(n))
		}
	}
	clear(s.support)
	if !stay {
		s.facts, s.books = s.facts[:constants], s.books[:constants]
		s.support, s.premises = s.support[:0], s.premises[:0]
		return
	}
	for n := len(s.facts) - 1; n >= constants; n-- {
		s.facts[n], s.books[n] = fact{row: s.facts[n].row}, book{at: -1, kin: -1}
		s.free = append(s.free, int32(n))
	}
}

// make makes a fact of the row at hand, and gives its number.
func (m *Matcher) make(s *store, f fact) int32 {
	if last := len(s.free) - 1; last >= 0 {
		n := s.free[last]
		s.free = s.free[:last]
		f.row = s.facts[n].row
		s.facts[n], s.books[n] = f, book{at: -1, kin: -1}
		copy(m.frame.Cells[f.row:], m.row)
		return n
	}
	f.row = uint32(len(m.frame.Cells))
	m.frame.Cells = append(m.frame.Cells, m.row...)
	s.facts, s.books = append(s.facts, f), append(s.books, book{at: -1, kin: -1})
	return int32(len(s.facts) - 1)
}

// join makes a fact a member.
func (m *Matcher) join(s *store, n int32) {
	f := &s.facts[n]
	f.flags |= isMember
	s.books[n].at = int32(len(s.members))
	s.members = append(s.members, n)
	for i := range s.indexes {
		if x := &s.indexes[i]; x.built {
			m.enter(s, x, n)
		}
	}
	if f.flags&isBlurred != 0 {
		s.blurred = true
	}
	if s.typ.keyed && f.flags&isBlurred == 0 {
		m.relate(s, n)
	}
}

// leave takes a member out and frees its number.
func (m *Matcher) leave(s *store, n int32) {
	f := &s.facts[n]
	if s.Concluded {
		m.derived--
	}
	last := len(s.members) - 1
	moved := s.members[last]
	at := s.books[n].at
	s.members[at], s.books[moved].at = moved, at
	s.members = s.members[:last]
	s.books[n].at = -1
	for i := range s.indexes {
		if x := &s.indexes[i]; x.built {
			x.remove(n)
		}
	}
	if s.typ.keyed && f.flags&isBlurred == 0 {
		m.unrelate(s, n)
	}
	if len(s.copies) > 0 {
		delete(s.copies, n)
	}
	f.flags &= isConstant
	if f.flags&isConstant != 0 {
		s.books[n].possible, s.books[n].certain, s.books[n].rows = 0, 0, 0
		return
	}
	if s.Concluded {
		s.table.remove(s.books[n].hash, n)
	}
	s.free = append(s.free, n)
}

// modelFact is a fact as the model has it, without its instances.
func (m *Matcher) modelFact(s *store, n int32) model.Fact {
	f := &s.facts[n]
	out := model.Fact{Type: s.FactType, Status: f.status[now], Blurred: f.flags&isBlurred != 0, Copies: m.copiesOf(s, n, now)}
	for i, field := range s.Fields {
		out.Values = append(out.Values, m.frame.Field(s.layout, int(f.row), i).Fact(field.Type.Kind, m.texts))
	}
	if !s.Concluded {
		out.Key = model.Key{Type: s.FactType, ID: s.ids[n], Unlisted: f.flags&isUnlisted != 0}
		out.Blurred = out.Blurred || out.Key.Unlisted
	}
	if first, others := m.firstKin(s, n); others {
		out.Group = int(first) + 1
	}
	return out
}

// copiesOf is for how many real facts a fact may stand; -1: without end.
func (m *Matcher) copiesOf(s *store, n int32, view int) int {
	f := &s.facts[n]
	switch {
	case f.flags&isUnlisted != 0:
		return -1
	case f.flags&isBlurred == 0:
		return 1
	case s.endless:
		return -1
	case view == was:
		return s.copies[n].before
	}
	return s.copies[n].count()
}
