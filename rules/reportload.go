package rules

import (
	"slices"
	"strings"

	"truce/facts"
	"truce/facts/doc"
	"truce/rules/condition"
)

// report reads the report sections of all files. Each of answer, disclaimer and
// confidence stands in one of them; a section is declared once, with its title,
// and other files may add lines to it by its name.
func (l *loader) report() {
	items := l.sections["report"]
	records := make([]record, len(items))
	for i, it := range items {
		r, ok := l.record(it.node, reportRecord)
		if !ok {
			return
		}
		records[i] = r
		l.reportTexts(r)
		l.eachSection(r, func(r record, name *doc.Node) { l.declareSection(r, name) })
	}
	for i, it := range items {
		l.eachSection(records[i], func(r record, name *doc.Node) { l.sectionLines(it, r, name) })
		if n := records[i].get("confidence"); n != nil && l.declare("report part", "confidence", records[i].head("confidence")) {
			l.confidence(n)
		}
	}
	l.answers(records)
}

func (l *loader) reportTexts(r record) {
	if n := r.get("disclaimer"); n != nil && l.declare("report part", "disclaimer", r.head("disclaimer")) {
		l.pack.Report.Disclaimer = l.text(n, "disclaimer")
	}
}

func (l *loader) eachSection(r record, do func(record, *doc.Node)) {
	n := r.get("sections")
	if n == nil || n.Kind != doc.List {
		if n != nil {
			l.list(n, "sections")
		}
		return
	}
	for _, m := range n.Items {
		if m.Kind != doc.Map {
			l.record(m, sectionRecord)
			continue
		}
		s := record{l: l, n: m, what: "a section"}
		if name := s.need("section"); name != nil {
			do(s, name)
		}
	}
}

// declareSection reads a section where its title stands.
func (l *loader) declareSection(r record, nameNode *doc.Node) {
	l.record(r.n, sectionRecord)
	name := l.name(nameNode, "a section", ruleForm)
	if r.get("title") == nil || name == "" || !l.declare("section", name, nameNode.Span) {
		return
	}
	s := &Section{Name: name, Title: r.text("title"), Empty: r.text("empty"), Span: nameNode.Span,
		Kind: SectionKind(r.word("kind", SectionKindNames())), Short: r.whole("short"), Limit: r.whole("limit")}
	l.pack.Report.Sections = append(l.pack.Report.Sections, s)
	if s.Kind == Matrix {
		s.Grid = l.grid(r)
		return
	}
	for _, key := range []string{"of", "row", "column", "cell"} {
		if r.get(key) != nil {
			l.add(BadSection.At(r.head(key), "section %s is of kind %s, and %q belongs to a matrix", name, s.Kind, key))
		}
	}
}

func (l *loader) grid(r record) *Grid {
	of := r.need("of")
	if of == nil {
		return nil
	}
	g := &Grid{Fact: l.typeNamed(of, l.text(of, "of"))}
	if g.Fact == nil {
		return nil
	}
	for key, to := range map[string]**facts.Field{"row": &g.Row, "column": &g.Column, "cell": &g.Cell} {
		if n := r.need(key); n != nil {
			*to = l.fieldNamed(n, g.Fact, l.text(n, key))
		}
	}
	return g
}

func (l *loader) sectionLines(it item, r record, nameNode *doc.Node) {
	name := strings.TrimSpace(nameNode.Value)
	s := l.pack.Section(name)
	if s == nil {
		if l.declared[declaration{"section", name}].IsZero() && ruleForm.is(name) && nameNode.Kind == doc.Scalar {
			var names []string
			for _, s := range l.pack.Report.Sections {
				names = append(names, s.Name)
			}
			l.add(near(BadSection.At(nameNode.Span, "section %s is declared nowhere", name).
				Expect("`title:`, which declares it, here or in another file"), name, names))
		}
		return
	}
	if r.get("title") == nil {
		for _, e := range r.n.Entries {
			if e.Key.Value != "section" && e.Key.Value != "lines" {
				l.add(BadSection.At(e.Key.Span, "%q of section %s stands apart from its title", e.Key.Value, name).
					See(s.Span, "declared here"))
			}
		}
	}
	n := r.get("lines")
	if n == nil {
		return
	}
	if s.Kind != Lines && s.Kind != Reasons {
		l.add(BadSection.At(r.head("lines"), "section %s is of kind %s, which makes its own lines", name, s.Kind))
		return
	}
	for _, m := range l.list(n, "lines") {
		l.line(it, s, m)
	}
}

// line reads a line of the report as a rule without a conclusion, named
// report/line.
func (l *loader) line(it item, sec *Section, n *doc.Node) {
	r, ok := l.record(n, lineRecord)
	if !ok {
		return
	}
	nameNode, name := r.need("line"), "?"
	rule := &Rule{Theme: it.file.theme, Doc: r.text("doc"), Extension: l.itemExtension(it, r), Span: n.Span}
	if l.leftOut(rule.Extension) {
		return
	}
	if nameNode != nil {
		rule.Span = nameNode.Span
		if name = l.name(nameNode, "a line", ruleForm); name != "" {
			l.declare("line", name, nameNode.Span)
		}
	}
	rule.Name = "report/" + name
	rule.Cites = l.cites(r, rule.Extension)
	s := l.ruleScope("line "+name, rule.Extension, true)
	rule.When = s.when(r.get("when"))
	rule.FactSlots, rule.ValueSlots = s.facts, s.values
	rule.Says = s.template(r.need("says"), nil)
	sec.Lines = append(sec.Lines, &Line{Rule: rule, Weight: s.weight(r.get("weight"))})
	s.done()
}

// weight reads a number, or a numeric formula of any unit.
func (s *ruleScope) weight(n *doc.Node) condition.Expr {
	if n == nil {
		return nil
	}
	number := facts.Type{Kind: facts.Number}
	text := ""
	if n.Kind == doc.Scalar {
		text = strings.TrimSpace(n.Value)
	}
	if !strings.HasPrefix(text, "=") {
		if _, bad := number.ParseText(text); bad != nil && n.Kind == doc.Scalar {
			s.l.add(NotFormula.At(n.Span, "the weight is %q", text).Expect("a number, or a formula such as =%s", text))
			return nil
		}
		v, ok := s.l.known(n, number)
		if !ok {
			return nil
		}
		return condition.Constant(n.Span, number, v)
	}
	x, ok := s.behindEquals(n)
	if !ok {
		return nil
	}
	e, ok := s.parse(x, condition.WantValue())
	if !ok {
		return nil
	}
	if !e.Type().Kind.Numeric() {
		s.l.add(NotFormula.At(e.Span(), "the weight is %s", article(e.Type().Kind)).Expect("a number"))
		return nil
	}
	return e
}

// answers reads the sentence for each value of the goal.
func (l *loader) answers(records []record) {
	var at facts.Span
	found := false
	for _, r := range records {
		n := r.get("answer")
		if n == nil || !l.declare("report part", "answer", r.head("answer")) {
			continue
		}
		at, found = r.head("answer"), true
		for _, e := range l.entries(n, "answer") {
			l.pack.Report.Answer = append(l.pack.Report.Answer,
				AnswerSentence{Value: e.Key.Value, Says: l.text(e.Value, e.Key.Value), Span: e.Key.Span})
		}
	}
	g := l.pack.Goal.Field
	if g == nil || len(records) == 0 {
		return
	}
	if !found {
		at = records[0].head("answer")
	}
	l.answersTotal(g, at)
}

func (l *loader) answersTotal(g *facts.Field, at facts.Span) {
	var missing []string
	for _, v := range g.Type.Names.List {
		if !slices.ContainsFunc(l.pack.Report.Answer, func(a AnswerSentence) bool { return a.Value == v }) {
			missing = append(missing, v)
		}
	}
	for _, a := range l.pack.Report.Answer {
		if g.Type.Names.Index(a.Value) < 0 {
			l.add(near(BadGoal.At(a.Span, "%q is no value of the goal", a.Value), a.Value, g.Type.Names.List))
		}
	}
	if len(missing) > 0 {
		l.add(NoSentence.At(at, "the report has no sentence for %s", strings.Join(missing, ", ")).
			Expect("a sentence for each of %s", strings.Join(g.Type.Names.List, ", ")))
	}
}

// confidence reads the table from counts of marks to a level.
func (l *loader) confidence(n *doc.Node) {
	rows := l.list(n, "confidence")
	for i, m := range rows {
		r, ok := l.record(m, confidenceRecord)
		if !ok {
			continue
		}
		s := l.ruleScope("the confidence table", "", true)
		s.scope.Schema = &facts.Schema{}
		for slot, name := range ConfidenceNames() {
			s.scope.Bindings[name] = condition.Binding{Slot: slot, Type: facts.Type{Kind: facts.Integer}}
		}
		row := ConfidenceRow{Span: m.Span}
		if n := r.need("level"); n != nil {
			row.Level, row.Span = l.text(n, "level"), n.Span
		}
		last := i == len(rows)-1
		if when := r.get("when"); when != nil {
			row.When, _ = s.conditionLine(when)
			if last {
				l.add(BadConfidence.At(r.head("when"), "the last row has a condition, and where it does not hold there is no level").
					Suggest("add a row without `when`"))
			}
		} else if !last {
			l.add(BadConfidence.At(row.Span, "a row without a condition comes before the last: those behind it are never reached"))
		}
		row.Says = s.template(r.need("says"), nil)
		l.pack.Report.Confidence = append(l.pack.Report.Confidence, row)
	}
}
