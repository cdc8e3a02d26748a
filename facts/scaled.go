package facts

import (
	"strings"
)

// wholePercent is what a part of the whole is in percent.
const wholePercent = 100

// Scaled is the advice for a number that lies outside of where it should, as if it
// were a part where percent are due, percent where a part is due, or the rise of one
// price where the loss of another is due: "write 35 for 35 percent". It is "" where
// none of these would bring it inside.
func (t Type) Scaled(v, within Value) string {
	if !t.Kind.Numeric() || !v.IsKnown() {
		return ""
	}
	inside := func(x float64) bool { return NumberOf(x).Within(t.asNumber(within)) }
	x := t.asNumber(v).Number()
	_, high := t.asNumber(within).Bounds()
	switch {
	case t.inPercent() && x != 0 && -1 <= x && x <= 1 && inside(wholePercent*x):
		p := FormatNumber(wholePercent * x)
		return "a value in percent is not written as a part of one: write " + p + " for " + p + " percent"
	case t.inPercent() && x > wholePercent && high == wholePercent && inside(lossOf(x)):
		return "nothing loses more than 100 percent; if this is by how much the other side rose, write " + FormatNumber(lossOf(x)) +
			", which is 100 * " + FormatNumber(x) + " / (100 + " + FormatNumber(x) + ")"
	case t.Unit == "" && t.Kind == Number && x > 1 && x <= wholePercent && high == 1 && inside(x/wholePercent):
		return "a part of one is not written in percent: write " + FormatNumber(x/wholePercent) + " for " + FormatNumber(x) + " percent"
	}
	return ""
}

// lossOf is what is lost, in percent, of the worth of what is paid with, where what is
// bought rises by so many percent.
func lossOf(rise float64) float64 {
	const thousandth = 1000
	return float64(int64(wholePercent*rise/(wholePercent+rise)*thousandth+0.5)) / thousandth
}

func (t Type) inPercent() bool {
	first, _, _ := strings.Cut(string(t.Unit), "/")
	return first == "percent"
}

// asNumber is a numeric value, or interval, as one of numbers.
func (t Type) asNumber(v Value) Value {
	if t.Kind == Number {
		return v
	}
	lo, hi := v.Ends()
	return NumberBetween(float64(lo), float64(hi))
}
