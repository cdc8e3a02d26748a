package network

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine/network/code"
	"truce/facts"
)

// The tests that a ladder gives for a point are those that hold of it.
func TestLaddersGiveTheTestsThatHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		constant := rapid.OneOf(rapid.Float64Range(-10, 10), rapid.SampledFrom([]float64{0, 1, -1, 0.5, math.MaxFloat64, -math.MaxFloat64}))
		op := rapid.SampledFrom([]order{equal, above, over, under, below})
		var tests []*node
		for range rapid.IntRange(1, 20).Draw(t, "tests") {
			tests = append(tests, &node{compared: comparison{op: op.Draw(t, "op"), kind: facts.Number, threshold: -1,
				constant: code.FromFact(facts.NumberOf(constant.Draw(t, "constant")), nil)}})
		}
		d := newDispatch(tests)
		x := constant.Draw(t, "x")
		v := code.FromFact(facts.NumberOf(x), nil).Lo
		at := d.step(v)
		held := map[*node]int{}
		for _, list := range [][]*node{d.equal[v], d.above.tests[:d.above.upTo(at, over)], d.under.tests[:d.under.upTo(^at, under)]} {
			for _, n := range list {
				held[n]++
			}
		}
		for _, n := range tests {
			c := math.Float64frombits(n.compared.constant.Lo)
			holds := map[order]bool{equal: x == c, above: x >= c, over: x > c, under: x < c, below: x <= c}[n.compared.op]
			require.Equal(t, holds, held[n] == 1, "%v %d %v", x, n.compared.op, c)
			require.LessOrEqual(t, held[n], 1)
		}
	})
}
