package code

import (
	"math"

	"truce/facts"
	"truce/rules/condition"
)

// call compiles the language's own functions, but for known.
func (c *Compiler) call(e *condition.Call) reader {
	switch e.Func {
	case condition.Ramp:
		return c.ramp(e)
	case condition.Abs:
		return c.absolute(e)
	case condition.Floor:
		return c.rounded(e, math.Floor)
	case condition.Ceil:
		return c.rounded(e, math.Ceil)
	case condition.Round:
		return c.rounded(e, math.Round)
	case condition.Points:
		return c.points(e)
	}
	return c.extreme(e, e.Func == condition.Max)
}

// ramp compiles ramp(x, a, b), which eval explains.
func (c *Compiler) ramp(e *condition.Call) reader {
	x, a, b := c.value(e.Args[0]), c.value(e.Args[1]), c.value(e.Args[2])
	r := referenceTo(e)
	xk, ak, bk := r.kinds[0], r.kinds[1], r.kinds[2]
	numbers := xk == facts.Number && ak == facts.Number && bk == facts.Number
	return func(f *Frame) Value {
		at, from, to := x(f), a(f), b(f)
		if numbers && at.State|from.State|to.State == Point {
			if p, q := float(from.Lo), float(to.Lo); p < q {
				return number(slope(float(at.Lo), p, q))
			}
		}
		if at.State == Failed || from.State == Failed || to.State == Failed {
			return failed(firstFault(firstFault(at.Fault, from.Fault), to.Fault))
		}
		p, q := kinded{from, ak}, kinded{to, bk}
		switch {
		case order(p, true, q, false) < 0:
			return sloped(kinded{at, xk}, p, q)
		case order(p, false, q, true) >= 0:
			return r.apply(f, at, from, to)
		}
		return Value{Lo: math.Float64bits(0), Hi: math.Float64bits(1), State: Interval}
	}
}

// sloped is a ramp over values of which the ends certainly rise. For intervals of an
// end the result is widened by one step of the last digit.
func sloped(x, a, b kinded) Value {
	lo := slope(x.number(x.Lo, false), a.number(a.Hi, true), b.number(b.Hi, true))
	hi := slope(x.number(x.Hi, true), a.number(a.Lo, false), b.number(b.Lo, false))
	if a.State|b.State != Point {
		lo, hi = math.Nextafter(lo, -1), math.Nextafter(hi, 2)
	}
	return between(math.Float64bits(max(lo, 0)+0), math.Float64bits(min(hi, 1)+0))
}

// slope is the line between a and b, kept between 0 and 1. Halving keeps the
// differences of very large numbers finite.
func slope(x, a, b float64) float64 {
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

func (c *Compiler) absolute(e *condition.Call) reader {
	x := c.value(e.Args[0])
	if kindOf(e.Args[0]) == facts.Number {
		return func(f *Frame) Value {
			v := x(f)
			lo, hi := float(v.Lo), float(v.Hi)
			switch {
			case v.State == Failed, lo >= 0:
				return v
			case hi <= 0:
				return numberBetween(0-hi, 0-lo)
			}
			return numberBetween(0, max(hi, 0-lo))
		}
	}
	r := referenceTo(e)
	negative := whole{condition.Sub, r}
	return func(f *Frame) Value {
		v := x(f)
		lo, hi := int64(v.Lo), int64(v.Hi)
		switch {
		case v.State == Failed, lo >= 0:
			return v
		case v.State == Point:
			if lo == facts.MinInteger {
				return r.apply(f, v)
			}
			return integer(-lo)
		case hi <= 0:
			n, _ := negative.between(Value{}, v)
			return n
		case lo == facts.MinInteger: // open
			return integerBetween(0, facts.MaxInteger)
		}
		return integerBetween(0, max(hi, -lo))
	}
}

func (c *Compiler) rounded(e *condition.Call, round func(float64) float64) reader {
	x := c.value(e.Args[0])
	if k := kindOf(e.Args[0]); k == facts.Integer {
		return converted(x, k, e.Type().Kind)
	}
	return func(f *Frame) Value {
		v := x(f)
		switch v.State {
		case Point:
			return number(round(float(v.Lo)))
		case Failed:
			return v
		}
		return numberBetween(round(float(v.Lo)), round(float(v.Hi)))
	}
}

// extreme compiles min and max of values: from the least of the lows to the least of
// the highs, or likewise of the most.
func (c *Compiler) extreme(e *condition.Call, most bool) reader {
	k := e.Type().Kind
	flip := comparison{flip: flipOf(k)}
	args := make([]reader, len(e.Args))
	for i, a := range e.Args {
		if args[i] = c.value(a); k == facts.Number {
			args[i] = c.operand(a)
		}
	}
	pick := func(x, y uint64) uint64 {
		if flip.key(x) < flip.key(y) == most {
			return y
		}
		return x
	}
	return func(f *Frame) Value {
		best := args[0](f)
		fault, state := best.Fault, best.State
		for _, a := range args[1:] {
			v := a(f)
			state |= v.State
			fault = firstFault(fault, v.Fault)
			best.Lo, best.Hi = pick(best.Lo, v.Lo), pick(best.Hi, v.Hi)
		}
		switch {
		case state == Point:
			return best
		case fault != nil:
			return failed(fault)
		case k == facts.Number:
			return numberBetween(float(best.Lo), float(best.Hi))
		case k == facts.Scale:
			return between(best.Lo, best.Hi)
		}
		return integerBetween(int64(best.Lo), int64(best.Hi))
	}
}

// points compiles points(level, table): of several levels, the hull of their points.
func (c *Compiler) points(e *condition.Call) reader {
	level, index := c.value(e.Args[0]), e.Args[1].(*condition.Threshold).Index
	hull := hullOf(e.Type().Kind)
	return func(f *Frame) Value {
		v := level(f)
		if v.State == Failed {
			return v
		}
		table := f.Points[index]
		out := table[v.Lo]
		for i := v.Lo + 1; i <= v.Hi; i++ {
			out = hull(out, table[i])
		}
		return out
	}
}
