package page

import (
	"strings"

	"truce/explain/report"
	"truce/rules"
)

// Section is a section of the pack's report.
type Section struct {
	ID     string
	Title  string
	Short  string // the title without what it says in brackets
	Says   string // in place of lines, or before those that were only looked at
	Lines  []Line
	Rest   []Line // beyond what the full form has
	Matrix *Matrix
}

// Line is a sentence of the report.
type Line struct {
	Text     string
	Mark     string
	Possible bool // it need not hold
	Proofs   []Link
	Cites    []Link
	At       string  // where it is said, of what is no line of the pack's or has no fact to prove it
	Ranges   *Ranges // of the numbers that the sentence sets side by side
	Weight   *Ranges // of one number: the line's weight among the reasons
}

// Matrix is a table of facts.
type Matrix struct {
	Caption string
	Columns []string
	Rows    []MatrixRow
}

// MatrixRow is a row of it.
type MatrixRow struct {
	Row    string
	Mark   string
	Cells  []string
	Proofs []Link
}

func (b *builder) answer(a *report.Assessment) Answer {
	out := Answer{Sentence: a.Answer.Sentence, Settled: a.Answer.Settled}
	if len(a.Answer.Assuming) > 0 {
		for i := range a.Sections {
			if a.Sections[i].Kind == rules.Assumptions.String() {
				out.Assumed = sectionAnchor(&a.Sections[i])
			}
		}
	}
	if p := b.in.Sides.Proof; p.OneOf {
		out.OneOf = report.OneOfWords(p)
	}
	for i := range a.Answer.Values {
		v := &a.Answer.Values[i]
		value := Value{Value: v.Value, Says: v.Says, Status: v.Status, Proofs: b.factLinks(v.Facts)}
		for _, n := range b.in.Proof.Nodes {
			for _, fact := range v.Facts {
				if n.Fact == fact {
					value.Ways = append(value.Ways, heads(report.TextOf(n))...)
				}
			}
		}
		out.Values = append(out.Values, value)
	}
	return out
}

// headLines is how many lines say by which rule a fact was concluded: its name, and
// its own sentence.
const headLines = 2

func heads(t *report.NodeText) []Way {
	var list []Way
	for _, w := range t.Ways {
		list = append(list, Way{Said: said(w.Said[:min(headLines, len(w.Said))])})
	}
	return list
}

func sectionAnchor(s *report.Section) string { return "section-" + s.Name }

func (b *builder) sections(list []report.Section) []Section {
	out := make([]Section, 0, len(list))
	var reasons []weighed
	for i := range list {
		s := &list[i]
		says, n := s.Full()
		section := Section{ID: sectionAnchor(s), Title: s.Title, Says: says}
		section.Short, _, _ = strings.Cut(s.Title, " (")
		switch {
		case s.Matrix != nil:
			section.Matrix = b.matrix(s.Matrix, n)
		default:
			for k := range s.Lines {
				l := b.line(&s.Lines[k], s.Kind)
				if k < n {
					section.Lines = append(section.Lines, l)
				} else {
					section.Rest = append(section.Rest, l)
				}
			}
		}
		if says == "" && len(section.Lines) == 0 && (section.Matrix == nil || len(section.Matrix.Rows) == 0) {
			continue // as in the text: what has nothing to say is left out
		}
		out = append(out, section)
		if s.Kind == rules.Reasons.String() {
			reasons = append(reasons, weighed{&out[len(out)-1], s.Lines})
		}
	}
	b.weigh(reasons)
	return out
}

func (b *builder) line(l *report.Line, kind string) Line {
	out := Line{Text: l.Text, Mark: l.Mark.String(), Possible: l.Status == "can hold", Proofs: b.factLinks(l.Facts),
		Cites: b.cites(l.Cites, l.Extension)}
	if kind != rules.Lines.String() && kind != rules.Reasons.String() || len(l.Facts) == 0 {
		out.At = l.At
	}
	if kind == rules.Lines.String() {
		out.Ranges = b.sideBySide(l.Values)
	}
	if kind == rules.Confidence.String() {
		out.Proofs = []Link{{decidingAnchor, "what decides"}}
	}
	return out
}

func (b *builder) matrix(m *report.Matrix, n int) *Matrix {
	out := &Matrix{Caption: m.Fact + " by " + m.Row + " and " + m.Column, Columns: m.Columns}
	for i := range m.Rows[:n] {
		r := &m.Rows[i]
		out.Rows = append(out.Rows, MatrixRow{Row: r.Row, Mark: r.Mark.String(), Cells: r.Cells, Proofs: b.factLinks(r.Facts)})
	}
	return out
}
