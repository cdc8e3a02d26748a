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

// link is where a fact stands on a chain. Its key tells facts that stand there by chance
// without a look at them.
type link struct {
	next, prev int32  // one more than the fact's number; 0: none
	key        uint64 // see keyOf
}

// offChains is the prev of a fact that is on no chain.
const offChains = -1

// keyOf is the key itself where it is of one field, so that links with it need no look at
// the fact; a hash of longer ones.
func keyOf(fields []uint64) uint64 {
	if len(fields) == 1 {
		return fields[0]
	}
	h := uint64(seedHash)
	for _, f := range fields {
		h = mix(h, f)
	}
	return h
}

// indexed is the memory of an index, made when it is first asked for.
func (m *Matcher) indexed(s *store, i *index) *indexMemory {
	x := &s.indexes[i.number]
	if !x.built {
		m.build(s, x)
	}
	return x
}

// head is where the chain begins on which all facts of a key are, and others; 0: there is
// none.
func (x *indexMemory) head(key uint64) int32 {
	if len(x.heads) == 0 {
		return 0
	}
	return x.heads[x.bucket(key)]
}

func (x *indexMemory) bucket(key uint64) uint32 {
	return fold(mix(seedHash, key)) & uint32(len(x.heads)-1)
}

// has reports whether a fact on a chain has a key.
func (m *Matcher) has(s *store, x *indexMemory, n int32, key uint64, fields []uint64) bool {
	return x.links[n].key == key && (len(fields) == 1 || m.is(s, x.index, n, fields))
}

func (m *Matcher) build(s *store, x *indexMemory) {
	x.built = true
	clear(x.heads)
	x.loose, x.size = x.loose[:0], 0
	for _, n := range s.members {
		m.enter(s, x, n)
	}
}

// pointAt reports whether all fields of the index are points, and their key.
func (m *Matcher) pointAt(s *store, x *index, row int) (uint64, bool) {
	var few [4]uint64
	fields := few[:0]
	for _, f := range x.fields {
		if !s.layout.Exact[f] && m.frame.Field(s.layout, row, f).State != code.Point {
			return 0, false
		}
		fields = append(fields, m.frame.Cells[row+f])
	}
	return keyOf(fields), true
}

func (m *Matcher) enter(s *store, x *indexMemory, n int32) {
	key, exact := m.pointAt(s, x.index, int(s.facts[n].row))
	for len(x.links) <= int(n) {
		x.links = append(x.links, link{})
	}
	x.links[n].key = key
	if !exact {
		x.links[n].prev = offChains
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
	head := &x.heads[x.bucket(l.key)]
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
	if l.prev == offChains {
		i := slices.Index(x.loose, n)
		x.loose = slices.Delete(x.loose, i, i+1)
		return
	}
	x.size--
	if l.prev != 0 {
		x.links[l.prev-1].next = l.next
	} else {
		x.heads[x.bucket(l.key)] = l.next
	}
	if l.next != 0 {
		x.links[l.next-1].prev = l.prev
	}
}
