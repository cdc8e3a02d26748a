package eval_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts"
	"truce/rules/condition"
	"truce/rules/eval"
)

// What stands inside a quantifier can be asked of one fact.
func TestInside(t *testing.T) {
	a := parse(t, "any(Item, .a > 2)").(*condition.Aggregate)
	env := &eval.Env{}
	for x, want := range map[float64]bool{1: false, 3: true} {
		values := make([]facts.Value, len(shape.Fields))
		for i, f := range shape.Fields {
			values[i] = f.Type.Unknown()
		}
		values[shape.Field("a").Index] = facts.NumberOf(x)
		inner := env.Inside(eval.Fact{Ref: 7, Values: values})
		require.Equal(t, want, eval.Eval(a.Where, inner).True())
	}
}
