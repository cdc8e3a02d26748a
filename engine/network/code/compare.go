package code

import (
	"math"

	"truce/facts"
	"truce/rules/condition"
)

// Comparisons are compiled from three: less, less or equal, equal. The others are
// their negations, which holds of intervals, unknowns and faults too.
//
// Numbers, integers, days, levels and bools are compared by one code over keys:
// integers that are in the order of the values. Only an integer beside a number
// needs more, in mixed.go.
type comparison struct {
	flip    int64   // makes a key of a cell: the bits to turn where it is negative
	orEqual bool    // of less
	yes, no Verdict // what a comparison that holds gives, and one that does not
}

// key is where the value of a cell stands in the order of its kind. The bits of
// floats, read as integers, have the order of the floats but for the negative ones,
// which are in reverse.
func (c comparison) key(cell uint64) int64 {
	i := int64(cell)
	return i ^ i>>63&c.flip
}

func flipOf(k facts.Kind) int64 {
	if k == facts.Number {
		return math.MaxInt64
	}
	return 0
}

func comparisonOf(negated bool) comparison {
	if negated {
		return comparison{yes: False, no: True}
	}
	return comparison{yes: True, no: False}
}

// compare compiles a comparison, or its negation.
func (c *Compiler) compare(e *condition.Binary, negated bool) tester {
	op, x, y := e.Op, e.X, e.Y
	_, fixed := x.(*condition.Literal)
	if mixed := kindOf(x) != kindOf(y); mixed && kindOf(x) == facts.Number || !mixed && fixed {
		op, x, y = mirrored(op), y, x
	}
	if op == condition.Ne || op == condition.Gt || op == condition.Ge {
		op, negated = op.Opposite(), !negated
	}
	is := comparisonOf(negated)
	is.flip, is.orEqual = flipOf(kindOf(x)), op == condition.Le
	switch {
	case kindOf(x) != kindOf(y):
		return c.mixed(x, y, op, negated)
	case op != condition.Eq:
		return c.less(x, y, is)
	case kindOf(x) == facts.Text || kindOf(x) == facts.Enum:
		return c.sameText(x, y, is)
	}
	return c.equal(x, y, is)
}

// mirrored is the comparison of y with x that says what op says of x with y.
func mirrored(op condition.Op) condition.Op {
	switch op {
	case condition.Lt:
		return condition.Gt
	case condition.Le:
		return condition.Ge
	case condition.Gt:
		return condition.Lt
	case condition.Ge:
		return condition.Le
	default:
		return op
	}
}

// less is x < y, or x <= y when orEqual: certain when it is of the most of x and the
// least of y, and excluded when it is not of the least of x and the most of y.
func (c comparison) less(x, y Value) Truth {
	switch {
	case x.State == Failed || y.State == Failed:
		return Truth{Fails, firstFault(x.Fault, y.Fault)}
	case c.below(c.key(x.Hi), c.key(y.Lo)):
		return Truth{Is: c.yes}
	case !c.below(c.key(x.Lo), c.key(y.Hi)):
		return Truth{Is: c.no}
	}
	return Truth{Is: Maybe}
}

func (c comparison) below(a, b int64) bool { return a < b || c.orEqual && a == b }

// equal is x == y: true for equal points, false when no value is both.
func (c comparison) equal(x, y Value) Truth {
	switch {
	case x.State == Failed || y.State == Failed:
		return Truth{Fails, firstFault(x.Fault, y.Fault)}
	case x.State|y.State == Point:
		return c.given(x.Lo == y.Lo)
	case c.key(x.Hi) < c.key(y.Lo) || c.key(y.Hi) < c.key(x.Lo):
		return Truth{Is: c.no}
	}
	return Truth{Is: Maybe}
}

// sameText is x == y of texts and symbols.
func (c comparison) sameText(x, y Value) Truth {
	switch {
	case x.State|y.State == Point:
		return c.given(x.Lo == y.Lo)
	case x.State == Failed || y.State == Failed:
		return Truth{Fails, firstFault(x.Fault, y.Fault)}
	}
	return Truth{Is: Maybe}
}

func (c comparison) given(holds bool) Truth {
	if holds {
		return Truth{Is: c.yes}
	}
	return Truth{Is: c.no}
}

func (c *Compiler) less(x, y condition.Expr, is comparison) tester {
	p, placed := c.place(x)
	q, both := c.place(y)
	switch y := y.(type) {
	case *condition.Literal:
		return c.lessConstant(x, FromFact(y.Value, c.Texts), is)
	case *condition.Threshold:
		if placed {
			return is.lessThreshold(p, y.Index)
		}
	}
	if placed && both {
		return is.lessField(p, q)
	}
	read, to := c.value(x), c.value(y)
	return func(f *Frame) Truth {
		a, b := read(f), to(f)
		if a.State|b.State == Point {
			return is.given(is.below(is.key(a.Lo), is.key(b.Lo)))
		}
		return is.less(a, b)
	}
}

// lessConstant is less than a constant.
func (c *Compiler) lessConstant(x condition.Expr, k Value, is comparison) tester {
	if p, placed := c.place(x); placed {
		return is.lessConstant(p, k)
	}
	read, at := c.value(x), is.key(k.Lo)
	return func(f *Frame) Truth {
		v := read(f)
		if v.State == Point {
			return is.given(is.below(is.key(v.Lo), at))
		}
		return is.less(v, k)
	}
}

func (c *Compiler) equal(x, y condition.Expr, is comparison) tester {
	p, placed := c.place(x)
	q, both := c.place(y)
	if lit, fixed := y.(*condition.Literal); placed && fixed {
		return is.constant(p, FromFact(lit.Value, c.Texts), is.equal)
	}
	if placed && both {
		return is.field(p, q, is.equal)
	}
	read, to := c.value(x), c.value(y)
	return func(f *Frame) Truth { return is.equal(read(f), to(f)) }
}

func (c *Compiler) sameText(x, y condition.Expr, is comparison) tester {
	p, placed := c.place(x)
	q, both := c.place(y)
	if lit, fixed := y.(*condition.Literal); placed && fixed {
		return is.constant(p, FromFact(lit.Value, c.Texts), is.sameText)
	}
	if placed && both {
		return is.field(p, q, is.sameText)
	}
	read, to := c.value(x), c.value(y)
	return func(f *Frame) Truth { return is.sameText(read(f), to(f)) }
}
