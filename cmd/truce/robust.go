package main

import (
	"io"

	"github.com/spf13/cobra"
)

const robustLong = `Say how far each value of the case, and each threshold of the rules, may go alone
before the answer falls: as a tornado chart, the value nearest to its end first.

An answer stands where it stays settled on its value; an open one stands where nothing
can hold that could not before. Stretches are run as intervals, so an answer that is
said to stand between two values stands everywhere between them. Ends are exact on the
grid of steps that the pack declares. Of an interval it is said which end decides.`

func (a *app) robustCommand() *cobra.Command {
	var runs int
	cmd := &cobra.Command{
		Use:   "robust CASE",
		Short: "Say how far each value may go before the answer falls",
		Long:  robustLong,
		Example: `  truce robust testdata/cases/2013-jpoa.yaml
  truce robust --format json testdata/cases/2013-jpoa.yaml`,
		Args:              arguments(1, 1),
		ValidArgsFunction: completeCases,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, cancel := a.limited(cmd.Context())
			defer cancel()
			p, s, err := a.searched(ctx, args[0], runs)
			if err != nil {
				return err
			}
			r, err := s.Robust(ctx)
			if err != nil {
				return p.placed(err)
			}
			return a.printSearch(p, r, func(w io.Writer) error { return r.Text(w, a.style()) })
		},
	}
	searchFlags(cmd, &runs)
	return cmd
}
