package eval

import (
	"math"
	"math/big"

	"truce/facts"
)

// Accumulator is a sum of numbers, or of integers, that terms are added to and taken
// away from again. It never rounds, so that only the terms that are left show. The zero
// Accumulator is the empty sum.
type Accumulator struct {
	plain    float64 // the sum, while nothing was rounded
	whole    int64   // of integers, while they fit
	large    *exactSum
	up, down int // terms without end upwards and downwards
}

// Add adds a number, or takes it away where sign is -1.
func (a *Accumulator) Add(x float64, sign int) {
	switch {
	case math.IsInf(x, 1):
		a.up += sign
		return
	case math.IsInf(x, -1):
		a.down += sign
		return
	}
	x *= float64(sign)
	if a.large == nil {
		if sum, exact := Exactly(a.plain, x); exact {
			a.plain = sum
			return
		}
		a.large = &exactSum{}
		a.large.add(a.plain, 1)
	}
	a.large.add(x, 1)
}

// AddInteger is Add for an integer; its ends are open where they say so.
func (a *Accumulator) AddInteger(i int64, openUp, openDown bool, sign int) {
	switch {
	case openUp:
		a.up += sign
		return
	case openDown:
		a.down += sign
		return
	}
	if a.large == nil {
		term := i
		if sign < 0 {
			term = -i
		}
		if sum := a.whole + term; (sum > a.whole) == (term > 0) && i != math.MinInt64 {
			a.whole = sum
			return
		}
		a.large = &exactSum{}
		a.large.addInteger(a.whole, 1)
	}
	f := new(big.Float).SetPrec(precision).SetInt64(i)
	if sign < 0 {
		f.Neg(f)
	}
	a.large.addBig(f, 1)
}

// Number is the sum, rounded once; infinite where it has no end, or overflows.
func (a *Accumulator) Number() (sum float64, open bool) {
	switch {
	case a.up > 0:
		return math.Inf(1), true
	case a.down > 0:
		return math.Inf(-1), true
	case a.large == nil:
		return a.plain + 0, false
	}
	return a.large.number(), false
}

// Integer is the sum of integers, with facts.MinInteger and MaxInteger for open ends,
// and false where no integer holds it.
func (a *Accumulator) Integer() (sum int64, fits bool) {
	switch {
	case a.up > 0:
		return facts.MaxInteger, true
	case a.down > 0:
		return facts.MinInteger, true
	case a.large == nil:
		return a.whole, true
	}
	return a.large.integer()
}

// Exactly adds two finite numbers and reports whether nothing was rounded.
func Exactly(a, b float64) (sum float64, exact bool) {
	s := a + b
	if math.IsInf(s, 0) || math.IsNaN(s) {
		return s, false
	}
	x := s - a
	return s + 0, (a-(s-x))+(b-x) == 0
}
