package eval

import (
	"math"
	"math/big"

	"truce/facts"
)

// precision holds the sum of 2^60 numbers of any size without rounding: from the
// least bit of the least number to the first of the largest takes 2,098 bits.
const precision = 2176

// exactSum adds without rounding, so that neither the order of facts nor what was
// added and taken away again shows in the result.
type exactSum struct {
	total big.Float
	open  int // -1 or 1: without end downwards or upwards
}

// add counts x n times; n < 0 means without end.
func (s *exactSum) add(x float64, n int) {
	switch {
	case x == 0 || n == 0:
		return
	case math.IsInf(x, 0) || n < 0:
		s.open = 1
		if x < 0 {
			s.open = -1
		}
		return
	}
	s.addBig(new(big.Float).SetPrec(precision).SetFloat64(x), n)
}

// addInteger is add for an integer, which a number might not hold.
func (s *exactSum) addInteger(i int64, n int) {
	switch {
	case i == 0 || n == 0:
		return
	case n < 0:
		s.add(float64(i), n)
		return
	}
	s.addBig(new(big.Float).SetPrec(precision).SetInt64(i), n)
}

func (s *exactSum) addBig(f *big.Float, n int) {
	if n != 1 {
		f.Mul(f, new(big.Float).SetPrec(precision).SetInt64(int64(n)))
	}
	if s.total.Prec() == 0 {
		s.total.SetPrec(precision)
	}
	s.total.Add(&s.total, f)
}

// number is the sum, rounded once; infinite when it is open or overflows.
func (s *exactSum) number() float64 {
	if s.open != 0 {
		return math.Inf(s.open)
	}
	f, _ := s.total.Float64()
	return f + 0
}

// integer is the sum as an integer, with facts.MinInteger and MaxInteger for open
// ends, and false when no integer holds it.
func (s *exactSum) integer() (int64, bool) {
	switch s.open {
	case 1:
		return facts.MaxInteger, true
	case -1:
		return facts.MinInteger, true
	}
	return bigInteger(&s.total)
}
