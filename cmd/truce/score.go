package main

import (
	"context"
	"io"

	"truce/explain/cases"
	"truce/facts"
	"truce/facts/source"
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
	var score []cases.Variant
	var failed source.Diagnostics
	for i, v := range packs {
		groups, err := groupsOf(v.pack, apart)
		if err != nil {
			return err
		}
		// The first variant has said what there is to say of the files.
		list, err := a.readCases(ctx, files, v.pack, i > 0)
		if err != nil {
			return err
		}
		var kept *recorder // of the rules that the settings name, and not of those that they are set against
		if i == 0 {
			kept = keep
		}
		rows, errs, err := a.runAll(ctx, v.pack, list, groups, bar, kept)
		if err != nil {
			return err
		}
		failed = append(failed, errs...)
		score = append(score, cases.Count(v.name, v.pack.Pack, groups, rows))
	}
	bar.clear()
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

// runAll runs a pack over cases. A case that fails is a row like any other; the
// error is the context's alone.
func (a *app) runAll(ctx context.Context, p *pack, list []*facts.Case, groups []cases.Group, bar *progress, keep *recorder) (
	rows []cases.Case, failed source.Diagnostics, err error) {
	run := a.runOf(p)
	for _, c := range list {
		bar.step(c.ID)
		t, err := run(ctx, p.Pack, c)
		switch {
		case err == nil:
			keep.add(p, t)
			rows = append(rows, cases.Answered(t, groups))
		case isStop(err):
			return nil, nil, err
		default:
			ds := a.findings(err)
			failed = append(failed, ds...)
			rows = append(rows, cases.Failed(c, ds, groups))
		}
	}
	return rows, failed, keep.flush()
}
