package condition

import (
	"regexp"
	"strconv"

	"github.com/expr-lang/expr/ast"

	"truce/facts"
	"truce/facts/source"
)

// settle lets an operand that is made of literals alone take what the other side
// has: a number its unit, a text its symbols or levels.
func (l *lowerer) settle(x, y *typed) bool {
	if !y.bare {
		return l.adopt(x, y.typ(), y.e.Text())
	}
	if !x.bare {
		return l.adopt(y, x.typ(), x.e.Text())
	}
	return true
}

// adopt gives an operand, where it is bare, the unit or the names of a type; of says
// whose type it is. Kinds that do not fit are left for the caller to find.
func (l *lowerer) adopt(t *typed, to facts.Type, of string) bool {
	switch {
	case !t.bare:
	case t.kind().Numeric() && to.Kind.Numeric():
		adoptUnit(t.e, to.Unit, to.Kind == facts.Number)
		t.bare = false
	case t.kind() == facts.Text && (to.Kind == facts.Enum || to.Kind == facts.Scale):
		t.bare = false
		return l.adoptNames(t.e, plain(to), of)
	}
	return true
}

// adoptUnit sets the unit on a tree of literals, and makes its integers numbers
// where a number is due and nothing is lost. Below * and / literals keep no unit.
func adoptUnit(e Expr, u facts.Unit, number bool) {
	n := e.(interface{ core() *node }).core()
	n.typ.Unit = u
	if b, ok := e.(*Binary); ok && (b.Op == Mul || b.Op == Div || b.Op == Mod) {
		return
	}
	if c, ok := e.(*Conditional); ok {
		adoptUnit(c.Then, u, number)
		adoptUnit(c.Else, u, number)
	} else {
		for _, c := range Children(e) {
			adoptUnit(c, u, number)
		}
	}
	if !number || n.typ.Kind != facts.Integer {
		return
	}
	if lit, ok := e.(*Literal); ok {
		i := lit.Value.Integer()
		if i >= -1<<53 && i <= 1<<53 {
			lit.Value, n.typ.Kind = facts.NumberOf(float64(i)), facts.Number
		}
		return
	}
	n.typ.Kind = facts.Number
}

func (n *node) core() *node { return n }

// adoptNames turns the texts of a tree of literals into symbols or levels.
func (l *lowerer) adoptNames(e Expr, t facts.Type, of string) bool {
	switch e := e.(type) {
	case *Literal:
		v, ok := l.symbol(e.Value.Text(), t, of, e.span)
		e.Value, e.typ = v, t
		return ok
	case *Conditional:
		e.typ = t
		then := l.adoptNames(e.Then, t, of)
		return l.adoptNames(e.Else, t, of) && then
	}
	return false
}

// symbol is the value of a quoted name, or a finding that there is none such.
func (l *lowerer) symbol(name string, t facts.Type, of string, at facts.Span) (facts.Value, bool) {
	i := t.Names.Index(name)
	if i < 0 {
		what := "symbol"
		if t.Kind == facts.Scale {
			what = "level"
		}
		d := codeUnknownSymbol.At(at, "%q is not a %s of %s", name, what, of).Expect("one of %s", list(quoted(names(t))))
		if near := source.Nearest(name, names(t)); near != "" {
			d = d.Suggest("did you mean %q?", near)
		}
		l.add(d)
		return facts.Value{}, false
	}
	if t.Kind == facts.Scale {
		return facts.ScaleOf(i), true
	}
	return facts.EnumOf(name), true
}

// sameUnit checks that two numeric operands of one operation have one unit.
func (l *lowerer) sameUnit(n ast.Node, what string, x, y typed) bool {
	a, b := x.typ().Unit, y.typ().Unit
	if a == b {
		return true
	}
	d := codeUnits.At(l.span(n), "%s needs one unit, but %s %s and %s %s", what, x.e.Text(), unitOf(x.typ()), y.e.Text(), unitOf(y.typ()))
	switch {
	case b == "":
		d = d.Suggest("%s", giveUnit(y.e, a))
	case a == "":
		d = d.Suggest("%s", giveUnit(x.e, b))
	default:
		d = d.Suggest("units are not converted: multiply %s by a threshold in %s, or compare like with like", y.e.Text(), a.Div(b))
	}
	l.add(d)
	return false
}

// giveUnit says how an operand that has no unit comes by one.
func giveUnit(e Expr, u facts.Unit) string {
	switch e.(type) {
	case *Threshold, *FieldOf, *ElementField:
		return "declare " + e.Text() + " with the unit " + string(u)
	}
	return "multiply " + e.Text() + " by a threshold in " + string(u)
}

var highPower = regexp.MustCompile(`\^\d\d`)

// combined is the unit of a product or a quotient.
func (l *lowerer) combined(n ast.Node, op Op, x, y facts.Unit) (facts.Unit, bool) {
	u := x.Mul(y)
	if op == Div {
		u = x.Div(y)
	}
	if highPower.MatchString(string(u)) {
		l.report(codeUnits, n, "the unit %s has a power of more than 9", u)
		return "", false
	}
	return u, true
}

// conform holds the whole expression against what is wanted of it.
func (l *lowerer) conform(t typed, w Want) (Expr, bool) {
	switch w.kind {
	case wantCondition:
		if t.kind() == facts.Bool {
			return t.e, true
		}
		l.add(codeNotCondition.At(t.e.Span(), "%s is %s, not a condition", t.e.Text(), describe(t)).
			Expect("something that is true or false").Suggest("compare it with something, or bind it to a name: - x: %s", t.e.Text()))
		return nil, false
	case wantFormula:
		return t.e, l.adopt(&t, w.typ, "the field") && l.fits(t, w.typ) && l.inRange(t, w.typ)
	default:
		return t.e, true
	}
}

// fits reports whether a formula's value may be stored in a field of the type.
func (l *lowerer) fits(t typed, want facts.Type) bool {
	have := t.typ()
	at := t.e.Span()
	switch {
	case have.Kind == facts.Number && want.Kind == facts.Integer:
		l.add(codeNotInteger.At(at, "%s is a number, and the field holds integers", t.e.Text()).
			Suggest("write int(round(%s)), or declare the field as a number", t.e.Text()))
		return false
	case have.Kind.Numeric() && want.Kind.Numeric():
		if have.Unit == want.Unit {
			return true
		}
		d := codeFormulaUnit.At(at, "%s %s", t.e.Text(), unitOf(have)).Expect("%s", describeType(want))
		if have.Unit == "" {
			d = d.Suggest("%s", giveUnit(t.e, want.Unit))
		}
		l.add(d)
		return false
	case have.Kind == want.Kind && (have.Names == nil || have.Names.Same(want.Names)):
		return true
	case have.Kind == want.Kind:
		l.add(codeNames.At(at, "%s is %s", t.e.Text(), describeType(have)).Expect("%s", describeType(want)))
		return false
	}
	d := codeFormulaKind.At(at, "%s is %s", t.e.Text(), describe(t)).Expect("%s", describeType(want))
	if hint := kindHint(t, want); hint != "" {
		d = d.Suggest("%s", hint)
	}
	l.add(d)
	return false
}

// inRange checks a literal against the field's range; values that are computed are
// checked when they are.
func (l *lowerer) inRange(t typed, want facts.Type) bool {
	lit, ok := t.e.(*Literal)
	if !ok || want.Range == nil || want.Kind == facts.Text || want.Kind == facts.Enum || want.Kind == facts.Bool {
		return true
	}
	v := lit.Value
	if want.Kind == facts.Number && v.Kind() == facts.Integer {
		v = facts.NumberOf(float64(v.Integer()))
	}
	if v.Within(*want.Range) {
		return true
	}
	l.add(codeRangeOfField.At(lit.span, "%s lies outside the field's range", lit.text).Expect("%s", want.FormatUnit(*want.Range)))
	return false
}

// kindHint is what to write for a bare operand of the wrong kind, or "".
func kindHint(t typed, want facts.Type) string {
	lit, ok := t.e.(*Literal)
	if !ok {
		if t.kind() == facts.Scale && want.Kind.Numeric() {
			return "a level becomes a number through a table: points(" + t.e.Text() + ", threshold.table)"
		}
		return ""
	}
	if t.kind() == facts.Text {
		return textHint(lit.Value.Text(), want)
	}
	switch want.Kind {
	case facts.Enum, facts.Scale:
		return "write one of its names in quotes: " + list(quoted(names(want)))
	case facts.Text:
		return "write " + strconv.Quote(lit.text)
	case facts.Date:
		return `write date("2013-11-24")`
	case facts.Bool:
		return "write true or false"
	default:
		return ""
	}
}

// textHint is what to write for a quoted text of another kind.
func textHint(s string, want facts.Type) string {
	switch want.Kind {
	case facts.Number, facts.Integer:
		if _, err := strconv.ParseFloat(s, 64); err == nil {
			return "write " + s + " without quotes"
		}
	case facts.Date:
		if _, ok := facts.ParseDate(s); ok {
			return "write date(" + strconv.Quote(s) + ")"
		}
		return `write date("2013-11-24")`
	case facts.Bool:
		return "write true or false without quotes"
	default:
	}
	return ""
}
