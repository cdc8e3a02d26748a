package report_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/explain"
	"truce/explain/report"
	"truce/facts"
)

func mermaid(t require.TestingT, p *explain.Proof, f report.MermaidForm) string {
	var b bytes.Buffer
	require.NoError(t, report.ProofMermaid(&b, p, f))
	return b.String()
}

// The grammar of what is written: a line is the head, a node with a quoted label, an
// edge between nodes declared, or a class.
var (
	mermaidNode  = regexp.MustCompile(`^  ([fjnv]\d+)(?:\("|\["|\{\{"|\[/"|>"|\(\["|\[\[")([^"` + "`" + `&;<>{}%\\|#]|#\d+;|<br/>)*(?:"\)|"\]|"\}\}|"/\]|"\]\)|"\]\])$`)
	mermaidEdge  = regexp.MustCompile(`^  ([fjnv]\d+) --> ([fj]\d+)$`)
	mermaidClass = regexp.MustCompile(`^  (classDef [a-z]+ [-a-z0-9#:, ]+|class [fjnv0-9,]+ [a-z]+)$`)
)

// flowchart checks a chart line by line, and that every edge joins nodes that are
// there.
func flowchart(t *testing.T, chart string) {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(chart, "\n"), "\n")
	require.Equal(t, "flowchart BT", lines[0])
	nodes := map[string]bool{}
	var ends []string
	for _, l := range lines[1:] {
		node, edge := mermaidNode.FindStringSubmatch(l), mermaidEdge.FindStringSubmatch(l)
		switch {
		case node != nil:
			require.False(t, nodes[node[1]], "%s stands twice", node[1])
			nodes[node[1]] = true
		case edge != nil:
			ends = append(ends, edge[1:]...)
		default:
			require.Regexp(t, mermaidClass, l)
		}
	}
	for _, id := range ends {
		require.True(t, nodes[id], "%s is no node", id)
	}
}

// Whatever a name or a source holds, no character of it means anything to Mermaid, to
// HTML or to a terminal.
func TestMermaidEscapes(t *testing.T) {
	evil := "a\"b'c<script>`d`#quot;&lt;%%{init:{}}%%\n]}); end|\\\x1b[31m\u202e\x00"
	number := facts.Type{Kind: facts.Number}
	p := &explain.Proof{Roots: []string{"1"}, Nodes: []*explain.Node{
		{ID: "1", Fact: evil, Type: evil, Status: "holds",
			Fields: []explain.Field{{Field: evil, Value: explain.Value{Type: number, Value: facts.NumberOf(1)}, Origin: "concluded"}},
			By: &explain.Derivation{Rule: evil, At: evil, Cites: []string{evil}, Uses: []string{"2"},
				Conditions: []explain.Condition{{Text: evil, Truth: "true", Atoms: []explain.Atom{{Text: evil, Truth: "true", Decides: true,
					Reads: explain.Reads{Thresholds: []string{evil}, Aggregates: []explain.Aggregate{{Text: evil, Type: evil, At: evil, Open: true}}}}}}}}},
		{ID: "2", Fact: evil, Type: evil, Status: "holds", Stated: true, At: evil, Fields: []explain.Field{
			{Field: evil, Value: explain.Value{Type: number, Value: facts.NumberOf(1)}, Read: true, At: evil},
			{Field: evil, Value: explain.Value{Type: number, Value: number.Unknown()}, Read: true, At: evil},
			{Field: evil, Value: explain.Value{Type: number, Value: facts.NumberOf(1)}, Read: true,
				Assumption: &explain.Assumption{Name: evil, At: evil}},
		}},
	}, Thresholds: []explain.Threshold{{Name: evil, Basis: evil, Value: explain.Value{Type: number, Value: facts.NumberOf(1)}}}}
	chart := mermaid(t, p, report.MermaidForm{})
	flowchart(t, chart)
	require.Contains(t, chart, "a#34;b#39;c#60;script#62;")
	for _, kind := range []string{"stated", "holds", "rule", "absent", "assumed", "unknown"} {
		require.Contains(t, chart, "classDef "+kind)
	}
}

func TestMermaidOfRealProofs(t *testing.T) {
	p := load(t, sea)
	for _, name := range []string{"storm", "haze", "fair"} {
		proof := explain.OfAnswer(at(t, p, "../testdata/"+name+".yaml"), explain.Options{Alternatives: true})
		for depth := range 4 {
			flowchart(t, mermaid(t, proof, report.MermaidForm{Depth: depth}))
		}
		require.Equal(t, mermaid(t, proof, report.MermaidForm{}), mermaid(t, proof, report.MermaidForm{Depth: 99}))
	}
}
