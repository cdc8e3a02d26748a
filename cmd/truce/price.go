package main

import (
	"context"

	"github.com/spf13/cobra"

	"truce/explain/search"
)

const priceLong = `Say what each missing value of the case would decide, once it were known: the stretches
of its range after which the answer is the same, and the answers that stay possible in
each. The value that leaves the fewest answers in its worst outcome comes first, then
the one that leaves fewer on average. There are no probabilities in this.

"truce consult" asks for the values in this order.`

func (a *app) priceCommand() *cobra.Command {
	return a.overCase(&cobra.Command{
		Use:   "price CASE",
		Short: "Say which missing value would decide most",
		Long:  priceLong,
		Example: `  truce price testdata/cases/1988-unscr-598.yaml
  truce price --format json testdata/cases/1988-unscr-598.yaml`,
	}, nil, func(ctx context.Context, s *search.Search) (found, error) { return s.Price(ctx) })
}
