package search

import (
	"context"
	"slices"
)

// arena is what one search moves, and what it has learnt that helps to refute boxes.
//
// Where values stay unknown, a run may leave open at every single point of a box
// what it leaves open at all of them, and no splitting would end. But a point at which
// the answer is settled is settled whatever the unknown values turn out to be. So
// one choice of them under which the wanted value cannot hold in a box refutes the
// box. That is so only where no run can end in an error: otherwise the choice may be one
// under which that point has no answer at all. Such choices are found at single points
// and kept, for they mostly refute far more than where they were found.
type arena struct {
	search *Search
	// dims are those that move, and behind them unknown ones that do not.
	dims   []*dimension
	moving int
	value  string
	// against are values for what is unknown, by dimension, last helpful first.
	against []box
}

// mostAgainst bounds the choices that are kept, mostLearning the runs to find one.
const (
	mostAgainst  = 8
	mostLearning = 40
)

// still is the case as it is.
func (a *arena) still() box {
	b := make(box, len(a.dims))
	for n, d := range a.dims {
		b[n] = d.stays()
	}
	return b
}

// run runs a box. Where the wanted value can hold in it, and what stays unknown can
// be chosen so that it cannot, the outcome is one in which nothing can hold.
func (a *arena) run(ctx context.Context, b box) (outcome, error) {
	o, err := a.search.try(ctx, b.settings(a.dims))
	if err != nil || o.failed != nil || o.refutes(a.value) || o.settlesOn(a.value) {
		return o, err
	}
	for n, k := range a.against {
		refuted, err := a.refutes(ctx, b, k)
		if err != nil {
			return o, err
		}
		if refuted {
			a.against = slices.Insert(slices.Delete(a.against, n, n+1), 0, k)
			return outcome{}, nil
		}
	}
	return o, nil
}

// refutes reports whether the value cannot hold in a box with what stays unknown
// chosen.
func (a *arena) refutes(ctx context.Context, b, choice box) (bool, error) {
	c, chosen := append(box(nil), b...), false
	for n, d := range a.dims {
		if d.isStill(b[n]) && b[n].stay && choice[n].j >= choice[n].i {
			c[n], chosen = choice[n], true
		}
	}
	if !chosen {
		return false, nil
	}
	o, err := a.search.try(ctx, c.settings(a.dims))
	return err == nil && o.refutes(a.value), err
}

// learn looks for a choice of what stays unknown at a point that is not settled, under
// which the value cannot hold, and reports whether that refutes the whole box.
func (a *arena) learn(ctx context.Context, b, point box, o *outcome) (bool, error) {
	if a.search.mayBreak || o.failed != nil || o.refutes(a.value) || len(a.against) >= mostAgainst {
		return false, nil
	}
	choice, err := a.choice(ctx, point)
	if err != nil || choice == nil {
		return false, err
	}
	a.against = slices.Insert(a.against, 0, choice)
	return a.refutes(ctx, b, choice)
}

// choice is a value for each unknown that stays at a point, under which the wanted
// answer cannot hold; nil where none is found soon. One value is chosen alone first,
// then all at their low or their high ends, then boxes are split, each unknown in turn.
func (a *arena) choice(ctx context.Context, point box) (box, error) {
	start := append(box(nil), point...)
	var open []int
	for n, d := range a.dims {
		if !point[n].stay || point[n].j >= point[n].i {
			continue
		}
		if i, j := d.grid.within(0, d.grid.size()-1, 0); i <= j {
			start[n] = stretch{i, j, false} // nothing outside of what the case leaves open
			open = append(open, n)
		}
	}
	if len(open) == 0 {
		return nil, nil
	}
	first := a.firstChoices(start, open)
	splits := []choiceBox{{start, 0}}
	for runs := 0; runs < len(first)+mostLearning && (runs < len(first) || len(splits) > 0); runs++ {
		var c choiceBox
		if runs < len(first) {
			c.box = first[runs]
		} else {
			c, splits = splits[0], splits[1:]
		}
		o, err := a.search.try(ctx, c.box.settings(a.dims))
		switch {
		case err != nil:
			return nil, err
		case o.refutes(a.value):
			return a.chosen(c.box, point), nil
		case runs >= len(first) && !o.settlesOn(a.value):
			splits = append(splits, a.splitChoice(c, open)...)
		}
	}
	return nil, nil
}

// choiceBox is a box of choices, and which unknown is to be split next.
type choiceBox struct {
	box  box
	turn int
}

// mostTried is up to how many points of one unknown are tried one by one.
const mostTried = 6

func (a *arena) firstChoices(start box, open []int) []box {
	var list []box
	low, high := append(box(nil), start...), append(box(nil), start...)
	for _, n := range open {
		from, last := start[n].i, start[n].j
		low[n], high[n] = stretch{from, from, false}, stretch{last, last, false}
		for i := from; i <= last; i++ {
			if last-from >= mostTried && i > from {
				i = last // of many points the two ends
			}
			one := append(box(nil), start...)
			one[n] = stretch{i, i, false}
			list = append(list, one)
		}
	}
	return append(list, low, high)
}

func (a *arena) splitChoice(c choiceBox, open []int) []choiceBox {
	for range open {
		n := open[c.turn%len(open)]
		c.turn++
		if c.box[n].single() {
			continue
		}
		var parts []choiceBox
		for _, r := range a.dims[n].split(c.box[n]) {
			part := append(box(nil), c.box...)
			part[n] = r
			parts = append(parts, choiceBox{part, c.turn})
		}
		return parts
	}
	return nil
}

// chosen is the choice that a box makes for what stays unknown at a point.
func (a *arena) chosen(b, point box) box {
	_, found := b.least(a.dims)
	for n := range found {
		if !point[n].stay {
			found[n] = stretch{0, -1, true}
		}
	}
	return found
}
