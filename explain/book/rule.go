package book

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"truce/rules"
	"truce/rules/prose"
)

// theme is the chapter of one theme.
func (b *builder) theme(t *theme) {
	b.heading(2, anchor("theme", t.name), "Theme: ", code(t.name))
	if t.extension != nil {
		b.para("All of it belongs to extension ", link("extension", t.extension.ID), ".")
	}
	if g := b.graphOf(t); len(g.Nodes) > 1 {
		b.add(Block{Kind: Picture, Graph: g})
	}
	for _, item := range t.order {
		switch item := item.(type) {
		case *rules.Rule:
			b.rule(item)
		case []*rules.Rule:
			b.table(item)
		}
	}
	for _, th := range t.thresholds {
		b.parameter("threshold", th.Name)
	}
	for _, a := range t.assumptions {
		b.parameter("assumption", a.Name())
	}
}

// rule is a section on one rule, or on a line of the report.
func (b *builder) rule(r *rules.Rule) {
	b.heading(3, anchor("rule", r.Name), "Rule ", code(r.Name))
	b.source(r)
	b.para(r.Doc)
	b.english(r)
	b.says(r)
	b.exercised(r.Name)
}

// source says where a rule stands and what it encodes.
func (b *builder) source(r *rules.Rule) {
	cites := b.cites(r.Cites)
	if r.Extension != "" && len(cites) == 0 {
		cites = with(link("extension", r.Extension))
	}
	b.para(spaced(cites, with(aside("%s", r.Span))))
}

// spaced are two lines with a space between, where there are two.
func spaced(a, b Line) Line {
	if len(a) == 0 {
		return b
	}
	return with(a, " ", b)
}

// cites are links to claims and extensions.
func (b *builder) cites(ids []string) Line {
	var out Line
	for i, id := range ids {
		if i > 0 {
			out = append(out, plain(", "))
		}
		kind := "claim"
		if b.pack.Extension(id) != nil {
			kind = "extension"
		}
		out = append(out, link(kind, id))
	}
	return out
}

// english is a rule as package prose reads it: what it binds, what must hold, what it
// concludes.
func (b *builder) english(r *rules.Rule) {
	t, l := prose.Of(b.pack, r), linkerOf(b.pack, r)
	given := strings.Join(t.Given, " ")
	if len(t.Conditions) > 0 {
		b.para(l.line(capital(strings.TrimSpace(given + " if"))))
		items := make([]Line, len(t.Conditions))
		for i, c := range t.Conditions {
			items[i] = l.line(c)
		}
		b.list(items...)
		given = "then"
	}
	for i, c := range t.Conclusions {
		if i > 0 {
			given = "and"
		}
		fields := make([]Line, len(c.Fields))
		for k, f := range c.Fields {
			fields[k] = with(Span{Text: f.Name, To: anchor("field", c.Fact+"."+f.Name), Style: Code}, " = ", l.line(f.Value))
		}
		b.para(l.line(capital(strings.TrimSpace(given+" conclude"))), " ", link("type", c.Fact), b.ending(len(fields)))
		b.list(fields...)
	}
	if len(t.Conclusions) == 0 {
		b.para(l.line(capital(strings.TrimSpace(given + " it is said:"))))
	}
}

func (b *builder) ending(fields int) string {
	if fields > 0 {
		return " with"
	}
	return "."
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// says is the sentence that the rule's author gave it.
func (b *builder) says(r *rules.Rule) {
	if r.Says != nil {
		b.para("“" + r.Says.Text + "”")
	}
}

// table is a section on a decision table, with a row for each of its rows.
func (b *builder) table(rows []*rules.Rule) {
	first := rows[0]
	b.heading(3, anchor("table", first.Row.Table), "Table ", code(first.Row.Table))
	b.para("Read from the top; the first row that holds decides.", b.total(first))
	t, l := prose.Of(b.pack, first), linkerOf(b.pack, first)
	if len(t.Given) > 0 {
		b.para(l.line(capital(strings.TrimSuffix(strings.Join(t.Given, " "), ","))), ":")
	}
	block := Block{Kind: Table, Head: []Line{with("row"), with("holds where")}}
	for _, c := range t.Conclusions {
		for _, f := range c.Fields {
			name := c.Fact + "." + f.Name
			block.Head = append(block.Head, with(Span{Text: name, To: anchor("field", name), Style: Code}))
		}
	}
	block.Head = append(block.Head, with("says"), with("cites"))
	for _, r := range rows {
		block.Rows = append(block.Rows, b.row(r))
	}
	b.add(block)
	for _, r := range rows {
		if line := b.exercise(r.Name); len(line) > 0 {
			b.para(link("rule", r.Name), ": ", line)
		}
	}
}

func (b *builder) total(r *rules.Rule) string {
	if r.Row.Total {
		return " The last row has no condition of its own, so that one of them holds wherever what they share does."
	}
	return ""
}

func (b *builder) row(r *rules.Rule) Row {
	t, l := prose.Of(b.pack, r), linkerOf(b.pack, r)
	conditions := t.Conditions
	if t.OtherRows {
		conditions = conditions[1:]
	}
	cells := []Line{with(code(r.Row.Name)), with(l.line(strings.Join(conditions, ", and ")))}
	if len(conditions) == 0 {
		cells[1] = with(aside("no earlier row holds"))
	}
	for _, c := range t.Conclusions {
		for _, f := range c.Fields {
			cells = append(cells, l.line(f.Value))
		}
	}
	says := ""
	if r.Says != nil {
		says = r.Says.Text
	}
	return Row{ID: anchor("rule", r.Name), Cells: append(cells, with(says), spaced(b.cites(r.Cites), with(aside("%s", r.Span))))}
}

// exercised is a paragraph on where a rule is exercised.
func (b *builder) exercised(name string) { b.para(b.exercise(name)) }

// mostNamed is how many runs are named before it is said how many more there are. Each
// run lists all that it rests on.
const mostNamed = 12

// exercise says in which tests and cases a rule or a line holds, and in which the answer
// rests on it.
func (b *builder) exercise(name string) Line {
	var out Line
	for _, of := range []struct {
		x    *exercise
		kind string
	}{{b.tests, "test"}, {b.cases, "case"}} {
		if of.x.runs == 0 {
			continue
		}
		if len(out) > 0 {
			out = append(out, plain(" "))
		}
		out = append(out, of.x.says(name, of.kind, b.closest(name))...)
	}
	return out
}

// closest says how near a test of some name stands to a rule: one that expects it in its
// proof is nearer than one that cites what it cites.
func (b *builder) closest(rule string) func(run string) int {
	var cites []string
	if r := b.pack.Rule(rule); r != nil {
		cites = r.Cites
	}
	return func(run string) int {
		t := b.pack.Test(run)
		switch {
		case t == nil:
			return 0
		case slices.Contains(t.Expect.Proof, rule):
			return 2
		case slices.ContainsFunc(t.Cites, func(c string) bool { return slices.Contains(cites, c) }):
			return 1
		}
		return 0
	}
}

// says says it of the runs of one kind, the closest first.
func (x *exercise) says(name, kind string, closest func(string) int) Line {
	holds, rests := x.holds[name], x.rests[name]
	if len(holds) == 0 && x.can[name] == 0 {
		return with(strong(fmt.Sprintf("Exercised by none of %d %ss.", x.runs, kind)))
	}
	out := with(fmt.Sprintf("Holds in %d of %d %ss", len(holds), x.runs, kind))
	if n := x.can[name]; n > 0 {
		out = append(out, plain(", can hold in %d more", n))
	}
	if len(rests) == 0 {
		return with(out, first(kind, holds, closest), ".")
	}
	return with(out, plain("; the answer rests on it in %d", len(rests)), first(kind, rests, closest), ".")
}

// first are the first of several runs, behind a colon.
func first(kind string, names []string, closest func(string) int) Line {
	if len(names) == 0 {
		return nil
	}
	names = slices.Clone(names)
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(closest(b), closest(a)) })
	out := with(": ", named(kind, names[:min(mostNamed, len(names))]))
	if more := len(names) - mostNamed; more > 0 {
		out = append(out, plain(" and %d more", more))
	}
	return out
}
