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
	r, ok := l.record(it.node, ruleRecord)
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
		r, ok := s.l.record(m, conclusionRecord)
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
		for _, e := range s.splitEntries(s.l.entries(with, "with")) {
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
			Expect("a value for each of %s", strings.Join(t.FieldNames(), ", ")).
			Suggest("add %s: ... under `with`", names[0]))
	}
}

// fieldValue reads a literal by the field's type, or a formula behind =.
func (s *ruleScope) fieldValue(n *doc.Node, f *facts.Field) condition.Expr {
	if n.Kind == doc.Scalar && strings.HasPrefix(strings.TrimSpace(n.Value), "=") {
		if s.symbolBehindEquals(n, f.Type) {
			return nil
		}
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
