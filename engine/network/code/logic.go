package code

import (
	"slices"

	"truce/rules/condition"
)

// test compiles a condition, or its negation. A negation is never computed: it goes
// down to what is tested, through "and" and "or" by De Morgan's laws, which hold of
// unknowns and faults too.
func (c *Compiler) test(e condition.Expr, negated bool) tester {
	switch e := e.(type) {
	case *condition.Unary:
		return c.test(e.X, !negated)
	case *condition.Binary:
		if e.Op == condition.And || e.Op == condition.Or {
			return c.connected(e, negated)
		}
		return c.compare(e, negated)
	case *condition.Conditional:
		return c.choiceOf(e, negated)
	case *condition.Member:
		return c.member(e, negated)
	case *condition.TextTest:
		return c.textTest(e, negated)
	case *condition.Call:
		return c.known(e, negated)
	}
	is := comparisonOf(negated)
	if p, ok := c.place(e); ok {
		return (&fieldTest{comparison: is, p: p}).flag()
	}
	read := c.value(e)
	return func(f *Frame) Truth { return is.of(read(f)) }
}

// of is a bool as it is, or its negation.
func (c comparison) of(v Value) Truth {
	switch {
	case v.State == Point:
		return c.given(v.Lo == 1)
	case v.State == Failed:
		return Truth{Fails, v.Fault}
	}
	return Truth{Is: Maybe}
}

func (c *Compiler) known(e *condition.Call, negated bool) tester {
	is, read := comparisonOf(negated), c.value(e.Args[0])
	return func(f *Frame) Truth {
		switch v := read(f); v.State {
		case Point:
			return Truth{Is: is.yes}
		case Failed:
			return Truth{Fails, v.Fault}
		}
		return Truth{Is: Maybe}
	}
}

// connected compiles "and" and "or". The parts are tried in the order of their cost:
// which of them comes first does not show in the result.
func (c *Compiler) connected(e *condition.Binary, negated bool) tester {
	parts := flattened(nil, e, e.Op)
	slices.SortStableFunc(parts, func(a, b condition.Expr) int { return cost(a) - cost(b) })
	tests := make([]tester, len(parts))
	for i, p := range parts {
		tests[i] = c.test(p, negated)
	}
	if (e.Op == condition.And) != negated {
		return conjunction(tests)
	}
	return disjunction(tests)
}

// flattened lists what an operator joins.
func flattened(list []condition.Expr, e condition.Expr, op condition.Op) []condition.Expr {
	if b, ok := e.(*condition.Binary); ok && b.Op == op {
		return flattened(flattened(list, b.X, op), b.Y, op)
	}
	return append(list, e)
}

// cost is a guess at what evaluating takes, in nodes.
func cost(e condition.Expr) int {
	n := 0
	condition.Walk(e, func(e condition.Expr) bool {
		n++
		switch e.(type) {
		case *condition.Aggregate:
			n += 1000
			return false
		case *condition.External, *condition.TextTest:
			n += 50
		}
		return true
	})
	return n
}

// conjunction ends with the first that is false.
func conjunction(tests []tester) tester {
	if len(tests) == 2 {
		x, y := tests[0], tests[1]
		return func(f *Frame) Truth {
			a := x(f)
			if a.Is == False {
				return a
			}
			b := y(f)
			if a.Is == True {
				return b
			}
			return And(a, b)
		}
	}
	return func(f *Frame) Truth {
		so := Truth{Is: True}
		for _, t := range tests {
			switch v := t(f); v.Is {
			case True:
			case False:
				return v
			default:
				so = And(so, v)
			}
		}
		return so
	}
}

// disjunction ends with the first that is true.
func disjunction(tests []tester) tester {
	if len(tests) == 2 {
		x, y := tests[0], tests[1]
		return func(f *Frame) Truth {
			a := x(f)
			if a.Is == True {
				return a
			}
			b := y(f)
			if a.Is == False {
				return b
			}
			return Or(a, b)
		}
	}
	return func(f *Frame) Truth {
		so := Truth{Is: False}
		for _, t := range tests {
			switch v := t(f); v.Is {
			case False:
			case True:
				return v
			default:
				so = Or(so, v)
			}
		}
		return so
	}
}

// And is the conjunction of two truths: false beats unknown beats a fault beats true.
func And(a, b Truth) Truth {
	switch {
	case a.Is == Fails && b.Is == Fails:
		return Truth{Fails, firstFault(a.Fault, b.Fault)}
	case b.Is < a.Is:
		return b
	}
	return a
}

// Or is the disjunction: true beats unknown beats a fault beats false.
func Or(a, b Truth) Truth {
	switch {
	case a.Is == True || b.Is == True:
		return Truth{Is: True}
	case a.Is == False:
		return b
	case b.Is == False:
		return a
	}
	return And(a, b)
}
