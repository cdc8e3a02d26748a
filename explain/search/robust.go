package search

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
	"sort"

	"truce/engine/trace"
	"truce/explain"
	"truce/facts"
)

// RobustFormat is the version of the JSON form of a Robustness. Fields may be added
// to a version; none changes its meaning.
const RobustFormat = "truce.robust/1"

// Robustness says how far each value alone may go before the answer falls. An answer
// stands where it stays settled on its value; an open one stands where nothing can
// hold that could not before.
type Robustness struct {
	Format string `json:"format"`
	About
	Ranges []Range `json:"ranges"` // those with the nearest end first
	// Unknown are values of which nothing is known; Fixed have no range to move in.
	Unknown []string `json:"unknown"`
	Fixed   []string `json:"without_range"`
	Effort
}

// Range is how far one value may go.
type Range struct {
	Name      string        `json:"name"`
	Threshold bool          `json:"threshold,omitempty"`
	At        explain.Value `json:"at"`
	Origin    string        `json:"origin,omitempty"`
	// Inside is what it was moved in, Stands the stretch around it in which the answer
	// stands. Neither is there for a bool or an enum.
	Inside explain.Value `json:"inside,omitzero"`
	Stands explain.Value `json:"stands,omitzero"`
	Low    *End          `json:"low,omitempty"` // none where it stands down to the end of Inside
	High   *End          `json:"high,omitempty"`
	Others []Other       `json:"others,omitempty"` // of a bool or an enum: every other value
	// Falls says that the answer falls somewhere. Margin is then the way to the nearest
	// value at which it does, over the width of Inside; 1 for a bool or an enum.
	Falls  bool    `json:"falls"`
	Margin float64 `json:"margin,omitempty"`
	// OnGrid says that the answer stands at each point of the grid in Stands, and that it
	// was not proved for everything between them.
	OnGrid bool `json:"on_grid_only,omitempty"`
	// Bound is, of an interval, the end that decides: low or high where the answer is
	// another at that end alone, both where it is another at either.
	Bound  string  `json:"bound,omitempty"`
	AtLow  *Answer `json:"at_low,omitempty"`
	AtHigh *Answer `json:"at_high,omitempty"`
}

// End is where an answer falls.
type End struct {
	Last  explain.Value `json:"last"`  // at which it stands
	First explain.Value `json:"first"` // at which it does not: the next point of the grid, or nearer
	Then  Answer        `json:"then"`  // the answer there; without values, the pack forbids the point or has none
}

// Other is another value of a bool or an enum.
type Other struct {
	Value  explain.Value `json:"value"`
	Stands bool          `json:"stands"`
	Then   Answer        `json:"then"`
}

// Robust moves every value alone. Its error is the context's.
func (s *Search) Robust(ctx context.Context) (*Robustness, error) {
	return s.robust(ctx, s.dims)
}

// Parameters is Robust of what the pack brings to the case: its thresholds, each level
// of its tables of points, and what it assumes where the case is silent. The levels
// are called threshold.NAME.LEVEL.
func (s *Search) Parameters(ctx context.Context) (*Robustness, error) {
	var list []*dimension
	for _, d := range s.dims {
		if d.threshold != nil || d.origin == trace.Assumed {
			list = append(list, d)
		}
	}
	pack := s.program.Pack()
	read := readsOf(slice(pack, s.breaking)).thresholds
	for _, t := range pack.Thresholds {
		if t.Table != nil && read[t.Index] {
			list = append(list, pointDimensions(t)...)
		}
	}
	return s.robust(ctx, list)
}

func (s *Search) robust(ctx context.Context, dims []*dimension) (*Robustness, error) {
	s.runs, s.budget = 0, s.options.Runs
	out := &Robustness{Format: RobustFormat, About: s.about(), Ranges: []Range{}, Unknown: []string{}, Fixed: []string{}}
	for n, d := range dims {
		s.progress(n, len(dims), d.label)
		switch {
		case d.at.IsUnknown():
			out.Unknown = append(out.Unknown, d.label)
			continue
		case d.grid.size() == 0:
			out.Fixed = append(out.Fixed, d.label)
			continue
		}
		r, err := s.rangeOf(ctx, d)
		if errors.Is(err, errBudget) {
			out.Exhausted = true
			break
		}
		if err != nil {
			return nil, err
		}
		out.Ranges = append(out.Ranges, *r)
	}
	slices.SortStableFunc(out.Ranges, func(a, b Range) int { return cmp.Compare(a.rank(), b.rank()) })
	out.Runs = s.runs
	return out, nil
}

func (r *Range) rank() float64 {
	if !r.Falls {
		return math.Inf(1)
	}
	return r.Margin
}

func (s *Search) rangeOf(ctx context.Context, d *dimension) (*Range, error) {
	r := &Range{Name: d.label, Threshold: d.threshold != nil, At: d.valueOf(d.at)}
	if d.threshold == nil {
		r.Origin = d.origin.String()
	}
	if d.as.Kind == facts.Enum || d.as.Kind == facts.Bool {
		return r, s.others(ctx, d, r)
	}
	last := d.grid.size() - 1
	lo, hi := place(d.at)
	low, err := s.end(ctx, d, sort.Search(last+1, func(i int) bool { return d.grid.place(i) >= lo })-1, -1)
	if err != nil {
		return nil, err
	}
	high, err := s.end(ctx, d, sort.Search(last+1, func(i int) bool { return d.grid.place(i) > hi }), 1)
	if err != nil {
		return nil, err
	}
	a, b := ends(d.at)
	r.Low, r.High = low.end(d, a), high.end(d, b)
	r.Inside = d.valueOf(d.grid.value(0, last).Hull(d.at))
	r.Stands = d.valueOf(d.reach(low, high))
	for _, e := range []ending{low, high} {
		if way := d.wayTo(e.first); e.falls && (!r.Falls || way < r.Margin) {
			r.Falls, r.Margin = true, way
		}
		r.OnGrid = r.OnGrid || e.onGrid
	}
	if d.at.IsInterval() {
		err = s.bounds(ctx, d, r)
	}
	return r, err
}

// reach is the stretch between two endings.
func (d *dimension) reach(low, high ending) facts.Value {
	v := d.at
	for _, e := range []ending{low, high} {
		if e.moved {
			v = v.Hull(d.point(e.last))
		}
	}
	return v
}

func (s *Search) others(ctx context.Context, d *dimension, r *Range) error {
	for i := range d.grid.size() {
		if i == d.grid.home {
			continue
		}
		o, err := s.try(ctx, []setting{{d: d, value: d.grid.value(i, i)}})
		if err != nil {
			return err
		}
		stands := o.inside(&s.answer)
		r.Others = append(r.Others, Other{d.valueOf(d.grid.value(i, i)), stands, o.document()})
		if !stands {
			r.Falls, r.Margin = true, 1
		}
	}
	return nil
}

// bounds runs an interval at either end.
func (s *Search) bounds(ctx context.Context, d *dimension, r *Range) error {
	low, high := ends(d.at)
	a, err := s.try(ctx, []setting{{d: d, value: low}})
	if err != nil {
		return err
	}
	b, err := s.try(ctx, []setting{{d: d, value: high}})
	if err != nil {
		return err
	}
	atLow, atHigh := a.document(), b.document()
	r.AtLow, r.AtHigh = &atLow, &atHigh
	switch low, high := !a.same(&s.answer), !b.same(&s.answer); {
	case low && high:
		r.Bound = "both"
	case low:
		r.Bound = "low"
	case high:
		r.Bound = "high"
	}
	return nil
}

// ends are the two ends of an interval as points.
func ends(v facts.Value) (low, high facts.Value) {
	if v.Kind() == facts.Number {
		lo, hi := v.Bounds()
		return facts.NumberOf(lo), facts.NumberOf(hi)
	}
	lo, hi := v.Ends()
	return facts.Between(v.Kind(), lo, lo), facts.Between(v.Kind(), hi, hi)
}

// ending is how far a value may go one way.
type ending struct {
	moved  bool    // it may go anywhere at all
	last   float64 // the last place at which the answer stands, where it moved
	falls  bool
	first  float64 // the next one
	then   outcome
	onGrid bool // what lies between some points of the grid was not proved
}

// point is the value at a place of the line.
func (d *dimension) point(x float64) facts.Value {
	if d.as.Kind == facts.Number {
		return facts.NumberOf(x)
	}
	return facts.Between(d.as.Kind, int64(x), int64(x))
}

// wayTo is the way to a place, over the width.
func (d *dimension) wayTo(x float64) float64 {
	lo, hi := place(d.at)
	return max(0, lo-x, x-hi) / d.grid.width()
}

// end is where the answer falls; last is the value as it is, at that end.
func (e *ending) end(d *dimension, last facts.Value) *End {
	if !e.falls {
		return nil
	}
	out := &End{Last: d.valueOf(last), First: d.valueOf(d.point(e.first)), Then: e.then.document()}
	if e.moved {
		out.Last = d.valueOf(d.point(e.last))
	}
	return out
}

// mostGaps is how many gaps of one side are looked through.
const mostGaps = 16

// end goes from a point beside the value as it is, by points of the grid up (1) or
// down (-1). Whole stretches are run as intervals, by halves; where an interval leaves
// open what its points settle, the next stretch begins at the next point, and what
// lies between the two is looked through by itself.
func (s *Search) end(ctx context.Context, d *dimension, from, step int) (ending, error) {
	e := ending{last: d.edge(step)}
	n := d.grid.size() - from
	if step < 0 {
		n = from + 1
	}
	gaps := 0
	for at := 0; at < n; {
		good, o, err := s.stretch(ctx, d, e.last, from+step*at, step, n-at)
		switch {
		case err != nil:
			return e, err
		case good < 0:
			e.falls, e.first, e.then = true, d.grid.place(from+step*at), o
			return e, nil
		case good == 0 && gaps >= mostGaps:
			e.onGrid = true
		case good == 0:
			gaps++
			f, err := s.gap(ctx, d, e.last, d.grid.place(from+step*at))
			if err != nil {
				return e, err
			}
			if f.found {
				e.moved, e.last, e.falls, e.first, e.then = true, f.last, true, f.first, f.then
				return e, nil
			}
			e.onGrid = e.onGrid || !f.proved
		}
		at += max(1, good)
		e.moved, e.last = true, d.grid.place(from+step*(at-1))
	}
	return e, nil
}

// stretch is how many of n points are certified together with all that lies between
// them and a place before them: -1 when the answer does not stand at the first, whose
// outcome it gives; 0 when it stands at the first and nothing more is certified.
func (s *Search) stretch(ctx context.Context, d *dimension, start float64, first, step, n int) (int, outcome, error) {
	stands := func(k int) (bool, error) {
		last := first + step*(k-1)
		v := d.grid.value(min(first, last), max(first, last)).Hull(d.point(start))
		o, err := s.try(ctx, []setting{{d: d, value: v}})
		return o.inside(&s.answer), err
	}
	if ok, err := stands(n); ok || err != nil {
		return n, outcome{}, err
	}
	o, err := s.try(ctx, []setting{{d: d, value: d.grid.value(first, first)}})
	if err != nil || !o.inside(&s.answer) {
		return -1, o, err
	}
	good, bad := 0, n // so many points are certified, so many are not
	for bad-good > 1 {
		mid := good + (bad-good)/2
		ok, err := stands(mid)
		if err != nil {
			return 0, o, err
		}
		if ok {
			good = mid
		} else {
			bad = mid
		}
	}
	return good, o, nil
}

// edge is the end of the value as it is on the side that a step goes to.
func (d *dimension) edge(step int) float64 {
	lo, hi := place(d.at)
	if step < 0 {
		return lo
	}
	return hi
}
