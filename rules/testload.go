package rules

import (
	"slices"
	"strings"

	"truce/facts"
	"truce/facts/doc"
	"truce/facts/source"
	"truce/rules/condition"
)

// tests reads the pack's own tests. Where extensions are left out, a test that
// names something of theirs is left out too, and so is a row.
func (l *loader) tests() {
	for _, it := range l.sections["tests"] {
		if !l.leftOut(it.ext) {
			l.test(it)
		}
	}
}

// test reads a test, or one for each of its rows.
func (l *loader) test(it item) {
	r, ok := l.record(it.node, testRecord)
	if !ok {
		return
	}
	n := r.need("test")
	if n == nil {
		return
	}
	t := &Test{Doc: r.text("doc"), Span: n.Span}
	if t.Name = l.name(n, "a test", testForm); t.Name == "" || !l.declare("test", t.Name, n.Span) {
		return
	}
	rows := r.get("rows")
	before := len(l.ds)
	l.unlessOfExtension(func() *Test {
		t.Cites = l.cites(r, it.ext)
		if e := r.get("expect"); e != nil {
			l.expectation(t, e, it.ext)
		} else if rows == nil {
			r.need("expect")
		}
		switch {
		case rows == nil:
		case l.pack.SourceOnly && l.ds[before:].HasErrors():
			return nil
		default:
			l.rows(t, r, rows, it.ext)
			return nil
		}
		t.Case = l.testCase(caseNode(r.n, n))
		return t
	})
}

// unlessOfExtension adds the test that read gives. Where extensions are left out, what
// read finds wrong is that something of theirs is missing, and nothing is added.
func (l *loader) unlessOfExtension(read func() *Test) {
	before := len(l.ds)
	t := read()
	if l.pack.SourceOnly && l.ds[before:].HasErrors() {
		l.ds, t = l.ds[:before], nil
	}
	if t != nil {
		l.pack.Tests = append(l.pack.Tests, t)
	}
}

// rows reads the rows of a test, each of which is a test by itself.
func (l *loader) rows(shared *Test, test record, rows *doc.Node, ext string) {
	items := l.list(rows, "rows")
	if rows.Kind == doc.List && len(items) == 0 {
		l.add(MissingKey.At(rows.Span, "test %s has no rows", shared.Name))
	}
	if len(items) > l.limits.Rows {
		l.add(TooMuch.At(shared.Span, "test %s has %d rows", shared.Name, len(items)).Expect("%d at most", l.limits.Rows))
		return
	}
	for _, m := range items {
		l.unlessOfExtension(func() *Test { return l.testRow(shared, test, m, ext) })
	}
}

// testRow is the test that a row makes of its table: what it states stands in place of
// what the table states, and what it expects stands beside.
func (l *loader) testRow(shared *Test, test record, n *doc.Node, ext string) *Test {
	r, ok := l.record(n, testRowRecord)
	if !ok {
		return nil
	}
	name := r.need("row")
	if name == nil {
		return nil
	}
	row := l.name(name, "a row", testForm)
	t := &Test{Name: shared.Name + "/" + row, Table: shared.Name, Doc: r.text("doc"), Cites: shared.Cites, Span: name.Span, Row: n.Span}
	if row == "" || !l.declare("test", t.Name, name.Span) {
		return nil
	}
	if t.Doc == "" {
		t.Doc = shared.Doc
	}
	if r.get("cites") != nil {
		t.Cites = l.cites(r, ext)
	}
	t.Expect = shared.Expect.clone()
	switch e := r.get("expect"); {
	case e != nil:
		l.expectation(t, e, ext)
	case test.get("expect") == nil:
		l.add(BadExpectation.At(name.Span, "row %s expects nothing, and neither does its test", t.Name))
	}
	called := *name
	called.Value = shared.Name + "-" + row // an id of a case has no slash
	t.Case = l.testCase(caseNode(overlaid(test.n, n), &called))
	return t
}

// testCase reads a case made up by a test. What several rows inherit is reported once.
func (l *loader) testCase(n *doc.Node) *facts.Case {
	c, ds := facts.ReadCaseNode(n, l.pack.Schema, facts.ReadOptions{})
	for _, d := range ds {
		if !slices.ContainsFunc(l.ds, func(e source.Diagnostic) bool { return e.Span == d.Span && e.Message == d.Message }) {
			l.add(d)
		}
	}
	return c
}

// overlaid is what a row states over what its test states: of a fact type of which
// there is one, field by field; of others, all of it.
func overlaid(test, row *doc.Node) *doc.Node {
	out := *test
	out.Entries = slices.Clone(test.Entries)
	for _, e := range row.Entries {
		if e.Key.Value == "facts" {
			e.Value = merged(test.Get("facts"), e.Value, func(base, over *doc.Node) *doc.Node {
				return merged(base, over, func(_, over *doc.Node) *doc.Node { return over })
			})
		}
		set(&out, e)
	}
	return &out
}

// merged is a map over another: join makes one of the values under a key that both
// have. Anything but two maps is what stands over the other.
func merged(base, over *doc.Node, join func(base, over *doc.Node) *doc.Node) *doc.Node {
	if base == nil || base.Kind != doc.Map || over.Kind != doc.Map {
		return over
	}
	out := *over
	out.Entries = slices.Clone(base.Entries)
	for _, e := range over.Entries {
		if was := base.Get(e.Key.Value); was != nil {
			e.Value = join(was, e.Value)
		}
		set(&out, e)
	}
	return &out
}

// set gives a map an entry, in place of that with the same key.
func set(n *doc.Node, e doc.Entry) {
	i := slices.IndexFunc(n.Entries, func(x doc.Entry) bool { return x.Key.Value == e.Key.Value })
	if i < 0 {
		n.Entries = append(n.Entries, e)
		return
	}
	n.Entries[i] = e
}

// caseNode is the case that a test makes up: its own date and facts under its own
// name.
func caseNode(test, name *doc.Node) *doc.Node {
	c := &doc.Node{Kind: doc.Map, Span: name.Span}
	add := func(key string, value *doc.Node, at *doc.Node) {
		k := &doc.Node{Kind: doc.Scalar, Value: key, Span: at.Span}
		c.Entries = append(c.Entries, doc.Entry{Key: k, Value: value})
	}
	add("case", name, name)
	add("title", name, name)
	hasFacts := false
	for _, e := range test.Entries {
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

// expectation adds what stands under an expect to what a test expects. An answer takes
// the place of one that was there.
func (l *loader) expectation(t *Test, n *doc.Node, ext string) {
	r, ok := l.record(n, expectRecord)
	if !ok {
		return
	}
	if len(n.Entries) == 0 {
		l.add(BadExpectation.At(n.Span, "test %s expects nothing", t.Name))
	}
	x := &t.Expect
	if r.get("answer") != nil {
		x.Answer = l.expectedAnswer(r)
	}
	who := "test " + t.Name
	x.Holds = append(x.Holds, l.expected(r, "holds", who, ext)...)
	x.CanHold = append(x.CanHold, l.expected(r, "can_hold", who, ext)...)
	x.Cannot = append(x.Cannot, l.expected(r, "cannot_hold", who, ext)...)
	x.Proof = append(x.Proof, l.expectedRules(r, "proof", false)...)
	x.NotProof = append(x.NotProof, l.expectedRules(r, "not_proof", false)...)
	x.Fires = append(x.Fires, l.expectedRules(r, "fires", true)...)
	x.NotFires = append(x.NotFires, l.expectedRules(r, "not_fires", true)...)
}

// clone is a copy to which more can be added.
func (x Expectation) clone() Expectation {
	return Expectation{slices.Clip(x.Answer), slices.Clip(x.Holds), slices.Clip(x.CanHold), slices.Clip(x.Cannot),
		slices.Clip(x.Proof), slices.Clip(x.NotProof), slices.Clip(x.Fires), slices.Clip(x.NotFires)}
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
	for _, m := range l.expressionItems(n, key, l.splitAtComma) {
		s := l.ruleScope(who, ext, true)
		s.test = true
		if e, ok := s.conditionLine(m); ok {
			es = append(es, e)
		}
		s.done()
	}
	return es
}

// expectedRules reads names of rules and rows, and where lines may stand among them, of
// lines of the report as report/line.
func (l *loader) expectedRules(r record, key string, lines bool) []string {
	var names []string
	for _, n := range r.textNodes(key) {
		name := strings.TrimSpace(n.Value)
		line, of := strings.CutPrefix(name, "report/")
		switch {
		case !l.declared[declaration{"rule", name}].IsZero(), !l.declared[declaration{"row", name}].IsZero(),
			lines && of && !l.declared[declaration{"line", line}].IsZero():
			names = append(names, name)
		default:
			l.add(near(UnknownRule.At(n.Span, "there is no rule %s", name), name, l.ruleNames(lines)))
		}
	}
	return names
}

// ruleNames are the names of rules and rows, and of lines of the report where asked for.
func (l *loader) ruleNames(lines bool) []string {
	var names []string
	for _, r := range l.pack.Rules {
		names = append(names, r.Name)
	}
	if lines {
		for _, line := range l.pack.Lines() {
			names = append(names, line.Rule.Name)
		}
	}
	slices.Sort(names)
	return names
}
