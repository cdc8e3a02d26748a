package facts

import (
	"fmt"
	"math"
	"strings"

	"truce/facts/source"
)

// Span is a place in a file.
type Span = source.Span

// The ends of the integers. They double as the open ends of an integer or a day
// of which nothing is known.
const (
	MinInteger = math.MinInt64
	MaxInteger = math.MaxInt64
)

var inf = math.Inf(1)

type state uint8

const (
	point state = iota
	interval
	unknown
	fault
)

// Value is a typed value: a point, an interval of an ordered kind, unknown (which
// is the whole range of its type), or a fault, the outcome of an operation that
// has none. Values are plain data and are compared with Same, never with ==
// alone. The unit and the names belong to the Type, not to the value.
type Value struct {
	kind     Kind
	state    state
	lo, hi   float64 // Number
	ilo, ihi int64   // Integer, Date, Bool (0, 1), Scale (position)
	text     string  // Text, Enum
	fault    *Fault
}

// Fault is an operation without a value: a division by zero, an overflow, the
// least of nothing. It is a value so that "false and fault" can be false whatever
// is looked at first.
type Fault struct {
	Code    source.Code
	Span    Span // the operation that failed
	Message string
}

func (f *Fault) Error() string { return f.Diagnostic().Error() }

// Diagnostic is the fault as a finding at its place.
func (f *Fault) Diagnostic() source.Diagnostic { return f.Code.At(f.Span, "%s", f.Message) }

// FaultValue is the value of a failed operation whose result would be of kind k.
func FaultValue(k Kind, f *Fault) Value { return Value{kind: k, state: fault, fault: f} }

// NumberOf is a known number. −0 becomes 0; x must be finite.
func NumberOf(x float64) Value { return Value{kind: Number, lo: x + 0, hi: x + 0} }

// IntegerOf is a known integer.
func IntegerOf(i int64) Value { return Value{kind: Integer, ilo: i, ihi: i} }

// TextOf is a known text.
func TextOf(s string) Value { return Value{kind: Text, text: s} }

// BoolOf is true or false.
func BoolOf(b bool) Value {
	if b {
		return Value{kind: Bool, ilo: 1, ihi: 1}
	}
	return Value{kind: Bool}
}

// UnknownBool is neither.
func UnknownBool() Value { return Value{kind: Bool, state: unknown, ihi: 1} }

// DateOf is a day, counted from 1970-01-01.
func DateOf(day int64) Value { return Value{kind: Date, ilo: day, ihi: day} }

// EnumOf is a symbol. That it is one of its type's is the caller's to check.
func EnumOf(symbol string) Value { return Value{kind: Enum, text: symbol} }

// ScaleOf is the level at a position of its type's names.
func ScaleOf(level int) Value { return Value{kind: Scale, ilo: int64(level), ihi: int64(level)} }

// NumberBetween is the interval from lo to hi, both included; ends may be
// infinite, which means open. It is a point when they are equal.
func NumberBetween(lo, hi float64) Value {
	v := Value{kind: Number, lo: lo + 0, hi: hi + 0}
	if lo != hi {
		v.state = interval
	}
	return v
}

// Between is the interval of integers, days or levels from lo to hi, both
// included. MinInteger and MaxInteger mean open ends.
func Between(k Kind, lo, hi int64) Value {
	v := Value{kind: k, ilo: lo, ihi: hi}
	if lo != hi {
		v.state = interval
		if k == Bool {
			v.state = unknown
		}
	}
	return v
}

// Kind is the value's kind.
func (v Value) Kind() Kind { return v.kind }

// IsZero reports whether this is no value at all.
func (v Value) IsZero() bool { return v.kind == 0 }

// IsKnown reports whether the value is a point.
func (v Value) IsKnown() bool { return v.state == point && v.kind != 0 }

// IsUnknown reports whether nothing is known of the value but its type.
func (v Value) IsUnknown() bool { return v.state == unknown }

// IsInterval reports whether the value is known in part.
func (v Value) IsInterval() bool { return v.state == interval }

// Fault is why there is no value, or nil.
func (v Value) Fault() *Fault { return v.fault }

// Bounds are the ends of a number; equal for a point.
func (v Value) Bounds() (lo, hi float64) { return v.lo, v.hi }

// Ends are the ends of an integer, a day, a level or a bool; equal for a point.
func (v Value) Ends() (lo, hi int64) { return v.ilo, v.ihi }

// Number is a known number, or an integer as one.
func (v Value) Number() float64 {
	if v.kind == Integer {
		return float64(v.ilo)
	}
	return v.lo
}

// Integer is a known integer, day or level.
func (v Value) Integer() int64 { return v.ilo }

// Text is a known text or symbol.
func (v Value) Text() string { return v.text }

// True reports whether the value is a bool and certainly true.
func (v Value) True() bool { return v.kind == Bool && v.state == point && v.ilo == 1 }

// False reports whether the value is a bool and certainly false.
func (v Value) False() bool { return v.kind == Bool && v.state == point && v.ihi == 0 }

// Same reports whether both are the same value in form: the same point, the same
// interval, or both unknown over the same range.
func (v Value) Same(w Value) bool {
	if v.kind != w.kind || (v.state == fault) != (w.state == fault) {
		return false
	}
	if v.state == fault {
		return v.fault == w.fault
	}
	if v.kind == Text || v.kind == Enum {
		return v.state == w.state && v.text == w.text
	}
	return v.lo == w.lo && v.hi == w.hi && v.ilo == w.ilo && v.ihi == w.ihi
}

// Within reports whether every value that v stands for is one that w stands for.
func (v Value) Within(w Value) bool {
	switch {
	case v.kind != w.kind || v.state == fault || w.state == fault:
		return false
	case v.kind == Text || v.kind == Enum:
		return w.state == unknown || v.state == point && v.text == w.text
	}
	return v.lo >= w.lo && v.hi <= w.hi && v.ilo >= w.ilo && v.ihi <= w.ihi
}

// MayEqual reports whether some value is one that both stand for.
func (v Value) MayEqual(w Value) bool {
	switch {
	case v.kind != w.kind || v.state == fault || w.state == fault:
		return false
	case v.kind == Text || v.kind == Enum:
		return v.state == unknown || w.state == unknown || v.text == w.text
	}
	return v.lo <= w.hi && w.lo <= v.hi && v.ilo <= w.ihi && w.ilo <= v.ihi
}

// Clip is the part of v that lies inside w, and false when there is none.
func (v Value) Clip(w Value) (Value, bool) {
	if !v.MayEqual(w) {
		return v, false
	}
	if v.Within(w) {
		return v, true
	}
	if w.Within(v) {
		return w, true
	}
	u := Value{kind: v.kind, state: interval}
	u.lo, u.hi = math.Max(v.lo, w.lo), math.Min(v.hi, w.hi)
	u.ilo, u.ihi = max(v.ilo, w.ilo), min(v.ihi, w.ihi)
	if u.lo == u.hi && u.ilo == u.ihi {
		u.state = point
	}
	return u, true
}

// Hull is the least value that stands for all that either stands for. Two
// different texts or symbols have none but unknown. A fault beats a value.
func (v Value) Hull(w Value) Value {
	switch {
	case v.state == fault:
		return v
	case w.state == fault:
		return w
	case v.kind == Text || v.kind == Enum:
		if v.state == point && w.state == point && v.text == w.text {
			return v
		}
		return Value{kind: v.kind, state: unknown}
	}
	u := v
	u.lo, u.hi = math.Min(v.lo, w.lo), math.Max(v.hi, w.hi)
	u.ilo, u.ihi = min(v.ilo, w.ilo), max(v.ihi, w.ihi)
	switch {
	case u.lo == u.hi && u.ilo == u.ihi:
		u.state = point
	case v.kind == Bool || v.state == unknown && w.Within(v) || w.state == unknown && v.Within(w):
		u.state = unknown
	default:
		u.state = interval
	}
	return u
}

// Compare orders values of one kind for listings and canonical forms: points and
// intervals by their ends, texts by their letters. It says nothing of truth.
func (v Value) Compare(w Value) int {
	if v.kind != w.kind {
		return int(v.kind) - int(w.kind)
	}
	if v.kind == Text || v.kind == Enum {
		if v.state != w.state {
			return int(v.state) - int(w.state)
		}
		return strings.Compare(v.text, w.text)
	}
	switch {
	case v.lo < w.lo || v.ilo < w.ilo:
		return -1
	case v.lo > w.lo || v.ilo > w.ilo:
		return 1
	case v.hi < w.hi || v.ihi < w.ihi:
		return -1
	case v.hi > w.hi || v.ihi > w.ihi:
		return 1
	}
	return 0
}

// GoString shows the value in tests.
func (v Value) GoString() string {
	return fmt.Sprintf("%s(%s)", v.kind, Type{Kind: v.kind}.Format(v))
}
