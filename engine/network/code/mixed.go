package code

import (
	"cmp"
	"math"

	"truce/facts"
	"truce/rules/condition"
)

// kinded is a numeric value that knows its kind.
type kinded struct {
	Value
	kind facts.Kind
}

// order compares an end of each of two values exactly, an integer with a number too.
func order(x kinded, xHigh bool, y kinded, yHigh bool) int {
	a, b := x.end(xHigh), y.end(yHigh)
	if x.kind != facts.Number && y.kind != facts.Number {
		return cmp.Compare(int64(a), int64(b))
	}
	m, n := x.number(a, xHigh), y.number(b, yHigh)
	switch {
	case m != n || math.IsInf(m, 0) || x.kind == y.kind:
		return cmp.Compare(m, n)
	case x.kind == facts.Integer: // equal after rounding: the integer's own digits decide
		return digits(int64(a), n)
	}
	return -digits(int64(b), m)
}

func (x kinded) end(high bool) uint64 {
	if high {
		return x.Hi
	}
	return x.Lo
}

// number is an end as a number. The open end of an integer is infinite.
func (x kinded) number(end uint64, high bool) float64 {
	switch {
	case x.kind == facts.Number:
		return float(end)
	case x.State != Point && !high && int64(end) == facts.MinInteger:
		return math.Inf(-1)
	case x.State != Point && high && int64(end) == facts.MaxInteger:
		return math.Inf(1)
	}
	return float64(int64(end))
}

func digits(i int64, f float64) int {
	if f >= -float64(math.MinInt64) { // 2^63, above every integer
		return -1
	}
	return cmp.Compare(i, int64(f))
}

// mixed compiles the comparison of an integer with a number: <, <= or ==. The integer
// comes first.
func (c *Compiler) mixed(x, y condition.Expr, op condition.Op, negated bool) tester {
	is := comparisonOf(negated)
	is.orEqual = op == condition.Le
	if lit, ok := y.(*condition.Literal); ok {
		switch k, ok := wholeNumber(op, lit.Value.Number()); {
		case ok && op == condition.Eq:
			return c.equalConstant(x, integer(k), is, is.equal)
		case ok:
			return c.lessConstant(x, integer(k), is)
		}
	}
	read, to := c.value(x), c.value(y)
	return func(f *Frame) Truth {
		a, b := read(f), to(f)
		switch {
		case a.State|b.State != Point:
			return is.mixed(a, b, op)
		case op == condition.Eq:
			return is.given(exactly(int64(a.Lo), float(b.Lo)) == 0)
		case op == condition.Le:
			return is.given(exactly(int64(a.Lo), float(b.Lo)) <= 0)
		}
		return is.given(exactly(int64(a.Lo), float(b.Lo)) < 0)
	}
}

// wholeNumber is the integer that integers can be compared with in place of a number.
// There is none for == with a fraction, nor next to the ends of the integers.
func wholeNumber(op condition.Op, n float64) (int64, bool) {
	k := math.Floor(n)
	if op == condition.Lt {
		k = math.Ceil(n)
	}
	return int64(k), math.Abs(n) < 1<<62 && (op != condition.Eq || k == n)
}

// exactly compares an integer with a finite number.
func exactly(i int64, n float64) int {
	switch a := float64(i); {
	case a < n:
		return -1
	case a > n:
		return 1
	}
	return digits(i, n) // equal after rounding: the integer's own digits decide
}

// mixed compares an integer x with a number y, of which one is no point.
func (c comparison) mixed(x, y Value, op condition.Op) Truth {
	a, b := kinded{x, facts.Integer}, kinded{y, facts.Number}
	switch {
	case x.State == Failed || y.State == Failed:
		return Truth{Fails, firstFault(x.Fault, y.Fault)}
	case op == condition.Eq:
		return c.mixedEqual(a, b)
	}
	return c.mixedLess(a, b)
}

func (c comparison) mixedLess(x, y kinded) Truth {
	switch top, bottom := order(x, true, y, false), order(x, false, y, true); {
	case top < 0 || c.orEqual && top == 0:
		return Truth{Is: c.yes}
	case bottom > 0 || !c.orEqual && bottom == 0:
		return Truth{Is: c.no}
	}
	return Truth{Is: Maybe}
}

func (c comparison) mixedEqual(x, y kinded) Truth {
	if order(x, true, y, false) < 0 || order(y, true, x, false) < 0 {
		return Truth{Is: c.no}
	}
	return Truth{Is: Maybe}
}

// converted makes numbers of integers where numbers are due, as what is stored or
// chosen: what rounds to one number is a point.
func converted(read reader, from, to facts.Kind) reader {
	if from != facts.Integer || to != facts.Number {
		return read
	}
	return func(f *Frame) Value { return asNumber(read(f)) }
}

func asNumber(v Value) Value {
	switch v.State {
	case Point:
		return number(float64(int64(v.Lo)))
	case Failed:
		return v
	}
	x := kinded{v, facts.Integer}
	lo, hi := x.number(v.Lo, false), x.number(v.Hi, true)
	if v.State == Unknown {
		return numberBetween(lo, hi)
	}
	return Between(math.Float64bits(lo), math.Float64bits(hi))
}

// operand compiles an operand of arithmetic on numbers. An integer becomes a number
// with its state as it was: arithmetic asks what was known, not what rounding left.
func (c *Compiler) operand(e condition.Expr) reader {
	read := c.value(e)
	if kindOf(e) == facts.Number {
		return read
	}
	return func(f *Frame) Value {
		v := read(f)
		if v.State == Point {
			return number(float64(int64(v.Lo)))
		}
		x := kinded{v, facts.Integer}
		lo, hi := x.number(v.Lo, false), x.number(v.Hi, true)
		return Value{math.Float64bits(lo), math.Float64bits(hi), v.Fault, v.State}
	}
}
