package eval_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/rules/eval"
)

// What was added and taken away again leaves no trace, whatever was rounded between.
func TestAccumulatorForgetsWhatIsTakenAway(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.OneOf(rapid.Float64Range(-1e300, 1e300), rapid.SampledFrom([]float64{0.1, 0.2, 1e-300, 1e300, math.Inf(1), math.Inf(-1)}))
		kept, gone := rapid.SliceOf(number).Draw(t, "kept"), rapid.SliceOf(number).Draw(t, "gone")
		var plain, moved eval.Accumulator
		for _, x := range gone {
			moved.Add(x, 1)
		}
		for _, x := range kept {
			plain.Add(x, 1)
			moved.Add(x, 1)
		}
		for _, x := range gone {
			moved.Add(x, -1)
		}
		want, open := plain.Number()
		got, alsoOpen := moved.Number()
		require.Equal(t, open, alsoOpen)
		require.Equal(t, want, got)
	})
}

func TestAccumulatorOfIntegers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		integer := rapid.OneOf(rapid.Int64(), rapid.SampledFrom([]int64{math.MaxInt64, math.MinInt64, 1, -1}))
		kept, gone := rapid.SliceOf(integer).Draw(t, "kept"), rapid.SliceOf(integer).Draw(t, "gone")
		var plain, moved eval.Accumulator
		for _, i := range gone {
			moved.AddInteger(i, false, false, 1)
		}
		for _, i := range kept {
			plain.AddInteger(i, false, false, 1)
			moved.AddInteger(i, false, false, 1)
		}
		for _, i := range gone {
			moved.AddInteger(i, false, false, -1)
		}
		want, fits := plain.Integer()
		got, alsoFits := moved.Integer()
		require.Equal(t, fits, alsoFits)
		require.Equal(t, want, got)
	})
	var a eval.Accumulator
	a.AddInteger(5, false, false, 1)
	a.AddInteger(0, true, false, 1)
	got, fits := a.Integer()
	require.True(t, fits)
	require.Equal(t, int64(math.MaxInt64), got)
	a.AddInteger(0, true, false, -1)
	got, _ = a.Integer()
	require.Equal(t, int64(5), got)
}
