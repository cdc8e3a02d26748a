package eval

import (
	"math"

	"truce/facts"
	"truce/rules/condition"
)

// ends are the bounds of a numeric value as numbers; an integer's open ends become
// infinite.
func ends(v facts.Value) (lo, hi float64) {
	if v.Kind() == facts.Number {
		return v.Bounds()
	}
	i, j := v.Ends()
	lo, hi = float64(i), float64(j)
	if !v.IsKnown() {
		if i == facts.MinInteger {
			lo = math.Inf(-1)
		}
		if j == facts.MaxInteger {
			hi = math.Inf(1)
		}
	}
	return lo, hi
}

// as converts an integer to a number where the expression is one.
func as(k facts.Kind, v facts.Value) facts.Value {
	if k != facts.Number || v.Kind() != facts.Integer {
		return v
	}
	if f := v.Fault(); f != nil {
		return facts.FaultValue(k, f)
	}
	if v.IsUnknown() {
		if lo, hi := ends(v); !math.IsInf(lo, -1) || !math.IsInf(hi, 1) {
			return facts.NumberBetween(lo, hi)
		}
		return unknownOf(facts.Number)
	}
	return facts.NumberBetween(ends(v))
}

// numbers is arithmetic on numbers: corner by corner over the operands' ends,
// which is exact for + - * / because each is monotone in each operand where it is
// defined.
func numbers(op condition.Op, x, y facts.Value, at facts.Span) facts.Value {
	xlo, xhi := ends(x)
	ylo, yhi := ends(y)
	if op == condition.Div && ylo <= 0 && yhi >= 0 {
		if ylo == yhi {
			return fault(facts.Number, at, ErrDivideByZero, "division by zero")
		}
		return unknownOf(facts.Number)
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	overflow := false
	for _, a := range [2]float64{xlo, xhi} {
		for _, b := range [2]float64{ylo, yhi} {
			c := Corner(op, a, b)
			if math.IsNaN(c) {
				continue // an open end against an open end: the other corners bound it
			}
			if math.IsInf(c, 0) && !math.IsInf(a, 0) && !math.IsInf(b, 0) {
				overflow = true
			}
			lo, hi = math.Min(lo, c), math.Max(hi, c)
		}
	}
	switch {
	case overflow && x.IsKnown() && y.IsKnown():
		return fault(facts.Number, at, ErrOverflow, "%s overflows", op)
	case overflow:
		return unknownOf(facts.Number)
	}
	return numberBetween(lo, hi)
}

// numberBetween is the interval, or unknown when it has no end at all.
func numberBetween(lo, hi float64) facts.Value {
	if lo > hi || math.IsInf(lo, -1) && math.IsInf(hi, 1) {
		return unknownOf(facts.Number)
	}
	return facts.NumberBetween(lo, hi)
}

// Corner is arithmetic on two ends of intervals.
func Corner(op condition.Op, a, b float64) float64 {
	switch op {
	case condition.Add:
		return a + b
	case condition.Sub:
		return a - b
	case condition.Mul:
		if a == 0 || b == 0 {
			return 0 // an open end stands for finite values
		}
		return float64(a * b) // the conversion forbids fusing
	}
	return a / b
}

// compareEnds orders two bounds exactly, integers against numbers too.
func compareEnds(x facts.Value, xHigh bool, y facts.Value, yHigh bool) int {
	if x.Kind() != facts.Number && y.Kind() != facts.Number {
		return compare(end(x, xHigh), end(y, yHigh))
	}
	a, b := endNumber(x, xHigh), endNumber(y, yHigh)
	if a != b || math.IsInf(a, 0) {
		return compare(a, b)
	}
	// Equal after rounding: where one side is an integer, its own digits decide.
	switch {
	case x.Kind() == facts.Integer && y.Kind() == facts.Number:
		return compareExact(end(x, xHigh), b)
	case y.Kind() == facts.Integer && x.Kind() == facts.Number:
		return -compareExact(end(y, yHigh), a)
	}
	return 0
}

func compareExact(i int64, f float64) int {
	if f >= -float64(math.MinInt64) { // 2^63, above every integer
		return -1
	}
	return compare(i, int64(f))
}

func compare[T int64 | float64](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func end(v facts.Value, high bool) int64 {
	lo, hi := v.Ends()
	if high {
		return hi
	}
	return lo
}

func endNumber(v facts.Value, high bool) float64 {
	lo, hi := ends(v)
	if high {
		return hi
	}
	return lo
}

// less is x < y, or x <= y when orEqual.
func less(x, y facts.Value, orEqual bool) facts.Value {
	top := compareEnds(x, true, y, false)    // the most of x against the least of y
	bottom := compareEnds(x, false, y, true) // the least of x against the most of y
	switch {
	case top < 0 || orEqual && top == 0:
		return facts.BoolOf(true)
	case bottom > 0 || !orEqual && bottom == 0:
		return facts.BoolOf(false)
	}
	return facts.UnknownBool()
}

// Equal is x == y: true for equal points, false when no value is both.
func Equal(x, y facts.Value) facts.Value {
	if f := firstFault(x, y); !f.IsZero() {
		return facts.FaultValue(facts.Bool, f.Fault())
	}
	if k := x.Kind(); k == facts.Text || k == facts.Enum {
		if !x.IsKnown() || !y.IsKnown() {
			return facts.UnknownBool()
		}
		return facts.BoolOf(x.Text() == y.Text())
	}
	switch {
	case compareEnds(x, true, y, false) < 0 || compareEnds(y, true, x, false) < 0:
		return facts.BoolOf(false)
	case x.IsKnown() && y.IsKnown():
		return facts.BoolOf(true)
	}
	return facts.UnknownBool()
}
