package code

import (
	"math/bits"

	"truce/facts"
	"truce/rules/condition"
)

// integers compiles + - * % on integers, and + - on days.
func (c *Compiler) integers(e *condition.Binary) reader {
	x, y := c.value(e.X), c.value(e.Y)
	rare := (&whole{e.Op, referenceTo(e)}).apply
	switch e.Op {
	case condition.Add:
		return func(f *Frame) Value {
			a, b := x(f), y(f)
			if a.State|b.State == Point {
				if i, ok := plus(int64(a.Lo), int64(b.Lo)); ok {
					return integer(i)
				}
			}
			return rare(f, a, b)
		}
	case condition.Sub:
		return func(f *Frame) Value {
			a, b := x(f), y(f)
			if a.State|b.State == Point {
				if i, ok := minus(int64(a.Lo), int64(b.Lo)); ok {
					return integer(i)
				}
			}
			return rare(f, a, b)
		}
	case condition.Mul:
		return points(x, y, times, rare)
	default:
		return points(x, y, remainder, rare)
	}
}

// points is an operation on points; it is not ok where it overflows or has no value.
//
//go:noinline
func points(x, y reader, op func(a, b int64) (int64, bool), rare operation) reader {
	return func(f *Frame) Value {
		a, b := x(f), y(f)
		if a.State|b.State == Point {
			if i, ok := op(int64(a.Lo), int64(b.Lo)); ok {
				return integer(i)
			}
		}
		return rare(f, a, b)
	}
}

func plus(a, b int64) (int64, bool) {
	s := a + b
	return s, (a^s)&(b^s) >= 0 // the sum has the sign of an operand
}

func minus(a, b int64) (int64, bool) {
	d := a - b
	return d, (a^b)&(a^d) >= 0
}

func times(a, b int64) (int64, bool) {
	high, low := bits.Mul64(magnitude(a), magnitude(b))
	if (a < 0) != (b < 0) {
		return -int64(low), high == 0 && low <= 1<<63
	}
	return int64(low), high == 0 && low < 1<<63
}

func magnitude(i int64) uint64 {
	if i < 0 {
		return -uint64(i)
	}
	return uint64(i)
}

func remainder(a, b int64) (int64, bool) {
	if b == 0 {
		return 0, false
	}
	return a % b, true
}

// whole is arithmetic on integers of which one is no point, and on points that fail.
type whole struct {
	op condition.Op
	*reference
}

func (w *whole) apply(f *Frame, x, y Value) Value {
	if x.State == Failed || y.State == Failed {
		return failed(firstFault(x.Fault, y.Fault))
	}
	if x.State|y.State != Point {
		if v, ok := w.between(x, y); ok {
			return v
		}
	}
	return w.reference.apply(f, x, y)
}

// Between is the interval of + - * over intervals, and unknown where an end is more
// than an integer holds. It is not ok for remainders and for points.
func (w *whole) between(x, y Value) (Value, bool) {
	if w.op == condition.Mod || x.State|y.State == Point {
		return Value{}, false
	}
	var lo, hi bound
	some := false
	for _, a := range [2]bound{x.low(), x.high()} {
		for _, b := range [2]bound{y.low(), y.high()} {
			c, ok := boundOf(w.op, a, b)
			switch {
			case !ok:
			case !some:
				lo, hi, some = c, c, true
			case c.less(lo):
				lo = c
			case hi.less(c):
				hi = c
			}
		}
	}
	if !some || !lo.fits() || !hi.fits() || lo.at >= hi.at && (lo.size != 0 || hi.size != 0) {
		return anyInteger(), true
	}
	return integerBetween(lo.at, hi.at), true
}

// bound is the end of an interval of integers: an integer where size is 0; with size
// 2 or -2, open; with 1 or -1, some integer that 64 bits do not hold.
type bound struct {
	size int
	at   int64
}

func (v Value) low() bound {
	if v.State != Point && int64(v.Lo) == facts.MinInteger {
		return openBound(-1)
	}
	return bound{at: int64(v.Lo)}
}

func (v Value) high() bound {
	if v.State != Point && int64(v.Hi) == facts.MaxInteger {
		return openBound(1)
	}
	return bound{at: int64(v.Hi)}
}

func openBound(sign int) bound {
	if sign < 0 {
		return bound{-2, facts.MinInteger}
	}
	return bound{2, facts.MaxInteger}
}

func (b bound) fits() bool { return b.size != 1 && b.size != -1 }

func (b bound) less(c bound) bool { return b.size < c.size || b.size == c.size && b.at < c.at }

func (b bound) sign() int {
	switch {
	case b.size < 0 || b.size == 0 && b.at < 0:
		return -1
	case b.size > 0 || b.at > 0:
		return 1
	}
	return 0
}

// boundOf is the operation on ends. It is not ok where an open end meets an open end
// without an answer.
func boundOf(op condition.Op, a, b bound) (bound, bool) {
	if op == condition.Mul {
		switch sign := a.sign() * b.sign(); {
		case sign == 0:
			return bound{}, true
		case a.size != 0 || b.size != 0:
			return openBound(sign), true
		default:
			return held(times, a.at, b.at, sign), true
		}
	}
	step, other := plus, b
	if op == condition.Sub {
		step, other.size = minus, -b.size
	}
	switch {
	case a.size != 0 && other.size != 0 && a.size != other.size:
		return bound{}, false
	case a.size != 0:
		return openBound(a.size), true
	case other.size != 0:
		return openBound(other.size), true
	}
	towards := 1 // where it overflows, it does so on a's side
	if a.at < 0 {
		towards = -1
	}
	return held(step, a.at, b.at, towards), true
}

// held is the operation on integers; where it overflows, it does so towards a sign.
func held(op func(a, b int64) (int64, bool), a, b int64, sign int) bound {
	if i, ok := op(a, b); ok {
		return bound{at: i}
	}
	return bound{size: sign}
}
