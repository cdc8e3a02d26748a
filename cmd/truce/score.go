package main

import (
	"context"
	"io"

	"truce/engine/trace"
	"truce/explain/cases"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
	"truce/rules/iran"
)

// assessMany sets what the rules answer against what happened, with and without the
// extensions of the pack.
func (a *app) assessMany(ctx context.Context, files []string, apart []string) error {
	keep, err := a.recorder(ctx)
	if err != nil {
		return err
	}
	defer keep.close()
	packs, err := a.variants()
	if err != nil {
		return err
	}
	bar := a.newProgress(len(files) * len(packs))
	defer bar.clear()
	batches := make([]*batch, len(packs))
	for i, v := range packs {
		batches[i] = &batch{variant: v, run: a.runOf(v.pack)}
		if i == 0 { // the rules that the settings name, and not those that they are set against
			batches[i].keep = keep
		}
		if batches[i].groups, err = groupsOf(v.pack, apart); err != nil {
			return err
		}
		// The first variant has said what there is to say of the files.
		if batches[i].list, err = a.readCases(ctx, files, v.pack, i > 0); err != nil {
			return err
		}
	}
	// Case by case, so that what is kept is written while the other variants run.
	for n := range files {
		for _, b := range batches {
			if err := a.runNext(ctx, b, n, bar); err != nil {
				return err
			}
		}
	}
	var score []cases.Variant
	var failed source.Diagnostics
	for _, b := range batches {
		failed = append(failed, b.failed...)
		score = append(score, cases.Count(b.name, b.pack.Pack, b.groups, b.rows))
	}
	bar.clear()
	if err := keep.flush(); err != nil {
		return err
	}
	out := cases.Of(score...)
	err = a.print(func(w io.Writer) error {
		if a.settings.Format == formatJSON {
			return out.JSON(w)
		}
		return out.Text(w)
	})
	if err != nil {
		return err
	}
	return failed.Sort().Err()
}

// variant is a pack with or without its extensions.
type variant struct {
	name string
	pack *pack
}

func (a *app) variants() ([]variant, error) {
	p, warnings, err := a.loadToAnswer(a.settings.Rules, a.settings.SourceOnly)
	if err != nil {
		return nil, err
	}
	a.warn(warnings)
	if a.settings.SourceOnly {
		return []variant{{"without extensions", p}}, nil
	}
	if len(p.Extensions) == 0 {
		return []variant{{"all rules", p}}, nil
	}
	without, _, err := a.loadToAnswer(a.settings.Rules, true)
	if err != nil {
		return nil, err
	}
	return []variant{{"with extensions", p}, {"without extensions", without}}, nil
}

// groupsOf are the groups that the user asked for, else the one that the shipped
// pack sets apart, where the pack in use knows it.
func groupsOf(p *pack, apart []string) ([]cases.Group, error) {
	if len(apart) == 0 {
		if g, err := cases.ParseGroup(p.Schema, iran.Apart); err == nil {
			return []cases.Group{g}, nil
		}
		return nil, nil
	}
	var groups []cases.Group
	for _, text := range apart {
		g, err := cases.ParseGroup(p.Schema, text)
		if err != nil {
			return nil, source.Diagnostics{errUsage.At(source.Span{}, "--group: %v", err).
				Expect("a field of a fact of which a case has one, and a value of it")}
		}
		groups = append(groups, g)
	}
	return groups, nil
}

// batch is the cases as one variant answers them.
type batch struct {
	variant
	run    func(context.Context, *rules.Pack, *facts.Case) (*trace.Trace, error)
	keep   *recorder // nil where its answers are not kept
	groups []cases.Group
	list   []*facts.Case
	rows   []cases.Case
	failed source.Diagnostics
}

// runNext runs a variant over a case. One that fails is a row like any other; the error is
// the context's alone.
func (a *app) runNext(ctx context.Context, b *batch, n int, bar *progress) error {
	c := b.list[n]
	bar.step(c.ID)
	t, err := b.run(ctx, b.pack.Pack, c)
	switch {
	case err == nil:
		b.keep.add(b.pack, t)
		b.rows = append(b.rows, cases.Answered(t, b.groups))
	case isStop(err):
		return err
	default:
		ds := a.findings(err)
		b.failed = append(b.failed, ds...)
		b.rows = append(b.rows, cases.Failed(c, ds, b.groups))
	}
	return nil
}
