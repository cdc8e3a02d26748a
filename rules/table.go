package rules

import (
	"slices"
	"strings"

	"truce/facts"
	"truce/facts/doc"
	"truce/rules/condition"
	"truce/rules/grid"
)

// Table is a decision table of a pack. Its rows are rules: those whose Row names it.
type Table struct {
	Name   string
	Hit    Hit
	File   string // the sheet that holds its rows, of Pack.Files; "" where YAML does
	Fact   *facts.FactType
	Common []*Step // the lines that all rows share
	Span   facts.Span
}

// Rows are the rules that the rows of a table are, in order.
func (p *Pack) Rows(table string) []*Rule {
	var rows []*Rule
	for _, r := range p.Rules {
		if r.Row != nil && r.Row.Table == table {
			rows = append(rows, r)
		}
	}
	return rows
}

// Cells are the conditions of a row alone: neither those that all rows share nor what it
// asks of other rows.
func (r *Rule) Cells() []condition.Expr {
	var conds []condition.Expr
	for _, s := range r.When[r.Row.Common:] {
		if s.NotRow == "" {
			conds = append(conds, s.Expr)
		}
	}
	return conds
}

// Grid is a table's inputs and cells, with the thresholds as they stand: what overlaps
// in it, and what it leaves out.
func (p *Pack) Grid(table string) *grid.Table {
	var rows []grid.Row
	for _, r := range p.Rows(table) {
		rows = append(rows, grid.Row{Name: r.Row.Name, Conds: r.Cells()})
	}
	return grid.New(rows, func(t *condition.Threshold) facts.Value { return p.Thresholds[t.Index].Value })
}

// table is a decision table while it is read.
type table struct {
	l        *loader
	item     item
	name     string
	hit      Hit
	ext      string
	doc      string
	cites    []string
	scope    *ruleScope
	common   []*Step
	conclude *doc.Node
	rows     []*tableRow
	at       facts.Span
}

// tableRow is a row before it is written as a rule.
type tableRow struct {
	rule  *Rule
	conds []*Step
	bare  bool // written without a condition
	with  *doc.Node
}

// table reads a decision table and writes its rows as rules.
func (l *loader) table(it item) {
	r, ok := l.record(it.node, tableRecord)
	if !ok {
		return
	}
	n := r.need("table")
	t := table{l: l, item: it, ext: l.itemExtension(it, r)}
	if n == nil { // its key is there, with nothing behind it
		l.incomplete = true
		return
	}
	if t.name = l.name(n, "a table", ruleForm); t.name == "" {
		t.name = "?"
	}
	if l.leftOut(t.ext) {
		return
	}
	if t.name == "report" {
		l.add(Shadows.At(n.Span, "a table cannot be called report: its rows would be named as lines of the report are"))
	}
	l.declare("table", t.name, n.Span)
	t.at, t.hit = n.Span, Hit(hits[r.word("hit", hits)])
	t.doc, t.cites = r.text("doc"), l.cites(r, t.ext)
	t.scope = l.ruleScope("table "+t.name, t.ext, false)
	t.common = t.scope.when(r.get("when"))
	t.conclude = r.need("conclude")
	if !t.read(r) {
		return
	}
	t.finish()
	entry := &Table{Name: t.name, Hit: t.hit, Common: t.common, Span: t.at}
	if f := r.get("file"); f != nil {
		entry.File = strings.TrimSpace(f.Value)
	}
	if len(t.rows) > 0 && len(t.rows[0].rule.Then) > 0 {
		entry.Fact = t.rows[0].rule.Then[0].Fact
	}
	l.pack.Tables = append(l.pack.Tables, entry)
}

// read reads the rows, from where they stand.
func (t *table) read(r record) bool {
	l := t.l
	if f := r.get("file"); f != nil {
		if rows := r.get("rows"); rows != nil {
			l.add(BadSheet.At(r.head("rows"), "table %s has rows here and in a file", t.name).Suggest("take one of them out"))
			return false
		}
		return t.sheet(f, r)
	}
	rows := r.need("rows")
	if rows == nil {
		return true
	}
	items := l.list(rows, "rows")
	if rows.Kind == doc.List && len(items) == 0 {
		l.add(MissingKey.At(rows.Span, "table %s has no rows", t.name))
	}
	if !t.within(len(items)) {
		return false
	}
	for i, m := range items {
		t.row(i, m)
	}
	return true
}

// within reports whether the rows are not too many.
func (t *table) within(rows int) bool {
	if rows <= t.l.limits.Rows {
		return true
	}
	t.l.add(TooMuch.At(t.at, "table %s has %d rows", t.name, rows).Expect("%d at most", t.l.limits.Rows))
	t.l.incomplete = true
	return false
}

func (t *table) row(index int, n *doc.Node) {
	r, ok := t.l.record(n, rowRecord)
	if !ok {
		return
	}
	when := r.get("when")
	t.add(index, n, r, func(s *ruleScope) ([]*Step, bool) {
		if when == nil || when.Kind == doc.List && len(when.Items) == 0 {
			return nil, true
		}
		return s.conditions(when), false
	})
}

// add reads a row, whose conditions come from conds, which also says whether none are
// written.
func (t *table) add(index int, n *doc.Node, r record, conds func(*ruleScope) ([]*Step, bool)) {
	row, name := r.need("row"), "?"
	rule := &Rule{Theme: t.item.file.theme, Span: n.Span}
	if row != nil {
		name = t.l.name(row, "a row", ruleForm)
		rule.Span = row.Span
	}
	rule.Extension = t.l.itemExtension(item{file: t.item.file, node: n, ext: t.ext}, r)
	if t.l.leftOut(rule.Extension) {
		return
	}
	rule.Name = t.name + "/" + name
	if row != nil && name != "" {
		t.l.declare("row", rule.Name, row.Span)
	}
	rule.Row = &Row{Table: t.name, Name: name, Index: index, Hit: t.hit, Common: len(t.common)}
	t.fill(rule, r, conds)
}

func (t *table) fill(rule *Rule, r record, conds func(*ruleScope) ([]*Step, bool)) {
	s := t.scope.clone()
	s.who, s.ext = "row "+rule.Name, rule.Extension
	rule.Doc = r.text("doc")
	if rule.Doc == "" {
		rule.Doc = t.doc
	}
	rule.Cites = t.l.cites(r, rule.Extension)
	if r.get("cites") == nil && rule.Extension == t.ext {
		rule.Cites = t.cites
	}
	t.l.cited(r, rule, s.who)
	tr := &tableRow{rule: rule, with: r.get("with")}
	tr.conds, tr.bare = conds(s)
	if c := s.conclusion(t.conclude, r); c != nil {
		c.Span = rule.Span
		rule.Then = []*Conclusion{c}
	}
	rule.Says = s.template(r.get("says"), rule.Then)
	rule.FactSlots, rule.ValueSlots = t.scope.facts, t.scope.values
	t.rows = append(t.rows, tr)
}

// conditions reads the lines of a row, which bind nothing.
func (s *ruleScope) conditions(n *doc.Node) []*Step {
	var steps []*Step
	items, split := s.lines(n, "when")
	defer split()
	for _, m := range items {
		if e, ok := binding(m); ok {
			s.l.add(RowBinds.At(e.Key.Span, "a row binds %q", e.Key.Value).
				Suggest("bind it in the `when` of the table, or put the condition in quotes"))
			continue
		}
		if step := s.step(m); step != nil {
			steps = append(steps, step)
		}
	}
	return steps
}

// finish writes the rows as rules, in order.
func (t *table) finish() {
	if !t.write() {
		t.l.incomplete = true
		return
	}
	for _, row := range t.rows {
		t.l.appendRule(row.rule)
	}
}

// write gives the rules of the rows their steps, where the rows are as the hit policy
// asks.
func (t *table) write() bool {
	if !t.fits() {
		return false
	}
	total := t.hit == First && len(t.rows) > 0 && t.rows[len(t.rows)-1].bare
	for i, row := range t.rows {
		row.rule.Row.Total = total
		row.rule.When = t.steps(i)
	}
	return true
}

// steps are the shared steps, what the hit policy asks of other rows, and the row's
// own.
func (t *table) steps(i int) []*Step {
	var steps []*Step
	for _, s := range t.common {
		c := *s
		steps = append(steps, &c)
	}
	for j, other := range t.rows {
		if j == i {
			continue
		}
		if s := t.apart(i, j); s != nil {
			s.NotRow, s.Kind, s.Span = other.rule.Row.Name, Condition, other.rule.Span
			steps = append(steps, s)
		}
	}
	steps = append(steps, t.rows[i].conds...)
	for j, s := range steps {
		s.Index = j
	}
	return slices.Clip(steps)
}
