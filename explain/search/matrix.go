package search

import (
	"context"
	"math"
	"slices"
	"sort"

	"truce/explain"
	"truce/facts"
)

// Matrix says which facts are diagnostic between which answers: facts by answers.
//
// A fact is moved in two ways: it is made unknown, and it is moved across its nearest
// cut point, the nearest value of its grid at which other answers can hold than now.
// Of two values as near, one above and one below, the one below counts; a bool or an
// enum has every other value beside it. What is unknown, or an interval, is moved to
// each stretch inside at which other answers can hold; and beyond its ends only where
// there is none inside. A move changes an answer where it can hold after it and not
// before, or the other way round. A fact is diagnostic between two answers when one of
// its moves changes one of them otherwise than the other: then it changes whether the
// one can hold and not the other.
//
// Cut points are exact on the grid where the answer is settled. Where it is open, a
// stretch of at most a sixteenth of the grid counts as without one when it comes to the
// same as a whole and at both of its ends.
type Matrix struct {
	Answers []string `json:"answers"` // the columns: all values of the goal
	Can     []bool   `json:"can"`     // whether each can hold as it is
	Rows    []Row    `json:"rows"`    // facts with a move that changes some answer
	// Idle are facts that no move of theirs makes diagnostic, Still those that have
	// neither a value to lose nor a range to move in.
	Idle  []string `json:"idle"`
	Still []string `json:"without_range"`
}

// Row is a fact, which is a field of a stated one.
type Row struct {
	Name   string        `json:"name"`
	At     explain.Value `json:"at"`
	Origin string        `json:"origin,omitempty"`
	Moves  []Move        `json:"moves"`
	// Between are the pairs of answers between which it is diagnostic.
	Between [][2]string `json:"between"`
}

// Move is one way in which a fact was moved.
type Move struct {
	// Kind is unknown, beyond (across the nearest cut point), or inside (of what is
	// unknown or an interval: one stretch of it).
	Kind string        `json:"kind"`
	To   explain.Value `json:"to,omitzero"`
	// Distance is the way to it over the width of what is plausible.
	Distance float64 `json:"distance"`
	Then     Answer  `json:"then"`
	Changes  []int   `json:"changes"` // by column: 1 can hold now, -1 can no longer, 0 as before
}

// changes says of each answer how an outcome differs from the case as it is; false
// where it does not, or where there is no outcome.
func (s *Search) changes(o *outcome) ([]int, bool) {
	if o.failed != nil {
		return nil, false
	}
	names := s.program.Pack().Goal.Field.Type.Names.List
	list, changed := make([]int, len(names)), false
	for i, v := range names {
		before, after := slices.Contains(s.answer.can, v), slices.Contains(o.can, v)
		switch {
		case after && !before:
			list[i] = 1
		case before && !after:
			list[i] = -1
		}
		changed = changed || before != after
	}
	return list, changed
}

// matrix moves every fact. Its error is the context's, or errBudget beside what was
// found.
func (s *Search) matrix(ctx context.Context) (*Matrix, error) {
	m := &Matrix{Answers: s.program.Pack().Goal.Field.Type.Names.List, Rows: []Row{}, Idle: []string{}, Still: []string{}}
	for _, v := range m.Answers {
		m.Can = append(m.Can, slices.Contains(s.answer.can, v))
	}
	for n, d := range s.dims {
		if d.threshold != nil {
			continue
		}
		if d.grid.size() == 0 && (d.at.IsUnknown() || d.exact) {
			m.Still = append(m.Still, d.label)
			continue
		}
		s.progress(n, len(s.dims), d.label)
		moves, err := s.moves(ctx, d)
		if err != nil {
			return m, err
		}
		row := Row{Name: d.label, At: d.valueOf(d.at), Origin: d.origin.String(), Moves: moves, Between: m.between(moves)}
		if len(row.Between) == 0 {
			m.Idle = append(m.Idle, d.label)
			continue
		}
		m.Rows = append(m.Rows, row)
	}
	return m, nil
}

// between are the pairs of answers that some move changes in different ways.
func (m *Matrix) between(moves []Move) [][2]string {
	var pairs [][2]string
	for i := range m.Answers {
		for k := i + 1; k < len(m.Answers); k++ {
			if slices.ContainsFunc(moves, func(x Move) bool { return x.Changes[i] != x.Changes[k] }) {
				pairs = append(pairs, [2]string{m.Answers[i], m.Answers[k]})
			}
		}
	}
	return pairs
}

// moves are those of one fact that change an answer.
func (s *Search) moves(ctx context.Context, d *dimension) ([]Move, error) {
	moves := []Move{}
	if !d.at.IsUnknown() && !d.exact {
		o, err := s.try(ctx, []setting{{d: d, value: d.as.Unknown()}})
		if err != nil {
			return nil, err
		}
		if by, changed := s.changes(&o); changed {
			moves = append(moves, Move{Kind: "unknown", Then: o.document(), Changes: by})
		}
	}
	if !d.at.IsKnown() {
		inside, err := s.inside(ctx, d)
		if err != nil {
			return nil, err
		}
		if len(inside) > 0 || d.at.IsUnknown() {
			return append(moves, inside...), nil
		}
	}
	beyond, err := s.beyond(ctx, d)
	return append(moves, beyond...), err
}

// inside are the stretches of what may be known at which an answer changes. A settled
// answer stays settled whatever an unknown value turns out to be.
func (s *Search) inside(ctx context.Context, d *dimension) ([]Move, error) {
	c := &cutter{search: s, d: d, grid: d.priced()}
	if s.answer.settled || c.grid.size() == 0 {
		return nil, nil
	}
	if err := c.cut(ctx, 0, c.grid.size()-1); err != nil {
		return nil, err
	}
	var moves []Move
	for _, x := range c.cells {
		if by, changed := s.changes(&x.outcome); changed {
			moves = append(moves, Move{Kind: "inside", To: d.valueOf(c.grid.value(x.i, x.j)), Then: x.outcome.document(), Changes: by})
		}
	}
	return moves, nil
}

// beyond are the moves across the nearest cut point.
func (s *Search) beyond(ctx context.Context, d *dimension) ([]Move, error) {
	n := d.grid.size()
	if d.as.Kind == facts.Enum || d.as.Kind == facts.Bool {
		var moves []Move
		for i := range n {
			if i == d.grid.home {
				continue
			}
			o, err := s.try(ctx, []setting{{d: d, value: d.grid.value(i, i)}})
			if err != nil {
				return nil, err
			}
			if by, changed := s.changes(&o); changed {
				moves = append(moves, d.moveTo(i, &o, by))
			}
		}
		return moves, nil
	}
	lo, hi := place(d.at)
	below := sort.Search(n, func(i int) bool { return d.grid.place(i) >= lo })
	above := sort.Search(n, func(i int) bool { return d.grid.place(i) > hi })
	low, err := s.cutPoint(ctx, d, below-1, -1, below)
	if err != nil {
		return nil, err
	}
	farthest := math.Inf(1)
	if low.found {
		farthest = d.grid.way(low.i)
	}
	// Only what is nearer above than what was found below.
	near := sort.Search(n-above, func(k int) bool { return d.grid.way(above+k) >= farthest })
	high, err := s.cutPoint(ctx, d, above, 1, near)
	switch {
	case err != nil:
		return nil, err
	case high.found:
		return []Move{d.moveTo(high.i, &high.then, high.by)}, nil
	case low.found:
		return []Move{d.moveTo(low.i, &low.then, low.by)}, nil
	}
	return nil, nil
}

func (d *dimension) moveTo(i int, o *outcome, by []int) Move {
	return Move{Kind: "beyond", To: d.valueOf(d.grid.value(i, i)), Distance: d.grid.way(i), Then: o.document(), Changes: by}
}

// cut is the first point of a stretch at which an answer changes.
type cut struct {
	found bool
	i     int
	then  outcome
	by    []int
}

// cutPoint is the first of n points, from one on up (1) or down (-1), at which an answer
// changes. Stretches are run as one, and halved where that does not tell.
func (s *Search) cutPoint(ctx context.Context, d *dimension, from, step, n int) (cut, error) {
	if n <= 0 {
		return cut{}, nil
	}
	last := from + step*(n-1)
	o, err := s.try(ctx, []setting{{d: d, value: d.grid.value(min(from, last), max(from, last))}})
	if err != nil {
		return cut{}, err
	}
	by, changed := s.changes(&o)
	switch {
	case n == 1:
		return cut{changed, from, o, by}, nil
	case o.failed == nil && !changed && s.answer.settled && o.settled:
		return cut{}, nil
	case o.failed == nil && !changed && n <= d.grid.size()/coarse:
		same, err := s.sameAt(ctx, d, from, last)
		if same || err != nil {
			return cut{}, err
		}
	}
	near, err := s.cutPoint(ctx, d, from, step, n/2)
	if near.found || err != nil {
		return near, err
	}
	return s.cutPoint(ctx, d, from+step*(n/2), step, n-n/2)
}

// sameAt reports whether no answer changes at either of two points.
func (s *Search) sameAt(ctx context.Context, d *dimension, points ...int) (bool, error) {
	for _, i := range points {
		o, err := s.try(ctx, []setting{{d: d, value: d.grid.value(i, i)}})
		if err != nil {
			return false, err
		}
		if _, changed := s.changes(&o); changed || o.failed != nil {
			return false, nil
		}
	}
	return true, nil
}
