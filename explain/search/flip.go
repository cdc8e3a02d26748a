package search

import (
	"context"
	"errors"
	"slices"

	"truce/facts"
	"truce/facts/source"
)

// FlipOptions say what may move, and how far a search goes.
type FlipOptions struct {
	To         string   // a value of the goal
	Thresholds bool     // thresholds move too
	Fixed      []string // names of what does not move this time
	Free       []string // names of what moves though the pack declares it fixed
	// Most is up to how many changes are searched for; 0 is DefaultMost.
	Most int
}

// DefaultMost is up to how many changes are searched for where nothing is said.
const DefaultMost = 4

// flipper is one search for what settles an answer.
type flipper struct {
	*arena
	sets  *sets
	out   *Flip
	best  *spot // nearest of the fewest
	need  members
	needs int
	left  bool // a set of some size was not looked through
}

// Flip searches for the changes that settle the case on an answer: the fewest, and
// the nearest. Its errors are source.Diagnostics or the context's.
//
// A rule that does not lead to the goal can still end a run in an error. One that is seen
// to do so where a change would settle the answer is looked at from then on, and what it
// reads may move too: the search begins anew.
func (s *Search) Flip(ctx context.Context, o FlipOptions) (*Flip, error) {
	goal := s.program.Pack().Goal.Field.Type.Names
	if goal.Index(o.To) < 0 {
		return nil, source.Diagnostics{CodeGoal.At(source.Span{}, "%q is no answer of %s", o.To, s.program.Pack().Name).
			Expect("one of %s", joined(goal.List)).Suggest("%s", source.DidYouMean(o.To, goal.List))}
	}
	for {
		out, err := s.flip(ctx, o)
		if !errors.Is(err, errTooLittle) {
			return out, err
		}
		if err := s.cut(ctx); err != nil {
			return nil, err
		}
	}
}

func (s *Search) flip(ctx context.Context, o FlipOptions) (*Flip, error) {
	dims, err := s.moving(o)
	if err != nil {
		return nil, err
	}
	f := s.flipper(dims, o.To)
	for _, d := range dims {
		f.out.Moving = append(f.out.Moving, d.label)
	}
	for _, d := range s.dims {
		if d.move == facts.Fixed && !slices.Contains(dims, d) {
			f.out.Held = append(f.out.Held, d.label)
		}
	}
	if !f.out.Already {
		err = f.hunt(ctx, o.Most)
	}
	f.out.Runs, f.out.SetsRefuted = s.runs, len(f.sets.refuted)
	return f.out, err
}

// flipper gets ready for one search.
func (s *Search) flipper(dims []*dimension, to string) *flipper {
	s.runs, s.budget = 0, s.options.Runs
	a := &arena{search: s, dims: slices.Clone(dims), moving: len(dims), value: to}
	for _, d := range s.dims {
		if d.grid.home < 0 && d.grid.size() > 0 && !slices.Contains(dims, d) {
			a.dims = append(a.dims, d)
		}
	}
	return &flipper{arena: a, sets: &sets{arena: a, known: map[string]bool{}},
		out: &Flip{Format: FlipFormat, About: s.about(), To: to, Already: s.answer.settlesOn(to), Moving: []string{}, Needed: []string{}}}
}

// The shares of the runs that the search for the fewest changes, and the search for
// any at all where that finds none, may take.
const (
	shareFewest = 0.6
	shareAny    = 0.8
	// One set takes at most this part of what is left, and may always take that many.
	shareOfSet = 4
	leastShare = 100
)

func (f *flipper) hunt(ctx context.Context, most int) error {
	if most == 0 {
		most = DefaultMost
	}
	for _, phase := range []struct {
		share float64
		run   func() error
	}{
		{shareFewest, func() error { return f.fewest(ctx, most) }},
		{shareAny, func() error { return f.anyWay(ctx) }},
		{1, func() error { return f.nearest(ctx) }},
	} {
		f.search.budget = int(phase.share * float64(f.search.options.Runs))
		err := phase.run()
		if errors.Is(err, errBudget) {
			f.out.Exhausted = true
			err = nil
		}
		if err != nil || f.out.Impossible {
			return err
		}
	}
	f.compare()
	return nil
}

// compare lets the nearest way be the one of fewest changes too, where it has fewer
// than any that was found, and says whether fewer could do.
func (f *flipper) compare() {
	few, near := f.out.Fewest, f.out.Nearest
	if near != nil && (few == nil || len(near.Changes) < len(few.Changes)) {
		w := *near
		w.ProvedNearest, w.AtLeast = near.ProvedNearest, near.AtLeast
		f.out.Fewest, few = &w, &w
	}
	if few != nil {
		few.ProvedFewest = len(few.Changes) == f.out.AtLeast
	}
}

// fewest tries sets of one change, of two, and so on.
func (f *flipper) fewest(ctx context.Context, most int) error {
	still := f.still()
	if _, err := f.learn(ctx, still, still, &f.search.answer); err != nil {
		return err
	}
	r, err := f.sets.isRefuted(ctx, f.sets.all())
	if err != nil {
		return err
	}
	if f.out.Impossible = r; r {
		f.out.WhyNot, err = f.blame(ctx, f.sets.box(f.sets.all()), blameDepth)
		return err
	}
	f.out.AtLeast = 1
	if f.need, f.needs, err = f.sets.needed(ctx); err != nil {
		return err
	}
	if done, err := f.impossible(ctx); done || err != nil {
		return err
	}
	f.out.AtLeast = max(1, f.needs)
	for n := f.out.AtLeast; n <= min(most, f.moving); n++ {
		found, err := f.ofSize(ctx, n)
		if found || err != nil {
			return err
		}
		if !f.left {
			f.out.AtLeast = n + 1
		}
	}
	return nil
}

// ofSize hunts through every set of so many changes that is not refuted.
func (f *flipper) ofSize(ctx context.Context, n int) (bool, error) {
	h := &hunt{arena: f.arena}
	left := false // a set that took more than its share
	budget := f.search.budget
	err := f.sets.each(ctx, f.need, 0, n-f.needs, func(m members) error {
		b := f.still()
		for i, in := range m {
			if in {
				b[i] = f.dims[i].moved()
			}
		}
		f.search.budget = min(budget, f.search.runs+max(leastShare, (budget-f.search.runs)/shareOfSet))
		_, err := h.in(ctx, b)
		f.search.budget = budget
		if errors.Is(err, errBudget) && f.search.runs < budget {
			left, err = true, nil
		}
		return err
	})
	f.out.Boxes += h.refuted
	if err == nil && left {
		f.out.Exhausted, f.left = true, true
	}
	if h.best == nil {
		return false, err
	}
	f.best = h.best
	w := f.way(h.best.at)
	w.ProvedNearest, w.AtLeast = err == nil && !left, w.Distance
	if !w.ProvedNearest {
		w.AtLeast = 0 // sets that nobody looked through may hold anything
	}
	f.out.Fewest = w
	return true, err
}

// anyWay looks for some way where the search for the fewest changes has found none:
// in a set of which no member can be spared.
func (f *flipper) anyWay(ctx context.Context) error {
	if f.best != nil {
		return nil
	}
	m, err := f.sets.least(ctx)
	if err != nil {
		return err
	}
	b := f.still()
	for i, in := range m {
		if in {
			b[i] = f.dims[i].whole()
		}
	}
	h := &hunt{arena: f.arena, any: true}
	_, err = h.in(ctx, b)
	f.out.Boxes += h.refuted
	if h.best == nil || err != nil {
		return err
	}
	at, err := f.fewer(ctx, h.best.at)
	if err != nil {
		return err
	}
	f.out.Fewest = f.way(at)
	f.best = &spot{at, f.out.Fewest.Distance}
	return nil
}

// nearest hunts through everything, for what is nearer than the way of fewest
// changes.
func (f *flipper) nearest(ctx context.Context) error {
	h := &hunt{arena: f.arena, best: f.best}
	b := f.still()
	for i, d := range f.dims[:f.moving] {
		b[i] = d.whole()
	}
	least, err := h.in(ctx, b)
	f.out.Boxes += h.refuted
	if h.best == nil {
		return err
	}
	at, e := f.fewer(ctx, h.best.at)
	if e != nil {
		return e
	}
	w := f.way(at)
	w.AtLeast = min(w.Distance, least)
	w.ProvedNearest = err == nil
	f.out.Nearest = w
	return err
}

// fewer takes back changes that it goes without.
func (f *flipper) fewer(ctx context.Context, at box) (box, error) {
	for n, d := range f.dims {
		if d.isStill(at[n]) {
			continue
		}
		without := append(box(nil), at...)
		without[n] = d.stays()
		ok, err := f.search.settles(ctx, without.settings(f.dims), f.value)
		if err != nil {
			return nil, err
		}
		if ok {
			at = without
		}
	}
	return at, nil
}

// way lists the changes of a point.
func (f *flipper) way(at box) *Way {
	w := &Way{Changes: []Change{}}
	for n, d := range f.dims {
		if d.isStill(at[n]) {
			continue
		}
		c := d.change(d.setting(at[n]))
		c.Distance = d.way(at[n].i)
		w.Distance += c.Distance
		w.Changes = append(w.Changes, c)
	}
	return w
}

func (d *dimension) change(s setting) Change {
	c := Change{Name: d.label, Threshold: d.threshold != nil, From: d.valueOf(d.at), To: d.valueOf(s.value)}
	if d.threshold == nil {
		c.Origin = d.origin.String()
	}
	return c
}

// moving are the dimensions that a search may move.
func (s *Search) moving(o FlipOptions) ([]*dimension, error) {
	fixed, free := map[string]bool{}, map[string]bool{}
	for _, list := range []struct {
		names []string
		in    map[string]bool
	}{{o.Fixed, fixed}, {o.Free, free}} {
		for _, name := range list.names {
			label, err := s.named(name)
			if err != nil {
				return nil, err
			}
			list.in[label] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(s.dims), func(d *dimension) bool {
		return fixed[d.label] || !d.hasPoints() || d.move == facts.Fixed && !free[d.label] || d.threshold != nil && (!o.Thresholds || d.threshold.Plausible == nil && d.as.Kind.Numeric())
	}), nil
}
