package network

import (
	"math/bits"
)

const seedHash = 0x9e3779b97f4a7c15

func mix(h, cell uint64) uint64 {
	hi, lo := bits.Mul64(h^cell, 0xd6e8feb86659fd93)
	return hi ^ lo ^ bits.RotateLeft64(h, 23)
}

func fold(h uint64) uint32 { return uint32(h ^ h>>32) }

func hashRow(row []uint64) uint32 {
	h := uint64(seedHash)
	for _, c := range row {
		h = mix(h, c)
	}
	return fold(h)
}

// table finds facts by hash. It is open: a slot that is taken sends one on to the next.
type table struct {
	slots []tableSlot
	used  int // slots that are or were taken
	live  int
}

type tableSlot struct {
	hash   uint32
	number int32 // one more than the fact's; 0: free, -1: was taken
}

func (t *table) find(hash uint32, is func(int32) bool) int32 {
	if len(t.slots) == 0 {
		return -1
	}
	mask := uint32(len(t.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		s := t.slots[i]
		switch {
		case s.number == 0:
			return -1
		case s.hash == hash && s.number > 0 && is(s.number-1):
			return s.number - 1
		}
	}
}

func (t *table) insert(hash uint32, n int32) {
	if 4*(t.used+1) > 3*len(t.slots) {
		t.grow()
	}
	mask := uint32(len(t.slots) - 1)
	i := hash & mask
	for t.slots[i].number > 0 {
		i = (i + 1) & mask
	}
	if t.slots[i].number == 0 {
		t.used++
	}
	t.live++
	t.slots[i] = tableSlot{hash, n + 1}
}

func (t *table) grow() {
	old := t.slots
	t.room(t.live + 1)
	for _, s := range old {
		if s.number > 0 {
			t.insert(s.hash, s.number-1)
		}
	}
}

// room makes the table empty, and large enough for so many facts.
func (t *table) room(facts int) {
	size := 8
	for size < 2*facts {
		size *= 2
	}
	t.slots, t.used, t.live = make([]tableSlot, size), 0, 0
}

// slot is where a fact stands.
func (t *table) slot(hash uint32, n int32) *tableSlot {
	mask := uint32(len(t.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		if t.slots[i].number == n+1 {
			return &t.slots[i]
		}
	}
}

func (t *table) remove(hash uint32, n int32) {
	t.slot(hash, n).number = -1
	t.live--
}

func (t *table) replace(hash uint32, n, by int32) { t.slot(hash, n).number = by + 1 }

func (t *table) clear() {
	if t.used > 0 {
		clear(t.slots)
		t.used, t.live = 0, 0
	}
}
