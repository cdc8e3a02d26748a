package code

import (
	"math"

	"truce/facts"
	"truce/rules/condition"
)

// Check is a comparison of a field with a constant or with another field, as data and
// not as a function: of points, which are all that it knows, it says whether it holds at
// a fraction of what a call costs.
type Check struct {
	form         form
	slot, cell   int32
	slot2, cell2 int32  // of the other field
	flip         int64  // as in comparison
	low          int64  // the least key
	span         uint64 // how far above it the greatest is
}

// form is what a check asks of the key of its field.
type form uint8

const (
	inside  form = iota // it is from low on, and no more than span above
	outside             // it is not: the odd forms negate
	lesser              // it is less than that of the other field
	least
	same // it is that of the other field
	differs
)

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
			op, x, y = mirrored(op), y, x
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
	k = Check{slot: int32(p.slot), cell: int32(p.index), flip: flipOf(kindOf(x))}
	wide = p.bits(nil)
	switch {
	case fields:
		wide, ok = q.bits(wide), true
		k.field(op, q)
	case y == nil: // a bool
		k.low, ok = 1, x.Type().Kind == facts.Bool
	default:
		v, known := c.fixed(y, thresholds)
		ok = known && k.constant(op, v)
	}
	if negated {
		k.form ^= outside
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
	at := comparison{flip: k.flip}.key(v.Lo)
	switch {
	case op == condition.Eq:
		k.low = at
		return true
	case op == condition.Lt && at == math.MinInt64:
		return false
	case op == condition.Lt:
		at--
	}
	k.low, k.span = math.MinInt64, uint64(at)-1<<63
	return true
}

// field compares with another field.
func (k *Check) field(op condition.Op, q place) {
	k.slot2, k.cell2 = int32(q.slot), int32(q.index)
	switch op {
	case condition.Eq:
		k.form = same
	case condition.Lt:
		k.form = lesser
	default: // x <= y where y is not less than x
		k.slot, k.slot2, k.cell, k.cell2 = k.slot2, k.slot, k.cell2, k.cell
		k.form = least
	}
}

// Holds reports whether the check holds of the facts at hand.
func (k *Check) Holds(f *Frame) bool {
	i := int64(f.Cells[f.Rows[k.slot]+int(k.cell)])
	i ^= i >> 63 & k.flip
	if k.form <= outside {
		return (uint64(i)-uint64(k.low) <= k.span) == (k.form == inside)
	}
	return k.related(f, i)
}

// related compares the key of the field with that of the other.
func (k *Check) related(f *Frame, i int64) bool {
	j := int64(f.Cells[f.Rows[k.slot2]+int(k.cell2)])
	j ^= j >> 63 & k.flip
	switch k.form {
	case lesser:
		return i < j
	case least:
		return i >= j
	case same:
		return i == j
	default:
		return i != j
	}
}
