package engine_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/engine/model"
	"truce/testdata/bench"
)

// What a change touches does not grow with what there is: the work of one change is the
// same among a hundred facts, rules or links as among a thousand. What grows along the
// axis itself is named.
func TestWorkOfAChangeDoesNotGrow(t *testing.T) {
	along := map[string]bool{"chain": true, "recursion": true} // every link and every step changes
	for _, axis := range bench.Axes() {
		t.Run(axis.Name, func(t *testing.T) {
			few, many := workOfAChange(t, axis, 100), workOfAChange(t, axis, 1000)
			require.Positive(t, few.Tried+few.Tested+few.Held)
			if along[axis.Name] {
				require.LessOrEqual(t, many.Tried+many.Tested, 11*(few.Tried+few.Tested))
				return
			}
			require.Equal(t, few, many)
		})
	}
}

func workOfAChange(t *testing.T, axis bench.Axis, n int) model.Work {
	p, c, changed, err := axis.Load(n)
	require.NoError(t, err)
	counters := &model.Counters{}
	o := boundless()
	o.Counters = counters
	s := engine.Compile(p).NewSession(o)
	require.NoError(t, s.Load(c))
	require.NoError(t, s.Run(context.Background()))
	counters.Reset()
	require.NoError(t, s.Modify(changed))
	require.NoError(t, s.Run(context.Background()))
	var sum model.Work
	for _, rule := range counters.Rules() {
		w := counters.Of(rule)
		sum.Tried, sum.Tested, sum.Held, sum.New = sum.Tried+w.Tried, sum.Tested+w.Tested, sum.Held+w.Held, sum.New+w.New
	}
	return sum
}
