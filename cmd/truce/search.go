package main

import (
	"context"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"truce/engine"
	"truce/explain/search"
	"truce/facts/source"
)

// searchFlags are those of commands that run the rules again and again. Runs is where
// --runs goes.
func searchFlags(cmd *cobra.Command, runs *int) {
	answerFlags(cmd)
	formatFlag(cmd)
	cmd.Flags().IntVar(runs, "runs", search.DefaultRuns, "how many `RUNS` of the rules the search may take")
}

func validRuns(runs int) error {
	if runs < 1 {
		return source.Diagnostics{errUsage.At(source.Span{}, "--runs is %d", runs).Expect("how many runs the search may take; 1 or more")}
	}
	return nil
}

// searchOptions are those of every search, which draws how far it is.
func (a *app) searchOptions(runs int) search.Options {
	return search.Options{Runs: runs, Limits: engine.Limits{Facts: a.settings.MaxFacts}, Progress: a.drawn}
}

// drawn shows on the bar how many steps are done, and which is next.
func (a *app) drawn(done, total int, name string) {
	if a.bar == nil {
		a.bar = a.newProgress(total)
	}
	a.bar.done = done
	a.bar.step(name)
}

// searched gets ready to ask what else a case could come to.
func (a *app) searched(ctx context.Context, file string, runs int) (*pack, *search.Search, error) {
	if err := validRuns(runs); err != nil {
		return nil, nil, err
	}
	p, warnings, err := a.loadToAnswer(a.settings.Rules, a.settings.SourceOnly)
	if err != nil {
		return nil, nil, err
	}
	a.warn(warnings)
	c, err := a.readCase(file, p)
	if err != nil {
		return nil, nil, err
	}
	s, err := search.New(ctx, engine.Compile(p.Pack), c, a.searchOptions(runs))
	return p, s, p.placed(err)
}

// placed is an error whose findings name the files of the pack as the user does. The
// context's own errors stay what they are.
func (p *pack) placed(err error) error {
	var ds source.Diagnostics
	if errors.As(err, &ds) {
		return p.places(ds)
	}
	return err
}

// printSearch prints what a search found, by the pack's places.
func (a *app) printSearch(p *pack, doc any, text func(io.Writer) error) error {
	p.located(doc)
	return a.print(func(w io.Writer) error {
		if a.settings.Format == formatJSON {
			return search.JSON(w, doc)
		}
		return text(w)
	})
}

// completeAnswers offers the values that the answer can have.
func (a *app) completeAnswers(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	if a.loadSettings(cmd.Flags()) != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	p, _, err := a.loadPack(a.settings.SourceOnly)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	return p.Goal.Field.Type.Names.List, cobra.ShellCompDirectiveNoFileComp
}
