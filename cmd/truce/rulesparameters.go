package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"truce/engine"
	"truce/explain/register"
	"truce/explain/search"
	"truce/facts"
	"truce/facts/source"
)

// registerFlags are those of commands that say what rests on each parameter.
type registerFlags struct {
	cases string
	runs  int
}

func (f *registerFlags) declare(cmd *cobra.Command, cases string) {
	cmd.Flags().StringVar(&f.cases, "cases", "", cases+": a folder `DIR`")
	cmd.Flags().IntVar(&f.runs, "runs", search.DefaultRuns, "how many `RUNS` of the rules each case may take")
}

func (a *app) rulesParametersCommand() *cobra.Command {
	var from registerFlags
	var packOrder bool
	cmd := &cobra.Command{
		Use:   "parameters [DIR]",
		Short: "List every choice of the pack's author, and what rests on it",
		Long: `List the thresholds, tables of points, assumptions and extensions of a pack, each with
its value, unit, plausible range, basis, reason and claims, and the rules that read it.

With --cases, every one of them is moved alone over real cases: in how many an answer
rests on it (its proof reads it), in how many another plausible value would change the
answer, and how far it may go before the first answer falls, with the case and the
answer behind that end. Assumptions are moved in the cases that are silent; extensions
are left out as a whole. What most answers fall with stands first.`,
		Example: `  truce rules parameters
  truce rules parameters --cases testdata/cases
  truce rules parameters my-rules --cases testdata/cases --format csv --out register.csv`,
		Args:              arguments(0, 1),
		ValidArgsFunction: completeFolders,
		RunE: a.overPack(func(ctx context.Context, p *pack) error {
			r, _, err := a.register(ctx, p, from)
			if err != nil {
				return err
			}
			if !packOrder {
				r.ByWeight()
			}
			return a.printRegister(p, r)
		}),
	}
	ruleFlags(cmd)
	formatFlag(cmd, formatCSV)
	runFlags(cmd)
	from.declare(cmd, "real cases to move each parameter in")
	cmd.Flags().BoolVar(&packOrder, "pack-order", false, "list them as the pack does")
	a.outFlags(cmd)
	return cmd
}

// register is the register of a pack over the cases that flags name, with the cases;
// without such, over none.
func (a *app) register(ctx context.Context, p *pack, from registerFlags) (*register.Register, []*facts.Case, error) {
	if err := validRuns(from.runs); err != nil {
		return nil, nil, err
	}
	if from.cases == "" {
		return register.Of(p.Pack), nil, nil
	}
	files, _, err := a.caseFiles([]string{from.cases})
	if err != nil {
		return nil, nil, err
	}
	cases, err := a.readCases(ctx, files, p, false)
	if err != nil {
		return nil, nil, err
	}
	bar := a.newProgress(len(cases))
	defer bar.clear()
	o := register.Options{Limits: engine.Limits{Facts: a.settings.MaxFacts}, Runs: from.runs, Progress: func(done, _ int, name string) {
		bar.done = done - 1
		bar.step(name)
	}}
	r, err := register.Build(ctx, engine.Compile(p.Pack), cases, o)
	return r, cases, err
}

func (a *app) printRegister(p *pack, r *register.Register) error {
	p.located(r)
	err := a.print(func(w io.Writer) error {
		switch a.settings.Format {
		case formatJSON:
			return r.JSON(w)
		case formatCSV:
			return r.CSV(w)
		}
		return r.Text(w, a.style())
	})
	if err != nil {
		return err
	}
	var failed source.Diagnostics
	for _, f := range r.Failed {
		failed = append(failed, p.places(f.Found)...)
	}
	return failed.Sort().Err()
}
