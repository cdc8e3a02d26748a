package eval

import "truce/facts"

// And is the conjunction: false beats unknown beats a fault beats true.
func And(x, y facts.Value) facts.Value { return join(x, y, facts.Value.False, facts.Value.True) }

// Or is the disjunction: true beats unknown beats a fault beats false.
func Or(x, y facts.Value) facts.Value { return join(x, y, facts.Value.True, facts.Value.False) }

// Not is the negation; unknown and faults stay.
func Not(x facts.Value) facts.Value {
	switch {
	case x.True():
		return facts.BoolOf(false)
	case x.False():
		return facts.BoolOf(true)
	}
	return x
}

// join decides by the dominant truth, then unknown, then a fault, then the neutral.
func join(x, y facts.Value, dominant, neutral func(facts.Value) bool) facts.Value {
	switch {
	case dominant(x), neutral(y):
		return x
	case dominant(y), neutral(x):
		return y
	case x.Fault() == nil:
		return x
	case y.Fault() == nil:
		return y
	}
	return firstFault(x, y)
}

// firstFault is the fault among the operands that stands first in its file, and
// the zero Value when there is none. The choice makes results independent of the
// order of evaluation.
func firstFault(vs ...facts.Value) facts.Value {
	var first facts.Value
	for _, v := range vs {
		if v.Fault() == nil {
			continue
		}
		if first.IsZero() || v.Fault().Span.Compare(first.Fault().Span) < 0 {
			first = v
		}
	}
	return first
}
