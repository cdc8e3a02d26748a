package code

import (
	"math"

	"truce/facts"
	"truce/rules/condition"
	"truce/rules/eval"
)

// operation is arithmetic on values that have been read.
type operation = func(f *Frame, x, y Value) Value

// numbers compiles + - * / on numbers.
func (c *Compiler) numbers(e *condition.Binary) reader {
	rare := (&numeric{e.Op, referenceTo(e).asNumbers()}).apply
	if p, ok := c.place(e.X); ok && kindOf(e.X) == facts.Number {
		if q, ok := c.place(e.Y); ok && kindOf(e.Y) == facts.Number {
			return (&fieldNumbers{p, q, e.Op, rare}).read()
		}
	}
	x, y := c.operand(e.X), c.operand(e.Y)
	switch e.Op {
	case condition.Add:
		return sum(x, y, rare)
	case condition.Sub:
		return difference(x, y, rare)
	case condition.Mul:
		return product(x, y, rare)
	default:
		return quotient(x, y, rare)
	}
}

// The constructors of what runs on points are not inlined, see fieldTest.
//
//go:noinline
func sum(x, y reader, rare operation) reader {
	return func(f *Frame) Value {
		a, b := x(f), y(f)
		if a.State|b.State == Point {
			if n := float(a.Lo) + float(b.Lo); finite(n) {
				return number(n)
			}
		}
		return rare(f, a, b)
	}
}

//go:noinline
func difference(x, y reader, rare operation) reader {
	return func(f *Frame) Value {
		a, b := x(f), y(f)
		if a.State|b.State == Point {
			if n := float(a.Lo) - float(b.Lo); finite(n) {
				return number(n)
			}
		}
		return rare(f, a, b)
	}
}

//go:noinline
func product(x, y reader, rare operation) reader {
	return func(f *Frame) Value {
		a, b := x(f), y(f)
		if a.State|b.State == Point {
			if n := float64(float(a.Lo) * float(b.Lo)); finite(n) { // the conversion forbids fusing
				return number(n)
			}
		}
		return rare(f, a, b)
	}
}

//go:noinline
func quotient(x, y reader, rare operation) reader {
	return func(f *Frame) Value {
		a, b := x(f), y(f)
		if a.State|b.State == Point {
			if n := float(a.Lo) / float(b.Lo); finite(n) { // what is divided by zero is not
				return number(n)
			}
		}
		return rare(f, a, b)
	}
}

// fieldNumbers is arithmetic on two fields.
type fieldNumbers struct {
	p, q place
	op   condition.Op
	rare operation
}

//go:noinline
func (s *fieldNumbers) read() reader {
	return func(f *Frame) Value {
		x, wide := s.p.at(f)
		y, wider := s.q.at(f)
		if !wide && !wider {
			if n := eval.Corner(s.op, float(x), float(y)); finite(n) {
				return number(n)
			}
		}
		return s.rare(f, f.value(x, wide), f.value(y, wider))
	}
}

func finite(x float64) bool { return math.Abs(x) <= math.MaxFloat64 }

// numeric is arithmetic on what is no point, and on points that fail.
type numeric struct {
	op condition.Op
	*reference
}

// apply goes corner by corner over the ends of the operands, which is exact, for
// each operator is monotone in each operand where it is defined.
func (n *numeric) apply(f *Frame, x, y Value) Value {
	if x.State == Failed || y.State == Failed {
		return failed(firstFault(x.Fault, y.Fault))
	}
	if x.State|y.State == Point {
		return n.reference.apply(f, x, y)
	}
	xs, ys := [2]float64{float(x.Lo), float(x.Hi)}, [2]float64{float(y.Lo), float(y.Hi)}
	if n.op == condition.Div && ys[0] <= 0 && ys[1] >= 0 {
		if ys[0] == ys[1] {
			return n.reference.apply(f, x, y)
		}
		return anyNumber()
	}
	if lo, hi := hullOfCorners(n.op, xs, ys); finite(lo) && finite(hi) {
		return Between(math.Float64bits(lo+0), math.Float64bits(hi+0))
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, a := range xs {
		for _, b := range ys {
			c := eval.Corner(n.op, a, b)
			switch {
			case math.IsNaN(c): // an open end against an open end: the other corners bound it
			case math.IsInf(c, 0) && finite(a) && finite(b): // it overflows
				return anyNumber()
			default:
				lo, hi = min(lo, c), max(hi, c)
			}
		}
	}
	return numberBetween(lo, hi)
}

// hullOfCorners is the least and the most corner. Both are finite only if no corner
// overflows and each has a value.
func hullOfCorners(op condition.Op, x, y [2]float64) (lo, hi float64) {
	switch op {
	case condition.Add:
		return x[0] + y[0], x[1] + y[1]
	case condition.Sub:
		return x[0] - y[1], x[1] - y[0]
	case condition.Mul:
		a, b, c, d := float64(x[0]*y[0]), float64(x[0]*y[1]), float64(x[1]*y[0]), float64(x[1]*y[1])
		return min(a, b, c, d), max(a, b, c, d)
	default:
		a, b, c, d := x[0]/y[0], x[0]/y[1], x[1]/y[0], x[1]/y[1]
		return min(a, b, c, d), max(a, b, c, d)
	}
}

// negative compiles -x, which is 0 - x.
func (c *Compiler) negative(e *condition.Unary) reader {
	if e.Type().Kind != facts.Number {
		rare := whole{condition.Sub, referenceTo(e)}
		x := c.value(e.X)
		return func(f *Frame) Value {
			v := x(f)
			switch {
			case v.State == Failed:
				return v
			case v.State == Point && int64(v.Lo) != facts.MinInteger:
				return integer(-int64(v.Lo))
			}
			if out, ok := rare.between(Value{}, v); ok {
				return out
			}
			return rare.reference.apply(f, v)
		}
	}
	x := c.operand(e.X)
	return func(f *Frame) Value {
		v := x(f)
		switch v.State {
		case Point:
			return number(0 - float(v.Lo))
		case Failed:
			return v
		}
		return numberBetween(0-float(v.Hi), 0-float(v.Lo))
	}
}
