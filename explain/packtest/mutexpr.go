package packtest

import (
	"slices"
	"strconv"
	"strings"

	"truce/explain/cover"
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

// ofExpression changes each part of an expression that is made of parts.
func (g *generator) ofExpression(at cover.Place) {
	condition.Walk(at.Expr, func(e condition.Expr) bool {
		if g.done == nil {
			g.done = map[condition.Expr]bool{}
		}
		if g.done[e] {
			return false
		}
		g.done[e] = true
		switch e := e.(type) {
		case *condition.External:
			return false // known by its text as a whole
		case *condition.Unary:
			g.unary(at, e)
		case *condition.Binary:
			g.binary(at, e)
		case *condition.Call:
			g.call(at, e)
		case *condition.Aggregate:
			g.aggregate(at, e)
		case *condition.Member:
			g.member(at, e)
		}
		return true
	})
	if at.Line == len(at.Rule.When) {
		g.conclusion(at, at.Expr)
	}
}

// replace is the mutant with one expression in place of another.
func (g *generator) replace(kind string, at cover.Place, e, by condition.Expr, text, same string) *Mutant {
	m := &Mutant{Kind: kind, Of: "rule " + at.Rule.Name, At: e.Span(), Was: e.Text(), Becomes: text, Same: same, spots: g.spots[e],
		revision: func(p *rules.Pack) rules.Revision { return replaced(p, e, by) }}
	g.add(m)
	return m
}

// replaced puts an expression in place of another in every rule that has it.
func replaced(p *rules.Pack, e, by condition.Expr) rules.Revision {
	return rules.Revision{Rules: each(p.Rules, func(r *rules.Rule) *rules.Rule {
		c := *r
		c.When = slices.Clone(r.When)
		for i, s := range r.When {
			if s.Expr != nil && s.NotRow == "" {
				step := *s
				step.Expr = condition.Replaced(s.Expr, e, by)
				c.When[i] = &step
			}
		}
		c.Then = slices.Clone(r.Then)
		for i, x := range r.Then {
			conclusion := *x
			conclusion.Fields = slices.Clone(x.Fields)
			for k, f := range x.Fields {
				conclusion.Fields[k] = condition.Replaced(f, e, by)
			}
			c.Then[i] = &conclusion
		}
		return &c
	})}
}

func (g *generator) unary(at cover.Place, e *condition.Unary) {
	kind := KindLogic
	if e.Op == condition.Neg {
		kind = KindArithmetic
	}
	g.replace(kind, at, e, e.X, e.X.Text(), "")
}

// swaps are the operators that stand in for another.
var swaps = map[condition.Op][]condition.Op{
	condition.Lt:  {condition.Le, condition.Ge},
	condition.Le:  {condition.Lt, condition.Gt},
	condition.Gt:  {condition.Ge, condition.Le},
	condition.Ge:  {condition.Gt, condition.Lt},
	condition.Eq:  {condition.Ne},
	condition.Ne:  {condition.Eq},
	condition.And: {condition.Or},
	condition.Or:  {condition.And},
	condition.Add: {condition.Sub},
	condition.Sub: {condition.Add},
}

func (g *generator) binary(at cover.Place, e *condition.Binary) {
	kind := KindArithmetic
	switch {
	case e.Op.Compares():
		kind = KindComparison
	case e.Op == condition.And || e.Op == condition.Or:
		kind = KindLogic
		g.replace(kind, at, e, e.X, e.X.Text(), "")
		g.replace(kind, at, e, e.Y, e.Y.Text(), "")
	case e.X.Type().Kind == facts.Date:
		return // a sum of days and a date is none of two dates
	}
	for _, op := range swaps[e.Op] {
		c := *e
		c.Op = op
		g.replace(kind, at, e, &c, written(op, e.X, e.Y), "")
	}
	if e.Op.Compares() {
		g.level(at, e)
	}
}

// written is an operation as one writes it.
func written(op condition.Op, x, y condition.Expr) string {
	return inBrackets(x) + " " + op.String() + " " + inBrackets(y)
}

// inBrackets is the text of an operand, in brackets where it might be taken apart.
func inBrackets(e condition.Expr) string {
	switch e := e.(type) {
	case *condition.Binary:
		if e.Op.Compares() {
			return e.Text()
		}
	case *condition.Conditional:
	default:
		return e.Text()
	}
	return "(" + e.Text() + ")"
}

// level moves a level that something is compared with.
func (g *generator) level(at cover.Place, e *condition.Binary) {
	for _, side := range []condition.Expr{e.X, e.Y} {
		lit, ok := side.(*condition.Literal)
		if !ok || lit.Type().Kind != facts.Scale {
			continue
		}
		for _, v := range neighbours(lit.Type(), lit.Value) {
			g.literal(KindLevel, at, lit, v)
		}
	}
}

// literal puts another value in place of one.
func (g *generator) literal(kind string, at cover.Place, lit *condition.Literal, v facts.Value) {
	text := lit.Type().Format(v)
	if k := lit.Type().Kind; (k == facts.Enum || k == facts.Scale) && strings.HasPrefix(lit.Text(), `"`) {
		text = `"` + text + `"`
	}
	g.replace(kind, at, lit, condition.Constant(lit.Span(), lit.Type(), v), text, "")
}

// neighbours are the values next to one: the levels beside it, the next of the names, the
// other truth, one more and one less.
func neighbours(t facts.Type, v facts.Value) []facts.Value {
	switch t.Kind {
	case facts.Bool:
		return []facts.Value{facts.BoolOf(!v.True())}
	case facts.Enum:
		if n := len(t.Names.List); n > 1 {
			return []facts.Value{facts.EnumOf(t.Names.List[(t.Names.Index(v.Text())+1)%n])}
		}
	case facts.Scale:
		level, _ := v.Ends()
		var list []facts.Value
		for _, l := range []int64{level - 1, level + 1} {
			if l >= 0 && l < int64(len(t.Names.List)) {
				list = append(list, facts.ScaleOf(int(l)))
			}
		}
		return list
	}
	return nil
}

// conclusion replaces what is concluded: the value of a field, or those that a formula
// chooses between.
func (g *generator) conclusion(at cover.Place, e condition.Expr) {
	switch e := e.(type) {
	case *condition.Literal:
		for _, v := range neighbours(e.Type(), e.Value) {
			g.literal(KindConclusion, at, e, v)
		}
	case *condition.Conditional:
		g.conclusion(at, e.Then)
		g.conclusion(at, e.Else)
	}
}

func (g *generator) call(at cover.Place, e *condition.Call) {
	c := *e
	switch e.Func {
	case condition.Min:
		c.Func = condition.Max
	case condition.Max:
		c.Func = condition.Min
	default:
		return
	}
	args := make([]string, len(e.Args))
	for i, a := range e.Args {
		args[i] = a.Text()
	}
	g.replace(KindArithmetic, at, e, &c, c.Func.String()+"("+strings.Join(args, ", ")+")", "")
}

// member leaves each name out of a list.
func (g *generator) member(at cover.Place, e *condition.Member) {
	if len(e.Set) < 2 {
		return
	}
	names := make([]string, len(e.Set))
	for i, v := range e.Set {
		if names[i] = e.X.Type().Format(v); v.Kind() == facts.Enum || v.Kind() == facts.Scale || v.Kind() == facts.Text {
			names[i] = strconv.Quote(names[i])
		}
	}
	for i := range e.Set {
		c := *e
		c.Set = slices.Delete(slices.Clone(e.Set), i, i+1)
		left := strings.Join(slices.Delete(slices.Clone(names), i, i+1), ", ")
		m := g.replace(KindLevel, at, e, &c, e.X.Text()+" in ["+left+"]", "")
		m.short = names[i] + " left out of the list behind " + e.X.Text() + " in"
	}
}

// forms are the forms of aggregates that stand in for another.
var forms = [][]condition.Form{
	{condition.Any, condition.All, condition.None, condition.One},
	{condition.Sum, condition.Least, condition.Most},
}

func (g *generator) aggregate(at cover.Place, e *condition.Aggregate) {
	for _, family := range forms {
		if !slices.Contains(family, e.Form) {
			continue
		}
		for _, form := range family {
			if form == e.Form || form == condition.Sum && !e.Of.Type().Kind.Numeric() {
				continue
			}
			by := condition.Aggregated(e.Span(), e.Type(), form, e.Fact, e.Where, e.Of)
			g.replace(KindAggregate, at, e, by, aggregateText(by), alike(e, form))
		}
	}
}

func aggregateText(e *condition.Aggregate) string {
	of := e.Fact.Name
	if e.Of == nil {
		return e.Form.String() + "(" + of + ", " + e.Where.Text() + ")"
	}
	if e.Where != nil {
		of = "filter(" + of + ", " + e.Where.Text() + ")"
	}
	of += ", " + e.Of.Text()
	if e.Form == condition.Sum {
		return "sum(" + of + ")"
	}
	return e.Form.String() + "(map(" + of + "))"
}

// alike says why another form comes to the same over a type of which there is one fact,
// or at most one.
func alike(e *condition.Aggregate, form condition.Form) string {
	t := e.Fact
	exactly := !t.Concluded && t.Count == facts.One
	atMost := exactly || t.Concluded && len(t.Key) == 0
	among := func(x, y condition.Form) bool { return e.Form == x && form == y || e.Form == y && form == x }
	switch {
	case atMost && (among(condition.Any, condition.One) || among(condition.Least, condition.Most)):
		return "there is at most one " + t.Name
	case exactly && (among(condition.Any, condition.All) || among(condition.One, condition.All)),
		exactly && e.Where == nil && (among(condition.Sum, condition.Least) || among(condition.Sum, condition.Most)):
		return "there is one " + t.Name
	}
	return ""
}
