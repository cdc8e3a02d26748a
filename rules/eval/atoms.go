package eval

import (
	"truce/facts"
	"truce/rules/condition"
)

// Atom is a condition without "and", "or" or "not" around its parts: a comparison,
// a quantifier, a text test, a plain bool.
type Atom struct {
	Expr condition.Expr
	// Negated says that the atom stands under an odd number of "not".
	Negated bool
	// Truth is the atom's own, negation aside.
	Truth    facts.Value
	Operands []Operand
	// Margin is how far the operands are from the point where the truth changes,
	// in the operands' unit (levels of a scale, days of a date): positive when the
	// atom holds, negative when not, an interval when an operand is one. It is the
	// zero Value where there is no order.
	Margin facts.Value
	Reads  Reads
}

// Operand is one side of an atom.
type Operand struct {
	Expr  condition.Expr
	Value facts.Value
}

// Atoms evaluates each atom of a condition, in the order of writing.
func Atoms(e condition.Expr, env *Env) []Atom {
	return atoms(nil, e, env, false)
}

func atoms(list []Atom, e condition.Expr, env *Env, negated bool) []Atom {
	switch e := e.(type) {
	case *condition.Unary:
		if e.Op == condition.Not {
			return atoms(list, e.X, env, !negated)
		}
	case *condition.Binary:
		if e.Op == condition.And || e.Op == condition.Or {
			return atoms(atoms(list, e.X, env, negated), e.Y, env, negated)
		}
	}
	a := Atom{Expr: e, Negated: negated}
	a.Truth, a.Reads = Recorded(e, env)
	for _, x := range operands(e) {
		a.Operands = append(a.Operands, Operand{x, Eval(x, env)})
	}
	if b, ok := e.(*condition.Binary); ok && b.Op.Compares() {
		a.Margin = margin(b, a.Operands[0].Value, a.Operands[1].Value)
	}
	return append(list, a)
}

// Truth is the truth of a condition with atoms, which are those of Atoms, as they are.
func Truth(e condition.Expr, atoms []Atom) facts.Value {
	v, _ := truth(e, atoms)
	return v
}

// truth is that of a condition over the first of some atoms, and the atoms behind them.
func truth(e condition.Expr, atoms []Atom) (facts.Value, []Atom) {
	switch e := e.(type) {
	case *condition.Unary:
		if e.Op == condition.Not {
			x, rest := truth(e.X, atoms)
			return Not(x), rest
		}
	case *condition.Binary:
		if e.Op == condition.And || e.Op == condition.Or {
			x, rest := truth(e.X, atoms)
			y, rest := truth(e.Y, rest)
			return binary(e, x, y), rest
		}
	}
	return atoms[0].Truth, atoms[1:]
}

func operands(e condition.Expr) []condition.Expr {
	if a, ok := e.(*condition.Aggregate); ok {
		return []condition.Expr{a}
	}
	if cs := condition.Children(e); len(cs) > 0 {
		return cs
	}
	return []condition.Expr{e}
}

// margin is the signed distance of a comparison from its cut.
func margin(b *condition.Binary, x, y facts.Value) facts.Value {
	k := x.Kind()
	if !firstFault(x, y).IsZero() || !k.Ordered() || !y.Kind().Ordered() {
		return facts.Value{}
	}
	if k != y.Kind() {
		k, x, y = facts.Number, as(facts.Number, x), as(facts.Number, y)
	}
	if k != facts.Number {
		k = facts.Integer
		x, y = steps(x), steps(y)
	}
	if b.Op == condition.Lt || b.Op == condition.Le {
		x, y = y, x
	}
	d := arithmetic(condition.Sub, k, x, y, b.Span())
	if d.Fault() != nil {
		return facts.Value{}
	}
	switch b.Op {
	case condition.Eq:
		return arithmetic(condition.Sub, k, zeroOf(k), absolute(d, b.Span()), b.Span())
	case condition.Ne:
		return absolute(d, b.Span())
	}
	return d
}

// steps are days or levels as integers, so that they can be subtracted.
func steps(v facts.Value) facts.Value {
	lo, hi := v.Ends()
	return integerBetween(facts.Integer, lo, hi)
}
