package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"truce/engine/trace"
	"truce/explain/compare"
	"truce/explain/report"
	"truce/facts"
	"truce/facts/source"
)

const compareLong = `Run two cases, or one case twice, and say how the answers and the conclusions differ,
and from where on: for each conclusion that differs, the first condition or value under
it that differs, down to what the cases state or the rules set.

The second run is of CASE2, or of the same case where there is none. --as-of runs the
second on another day: what could not be known by then is unknown to the rules.
--rules-b runs the second with the rules of another folder.`

// second is what is different about the second run.
type second struct {
	rules string
	asOf  string
	full  bool
}

func (a *app) compareCommand() *cobra.Command {
	var s second
	cmd := &cobra.Command{
		Use:   "compare CASE [CASE2]",
		Short: "Compare two cases, two dates or two packs",
		Long:  compareLong,
		Example: `  truce compare testdata/cases/2013-jpoa.yaml testdata/cases/2015-jcpoa-text.yaml
  truce compare testdata/cases/2013-jpoa.yaml --as-of 2013-06-01
  truce compare testdata/cases/2013-jpoa.yaml --rules-b my-rules`,
		Args:              arguments(1, 2),
		ValidArgsFunction: completeCases,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 && s.rules == "" && s.asOf == "" {
				return source.Diagnostics{errUsage.At(source.Span{}, "there is nothing to compare %s with", args[0]).
					Expect("a second case, --as-of DATE or --rules-b DIR")}
			}
			ctx, cancel := a.limited(cmd.Context())
			defer cancel()
			return a.compare(ctx, args[0], args[len(args)-1], s)
		},
	}
	answerFlags(cmd)
	formatFlag(cmd)
	cmd.Flags().StringVar(&s.rules, "rules-b", "", "`DIR` with the rules of the second run")
	cmd.Flags().StringVar(&s.asOf, "as-of", "", "`DATE` of the second run")
	cmd.Flags().BoolVar(&s.full, "full", false, "every path whole, and all that differs in the cases")
	return cmd
}

func (a *app) compare(ctx context.Context, first, other string, s second) error {
	p, x, err := a.traced(ctx, first)
	if err != nil {
		return err
	}
	q, y, err := a.tracedOther(ctx, p, other, s)
	if err != nil {
		return err
	}
	d := compare.Of(x, y)
	d.Places(p.located, q.located)
	return a.print(func(w io.Writer) error {
		if a.settings.Format == formatJSON {
			return report.CompareJSON(w, d)
		}
		return report.CompareText(w, d, report.CompareForm{Full: s.full, Style: a.style()})
	})
}

// tracedOther is the second run.
func (a *app) tracedOther(ctx context.Context, p *pack, file string, s second) (*pack, *trace.Trace, error) {
	if s.rules != "" {
		q, warnings, err := a.loadToAnswer(s.rules, a.settings.SourceOnly)
		if err != nil {
			return nil, nil, err
		}
		a.warn(warnings)
		p = q
	}
	c, err := a.readCase(file, p)
	if err != nil {
		return nil, nil, err
	}
	if s.asOf != "" {
		v, bad := facts.Type{Kind: facts.Date}.ParseText(s.asOf)
		if bad != nil || !v.IsKnown() {
			return nil, nil, source.Diagnostics{errUsage.At(source.Span{}, "--as-of is %q", s.asOf).Expect("a day, such as 2013-11-24")}
		}
		c.AsOf = v.Integer()
	}
	t, err := a.runOf(p)(ctx, p.Pack, c)
	return p, t, err
}
