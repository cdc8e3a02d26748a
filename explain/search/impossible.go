package search

import (
	"context"

	"truce/engine"
	"truce/explain/whynot"
	"truce/facts"
)

// impossible notes what any way must change, and tries to refute the answer by the parts
// of the range of one such value.
func (f *flipper) impossible(ctx context.Context) (bool, error) {
	for i, in := range f.need {
		if !in {
			continue
		}
		parts, ok, err := f.sets.inParts(ctx, f.sets.all(), i)
		if err != nil {
			return false, err
		}
		if ok {
			f.out.Impossible, f.out.Needed, f.out.AtLeast = true, []string{}, 0
			return true, f.blameParts(ctx, i, parts)
		}
		f.out.Needed = append(f.out.Needed, f.dims[i].label)
		if f.dims[i].grid.size() <= mostSplit {
			f.sets.splits = append(f.sets.splits, i)
		}
	}
	return false, nil
}

// mostSplit is how many points a value may have at most for every set to be tried by
// its parts.
const mostSplit = 8

// blameParts says of each part of a range what stands in the way of the answer there.
func (f *flipper) blameParts(ctx context.Context, i int, parts []stretch) error {
	d := f.dims[i]
	parts, err := f.joined(ctx, i, parts)
	if err != nil {
		return err
	}
	for _, r := range parts {
		b := f.sets.box(f.sets.all())
		b[i] = r
		why, err := f.blame(ctx, b, -1)
		if err != nil {
			return err
		}
		f.out.Parts = append(f.out.Parts, Part{d.label, d.valueOf(d.setting(r).value), why})
	}
	return nil
}

// joined joins parts of a range beside each other that are refuted as one too.
func (f *flipper) joined(ctx context.Context, i int, parts []stretch) ([]stretch, error) {
	var list []stretch
	b := f.sets.box(f.sets.all())
	for _, r := range parts {
		last := len(list) - 1
		if last < 0 || f.dims[i].as.Kind == facts.Enum || list[last].stay || list[last].j+1 != r.i {
			list = append(list, r)
			continue
		}
		b[i] = stretch{list[last].i, r.j, false}
		o, err := f.run(ctx, b)
		switch {
		case err != nil:
			return nil, err
		case o.refutes(f.value):
			list[last] = b[i]
		default:
			list = append(list, r)
		}
	}
	return list, nil
}

// blameDepth is how far what stands in the way of an answer is followed.
const blameDepth = 2

// blame says what stands in the way of an answer that nothing in a box settles.
func (f *flipper) blame(ctx context.Context, b box, depth int) (*whynot.Document, error) {
	session := f.search.all
	mark := session.Mark()
	defer session.Rollback(mark)
	if f.search.enter(session, b.settings(f.dims)) != nil {
		return nil, nil // an exact value takes no range
	}
	if err := session.Run(ctx); err != nil {
		if engine.Canceled(err) {
			return nil, err
		}
		return nil, nil // a run that fails has nothing to show
	}
	t, err := session.Trace()
	if t == nil {
		return nil, err
	}
	return whynot.ByName(t, f.value, whynot.Options{Depth: depth})
}
