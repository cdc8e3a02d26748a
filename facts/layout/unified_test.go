package layout_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/facts/layout"
)

func TestUnified(t *testing.T) {
	const before = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\neleven\ntwelve\n"
	after := strings.NewReplacer("two\n", "2\n", "eleven\n", "", "twelve\n", "twelve").Replace(before)
	require.Empty(t, layout.Unified("a.yaml", before, before))
	require.Equal(t, `--- a.yaml
+++ a.yaml
@@ -1,5 +1,5 @@
 one
-two
+2
 three
 four
 five
@@ -8,5 +8,4 @@
 eight
 nine
 ten
-eleven
-twelve
+twelve
\ No newline at end of file
`, layout.Unified("a.yaml", before, after))
	require.Equal(t, "--- a.yaml\n+++ a.yaml\n@@ -0,0 +1,1 @@\n+one\n", layout.Unified("a.yaml", "", "one\n"))
}

// A diff, applied to the first text, gives the second.
func TestUnifiedApplies(t *testing.T) {
	lines := rapid.SliceOf(rapid.SampledFrom([]string{"a\n", "b\n", "c\n", "d\n", "e\n", "f\n", "g\n", "h\n"}))
	rapid.Check(t, func(rt *rapid.T) {
		before, after := lines.Draw(rt, "before"), lines.Draw(rt, "after")
		require.Equal(rt, strings.Join(after, ""), apply(rt, before, layout.Unified("x", strings.Join(before, ""), strings.Join(after, ""))))
	})
}

// apply is what becomes of lines by a diff, each line of which that stays or goes must be
// there.
func apply(t require.TestingT, lines []string, diff string) string {
	var out strings.Builder
	at := 0
	for _, l := range strings.SplitAfter(diff, "\n") {
		switch {
		case l == "" || strings.HasPrefix(l, "--- ") || strings.HasPrefix(l, "+++ "):
		case l[0] == '@':
			var from int
			for _, c := range strings.TrimPrefix(l, "@@ -") {
				if c < '0' || c > '9' {
					break
				}
				from = from*10 + int(c-'0')
			}
			if !strings.Contains(strings.SplitN(l, "+", 2)[0], ",0 ") {
				from--
			}
			out.WriteString(strings.Join(lines[at:from], ""))
			at = from
		case l[0] == '+':
			out.WriteString(l[1:])
		default:
			require.Equal(t, lines[at], l[1:])
			if at++; l[0] == ' ' {
				out.WriteString(l[1:])
			}
		}
	}
	return out.String() + strings.Join(lines[at:], "")
}
