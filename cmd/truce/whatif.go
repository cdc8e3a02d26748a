package main

import (
	"io"

	"github.com/spf13/cobra"

	"truce/explain/report"
	"truce/explain/search"
	"truce/facts/source"
)

const whatifLong = `Run a case with some values changed, and say what differs: the answer, the conclusions
and, for each that differs, the first condition or value under it that does.

A value is named by its fact and field: Type.field, or Type(id).field where there are
several facts. It is written as in a case file, may be unknown, and may be an interval
such as 20..30. --unset makes the case silent about a value, so that an assumption of
the pack can stand in. All changes are made at once.`

func (a *app) whatifCommand() *cobra.Command {
	var e search.Edits
	var full bool
	cmd := &cobra.Command{
		Use:   "whatif CASE [--set NAME=VALUE] [--unset NAME] [--threshold NAME=VALUE]",
		Short: "Change some values, and see what else changes",
		Long:  whatifLong,
		Example: `  truce whatif testdata/cases/2013-jpoa.yaml --set Offer.form=none
  truce whatif testdata/cases/2013-jpoa.yaml --set Economy.inflation=20..25 --unset Threat.military
  truce whatif testdata/cases/2013-jpoa.yaml --threshold NAME=0.8`,
		Args:              arguments(1, 1),
		ValidArgsFunction: completeCases,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(e.Set)+len(e.Unset)+len(e.Thresholds) == 0 {
				return source.Diagnostics{errUsage.At(source.Span{}, "there is nothing to change").Expect("%s", cmd.UseLine())}
			}
			ctx, cancel := a.limited(cmd.Context())
			defer cancel()
			p, s, err := a.searched(ctx, args[0], search.DefaultRuns)
			if err != nil {
				return err
			}
			x, err := s.WhatIf(ctx, e)
			if err != nil {
				return p.placed(err)
			}
			return a.printSearch(p, x, func(w io.Writer) error {
				return x.Text(w, report.CompareForm{Full: full, Style: a.style()})
			})
		},
	}
	answerFlags(cmd)
	formatFlag(cmd)
	cmd.Flags().StringArrayVar(&e.Set, "set", nil, "a value of the case: `NAME=VALUE`")
	cmd.Flags().StringArrayVar(&e.Unset, "unset", nil, "a value that the case is to be silent about: `NAME`")
	cmd.Flags().StringArrayVar(&e.Thresholds, "threshold", nil, "a threshold: `NAME=VALUE`")
	cmd.Flags().BoolVar(&full, "full", false, "every path whole, and all conclusions that differ")
	return cmd
}
