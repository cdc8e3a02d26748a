package condition

import (
	"github.com/expr-lang/expr/ast"

	"truce/facts"
	"truce/facts/source"
)

// lowerer turns a tree of expr's into ours. It goes over the tree as parsed, before
// any optimisation, and reports what it refuses; what depends on a part that was
// refused is passed over in silence.
type lowerer struct {
	f         *front
	scope     *Scope
	base      int // where the parsed text begins in the repaired text
	stretches map[ast.Node][2]int
	negations map[ast.Node]string // of a "not" that stands before a comparison: what is meant
	elem      *facts.FactType     // of the aggregate that we are inside of
	inside    string              // that aggregate's name
}

// typed is an expression and whether it is made of literals only: a number then
// takes the unit of the other side, a text may turn out a symbol or a level.
type typed struct {
	e    Expr
	bare bool
}

func (t typed) typ() facts.Type  { return t.e.Type() }
func (t typed) kind() facts.Kind { return t.e.Type().Kind }

func (f *front) lowerer(base int) *lowerer {
	return &lowerer{f: f, scope: f.scope, base: base, stretches: map[ast.Node][2]int{}}
}

// within reports whether the tree keeps the limits. The left operand of an operator
// is not deeper than the operator, for a long sum leans left.
func (l *lowerer) within(root ast.Node) bool {
	type item struct {
		n     ast.Node
		depth int
	}
	todo, count := make([]item, 1, 16), 0
	todo[0] = item{root, 1}
	var parts []ast.Node
	for len(todo) > 0 {
		it := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if count++; count > MaxNodes {
			l.report(codeTooManyNodes, root, "the expression has more than %d parts", MaxNodes)
			return false
		}
		if it.depth > MaxDepth {
			l.add(codeTooDeep.At(l.span(it.n), "the expression is nested more than %d deep", MaxDepth).
				Suggest("bind parts of it to names on lines of their own"))
			return false
		}
		parts = appendChildren(parts[:0], it.n)
		for i, c := range parts {
			depth := it.depth + 1
			if _, ok := it.n.(*ast.BinaryNode); ok && i == 0 {
				depth = it.depth
			}
			todo = append(todo, item{c, depth})
		}
	}
	return true
}

func (l *lowerer) add(d source.Diagnostic) { l.f.report(d) }

func (l *lowerer) report(code source.Code, n ast.Node, format string, args ...any) {
	l.add(code.At(l.span(n), format, args...))
}

func (l *lowerer) span(n ast.Node) facts.Span { return l.f.spanIn(l.stretch(n)) }

// factor is a part as it was written, in brackets where an "and" beside it would
// take it apart.
func (l *lowerer) factor(n ast.Node) string {
	if p, ok := n.(*ast.PredicateNode); ok {
		n = p.Node
	}
	b, ok := n.(*ast.BinaryNode)
	_, choice := n.(*ast.ConditionalNode)
	if choice || ok && b.Operator == "or" {
		return "(" + l.text(n) + ")"
	}
	return l.text(n)
}

// text is a part as it was written.
func (l *lowerer) text(n ast.Node) string { return l.f.written(l.stretch(n)) }

func (l *lowerer) node(n ast.Node, t facts.Type) node {
	from, to := l.stretch(n)
	return node{span: l.f.spanIn(from, to), typ: t, text: l.f.written(from, to), from: from}
}

func (l *lowerer) bool(n ast.Node) node { return l.node(n, facts.Type{Kind: facts.Bool}) }

// lower turns a part into ours. want is a type that an unknown name might be a
// symbol of; it decides nothing else.
func (l *lowerer) lower(n ast.Node, want *facts.Type) (typed, bool) {
	switch n := n.(type) {
	case *ast.IntegerNode:
		return l.literal(n, facts.Integer, facts.IntegerOf(int64(n.Value)))
	case *ast.FloatNode:
		return l.literal(n, facts.Number, facts.NumberOf(n.Value))
	case *ast.StringNode:
		return l.literal(n, facts.Text, facts.TextOf(n.Value))
	case *ast.BoolNode:
		return l.literal(n, facts.Bool, facts.BoolOf(n.Value))
	case *ast.NilNode:
		return l.refuse(n, codeNil, "there is no nil here: what a case does not give is unknown",
			"leave the test out, or write known(x)")
	case *ast.IdentifierNode:
		return l.name(n, want)
	case *ast.MemberNode:
		return l.member(n)
	case *ast.UnaryNode:
		return l.unary(n)
	case *ast.BinaryNode:
		return l.binary(n)
	case *ast.ConditionalNode:
		return l.conditional(n, want)
	case *ast.BuiltinNode:
		return l.call(n, n.Name, n.Arguments, want)
	case *ast.CallNode:
		if id, ok := n.Callee.(*ast.IdentifierNode); ok {
			return l.call(n, id.Value, n.Arguments, want)
		}
		return l.method(n)
	case *ast.ArrayNode:
		l.each(n)
		return l.refuse(n, codeList, "a list can only stand behind in", "write x in [a, b]")
	case *ast.SliceNode:
		l.lower(n.Node, nil)
		return l.refuse(n, codeIndex, "there are no slices here", "for a text, write startsWith or endsWith")
	}
	l.each(n)
	return typed{}, false // refused as a scrap
}

// each lowers the parts of what is refused, for the sake of their errors.
func (l *lowerer) each(n ast.Node) {
	switch n := n.(type) {
	case *ast.VariableDeclaratorNode:
		return // the name that it binds would be unknown
	case *ast.BinaryNode:
		if n.Operator == ".." { // maybe a slip of the finger in a.b
			return
		}
	}
	l.parts(children(n))
}

// parts lowers what may hold errors of its own: not names of facts and fact types,
// which are out of place only because of what is refused around them.
func (l *lowerer) parts(ns []ast.Node) {
	for _, n := range ns {
		_, skip := n.(*ast.PredicateNode)
		if id, ok := n.(*ast.IdentifierNode); ok {
			skip = l.scope.Bindings[id.Value].Fact != nil
		}
		if !skip && !l.isCollection(n) {
			l.lower(n, nil)
		}
	}
}

func (l *lowerer) refuse(n ast.Node, code source.Code, message, hint string) (typed, bool) {
	l.add(code.At(l.span(n), "%s", message).Suggest("%s", hint))
	return typed{}, false
}

func (l *lowerer) literal(n ast.Node, k facts.Kind, v facts.Value) (typed, bool) {
	return typed{&Literal{l.node(n, facts.Type{Kind: k}), v}, true}, true
}

func (l *lowerer) unary(n *ast.UnaryNode) (typed, bool) {
	x, ok := l.lower(n.Node, nil)
	switch n.Operator {
	case "not", "!":
		if ok && x.kind() != facts.Bool {
			d := codeLogic.At(x.e.Span(), "not needs a condition, but %s is %s", x.e.Text(), describe(x)).Suggest("compare it with something")
			if meant := l.negations[n]; meant != "" {
				d = d.Suggest("not binds closer than a comparison: write %s", meant)
			}
			l.add(d)
			ok = false
		}
		if !ok {
			return typed{}, false
		}
		return typed{&Unary{l.bool(n), Not, x.e}, false}, true
	case "+":
		return l.refuse(n, codePlus, "a + in front does nothing", "leave it out")
	}
	if !ok {
		return typed{}, false
	}
	if !x.kind().Numeric() {
		l.arithmeticOn(x, "-")
		return typed{}, false
	}
	if lit, ok := x.e.(*Literal); ok {
		return l.literal(n, lit.typ.Kind, negated(lit.Value))
	}
	return typed{&Unary{l.node(n, plain(x.typ())), Neg, x.e}, x.bare}, true
}

// negated is -v of a literal. The least integer is not a literal's.
func negated(v facts.Value) facts.Value {
	if v.Kind() == facts.Integer {
		return facts.IntegerOf(-v.Integer())
	}
	return facts.NumberOf(-v.Number())
}

// plain is a type without its range, which no computed value inherits.
func plain(t facts.Type) facts.Type {
	t.Range = nil
	return t
}

func (l *lowerer) binary(n *ast.BinaryNode) (typed, bool) {
	l.noteNegation(n)
	switch n.Operator {
	case "&&": // expr's own reading of a < b < c; one that was typed has become "and"
		return l.chain(n)
	case "and", "or":
		return l.logic(n)
	case "==", "!=", "<", "<=", ">", ">=":
		x, y, ok := l.pair(n.Left, n.Right, nil)
		if !ok {
			return typed{}, false
		}
		return l.compare(n, opOf(n.Operator), x, y)
	case "+", "-", "*", "/", "%":
		x, y, ok := l.pair(n.Left, n.Right, nil)
		if !ok {
			return typed{}, false
		}
		return l.arithmetic(n, opOf(n.Operator), x, y)
	case "in":
		return l.memberOf(n)
	case "contains", "startsWith", "endsWith", "matches":
		return l.textTest(n)
	}
	l.each(n)
	return typed{}, false // refused as a scrap
}

// noteNegation keeps what is meant by "not a > b", which expr reads as (not a) > b.
func (l *lowerer) noteNegation(n *ast.BinaryNode) {
	not, ok := n.Left.(*ast.UnaryNode)
	if !ok || not.Operator != "not" || n.Operator == "and" || n.Operator == "or" {
		return
	}
	meant := "not (" + l.text(not.Node) + " " + n.Operator + " " + l.text(n.Right) + ")"
	if n.Operator == "in" {
		meant = l.text(not.Node) + " not in " + l.text(n.Right)
	}
	if l.negations == nil {
		l.negations = map[ast.Node]string{}
	}
	l.negations[not] = meant
}

func opOf(s string) Op {
	for op, name := range opNames {
		if name == s && op > int(Neg) {
			return Op(op)
		}
	}
	return 0
}

// pair lowers two operands; one that might be a symbol without its quotes second,
// when the type of the other is known.
func (l *lowerer) pair(a, b ast.Node, want *facts.Type) (x, y typed, ok bool) {
	hint := func(t typed, ok bool) *facts.Type {
		if !ok {
			return want
		}
		typ := t.typ()
		return &typ
	}
	var xok, yok bool
	if l.loose(a) && !l.loose(b) {
		y, yok = l.lower(b, want)
		x, xok = l.lower(a, hint(y, yok))
	} else {
		x, xok = l.lower(a, want)
		y, yok = l.lower(b, hint(x, xok))
	}
	return x, y, xok && yok
}

func (l *lowerer) logic(n *ast.BinaryNode) (typed, bool) {
	x, xok := l.lower(n.Left, nil)
	y, yok := l.lower(n.Right, nil)
	for _, side := range []struct {
		t  *typed
		ok *bool
	}{{&x, &xok}, {&y, &yok}} {
		if *side.ok && side.t.kind() != facts.Bool {
			*side.ok = false
			l.notCondition(n, *side.t, x)
		}
	}
	if !xok || !yok {
		return typed{}, false
	}
	op := And
	if n.Operator == "or" {
		op = Or
	}
	return typed{&Binary{l.bool(n), op, x.e, y.e}, false}, true
}

// notCondition reports an operand of "and" or "or" that is neither true nor false.
func (l *lowerer) notCondition(n *ast.BinaryNode, t, left typed) {
	d := codeLogic.At(t.e.Span(), "%s needs a condition on each side, but %s is %s", n.Operator, t.e.Text(), describe(t))
	first, ok := left.e.(*Binary)
	switch {
	case t.bare && ok && first.Op == Eq && n.Operator == "or" && first.X.Type().Kind != facts.Number:
		d = d.Suggest("write %s in [%s, %s]", first.X.Text(), first.Y.Text(), t.e.Text())
	case t.bare && ok && first.Op.Compares():
		d = d.Suggest("write %s %s %s", first.X.Text(), first.Op, t.e.Text())
	default:
		d = d.Suggest("compare it with something")
	}
	l.add(d)
}

// chain reports a < b < c.
func (l *lowerer) chain(n *ast.BinaryNode) (typed, bool) {
	var parts []string
	var walk func(ast.Node)
	walk = func(n ast.Node) {
		b := n.(*ast.BinaryNode)
		if b.Operator == "&&" {
			walk(b.Left)
			walk(b.Right)
			return
		}
		parts = append(parts, l.text(b.Left)+" "+b.Operator+" "+l.text(b.Right))
		l.lower(b, nil)
	}
	walk(n)
	hint := "write " + parts[0]
	for _, p := range parts[1:] {
		hint += " and " + p
	}
	return l.refuse(n, codeChain, "comparisons cannot be chained", hint)
}

func (l *lowerer) conditional(n *ast.ConditionalNode, want *facts.Type) (typed, bool) {
	if !n.Ternary {
		return typed{}, false // refused as a scrap
	}
	c, ok := l.lower(n.Cond, nil)
	if n.Exp1 == n.Cond {
		l.lower(n.Exp2, want)
		return l.refuse(n, codeElvis, "a value is missing between ? and :", "write c ? x : y")
	}
	if ok && c.kind() != facts.Bool {
		l.add(codeLogic.At(c.e.Span(), "? needs a condition before it, but %s is %s", c.e.Text(), describe(c)).
			Suggest("compare it with something"))
		ok = false
	}
	x, y, both := l.pair(n.Exp1, n.Exp2, want)
	if !ok || !both {
		return typed{}, false
	}
	t, ok := l.one(n, "? :", &x, &y)
	if !ok {
		return typed{}, false
	}
	return typed{&Conditional{l.node(n, t), c.e, x.e, y.e}, x.bare && y.bare}, true
}
