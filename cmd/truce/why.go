package main

import (
	"io"
	"slices"

	"github.com/spf13/cobra"

	"truce/explain"
	"truce/explain/report"
	"truce/facts/source"
)

const whyLong = `Print the proof of one fact, down to what the case states: the rule that concluded
it, each condition with its operands and by how much it holds, the facts it rests on
in turn, and where each value of the case comes from.

A fact is named by its type where there is one of it (Posture), else by its type with
its id or key in brackets. The name of a type alone lists its facts.`

func (a *app) whyCommand() *cobra.Command {
	var depth int
	var all bool
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
			ctx, cancel := a.limited(cmd.Context())
			defer cancel()
			p, warnings, err := a.loadPack(a.settings.SourceOnly)
			if err != nil {
				return err
			}
			a.warn(warnings)
			c, err := a.readCase(args[0], p)
			if err != nil {
				return err
			}
			t, err := a.runOf(p)(ctx, p.Pack, c)
			if err != nil {
				return err
			}
			proof, err := explain.ByName(t, args[1], explain.Options{Alternatives: all})
			if err != nil {
				return p.places(a.findings(err))
			}
			p.located(proof)
			return a.print(func(w io.Writer) error {
				if a.settings.Format == formatJSON {
					return report.ProofJSON(w, proof)
				}
				showStated(proof)
				return report.ProofText(w, proof, report.ProofForm{Depth: depth, Style: a.style()})
			})
		},
	}
	ruleFlags(cmd)
	formatFlag(cmd)
	runFlags(cmd)
	cmd.Flags().IntVar(&depth, "depth", 0, "how many `LEVELS` of facts to show in text; 0 is all")
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
