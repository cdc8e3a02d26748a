package eval

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/facts"
	"truce/rules/condition"
)

var span facts.Span

// Any value inside the operands gives a result inside the result: this is what
// makes information monotone.
func TestNumbersEnclose(t *testing.T) {
	ops := []condition.Op{condition.Add, condition.Sub, condition.Mul, condition.Div}
	rapid.Check(t, func(t *rapid.T) {
		op := rapid.SampledFrom(ops).Draw(t, "op")
		x, px := drawInterval(t, "x")
		y, py := drawInterval(t, "y")
		wide := numbers(op, x, y, span)
		one := numbers(op, px, py, span)
		if one.Fault() != nil {
			require.False(t, wide.IsKnown(), "%#v %s %#v = %#v, which fails inside", x, op, y, wide)
			return
		}
		require.True(t, one.Within(wide), "%#v %s %#v = %#v holds %#v", x, op, y, wide, one)
	})
}

func drawInterval(t *rapid.T, name string) (wide, inside facts.Value) {
	numbers := rapid.OneOf(
		rapid.SampledFrom([]float64{0, 1, -1, 0.1, 3, math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64}),
		rapid.Float64Range(-1e6, 1e6))
	a, b := numbers.Draw(t, name+" a"), numbers.Draw(t, name+" b")
	lo, hi := math.Min(a, b), math.Max(a, b)
	p := math.Min(hi, math.Max(lo, numbers.Draw(t, name+" inside")))
	return facts.NumberBetween(lo, hi), facts.NumberOf(p)
}

func TestIntegersEnclose(t *testing.T) {
	ops := []condition.Op{condition.Add, condition.Sub, condition.Mul, condition.Mod}
	ints := rapid.OneOf(rapid.Int64Range(-5, 5), rapid.Int64(), rapid.SampledFrom([]int64{math.MaxInt64, math.MinInt64 + 1}))
	rapid.Check(t, func(t *rapid.T) {
		op := rapid.SampledFrom(ops).Draw(t, "op")
		var wide, one [2]facts.Value
		for i := range wide {
			a, b, c := ints.Draw(t, "a"), ints.Draw(t, "b"), ints.Draw(t, "c")
			lo, hi := min(a, b), max(a, b)
			wide[i], one[i] = facts.Between(facts.Integer, lo, hi), facts.IntegerOf(min(hi, max(lo, c)))
		}
		w := arithmetic(op, facts.Integer, wide[0], wide[1], span)
		o := arithmetic(op, facts.Integer, one[0], one[1], span)
		if o.Fault() != nil {
			require.False(t, w.IsKnown())
			return
		}
		require.True(t, o.Within(w), "%#v %s %#v = %#v holds %#v", wide[0], op, wide[1], w, o)
	})
}

func TestRampEnclosesAndRises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, px := drawInterval(t, "x")
		a, pa := drawInterval(t, "a")
		b, pb := drawInterval(t, "b")
		wide, one := ramp(x, a, b, span), ramp(px, pa, pb, span)
		if one.Fault() != nil {
			return // outside its meaning; the wide one is a fault or as wide as can be
		}
		require.Nil(t, wide.Fault())
		require.True(t, one.Within(wide), "ramp(%#v, %#v, %#v) = %#v holds %#v", x, a, b, wide, one)
		more := ramp(facts.NumberOf(math.Nextafter(px.Number(), math.Inf(1))), pa, pb, span)
		if more.Fault() == nil && px.Number() < math.MaxFloat64 {
			require.LessOrEqual(t, one.Number(), more.Number())
		}
	})
}

func TestComparisonsEnclose(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, px := drawInterval(t, "x")
		y, py := drawInterval(t, "y")
		for _, c := range []struct {
			wide, one facts.Value
			native    bool
		}{
			{less(x, y, false), less(px, py, false), px.Number() < py.Number()},
			{less(x, y, true), less(px, py, true), px.Number() <= py.Number()},
			{Equal(x, y), Equal(px, py), px.Number() == py.Number()},
		} {
			require.True(t, c.one.Within(c.wide))
			require.Equal(t, facts.BoolOf(c.native), c.one)
		}
	})
}

func TestIntegersAndNumbersCompareByValue(t *testing.T) {
	big := facts.IntegerOf(9007199254740993)
	require.True(t, Equal(big, facts.NumberOf(9007199254740992)).False())
	require.True(t, less(facts.NumberOf(9007199254740992), big, false).True())
	require.True(t, less(facts.IntegerOf(math.MaxInt64), facts.NumberOf(9223372036854775808), false).True())
	require.True(t, Equal(facts.IntegerOf(2), facts.NumberOf(2)).True())
}

func TestFaults(t *testing.T) {
	one, zero := facts.NumberOf(1), facts.NumberOf(0)
	require.Equal(t, "E901", numbers(condition.Div, one, zero, span).Fault().Code.ID)
	require.Equal(t, "E902", numbers(condition.Mul, facts.NumberOf(1e200), facts.NumberOf(1e200), span).Fault().Code.ID)
	require.Equal(t, "E904", ramp(one, one, one, span).Fault().Code.ID)
	require.True(t, numbers(condition.Div, one, facts.NumberBetween(-1, 1), span).IsUnknown())
	require.Equal(t, "0", show(numbers(condition.Mul, facts.NumberOf(-1), zero, span)), "−0 is 0")
}

// In every order of evaluation, and for every grouping, the same truth.
func TestConnectivesIgnoreOrder(t *testing.T) {
	fault := fault(facts.Bool, span, ErrEmpty, "x")
	truths := []facts.Value{facts.BoolOf(true), facts.BoolOf(false), facts.UnknownBool(), fault}
	// By dominance: of "and" false, unknown, fault, true; of "or" its dual.
	rank := map[bool]func(facts.Value) int{
		true:  func(v facts.Value) int { return dominance(v, facts.Value.False) },
		false: func(v facts.Value) int { return dominance(v, facts.Value.True) },
	}
	for _, x := range truths {
		for _, y := range truths {
			for and, join := range map[bool]func(x, y facts.Value) facts.Value{true: And, false: Or} {
				require.True(t, join(x, y).Same(join(y, x)))
				require.Equal(t, min(rank[and](x), rank[and](y)), rank[and](join(x, y)))
				for _, z := range truths {
					require.True(t, join(join(x, y), z).Same(join(x, join(y, z))))
				}
			}
			require.True(t, Not(And(x, y)).Same(Or(Not(x), Not(y))), "De Morgan")
		}
	}
}

func dominance(v facts.Value, dominant func(facts.Value) bool) int {
	switch {
	case v.Fault() != nil:
		return 2
	case v.IsUnknown():
		return 1
	case dominant(v):
		return 0
	}
	return 3
}
