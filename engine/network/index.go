package network

import (
	"slices"

	"truce/engine/network/code"
)

// indexMemory is what an index remembers, from the first time that it is asked: chains
// of facts by the hash of the fields, and those of which a field is no point.
type indexMemory struct {
	*index
	built      bool
	heads      []int32 // one more than the fact's number; 0: none
	next, prev []int32 // by number, likewise; of the first of a chain prev is 0
	chain      []uint32
	size       int
	loose      []int32
}

// indexed is the memory of an index, made when it is first asked for.
func (m *Matcher) indexed(s *store, i *index) *indexMemory {
	x := &s.indexes[i.number]
	if !x.built {
		m.build(s, x)
	}
	return x
}

// head is where the chain begins on which the facts of a key are: one more than a fact's
// number; 0: there are none.
func (x *indexMemory) head(keys []code.Value) int32 {
	if len(x.heads) == 0 {
		return 0
	}
	return x.heads[hashOf(keys)&uint32(len(x.heads)-1)]
}

// found is the first fact with a key from a place of a chain on; -1: there is none.
func (m *Matcher) found(s *store, x *indexMemory, from int32, keys []code.Value) int32 {
	for ; from != 0; from = x.next[from-1] {
		if m.is(s, x.index, from-1, keys) {
			return from - 1
		}
	}
	return -1
}

func hashOf(keys []code.Value) uint32 {
	h := uint64(seedHash)
	for _, k := range keys {
		h = mix(h, k.Lo)
	}
	return fold(h)
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
	if !exact {
		x.loose = append(x.loose, n)
		return
	}
	for len(x.next) <= int(n) {
		x.next, x.prev, x.chain = append(x.next, 0), append(x.prev, 0), append(x.chain, 0)
	}
	if x.size >= len(x.heads) {
		x.rehash(max(8, 2*len(x.heads)))
	}
	x.size++
	x.chain[n] = h
	x.link(n)
}

func (x *indexMemory) link(n int32) {
	head := &x.heads[x.chain[n]&uint32(len(x.heads)-1)]
	x.next[n], x.prev[n] = *head, 0
	if *head != 0 {
		x.prev[*head-1] = n + 1
	}
	*head = n + 1
}

func (x *indexMemory) rehash(size int) {
	old := x.heads
	x.heads = make([]int32, size)
	for _, head := range old {
		for n := head; n != 0; {
			next := x.next[n-1]
			x.link(n - 1)
			n = next
		}
	}
}

func (m *Matcher) remove(s *store, x *indexMemory, n int32) {
	if _, exact := m.pointAt(s, x.index, int(s.facts[n].row)); !exact {
		i := slices.Index(x.loose, n)
		x.loose = slices.Delete(x.loose, i, i+1)
		return
	}
	x.size--
	next, prev := x.next[n], x.prev[n]
	if prev != 0 {
		x.next[prev-1] = next
	} else {
		x.heads[x.chain[n]&uint32(len(x.heads)-1)] = next
	}
	if next != 0 {
		x.prev[next-1] = prev
	}
}
