package condition

import "truce/facts"

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
