package code_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine/network/code"
	"truce/facts"
	"truce/rules/condition"
	"truce/rules/eval"
)

// native is a world of known values as expr's machine takes it.
func (w *world) native() map[string]any {
	var things []map[string]any
	for _, row := range w.rows {
		m := map[string]any{}
		for i, f := range thing.Fields {
			m[f.Name] = condition.Native(row[i])
		}
		things = append(things, m)
	}
	table := []float64{}
	for _, v := range w.table {
		table = append(table, v.Number())
	}
	return map[string]any{
		"x": things[0], "y": things[1], "Thing": things,
		"v": condition.Native(w.lets[0]), "w": condition.Native(w.lets[1]), "u": condition.Native(w.lets[2]),
		"threshold": map[string]any{"t": condition.Native(w.thresholds[0]), "n": condition.Native(w.thresholds[1]), "table": table},
		"case":      map[string]any{"as_of": asOf},
	}
}

// On known values compiled code says what expr's own machine says, wherever the
// machine's arithmetic is the language's: where no part fails, no comparison is so
// near its cut that rounding at each step decides it, and no sum is rounded.
func TestKnownValuesAgainstExpr(t *testing.T) {
	compared := 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorldOf(t, true)
		e := parse(t, (&writer{T: t}).truth(rapid.IntRange(0, 3).Draw(t, "depth")))
		m := newMachine(w.layoutOf())
		got := m.Test(e)(m.frame(w))
		if got.Is == code.Fails {
			return // where the language has no value, expr has an infinity or a nil
		}
		require.NotEqual(t, code.Maybe, got.Is, "%s on known values", e.Text())
		native, err := condition.RunNative(e, w.native())
		if err != nil || native != (got.Is == code.True) {
			require.True(t, w.excuses(e), "%s is %v, and by expr %v", e.Text(), got.Is, native)
			return
		}
		compared++
	})
	t.Logf("%d expressions agree", compared)
	require.Positive(t, compared)
}

// excuses reports whether expr may differ on the expression.
func (w *world) excuses(e condition.Expr) bool {
	excused := false
	condition.Walk(e, func(e condition.Expr) bool {
		if _, inside := e.(*condition.Aggregate); inside {
			excused = true // of rounding, of faults inside, of integers that wrap
			return false
		}
		v := eval.Eval(e, w.env())
		lo, hi := v.Ends()
		excused = excused || v.Fault() != nil || v.Kind() == facts.Integer && max(lo, -hi) > 1<<53 || math.Abs(v.Number()) > 1e300
		return true
	})
	for _, a := range eval.Atoms(e, w.env()) {
		excused = excused || a.Margin.IsKnown() && math.Abs(a.Margin.Number()) < 1e-9
	}
	return excused
}
