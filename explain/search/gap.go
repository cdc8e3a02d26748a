package search

import (
	"context"
	"math"

	"truce/facts"
)

// Between two neighbours of a grid an answer that stands at both may still fall. A
// stretch that was not run as one interval is looked through there: by halves, to
// mostHalves, as long as some half is not certified, in at most gapRuns runs.
const (
	mostHalves = 40
	gapRuns    = 120
)

// fall is what lies between two values at which an answer stands.
type fall struct {
	found       bool
	last, first float64 // where it stands last, and where it does not
	then        outcome
	proved      bool // that it falls nowhere, where no fall was found
}

// gap looks for a fall between two values at which the answer stands, going from x.
type gap struct {
	search *Search
	d      *dimension
	stop   int // the count of runs at which to give up
}

func (s *Search) gap(ctx context.Context, d *dimension, x, y float64) (fall, error) {
	g := &gap{s, d, s.runs + gapRuns}
	return g.between(ctx, x, y, mostHalves)
}

// over runs all from x to y.
func (g *gap) over(ctx context.Context, x, y float64) (bool, outcome, error) {
	v := facts.NumberBetween(min(x, y), max(x, y))
	if k := g.d.as.Kind; k != facts.Number {
		v = facts.Between(k, int64(min(x, y)), int64(max(x, y)))
	}
	o, err := g.search.try(ctx, []setting{{d: g.d, value: v}})
	return o.inside(&g.search.answer), o, err
}

// middle is a value between two, and false where there is none.
func (g *gap) middle(x, y float64) (float64, bool) {
	m := x/2 + y/2
	if g.d.as.Kind != facts.Number {
		m = math.Floor(m)
	}
	return m, m > min(x, y) && m < max(x, y)
}

func (g *gap) between(ctx context.Context, x, y float64, halves int) (fall, error) {
	ok, _, err := g.over(ctx, x, y)
	if ok || err != nil {
		return fall{proved: true}, err
	}
	m, inside := g.middle(x, y)
	switch {
	case !inside:
		// Of whole numbers nothing lies between.
		return fall{proved: g.d.as.Kind != facts.Number}, nil
	case halves == 0 || g.search.runs >= g.stop:
		return fall{}, nil
	}
	ok, o, err := g.over(ctx, m, m)
	if err != nil {
		return fall{}, err
	}
	if !ok {
		return g.before(ctx, x, m, o, halves-1)
	}
	left, err := g.between(ctx, x, m, halves-1)
	if left.found || err != nil {
		return left, err
	}
	right, err := g.between(ctx, m, y, halves-1)
	right.proved = right.proved && left.proved
	return right, err
}

// before narrows a fall between x, at which the answer stands, and y, at which it
// does not.
func (g *gap) before(ctx context.Context, x, y float64, then outcome, halves int) (fall, error) {
	f := fall{found: true, last: x, first: y, then: then}
	for ; halves > 0; halves-- {
		m, inside := g.middle(f.last, f.first)
		if !inside {
			break
		}
		ok, o, err := g.over(ctx, m, m)
		if err != nil {
			return f, err
		}
		if !ok {
			f.first, f.then = m, o
			continue
		}
		if g.search.runs < g.stop {
			left, err := g.between(ctx, f.last, m, halves-1)
			if left.found || err != nil {
				return left, err
			}
		}
		f.last = m
	}
	return f, nil
}
