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
its id or key in brackets. The name of a type alone lists its facts, with how each
stands and the command that proves it.

--format json has the whole proof, and --format mermaid draws it as a flowchart: each
fact and each justification is one node, and what is absent, assumed or unknown has a
shape of its own. Of a type with several facts these two prove them all.

--detail short shows rules, sentences and what decides, full also what was looked at and
decides nothing. Where a fact is concluded in several ways, the one with the least height
stands first; --alternatives shows the others.`

// details are how much of each fact a proof may show.
var details = []string{"short", "medium", "full"}

// detailOf is a word as the form of a proof has it.
func detailOf(word string) (report.Detail, error) {
	switch word {
	case details[0]:
		return report.Short, nil
	case details[1]:
		return report.Medium, nil
	case details[2]:
		return report.Full, nil
	}
	return "", source.Diagnostics{errUsage.At(source.Span{}, "--detail is %s", word).Expect("%s", strings.Join(details, ", ")).
		Suggest("%s", source.DidYouMean(word, details))}
}

func (a *app) whyCommand() *cobra.Command {
	var depth int
	var all bool
	var word string
	cmd := &cobra.Command{
		Use:   "why CASE FACT",
		Short: "Prove a conclusion, down to the inputs",
		Long:  whyLong,
		Example: `  truce why testdata/cases/2013-jpoa.yaml Posture
  truce why --depth 1 testdata/cases/2013-jpoa.yaml Balance
  truce why testdata/cases/2013-jpoa.yaml Pressure
  truce why --format mermaid --out balance.mmd testdata/cases/2013-jpoa.yaml Balance
  truce why --format json testdata/cases/2013-jpoa.yaml Posture`,
		Args:              arguments(2, 2),
		ValidArgsFunction: a.completeWhy,
		RunE: func(cmd *cobra.Command, args []string) error {
			if depth < 0 {
				return source.Diagnostics{errUsage.At(source.Span{}, "--depth is %d", depth).Expect("0 for all, or how many levels to show")}
			}
			detail, err := detailOf(word)
			if err != nil {
				return err
			}
			ctx, cancel := a.limited(cmd.Context())
			defer cancel()
			p, t, err := a.traced(ctx, args[0])
			if err != nil {
				return err
			}
			found, err := explain.Find(t, args[1])
			if err != nil {
				return p.places(a.findings(err))
			}
			proof := explain.Of(t, found, explain.Options{Alternatives: all})
			p.located(proof)
			return a.print(func(w io.Writer) error {
				switch {
				case a.settings.Format == formatJSON:
					return report.ProofJSON(w, proof)
				case a.settings.Format == formatMermaid:
					return report.ProofMermaid(w, proof, report.MermaidForm{Depth: depth})
				case explain.Apart(t, found):
					return report.FactsText(w, proof, a.asks(args[0]), a.style())
				}
				showStated(proof)
				return report.ProofText(w, proof, report.ProofForm{Depth: depth, Detail: detail, Style: a.style()})
			})
		},
	}
	answerFlags(cmd)
	formatFlag(cmd, formatMermaid)
	a.outFlags(cmd)
	cmd.Flags().IntVar(&depth, "depth", 0, "how many `LEVELS` of facts to show in text and in a flowchart; 0 is all")
	cmd.Flags().StringVar(&word, "detail", details[1], "how `MUCH` of each fact to show in text: "+strings.Join(details, ", "))
	_ = cmd.RegisterFlagCompletionFunc("detail", cobra.FixedCompletions(details, cobra.ShellCompDirectiveNoFileComp)) // fails only for a flag that is not declared
	cmd.Flags().BoolVar(&all, "alternatives", false, "also the other ways in which a fact is concluded")
	return cmd
}

// asks is the command that asks for the proof of a fact of a case, under the same
// rules.
func (a *app) asks(file string) func(fact string) string {
	words := []string{"truce", "why"}
	if a.settings.Rules != "" {
		words = append(words, "--rules", shellWord(a.settings.Rules))
	}
	if a.settings.SourceOnly {
		words = append(words, "--source-only")
	}
	words = append(words, shellWord(file))
	return func(fact string) string {
		return strings.Join(append(words[:len(words):len(words)], shellWord(fact)), " ")
	}
}

// shellWord is a word as a shell takes it, in quotes where it needs them.
func shellWord(s string) string {
	if s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-") == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
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
