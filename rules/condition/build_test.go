package condition_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts"
	"truce/facts/source"
	"truce/rules/condition"
)

// One part of an expression is replaced wherever it stands, and nothing around it is
// changed or lost.
func TestReplaced(t *testing.T) {
	for _, text := range []string{
		`not (1 < 2)`, `1 < 2 and 3 < 4 or 5 < 6`, `(1 < 2 ? 3 : 4) > 2`, `min(1, max(2, 3)) > 0`, `"a" contains "b"`, `2 + 3 in [5, 6]`,
	} {
		e, ds := condition.Parse(condition.Source{Text: text, SpanOf: func(from, to int) facts.Span {
			return facts.Span{File: "x", Start: source.Pos{Line: 1, Col: from + 1}, End: source.Pos{Line: 1, Col: to + 1}}
		}}, nil)
		require.NoError(t, ds.Err(), text)
		condition.Walk(e, func(part condition.Expr) bool {
			by := condition.Constant(part.Span(), part.Type(), facts.BoolOf(true))
			changed := condition.Replaced(e, part, by)
			require.NotSame(t, e, changed, text)
			require.Equal(t, 1, count(changed, by), "%s in %s", part.Text(), text)
			require.Zero(t, count(changed, part))
			require.Equal(t, 1, count(e, part), "the expression itself stays")
			back := condition.Replaced(changed, by, part)
			require.Equal(t, e, back)
			return true
		})
		other := condition.Constant(e.Span(), e.Type(), facts.BoolOf(false))
		require.Same(t, e, condition.Replaced(e, other, other), "there is nothing to replace")
	}
}

func count(e, part condition.Expr) int {
	n := 0
	condition.Walk(e, func(e condition.Expr) bool {
		if e == part {
			n++
		}
		return true
	})
	return n
}
