package main

import (
	"context"

	"github.com/spf13/cobra"

	"truce/explain/search"
	"truce/facts/source"
)

const sidesLong = `Argue every answer: the proof of the one that the rules come to, in short; for each
other one the best case that the rules have for it, with exactly what stands in its way
and what it would take; and a matrix, facts by answers, of what tells them apart.

A fact is diagnostic between two answers when making it unknown, or moving it across the
nearest value at which other answers can hold, changes whether the one can hold and not
the other. Each fact is moved alone, and the rules are run again for each move.
"truce why" and "truce whynot" show more of one answer.`

func (a *app) sidesCommand() *cobra.Command {
	var depth int
	cmd := a.overCase(&cobra.Command{
		Use:   "sides CASE",
		Short: "Argue every answer, and say what tells them apart",
		Long:  sidesLong,
		Example: `  truce sides testdata/cases/2013-jpoa.yaml
  truce sides --depth 2 testdata/cases/2013-jpoa.yaml
  truce sides --format json testdata/cases/2013-jpoa.yaml`,
	}, func(*cobra.Command) error {
		if depth < 0 {
			return source.Diagnostics{errUsage.At(source.Span{}, "--depth is %d", depth).Expect("how many levels of conclusions to follow; 0 for none")}
		}
		return nil
	}, func(ctx context.Context, s *search.Search) (found, error) { return s.Sides(ctx, depth) })
	cmd.Flags().IntVar(&depth, "depth", 1, "how many `LEVELS` of what the other answers need to follow")
	return cmd
}
