package main

import (
	"io"

	"github.com/spf13/cobra"

	"truce/engine/trace"
	"truce/explain/compare"
	"truce/explain/replay"
	"truce/explain/report"
)

func (a *app) auditDiffCommand() *cobra.Command {
	var full bool
	cmd := &cobra.Command{
		Use:   "diff A B",
		Short: "Compare two records",
		Long: `Run two records again and say how their answers and conclusions differ, and from where
on, as "truce compare" does. A record is a number of the store, or a file.`,
		Example: `  truce audit diff 3 17 --record audit.db`,
		Args:    arguments(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			run := a.replayer()
			var traces [2]*trace.Trace
			for i, name := range args {
				r, p, err := a.theRecord(cmd.Context(), name)
				if err != nil {
					return err
				}
				if traces[i], err = replay.Again(cmd.Context(), r, p.Pack, run); err != nil {
					return err
				}
			}
			d := compare.Of(traces[0], traces[1])
			return a.print(func(w io.Writer) error {
				if a.settings.Format == formatJSON {
					return report.CompareJSON(w, d)
				}
				return report.CompareText(w, d, report.CompareForm{Full: full, Style: a.style()})
			})
		},
	}
	settingFlag(cmd.Flags(), "record")
	settingFlag(cmd.Flags(), "rules")
	settingFlag(cmd.Flags(), "max-facts")
	formatFlag(cmd)
	cmd.Flags().BoolVar(&full, "full", false, "every path whole, and all that differs in the cases")
	return cmd
}
