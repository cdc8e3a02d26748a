package code

import (
	"math"

	"truce/facts"
	"truce/rules/condition"
	"truce/rules/eval"
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

// ramp is ramp(x, a, b), which eval explains.
type ramp struct {
	*reference
	x, a, b reader
	numbers bool // all three are
}

func (c *Compiler) ramp(e *condition.Call) reader {
	s := &ramp{referenceTo(e), c.value(e.Args[0]), c.value(e.Args[1]), c.value(e.Args[2]), true}
	for _, k := range s.kinds {
		s.numbers = s.numbers && k == facts.Number
	}
	return func(f *Frame) Value {
		x, a, b := s.x(f), s.a(f), s.b(f)
		if s.numbers && x.State|a.State|b.State == Point {
			if p, q := float(a.Lo), float(b.Lo); p < q {
				return number(eval.Slope(float(x.Lo), p, q))
			}
		}
		return s.rare(f, x, a, b)
	}
}

// rare is a ramp of intervals or integers, and one that fails.
func (s *ramp) rare(f *Frame, x, a, b Value) Value {
	if x.State == Failed || a.State == Failed || b.State == Failed {
		return failed(firstFault(firstFault(x.Fault, a.Fault), b.Fault))
	}
	p, q := kinded{a, s.kinds[1]}, kinded{b, s.kinds[2]}
	switch {
	case order(p, true, q, false) < 0:
		return sloped(kinded{x, s.kinds[0]}, p, q)
	case order(p, false, q, true) >= 0:
		return s.apply(f, x, a, b)
	}
	return Value{Lo: math.Float64bits(0), Hi: math.Float64bits(1), State: Interval}
}

// sloped is a ramp over values of which the ends certainly rise. For intervals of an
// end the result is widened by one step of the last digit.
func sloped(x, a, b kinded) Value {
	lo := eval.Slope(x.number(x.Lo, false), a.number(a.Hi, true), b.number(b.Hi, true))
	hi := eval.Slope(x.number(x.Hi, true), a.number(a.Lo, false), b.number(b.Lo, false))
	if a.State|b.State != Point {
		lo, hi = math.Nextafter(lo, -1), math.Nextafter(hi, 2)
	}
	return Between(math.Float64bits(max(lo, 0)+0), math.Float64bits(min(hi, 1)+0))
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

// extreme is min and max of values: from the least of the lows to the least of the
// highs, or likewise of the most.
type extreme struct {
	comparison
	kind facts.Kind
	most bool
	args []reader
}

func (c *Compiler) extreme(e *condition.Call, most bool) reader {
	k := e.Type().Kind
	s := &extreme{comparison{flip: flipOf(k)}, k, most, make([]reader, len(e.Args))}
	for i, a := range e.Args {
		if k == facts.Number {
			s.args[i] = c.operand(a)
		} else {
			s.args[i] = c.value(a)
		}
	}
	return func(f *Frame) Value {
		best := s.args[0](f)
		fault, state := best.Fault, best.State
		for _, a := range s.args[1:] {
			v := a(f)
			state |= v.State
			fault = firstFault(fault, v.Fault)
			best.Lo, best.Hi = s.pick(best.Lo, v.Lo), s.pick(best.Hi, v.Hi)
		}
		switch {
		case state == Point:
			return best
		case fault != nil:
			return failed(fault)
		}
		return s.between(best.Lo, best.Hi)
	}
}

func (s *extreme) pick(x, y uint64) uint64 {
	if s.key(x) < s.key(y) == s.most {
		return y
	}
	return x
}

func (s *extreme) between(lo, hi uint64) Value {
	if s.kind == facts.Number {
		return numberBetween(float(lo), float(hi))
	}
	return integerBetween(int64(lo), int64(hi))
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
