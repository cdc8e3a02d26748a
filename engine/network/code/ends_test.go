package code_test

import (
	"math"
	"strings"
	"testing"

	"truce/facts"
	"truce/rules/eval"
)

// At the ends of what kinds hold, compiled operations are the reference's: on every
// pair of points and intervals between a few ends.
func TestEnds(t *testing.T) {
	const least, most = math.MinInt64, math.MaxInt64
	open := math.Inf(1)
	var integers, numbers []facts.Value
	for i, lo := range []int64{least, least + 1, -1 << 32, -1, 0, 1, 3, 1 << 53, 1<<53 + 1, most - 1, most} {
		for _, hi := range []int64{least, least + 1, -1 << 32, -1, 0, 1, 3, 1 << 53, 1<<53 + 1, most - 1, most}[i:] {
			integers = append(integers, facts.Between(facts.Integer, lo, hi))
		}
	}
	ends := []float64{-open, -math.MaxFloat64, -1 << 63, -1, -math.SmallestNonzeroFloat64, 0, math.SmallestNonzeroFloat64, 1, 1<<53 + 2, 1 << 63, math.MaxFloat64, open}
	for i, lo := range ends {
		for _, hi := range ends[i:] {
			if lo != hi || !math.IsInf(lo, 0) {
				numbers = append(numbers, facts.NumberBetween(lo, hi))
			}
		}
	}
	integers = append(integers, facts.Type{Kind: facts.Integer}.Unknown())
	numbers = append(numbers, facts.Type{Kind: facts.Number}.Unknown())
	for _, op := range []string{" + ", " - ", " * ", " / ", " % ", " < ", " <= ", " == ", " != "} {
		pairs(t, "x.i"+op+"y.i", integers, integers)
		if op != " % " {
			pairs(t, "x.a"+op+"y.a", numbers, numbers)
			pairs(t, "x.i"+op+"y.a", integers, numbers)
			pairs(t, "x.a"+op+"y.i", numbers, integers)
		}
	}
	for _, text := range []string{
		"-x.i", "-x.a", "abs(x.i)", "abs(x.a)", "floor(x.a)", "round(x.a)", "min(x.i, y.i)", "max(x.a, y.a)", "max(x.i, y.a)", "ramp(x.a, y.a, 1)",
		"ramp(1, x.a, y.a)", "ramp(x.i, 0, y.i)", "ramp(0.5, x.i, y.a)", "(y.p ? x.i : y.i)", "(y.p ? x.i : y.a)", "x.i < 3.5", "x.i >= 4e18", "x.i <= -9.3e18", "x.i == 3.0", "x.i == 0.5",
	} {
		xs, ys := numbers, numbers
		if strings.Contains(text, "y.i") {
			ys = integers
		}
		if strings.Contains(text, "x.i") {
			xs = integers
		}
		pairs(t, text, xs, ys)
	}
}

// pairs holds an expression of x and y against the reference. The one bool that it
// may read is not known.
func pairs(t *testing.T, text string, xs, ys []facts.Value) {
	t.Helper()
	e, w := parse(t, text), plain()
	m := newMachine(masked())
	value := m.Value(e)
	w.rows[1][thing.Field("p").Index] = facts.UnknownBool()
	i, a := thing.Field("i").Index, thing.Field("a").Index
	set := func(row []facts.Value, v facts.Value) {
		if row[i] = v; v.Kind() == facts.Number {
			row[i], row[a] = facts.IntegerOf(0), v
		}
	}
	for _, x := range xs {
		set(w.rows[0], x)
		for _, y := range ys {
			set(w.rows[1], y)
			f, want := m.frame(w), eval.Eval(e, w.env())
			if got := value(f).Fact(e.Type().Kind, f.Texts); !same(want, got) {
				t.Fatalf("%s = %#v of %#v and %#v, and compiled %#v", text, want, x, y, got)
			}
		}
	}
}
