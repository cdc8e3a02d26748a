package report

import (
	"fmt"
	"io"
	"strings"

	"truce/explain"
)

// Detail says how much of each fact a proof shows.
type Detail string

const (
	// Medium shows what decides, and everything that was computed: the default.
	Medium Detail = ""
	// Short shows the rule, its sentence, and what decides, without places, computations
	// and grounds.
	Short Detail = "short"
	// Full shows also what was looked at and decides nothing.
	Full Detail = "full"
)

// ProofForm says how a proof is written.
type ProofForm struct {
	// Depth is how many levels of facts are shown; 0 is all.
	Depth  int
	Detail Detail
	Style
}

// ProofText writes a proof as an indented tree: under each fact the rule, what the
// rule found, and the facts it rests on. A fact that several rest on is shown
// where it comes first. Of a condition only the parts that decide are shown, unless
// the detail is full. Numbers are rounded to six significant digits. The thresholds that
// were used stand at the end, with their grounds.
func ProofText(w io.Writer, proof *explain.Proof, f ProofForm) error {
	t := &tree{printer: printer{style: f.Style}, depth: f.Depth, detail: f.Detail, nodes: map[string]*explain.Node{}, shown: map[string]bool{},
		used: map[string]bool{}}
	for _, n := range proof.Nodes {
		t.nodes[n.ID] = n
	}
	if proof.OneOf {
		t.runs(run{}, 0, []Run{say(OneOfWords(proof))})
	}
	for _, id := range proof.Roots {
		t.fact(t.nodes[id], 0)
	}
	if t.detail != Short {
		t.thresholds(proof.Thresholds)
	}
	return t.flush(w)
}

// OneOfWords says of a proof of several facts that one of them holds.
func OneOfWords(proof *explain.Proof) string {
	return fmt.Sprintf("One of these %d holds, whichever it is: the rows of the table leave no case out.", len(proof.Roots))
}

// tree writes one proof.
type tree struct {
	printer
	depth  int
	detail Detail
	nodes  map[string]*explain.Node
	shown  map[string]bool
	used   map[string]bool // thresholds of what was shown
}

const (
	deeper = 2 // columns a level
	inside = 4 // columns from a fact to what is said of it
)

// deep says that more of a fact stands deeper than is shown.
func (t *tree) deep(n *explain.Node) string {
	if t.detail == Short && n.Stated {
		return ""
	}
	return "(its proof is deeper)"
}

// fact writes a node and what is under it. Level counts from 0.
func (t *tree) fact(n *explain.Node, level int) {
	margin, columns := run{}, level*deeper
	if level > 0 {
		margin.text = "- "
	}
	if t.shown[n.ID] {
		t.runs(margin, columns, []Run{strong(n.Fact), aside("(shown above)")})
		return
	}
	if t.depth > 0 && level >= t.depth {
		t.runs(margin, columns, []Run{strong(n.Fact), say(summary(n)), aside(t.deep(n))})
		return
	}
	t.shown[n.ID] = true
	text := textIn(n, t.detail)
	t.runs(margin, columns, append([]Run{strong(text.Fact)}, text.Head...))
	t.said(text.Said, columns+inside)
	for i := range text.Ways {
		way := &text.Ways[i]
		t.said(way.Said, columns+inside)
		for _, name := range way.Thresholds {
			t.used[name] = true
		}
		for _, id := range way.Uses {
			t.fact(t.nodes[id], level+1)
		}
	}
	t.said(text.More, columns+inside)
}

// thresholds lists those that were shown, with their grounds.
func (t *tree) thresholds(all []explain.Threshold) {
	title := "Thresholds"
	for i := range all {
		th := &all[i]
		if !t.used[th.Name] {
			continue
		}
		if title != "" {
			t.line(run{}, 0, run{bold, title})
			title = ""
		}
		t.runs(run{}, inside, []Run{say(th.Name + " = " + ThresholdText(th)), say("[" + th.Basis + "]"), aside(th.Because),
			aside(trimmed(strings.Join(th.Cites, " "), th.At))})
	}
}

// ThresholdText is the value of a threshold, or of a table the points of each level.
func ThresholdText(th *explain.Threshold) string {
	if len(th.Points) == 0 {
		return explain.Exact.Print(th.Value)
	}
	parts := make([]string, len(th.Points))
	for i, p := range th.Points {
		parts[i] = p.Level + " " + explain.Exact.Bare(p.Value)
	}
	s := strings.Join(parts, ", ")
	if u := th.Points[0].Value.Type.Unit; u != "" {
		s += " " + string(u)
	}
	return s
}
