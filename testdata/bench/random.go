package bench

import (
	"math/bits"
	"slices"
)

// twister is the generator MT19937, read as Python's random module reads it, so
// that the facts of w4 are the same for engines that are driven from elsewhere.
type twister struct {
	state [624]uint32
	next  int
}

// newTwister seeds as Python does with a small integer: by an array of one key.
func newTwister(key uint32) *twister {
	t := &twister{next: 624}
	s := &t.state
	s[0] = 19650218
	for i := 1; i < len(s); i++ {
		s[i] = 1812433253*(s[i-1]^s[i-1]>>30) + uint32(i)
	}
	i := 1
	advance := func() {
		if i++; i == len(s) {
			s[0], i = s[len(s)-1], 1
		}
	}
	for range len(s) {
		s[i] = (s[i] ^ (s[i-1]^s[i-1]>>30)*1664525) + key
		advance()
	}
	for range len(s) - 1 {
		s[i] = (s[i] ^ (s[i-1]^s[i-1]>>30)*1566083941) - uint32(i)
		advance()
	}
	s[0] = 1 << 31
	return t
}

// word is the next 32 bits.
func (t *twister) word() uint32 {
	if t.next == len(t.state) {
		t.next = 0
		for i := range t.state {
			y := t.state[i]&(1<<31) | t.state[(i+1)%624]&(1<<31-1)
			t.state[i] = t.state[(i+397)%624] ^ y>>1 ^ -(y&1)&0x9908b0df
		}
	}
	y := t.state[t.next]
	t.next++
	y ^= y >> 11
	y ^= y << 7 & 0x9d2c5680
	y ^= y << 15 & 0xefc60000
	return y ^ y>>18
}

// float is in [0, 1).
func (t *twister) float() float64 {
	a, b := t.word()>>5, t.word()>>6
	return (float64(a)*(1<<26) + float64(b)) / (1 << 53)
}

// below is in [0, n).
func (t *twister) below(n int) int {
	shift := 32 - bits.Len(uint(n))
	for {
		if r := int(t.word() >> shift); r < n {
			return r
		}
	}
}

// sample draws k different numbers of [low, high), sorted; k is small against the
// range.
func (t *twister) sample(low, high, k int) []int64 {
	drawn := map[int]bool{}
	var list []int64
	for len(list) < k {
		j := t.below(high - low)
		if !drawn[j] {
			drawn[j] = true
			list = append(list, int64(low+j))
		}
	}
	slices.Sort(list)
	return list
}
