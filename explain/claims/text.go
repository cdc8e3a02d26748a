package claims

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"truce/rules"
)

// Text writes the matrix, a paragraph a claim: what encodes it, and what shows it.
// Lines longer than width runes are broken between names; 0 means 100.
func (m *Matrix) Text(w io.Writer, width int) error {
	if width <= 0 {
		width = 100
	}
	p := &printer{width: width}
	for _, c := range m.Claims {
		p.claim(c)
	}
	p.summary(m)
	_, err := io.WriteString(w, p.out.String())
	return err
}

type printer struct {
	out   strings.Builder
	width int
}

func (p *printer) claim(c *Claim) {
	fmt.Fprintf(&p.out, "%s  %s  (%s)\n", c.Claim.ID, strings.Join(c.Claim.Kinds, ", "), c.Claim.Section)
	p.wrapped("  ", strings.Fields(c.Claim.Says))
	p.list("rules", ruleNames(c.Rules))
	p.list("thresholds", namesOf(c.Thresholds, func(t *rules.Threshold) string { return t.Name }))
	p.list("assumptions", namesOf(c.Assumptions, (*rules.Assumption).Name))
	p.list("lines", ruleNames(c.Lines))
	p.list("tests", testNames(c.Tests))
	if c.Does != nil {
		p.field("does", c.Does.text(c))
	}
	if c.Says != nil {
		p.field("says", c.Says.text(c))
	}
	p.out.WriteByte('\n')
}

func (p *printer) summary(m *Matrix) {
	fmt.Fprintf(&p.out, "%s over %s and %s: ", counted(len(m.Claims), "claim"), counted(m.Tests, "test"), counted(m.Cases, "case"))
	missing := m.Missing()
	if len(missing) == 0 {
		p.out.WriteString("every claim is shown\n")
	} else {
		fmt.Fprintf(&p.out, "not shown: %s\n", strings.Join(namesOf(missing, func(c *Claim) string { return c.Claim.ID }), ", "))
	}
	for _, f := range m.Failed {
		fmt.Fprintf(&p.out, "%s cannot run: %s\n", f.Subject, f.Found[0].Error())
	}
}

func (p *printer) list(label string, names []string) {
	if len(names) == 0 {
		return
	}
	for i := range names[:len(names)-1] {
		names[i] += ","
	}
	p.wrapped(labelled(label), names)
}

// field writes a text of one or several lines behind its label.
func (p *printer) field(label, text string) {
	for i, l := range strings.Split(text, "\n") {
		if i == 0 {
			p.wrapped(labelled(label), strings.Fields(l))
			continue
		}
		p.wrapped(strings.Repeat(" ", len(labelled(label))), strings.Fields(l))
	}
}

func labelled(label string) string { return fmt.Sprintf("  %-12s", label) }

// wrapped writes words behind a head, and breaks lines between them.
func (p *printer) wrapped(head string, words []string) {
	p.out.WriteString(head)
	used := len([]rune(head))
	for i, word := range words {
		n := len([]rune(word))
		switch {
		case i == 0:
		case used+1+n > p.width:
			p.out.WriteString("\n" + strings.Repeat(" ", len([]rune(head))))
			used = len([]rune(head))
		default:
			p.out.WriteByte(' ')
			used++
		}
		p.out.WriteString(word)
		used += n
	}
	p.out.WriteByte('\n')
}

// testNames are the names of tests, a table of them once with how many of its rows.
func testNames(tests []*rules.Test) []string {
	var names []string
	rows := map[string]int{}
	for _, t := range tests {
		if rows[t.Table]++; t.Table == "" || rows[t.Table] == 1 {
			names = append(names, cmp.Or(t.Table, t.Name))
		}
	}
	for i, name := range names {
		if n := rows[name]; n > 0 {
			names[i] = name + " (" + counted(n, "row") + ")"
		}
	}
	return names
}

func ruleNames(rs []*rules.Rule) []string {
	return namesOf(rs, func(r *rules.Rule) string { return r.Name })
}

func namesOf[T any](list []T, name func(T) string) []string {
	names := make([]string, len(list))
	for i, x := range list {
		names[i] = name(x)
	}
	return names
}

// String names a subject with what it is.
func (s *Subject) String() string {
	if s.Test {
		return "test " + s.Name
	}
	return "case " + s.Name
}

// Shows says what shows the claim, or what is missing, in lines.
func (c *Claim) Shows() []string {
	var list []string
	if c.Does != nil {
		list = append(list, strings.Split(c.Does.text(c), "\n")...)
	}
	if c.Says != nil {
		list = append(list, strings.Split(c.Says.text(c), "\n")...)
	}
	return list
}

func (e *Effect) text(c *Claim) string {
	switch {
	case e.By != nil:
		return fmt.Sprintf("%s changes without it:\n%s", e.By, e.Change.text())
	case len(c.Rules)+len(c.Thresholds) == 0:
		return "NOT SHOWN: no rule and no threshold cites it"
	}
	return fmt.Sprintf("NOT SHOWN: without it nothing changes in %s", counted(e.Tried, "run"))
}

func (c Change) text() string {
	var lines []string
	if c.Error != "" {
		lines = append(lines, "the run fails: "+c.Error)
	}
	if c.Gone != "" {
		lines = append(lines, "- "+c.Gone)
	}
	if c.New != "" {
		lines = append(lines, "+ "+c.New)
	}
	if c.Answer != "" {
		lines = append(lines, "answer: "+c.Answer)
	}
	return strings.Join(lines, "\n")
}

func (a *Appearance) text(c *Claim) string {
	switch {
	case a.By != nil && a.Possible:
		return fmt.Sprintf("%s stands in %s, as a possibility", a.Line.Name, a.By)
	case a.By != nil:
		return fmt.Sprintf("%s stands in %s", a.Line.Name, a.By)
	case len(c.Lines) == 0:
		return "NOT SHOWN: no line of the report cites it"
	}
	return "NOT SHOWN: no line that cites it stands in the report of any test or case"
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
