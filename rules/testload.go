package rules

import (
	"slices"
	"strings"

	"truce/facts"
	"truce/facts/doc"
	"truce/rules/condition"
)

// tests reads the pack's own tests. Where extensions are left out, a test that
// names something of theirs is left out too.
func (l *loader) tests() {
	for _, it := range l.sections["tests"] {
		if l.leftOut(it.ext) {
			continue
		}
		before := len(l.ds)
		t := l.test(it)
		if l.sourceOnly && l.ds[before:].HasErrors() {
			l.ds, t = l.ds[:before], nil
		}
		if t != nil {
			l.pack.Tests = append(l.pack.Tests, t)
		}
	}
}

func (l *loader) test(it item) *Test {
	r, ok := l.record(it.node, testRecord)
	if !ok {
		return nil
	}
	t := &Test{Doc: r.text("doc"), Span: it.node.Span}
	n := r.need("test")
	if n == nil {
		return nil
	}
	t.Span = n.Span
	if t.Name = l.name(n, "a test", testForm); t.Name == "" || !l.declare("test", t.Name, n.Span) {
		return nil
	}
	t.Cites = l.cites(r, it.ext)
	c, ds := facts.ReadCaseNode(caseNode(r, n), l.pack.Schema, facts.ReadOptions{})
	l.ds = append(l.ds, ds...)
	t.Case = c
	if e := r.need("expect"); e != nil {
		l.expectation(t, e, it)
	}
	return t
}

// caseNode is the case that a test makes up: its own date and facts under its own
// name.
func caseNode(r record, name *doc.Node) *doc.Node {
	c := &doc.Node{Kind: doc.Map, Span: name.Span}
	add := func(key string, value *doc.Node, at *doc.Node) {
		k := &doc.Node{Kind: doc.Scalar, Value: key, Span: at.Span}
		c.Entries = append(c.Entries, doc.Entry{Key: k, Value: value})
	}
	add("case", name, name)
	add("title", name, name)
	hasFacts := false
	for _, e := range r.n.Entries {
		switch e.Key.Value {
		case "as_of", "facts", "complete":
			c.Entries = append(c.Entries, e)
			hasFacts = hasFacts || e.Key.Value == "facts"
		}
	}
	if !hasFacts {
		add("facts", &doc.Node{Kind: doc.Map, Span: name.Span}, name)
	}
	return c
}

func (l *loader) expectation(t *Test, n *doc.Node, it item) {
	r, ok := l.record(n, expectRecord)
	if !ok {
		return
	}
	if len(n.Entries) == 0 {
		l.add(BadExpectation.At(n.Span, "test %s expects nothing", t.Name))
	}
	x := &t.Expect
	x.Answer = l.expectedAnswer(r)
	who := "test " + t.Name
	x.Holds = l.expected(r, "holds", who, it.ext)
	x.CanHold = l.expected(r, "can_hold", who, it.ext)
	x.Cannot = l.expected(r, "cannot_hold", who, it.ext)
	x.Proof = l.expectedRules(r, "proof")
	x.NotProof = l.expectedRules(r, "not_proof")
}

// expectedAnswer reads one goal value or a list of them.
func (l *loader) expectedAnswer(r record) []string {
	n := r.get("answer")
	if n == nil {
		return nil
	}
	nodes := []*doc.Node{n}
	if n.Kind == doc.List {
		nodes = r.textNodes("answer")
	}
	var values []string
	for _, m := range nodes {
		v := l.text(m, "answer")
		switch g := l.pack.Goal.Field; {
		case g == nil || v == "" && m.Kind != doc.Scalar:
		case g.Type.Names.Index(v) < 0:
			l.add(near(BadExpectation.At(m.Span, "%q is no value of the goal", v), v, g.Type.Names.List))
		case slices.Contains(values, v):
			l.add(Duplicate.At(m.Span, "%q stands twice", v))
		default:
			values = append(values, v)
		}
	}
	slices.Sort(values)
	return values
}

// expected reads the conditions at a key. They may read what extensions declare:
// where those are left out, the test is.
func (l *loader) expected(r record, key, who, ext string) []condition.Expr {
	n := r.get(key)
	if n == nil {
		return nil
	}
	var es []condition.Expr
	for _, m := range l.expressionItems(n, key) {
		s := l.ruleScope(who, ext, true)
		s.test = true
		if e, ok := s.conditionLine(m); ok {
			es = append(es, e)
		}
		s.done()
	}
	return es
}

func (l *loader) expectedRules(r record, key string) []string {
	var names []string
	for _, n := range r.textNodes(key) {
		name := strings.TrimSpace(n.Value)
		if l.declared[declaration{"rule", name}].IsZero() && l.declared[declaration{"row", name}].IsZero() {
			l.add(near(UnknownRule.At(n.Span, "there is no rule %s", name), name, l.ruleNames()))
			continue
		}
		names = append(names, name)
	}
	return names
}
