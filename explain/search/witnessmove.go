package search

import (
	"context"
	"slices"

	"truce/engine"
	"truce/engine/trace"
	"truce/facts"
)

// rival is one value of a case in both packs, and the points that it is moved to.
type rival struct {
	sides  [2]*dimension
	rank   int // 0: compared with a threshold that differs, 1: leads to what differs, 2: leads to the goal
	points []facts.Value
	first  []facts.Value // those between an old and a new threshold
}

// move sets a value in both packs.
type move struct {
	of    *rival
	value [2]facts.Value
}

func settingsOf(at []move, side int) []setting {
	var list []setting
	for _, m := range at {
		list = append(list, setting{d: m.of.sides[side], value: m.value[side]})
	}
	return list
}

// to is the move of a value to a point.
func (r *rival) to(v facts.Value) move { return move{r, [2]facts.Value{v, v}} }

// anywhere is the move of a value to all that it may be.
func (r *rival) anywhere() move { return r.to(r.sides[0].whole().of(r.sides[0])) }

// of is all that a stretch of a dimension stands for.
func (r stretch) of(d *dimension) facts.Value { return d.setting(r).value }

// rivals are the values of a case that both packs know and at least one reads on the
// way to its goal, those that lead to a difference first.
func (d *duel) rivals() error {
	var traces [2]*trace.Trace
	for i, side := range d.sides {
		t, err := side.all.Trace()
		if err != nil {
			return err
		}
		side.base, traces[i] = t, t
	}
	p := d.versus.points
	for i := range traces[0].Facts {
		f := &traces[0].Facts[i]
		k, there := traces[1].Find(f.Name)
		if f.Type.Concluded || f.Unlisted || f.Type.After || f.Type.Context || !there {
			continue
		}
		g := &traces[1].Facts[k]
		for _, field := range f.Type.Fields {
			other := g.Type.Field(field.Name)
			name := f.Type.Name + "." + field.Name
			if other == nil || !p.reads[name] || other.Type.Kind != field.Type.Kind || !field.Type.Names.Same(other.Type.Names) {
				continue
			}
			r := &rival{sides: [2]*dimension{free(fieldDimension(f, idOf(f), field), d.start.Old.AsOf), free(fieldDimension(g, idOf(g), other), d.start.Old.AsOf)}, rank: p.rank(name)}
			if p.of(name, r, d.start.Old.AsOf); len(r.points) > 0 {
				d.dims = append(d.dims, r)
			}
		}
	}
	slices.SortStableFunc(d.dims, func(a, b *rival) int { return a.rank - b.rank })
	d.versus.out.Bounds.Values = max(d.versus.out.Bounds.Values, len(d.dims))
	return nil
}

// lookBack is how many days before the date of a case a day without a range may lie.
const lookBack = 4000

// free lets a dimension move both ways: a case is made up, and what is history to one
// that happened is not to it. A day without a range moves in the time before the date.
func free(d *dimension, asOf int64) *dimension {
	d.move = facts.Free
	if d.as.Kind == facts.Date && d.grid.size() == 0 {
		d.grid = newGrid(d.as, facts.Between(facts.Date, asOf-lookBack, asOf), d.at, 1)
	}
	d.from, d.to = 0, d.grid.size()-1
	return d
}

// inOrder puts the starts in which the packs come to different conclusions first.
func inOrder(list []*duel) {
	rank := func(d *duel) int {
		if d.differ {
			return d.turn
		}
		return len(list) + 1_000_000 + d.turn
	}
	slices.SortStableFunc(list, func(a, b *duel) int { return rank(a) - rank(b) })
}

// move moves so many values of the start at once, one of them through all its points.
func (d *duel) move(ctx context.Context, together int) error {
	if !d.begun {
		if err := d.prepare(ctx); err != nil {
			return err
		}
	}
	d.versus.progress(d.start.Old.ID)
	return d.deeper(ctx, nil, d.dims, together)
}

// deeper moves values in their order, until one more is to be moved; that one is each
// of those behind.
func (d *duel) deeper(ctx context.Context, at []move, rest []*rival, together int) error {
	if together == 1 {
		for _, r := range rest {
			for _, v := range r.first {
				if err := d.point(ctx, append(at[:len(at):len(at)], r.to(v))); err != nil {
					return err
				}
			}
		}
		return d.among(ctx, at, rest)
	}
	for i, r := range rest {
		for _, v := range r.points {
			if err := d.deeper(ctx, append(at[:len(at):len(at)], r.to(v)), rest[i+1:], together-1); err != nil {
				return err
			}
		}
	}
	return nil
}

// among moves each of a set of values alone, save where both packs settle on one answer
// with all of them at their whole ranges.
func (d *duel) among(ctx context.Context, at []move, set []*rival) error {
	if len(set) == 0 {
		return nil
	}
	if len(set) > 1 {
		all := at[:len(at):len(at)]
		for _, r := range set {
			all = append(all, r.anywhere())
		}
		o, err := d.both(ctx, all)
		if err != nil {
			return err
		}
		if alike(o) {
			d.versus.out.Bounds.Boxes++
			return nil
		}
		if err := d.among(ctx, at, set[:len(set)/2]); err != nil {
			return err
		}
		return d.among(ctx, at, set[len(set)/2:])
	}
	return d.sweep(ctx, at, set[0])
}

// sweep moves one value through its points, and halves what lies between two of them
// with different answers.
func (d *duel) sweep(ctx context.Context, at []move, r *rival) error {
	var before *outcome
	for i, v := range r.points {
		here := append(at[:len(at):len(at)], r.to(v))
		o, err := d.both(ctx, here)
		if err == nil {
			err = d.judge(ctx, here, o)
		}
		if err != nil {
			return err
		}
		if i > 0 && before != nil && o[0].answers() && !before.same(&o[0]) {
			if err := d.between(ctx, at, r, r.points[i-1], v, *before); err != nil {
				return err
			}
		}
		if before = nil; o[0].answers() {
			before = &o[0]
		}
	}
	return nil
}

// between halves the grid between two points with different answers, as long as both
// packs agree.
func (d *duel) between(ctx context.Context, at []move, r *rival, low, high facts.Value, lower outcome) error {
	g := &r.sides[0].grid
	i, k := g.first(low), g.first(high)
	for k-i > 1 {
		mid := i + (k-i)/2
		here := append(at[:len(at):len(at)], r.to(g.value(mid, mid)))
		o, err := d.both(ctx, here)
		if err == nil {
			err = d.judge(ctx, here, o)
		}
		if err != nil {
			return err
		}
		if o[0].same(&lower) {
			i = mid
		} else {
			k = mid
		}
	}
	return nil
}

// conclusions looks for a conclusion that differs at a point, on the whole packs, and
// keeps the first point that has one.
func (d *duel) conclusions(ctx context.Context, at []move) error {
	var all [2]map[string]string
	for i, side := range d.sides {
		found, err := side.concluded(ctx, settingsOf(at, i))
		if err != nil || found == nil {
			return err
		}
		all[i] = found
	}
	if sameConclusions(all[0], all[1]) {
		return nil
	}
	d.differ = d.differ || len(at) == 0
	if d.versus.lesser == nil {
		d.versus.lesser = &Witness{}
		d.found(d.versus.lesser, at, false)
	}
	return nil
}

func sameConclusions(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for name, text := range a {
		if b[name] != text {
			return false
		}
	}
	return true
}

// concluded are the concluded facts of a run on the whole pack, by name, each as a
// text; nil where the run fails.
func (s *Search) concluded(ctx context.Context, settings []setting) (map[string]string, error) {
	mark := s.all.Mark()
	defer s.all.Rollback(mark)
	if s.enter(s.all, settings) != nil {
		return nil, nil // refused by the pack
	}
	if err := s.all.Run(ctx); err != nil {
		if engine.Canceled(err) {
			return nil, err
		}
		return nil, nil
	}
	found := map[string]string{}
	for _, t := range s.program.Pack().Schema.Types {
		if !t.Concluded {
			continue
		}
		list, err := s.all.Facts(t)
		if err != nil {
			return nil, nil // a run without an answer has none
		}
		for i := range list {
			text := list[i].Status.String()
			for k, f := range t.Fields {
				text += "; " + f.Name + "=" + f.Type.FormatUnit(list[i].Fields[k].Value)
			}
			found[list[i].Name] = text
		}
	}
	return found, nil
}
