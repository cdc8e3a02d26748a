package code

import (
	"math"

	"truce/facts"
)

// Cell is a point as a row holds it; false where the value is none.
func Cell(v *facts.Value, t *Texts) (uint64, bool) {
	if !v.IsKnown() {
		return 0, false
	}
	switch v.Kind() {
	case facts.Number:
		lo, _ := v.Bounds()
		return math.Float64bits(lo), true
	case facts.Text, facts.Enum:
		return t.Number(v.Text()), true
	}
	lo, _ := v.Ends()
	return uint64(lo), true
}

// FromFact is a value in short. A text is numbered. The zero facts.Value, which is
// no value, gives the zero Value.
func FromFact(v facts.Value, t *Texts) Value {
	var out Value
	switch {
	case v.Fault() != nil:
		return Value{State: Failed, Fault: v.Fault()}
	case v.IsUnknown():
		out.State = Unknown
	case v.IsInterval():
		out.State = Interval
	}
	switch v.Kind() {
	case 0:
	case facts.Number:
		lo, hi := v.Bounds()
		out.Lo, out.Hi = math.Float64bits(lo+0), math.Float64bits(hi+0)
	case facts.Text, facts.Enum:
		if out.State == Point {
			out.Lo = t.Number(v.Text())
			out.Hi = out.Lo
		}
	default:
		lo, hi := v.Ends()
		out.Lo, out.Hi = uint64(lo), uint64(hi)
	}
	return out
}

// Fact is the value at length, of the given kind; FromFact gives v again.
func (v Value) Fact(k facts.Kind, t *Texts) facts.Value {
	if v.State == Failed {
		return facts.FaultValue(k, v.Fault)
	}
	switch k {
	case facts.Text, facts.Enum:
		return v.symbol(k, t)
	case facts.Number:
		return v.ranged(k, facts.NumberBetween(float(v.Lo), float(v.Hi)))
	default:
		return v.ranged(k, facts.Between(k, int64(v.Lo), int64(v.Hi)))
	}
}

func (v Value) symbol(k facts.Kind, t *Texts) facts.Value {
	switch {
	case v.State == Unknown:
		return facts.Type{Kind: k}.Unknown()
	case k == facts.Enum:
		return facts.EnumOf(t.Text(v.Lo))
	}
	return facts.TextOf(t.Text(v.Lo))
}

// ranged is the value between the ends, as unknown where that is what it is.
func (v Value) ranged(k facts.Kind, ends facts.Value) facts.Value {
	if v.State == Unknown {
		return facts.Type{Kind: k, Range: &ends}.Unknown()
	}
	return ends
}

func float(c uint64) float64 { return math.Float64frombits(c) }

// Value is the truth as a bool.
func (t Truth) Value() Value {
	switch t.Is {
	case True:
		return Value{Lo: 1, Hi: 1}
	case Maybe:
		return Value{Hi: 1, State: Unknown}
	case Fails:
		return Value{State: Failed, Fault: t.Fault}
	}
	return Value{}
}

func failed(f *facts.Fault) Value { return Value{State: Failed, Fault: f} }

// Between is the interval, or the point where both ends are one.
func Between(lo, hi uint64) Value {
	v := Value{Lo: lo, Hi: hi}
	if lo != hi {
		v.State = Interval
	}
	return v
}

// numberBetween is the interval of numbers, or unknown where it has no end at all.
func numberBetween(lo, hi float64) Value {
	if lo > hi || math.IsInf(lo, -1) && math.IsInf(hi, 1) {
		return anyNumber()
	}
	return Between(math.Float64bits(lo+0), math.Float64bits(hi+0))
}

// integerBetween is the interval of integers, or unknown where it has no end at all.
func integerBetween(lo, hi int64) Value {
	v := Between(uint64(lo), uint64(hi))
	if lo == facts.MinInteger && hi == facts.MaxInteger {
		v.State = Unknown
	}
	return v
}

func anyNumber() Value {
	return Value{Lo: math.Float64bits(math.Inf(-1)), Hi: math.Float64bits(math.Inf(1)), State: Unknown}
}

func anyInteger() Value { return integerBetween(facts.MinInteger, facts.MaxInteger) }

// firstFault is the one of two faults, either of which may be nil, that stands
// first in its file.
func firstFault(a, b *facts.Fault) *facts.Fault {
	if a == nil || b != nil && b.Span.Compare(a.Span) < 0 {
		return b
	}
	return a
}
