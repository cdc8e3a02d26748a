package network

import (
	"truce/engine/network/code"
	"truce/facts"
)

// Snapshot is what is stated, ready to be stated at once in any matcher of the same
// program. It never changes.
type Snapshot struct {
	stores []statedFacts
	cells  []uint64 // behind the program's
	wide   []code.Value
	texts  []string // that the program has no number for
}

// statedFacts are the stated facts of a type.
type statedFacts struct {
	typ             int
	facts           []fact
	ids             []string
	single          int32
	unlisted        int32
	blurred, sparse bool
}

// Snapshot is what is stated since the last Reset, which must have been all that
// happened.
func (m *Matcher) Snapshot() *Snapshot {
	snap := &Snapshot{
		cells: append([]uint64(nil), m.frame.Cells[len(m.program.constants):]...),
		wide:  append([]code.Value(nil), m.frame.Wide...),
		texts: m.texts.Own(),
	}
	for i := range m.stores {
		s := &m.stores[i]
		if s.Concluded || len(s.facts) == 0 {
			continue
		}
		snap.stores = append(snap.stores, statedFacts{typ: i, facts: append([]fact(nil), s.facts...),
			ids: append([]string(nil), s.ids...), single: s.single, unlisted: s.unlisted, blurred: s.blurred, sparse: len(s.free) > 0})
	}
	return snap
}

// Restore makes a snapshot all that is stated.
func (m *Matcher) Restore(snap *Snapshot) {
	m.Reset()
	m.frame.Cells = append(m.frame.Cells, snap.cells...)
	for _, v := range snap.wide {
		m.wide[wide{v.Lo, v.Hi, v.State}] = uint64(len(m.frame.Wide))
		m.frame.Wide = append(m.frame.Wide, v)
	}
	for _, t := range snap.texts {
		m.texts.Number(t)
	}
	for i := range snap.stores {
		from := &snap.stores[i]
		s := &m.stores[from.typ]
		s.facts = append(s.facts, from.facts...)
		for range from.facts {
			s.books = append(s.books, book{at: -1, kin: -1})
		}
		s.ids = append(s.ids, from.ids...)
		s.single, s.unlisted, s.blurred = from.single, from.unlisted, from.blurred
		s.unnamed = s.Count != facts.One
		for n := range from.facts {
			switch {
			case !from.sparse || from.facts[n].flags&isMember != 0:
				s.books[n].at = int32(len(s.members))
				s.members = append(s.members, int32(n))
			default:
				s.free = append(s.free, int32(n))
			}
		}
	}
}
