package main

import (
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"truce/explain"
	"truce/explain/report"
	"truce/facts/source"
)

const whyLong = `Print the proof of one fact, down to what the case states: the rule that concluded
it, each condition with its operands and by how much it holds, the facts it rests on
in turn, and where each value of the case comes from.

A fact is named by its type where there is one of it (Posture), else by its type with
its id or key in brackets. The name of a type alone lists its facts.

--detail short shows rules, sentences and what decides, full also what was looked at and
decides nothing. Where a fact is concluded in several ways, the one with the least height
stands first; --alternatives shows the others.`

// details are how much of each fact a proof may show.
var details = []string{"short", "medium", "full"}

func (a *app) whyCommand() *cobra.Command {
	var depth int
	var all bool
	var detail string
	cmd := &cobra.Command{
		Use:   "why CASE FACT",
		Short: "Prove a conclusion, down to the inputs",
		Long:  whyLong,
		Example: `  truce why testdata/cases/2013-jpoa.yaml Posture
  truce why --depth 1 testdata/cases/2013-jpoa.yaml Balance
  truce why --format json testdata/cases/2013-jpoa.yaml Posture`,
		Args:              arguments(2, 2),
		ValidArgsFunction: a.completeWhy,
		RunE: func(cmd *cobra.Command, args []string) error {
			if depth < 0 {
				return source.Diagnostics{errUsage.At(source.Span{}, "--depth is %d", depth).Expect("0 for all, or how many levels to show")}
			}
			f := report.ProofForm{Depth: depth, Detail: report.Detail(detail), Style: a.style()}
			switch detail {
			case "short", "full":
			case "medium":
				f.Detail = report.Medium
			default:
				return source.Diagnostics{errUsage.At(source.Span{}, "--detail is %s", detail).Expect("%s", strings.Join(details, ", ")).
					Suggest("%s", source.DidYouMean(detail, details))}
			}
			ctx, cancel := a.limited(cmd.Context())
			defer cancel()
			p, t, err := a.traced(ctx, args[0])
			if err != nil {
				return err
			}
			var proof *explain.Proof
			if list := explain.List(t, args[1]); list != nil {
				f.List = true
				proof = explain.Of(t, list, explain.Options{})
			} else if proof, err = explain.ByName(t, args[1], explain.Options{Alternatives: all}); err != nil {
				return p.places(a.findings(err))
			}
			p.located(proof)
			return a.print(func(w io.Writer) error {
				if a.settings.Format == formatJSON {
					return report.ProofJSON(w, proof)
				}
				showStated(proof)
				return report.ProofText(w, proof, f)
			})
		},
	}
	ruleFlags(cmd)
	formatFlag(cmd)
	runFlags(cmd)
	cmd.Flags().IntVar(&depth, "depth", 0, "how many `LEVELS` of facts to show in text; 0 is all")
	cmd.Flags().StringVar(&detail, "detail", details[1], "how `MUCH` of each fact to show in text: "+strings.Join(details, ", "))
	_ = cmd.RegisterFlagCompletionFunc("detail", cobra.FixedCompletions(details, cobra.ShellCompDirectiveNoFileComp)) // fails only for a flag that is not declared
	cmd.Flags().BoolVar(&all, "alternatives", false, "also the other ways in which a fact is concluded")
	return cmd
}

// showStated makes the text show every field of a fact that is asked for and that no
// rule of its proof reads, because the case states it.
func showStated(proof *explain.Proof) {
	for _, n := range proof.Nodes {
		if !n.Stated || !slices.Contains(proof.Roots, n.ID) {
			continue
		}
		for i := range n.Fields {
			n.Fields[i].Read = true
		}
	}
}
