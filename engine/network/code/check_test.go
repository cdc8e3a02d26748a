package code_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine/network/code"
)

// drawCheck writes a condition that is a check: a bool, or a comparison of a field with
// what is of its kind.
func drawCheck(t *rapid.T) string {
	pick := func(list ...string) string { return rapid.SampledFrom(list).Draw(t, "part") }
	ordered := pick("<", "<=", ">", ">=", "==", "!=")
	equal := pick("==", "!=")
	var x, op, y string
	switch rapid.IntRange(0, 5).Draw(t, "kind") {
	case 0:
		x, op, y = pick("x.a", "x.b", "y.ra"), ordered, pick("y.a", "x.rb", "threshold.t", "0.0", "2.5", "-1.0")
	case 1:
		x, op, y = pick("x.i", "y.j"), ordered, pick("x.j", "y.ri", "threshold.n", "0", "3", "-9223372036854775807")
	case 2:
		x, op, y = pick("x.l", "y.rl"), ordered, pick("y.l", `"low"`, `"mid"`, `"top"`)
	case 3:
		x, op, y = pick("x.e", "y.g"), equal, pick("y.e", `"u"`, `"z"`)
	case 4:
		x, op, y = pick("x.s", "y.s"), equal, pick("y.s", `"a"`)
	default:
		return pick("", "not ") + pick("x.p", "y.q")
	}
	if rapid.Bool().Draw(t, "mirrored") && x[0] == 'x' {
		x, y = y, x
	}
	return fmt.Sprintf(pick("%s %s %s", "not (%s %s %s)"), x, op, y)
}

// A check holds where all that it reads is points and its condition is true.
func TestChecksAreConditions(t *testing.T) {
	checked := 0
	rapid.Check(t, func(t *rapid.T) {
		e := parse(t, drawCheck(t))
		w := drawWorld(t)
		m := newMachine(w.layoutOf())
		f := m.frame(w)
		k, wide, ok := m.Check(e, f.Thresholds)
		if !ok {
			return // a threshold that is no point, or is of another kind
		}
		for _, b := range wide {
			if f.Cells[f.Rows[b.Slot]+b.Word]&b.Bit != 0 {
				return
			}
		}
		checked++
		want := code.False
		if k.Holds(f) {
			want = code.True
		}
		require.Equal(t, want, m.Test(e)(f).Is, "%s", e.Text())
	})
	require.Positive(t, checked, "some conditions are checks of points")
}
