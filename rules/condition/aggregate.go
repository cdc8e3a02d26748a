package condition

import (
	"github.com/expr-lang/expr/ast"

	"truce/facts"
	"truce/facts/source"
)

// collection is what an aggregate goes over: the facts of a type, those for which a
// predicate holds where there is one, and of each a value where there is one.
type collection struct {
	fact  *facts.FactType
	where ast.Node
	of    ast.Node
}

func formOf(name string) Form {
	for f, n := range formNames {
		if n == name && f > 0 {
			return Form(f)
		}
	}
	return 0
}

// isCollection reports whether a part is meant as the facts of a type.
func (l *lowerer) isCollection(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		_, bound := l.scope.Bindings[n.Value]
		return !bound && l.scope.Schema.Type(n.Value) != nil
	case *ast.BuiltinNode:
		return n.Name == "filter" || n.Name == "map"
	}
	return false
}

// nested reports an aggregate inside another.
func (l *lowerer) nested(n ast.Node, name string) bool {
	if l.elem == nil {
		return false
	}
	l.add(codeNested.At(l.span(n), "%s stands inside %s", name, l.inside).
		Expect("no aggregate inside another").
		Suggest("conclude a helper fact in a rule of its own, or bind the inner one to a name on a line before"))
	return true
}

// collect resolves T, filter(T, p), map(T, x) and map(filter(T, p), x).
func (l *lowerer) collect(n ast.Node, in string) (c collection, ok bool) {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		return l.typeNamed(n, in)
	case *ast.BuiltinNode:
		if n.Name != "filter" && n.Name != "map" || len(n.Arguments) != 2 {
			break
		}
		if c, ok = l.collect(n.Arguments[0], n.Name); !ok {
			return c, false
		}
		if c.of != nil {
			l.add(codeCollection.At(l.span(n), "%s cannot go over what map gives", n.Name).
				Suggest("write map(filter(%s, condition), value)", c.fact.Name))
			return c, false
		}
		if n.Name == "map" {
			c.of = n.Arguments[1]
			return c, true
		}
		if c.where != nil {
			l.add(codeCollection.At(l.span(n), "filter stands inside filter").
				Suggest("write filter(%s, %s and %s)", c.fact.Name, l.factor(c.where), l.factor(n.Arguments[1])))
			return c, false
		}
		c.where = n.Arguments[1]
		return c, true
	}
	l.add(codeCollection.At(l.span(n), "%s goes over the facts of a type, and %s is not one", in, l.text(n)).
		Expect("a fact type, or filter(T, condition)"))
	return c, false
}

// typeNamed resolves the name of a fact type.
func (l *lowerer) typeNamed(n *ast.IdentifierNode, in string) (c collection, ok bool) {
	b, bound := l.scope.Bindings[n.Value]
	t := l.scope.Schema.Type(n.Value)
	switch {
	case bound && b.Fact != nil:
		l.add(codeCollection.At(l.span(n), "%s goes over the facts of a type, and %s is one fact", in, n.Value).
			Suggest("write %s, or %s.field without %s", b.Fact.Name, n.Value, in))
	case bound:
		l.add(codeCollection.At(l.span(n), "%s goes over the facts of a type, and %s is %s", in, n.Value, describeType(b.Type)))
	case t == nil:
		d := codeCollection.At(l.span(n), "there is no fact type %s", n.Value)
		if hint := source.DidYouMean(n.Value, l.scope.Schema.TypeNames()); hint != "" {
			d = d.Suggest("%s", hint)
		}
		l.add(d)
	case t.Context && !l.scope.AllowContext:
		l.context(l.span(n), t)
	default:
		return collection{fact: t}, true
	}
	return c, false
}

// inTurn lowers what is computed for each fact of a type.
func (l *lowerer) inTurn(t *facts.FactType, in string, n ast.Node) (typed, bool) {
	if p, ok := n.(*ast.PredicateNode); ok {
		n = p.Node
	}
	l.elem, l.inside = t, in
	x, ok := l.lower(n, nil)
	l.elem, l.inside = nil, ""
	return x, ok
}

// predicate lowers the condition on each fact of a type.
func (l *lowerer) predicate(t *facts.FactType, in string, n ast.Node) (Expr, bool) {
	x, ok := l.inTurn(t, in, n)
	if !ok {
		return nil, false
	}
	if x.kind() != facts.Bool {
		l.add(codePredicate.At(x.e.Span(), "%s needs a condition on each fact, but %s is %s", in, x.e.Text(), describe(x)).
			Suggest("compare it with something"))
		return nil, false
	}
	return x.e, true
}

// quantifier lowers none, any, all, one and count with a predicate.
func (l *lowerer) quantifier(n ast.Node, name string, args []ast.Node) (typed, bool) {
	form := formOf(name)
	c, ok := l.collect(args[0], name)
	if !ok {
		return typed{}, false
	}
	if c.of != nil || c.where != nil {
		d := codeCollection.At(l.span(args[0]), "%s goes over the facts of a type, not over what %s gives", name, args[0].(*ast.BuiltinNode).Name)
		if c.where != nil && c.of == nil && form != All {
			d = d.Suggest("write %s(%s, %s and %s)", name, c.fact.Name, l.factor(c.where), l.factor(args[1]))
		} else if form == All && c.of == nil {
			d = d.Suggest("write none(%s, %s and not (%s))", c.fact.Name, l.factor(c.where), l.text(args[1]))
		}
		l.add(d)
		return typed{}, false
	}
	where, ok := l.predicate(c.fact, name, args[1])
	if !ok {
		return typed{}, false
	}
	t := facts.Type{Kind: facts.Bool}
	if form == Count {
		t.Kind = facts.Integer
	}
	return typed{&Aggregate{l.node(n, t), form, c.fact, where, nil}, false}, true
}

// length lowers len(T), len(filter(T, p)) and count(filter(T, p)).
func (l *lowerer) length(n ast.Node, name string, arg ast.Node) (typed, bool) {
	c, ok := l.collect(arg, name)
	if !ok {
		return typed{}, false
	}
	if c.of != nil {
		return l.refuse(arg, codeCollection, "len counts facts, not values", "write len("+c.fact.Name+")")
	}
	var where Expr
	if c.where != nil {
		if where, ok = l.predicate(c.fact, name, c.where); !ok {
			return typed{}, false
		}
	}
	return typed{&Aggregate{l.node(n, facts.Type{Kind: facts.Integer}), Count, c.fact, where, nil}, false}, true
}

// count lowers count(T, p); count(T) compiles in expr and fails when run.
func (l *lowerer) count(n ast.Node, args []ast.Node) (typed, bool) {
	if len(args) == 2 {
		return l.quantifier(n, "count", args)
	}
	if b, ok := args[0].(*ast.BuiltinNode); ok && b.Name == "filter" {
		return l.length(n, "count", args[0])
	}
	c, ok := l.collect(args[0], "count")
	if !ok {
		return typed{}, false
	}
	return l.refuse(n, codeCountAll, "count needs a condition", "write len("+c.fact.Name+") for all of them, or count("+c.fact.Name+", condition)")
}

// sum lowers sum(C, x) and sum(map(C, x)).
func (l *lowerer) sum(n ast.Node, args []ast.Node) (typed, bool) {
	c, ok := l.collect(args[0], "sum")
	if !ok {
		return typed{}, false
	}
	switch {
	case len(args) == 2 && c.of == nil:
		c.of = args[1]
	case len(args) == 2:
		return l.refuse(n, codeNeedsMap, "sum has a value of each fact twice", "write sum("+c.fact.Name+", value)")
	case c.of == nil:
		return l.refuse(n, codeNeedsMap, "sum needs a value of each fact", "write sum("+l.text(args[0])+", ."+someField(c.fact)+")")
	}
	return l.aggregate(n, Sum, "sum", c)
}

// someField is a numeric field for an example.
func someField(t *facts.FactType) string {
	for _, f := range t.Fields {
		if f.Type.Kind.Numeric() {
			return f.Name
		}
	}
	return "field"
}

// over lowers min, max and mean of map(C, x).
func (l *lowerer) over(n ast.Node, name string, args []ast.Node) (typed, bool) {
	form := map[string]Form{"min": Least, "max": Most, "mean": Mean}[name]
	first := args[0]
	for _, a := range args {
		if l.isCollection(a) {
			first = a
			break
		}
	}
	c, ok := l.collect(first, name)
	if !ok {
		return typed{}, false
	}
	if c.of == nil {
		value := "." + someField(c.fact)
		return l.refuse(n, codeNeedsMap, name+" takes values, not facts", "write "+name+"(map("+l.text(first)+", "+value+"))")
	}
	if len(args) > 1 {
		return l.refuse(n, codeNeedsMap, name+" takes either values or one map", "write "+name+"(map(...)) on a line of its own and use its name here")
	}
	return l.aggregate(n, form, name, c)
}

// aggregate builds a sum, least, most or mean.
func (l *lowerer) aggregate(n ast.Node, form Form, name string, c collection) (typed, bool) {
	var where Expr
	ok := true
	if c.where != nil {
		where, ok = l.predicate(c.fact, name, c.where)
	}
	of, good := l.inTurn(c.fact, name, c.of)
	if good {
		good = l.summable(form, name, c.fact, of)
	}
	if !ok || !good {
		return typed{}, false
	}
	t := of.typ()
	if form == Sum || form == Mean {
		t = plain(t)
	}
	if form == Mean {
		t.Kind = facts.Number
	}
	return typed{&Aggregate{l.node(n, t), form, c.fact, where, of.e}, false}, true
}

// summable checks that the value of each fact is one that the form can take.
func (l *lowerer) summable(form Form, name string, t *facts.FactType, of typed) bool {
	k := of.kind()
	if k.Numeric() || k.Ordered() && (form == Least || form == Most) {
		return true
	}
	d := codeAggregated.At(of.e.Span(), "%s needs a number of each fact, but %s is %s", name, of.e.Text(), describe(of))
	switch {
	case k == facts.Bool:
		d = d.Suggest("write count(%s, %s)", t.Name, of.e.Text())
	case k == facts.Scale:
		d = d.Suggest("write points(%s, threshold.table)", of.e.Text())
	}
	l.add(d)
	return false
}
