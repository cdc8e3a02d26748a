package condition

import (
	"github.com/expr-lang/expr/ast"

	"truce/facts"
)

// compare checks and builds a comparison.
func (l *lowerer) compare(n *ast.BinaryNode, op Op, x, y typed) (typed, bool) {
	if !l.settle(&x, &y) {
		return typed{}, false
	}
	a, b := x.typ(), y.typ()
	ordered := op != Eq && op != Ne
	switch {
	case a.Kind.Numeric() && b.Kind.Numeric():
		if !l.sameUnit(n, op.String(), x, y) {
			return typed{}, false
		}
	case a.Kind != b.Kind:
		l.mismatch(n, op.String(), x, y)
		return typed{}, false
	case ordered && !a.Kind.Ordered():
		l.add(codeOrder.At(l.span(n), "%s has no order, so %s says nothing", article(a.Kind), op).Suggest("%s", orderHint(a.Kind)))
		return typed{}, false
	case a.Names != nil && !a.Names.Same(b.Names):
		l.add(codeNames.At(l.span(n), "%s and %s do not have the same names", x.e.Text(), y.e.Text()).
			Expect("%s on both sides", describeType(a)))
		return typed{}, false
	}
	return typed{&Binary{l.bool(n), op, x.e, y.e}, false}, true
}

func orderHint(k facts.Kind) string {
	switch k {
	case facts.Enum:
		return "write == or in [...], or declare the field as a scale if its names have an order"
	case facts.Bool:
		return "write the condition itself, or not before it"
	default:
		return "write ==, in [...], startsWith or contains; dates and levels have kinds of their own"
	}
}

// mismatch reports operands of kinds that do not go together.
func (l *lowerer) mismatch(n ast.Node, what string, x, y typed) {
	d := codeMismatch.At(l.span(n), "%s needs one kind of value on both sides, but %s is %s and %s is %s",
		what, x.e.Text(), describe(x), y.e.Text(), describe(y))
	hint := ""
	switch {
	case x.kind() == facts.Bool && isComparison(x.e) || y.kind() == facts.Bool && isComparison(y.e):
		hint = "comparisons cannot be chained: write a == b and b == c, or put not (...) around what it is meant for"
	case dayBefore(x.e) != "" && y.kind().Numeric():
		hint = "a day less a number of days is a day: write case.as_of - " + dayBefore(x.e) + " for the days between"
	case y.bare:
		hint = kindHint(y, x.typ())
	case x.bare:
		hint = kindHint(x, y.typ())
	}
	if hint == "" && (x.kind() == facts.Scale || y.kind() == facts.Scale) {
		hint = "a level becomes a number through a table: points(level, threshold.table)"
	}
	if hint != "" {
		d = d.Suggest("%s", hint)
	}
	l.add(d)
}

// dayBefore is the text of the day that an expression takes days from, or "".
func dayBefore(e Expr) string {
	b, ok := e.(*Binary)
	if !ok || b.Op != Sub || b.Type().Kind != facts.Date {
		return ""
	}
	return b.X.Text()
}

func isComparison(e Expr) bool {
	b, ok := e.(*Binary)
	return ok && b.Op.Compares()
}

// one is the type that two values share which stand for each other: branches of a
// conditional, arguments of min and max.
func (l *lowerer) one(n ast.Node, what string, x, y *typed) (facts.Type, bool) {
	if !l.settle(x, y) {
		return facts.Type{}, false
	}
	a, b := plain(x.typ()), plain(y.typ())
	switch {
	case a.Kind.Numeric() && b.Kind.Numeric():
		if !x.bare && !l.sameUnit(n, what, *x, *y) {
			return facts.Type{}, false
		}
		if b.Kind == facts.Number {
			return b, true
		}
		return a, true
	case a.Kind == b.Kind && (a.Names == nil || a.Names.Same(b.Names)):
		return a, true
	}
	d := codeBranches.At(l.span(n), "%s is %s, but %s is %s", x.e.Text(), describe(*x), y.e.Text(), describe(*y)).
		Expect("one kind of value")
	if hint := kindHint(*y, a); y.bare && hint != "" {
		d = d.Suggest("%s", hint)
	}
	l.add(d)
	return facts.Type{}, false
}

// arithmetic checks and builds + - * / %.
func (l *lowerer) arithmetic(n *ast.BinaryNode, op Op, x, y typed) (typed, bool) {
	if x.kind() == facts.Date || y.kind() == facts.Date {
		return l.dates(n, op, x, y)
	}
	for _, side := range []typed{x, y} {
		if !side.kind().Numeric() {
			l.arithmeticOn(side, op.String())
			return typed{}, false
		}
	}
	if op == Mod && (x.kind() != facts.Integer || y.kind() != facts.Integer) {
		l.add(codeModulo.At(l.span(n), "%% needs integers, but %s is %s and %s is %s", x.e.Text(), describe(x), y.e.Text(), describe(y)).
			Suggest("write int(floor(x)) for the integer part of a number"))
		return typed{}, false
	}
	t := facts.Type{Kind: facts.Number}
	if op != Div && x.kind() == facts.Integer && y.kind() == facts.Integer {
		t.Kind = facts.Integer
	}
	bare := x.bare && y.bare
	if op == Mul || op == Div {
		u, ok := l.combined(n, op, x.typ().Unit, y.typ().Unit)
		if !ok {
			return typed{}, false
		}
		t.Unit = u
	} else {
		if !l.settle(&x, &y) || !l.sameUnit(n, op.String(), x, y) {
			return typed{}, false
		}
		t.Unit = x.typ().Unit
	}
	return typed{&Binary{l.node(n, t), op, x.e, y.e}, bare}, true
}

// arithmeticOn reports an operand that is no number.
func (l *lowerer) arithmeticOn(x typed, op string) {
	at := x.e.Span()
	switch x.kind() {
	case facts.Scale:
		l.add(codeScaleArithmetic.At(at, "%s is a level, and levels are compared, never added or multiplied", x.e.Text()).
			Suggest("write points(%s, threshold.table), with a table of points that gives its reason", x.e.Text()))
	case facts.Text:
		l.add(codeArithmetic.At(at, "%s needs numbers, but %s is %s", op, x.e.Text(), describe(x)).
			Suggest("texts are put together in says: \"{a.name} and {b.name}\""))
	case facts.Bool:
		l.add(codeArithmetic.At(at, "%s needs numbers, but %s is %s", op, x.e.Text(), describe(x)).
			Suggest("write (%s ? 1 : 0) to count it", x.e.Text()))
	default:
		l.add(codeArithmetic.At(at, "%s needs numbers, but %s is %s", op, x.e.Text(), describe(x)))
	}
}

// dates checks and builds what can be done with days: the difference of two, and a
// day so many days earlier or later.
func (l *lowerer) dates(n *ast.BinaryNode, op Op, x, y typed) (typed, bool) {
	if x.kind() == facts.Date && y.kind() == facts.Date && op == Sub {
		return typed{&Binary{l.node(n, facts.Type{Kind: facts.Integer, Unit: facts.Day}), op, x.e, y.e}, false}, true
	}
	days := &y
	if y.kind() == facts.Date {
		days = &x
	}
	movable := op == Add && (x.kind() != facts.Date || y.kind() != facts.Date) || op == Sub && x.kind() == facts.Date
	if movable && days.kind() == facts.Integer && (days.bare || days.typ().Unit == facts.Day) {
		if days.bare {
			adoptUnit(days.e, facts.Day, false)
		}
		return typed{&Binary{l.node(n, facts.Type{Kind: facts.Date}), op, x.e, y.e}, false}, true
	}
	d := codeDates.At(l.span(n), "%s does not go with %s and %s", op, describe(x), describe(y)).
		Expect("date - date, or a date + or - an integer in day")
	switch {
	case movable && days.kind() == facts.Number && (days.bare || days.typ().Unit == facts.Day):
		d = d.Suggest("write int(round(%s))", days.e.Text())
	case days.bare && days.kind() == facts.Text:
		d = d.Suggest("a date is written %s", `date("2013-11-24")`)
	case movable && days.kind() == facts.Integer && days.typ().Unit == "":
		d = d.Suggest("%s", giveUnit(days.e, facts.Day))
	}
	l.add(d)
	return typed{}, false
}
