package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"truce/engine/trace"
	"truce/explain/report"
	"truce/explain/whynot"
	"truce/facts/source"
)

const whynotLong = `Say why a fact was not concluded: for each rule that could conclude it the nearest
choices of facts, with the fewest conditions that are not true, what those conditions
found, and what the values would have had to be. What is a conclusion in its turn is
followed, --depth levels down. A condition that is unknown is called so, and not false.

GOAL is a value that the answer can have (truce), a fact type, or a type with
conditions on its fields: 'Posture(value = truce)', 'Balance(resist > 1.5)'. The key of
a fact may stand without its field.

What a rule would need is said of that rule alone. "Tried, and enough" is a change with
which the rule was found to conclude the goal on the same facts.`

func (a *app) whynotCommand() *cobra.Command {
	var depth, choices int
	cmd := &cobra.Command{
		Use:   "whynot CASE GOAL",
		Short: "Say what kept a conclusion from being drawn",
		Long:  whynotLong,
		Example: `  truce whynot testdata/cases/2013-jpoa.yaml truce
  truce whynot --depth 0 testdata/cases/2013-jpoa.yaml 'Balance(resist > 1.5)'
  truce whynot --format json testdata/cases/2013-jpoa.yaml reversion`,
		Args:              arguments(2, 2),
		ValidArgsFunction: a.completeWhyNot,
		RunE: func(cmd *cobra.Command, args []string) error {
			if depth < 0 {
				return source.Diagnostics{errUsage.At(source.Span{}, "--depth is %d", depth).Expect("how many levels of conclusions to follow; 0 for none")}
			}
			if choices < 1 {
				return source.Diagnostics{errUsage.At(source.Span{}, "--choices is %d", choices).Expect("how many choices of facts to show of a rule; 1 or more")}
			}
			ctx, cancel := a.limited(cmd.Context())
			defer cancel()
			p, t, err := a.traced(ctx, args[0])
			if err != nil {
				return err
			}
			o := whynot.Options{PerRule: choices, Depth: depth}
			if depth == 0 {
				o.Depth = -1
			}
			d, err := whynot.ByName(t, args[1], o)
			if err != nil {
				return p.places(a.findings(err))
			}
			p.located(d)
			return a.print(func(w io.Writer) error {
				if a.settings.Format == formatJSON {
					return report.WhyNotJSON(w, d)
				}
				return report.WhyNotText(w, d, a.style())
			})
		},
	}
	answerFlags(cmd)
	formatFlag(cmd)
	cmd.Flags().IntVar(&depth, "depth", 2, "how many `LEVELS` of conclusions to follow")
	cmd.Flags().IntVar(&choices, "choices", 3, "how many `CHOICES` of facts to show of a rule")
	return cmd
}

// completeWhyNot offers case files first, then the values that the answer can have
// and the types that rules conclude.
func (a *app) completeWhyNot(cmd *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return completeCases(cmd, args, prefix)
	}
	if len(args) > 1 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	if a.loadSettings(cmd.Flags()) != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	p, _, err := a.loadPack(a.settings.SourceOnly)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	names := append([]string(nil), p.Goal.Field.Type.Names.List...)
	for _, t := range p.Schema.Types {
		if t.Concluded {
			names = append(names, t.Name)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// traced runs the pack of the settings over one case.
func (a *app) traced(ctx context.Context, file string) (*pack, *trace.Trace, error) {
	p, warnings, err := a.loadToAnswer(a.settings.Rules, a.settings.SourceOnly)
	if err != nil {
		return nil, nil, err
	}
	a.warn(warnings)
	c, err := a.readCase(file, p)
	if err != nil {
		return nil, nil, err
	}
	t, err := a.runOf(p)(ctx, p.Pack, c)
	return p, t, err
}
