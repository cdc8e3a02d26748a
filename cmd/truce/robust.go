package main

import (
	"context"

	"github.com/spf13/cobra"

	"truce/explain/search"
)

const robustLong = `Say how far each value of the case, and each threshold of the rules, may go alone
before the answer falls: as a tornado chart, the value nearest to its end first.

An answer stands where it stays settled on its value; an open one stands where nothing
can hold that could not before. Stretches are run as intervals, so an answer that is
said to stand between two values stands everywhere between them. Ends are exact on the
grid of steps that the pack declares. Of an interval it is said which end decides.`

func (a *app) robustCommand() *cobra.Command {
	return a.overCase(&cobra.Command{
		Use:   "robust CASE",
		Short: "Say how far each value may go before the answer falls",
		Long:  robustLong,
		Example: `  truce robust testdata/cases/2013-jpoa.yaml
  truce robust --format json testdata/cases/2013-jpoa.yaml`,
	}, nil, func(ctx context.Context, s *search.Search) (found, error) { return s.Robust(ctx) })
}
