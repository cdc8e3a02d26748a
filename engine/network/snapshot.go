package network

import (
	"truce/engine/network/code"
	"truce/engine/trace"
	"truce/facts"
)

// Snapshot is what is stated, ready to be stated at once in any matcher of the same
// program. It never changes.
type Snapshot struct {
	cells  []uint64 // of all facts, behind the program's
	facts  []statedFact
	wide   []code.Value
	texts  []string // that the program has no number for
	single bool     // every fact is the one of its type, and there are no wide values and texts
}

// statedFact is one fact of a snapshot.
type statedFact struct {
	typ      int32
	row      uint32
	unlisted bool
	id       string
}

// Snapshot is what is stated since the last Reset, which must have been all that
// happened.
func (m *Matcher) Snapshot() *Snapshot {
	snap := &Snapshot{
		cells: append([]uint64(nil), m.frame.Cells[len(m.program.constants):]...),
		wide:  append([]code.Value(nil), m.frame.Wide...),
		texts: m.texts.Own(),
	}
	snap.single = len(snap.wide)+len(snap.texts) == 0
	for i := range m.stores {
		s := &m.stores[i]
		if s.Concluded {
			continue
		}
		for _, n := range s.members {
			f := &s.facts[n]
			snap.facts = append(snap.facts, statedFact{typ: int32(i), row: f.row, unlisted: f.flags&isUnlisted != 0, id: s.ids[n]})
		}
		snap.single = snap.single && (len(s.members) == 0 || s.Count == facts.One)
	}
	return snap
}

// Restore makes a snapshot all that is stated.
func (m *Matcher) Restore(snap *Snapshot) {
	m.Reset()
	m.frame.Cells = append(m.frame.Cells, snap.cells...)
	if !snap.single {
		for _, v := range snap.wide {
			m.wide[wide{v.Lo, v.Hi, v.State}] = uint64(len(m.frame.Wide))
			m.frame.Wide = append(m.frame.Wide, v)
		}
		for _, t := range snap.texts {
			m.texts.Number(t)
		}
	}
	for i := range snap.facts {
		from := &snap.facts[i]
		s := &m.stores[from.typ]
		n := int32(len(s.facts))
		f := fact{row: from.row, status: [2]trace.Status{0, trace.Certain}, flags: isMember}
		if from.unlisted {
			f.status[now], f.flags = trace.Possible, isMember|isUnlisted|isBlurred
			s.blurred = true
		}
		s.facts, s.books = append(s.facts, f), append(s.books, book{at: int32(len(s.members)), kin: -1})
		s.members, s.ids = append(s.members, n), append(s.ids, from.id)
	}
}
