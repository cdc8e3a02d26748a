package condition

import (
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/builtin"

	"truce/facts"
	"truce/facts/source"
)

// callForm is how a function is written, and how many arguments it takes.
type callForm struct {
	usage       string
	least, most int
}

// offered are the functions of the language, expr's own among them (see
// external.go).
var offered = [...]string{
	"abs", "all", "any", "ceil", "count", "date", "filter", "float", "floor", "hasPrefix", "hasSuffix", "indexOf", "int", "known",
	"lastIndexOf", "len", "lower", "map", "max", "mean", "min", "none", "one", "points", "ramp", "replace", "round", "string", "sum",
	"trim", "trimPrefix", "trimSuffix", "upper",
}

func callFormOf(name string) (callForm, bool) {
	switch name {
	case "none", "any", "all", "one":
		return callForm{name + "(T, condition)", 2, 2}, true
	case "count":
		return callForm{"count(T, condition)", 1, 2}, true
	case "filter":
		return callForm{"filter(T, condition)", 2, 2}, true
	case "map":
		return callForm{"map(T, value)", 2, 2}, true
	case "sum":
		return callForm{"sum(T, value)", 1, 2}, true
	case "mean":
		return callForm{"mean(map(T, value))", 1, MaxNodes}, true
	case "len":
		return callForm{"len(T)", 1, 1}, true
	case "min", "max":
		return callForm{name + "(x, y)", 1, MaxNodes}, true
	case "known", "abs", "floor", "ceil", "round":
		return callForm{name + "(x)", 1, 1}, true
	case "ramp":
		return callForm{"ramp(x, a, b)", 3, 3}, true
	case "points":
		return callForm{"points(level, threshold.table)", 2, 2}, true
	case "date":
		return callForm{`date("2013-11-24")`, 1, 1}, true
	}
	return callForm{}, false
}

// usage is how a function of the language is written, or "".
func usage(name string) string {
	if f, ok := callFormOf(name); ok {
		return f.usage
	}
	s, _ := signatureOf(name)
	return s.usage
}

// call lowers a call of a function by its name.
func (l *lowerer) call(n ast.Node, name string, args []ast.Node, want *facts.Type) (typed, bool) {
	if s, ok := signatureOf(name); ok && !(name == "len" && len(args) == 1 && l.isCollection(args[0])) {
		return l.external(n, name, s, args)
	}
	f, ok := callFormOf(name)
	if !ok {
		return l.notFunction(n, name, args)
	}
	if len(args) < f.least || len(args) > f.most {
		l.parts(args)
		return l.arity(n, name, f.usage, len(args))
	}
	switch name {
	case "none", "any", "all", "one", "count", "len", "sum", "mean":
		return l.quantified(n, name, args)
	case "filter", "map":
		if l.nested(n, name) {
			return typed{}, false
		}
		return l.refuse(n, codeLoneCollection, name+" gives facts or values, not one value", "put it inside len, sum, min, max or mean: "+map[string]string{"filter": "len(filter(T, condition))", "map": "max(map(T, value))"}[name])
	case "min", "max":
		if slices.ContainsFunc(args, l.isCollection) {
			if l.nested(n, name) {
				return typed{}, false
			}
			return l.over(n, name, args)
		}
		return l.extreme(n, name, args, want)
	case "known":
		x, ok := l.lower(args[0], nil)
		return typed{&Call{l.bool(n), Known, []Expr{x.e}}, false}, ok
	case "ramp":
		return l.ramp(n, args)
	case "points":
		return l.points(n, args)
	case "date":
		return l.date(n, args[0])
	}
	return l.rounding(n, name, args[0])
}

func (l *lowerer) quantified(n ast.Node, name string, args []ast.Node) (typed, bool) {
	if l.nested(n, name) {
		return typed{}, false
	}
	switch name {
	case "len":
		return l.length(n, name, args[0])
	case "count":
		return l.count(n, args)
	case "sum":
		return l.sum(n, args)
	case "mean":
		return l.over(n, name, args)
	}
	return l.quantifier(n, name, args)
}

func (l *lowerer) arity(n ast.Node, name, usage string, got int) (typed, bool) {
	arguments := "arguments"
	if got == 1 {
		arguments = "argument"
	}
	l.add(codeArguments.At(l.span(n), "%s has %d %s here", name, got, arguments).Suggest("write %s", usage))
	return typed{}, false
}

// values lowers arguments that are values, and passes over predicates.
func (l *lowerer) values(args []ast.Node) (ts []typed, ok bool) {
	ok = true
	for _, a := range args {
		if _, p := a.(*ast.PredicateNode); p {
			ok = false
			continue
		}
		t, good := l.lower(a, nil)
		ts, ok = append(ts, t), ok && good
	}
	return ts, ok
}

// notFunction reports a call of what is no function here.
func (l *lowerer) notFunction(n ast.Node, name string, args []ast.Node) (typed, bool) {
	l.parts(args)
	switch name {
	case "reduce", "sortBy", "groupBy", "find", "findIndex", "findLast", "findLastIndex", "first", "last", "sort", "take", "reverse":
		return l.refuse(n, codeOrderDependent, name+" depends on an order of facts, and they have none",
			"ask with any, all, none or count, or take the least or most: min(map(T, .field))")
	case "now", "today":
		return l.refuse(n, codeNow, "there is no clock here: an answer must come out the same tomorrow", "write case.as_of, the case's date")
	case "get":
		return l.refuse(n, codeGet, "there is no get here", "write e.field")
	case "median":
		return l.refuse(n, codeNotOffered, "there is no median here", "write mean(map(T, value))")
	case "if", "iff":
		return l.refuse(n, codeIf, "there is no if here", "write c ? x : y")
	}
	if _, ok := builtin.Index[name]; ok {
		return l.refuse(n, codeNotOffered, "expr's "+name+" is not part of this language", "the functions are "+strings.Join(offered[:], ", "))
	}
	d := codeUnknownFunction.At(l.span(n), "there is no function %s", name)
	if near := source.Nearest(name, offered[:]); near != "" {
		d = d.Suggest("did you mean %s?", usage(near))
	} else if l.scope.Schema.Type(name) != nil {
		d = d.Suggest("%s is a fact type: write any(%s, condition)", name, name)
	}
	l.add(d)
	return typed{}, false
}

// numbers lowers arguments that must be numbers of one unit.
func (l *lowerer) numbers(n ast.Node, name string, args []ast.Node) ([]typed, bool) {
	ts, ok := l.values(args)
	if !ok {
		return nil, false
	}
	for _, t := range ts {
		if !t.kind().Numeric() {
			l.argument(name, t, "a number")
			ok = false
		}
	}
	return ts, ok && l.alike(n, name, ts)
}

// alike lets bare arguments take the type of the first that is not, and checks
// that all have one unit.
func (l *lowerer) alike(n ast.Node, name string, ts []typed) bool {
	i := slices.IndexFunc(ts, func(t typed) bool { return !t.bare })
	if i < 0 {
		return true
	}
	for j := range ts {
		if j != i && (!l.settle(&ts[j], &ts[i]) || !l.sameUnit(n, name, ts[i], ts[j])) {
			return false
		}
	}
	return true
}

func (l *lowerer) argument(name string, t typed, want string) {
	d := codeArgument.At(t.e.Span(), "%s is %s", t.e.Text(), describe(t)).Expect("%s, for %s", want, usage(name))
	if t.kind() == facts.Scale {
		d = d.Suggest("a level becomes a number through a table: points(%s, threshold.table)", t.e.Text())
	}
	l.add(d)
}

func (l *lowerer) ramp(n ast.Node, args []ast.Node) (typed, bool) {
	ts, ok := l.numbers(n, "ramp", args)
	if !ok {
		return typed{}, false
	}
	from, fixed := ts[1].e.(*Literal)
	to, both := ts[2].e.(*Literal)
	if fixed && both && from.Value.Number() >= to.Value.Number() {
		l.add(codeRamp.At(l.span(n), "a ramp from %s to %s does not rise", from.text, to.text).
			Suggest("write the smaller of the two first; for a ramp that falls, 1 - ramp(x, a, b)"))
		return typed{}, false
	}
	return typed{&Call{l.node(n, facts.Type{Kind: facts.Number}), Ramp, exprs(ts)}, false}, true
}

func exprs(ts []typed) []Expr {
	es := make([]Expr, len(ts))
	for i, t := range ts {
		es[i] = t.e
	}
	return es
}

func (l *lowerer) rounding(n ast.Node, name string, arg ast.Node) (typed, bool) {
	ts, ok := l.numbers(n, name, []ast.Node{arg})
	if !ok {
		return typed{}, false
	}
	f := map[string]Function{"abs": Abs, "floor": Floor, "ceil": Ceil, "round": Round}[name]
	return typed{&Call{l.node(n, plain(ts[0].typ())), f, exprs(ts)}, ts[0].bare}, true
}

// extreme lowers min and max of values.
func (l *lowerer) extreme(n ast.Node, name string, args []ast.Node, want *facts.Type) (typed, bool) {
	ts, ok := make([]typed, len(args)), true
	for pass := range 2 { // names that may be symbols without quotes come second
		for i, a := range args {
			if l.loose(a) != (pass == 1) {
				continue
			}
			var good bool
			ts[i], good = l.lower(a, want)
			if good && want == nil {
				t := ts[i].typ()
				want = &t
			}
			ok = ok && good
		}
	}
	if !ok {
		return typed{}, false
	}
	if len(ts) < 2 {
		return l.arity(n, name, usage(name)+", or "+name+"(map(T, value)) over facts", len(ts))
	}
	first := slices.IndexFunc(ts, func(t typed) bool { return !t.bare })
	first = max(first, 0)
	t, bare := plain(ts[first].typ()), true
	for i := range ts {
		if i != first {
			if t, ok = l.one(n, name, &ts[first], &ts[i]); !ok {
				return typed{}, false
			}
		}
	}
	for _, x := range ts {
		bare = bare && x.bare
		if x.kind() == facts.Number {
			t.Kind = facts.Number
		}
	}
	if !t.Kind.Ordered() {
		l.add(codeArgument.At(l.span(n), "%s has no order, so there is no %s of it", article(t.Kind), name).
			Expect("numbers, dates or levels"))
		return typed{}, false
	}
	f := map[string]Function{"min": Min, "max": Max}[name]
	return typed{&Call{l.node(n, t), f, exprs(ts)}, bare}, true
}

// points lowers points(level, threshold.table).
func (l *lowerer) points(n ast.Node, args []ast.Node) (typed, bool) {
	m, ok := args[1].(*ast.MemberNode)
	base, isName := (*ast.IdentifierNode)(nil), false
	if ok {
		base, isName = m.Node.(*ast.IdentifierNode)
	}
	if !isName || base.Value != "threshold" {
		l.lower(args[0], nil)
		hint := "write points(level, threshold.table)"
		if id, ok := args[1].(*ast.IdentifierNode); ok && l.scope.Parameters[id.Value] != nil {
			hint = "write threshold." + id.Value
		}
		return l.refuse(args[1], codePoints, "points needs a table of points", hint)
	}
	p, ok := l.parameter(m, m.Property.(*ast.StringNode).Value)
	if ok && p.Table == nil {
		l.refuse(args[1], codePoints, l.text(args[1])+" is one value, not a table of points", "use it without points")
		ok = false
	}
	if !ok {
		l.lower(args[0], nil)
		return typed{}, false
	}
	levels := facts.Type{Kind: facts.Scale, Names: p.Table}
	x, ok := l.lower(args[0], &levels)
	if !ok || !l.adopt(&x, levels, l.text(args[1])) {
		return typed{}, false
	}
	if x.kind() != facts.Scale || !x.typ().Names.Same(p.Table) {
		l.add(codePoints.At(x.e.Span(), "%s is %s, and %s has no points for that", x.e.Text(), describe(x), l.text(args[1])).
			Expect("%s", describeType(levels)))
		return typed{}, false
	}
	table := &Threshold{l.node(args[1], p.Type), p.Name, p.Index}
	return typed{&Call{l.node(n, plain(p.Type)), Points, []Expr{x.e, table}}, false}, true
}

// date lowers a date literal.
func (l *lowerer) date(n ast.Node, arg ast.Node) (typed, bool) {
	s, ok := arg.(*ast.StringNode)
	if !ok {
		if _, good := l.lower(arg, nil); good {
			return l.refuse(arg, codeDate, "date takes a day in quotes", `write date("2013-11-24")`)
		}
		return typed{}, false
	}
	day, ok := facts.ParseDate(s.Value)
	if !ok {
		l.add(codeDate.At(l.span(arg), "%q is not a date", s.Value).Expect("year-month-day of the Gregorian calendar, such as 2013-11-24"))
		return typed{}, false
	}
	return typed{&Literal{l.node(n, facts.Type{Kind: facts.Date}), facts.DateOf(day)}, false}, true
}
