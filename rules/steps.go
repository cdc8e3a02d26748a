package rules

import (
	"maps"
	"slices"
	"strings"

	"truce/facts"
	"truce/facts/doc"
	"truce/rules/condition"
)

// ruleScope is what the expressions of one rule may name, and what has been
// bound so far.
type ruleScope struct {
	l     *loader
	who   string // "rule prices-strain", for what is said of it
	ext   string
	scope *condition.Scope

	bound  map[string]facts.Span
	broken map[string]bool // bound to something with an error
	facts  int             // slots used
	values int
	unread bool            // the lines that bind names could not be read
	said   map[string]bool // where there are none: what has been said of names
	report bool            // a line of the report, which may read context
	test   bool            // a test, which may read extensions
}

// ruleScope is a scope with nothing bound.
func (l *loader) ruleScope(who, ext string, report bool) *ruleScope {
	s := l.spare
	if s == nil {
		s = &ruleScope{l: l, bound: map[string]facts.Span{}, broken: map[string]bool{}, scope: &condition.Scope{
			Bindings: map[string]condition.Binding{}, Later: map[string]bool{}}}
	}
	l.spare = nil
	s.who, s.ext, s.report = who, ext, report
	s.scope.Schema, s.scope.Parameters, s.scope.Declared, s.scope.Shapes = l.pack.Schema, l.parameters, l.knownUnit, l.shapes
	s.scope.AllowContext = report
	return s
}

// spareNames is how many bound names make a scope too large to be wiped for the next.
const spareNames = 64

// done takes back a scope that nothing will be read in any more, for the next rule:
// its tables are most of what a small rule would need otherwise.
func (s *ruleScope) done() {
	if len(s.bound)+len(s.broken)+len(s.scope.Later) > spareNames {
		return
	}
	clear(s.bound)
	clear(s.broken)
	clear(s.scope.Bindings)
	clear(s.scope.Later)
	*s.scope = condition.Scope{Bindings: s.scope.Bindings, Later: s.scope.Later}
	*s = ruleScope{l: s.l, bound: s.bound, broken: s.broken, scope: s.scope}
	s.l.spare = s
}

// when reads the lines of a `when`. Lines with an error are left out.
func (s *ruleScope) when(n *doc.Node) []*Step {
	var steps []*Step
	if n == nil {
		s.scope.Unbound = s.who + " has no `when` to bind it: add one, with a line - name: Type"
		s.said = map[string]bool{}
		return nil
	}
	s.unread = n.Kind != doc.List
	items, split := s.lines(n, "when")
	defer split()
	for _, m := range items {
		if b, ok := binding(m); ok {
			s.scope.Later[b.Key.Value] = true
		}
	}
	for _, m := range items {
		if step := s.step(m); step != nil {
			step.Index = len(steps)
			steps = append(steps, step)
		}
	}
	return steps
}

// binding is the one entry of a line that binds a name.
func binding(n *doc.Node) (doc.Entry, bool) {
	if n.Kind != doc.Map || len(n.Entries) != 1 || n.Entries[0].Key.Kind != doc.Scalar {
		return doc.Entry{}, false
	}
	e := n.Entries[0]
	return e, wordForm.is(e.Key.Value)
}

func (s *ruleScope) step(n *doc.Node) *Step {
	switch n.Kind {
	case doc.Scalar:
		e, ok := s.conditionLine(n)
		if !ok {
			return nil
		}
		return &Step{Kind: Condition, Expr: e, Text: e.Text(), Span: n.Span}
	case doc.List:
		s.l.add(SplitLine.At(n.Span, "YAML reads this line as a list").Suggest("put the whole condition in quotes"))
	case doc.Map:
		if e, ok := binding(n); ok {
			return s.bind(e)
		}
		s.split(n)
	}
	return nil
}

// split says what YAML has made of a line that is neither condition nor binding.
func (s *ruleScope) split(n *doc.Node) {
	if len(n.Entries) == 0 {
		s.l.add(EmptyLine.At(n.Span, "a line of `when` is an empty map"))
		return
	}
	key := n.Entries[0].Key
	if n.Refused {
		s.l.incomplete = true
		return
	}
	if whole := s.splitEntries(n.Entries); len(whole) < len(n.Entries) {
		return
	}
	if allNames(n) && len(n.Entries) > 1 {
		s.l.add(SplitLine.At(n.Entries[1].Key.Span, "one line binds several names").
			Suggest("start each with a dash of its own: - %s: ...", n.Entries[1].Key.Value))
		return
	}
	if n.Entries[0].Value.Kind == doc.Scalar && typeForm.is(key.Value) {
		s.l.badName(key.Span, key.Value, "a binding", wordForm)
		s.broken[key.Value] = true
		return
	}
	s.l.add(s.quoted(SplitLine.At(n.Span, "YAML splits this line at a colon").
		Suggest("put the whole condition in quotes, or bind a name: - %s", "name: expression"), n.Span, condition.WantCondition()))
}

func allNames(n *doc.Node) bool {
	return !slices.ContainsFunc(n.Entries, func(e doc.Entry) bool { return !wordForm.is(e.Key.Value) })
}

// bind reads "name: Type" or "name: expression".
func (s *ruleScope) bind(e doc.Entry) *Step {
	name := e.Key.Value
	delete(s.scope.Later, name)
	if !s.free(e.Key) {
		// The name means what it meant; the line is read for its own errors.
		s.bound[name+" again"] = e.Key.Span
		name += " again"
	}
	s.bound[name] = e.Key.Span
	step := s.bindTo(name, e)
	if step == nil {
		s.broken[name] = true
		return nil
	}
	step.Name, step.Span = name, upTo(e.Key.Span, e.Value.Span)
	return step
}

func (s *ruleScope) bindTo(name string, e doc.Entry) *Step {
	n := e.Value
	if n.Kind != doc.Scalar {
		s.l.add(SplitLine.At(n.Span, "YAML reads what %s is bound to as %s", name, kindOf(n)).
			Suggest("put the expression in quotes"))
		return nil
	}
	text := strings.TrimSpace(n.Value)
	if n.Style == doc.Plain && typeForm.is(text) {
		return s.pattern(name, text, n)
	}
	x, ok := s.valueLine(n)
	if !ok {
		return nil
	}
	s.scope.Bindings[name] = condition.Binding{Slot: s.values, Type: x.Type()}
	s.values++
	return &Step{Kind: Let, Slot: s.values - 1, Expr: x, Text: text}
}

func (s *ruleScope) pattern(name, typ string, n *doc.Node) *Step {
	t := s.l.typeNamed(n, typ)
	if t == nil {
		return nil
	}
	if t.Context && !s.report {
		s.l.add(ReadsContext.At(n.Span, "%s is context, and no rule may read it", t.Name).
			Suggest("take `context: true` from its declaration if it decides something"))
		return nil
	}
	s.l.reads = append(s.l.reads, reading{who: s.who, ext: s.ext, typ: t, at: n.Span})
	s.scope.Bindings[name] = condition.Binding{Slot: s.facts, Fact: t}
	s.facts++
	return &Step{Kind: Pattern, Slot: s.facts - 1, Fact: t, Text: typ}
}

// reserved are the words that no binding may hide.
var reserved = map[string]bool{
	"threshold": true, "case": true, "and": true, "or": true, "not": true, "in": true, "true": true, "false": true,
	"nil": true, "null": true, "let": true, "if": true, "else": true, "matches": true, "contains": true, "unknown": true,
	"none": true, "any": true, "all": true, "one": true, "count": true, "len": true, "sum": true, "min": true,
	"max": true, "mean": true, "map": true, "filter": true, "known": true, "ramp": true, "points": true,
	"abs": true, "floor": true, "ceil": true, "round": true, "date": true, "now": true,
	"startsWith": true, "endsWith": true, "upper": true, "lower": true, "trim": true, "trimPrefix": true,
	"trimSuffix": true, "replace": true, "indexOf": true, "lastIndexOf": true, "hasPrefix": true,
	"hasSuffix": true, "int": true, "float": true, "string": true,
}

// free reports whether a binding may take the name.
func (s *ruleScope) free(key *doc.Node) bool {
	name := key.Value
	if first, ok := s.bound[name]; ok {
		s.l.add(Shadows.At(key.Span, "%q is bound twice", name).Suggest("choose another name for one of them").See(first, "first bound here"))
		return false
	}
	if reserved[name] {
		s.l.add(Shadows.At(key.Span, "%q is a word of the language", name).Suggest("choose another name, such as the_%s", name))
		s.broken[name] = true
		return false
	}
	return true
}

// clone is the scope for a further table row.
func (s *ruleScope) clone() *ruleScope {
	c := *s
	scope := *s.scope
	scope.Bindings = maps.Clone(s.scope.Bindings)
	c.scope, c.bound, c.broken = &scope, maps.Clone(s.bound), maps.Clone(s.broken)
	return &c
}
