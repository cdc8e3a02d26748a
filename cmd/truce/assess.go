package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"truce/explain/report"
	"truce/facts/source"
)

const assessLong = `Fire the rules over a case and print the answer with its reasons.

One file gives a report: the answer in one sentence, what speaks for it and against
it, what is unknown, what is assumed, and how far the marks of the evidence carry.
--full prints all sections, with the facts whose proofs "truce why" shows.

Several files, or a folder, give a table: what the rules expect against what
happened, with and without the extensions of the pack. A miss or an open answer is
an answer too: the exit code is 0.

--format html makes a page of one case, in one file that needs nothing beside it: the
whole report, its pictures, how far each value may go, the proof to fold and unfold,
and what stands in the way of each other answer.

A dash reads a case from standard input.

--record keeps each answer, with the rules and the facts that it came from, in a store
that can be checked later: "truce audit --help". Nothing is printed that was to be kept
and could not be.`

func (a *app) assessCommand() *cobra.Command {
	var full bool
	var apart []string
	cmd := &cobra.Command{
		Use:   "assess CASE...",
		Short: "Answer a case, or many",
		Long:  assessLong,
		Example: `  truce assess testdata/cases/2013-jpoa.yaml
  truce assess --full testdata/cases/2013-jpoa.yaml
  truce assess --format json testdata/cases/2013-jpoa.yaml
  truce assess --format html --out report.html testdata/cases/2013-jpoa.yaml
  truce assess --rules my-rules testdata/cases/2013-jpoa.yaml
  truce assess testdata/cases`,
		Args:              arguments(1, -1),
		ValidArgsFunction: completeCases,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, cancel := a.limited(cmd.Context())
			defer cancel()
			files, folder, err := a.caseFiles(args)
			if err != nil {
				return err
			}
			several := len(files) > 1 || folder
			switch {
			case several && a.settings.Format == formatHTML:
				return source.Diagnostics{errUsage.At(source.Span{}, "a page is of one case, and there are %d", len(files)).
					Expect("one file, or another form").Suggest("truce assess --help shows examples")}
			case several:
				return a.assessMany(ctx, files, apart)
			case a.settings.Format == formatHTML:
				return a.assessPage(ctx, files[0])
			}
			return a.assessOne(ctx, files[0], full)
		},
	}
	answerFlags(cmd)
	formatFlag(cmd, formatHTML)
	a.outFlags(cmd)
	recordFlags(cmd)
	cmd.Flags().BoolVar(&full, "full", false, "all sections, not only the strongest lines of each")
	cmd.Flags().StringArrayVar(&apart, "group", nil, "in a table, count the cases with `FIELD=VALUE` apart from the rest")
	return cmd
}

func (a *app) assessOne(ctx context.Context, file string, full bool) error {
	keep, err := a.recorder(ctx)
	if err != nil {
		return err
	}
	defer keep.close()
	p, warnings, err := a.loadToAnswer(a.settings.Rules, a.settings.SourceOnly)
	if err != nil {
		return err
	}
	a.warn(warnings)
	c, err := a.readCase(file, p)
	if err != nil {
		return err
	}
	t, err := a.runOf(p)(ctx, p.Pack, c)
	if err != nil {
		return err
	}
	keep.add(p, t)
	if err := keep.flush(); err != nil {
		return err
	}
	out := report.Assess(t)
	p.located(out)
	return a.print(func(w io.Writer) error {
		if a.settings.Format == formatJSON {
			return out.JSON(w)
		}
		return out.Text(w, report.Form{Full: full, Style: a.style()})
	})
}

// style is how text on standard output looks. Where neither a terminal nor --width
// says how wide, lines are not broken: what reads a pipe counts on whole ones.
func (a *app) style() report.Style {
	to := a.out
	if a.toFile() {
		to = nil
	}
	s := report.Style{Color: a.colorOn(to)}
	if _, ok := terminal(to); ok || a.settings.Width > 0 {
		s.Width = a.width(to)
	}
	return s
}
