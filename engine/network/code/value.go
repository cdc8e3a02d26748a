package code

import (
	"math"

	"truce/facts"
)

// State says what is known of a Value.
type State uint8

// The states. Their order is that of facts.Value.
const (
	Point    State = iota // one value: Lo is it, and Hi is the same
	Interval              // from Lo to Hi
	Unknown               // nothing but the range of its type, which is from Lo to Hi
	Failed                // no value at all: Fault says why
)

// Value is a facts.Value without its kind, which whoever reads it knows: of a number
// Lo and Hi are the bits of float64; of an integer, a day, a level and a bool those
// of int64; of a text and a symbol Lo is its number in Texts and Hi the same, both 0
// where it is unknown.
type Value struct {
	Lo, Hi uint64
	Fault  *facts.Fault
	State  State
}

// Truth is a bool Value in short.
type Truth struct {
	Is    Verdict
	Fault *facts.Fault // where Is is Fails
}

// Verdict is one of the four outcomes of a condition. Their order is that in which
// they beat one another in a conjunction, the strongest first.
type Verdict uint8

// The outcomes.
const (
	False Verdict = iota
	Maybe
	Fails
	True
)

func number(x float64) Value {
	b := math.Float64bits(x + 0)
	return Value{Lo: b, Hi: b}
}

func integer(i int64) Value { return Value{Lo: uint64(i), Hi: uint64(i)} }
