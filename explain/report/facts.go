package report

import (
	"fmt"
	"io"
	"strings"

	"truce/explain"
)

// FactsText lists the facts that a proof is of: how each stands, and the command that
// asks for its own proof.
func FactsText(w io.Writer, proof *explain.Proof, ask func(fact string) string, s Style) error {
	roots := map[string]bool{}
	for _, id := range proof.Roots {
		roots[id] = true
	}
	p := &printer{style: s}
	for _, n := range proof.Nodes {
		if !roots[n.ID] {
			continue
		}
		if p.out.Len() == 0 {
			p.line(run{}, 0, run{bold, fmt.Sprintf("There are %d facts of %s. Each has a proof of its own:", len(roots), n.Type)})
		}
		p.runs(run{"", "- "}, deeper, []Run{strong(n.Fact), say(standing(n))})
		p.line(run{}, inside+deeper, run{faint, ask(n.Fact)})
	}
	return p.flush(w)
}

// standing is the status of a fact with its values: of a stated one, those that are
// known.
func standing(n *explain.Node) string {
	if !n.Stated || n.Unlisted {
		return summary(n)
	}
	var parts []string
	for i := range n.Fields {
		if f := &n.Fields[i]; !f.Value.Value.IsUnknown() {
			parts = append(parts, f.Field+" = "+explain.Close.Print(f.Value))
		}
	}
	if len(parts) == 0 {
		return "is stated, and nothing is known of it"
	}
	return "is stated: " + strings.Join(parts, ", ")
}
