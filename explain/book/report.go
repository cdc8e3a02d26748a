package book

import (
	"fmt"

	"truce/rules"
)

// report is the chapter of the report's sections, with the lines of each.
func (b *builder) report() {
	b.heading(2, "report", "The report")
	for _, s := range b.pack.Report.Sections {
		b.heading(3, anchor("section", s.Name), "Section ", code(s.Name), ": "+s.Title)
		b.para(sectionWords(s))
		if g := s.Grid; g != nil {
			b.para("The facts of ", link("type", g.Fact.Name), ": a row for each ", code(g.Row.Name), ", a column for each ", code(g.Column.Name), ", with ", code(g.Cell.Name), " inside.")
		}
		for _, l := range s.Lines {
			b.line(l)
		}
	}
	if len(b.pack.Report.Confidence) == 0 {
		return
	}
	b.heading(3, "confidence", "Confidence")
	b.para("The first row that holds, over how many conditions decided the answer and how many of them carry each mark.")
	block := Block{Kind: Table, Head: []Line{with("level"), with("where"), with("says")}}
	for _, c := range b.pack.Report.Confidence {
		where, says := with(aside("otherwise")), ""
		if c.When != nil {
			where = with(code(c.When.Text()))
		}
		if c.Says != nil {
			says = c.Says.Text
		}
		block.Rows = append(block.Rows, Row{Cells: []Line{with(c.Level), where, with(says)}})
	}
	b.add(block)
}

// sectionWords says what makes the lines of a section.
func sectionWords(s *rules.Section) string {
	text := map[rules.SectionKind]string{
		rules.Lines:       "The lines below that hold or can hold.",
		rules.Reasons:     "The lines below, those with the most weight first.",
		rules.Matrix:      "A table of facts.",
		rules.Assumptions: "What the answer assumes.",
		rules.Unknowns:    "What is unknown and would matter.",
		rules.KnownLater:  "What could not be known on the case's date.",
		rules.Confidence:  "The level of confidence.",
	}[s.Kind]
	if s.Short > 0 {
		text += fmt.Sprintf(" The short form has %d at most.", s.Short)
	}
	if s.Limit > 0 {
		text += fmt.Sprintf(" The full form has %d at most.", s.Limit)
	}
	if s.Empty != "" {
		text += " Where there is none: “" + s.Empty + "”"
	}
	return text
}

func (b *builder) line(l *rules.Line) {
	r := l.Rule
	b.heading(4, anchor("rule", r.Name), "Line ", code(r.Name))
	b.source(r)
	b.para(r.Doc)
	b.english(r)
	b.says(r)
	if l.Weight != nil {
		b.para("Its weight is ", code(l.Weight.Text()), ".")
	}
	b.exercised(r.Name)
}
