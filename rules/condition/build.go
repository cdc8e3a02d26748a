package condition

import (
	"slices"

	"truce/facts"
)

// Conjunction is the "and" of conditions, which must not be empty, as one
// expression with the given place and text. A row of a decision table is one.
func Conjunction(span facts.Span, text string, conds []Expr) Expr {
	e := conds[0]
	for _, c := range conds[1:] {
		e = &Binary{built(span, facts.Type{Kind: facts.Bool}, text), And, e, c}
	}
	return e
}

// Negation is "not e" with the given place and text.
func Negation(span facts.Span, text string, e Expr) Expr {
	return &Unary{built(span, facts.Type{Kind: facts.Bool}, text), Not, e}
}

// Unless is a condition that is true unless e is, and a fault where it is. Both says
// what the fault is of.
func Unless(span facts.Span, text string, e Expr, both string, fault *facts.Fault) Expr {
	typ := facts.Type{Kind: facts.Bool}
	otherwise := &Literal{built(span, typ, both), facts.FaultValue(facts.Bool, fault)}
	return &Binary{built(span, typ, text), Or, Negation(span, text, e), otherwise}
}

// Constant is a literal that no file holds the text of, such as the value that a
// decision table leaves to a default.
func Constant(span facts.Span, typ facts.Type, v facts.Value) *Literal {
	return &Literal{built(span, typ, typ.Format(v)), v}
}

// Aggregated is an aggregate that no file holds the text of.
func Aggregated(span facts.Span, typ facts.Type, form Form, fact *facts.FactType, where, of Expr) *Aggregate {
	return &Aggregate{built(span, typ, form.String()), form, fact, where, of}
}

// built is a node whose text stands in no source.
func built(span facts.Span, typ facts.Type, text string) node {
	return node{span: span, typ: typ, text: text, from: -1}
}

// Replaced is an expression in which one part, known by identity, has another in its
// place. The text of what lies around stays as it was written.
func Replaced(e, part, by Expr) Expr {
	if e == part {
		return by
	}
	in := func(x Expr) Expr { return Replaced(x, part, by) }
	switch e := e.(type) {
	case *Unary:
		c := *e
		c.X = in(e.X)
		return same(e, &c, c.X == e.X)
	case *Binary:
		c := *e
		c.X, c.Y = in(e.X), in(e.Y)
		return same(e, &c, c.X == e.X && c.Y == e.Y)
	case *Conditional:
		c := *e
		c.Cond, c.Then, c.Else = in(e.Cond), in(e.Then), in(e.Else)
		return same(e, &c, c.Cond == e.Cond && c.Then == e.Then && c.Else == e.Else)
	case *Member:
		c := *e
		c.X = in(e.X)
		return same(e, &c, c.X == e.X)
	case *TextTest:
		c := *e
		c.X = in(e.X)
		return same(e, &c, c.X == e.X)
	case *Call:
		c := *e
		c.Args = replacedAll(e.Args, in)
		return same(e, &c, slices.Equal(c.Args, e.Args))
	case *Aggregate:
		c := *e
		if e.Where != nil {
			c.Where = in(e.Where)
		}
		if e.Of != nil {
			c.Of = in(e.Of)
		}
		return same(e, &c, c.Where == e.Where && c.Of == e.Of)
	}
	return e // a leaf, or an external function, which is known by its text
}

func same(e, changed Expr, unchanged bool) Expr {
	if unchanged {
		return e
	}
	return changed
}

func replacedAll(list []Expr, in func(Expr) Expr) []Expr {
	out := make([]Expr, len(list))
	for i, e := range list {
		out[i] = in(e)
	}
	return out
}
