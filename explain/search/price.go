package search

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"truce/explain"
	"truce/facts"
)

// PriceFormat is the version of the JSON form of a Prices. Fields may be added to a
// version; none changes its meaning.
const PriceFormat = "truce.price/1"

// Prices say what each missing value, once known, would decide. There are no
// probabilities in it: the worst outcome counts first, then the mean over cells.
type Prices struct {
	Format string `json:"format"`
	About
	Unknown []Price `json:"unknown"` // the most decisive first
	// Idle are missing values that change nothing when they alone become known, and
	// Whole those that were not cut into cells, for want of a range.
	Idle  []string `json:"idle"`
	Whole []string `json:"without_range"`
	Effort
}

// Price is what one missing value would decide.
type Price struct {
	Name   string        `json:"name"`
	At     explain.Value `json:"at"`
	Origin string        `json:"origin,omitempty"`
	Doc    string        `json:"doc,omitempty"`
	Asked  string        `json:"asked,omitempty"` // who would know it
	Worst  int           `json:"worst"`           // most answers that stay possible in a cell
	Mean   float64       `json:"mean"`            // answers that stay possible, over the cells
	Cells  []Cell        `json:"cells"`
}

// Cell is a stretch of values after which the answer is the same.
type Cell struct {
	Value explain.Value `json:"value"`
	Then  Answer        `json:"then"`
}

// Price cuts what may be known into cells. Its error is the context's.
func (s *Search) Price(ctx context.Context) (*Prices, error) {
	s.runs, s.budget = 0, s.options.Runs
	out := &Prices{Format: PriceFormat, About: s.about(), Unknown: []Price{}, Idle: []string{}, Whole: []string{}}
	for n, d := range s.dims {
		if d.at.IsKnown() {
			continue
		}
		s.progress(n, len(s.dims), d.label)
		c := &cutter{search: s, d: d, grid: d.priced()}
		switch {
		case s.answer.settled:
			out.Idle = append(out.Idle, d.label) // whatever it turns out to be
			continue
		case c.grid.size() == 0:
			out.Whole = append(out.Whole, d.label)
			continue
		}
		err := c.cut(ctx, 0, c.grid.size()-1)
		if errors.Is(err, errBudget) {
			out.Exhausted = true
			break
		}
		if err != nil {
			return nil, err
		}
		if len(c.cells) == 1 && c.cells[0].outcome.same(&s.answer) {
			out.Idle = append(out.Idle, d.label)
			continue
		}
		out.Unknown = append(out.Unknown, c.price())
	}
	slices.SortStableFunc(out.Unknown, func(a, b Price) int {
		return cmp.Or(cmp.Compare(a.Worst, b.Worst), cmp.Compare(a.Mean, b.Mean))
	})
	out.Runs = s.runs
	return out, nil
}

// PriceOf says what a value would decide by its name, whatever is known of it: nil where
// it decides nothing, is no value that the answer depends on, or has no range. Its error
// is the context's.
func (s *Search) PriceOf(ctx context.Context, name string) (*Price, error) {
	s.runs, s.budget = 0, s.options.Runs
	for _, d := range s.dims {
		if d.label != name || d.threshold != nil {
			continue
		}
		c := &cutter{search: s, d: d, grid: d.priced()}
		if c.grid.size() == 0 {
			return nil, nil
		}
		err := c.cut(ctx, 0, c.grid.size()-1)
		if errors.Is(err, errBudget) {
			return nil, nil
		}
		if err != nil || !slices.ContainsFunc(c.cells, func(x cell) bool { return !x.outcome.same(&s.answer) }) {
			return nil, err
		}
		p := c.price()
		return &p, nil
	}
	return nil, nil
}

// IfComplete is the answer if the case lists all facts of an open type. Its error is
// the context's.
func (s *Search) IfComplete(ctx context.Context, name string) (Answer, error) {
	mark := s.slim.Mark()
	defer s.slim.Rollback(mark)
	if err := s.slim.Complete(name); err != nil {
		return Answer{}, err
	}
	o, err := s.on(ctx, s.slim, nil)
	return o.document(), err
}

// priced is the grid over all that a value may turn out to be, plausible or not. Where
// the range has no ends, what is plausible stands for it.
func (d *dimension) priced() grid {
	inside := d.as.Unknown()
	if d.at.IsInterval() {
		inside = d.at
	}
	if g := newGrid(d.as, inside, d.as.Unknown(), d.field.Step); g.size() > 0 {
		return g
	}
	return d.grid
}

// cutter cuts a grid where the outcome changes.
type cutter struct {
	search *Search
	d      *dimension
	grid   grid
	cells  []cell
}

type cell struct {
	i, j    int
	outcome outcome
}

// coarse is into how many parts a stretch is cut at least before two equal ends are
// taken for a sign that all between is equal too.
const coarse = 16

// cut finds the cells from point i to point j. A stretch is one cell when it settles
// as a whole, and when it is short and comes to the same as its two ends; otherwise it
// is halved, so that a change of outcome is found to the point.
func (c *cutter) cut(ctx context.Context, i, j int) error {
	all, err := c.run(ctx, i, j)
	if err != nil {
		return err
	}
	whole := i == j || all.settled && all.failed == nil
	if !whole && j-i <= c.grid.size()/coarse {
		a, err := c.run(ctx, i, i)
		if err != nil {
			return err
		}
		b, err := c.run(ctx, j, j)
		if err != nil {
			return err
		}
		whole = a.same(&all) && b.same(&all)
	}
	if whole {
		c.add(cell{i, j, all})
		return nil
	}
	if c.grid.typ.Kind == facts.Enum {
		for k := i; k <= j; k++ {
			if err := c.cut(ctx, k, k); err != nil {
				return err
			}
		}
		return nil
	}
	mid := i + (j-i)/2
	if err := c.cut(ctx, i, mid); err != nil {
		return err
	}
	return c.cut(ctx, mid+1, j)
}

func (c *cutter) run(ctx context.Context, i, j int) (outcome, error) {
	return c.search.try(ctx, []setting{{d: c.d, value: c.grid.value(i, j)}})
}

// add joins a cell to the one before it where they come to the same.
func (c *cutter) add(next cell) {
	if n := len(c.cells) - 1; n >= 0 && c.cells[n].outcome.same(&next.outcome) && c.grid.typ.Kind != facts.Enum {
		c.cells[n].j = next.j
		return
	}
	c.cells = append(c.cells, next)
}

// Best is the fewest answers that stay possible in a cell.
func (p *Price) Best() int {
	best := p.Worst
	for i := range p.Cells {
		best = min(best, p.Cells[i].left(p.Worst))
	}
	return best
}

// left is how many answers stay possible; of an error, which decides nothing, as many
// as before.
func (c *Cell) left(before int) int {
	n := len(c.Then.Values)
	switch {
	case n == 0:
		return before
	case c.Then.NoneCanHold:
		return n + 1
	}
	return n
}

func (c *cutter) price() Price {
	p := Price{Name: c.d.label, At: c.d.valueOf(c.d.at), Origin: c.d.origin.String(), Doc: c.d.field.Doc, Asked: c.d.field.Asked}
	total := 0
	for _, x := range c.cells {
		cell := Cell{c.d.valueOf(c.grid.value(x.i, x.j)), x.outcome.document()}
		n := cell.left(len(c.search.answer.can))
		p.Worst = max(p.Worst, n)
		total += n
		p.Cells = append(p.Cells, cell)
	}
	p.Mean = float64(total) / float64(len(c.cells))
	return p
}
