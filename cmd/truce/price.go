package main

import (
	"io"

	"github.com/spf13/cobra"
)

const priceLong = `Say what each missing value of the case would decide, once it were known: the stretches
of its range after which the answer is the same, and the answers that stay possible in
each. The value that leaves the fewest answers in its worst outcome comes first, then
the one that leaves fewer on average. There are no probabilities in this.`

func (a *app) priceCommand() *cobra.Command {
	var runs int
	cmd := &cobra.Command{
		Use:   "price CASE",
		Short: "Say which missing value would decide most",
		Long:  priceLong,
		Example: `  truce price testdata/cases/1988-unscr-598.yaml
  truce price --format json testdata/cases/1988-unscr-598.yaml`,
		Args:              arguments(1, 1),
		ValidArgsFunction: completeCases,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, cancel := a.limited(cmd.Context())
			defer cancel()
			p, s, err := a.searched(ctx, args[0], runs)
			if err != nil {
				return err
			}
			x, err := s.Price(ctx)
			if err != nil {
				return p.placed(err)
			}
			return a.printSearch(p, x, func(w io.Writer) error { return x.Text(w, a.style()) })
		},
	}
	searchFlags(cmd, &runs)
	return cmd
}
