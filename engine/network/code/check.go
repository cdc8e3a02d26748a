package code

import (
	"math"

	"truce/facts"
	"truce/rules/condition"
)

// Check is a comparison of a field with a constant or with another field as data and
// not as a function: of points, which are all that it knows, it says whether it holds at
// a fraction of what a call costs. Every comparison asks whether the key of the field is
// between two others, or is not.
type Check struct {
	slot, cell int32
	low, high  int64
	// Of another field, where there is one (slot2 is not -1), the key is the lower end, and
	// the upper one too, where that is not above it.
	slot2, cell2 int32
	negated      bool
	flip         int64 // as in comparison
}

// Bit is the bit of a fact's row that says that a field is no point.
type Bit struct {
	Slot, Word int
	Bit        uint64
}

// Check is the check that a condition is, if it is one, and the bits that must be clear
// where it is asked. A threshold counts as the constant that it is given as.
func (c *Compiler) Check(e condition.Expr, thresholds []Value) (k Check, wide []Bit, ok bool) {
	negated := false
	for not, is := e.(*condition.Unary); is && not.Op == condition.Not; not, is = e.(*condition.Unary) {
		e, negated = not.X, !negated
	}
	op, x, y := condition.Eq, e, condition.Expr(nil)
	if b, is := e.(*condition.Binary); is && b.Op.Compares() && kindOf(b.X) == kindOf(b.Y) {
		op, x, y = b.Op, b.X, b.Y
		if _, field := c.place(x); !field {
			op, x, y = op.Mirrored(), y, x
		}
	}
	if op == condition.Ne || op == condition.Gt || op == condition.Ge {
		op, negated = op.Opposite(), !negated
	}
	p, field := c.place(x)
	q, fields := c.place(y)
	if !field || p.slot < 0 || fields && q.slot < 0 {
		return Check{}, nil, false
	}
	k = Check{slot: int32(p.slot), cell: int32(p.index), flip: flipOf(kindOf(x)), slot2: -1, negated: negated}
	wide = p.bits(nil)
	switch {
	case fields:
		wide, ok = q.bits(wide), true
		k.field(op, q)
	case y == nil: // a bool
		k.low, k.high, ok = 1, 1, x.Type().Kind == facts.Bool
	default:
		v, known := c.fixed(y, thresholds)
		ok = known && k.constant(op, v)
	}
	return k, wide, ok
}

// bits adds the bit of a field that may be no point.
func (p *place) bits(list []Bit) []Bit {
	if p.word < 0 {
		return list
	}
	return append(list, Bit{p.slot, p.word, p.bit})
}

// fixed is what an expression always is, if it is a point.
func (c *Compiler) fixed(e condition.Expr, thresholds []Value) (Value, bool) {
	var v Value
	switch e := e.(type) {
	case *condition.Literal:
		v = FromFact(e.Value, c.Texts)
	case *condition.Threshold:
		v = thresholds[e.Index]
	default:
		return v, false
	}
	return v, v.State == Point
}

// constant compares with a constant. It is false where there is nothing below it.
func (k *Check) constant(op condition.Op, v Value) bool {
	k.low, k.high = math.MinInt64, comparison{flip: k.flip}.key(v.Lo)
	switch {
	case op == condition.Eq:
		k.low = k.high
	case op == condition.Lt && k.high == math.MinInt64:
		return false
	case op == condition.Lt:
		k.high--
	}
	return true
}

// field compares with another field.
func (k *Check) field(op condition.Op, q place) {
	k.slot2, k.cell2, k.high = int32(q.slot), int32(q.index), math.MaxInt64
	switch op {
	case condition.Eq:
		k.high = math.MinInt64
	case condition.Lt: // it is not from the other on
		k.negated = !k.negated
	default: // the other is from it on
		k.slot, k.slot2, k.cell, k.cell2 = k.slot2, k.slot, k.cell2, k.cell
	}
}

// Holds reports whether the check holds of the facts at hand. There is no branch in it
// that depends on them.
func (k *Check) Holds(f *Frame) bool {
	i := int64(f.Cells[f.Rows[k.slot]+int(k.cell)])
	i ^= i >> 63 & k.flip
	low := k.low
	if k.slot2 >= 0 {
		low = int64(f.Cells[f.Rows[k.slot2]+int(k.cell2)])
		low ^= low >> 63 & k.flip
	}
	return uint64(i-low) <= uint64(max(k.high, low)-low) != k.negated
}
