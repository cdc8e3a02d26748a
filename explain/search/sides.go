package search

import (
	"context"
	"errors"

	"truce/explain"
	"truce/explain/whynot"
)

// SidesFormat is the version of the JSON form of Sides. Fields may be added to a
// version; none changes its meaning.
const SidesFormat = "truce.sides/1"

// Sides are both sides of an answer: its proof, the best case for each answer that it
// is not settled on with what stands in its way, and which facts are diagnostic between
// them.
type Sides struct {
	Format string `json:"format"`
	About
	Proof  *explain.Proof `json:"proof"` // of an open answer, of each that can hold
	Rivals *whynot.Rivals `json:"rivals"`
	Matrix *Matrix        `json:"matrix"`
	Effort
}

// Sides argues every answer. Depth is how far what a rival needs is followed; the error
// is the context's.
func (s *Search) Sides(ctx context.Context, depth int) (*Sides, error) {
	s.runs, s.budget = 0, s.options.Runs
	o := whynot.Options{PerRule: 1, Depth: depth}
	if depth == 0 {
		o.Depth = -1
	}
	out := &Sides{Format: SidesFormat, About: s.about(), Proof: explain.OfAnswer(s.base, explain.Options{}), Rivals: whynot.RivalsOf(s.base, o)}
	var err error
	out.Matrix, err = s.matrix(ctx)
	if errors.Is(err, errBudget) {
		out.Exhausted, err = true, nil
	}
	out.Runs = s.runs
	return out, err
}
