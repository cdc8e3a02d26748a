package search

import (
	"container/heap"
	"context"
	"errors"
	"math"
)

// spot is a point that settles the answer, checked on the whole pack.
type spot struct {
	at       box
	distance float64
}

// hunt looks for the nearest point of a box that settles the answer on a value.
type hunt struct {
	*arena
	best    *spot
	any     bool // the first point will do
	refuted int  // boxes in which no point settles
}

// slack keeps distances that differ by rounding alone from counting as nearer.
const slack = 1e-9

// limit is the distance below which a point would be better than the best.
func (h *hunt) limit() float64 {
	if h.best == nil {
		return math.Inf(1)
	}
	return h.best.distance - slack
}

type node struct {
	box   box
	least float64
	turn  int // in order of making
	done  bool
	// tried says that the nearest point was tried, with a box that held this one.
	tried bool
}

// nodes is a heap: least distance first, then first made.
type nodes []*node

func (q nodes) Len() int { return len(q) }
func (q nodes) Less(i, j int) bool {
	if q[i].least != q[j].least {
		return q[i].least < q[j].least
	}
	return q[i].turn < q[j].turn
}
func (q nodes) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *nodes) Push(x any)   { *q = append(*q, x.(*node)) } //nolint:errcheck // heap hands back what it was given
func (q *nodes) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

// in hunts through a box. Boxes are taken nearest first, so that the first that
// settles the answer holds the nearest point; and as long as none is known, every
// other time in the order of making, since large boxes settle soonest and a point in
// hand spares all that lies farther. The result is the distance below which
// nothing in the box is left to find: infinite where there is nothing at all.
func (h *hunt) in(ctx context.Context, start box) (float64, error) {
	first := &node{box: start}
	first.least, _ = start.least(h.dims)
	byDistance, byTurn := nodes{first}, []*node{first}
	turns := 1
	for odd := false; ; odd = !odd {
		n := take(&byDistance, &byTurn, odd && h.best == nil)
		if n == nil || h.best != nil && (h.any || n.least >= h.limit()) {
			return h.reached(), nil
		}
		parts, err := h.visit(ctx, n)
		if err != nil {
			if errors.Is(err, errBudget) {
				return min(n.least, leastLeft(byDistance), h.reached()), err
			}
			return 0, err
		}
		for _, b := range parts {
			m := &node{box: b, turn: turns}
			m.least, _ = b.least(h.dims)
			m.tried = m.least == n.least && b.holds(h.dims, n.box)
			turns++
			heap.Push(&byDistance, m)
			byTurn = append(byTurn, m)
		}
	}
}

func leastLeft(q nodes) float64 {
	least := math.Inf(1)
	for _, n := range q {
		if !n.done {
			least = min(least, n.least)
		}
	}
	return least
}

// reached is the distance of the best, for what has been looked through.
func (h *hunt) reached() float64 {
	if h.best == nil {
		return math.Inf(1)
	}
	return h.best.distance
}

// take is the next node that is not done, or nil.
func take(byDistance *nodes, byTurn *[]*node, turn bool) *node {
	for turn && len(*byTurn) > 0 {
		n := (*byTurn)[0]
		*byTurn = (*byTurn)[1:]
		if !n.done {
			n.done = true
			return n
		}
	}
	for byDistance.Len() > 0 {
		n := heap.Pop(byDistance).(*node) //nolint:errcheck // it holds nothing else
		if !n.done {
			n.done = true
			return n
		}
	}
	return nil
}

// visit runs a box. It gives the parts of one of which it cannot tell whether it
// holds something nearer.
func (h *hunt) visit(ctx context.Context, n *node) ([]box, error) {
	b := n.box
	if h.best != nil {
		var ok bool
		if b, ok = b.clip(h.dims, h.limit()); !ok {
			return nil, nil
		}
	}
	o, err := h.run(ctx, b)
	if err != nil {
		return nil, err
	}
	if o.refutes(h.value) {
		h.refuted++
		return nil, nil
	}
	distance, point := b.least(h.dims)
	if !o.settlesOn(h.value) {
		if at := b.widest(h.dims); at < 0 || n.tried {
			return b.parts(h.dims), nil
		}
		if o, err = h.run(ctx, point); err != nil {
			return nil, err
		}
	}
	if o.settlesOn(h.value) {
		ok, err := h.search.settles(ctx, point.settings(h.dims), h.value)
		if err != nil {
			return nil, err
		}
		if ok {
			h.best = &spot{point, distance}
			return nil, nil
		}
	} else if refuted, err := h.learn(ctx, b, point, &o); refuted || err != nil {
		h.refuted++
		return nil, err
	}
	return b.parts(h.dims), nil
}

// settles reports whether the whole pack settles on a value. Where a rule ends in an error
// that does not lead to the goal, the search has looked at too little.
func (s *Search) settles(ctx context.Context, settings []setting, value string) (bool, error) {
	o, err := s.check(ctx, settings)
	if err == nil && o.failed != nil && s.breaks(o.failed) {
		err = errTooLittle
	}
	return err == nil && o.settlesOn(value), err
}
