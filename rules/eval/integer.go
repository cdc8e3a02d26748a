package eval

import (
	"math"
	"math/big"

	"truce/facts"
	"truce/rules/condition"
)

// integers is + - * on integers, and on days where the kind says so. An open end
// stays open; a result that no integer holds is a fault of points and makes an
// interval unknown.
func integers(op condition.Op, k facts.Kind, x, y facts.Value, at facts.Span) facts.Value {
	var lo, hi *big.Float
	for _, xHigh := range [2]bool{false, true} {
		for _, yHigh := range [2]bool{false, true} {
			c := bigCorner(op, bigEnd(x, xHigh), bigEnd(y, yHigh))
			if c == nil {
				continue
			}
			if lo == nil || c.Cmp(lo) < 0 {
				lo = c
			}
			if hi == nil || c.Cmp(hi) > 0 {
				hi = c
			}
		}
	}
	low, lowFits := bigInteger(lo)
	high, highFits := bigInteger(hi)
	if lowFits && highFits && (low < high || !lo.IsInf() && !hi.IsInf()) {
		return integerBetween(k, low, high)
	}
	if x.IsKnown() && y.IsKnown() {
		return fault(k, at, ErrOverflow, "%s overflows: the result is not an integer of 64 bits", op)
	}
	return unknownOf(k)
}

func integerBetween(k facts.Kind, lo, hi int64) facts.Value {
	if lo == facts.MinInteger && hi == facts.MaxInteger {
		return unknownOf(k)
	}
	return facts.Between(k, lo, hi)
}

// bigEnd is a bound without rounding: 128 bits hold every product of two integers.
func bigEnd(v facts.Value, high bool) *big.Float {
	i := end(v, high)
	f := new(big.Float).SetPrec(128)
	switch {
	case !v.IsKnown() && !high && i == facts.MinInteger:
		return f.SetInf(true)
	case !v.IsKnown() && high && i == facts.MaxInteger:
		return f.SetInf(false)
	}
	return f.SetInt64(i)
}

// bigCorner is nil where an open end meets an open end without an answer.
func bigCorner(op condition.Op, a, b *big.Float) *big.Float {
	c := new(big.Float).SetPrec(128)
	switch op {
	case condition.Add:
		if a.IsInf() && b.IsInf() && a.Signbit() != b.Signbit() {
			return nil
		}
		return c.Add(a, b)
	case condition.Sub:
		if a.IsInf() && b.IsInf() && a.Signbit() == b.Signbit() {
			return nil
		}
		return c.Sub(a, b)
	}
	if a.Sign() == 0 || b.Sign() == 0 {
		return c
	}
	return c.Mul(a, b)
}

// bigInteger is the bound as an integer; open ends are the ends of the integers.
func bigInteger(f *big.Float) (int64, bool) {
	if f == nil {
		return 0, false
	}
	if f.IsInf() {
		if f.Signbit() {
			return facts.MinInteger, true
		}
		return facts.MaxInteger, true
	}
	i, acc := f.Int64()
	return i, acc == big.Exact
}

// remainder is x % y with the sign of x, as in Go and in expr.
func remainder(x, y facts.Value, at facts.Span) facts.Value {
	ylo, yhi := y.Ends()
	switch {
	case y.IsKnown() && ylo == 0:
		return fault(facts.Integer, at, ErrDivideByZero, "remainder of a division by zero")
	case ylo <= 0 && yhi >= 0:
		return unknownOf(facts.Integer)
	case x.IsKnown() && y.IsKnown():
		return facts.IntegerOf(x.Integer() % y.Integer())
	}
	xlo, xhi := x.Ends()
	most := max(magnitude(ylo), magnitude(yhi)) - 1
	lo, hi := -most, most
	if xlo >= 0 {
		lo, hi = 0, min(hi, xhi)
	}
	if xhi <= 0 {
		lo, hi = max(lo, xlo), 0
	}
	return integerBetween(facts.Integer, lo, hi)
}

// magnitude is |i|, short of overflow.
func magnitude(i int64) int64 {
	if i == math.MinInt64 {
		return math.MaxInt64
	}
	return max(i, -i)
}
