package network

import (
	"slices"

	"truce/engine/network/code"
)

// indexMemory is what an index remembers, from the first time that it is asked: chains
// of facts by the hash of the fields, and those of which a field is no point.
type indexMemory struct {
	*index
	built bool
	heads []int32 // one more than the fact's number; 0: none
	links []link  // by number
	size  int
	loose []int32
}

// link is where a fact stands on a chain. The hash tells most that stand on it by chance
// without a look at the fact.
type link struct {
	next, prev int32 // one more than the fact's number; 0: none
	hash       uint32
	loose      bool // it is on no chain
}

// indexed is the memory of an index, made when it is first asked for.
func (m *Matcher) indexed(s *store, i *index) *indexMemory {
	x := &s.indexes[i.number]
	if !x.built {
		m.build(s, x)
	}
	return x
}

// head is the first fact with a key that has a hash; -1: there is none.
func (m *Matcher) head(s *store, x *indexMemory, hash uint32, keys []uint64) int32 {
	if len(x.heads) == 0 {
		return -1
	}
	return m.found(s, x, x.heads[hash&uint32(len(x.heads)-1)], hash, keys)
}

// following is the next behind a fact; -1: there is none.
func (m *Matcher) following(s *store, x *indexMemory, n int32, hash uint32, keys []uint64) int32 {
	return m.found(s, x, x.links[n].next, hash, keys)
}

// found is the first fact with a key from a place of a chain on.
func (m *Matcher) found(s *store, x *indexMemory, from int32, hash uint32, keys []uint64) int32 {
	for from != 0 {
		l := &x.links[from-1]
		if l.hash == hash && m.is(s, x.index, from-1, keys) {
			break
		}
		from = l.next
	}
	return from - 1
}

func (m *Matcher) build(s *store, x *indexMemory) {
	x.built = true
	clear(x.heads)
	x.loose, x.size = x.loose[:0], 0
	for _, n := range s.members {
		m.enter(s, x, n)
	}
}

// pointAt reports whether all fields of the index are points, and their hash.
func (m *Matcher) pointAt(s *store, x *index, row int) (uint32, bool) {
	h := uint64(seedHash)
	for _, f := range x.fields {
		if !s.layout.Exact[f] && m.frame.Field(s.layout, row, f).State != code.Point {
			return 0, false
		}
		h = mix(h, m.frame.Cells[row+f])
	}
	return fold(h), true
}

func (m *Matcher) enter(s *store, x *indexMemory, n int32) {
	h, exact := m.pointAt(s, x.index, int(s.facts[n].row))
	for len(x.links) <= int(n) {
		x.links = append(x.links, link{})
	}
	x.links[n] = link{hash: h, loose: !exact}
	if !exact {
		x.loose = append(x.loose, n)
		return
	}
	if x.size >= len(x.heads) {
		x.rehash(max(8, 2*len(x.heads)))
	}
	x.size++
	x.link(n)
}

func (x *indexMemory) link(n int32) {
	l := &x.links[n]
	head := &x.heads[l.hash&uint32(len(x.heads)-1)]
	l.next, l.prev = *head, 0
	if *head != 0 {
		x.links[*head-1].prev = n + 1
	}
	*head = n + 1
}

func (x *indexMemory) rehash(size int) {
	old := x.heads
	x.heads = make([]int32, size)
	for _, head := range old {
		for n := head; n != 0; {
			next := x.links[n-1].next
			x.link(n - 1)
			n = next
		}
	}
}

func (x *indexMemory) remove(n int32) {
	l := &x.links[n]
	if l.loose {
		i := slices.Index(x.loose, n)
		x.loose = slices.Delete(x.loose, i, i+1)
		return
	}
	x.size--
	if l.prev != 0 {
		x.links[l.prev-1].next = l.next
	} else {
		x.heads[l.hash&uint32(len(x.heads)-1)] = l.next
	}
	if l.next != 0 {
		x.links[l.next-1].prev = l.prev
	}
}
