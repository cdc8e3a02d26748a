package code

import (
	"truce/facts"
	"truce/rules/condition"
)

// choice is c ? x : y of anything but bools.
type choice struct {
	test        tester
	then, other reader
	hull        func(v, w Value) Value
	unknown     Value
}

func (c *Compiler) choice(e *condition.Conditional) reader {
	k := e.Type().Kind
	s := &choice{
		test:    c.test(e.Cond, false),
		then:    converted(c.value(e.Then), kindOf(e.Then), k),
		other:   converted(c.value(e.Else), kindOf(e.Else), k),
		hull:    hullOf(k),
		unknown: FromFact(e.Type().Unknown(), c.Texts),
	}
	return func(f *Frame) Value {
		t := s.test(f)
		switch t.Is {
		case True:
			return s.then(f)
		case False:
			return s.other(f)
		case Fails:
			return failed(t.Fault)
		}
		return s.undecided(s.then(f), s.other(f))
	}
}

// undecided is a choice that is open.
func (s *choice) undecided(x, y Value) Value {
	switch {
	case x.State == Failed && y.State == Failed:
		return failed(firstFault(x.Fault, y.Fault))
	case x.State == Failed || y.State == Failed:
		return s.unknown
	}
	return s.hull(x, y)
}

// choiceOf compiles c ? x : y of bools, or its negation.
func (c *Compiler) choiceOf(e *condition.Conditional, negated bool) tester {
	test, then, other := c.test(e.Cond, false), c.test(e.Then, negated), c.test(e.Else, negated)
	return func(f *Frame) Truth {
		t := test(f)
		switch t.Is {
		case True:
			return then(f)
		case False:
			return other(f)
		case Fails:
			return t
		}
		x, y := then(f), other(f)
		switch {
		case x.Is == Fails && y.Is == Fails:
			return Truth{Fails, firstFault(x.Fault, y.Fault)}
		case x.Is == y.Is:
			return x
		}
		return Truth{Is: Maybe}
	}
}

// hullOf is the least value of a kind that stands for all that either of two does,
// neither of which is a fault.
func hullOf(k facts.Kind) func(v, w Value) Value {
	if k == facts.Text || k == facts.Enum {
		return func(v, w Value) Value {
			if v.State|w.State == Point && v.Lo == w.Lo {
				return v
			}
			return Value{State: Unknown}
		}
	}
	ordered := comparison{flip: flipOf(k)}
	return ordered.hull
}

func (c comparison) hull(v, w Value) Value {
	u := v
	if c.key(w.Lo) < c.key(u.Lo) {
		u.Lo = w.Lo
	}
	if c.key(w.Hi) > c.key(u.Hi) {
		u.Hi = w.Hi
	}
	switch {
	case u.Lo == u.Hi:
		u.State = Point
	case v.State == Unknown && c.within(w, v) || w.State == Unknown && c.within(v, w):
		u.State = Unknown
	default:
		u.State = Interval
	}
	return u
}

// within reports whether every value that v stands for is one that w stands for.
func (c comparison) within(v, w Value) bool {
	return c.key(v.Lo) >= c.key(w.Lo) && c.key(v.Hi) <= c.key(w.Hi)
}
