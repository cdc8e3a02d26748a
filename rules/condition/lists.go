package condition

import (
	"regexp"

	"github.com/expr-lang/expr/ast"

	"truce/facts"
)

// memberOf checks and builds "x in [a, b]".
func (l *lowerer) memberOf(n *ast.BinaryNode) (typed, bool) {
	set, ok := n.Right.(*ast.ArrayNode)
	if !ok {
		return l.notList(n)
	}
	var x typed
	if l.loose(n.Left) && len(set.Nodes) > 0 {
		return l.lower(n.Left, nil)
	}
	if x, ok = l.lower(n.Left, nil); !ok {
		return typed{}, false
	}
	switch x.kind() {
	case facts.Number, facts.Date:
		return l.refuse(n, codeInNumbers, x.e.Text()+" is "+describe(x)+", and a list holds single values, not an interval", l.between(n.Left, set))
	case facts.Bool:
		return l.refuse(n, codeInList, x.e.Text()+" is true or false, and needs no list", "write the condition itself, or not before it")
	default:
	}
	if len(set.Nodes) == 0 {
		return l.refuse(set, codeInList, "the list is empty", "write the values that "+x.e.Text()+" may have")
	}
	values, at := make([]facts.Value, 0, len(set.Nodes)), make([]int, 0, len(set.Nodes))
	for _, item := range set.Nodes {
		if v, good := l.item(item, &x); good {
			from, _ := l.stretch(item)
			values, at = append(values, v), append(at, from)
		} else {
			ok = false
		}
	}
	if !ok {
		return typed{}, false
	}
	return typed{&Member{l.bool(n), x.e, values, at}, false}, true
}

// between is what to write for "x in [low, high]".
func (l *lowerer) between(x ast.Node, set *ast.ArrayNode) string {
	text := l.factor(x)
	if len(set.Nodes) == 2 {
		return "write " + text + " >= " + l.text(set.Nodes[0]) + " and " + text + " <= " + l.text(set.Nodes[1])
	}
	return "write " + text + " == a or " + text + " == b"
}

// item is the value of one item of a list.
func (l *lowerer) item(n ast.Node, x *typed) (facts.Value, bool) {
	typ := x.typ()
	t, ok := l.lower(n, &typ)
	if !ok {
		return facts.Value{}, false
	}
	lit, ok := t.e.(*Literal)
	if !ok {
		l.add(codeInList.At(t.e.Span(), "a list holds literals only, and %s is not one", t.e.Text()).
			Suggest("write %s == %s", x.e.Text(), t.e.Text()))
		return facts.Value{}, false
	}
	if !l.adopt(&t, typ, x.e.Text()) {
		return facts.Value{}, false
	}
	if t.kind() != x.kind() {
		d := codeInList.At(lit.span, "%s is %s", lit.text, describe(t)).Expect("%s", describeType(typ))
		if hint := kindHint(t, typ); hint != "" {
			d = d.Suggest("%s", hint)
		}
		l.add(d)
		return facts.Value{}, false
	}
	return lit.Value, true
}

// notList reports "x in y" where y is no list.
func (l *lowerer) notList(n *ast.BinaryNode) (typed, bool) {
	x, xok := l.lower(n.Left, nil)
	if id, ok := n.Right.(*ast.IdentifierNode); ok {
		if t := l.scope.Schema.Type(id.Value); t != nil && l.isCollection(id) {
			return l.refuse(n.Right, codeInList, t.Name+" is a fact type, not a list", "write any("+t.Name+", .field == "+l.text(n.Left)+")")
		}
	}
	if b, ok := n.Right.(*ast.BinaryNode); ok && b.Operator == ".." {
		l.each(b)
		return typed{}, false
	}
	y, yok := l.lower(n.Right, nil)
	if from, to := l.stretch(n.Right); !xok || !yok || l.f.bannedIn(from, to) {
		return typed{}, false
	}
	hint := "write " + x.e.Text() + " == " + y.e.Text()
	if y.kind() == facts.Text && x.kind() == facts.Text {
		hint = "write " + y.e.Text() + " contains " + x.e.Text()
	}
	return l.refuse(n.Right, codeInList, "in needs a list in brackets behind it", hint)
}

// textTest checks and builds contains, startsWith, endsWith and matches.
func (l *lowerer) textTest(n *ast.BinaryNode) (typed, bool) {
	want := facts.Type{Kind: facts.Text}
	x, ok := l.lower(n.Left, &want)
	if ok && x.kind() != facts.Text {
		d := codeTextTest.At(x.e.Span(), "%s needs a text, but %s is %s", n.Operator, x.e.Text(), describe(x))
		if x.kind() == facts.Enum || x.kind() == facts.Scale {
			d = d.Suggest("write %s in [...]", x.e.Text())
		}
		l.add(d)
		ok = false
	}
	pattern, constant := n.Right.(*ast.StringNode)
	if !constant {
		if _, lowered := l.lower(n.Right, &want); lowered {
			l.add(codeTextTest.At(l.span(n.Right), "%s needs a constant text behind it", n.Operator).Suggest("write it in quotes"))
		}
		return typed{}, false
	}
	var re *regexp.Regexp
	if n.Operator == "matches" {
		var err error
		if re, err = regexp.Compile(pattern.Value); err != nil {
			l.report(codeRegexp, n.Right, "%s", err)
			return typed{}, false
		}
	}
	if !ok {
		return typed{}, false
	}
	return typed{&TextTest{l.bool(n), n.Operator, x.e, pattern.Value, re}, false}, true
}
