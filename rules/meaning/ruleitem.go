package meaning

import (
	"fmt"
	"slices"

	"truce/rules"
)

// rules takes apart rules, and tables with their rows.
func (l *lister) rules() {
	tables := map[string]*item{}
	for _, r := range l.pack.Rules {
		if r.Row == nil {
			it := l.add(&item{kind: Rule, key: l.of(Rule, r.Name), name: r.Name, at: r.Span})
			lines := linesOf(l.names, r.When)
			it.add("when", lines.when()...)
			it.add("then", lines.then(r.Then)...)
			l.ruleRest(it, r)
			continue
		}
		table := tables[r.Row.Table]
		if table == nil {
			table = l.addTable(r)
			tables[r.Row.Table] = table
		}
		l.addRow(table, r)
	}
	for _, t := range tables {
		slices.Sort(t.within)
	}
}

// addTable is what the rows of a table share, from its first row.
func (l *lister) addTable(r *rules.Rule) *item {
	it := l.add(&item{kind: Table, key: l.of(Table, r.Row.Table), name: r.Row.Table, at: r.Span})
	it.value("hit", string(r.Row.Hit))
	it.add("when", linesOf(l.names, r.When[:r.Row.Common]).when()...)
	it.parts = append(it.parts, part{name: "order of rows", order: true})
	return it
}

// addRow is a row: its own conditions, which may speak of what the table has bound.
func (l *lister) addRow(table *item, r *rules.Rule) {
	it := l.add(&item{kind: Row, key: l.names.row(r.Row.Table, r.Row.Name), name: r.Name, at: r.Span})
	lines := linesOf(l.names, r.Own().When)
	shared := len(linesOf(l.names, r.When[:r.Row.Common]).when())
	it.add("when", lines.when()[shared:]...)
	it.add("then", lines.then(r.Then)...)
	l.ruleRest(it, r)
	if r.Row.Hit == rules.First { // which row stands first means nothing to the others
		order := &table.parts[slices.IndexFunc(table.parts, func(p part) bool { return p.order })]
		order.lines = append(order.lines, written(it.key, Text{r.Row.Name, r.Span}))
	}
	for _, p := range it.parts {
		for _, x := range p.lines {
			table.within = append(table.within, r.Row.Name+" "+p.name+" "+x.mark)
		}
	}
}

// ruleRest is what rules, rows and lines have alike.
func (l *lister) ruleRest(it *item, r *rules.Rule) {
	l.standing(it, r.Cites, r.Extension)
	if r.Says != nil {
		it.words("says", r.Says.Text)
	}
	it.words("doc", r.Doc)
}

func (l *lister) report() {
	p := l.pack.Report
	for _, s := range p.Sections {
		it := l.add(&item{kind: Section, key: l.of(Section, s.Name), name: s.Name, at: s.Span, weak: true})
		it.value("kind", s.Kind.String())
		it.value("short", number(s.Short))
		it.value("limit", number(s.Limit))
		if g := s.Grid; g != nil {
			it.add("of", written(l.mark(FactType, g.Fact.Name), Text{Text: g.Fact.Name}))
			it.add("row", written(l.field(g.Fact, g.Row), Text{Text: g.Row.Name}))
			it.add("column", written(l.field(g.Fact, g.Column), Text{Text: g.Column.Name}))
			it.add("cell", written(l.field(g.Fact, g.Cell), Text{Text: g.Cell.Name}))
		}
		it.words("title", s.Title)
		it.words("empty", s.Empty)
		for _, x := range s.Lines {
			l.addLine(s, x)
		}
	}
	for _, a := range p.Answer {
		it := l.add(&item{kind: Report, key: "answer " + a.Value, name: "answer " + a.Value, at: a.Span})
		it.words("says", a.Says)
	}
	it := l.add(&item{kind: Report, key: "disclaimer", name: "disclaimer"})
	it.words("says", p.Disclaimer)
	l.confidence(p.Confidence)
}

func (l *lister) addLine(s *rules.Section, x *rules.Line) {
	it := l.add(&item{kind: Line, key: l.of(Line, x.Rule.Name), name: x.Rule.Name, at: x.Rule.Span})
	lines := linesOf(l.names, x.Rule.When)
	it.add("section", written(l.mark(Section, s.Name), Text{Text: s.Name}))
	it.add("when", lines.when()...)
	if x.Weight != nil {
		it.add("weight", lines.expression(x.Weight))
	}
	l.ruleRest(it, x.Rule)
}

// confidence is one item: the first of its rows that holds decides.
func (l *lister) confidence(rows []rules.ConfidenceRow) {
	if len(rows) == 0 {
		return
	}
	it := l.add(&item{kind: Report, key: "confidence", name: "confidence", at: rows[0].Span})
	none := linesOf(l.names, nil)
	var lines []line
	for i, c := range rows {
		x := written("", Text{c.Level + " otherwise", c.Span})
		if c.When != nil {
			x = none.expression(c.When)
			x.Text = Text{c.Level + " when " + x.Text.Text, c.Span}
		}
		at := fmt.Sprintf("%03d %s ", i, c.Level)
		x.mark, x.named = at+x.mark, at+x.named
		lines = append(lines, x)
		if c.Says != nil {
			it.words("says of row "+number(i+1), c.Says.Text)
		}
	}
	it.add("rows", lines...)
}
