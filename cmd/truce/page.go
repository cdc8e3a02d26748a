package main

import (
	"context"
	"io"

	"truce/explain/page"
	"truce/explain/report"
	"truce/explain/search"
	"truce/explain/whynot"
)

// rivalDepth is how many levels of what a rival needs a page follows.
const rivalDepth = 3

// assessPage writes the answer to a case as a page, with all that the other commands
// say of it.
func (a *app) assessPage(ctx context.Context, file string) error {
	keep, err := a.recorder(ctx)
	if err != nil {
		return err
	}
	defer keep.close()
	p, s, err := a.searched(ctx, file, search.DefaultRuns)
	if err != nil {
		return err
	}
	parts, err := a.pageParts(ctx, p, s)
	if err != nil {
		return err
	}
	keep.add(p, s.Trace())
	if err := keep.flush(); err != nil {
		return err
	}
	return a.print(func(w io.Writer) error { return page.New(parts).Write(w) })
}

// pageParts is all that a page of a case shows.
func (a *app) pageParts(ctx context.Context, p *pack, s *search.Search) (page.Parts, error) {
	robust, err := s.Robust(ctx)
	if err != nil {
		return page.Parts{}, p.placed(err)
	}
	sides, err := s.Sides(ctx, 0)
	a.bar.clear()
	if err != nil {
		return page.Parts{}, p.placed(err)
	}
	t := s.Trace()
	out := report.Assess(t)
	parts := page.Parts{Pack: p.Pack, Assessment: out, Proof: page.ProofOf(t, out), Robustness: robust,
		Rivals: whynot.RivalsOf(t, whynot.Options{Depth: rivalDepth}), Sides: sides}
	for _, doc := range []any{parts.Assessment, parts.Proof, parts.Rivals} {
		p.located(doc)
	}
	return parts, nil
}
