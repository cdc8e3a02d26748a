package eval

import (
	"math"

	"truce/facts"
	"truce/rules/condition"
)

// call computes one of the language's own functions.
func call(c *condition.Call, args []facts.Value, p Parameters) facts.Value {
	k := c.Type().Kind
	if f := firstFault(args...); !f.IsZero() {
		return facts.FaultValue(k, f.Fault())
	}
	switch c.Func {
	case condition.Known:
		if args[0].IsKnown() {
			return facts.BoolOf(true)
		}
		return facts.UnknownBool()
	case condition.Ramp:
		return ramp(args[0], args[1], args[2], c.Span())
	case condition.Abs:
		return absolute(args[0], c.Span())
	case condition.Floor:
		return rounded(args[0], k, math.Floor)
	case condition.Ceil:
		return rounded(args[0], k, math.Ceil)
	case condition.Round:
		return rounded(args[0], k, math.Round)
	case condition.Min:
		return extreme(args, k, false)
	case condition.Max:
		return extreme(args, k, true)
	}
	return points(args[0], p.Points(c.Args[1].(*condition.Threshold).Index))
}

// ramp is (x - a) / (b - a) kept between 0 and 1. It rises with x and, where it is
// not at an end, falls with a and with b. Rounding keeps the first exactly; for
// intervals of a or b the ends are widened by one step of the last digit.
func ramp(x, a, b facts.Value, at facts.Span) facts.Value {
	switch rises := less(a, b, false); {
	case rises.False():
		return fault(facts.Number, at, ErrRamp, "ramp from %s to %s does not rise", show(a), show(b))
	case !rises.True():
		return facts.NumberBetween(0, 1)
	}
	xlo, xhi := ends(x)
	alo, ahi := ends(a)
	blo, bhi := ends(b)
	lo, hi := Slope(xlo, ahi, bhi), Slope(xhi, alo, blo)
	if !a.IsKnown() || !b.IsKnown() {
		lo, hi = math.Nextafter(lo, -1), math.Nextafter(hi, 2)
	}
	return facts.NumberBetween(math.Max(lo, 0), math.Min(hi, 1))
}

// Slope is the line between a and b, kept between 0 and 1. Halving keeps the
// differences of very large numbers finite.
func Slope(x, a, b float64) float64 {
	switch {
	case x <= a:
		return 0
	case x >= b:
		return 1
	case math.IsInf(a, -1):
		return 1 // the supremum, as a falls without end
	case math.IsInf(b-a, 1):
		return (x/2 - a/2) / (b/2 - a/2)
	}
	return (x - a) / (b - a)
}

func show(v facts.Value) string { return facts.Type{Kind: v.Kind()}.Format(v) }

func absolute(x facts.Value, at facts.Span) facts.Value {
	zero := zeroOf(x.Kind())
	negative := arithmetic(condition.Sub, x.Kind(), zero, x, at)
	switch {
	case less(zero, x, true).True():
		return x
	case less(x, zero, true).True():
		return negative
	}
	return extreme([]facts.Value{zero, extreme([]facts.Value{x, negative}, x.Kind(), true)}, x.Kind(), true).Hull(zero)
}

func rounded(x facts.Value, k facts.Kind, round func(float64) float64) facts.Value {
	if x.Kind() == facts.Integer {
		return as(k, x)
	}
	lo, hi := x.Bounds()
	return numberBetween(round(lo), round(hi))
}

// extreme is the least or the most of several values: the least of the lows to the
// least of the highs.
func extreme(vs []facts.Value, k facts.Kind, most bool) facts.Value {
	best := as(k, vs[0])
	for _, v := range vs[1:] {
		v = as(k, v)
		lo, hi := pick(best, v, false, most), pick(best, v, true, most)
		if k == facts.Number {
			a, _ := lo.Bounds()
			_, b := hi.Bounds()
			best = numberBetween(a, b)
			continue
		}
		a, _ := lo.Ends()
		_, b := hi.Ends()
		if k == facts.Integer || k == facts.Date {
			best = integerBetween(k, a, b)
		} else {
			best = facts.Between(k, a, b)
		}
	}
	return best
}

func pick(x, y facts.Value, high, most bool) facts.Value {
	if (compareEnds(x, high, y, high) < 0) == most {
		return y
	}
	return x
}

// points are the points of a level; of several levels, their hull.
func points(level facts.Value, table []facts.Value) facts.Value {
	lo, hi := level.Ends()
	v := table[lo]
	for _, p := range table[lo+1 : hi+1] {
		v = v.Hull(p)
	}
	return v
}

func zeroOf(k facts.Kind) facts.Value {
	if k == facts.Number {
		return facts.NumberOf(0)
	}
	return facts.IntegerOf(0)
}
