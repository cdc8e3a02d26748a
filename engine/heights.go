package engine

import (
	"container/heap"

	"truce/engine/trace"
)

// heights gives every concluded fact the height of its least proof and every
// justification one more than the highest fact it stands on. The proof of a certain
// fact stands on certain justifications alone; so a certain fact's height counts
// only those, and so does a justification's status decide which heights it may use.
//
// It is a search from the stated facts upwards, lowest first: a justification is
// ready when all that it stands on has a height, and the first ready one gives its
// fact the least height there is.
func heights(fs []trace.Fact, js []trace.Justification) {
	h := &byHeight{justifications: js}
	missing := make([]int, len(js))
	waiting := make([][]int, len(fs))
	known := make([]bool, len(fs))
	for i := range fs {
		known[i] = fs[i].Type == nil || !fs[i].Type.Concluded
	}
	for n := range js {
		js[n].Height = 1
		for _, p := range reached(&js[n]) {
			if !known[p] {
				missing[n]++
				waiting[p] = append(waiting[p], n)
			}
		}
		if missing[n] == 0 {
			heap.Push(h, n)
		}
	}
	for h.Len() > 0 {
		j := &js[heap.Pop(h).(int)]
		f := &fs[j.Fact]
		if known[j.Fact] || f.Status == trace.Certain && j.Status != trace.Certain {
			continue
		}
		known[j.Fact], f.Height = true, j.Height
		for _, w := range waiting[j.Fact] {
			js[w].Height = max(js[w].Height, f.Height+1)
			if missing[w]--; missing[w] == 0 {
				heap.Push(h, w)
			}
		}
	}
}

// byHeight is a queue of justifications, lowest first, ties by position.
type byHeight struct {
	justifications []trace.Justification
	ready          []int
}

func (h *byHeight) Len() int { return len(h.ready) }
func (h *byHeight) Less(i, j int) bool {
	a, b := h.ready[i], h.ready[j]
	if c := h.justifications[a].Height - h.justifications[b].Height; c != 0 {
		return c < 0
	}
	return a < b
}
func (h *byHeight) Swap(i, j int) { h.ready[i], h.ready[j] = h.ready[j], h.ready[i] }
func (h *byHeight) Push(x any)    { h.ready = append(h.ready, x.(int)) }
func (h *byHeight) Pop() any {
	last := len(h.ready) - 1
	x := h.ready[last]
	h.ready = h.ready[:last]
	return x
}
