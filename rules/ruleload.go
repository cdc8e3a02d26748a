package rules

import (
	"slices"
	"strings"

	"truce/facts"
	"truce/facts/doc"
	"truce/facts/source"
	"truce/rules/condition"
)

// expressions is the second pass: all that is written in the language of
// conditions.
func (l *loader) expressions() {
	l.constraints()
	for _, it := range l.sections["rules"] {
		if it.node.Get("table") != nil {
			l.table(it)
		} else {
			l.rule(it)
		}
	}
	l.report()
	l.tests()
}

func (l *loader) rule(it item) {
	r, ok := l.record(it.node, "a rule", "rule", "doc", "cites", "says", "when", "then", "extension")
	if !ok {
		return
	}
	n := r.need("rule")
	name, who := "?", "this rule"
	if n != nil {
		if name = l.name(n, "a rule", ruleForm); name != "" {
			who = "rule " + name
		}
	}
	ext := l.itemExtension(it, r)
	if l.leftOut(ext) {
		return
	}
	if n != nil && name != "" && !l.declare("rule", name, n.Span) {
		l.incomplete = true
	}
	s := l.ruleScope(who, ext, false)
	rule := &Rule{Name: name, Theme: it.file.theme, Doc: r.text("doc"), Extension: ext, Span: it.node.Span}
	if n != nil {
		rule.Span = n.Span
	}
	rule.Cites = l.cites(r, ext)
	l.cited(r, rule, s.who)
	rule.When = s.when(r.get("when"))
	rule.FactSlots, rule.ValueSlots = s.facts, s.values
	if then := r.need("then"); then != nil {
		rule.Then = s.conclusions(then)
	}
	rule.Says = s.template(r.get("says"), rule.Then)
	s.done()
	l.appendRule(rule)
}

func (l *loader) appendRule(r *Rule) {
	r.Index = len(l.pack.Rules)
	l.pack.Rules = append(l.pack.Rules, r)
}

// cited asks for a claim where the pack has claims and no extension speaks.
func (l *loader) cited(r record, rule *Rule, who string) {
	n := r.get("cites")
	written := n != nil && (n.Kind != doc.List || len(n.Items) > 0)
	if len(rule.Cites) == 0 && !written && !r.misspelt["cites"] && rule.Extension == "" && len(l.pack.Claims) > 0 {
		l.add(NoCite.At(rule.Span, "%s cites no claim", who).
			Suggest("add `cites: [...]`, or put it into a file with `extension:` if the source does not say it"))
	}
}

func (s *ruleScope) conclusions(n *doc.Node) []*Conclusion {
	var cs []*Conclusion
	items := s.l.list(n, "then")
	if n.Kind == doc.List && len(items) == 0 {
		s.l.add(MissingKey.At(n.Span, "%s concludes nothing", s.who).Suggest("- conclude: Type"))
	}
	for _, m := range items {
		r, ok := s.l.record(m, "a conclusion", "conclude", "with")
		if !ok {
			continue
		}
		if c := s.conclusion(r.need("conclude"), r); c != nil {
			cs = append(cs, c)
		}
	}
	return cs
}

// conclusion reads the type of a concluded fact and a value for each field, which
// stand in the record under `with`. It is nil where the type is not known.
func (s *ruleScope) conclusion(typ *doc.Node, r record) *Conclusion {
	if typ == nil {
		return nil
	}
	t := s.l.typeNamed(typ, s.l.text(typ, "conclude"))
	if t == nil {
		s.l.incomplete = true
		return nil
	}
	if !t.Concluded {
		s.l.add(NotConcluded.At(typ.Span, "%s is stated by cases, and no rule can conclude it", t.Name).
			See(t.Span, "declared here").Suggest("conclude a type with `concluded: true`"))
		return nil
	}
	s.l.reads = append(s.l.reads, reading{who: s.who, ext: s.ext, typ: t, at: typ.Span})
	c := &Conclusion{Fact: t, Fields: make([]condition.Expr, len(t.Fields)), Span: typ.Span}
	with := r.get("with")
	if with != nil {
		for _, e := range s.l.splitEntries(s.l.entries(with, "with")) {
			if f := s.l.fieldNamed(e.Key, t, e.Key.Value); f != nil {
				c.Fields[f.Index] = s.fieldValue(e.Value, f)
			}
		}
	}
	if !r.misspelt["with"] {
		s.missing(t, with, r.head("with"))
	}
	return c
}

// missing reports the fields that have no value.
func (s *ruleScope) missing(t *facts.FactType, with *doc.Node, at facts.Span) {
	if with != nil && with.Kind != doc.Map {
		return
	}
	var names, unknown []string
	given := make([]bool, len(t.Fields))
	if with != nil {
		for _, e := range with.Entries {
			if f := t.Field(e.Key.Value); f == nil {
				unknown = append(unknown, e.Key.Value)
			} else {
				given[f.Index] = true
			}
		}
	}
	for i, f := range t.Fields {
		if !given[i] && source.Nearest(f.Name, unknown) == "" {
			names = append(names, f.Name)
		}
	}
	if len(names) > 0 {
		s.l.add(MissingField.At(at, "%s concludes %s without %s", s.who, t.Name, strings.Join(names, ", ")).
			Expect("a value for each of %s", strings.Join(t.FieldNames(), ", ")))
	}
}

// fieldValue reads a literal by the field's type, or a formula behind =.
func (s *ruleScope) fieldValue(n *doc.Node, f *facts.Field) condition.Expr {
	if n.Kind == doc.Scalar && strings.HasPrefix(strings.TrimSpace(n.Value), "=") {
		e, ok := s.formula(n, f.Type)
		if !ok {
			return nil
		}
		return e
	}
	if s.looksComputed(n, f.Type) {
		text := strings.TrimSpace(n.Value)
		s.l.add(NotFormula.At(n.Span, "%q is read as it stands, not computed", text).Suggest("write =%s", text))
		s.l.incomplete = true
		return nil
	}
	v, ok := s.l.known(n, f.Type)
	if !ok {
		s.l.incomplete = true
		return nil
	}
	return condition.Constant(n.Span, f.Type, v)
}

// looksComputed reports whether a literal was most likely meant as a formula: it
// names what is bound, or a threshold, and is no value of the type. A text is taken
// for one only where it is nothing but such a name with a field behind it.
func (s *ruleScope) looksComputed(n *doc.Node, t facts.Type) bool {
	if n.Kind != doc.Scalar || n.Null {
		return false
	}
	text := strings.TrimSpace(n.Value)
	if t.Kind == facts.Text {
		name, field, ok := strings.Cut(text, ".")
		return ok && n.Style == doc.Plain && s.isBound(name) && wordForm.is(field)
	}
	if _, bad := t.ParseText(text); bad == nil {
		return false
	}
	return slices.ContainsFunc(identifier.FindAllString(text, -1), s.isBound)
}

func (s *ruleScope) isBound(name string) bool {
	_, ok := s.bound[name]
	return ok || name == "threshold"
}

// table reads a decision table and writes its rows as rules: each holds where the
// shared steps do, no earlier row does, and its own conditions do.
func (l *loader) table(it item) {
	r, ok := l.record(it.node, "a table", "table", "hit", "doc", "cites", "when", "conclude", "rows", "extension")
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
	if h := r.get("hit"); h != nil && l.text(h, "hit") != "first" {
		l.add(OnlyFirst.At(h.Span, "hit policy %q", h.Value).Expect("first"))
	}
	t.doc, t.cites = r.text("doc"), l.cites(r, t.ext)
	t.scope = l.ruleScope("table "+t.name, t.ext, false)
	t.common = t.scope.when(r.get("when"))
	t.conclude = r.need("conclude")
	if rows := r.need("rows"); rows != nil {
		items := l.list(rows, "rows")
		if rows.Kind == doc.List && len(items) == 0 {
			l.add(MissingKey.At(rows.Span, "table %s has no rows", t.name))
		}
		if len(items) > l.limits.Rows {
			l.add(TooMuch.At(n.Span, "table %s has %d rows", t.name, len(items)).Expect("%d at most", l.limits.Rows))
			l.incomplete = true
			return
		}
		for i, m := range items {
			t.row(i, m)
		}
	}
	t.finish()
}

type table struct {
	l        *loader
	item     item
	name     string
	ext      string
	doc      string
	cites    []string
	scope    *ruleScope
	common   []*Step
	conclude *doc.Node
	rows     []*tableRow
}

// tableRow is a row before it is written as a rule.
type tableRow struct {
	rule  *Rule
	conds []*Step
	bare  bool // written without a condition
}

func (t *table) row(index int, n *doc.Node) {
	r, ok := t.l.record(n, "a row", "row", "doc", "when", "with", "cites", "says", "extension")
	if !ok {
		return
	}
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
	rule.Row = &Row{Table: t.name, Name: name, Index: index, Hit: "first", Common: len(t.common)}
	t.fill(rule, r)
}

func (t *table) fill(rule *Rule, r record) {
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
	tr := &tableRow{rule: rule}
	if when := r.get("when"); when == nil || when.Kind == doc.List && len(when.Items) == 0 {
		tr.bare = true
	} else {
		tr.conds = s.conditions(when)
	}
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
	for _, m := range s.l.expressionItems(n, "when") {
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
	total := len(t.rows) > 0 && t.rows[len(t.rows)-1].bare
	for i, row := range t.rows {
		if row.bare && i < len(t.rows)-1 {
			next := t.rows[i+1].rule
			t.l.add(NeverHolds.At(next.Span, "row %s is never reached: row %s holds whenever it is asked", next.Row.Name, row.rule.Row.Name).
				See(row.rule.Span, "this row has no condition"))
			t.l.incomplete = true
			return
		}
		row.rule.Row.Total = total
		row.rule.When = t.steps(i)
		t.l.appendRule(row.rule)
	}
}

// steps are the shared steps, that no earlier row holds, and the row's own.
func (t *table) steps(i int) []*Step {
	var steps []*Step
	for _, s := range t.common {
		c := *s
		steps = append(steps, &c)
	}
	for _, earlier := range t.rows[:i] {
		if s := notRow(earlier); s != nil {
			steps = append(steps, s)
		}
	}
	steps = append(steps, t.rows[i].conds...)
	for j, s := range steps {
		s.Index = j
	}
	return steps
}

func notRow(r *tableRow) *Step {
	var conds []condition.Expr
	var texts []string
	for _, s := range r.conds {
		conds = append(conds, s.Expr)
		texts = append(texts, s.Text)
	}
	if len(conds) == 0 {
		return nil
	}
	at, name := r.rule.Span, r.rule.Row.Name
	both := condition.Conjunction(at, strings.Join(texts, " and "), conds)
	text := "not row `" + name + "`"
	return &Step{Kind: Condition, Expr: condition.Negation(at, text, both), Text: text, Earlier: name, Span: at}
}

// names lists rule names for hints.
func (l *loader) ruleNames() []string {
	var names []string
	for _, r := range l.pack.Rules {
		names = append(names, r.Name)
	}
	slices.Sort(names)
	return names
}
