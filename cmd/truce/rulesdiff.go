package main

import (
	"context"
	"errors"
	"io"
	"runtime"

	"github.com/spf13/cobra"

	"truce/engine"
	"truce/engine/trace"
	"truce/explain/packdiff"
	"truce/explain/report"
	"truce/explain/search"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
)

const rulesDiffLong = `Say how two packs differ in what they mean: which rules, thresholds, rows of tables,
points, assumptions, fields, constraints, lines of the report, extensions, claims and
tests were added, removed, changed or renamed, each with what it was and is and where it
stands. Conditions are compared in a normal form. Where things stand, in which order and
with which comments means nothing; sentences and reasons are listed apart.

A pack is a folder, "shipped" (also where NEW is left out), or a folder as git has it:
REVISION:PATH, with the path from the root of the repository, or from here behind "./".

With --cases, cases are run under both, and those whose answer changes are listed, each
with the first condition that turns out otherwise and the place from which that follows.

Where no case has another answer although the meaning differs, one is searched for that
has: from the given cases and from those of both packs' tests, with up to three values
moved, those first that lead to what differs, to points between an old and a new
threshold before others. What is found is read and run again before it is shown, and
--witness FILE writes it. Where none is found, the bounds of the search are told. --runs 0
does not search.

The code is 0 whether or not anything differs; with --exit-code it is 1 where something
differs in meaning.`

// rulesDiffFlags are what the flags of one call say.
type rulesDiffFlags struct {
	cases, witness        string
	force, full, exitCode bool
	runs                  int
}

func (a *app) rulesDiffCommand() *cobra.Command {
	var f rulesDiffFlags
	cmd := &cobra.Command{
		Use:   "diff OLD [NEW]",
		Short: "Say how two packs differ in meaning, and in which cases",
		Long:  rulesDiffLong,
		Example: `  truce rules diff shipped my-rules
  truce rules diff shipped my-rules --cases testdata/cases
  truce rules diff shipped my-rules --witness witness.yaml
  truce rules diff HEAD~3:rules/iran rules/iran --exit-code`,
		Args: arguments(1, 2),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 1 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return []string{shippedName}, cobra.ShellCompDirectiveDefault
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.runs < 0 {
				return source.Diagnostics{errUsage.At(source.Span{}, "--runs is %d", f.runs).Expect("how many runs the search may take; 0 does not search")}
			}
			ctx, cancel := a.limited(cmd.Context())
			defer cancel()
			newer := ""
			if len(args) > 1 {
				newer = args[1]
			}
			return a.rulesDiff(ctx, args[0], newer, f)
		},
	}
	settingFlag(cmd.Flags(), "source-only")
	formatFlag(cmd)
	runFlags(cmd)
	cmd.Flags().StringVar(&f.cases, "cases", "", "run the cases in `DIR`, or one, under both packs")
	cmd.Flags().StringVar(&f.witness, "witness", "", "write a case that was made to show the difference to `FILE`")
	cmd.Flags().BoolVar(&f.force, "force", false, "overwrite a file that is there")
	cmd.Flags().BoolVar(&f.full, "full", false, "every path and every sentence whole")
	cmd.Flags().BoolVar(&f.exitCode, "exit-code", false, "end with 1 where something differs in meaning")
	cmd.Flags().IntVar(&f.runs, "runs", search.DefaultWitnessRuns, "how many `RUNS` of the rules the search for a case may take; 0 does not search")
	_ = cmd.MarkFlagDirname("cases") // fails only for a flag that is not declared
	return cmd
}

// packPair is two packs, and their programs.
type packPair struct {
	app      *app
	old, new *pack
	programs [2]*engine.Program
}

func (a *app) rulesDiff(ctx context.Context, older, newer string, f rulesDiffFlags) error {
	v := &packPair{app: a}
	for _, side := range []struct {
		name string
		to   **pack
	}{{older, &v.old}, {newer, &v.new}} {
		p, warnings, err := a.loadPackNamed(ctx, side.name)
		if err != nil {
			return err
		}
		a.warn(warnings)
		*side.to = p
	}
	d := packdiff.Of(v.old.Pack, v.new.Pack)
	if err := v.fill(ctx, d, f); err != nil {
		return err
	}
	d.Places(v.old.located, v.new.located)
	if err := a.writeWitness(d, f); err != nil {
		return err
	}
	err := a.print(func(w io.Writer) error {
		if a.settings.Format == formatJSON {
			return report.PackDiffJSON(w, d)
		}
		return report.PackDiffText(w, d, report.CompareForm{Full: f.full, Style: a.style()})
	})
	if err == nil && f.exitCode && d.Differs {
		err = errFailed
	}
	return err
}

// fill adds what cases come to, and a case made where none shows a difference.
func (v *packPair) fill(ctx context.Context, d *packdiff.Document, f rulesDiffFlags) error {
	ruleNames, thresholds, turning := d.Turning()
	if f.cases == "" && (!turning || f.runs == 0) {
		return nil
	}
	v.programs = [2]*engine.Program{engine.Compile(v.old.Pack), engine.Compile(v.new.Pack)}
	var lists [2][]packdiff.Read
	if f.cases != "" {
		var err error
		if lists, err = v.readBoth(ctx, f.cases); err != nil {
			return err
		}
		if d.Cases, err = v.runBoth(ctx, lists); err != nil {
			return err
		}
	}
	if !turning || f.runs == 0 || d.Cases != nil && d.Cases.Answers > 0 {
		return nil
	}
	var err error
	d.Witness, err = v.witness(ctx, v.starts(lists), search.WitnessOptions{Rules: ruleNames, Thresholds: thresholds, Runs: f.runs})
	return err
}

// readBoth are the cases of a folder, or one, as each pack reads them. One that neither
// can read is an error.
func (v *packPair) readBoth(ctx context.Context, path string) (lists [2][]packdiff.Read, err error) {
	files, _, err := v.app.caseFiles([]string{path})
	if err != nil {
		return lists, err
	}
	var found source.Diagnostics
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return lists, err
		}
		var reads [2]packdiff.Read
		for i, p := range []*pack{v.old, v.new} {
			c, _, err := v.app.readQuietly(file, p)
			reads[i] = packdiff.Read{ID: file, Case: c, Err: v.app.findings(err)}
			if c != nil {
				reads[i].ID = c.ID
			}
		}
		if reads[0].Case == nil && reads[1].Case == nil {
			found = append(found, reads[1].Err...)
			continue
		}
		for i := range reads {
			if reads[i].Case == nil {
				reads[i].ID = reads[1-i].ID
			}
			lists[i] = append(lists[i], reads[i])
		}
	}
	return lists, found.Err()
}

// runBoth runs cases under both packs, as many at a time as there are processors.
func (v *packPair) runBoth(ctx context.Context, lists [2][]packdiff.Read) (*packdiff.Cases, error) {
	bar := v.app.newProgress(2 * len(lists[0]))
	defer bar.clear()
	var results [2][]packdiff.Result
	for i, p := range []*pack{v.old, v.new} {
		var err error
		if results[i], err = packdiff.RunAll(ctx, p.Pack, lists[i], v.run, runtime.GOMAXPROCS(0), bar.step); err != nil {
			return nil, err
		}
	}
	return packdiff.CasesOf(lists[1], results[0], results[1]), nil
}

// run is one run of either pack.
func (v *packPair) run(ctx context.Context, p *rules.Pack, c *facts.Case) (*trace.Trace, error) {
	side, program := v.old, v.programs[0]
	if p == v.new.Pack {
		side, program = v.new, v.programs[1]
	}
	t, err := runProgram(ctx, program, c, v.app.settings.MaxFacts)
	return t, side.placed(err)
}

// starts are the cases from which a search for a witness sets out: those given, then
// those of both packs' tests, as far as both packs read them.
func (v *packPair) starts(lists [2][]packdiff.Read) []search.Start {
	var list []search.Start
	add := func(older, newer *facts.Case) {
		if older != nil && newer != nil {
			list = append(list, search.Start{Old: older, New: newer})
		}
	}
	for i := range lists[0] {
		add(lists[0][i].Case, lists[1][i].Case)
	}
	for _, t := range v.old.Tests {
		add(t.Case, packdiff.Translate(t.Case, v.old.Schema, v.new.Schema).Case)
	}
	for _, t := range v.new.Tests {
		older := packdiff.Translate(t.Case, v.new.Schema, v.old.Schema).Case
		if old := v.old.Test(t.Name); old == nil || older == nil || !old.Case.Same(older) {
			add(older, t.Case)
		}
	}
	return list
}

// witness searches for a case that tells the packs apart. Where the time is over before
// the runs are, it says so.
func (v *packPair) witness(ctx context.Context, starts []search.Start, o search.WitnessOptions) (*packdiff.Witness, error) {
	a := v.app
	o.Limits = engine.Limits{Facts: a.settings.MaxFacts}
	o.Progress = a.searchOptions(o.Runs).Progress
	found, err := search.WitnessOf(ctx, v.programs[0], v.programs[1], starts, o)
	a.bar.clear()
	if err != nil {
		return nil, err
	}
	w := &packdiff.Witness{Bounds: packdiff.Bounds(found.Bounds)}
	if found.New == nil {
		return w, nil
	}
	for _, c := range found.Changes {
		w.Changes = append(w.Changes, packdiff.Move{Name: c.Name, From: c.From, To: c.To})
	}
	made := *found.New
	if len(w.Changes) > 0 {
		made.ID += "-witness"
	}
	w.From = found.From
	w.Text, w.Case, err = packdiff.Shown(ctx, &made, v.old.Pack, v.new.Pack, v.run)
	w.Found = err == nil
	if isStop(err) {
		return nil, err
	}
	if err != nil {
		a.log.Warn("a case that was found does not stand as a file", "case", made.ID, "because", errors.Unwrap(err))
	}
	return w, nil
}

// writeWitness writes the case that was made, if there is one, where it was asked for.
func (a *app) writeWitness(d *packdiff.Document, f rulesDiffFlags) error {
	if f.witness == "" || d.Witness == nil || !d.Witness.Found {
		return nil
	}
	return a.write(f.witness, []byte(d.Witness.Text), f.force)
}
