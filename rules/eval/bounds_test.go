package eval

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/facts"
	"truce/rules/condition"
)

// A completion settles everything: which contributions are there, how often, and
// with which values. For each aggregate the outcomes of all completions must lie
// within the computed bounds; and where no operand hides a dependency the bounds
// must be met, so that they are not merely wide.

func genContributions(t *rapid.T, kind facts.Kind) []contribution {
	n := rapid.IntRange(0, 4).Draw(t, "facts")
	cs := make([]contribution, n)
	for i := range cs {
		c := &cs[i]
		lo := rapid.IntRange(-3, 3).Draw(t, "low")
		hi := lo + rapid.IntRange(0, 2).Draw(t, "width")
		if kind == facts.Number {
			c.value = facts.NumberBetween(float64(lo), float64(hi))
		} else {
			c.value = facts.Between(kind, int64(lo), int64(hi))
		}
		c.selected = rapid.SampledFrom([]facts.Value{facts.BoolOf(true), facts.BoolOf(false), facts.UnknownBool()}).Draw(t, "selected")
		c.copies = 1
		switch rapid.IntRange(0, 5).Draw(t, "shape") {
		case 0:
			c.copies = 2
		case 1:
			c.group = rapid.IntRange(1, 2).Draw(t, "group")
			if c.selected.True() {
				c.selected = facts.UnknownBool() // alternatives that are only possible
			}
		}
		c.there = c.selected.True()
	}
	return cs
}

// completions calls visit with the values present in every completion.
func completions(cs []contribution, visit func([]int64)) {
	var rec func(i int, present []int64, taken map[int]bool)
	rec = func(i int, present []int64, taken map[int]bool) {
		if i == len(cs) {
			visit(present)
			return
		}
		c := &cs[i]
		if !c.sure() {
			rec(i+1, present, taken)
		}
		if c.excluded() || c.group != 0 && taken[c.group] {
			return
		}
		if c.group != 0 {
			taken[c.group] = true
			defer delete(taken, c.group)
		}
		lo, hi := ends(c.value)
		for v := int64(lo); v <= int64(hi); v++ {
			one := append(append([]int64(nil), present...), v)
			rec(i+1, one, taken)
			for w := int64(lo); c.copies == 2 && w <= int64(hi); w++ {
				rec(i+1, append(append([]int64(nil), one...), w), taken)
			}
		}
	}
	rec(0, nil, map[int]bool{})
}

// outcome is the value of an aggregate over known values, and false where it fails.
func outcome(form condition.Form, vs []int64) (float64, bool) {
	sum, lo, hi := int64(0), int64(math.MaxInt64), int64(math.MinInt64)
	for _, v := range vs {
		sum, lo, hi = sum+v, min(lo, v), max(hi, v)
	}
	truth := map[bool]float64{true: 1}
	switch form {
	case condition.Count:
		return float64(len(vs)), true
	case condition.Any:
		return truth[len(vs) > 0], true
	case condition.None:
		return truth[len(vs) == 0], true
	case condition.One:
		return truth[len(vs) == 1], true
	case condition.Sum:
		return float64(sum), true
	case condition.Least:
		return float64(lo), len(vs) > 0
	case condition.Most:
		return float64(hi), len(vs) > 0
	}
	mean, _ := big.NewRat(sum, int64(max(len(vs), 1))).Float64()
	return mean, len(vs) > 0
}

func testAggregate(t *rapid.T, form condition.Form, kind facts.Kind) {
	a := condition.Aggregated(facts.Span{}, resultType(form, kind), form, &facts.FactType{Name: "T"}, nil, nil)
	cs := genContributions(t, kind)
	got := aggregate(a, collapse(cs))
	least, most := math.Inf(1), math.Inf(-1)
	fails, works := false, false
	completions(cs, func(vs []int64) {
		x, ok := outcome(form, vs)
		if !ok {
			fails = true
			return
		}
		works = true
		least, most = math.Min(least, x), math.Max(most, x)
	})
	switch {
	case !works:
		require.NotNil(t, got.Fault(), "every completion fails")
		return
	case fails:
		require.True(t, got.IsUnknown() && got.Fault() == nil, "some completion fails: %#v", got)
		return
	}
	require.Nil(t, got.Fault())
	lo, hi := ends(got)
	if got.Kind() == facts.Bool {
		i, j := got.Ends()
		lo, hi = float64(i), float64(j)
	}
	require.LessOrEqual(t, lo, least, "%#v", got)
	require.GreaterOrEqual(t, hi, most, "%#v", got)
	require.Equal(t, least, lo, "the low end is met")
	require.Equal(t, most, hi, "the high end is met")
}

func resultType(form condition.Form, kind facts.Kind) facts.Type {
	switch form {
	case condition.None, condition.Any, condition.All, condition.One:
		return facts.Type{Kind: facts.Bool}
	case condition.Count:
		return facts.Type{Kind: facts.Integer}
	case condition.Mean:
		return facts.Type{Kind: facts.Number}
	}
	return facts.Type{Kind: kind}
}

func TestAggregateBoundsAgainstCompletions(t *testing.T) {
	forms := []condition.Form{condition.None, condition.Any, condition.One, condition.Count,
		condition.Sum, condition.Least, condition.Most, condition.Mean}
	for _, form := range forms {
		for _, kind := range []facts.Kind{facts.Number, facts.Integer} {
			t.Run(form.String()+"/"+kind.String(), rapid.MakeCheck(func(t *rapid.T) { testAggregate(t, form, kind) }))
		}
	}
}

func TestSumDoesNotShowItsOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs := rapid.SliceOfN(rapid.Float64Range(-1e300, 1e300), 0, 20).Draw(t, "xs")
		ys := rapid.Permutation(xs).Draw(t, "ys")
		var a, b exactSum
		exact := new(big.Float).SetPrec(4000)
		for i := range xs {
			a.add(xs[i], 1)
			b.add(ys[i], 1)
			exact.Add(exact, new(big.Float).SetFloat64(xs[i]))
		}
		want, _ := exact.Float64()
		require.Equal(t, want+0, a.number())
		require.Equal(t, a.number(), b.number())
	})
}

func TestOpenEndsOfSums(t *testing.T) {
	of := func(copies int, lo, hi float64, selected facts.Value) contribution {
		return contribution{selected: selected, value: facts.NumberBetween(lo, hi), copies: copies}
	}
	sum := condition.Aggregated(facts.Span{}, facts.Type{Kind: facts.Number}, condition.Sum, &facts.FactType{Name: "T"}, nil, nil)
	yes, maybe := facts.BoolOf(true), facts.UnknownBool()
	require.Equal(t, facts.NumberBetween(3, math.Inf(1)),
		aggregate(sum, []contribution{of(1, 3, 3, yes), of(-1, 0, 2, maybe)}), "more facts can only add")
	require.True(t, aggregate(sum, []contribution{of(1, 3, 3, yes), of(-1, -1, 2, maybe)}).IsUnknown(), "more facts may add or take away")
	require.Equal(t, facts.NumberOf(3), aggregate(sum, []contribution{of(1, 3, 3, yes), of(-1, 0, 0, maybe)}))
}
