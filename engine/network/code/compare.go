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
		op, x, y = op.Mirrored(), y, x
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
		return c.equal(x, y, is, is.sameText)
	}
	return c.equal(x, y, is, is.equal)
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
	if lit, fixed := y.(*condition.Literal); fixed {
		return c.lessConstant(x, FromFact(lit.Value, c.Texts), is)
	}
	p, placed := c.place(x)
	q, both := c.place(y)
	if t, set := y.(*condition.Threshold); placed && set {
		return (&fieldTest{comparison: is, p: p, threshold: t.Index}).lessThreshold()
	}
	if placed && both {
		return (&fieldTest{comparison: is, p: p, q: q}).lessField()
	}
	read, to, s := c.value(x), c.value(y), &is // behind a pointer as in fieldTest
	return func(f *Frame) Truth {
		a, b := read(f), to(f)
		if a.State|b.State == Point {
			return s.given(s.below(s.key(a.Lo), s.key(b.Lo)))
		}
		return s.less(a, b)
	}
}

// lessConstant is less than a constant.
func (c *Compiler) lessConstant(x condition.Expr, k Value, is comparison) tester {
	if p, placed := c.place(x); placed {
		return (&fieldTest{comparison: is, p: p, k: k}).lessConstant()
	}
	read, s := c.value(x), &fieldTest{comparison: is, k: k, at: is.key(k.Lo)}
	return func(f *Frame) Truth {
		v := read(f)
		if v.State == Point {
			return s.given(s.below(s.key(v.Lo), s.at))
		}
		return s.less(v, s.k)
	}
}

// equal is == by an equality of values, that of ordered kinds or that of texts.
func (c *Compiler) equal(x, y condition.Expr, is comparison, by func(x, y Value) Truth) tester {
	if lit, fixed := y.(*condition.Literal); fixed {
		return c.equalConstant(x, FromFact(lit.Value, c.Texts), is, by)
	}
	p, placed := c.place(x)
	if q, both := c.place(y); placed && both {
		return (&fieldTest{comparison: is, p: p, q: q, other: by}).equalField()
	}
	read, to, s := c.value(x), c.value(y), &is
	return func(f *Frame) Truth {
		a, b := read(f), to(f)
		if a.State|b.State == Point {
			return s.given(a.Lo == b.Lo)
		}
		return by(a, b)
	}
}

// equalConstant is == with a constant.
func (c *Compiler) equalConstant(x condition.Expr, k Value, is comparison, by func(x, y Value) Truth) tester {
	if p, placed := c.place(x); placed {
		return (&fieldTest{comparison: is, p: p, k: k, other: by}).equalConstant()
	}
	read, s := c.value(x), &fieldTest{comparison: is, k: k, other: by}
	return func(f *Frame) Truth {
		v := read(f)
		if v.State == Point {
			return s.given(v.Lo == s.k.Lo)
		}
		return s.other(v, s.k)
	}
}
