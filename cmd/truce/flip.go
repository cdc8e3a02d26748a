package main

import (
	"context"

	"github.com/spf13/cobra"

	"truce/explain/search"
	"truce/facts/source"
)

const flipLong = `Find the smallest changes of what the case states that settle the answer on another
one: the fewest changes, and those at the least total distance. Each is run again
before it is printed.

A distance is a change over the width of what is plausible; one for true or false and
for names without order; from an unknown or an interval, to its nearest point. Values
move on a grid of steps, as the pack declares; what it declares fixed stays, such as
history, unless --free names it. Other unknown values stay unknown.

"Proved" means that every smaller set of values was refuted by running it at its whole
range, or that every nearer point was. "Bound only" means that the runs ended before.
Where no change settles the answer, what stands in its way is printed.`

func (a *app) flipCommand() *cobra.Command {
	var o search.FlipOptions
	cmd := a.overCase(&cobra.Command{
		Use:   "flip CASE --to ANSWER",
		Short: "Find the smallest changes that settle another answer",
		Long:  flipLong,
		Example: `  truce flip testdata/cases/2013-jpoa.yaml --to resist
  truce flip testdata/cases/2013-jpoa.yaml --to resist --thresholds
  truce flip testdata/cases/2013-jpoa.yaml --to resist --fix Offer.form --fix Channel.state`,
	}, func(cmd *cobra.Command) error {
		if o.To == "" {
			return source.Diagnostics{errUsage.At(source.Span{}, "--to is missing").Expect("%s", cmd.UseLine())}
		}
		if o.Most < 1 {
			return source.Diagnostics{errUsage.At(source.Span{}, "--most is %d", o.Most).Expect("how many changes at most; 1 or more")}
		}
		return nil
	}, func(ctx context.Context, s *search.Search) (found, error) { return s.Flip(ctx, o) })
	cmd.Flags().StringVar(&o.To, "to", "", "the `ANSWER` to settle on")
	cmd.Flags().BoolVar(&o.Thresholds, "thresholds", false, "thresholds move too, inside what is plausible")
	cmd.Flags().StringArrayVar(&o.Fixed, "fix", nil, "a `NAME` that does not move, such as Type.field")
	cmd.Flags().StringArrayVar(&o.Free, "free", nil, "a `NAME` that moves though the pack declares it fixed")
	cmd.Flags().IntVar(&o.Most, "most", search.DefaultMost, "up to how many `CHANGES` the fewest are searched for")
	_ = cmd.RegisterFlagCompletionFunc("to", a.completeAnswers) // fails only for a flag that is not declared
	return cmd
}
