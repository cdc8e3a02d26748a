package book

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"truce/explain/report"
)

// writeMarkdown writes a book as Markdown of the kind that GitHub shows: tables, and
// graphs in Mermaid. Anchors are a elements, which Markdown passes through.
func writeMarkdown(w io.Writer, b *Book) error {
	var out strings.Builder
	for i := range b.Blocks {
		if i > 0 {
			out.WriteByte('\n')
		}
		markdown(&out, &b.Blocks[i])
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func markdown(out *strings.Builder, b *Block) {
	switch b.Kind {
	case Heading:
		fmt.Fprintf(out, "%s\n%s %s\n", place(b.ID), strings.Repeat("#", b.Level), inMarkdown(b.Text))
	case Paragraph:
		fmt.Fprintf(out, "%s\n", atLineStart(inMarkdown(b.Text)))
	case List:
		for _, i := range b.Items {
			fmt.Fprintf(out, "- %s%s\n", place(i.ID), atLineStart(inMarkdown(i.Text)))
		}
	case Table:
		cells(out, b.Head, "")
		out.WriteString(strings.Repeat("| --- ", len(b.Head)) + "|\n")
		for _, r := range b.Rows {
			cells(out, r.Cells, place(r.ID))
		}
	case Picture:
		mermaid(out, b.Graph)
	}
}

func cells(out *strings.Builder, row []Line, before string) {
	for i, c := range row {
		if i > 0 {
			before = ""
		}
		fmt.Fprintf(out, "| %s%s ", before, inMarkdown(c))
	}
	out.WriteString("|\n")
}

func place(id string) string {
	if id == "" {
		return ""
	}
	return `<a id="` + id + `"></a>`
}

// inMarkdown is a line of text. Whatever has a meaning to Markdown or to HTML is
// escaped.
func inMarkdown(l Line) string {
	var out strings.Builder
	for _, s := range l {
		text := strings.Join(strings.Split(report.Printable(s.Text), "\n"), " ")
		switch s.Style {
		case Code:
			text = fenced(text)
		case Strong:
			text = "**" + escaped(text) + "**"
		case Plain, Aside:
			text = escaped(text)
		}
		if s.To != "" {
			text = "[" + text + "](#" + s.To + ")"
		}
		out.WriteString(text)
	}
	return out.String()
}

// fenced is text as code: between one backtick more than it has in a row. A bar would
// end a cell of a table even there.
func fenced(text string) string {
	most, run := 0, 0
	for _, r := range text {
		if run++; r != '`' {
			run = 0
		}
		most = max(most, run)
	}
	fence, pad := strings.Repeat("`", most+1), ""
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		pad = " "
	}
	return fence + pad + strings.ReplaceAll(text, "|", `\|`) + pad + fence
}

func escaped(text string) string {
	var out strings.Builder
	for _, r := range text {
		if strings.ContainsRune("\\`*_{}[]<>|~&#", r) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}

// marker is what would make a list of a line.
var marker = regexp.MustCompile(`^(\d+)([.)])(\s|$)|^([-+])(\s|$)`)

// atLineStart is text at the beginning of a line, which must not make a list of it.
func atLineStart(text string) string {
	m := marker.FindStringSubmatchIndex(text)
	switch {
	case m == nil:
		return text
	case m[2] >= 0:
		return text[:m[3]] + `\` + text[m[3]:]
	}
	return `\` + text
}

// shapes are the brackets of each kind of node, as in flowcharts of proofs, and its
// looks.
var shapes = [...]struct{ open, shut, style string }{
	StatedNode:    {`("`, `")`, "fill:#e8f1fb,stroke:#2a5d8f,color:#111"},
	ConcludedNode: {`["`, `"]`, "fill:#eef6ee,stroke:#2f6b3a,color:#111"},
	GoalNode:      {`[["`, `"]]`, "fill:#eef6ee,stroke:#2f6b3a,color:#111,stroke-width:3px"},
	RuleNode:      {`{{"`, `"}}`, "fill:#f4f4f4,stroke:#666,color:#111"},
	TableNode:     {`[/"`, `"/]`, "fill:#f4f4f4,stroke:#666,color:#111,stroke-width:2px"},
	ThemeNode:     {`["`, `"]`, "fill:#f4f4f4,stroke:#666,color:#111"},
}

// mermaid draws a graph: types, rules and tables in shapes of their own. A dotted arrow
// is one over which a rule only ranges.
func mermaid(out *strings.Builder, g *Graph) {
	out.WriteString("```mermaid\nflowchart LR\n")
	used := map[NodeKind][]string{}
	for i, n := range g.Nodes {
		id := fmt.Sprintf("n%d", i+1)
		fmt.Fprintf(out, "  %s%s%s%s\n", id, shapes[n.Kind].open, report.MermaidText(n.Name), shapes[n.Kind].shut)
		used[n.Kind] = append(used[n.Kind], id)
	}
	for _, e := range g.Edges {
		arrow := "-->"
		if e.Ranged {
			arrow = "-.->"
		}
		fmt.Fprintf(out, "  n%d %s n%d\n", e.From+1, arrow, e.To+1)
	}
	for k := range shapes {
		if ids := used[NodeKind(k)]; len(ids) > 0 {
			fmt.Fprintf(out, "  classDef %s %s\n  class %s %s\n", NodeKind(k), shapes[k].style, strings.Join(ids, ","), NodeKind(k))
		}
	}
	out.WriteString("```\n")
}
