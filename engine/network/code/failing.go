package code

import (
	"math"

	"truce/facts"
	"truce/rules/condition"
	"truce/rules/eval"
)

// Given is what is known beforehand of what expressions read. The zero Given knows
// nothing: bound values may be faults, thresholds and days may be anything.
type Given struct {
	// LetFails reports whether the value in a slot may be a fault.
	LetFails func(slot int) bool
	// Threshold is what the threshold at an index may be set to: a point or an
	// interval of its kind. The zero Value is anything.
	Threshold func(index int) facts.Value
	// Days is what a day may be whose field has no range, and case.as_of. The zero
	// Value is any.
	Days facts.Value
}

// MayFail reports whether the expression may come to a fault, for some values that
// its fields' ranges allow. It may say so of one that never does.
func MayFail(e condition.Expr, g Given) bool {
	_, fails := (&look{given: g}).at(e)
	return fails
}

// FitMayFail is MayFail for the formula of a field, which fails where its value is
// outside the field's range too.
func FitMayFail(e condition.Expr, f *facts.Field, g Given) bool {
	l := look{given: g}
	v, fails := l.at(e)
	if fails || !f.Type.Kind.Ordered() {
		return fails
	}
	lo, hi := finiteEnds(v)
	if f.Type.Kind != facts.Number && v.Kind() != facts.Number {
		i, j := v.Ends()
		least, most := f.Type.Unknown().Ends()
		return i < least || j > most
	}
	least, most := f.Type.Unknown().Bounds()
	return lo < least || hi > most
}

// Of facts there are no more than mostFacts, for each takes memory. Sums of so large
// numbers and integers therefore stay in range.
const (
	mostFacts    = 1 << 42
	smallNumber  = 1e280
	smallInteger = 1 << 20
)

// look finds the range of expressions and whether they may fail. A range is what
// the points are that an expression may be, as a finite interval; for a fault is
// always one of points. It is the zero Value for kinds without order. Arithmetic on
// ranges is eval's, which says unknown where some members overflow or have no value.
type look struct {
	given Given
	own   func(condition.Expr) // told of each expression that may fail by itself; may be nil
}

// fails notes that the expression may fail by itself.
func (l *look) fails(e condition.Expr) bool {
	if l.own != nil {
		l.own(e)
	}
	return true
}

func (l *look) at(e condition.Expr) (within facts.Value, fails bool) {
	switch e := e.(type) {
	case *condition.Literal:
		return l.rangeOf(e.Type(), e.Value), e.Value.Fault() != nil
	case *condition.Variable:
		return l.rangeOf(e.Type(), facts.Value{}), l.given.LetFails == nil || l.given.LetFails(e.Slot)
	case *condition.Threshold:
		if l.given.Threshold != nil {
			return l.rangeOf(e.Type(), l.given.Threshold(e.Index)), false
		}
		plain := e.Type()
		plain.Range = nil // nothing holds a threshold to a range
		return l.rangeOf(plain, facts.Value{}), false
	case *condition.FieldOf, *condition.ElementField, *condition.AsOf:
		return l.rangeOf(e.Type(), facts.Value{}), false
	case *condition.Aggregate:
		return l.aggregate(e)
	}
	parts := condition.Children(e)
	if c, ok := e.(*condition.Call); ok && c.Func == condition.Points {
		parts = parts[:1] // the other is a table, not a value
	}
	ranges := make([]facts.Value, len(parts))
	for i, p := range parts {
		var part bool
		ranges[i], part = l.at(p)
		fails = fails || part
	}
	within, own := l.operation(e, ranges)
	if own {
		fails = l.fails(e)
	}
	return within, fails
}

// operation is the range of an operation on ranges, and whether it may fail by itself.
func (l *look) operation(e condition.Expr, xs []facts.Value) (within facts.Value, fails bool) {
	whole := l.rangeOf(unranged(e.Type()), facts.Value{})
	switch e := e.(type) {
	case *condition.Unary:
		if e.Op == condition.Neg {
			return l.arithmetic(e, xs)
		}
	case *condition.Binary:
		if e.Type().Kind != facts.Bool {
			return l.arithmetic(e, xs)
		}
	case *condition.Conditional:
		if x, y := xs[1], xs[2]; !x.IsZero() && x.Kind() == y.Kind() {
			return x.Hull(y), false
		}
	case *condition.Call:
		switch e.Func {
		case condition.Known, condition.Points:
		case condition.Ramp:
			_, a := finiteEnds(xs[1])
			b, _ := finiteEnds(xs[2])
			return facts.NumberBetween(0, 1), a >= b
		case condition.Abs:
			if xs[0].Kind() == facts.Integer {
				return l.arithmetic(e, xs)
			}
			return eval.Apply(e, xs), false
		default:
			return l.rangeOf(unranged(e.Type()), eval.Apply(e, xs)), false
		}
	case *condition.External:
		return whole, true
	}
	return whole, false
}

// arithmetic is the range of arithmetic. An integer's range that reaches an end of
// the integers may go on beyond it.
func (l *look) arithmetic(e condition.Expr, xs []facts.Value) (facts.Value, bool) {
	k := kindOf(e)
	if k == facts.Number {
		for i, x := range xs {
			xs[i] = facts.NumberBetween(finiteEnds(x))
		}
	}
	v := eval.Apply(e, xs)
	bad := v.IsUnknown() || v.Fault() != nil
	if k != facts.Number && !bad {
		lo, hi := v.Ends()
		bad = lo == facts.MinInteger || hi == facts.MaxInteger
	}
	if bad {
		return l.rangeOf(facts.Type{Kind: k}, facts.Value{}), true
	}
	return v, false
}

// aggregate is the range of an aggregate.
func (l *look) aggregate(e *condition.Aggregate) (within facts.Value, fails bool) {
	var of facts.Value
	if e.Where != nil {
		_, fails = l.at(e.Where)
	}
	if e.Of != nil {
		var part bool
		of, part = l.at(e.Of)
		fails = fails || part
	}
	within = l.rangeOf(unranged(e.Type()), facts.Value{})
	switch e.Form {
	case condition.Count:
		return facts.Between(facts.Integer, 0, mostFacts), fails
	case condition.Sum:
		most := float64(smallNumber)
		if e.Type().Kind == facts.Integer {
			most = smallInteger
		}
		if lo, hi := finiteEnds(of); lo < -most || hi > most {
			fails = l.fails(e)
		}
	case condition.Least, condition.Most, condition.Mean:
		fails = l.fails(e)
	}
	return within, fails
}

// rangeOf is a value as a finite range of a type, or all of the type for the zero
// Value and for one that is not known.
func (l *look) rangeOf(t facts.Type, v facts.Value) facts.Value {
	if !t.Kind.Ordered() {
		return facts.Value{}
	}
	if v.IsZero() || v.IsUnknown() || v.Fault() != nil {
		v = t.Unknown()
		if t.Kind == facts.Date && t.Range == nil && !l.given.Days.IsZero() {
			return l.given.Days
		}
	}
	if v.Kind() == facts.Number {
		return facts.NumberBetween(finiteEnds(v))
	}
	lo, hi := v.Ends()
	return facts.Between(v.Kind(), lo, hi)
}

// finiteEnds are the least and the most finite number of a range.
func finiteEnds(v facts.Value) (lo, hi float64) {
	if v.Kind() != facts.Number {
		i, j := v.Ends()
		return float64(i), float64(j)
	}
	lo, hi = v.Bounds()
	return max(lo, -math.MaxFloat64), min(hi, math.MaxFloat64)
}

// unranged is a type without its range, which no computed value inherits.
func unranged(t facts.Type) facts.Type {
	t.Range = nil
	return t
}
