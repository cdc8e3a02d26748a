package condition

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser/lexer"

	"truce/facts"
	"truce/facts/source"
)

// loose reports whether a part is a lone name that nothing has: maybe a symbol
// without its quotes.
func (l *lowerer) loose(n ast.Node) bool {
	id, ok := n.(*ast.IdentifierNode)
	if !ok {
		return false
	}
	_, bound := l.scope.Bindings[id.Value]
	return !bound && l.scope.Schema.Type(id.Value) == nil && l.scope.Parameters[id.Value] == nil && !l.scope.Later[id.Value]
}

// name resolves a name that stands alone: only values do.
func (l *lowerer) name(n *ast.IdentifierNode, want *facts.Type) (typed, bool) {
	b, bound := l.scope.Bindings[n.Value]
	t := l.scope.Schema.Type(n.Value)
	switch {
	case bound && b.Fact == nil:
		return typed{&Variable{l.node(n, b.Type), n.Value, b.Slot}, false}, true
	case bound:
		d := codeFactAsValue.At(l.span(n), "%s is a fact, not a value", n.Value)
		if names := b.Fact.FieldNames(); len(names) > 0 {
			d = d.Expect("one of its fields: %s", list(names)).Suggest("write %s.%s", n.Value, names[0])
		}
		l.add(d)
	case l.scope.Later[n.Value]:
		l.later(n, n.Value)
	case t != nil:
		l.add(codeTypeAsValue.At(l.span(n), "%s is a fact type, not a value", n.Value).
			Suggest("write %s", instead(t, "")))
	case strings.HasPrefix(n.Value, "$"):
		l.add(codeEnv.At(l.span(n), "there is no %s here", n.Value).Suggest("write the name itself"))
	case l.elem != nil && l.elem.Field(n.Value) != nil && !isName(want, n.Value):
		l.add(codeUnknownName.At(l.span(n), "%s is not a name in scope", n.Value).
			Suggest("write .%s for the field of %s", n.Value, l.elem.Name))
	case l.scope.Parameters[n.Value] != nil:
		l.add(codeUnknownName.At(l.span(n), "%s is not a name in scope", n.Value).Suggest("write threshold.%s", n.Value))
	case n.Value == "threshold" || n.Value == "case":
		l.add(codeUnknownName.At(l.span(n), "%s needs a name behind it", n.Value).Suggest("write %s", member(n.Value)))
	case want != nil && (want.Kind == facts.Enum || want.Kind == facts.Scale || want.Kind == facts.Text):
		l.unquoted(n, *want)
	default:
		l.unknownName(n)
	}
	return typed{}, false
}

// isName reports whether a word is one of the symbols or levels that are wanted.
func isName(want *facts.Type, word string) bool { return want != nil && want.Names.Index(word) >= 0 }

func member(base string) string {
	if base == "case" {
		return "case.as_of"
	}
	return base + ".name"
}

// instead is what to write for a fact type where a value is wanted.
func instead(t *facts.FactType, field string) string {
	if field == "" {
		field = "field"
		if len(t.Fields) > 0 {
			field = t.Fields[0].Name
		}
	}
	if t.Count == facts.One {
		return "- e: " + t.Name + " on a line before, and e." + field + " here"
	}
	return "any(" + t.Name + ", ." + field + " ...), or - e: " + t.Name + " on a line before and e." + field + " here"
}

func (l *lowerer) later(n ast.Node, name string) {
	l.add(codeLater.At(l.span(n), "%s is bound by a later line", name).
		Suggest("move the line that binds %s above this one", name))
}

// unquoted reports a lone name where a symbol, a level or a text is due.
func (l *lowerer) unquoted(n *ast.IdentifierNode, want facts.Type) {
	d := codeUnquoted.At(l.span(n), "%s is not a name in scope, and a text stands in quotes", n.Value)
	switch {
	case want.Kind == facts.Text || isName(&want, n.Value):
		d = d.Suggest("write %q", n.Value)
	default:
		d = d.Expect("%s", describeType(want))
		if near := source.Nearest(n.Value, names(want)); near != "" {
			d = d.Suggest("write %q", near)
		}
	}
	l.add(d)
}

func (l *lowerer) unknownName(n *ast.IdentifierNode) {
	d := codeUnknownName.At(l.span(n), "%s is not a name in scope", n.Value)
	switch strings.ToLower(n.Value) {
	case "true", "yes":
		d = d.Suggest("write true")
	case "false", "no":
		d = d.Suggest("write false")
	case "null", "none", "undefined":
		d = d.Suggest("what a case does not give is unknown: write known(x) to ask for a value")
	case "unknown":
		d = d.Suggest("write known(x) to ask for a value")
	case "today", "now", "as_of":
		d = d.Suggest("write case.as_of")
	default:
		if u := usage(n.Value); u != "" {
			d = d.Suggest("%s is a function: write %s", n.Value, u)
		} else if of := l.fieldOf(n.Value); of != "" {
			d = d.Suggest("write %s", of)
		} else if hint := l.didYouMean(n.Value, l.names()); hint != "" {
			d = d.Suggest("%s", hint)
		} else {
			d = d.Expect("a name bound in a line above, a field such as x.field, or threshold.name")
		}
	}
	l.add(d)
}

// fieldOf is how the field of a bound fact is written that has the name, or "".
func (l *lowerer) fieldOf(name string) string {
	for _, bound := range slices.Sorted(maps.Keys(l.scope.Bindings)) {
		if t := l.scope.Bindings[bound].Fact; t != nil && t.Field(name) != nil {
			return bound + "." + name
		}
	}
	return ""
}

// didYouMean is a hint for a name that nothing has. What is bound comes first: a
// fact type can hardly stand where the name stands.
func (l *lowerer) didYouMean(name string, candidates []string) string {
	bound := slices.Concat(slices.Sorted(maps.Keys(l.scope.Bindings)), l.scope.Hints)
	near := source.Nearest(name, bound)
	if near == "" {
		near = source.Nearest(name, candidates)
	}
	switch {
	case near != "":
		return "did you mean " + near + "?"
	case l.scope.Unbound != "":
		return l.scope.Unbound
	}
	return source.OneOf(candidates)
}

// names are all names that could stand here, thresholds with their prefix.
func (l *lowerer) names() []string {
	names := slices.AppendSeq(l.thresholds("threshold."), maps.Keys(l.scope.Bindings))
	return append(ordered(names), l.scope.Schema.TypeNames()...)
}

// thresholds are the names of all thresholds behind a prefix, in no order.
func (l *lowerer) thresholds(prefix string) []string {
	names := make([]string, 0, len(l.scope.Parameters)+len(l.scope.Bindings))
	for name := range l.scope.Parameters {
		names = append(names, prefix+name)
	}
	return names
}

// ordered puts names in order where somebody may see it: where there are many, only
// the nearest of them is shown.
func ordered(names []string) []string {
	if source.Few(len(names)) {
		slices.Sort(names)
	}
	return names
}

// member resolves x.y.
func (l *lowerer) member(n *ast.MemberNode) (typed, bool) {
	if i := l.f.tokens.index(l.base + n.Location().From); l.f.tokens.is(i, "[") {
		l.each(n)
		return l.refuse(n, codeIndex, "there is no [ ] behind a value here", "write e.field for a field; facts of a type are asked with any, all, sum and the like")
	}
	field := n.Property.(*ast.StringNode).Value
	switch base := n.Node.(type) {
	case *ast.PointerNode:
		return l.element(n, base, field)
	case *ast.IdentifierNode:
		return l.qualified(n, base.Value, field)
	}
	if _, ok := n.Node.(*ast.ChainNode); ok {
		return typed{}, false // refused as a scrap
	}
	if x, ok := l.lower(n.Node, nil); ok {
		l.noFields(n, x.e.Text(), x.typ())
	}
	return typed{}, false
}

func (l *lowerer) noFields(n *ast.MemberNode, text string, t facts.Type) {
	l.add(codeNoFields.At(l.property(n), "%s is %s, which has no fields", text, describeType(t)))
}

// property is the place of the name behind the point.
func (l *lowerer) property(n *ast.MemberNode) facts.Span {
	at := n.Property.Location()
	return l.f.spanIn(l.base+at.From, l.base+at.To)
}

// element resolves ".field" inside an aggregate.
func (l *lowerer) element(n *ast.MemberNode, p *ast.PointerNode, name string) (typed, bool) {
	if p.Name != "" || l.elem == nil {
		return typed{}, false // #index was refused as a scrap
	}
	f, ok := l.field(n, l.elem, name)
	if !ok {
		return typed{}, false
	}
	return typed{&ElementField{l.node(n, f.Type), l.elem, f}, false}, true
}

// field finds a field by its name or reports that there is none.
func (l *lowerer) field(n *ast.MemberNode, t *facts.FactType, name string) (*facts.Field, bool) {
	if t.Context && !l.scope.AllowContext {
		l.context(l.span(n), t)
		return nil, false
	}
	f := t.Field(name)
	if f == nil {
		d := codeUnknownField.At(l.property(n), "%s has no field %s", t.Name, name)
		if hint := source.DidYouMean(name, t.FieldNames()); hint != "" {
			d = d.Suggest("%s", hint)
		}
		l.add(d)
	}
	return f, f != nil
}

func (l *lowerer) context(at facts.Span, t *facts.FactType) {
	l.add(codeContext.At(at, "%s is context: it is shown, and no rule may read it", t.Name).
		Suggest("declare %s without context if it may decide", t.Name))
}

// qualified resolves name.field, threshold.x and case.as_of.
func (l *lowerer) qualified(n *ast.MemberNode, base, field string) (typed, bool) {
	b, bound := l.scope.Bindings[base]
	switch t := l.scope.Schema.Type(base); {
	case base == "threshold":
		return l.threshold(n, field)
	case base == "case":
		if field == "as_of" {
			return typed{&AsOf{l.node(n, facts.Type{Kind: facts.Date})}, false}, true
		}
		l.add(codeCase.At(l.property(n), "case has no %s", field).Suggest("the only one is case.as_of, the case's date"))
	case bound && b.Fact != nil:
		f, ok := l.field(n, b.Fact, field)
		if !ok {
			return typed{}, false
		}
		return typed{&FieldOf{l.node(n, f.Type), base, b.Slot, b.Fact, f}, false}, true
	case bound:
		l.noFields(n, base, b.Type)
	case l.scope.Later[base]:
		l.later(n.Node, base)
	case t != nil:
		l.typeField(n, t, field)
	case strings.HasPrefix(base, "$"):
		l.add(codeEnv.At(l.span(n.Node), "there is no %s here", base).Suggest("write %s", field))
	default:
		d := codeUnknownName.At(l.span(n.Node), "%s is not a name in scope", base)
		if base == "thresholds" {
			d = d.Suggest("write threshold.%s", field)
		} else if hint := l.didYouMean(base, append(l.names(), "threshold", "case")); hint != "" {
			d = d.Suggest("%s", hint)
		}
		l.add(d)
	}
	return typed{}, false
}

// typeField reports Weather.wind, where no line has bound an Weather.
func (l *lowerer) typeField(n *ast.MemberNode, t *facts.FactType, field string) {
	if t.Field(field) == nil {
		l.field(n, t, field)
		return
	}
	d := codeTypeAsValue.At(l.span(n), "%s is a fact type; its fields are read from a fact of it", t.Name)
	for _, name := range slices.Sorted(maps.Keys(l.scope.Bindings)) {
		if l.scope.Bindings[name].Fact == t {
			l.add(d.Suggest("write %s.%s", name, field))
			return
		}
	}
	l.add(d.Suggest("write %s", instead(t, field)))
}

func (l *lowerer) threshold(n *ast.MemberNode, name string) (typed, bool) {
	p, ok := l.parameter(n, name)
	if !ok {
		return typed{}, false
	}
	if p.Table != nil {
		l.add(codePoints.At(l.span(n), "threshold.%s is a table of points, not a value", name).
			Suggest("write points(level, threshold.%s)", name))
		return typed{}, false
	}
	return typed{&Threshold{l.node(n, p.Type), name, p.Index}, false}, true
}

func (l *lowerer) parameter(n *ast.MemberNode, name string) (*Parameter, bool) {
	p := l.scope.Parameters[name]
	if p == nil {
		d := codeUnknownThreshold.At(l.property(n), "there is no threshold %s", name)
		if hint := source.DidYouMean(name, ordered(l.thresholds(""))); hint != "" {
			d = d.Suggest("%s", hint)
		}
		l.add(d)
	}
	return p, p != nil
}

func (l *lowerer) method(n *ast.CallNode) (typed, bool) {
	l.parts(n.Arguments)
	m, ok := n.Callee.(*ast.MemberNode)
	if !ok {
		return l.refuse(n, codeMethod, "only a named function can be called", "write f(x)")
	}
	name, isName := m.Property.(*ast.StringNode)
	if !isName {
		return l.refuse(n, codeMethod, "only a named function can be called", "write f(x)")
	}
	return l.refuse(n, codeMethod, "values have no methods", "write "+name.Value+"("+l.text(m.Node)+")")
}

// strayField is the finding for ".field" where there is no fact in turn. It is a
// syntax error to expr.
func (f *front) strayField(i int, call, first string) source.Diagnostic {
	tok, field := f.tokens.list[i], "field"
	end := tok.To
	if i+1 < len(f.tokens.list) && f.tokens.list[i+1].Kind == lexer.Identifier {
		field, end = f.tokens.list[i+1].Value, f.tokens.list[i+1].To
	}
	at := f.spanIn(tok.From, end)
	if f.scope.Schema.Type(first) != nil {
		switch call {
		case "min", "max", "mean", "median":
			return codeNeedsMap.At(at, "%s takes values, not facts", call).Suggest("write %s(map(%s, .%s))", call, first, field)
		case "len":
			return codeNeedsMap.At(at, "len takes facts alone").Suggest("write count(%s, .%s ...)", first, field)
		}
	}
	if near := source.Nearest(call, offered[:]); call != "" && usage(call) == "" && near != "" {
		return codeUnknownFunction.At(at, "there is no function %s", call).Suggest("did you mean %s?", usage(near))
	}
	d := codeStrayField.At(at, ".%s speaks of the fact in turn, and there is none here", field)
	for _, name := range slices.Sorted(maps.Keys(f.scope.Bindings)) {
		if b := f.scope.Bindings[name]; b.Fact != nil && b.Fact.Field(field) != nil {
			return d.Suggest("write %s.%s", name, field)
		}
	}
	return d.Suggest("write it inside any, all, none, one, count, sum, filter or map, or put the fact's name before it")
}

// list is a few names for a sentence.
func list(names []string) string {
	const most = 8
	if len(names) > most {
		return strings.Join(names[:most], ", ") + ", ..."
	}
	return strings.Join(names, ", ")
}

func quoted(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = strconv.Quote(n)
	}
	return out
}
