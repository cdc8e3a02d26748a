package doc

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSyntaxErrors(t *testing.T) {
	const quote = "if it is an expression, put the whole line in quotes"
	const flow = "a value that holds a comma, colon, question mark or bracket goes in quotes"
	for _, c := range []struct{ text, want string }{
		{"a: 1\nb:2\nc: 3\n", "2:3-2:4 D009 | write a space after the colon"},
		{"- a\n-b\n- c\n", "2:1-2:2 D009 | write - b"},
		{"a: \"x\" y\n", "1:8-1:9 D009 | put the whole value in single quotes"},
		{"a: 'it's'\n", "1:8-1:9 D009 | put the whole value in double quotes; an apostrophe between single quotes is written ''"},
		{"x:\n  - \"a\" == e.b\n  - c\n", "2:9-2:10 D009 | put the whole value in single quotes"},
		{"- e.name == \"a: [b]\" and x\n", "1:3-1:27 D021 | put the whole line in single quotes"},
		{"w:\n  - x: c ? 1 : 2\n", "2:14-2:15 D020 | put the text that holds the colon in quotes: 'c ? 1 : 2'"},
		{"a: b\n  c: d\n", "2:3-2:7 D009 | start it in column 1, like what stands above"},
		{"- > 3\n", "1:3-1:6 D019 | " + quote},
		{"- >= 3\n", "1:3-1:7 D019 | " + quote},
		{"- | x\n", "1:3-1:6 D019 | " + quote},
		{"w:\n  - a: > 3\n", "2:8-2:11 D019 | " + quote},
		{"- !(a > b)\n", "1:3-1:6 D015 | write: not (a > b)"},
		{"- *p > 3\n", "1:3-1:5 D013 | write the value out; " + quote},
		{"- &x.y > 3\n", "1:3-1:7 D012 | write the value out wherever it is used; " + quote},
		{"a: 1\n\tb: 2\n", "2:1-2:2 D010 | use spaces"},
		{"a: 1\n\t\nb: 2\n", "2:1-2:2 D010 | use spaces"},
		{"a: |\n\tx\n", "2:1-2:2 D010 | use spaces"},
		{"a: @x\n", "1:4-1:5 D009 | put the value in quotes"},
		{"says: “The Winds: high”\n", "1:7-1:24 D022 | write straight quotes: \"...\" or '...'"},
		{"a: [1, 2\nb: 3\n", "2:3-2:4 D009 | " + flow},
		{"a: [1, 2\n", "1:4-1:5 D009 | close it"},
		{"é: {x: 1 y: 2}\n", "1:12-1:13 D009 | " + flow},
		{"a:\n  b: {v: 33.3, s: c ? d}\nc: [1]\n", "2:21-2:22 D009 | " + flow},
		{"a: \"abc\nb: 3\n", "1:4-1:8 D009 | write \" where the text ends"},
		{"a: \"x\\q\"\n", "1:6-1:7 D009 | write \\\\ for a backslash, or use single quotes"},
		{"- a\nb: 1\n", "2:1-2:2 D009 | write - b: 1 in column 1"},
		{"a:\n  - b\n c: d\n", "3:2-3:6 D009 | start it in column 1, like what stands above"},
		{"a: - b\n", "1:4-1:5 D009 | put the first dash on a line of its own below the key, or put the text in quotes"},
	} {
		require.Equal(t, c.want, found(t, "x.yaml", c.text), "%q", c.text)
		// The place does not depend on what stands above, nor on line ends.
		above := "first:\n  - \"é: #\"\n"
		if c.text[0] != '-' && !strings.Contains(c.text, "\n- ") {
			shifted := found(t, "x.yaml", strings.ReplaceAll(above+c.text, "\n", "\r\n"))
			require.Equal(t, shift(c.want, 2), shifted, "%q", c.text)
		}
	}
}

// shift moves the place at the start of a finding in short down by some lines.
func shift(want string, lines int) string {
	var a, b, c, d int
	place, rest, _ := strings.Cut(want, " ")
	if _, err := fmt.Sscanf(place, "%d:%d-%d:%d", &a, &b, &c, &d); err != nil {
		panic(err)
	}
	return fmt.Sprintf("%d:%d-%d:%d %s", a+lines, b, c+lines, d, rest)
}

// A fault deep in a file is found as one near its start is.
func TestSyntaxErrorFarDown(t *testing.T) {
	above := strings.Repeat("- {a: 1, b: \"é\", c: [x, y]}\n- >\n  a text\n  of two lines\n", 1000)
	require.Equal(t, "4001:10-4001:11 D009 | put the whole value in single quotes", found(t, "x.yaml", above+"- a: \"b\" c\n"+above))
}

// A file too long to search still has its error placed on a line.
func TestSyntaxErrorInLongFile(t *testing.T) {
	const lines = longestSearch / 20
	above := strings.Repeat("- a text that is long enough\n", lines)
	for _, fault := range []string{"- c: @d\n", "- \"a\" b\n"} {
		_, ds := Read("x.yaml", []byte(above+fault), Limits{})
		require.Len(t, ds, 1)
		require.Equal(t, Syntax.ID, ds[0].Code)
		require.Equal(t, lines+1, ds[0].Span.Start.Line, "%q", fault)
	}
}

func TestPlaceOfEveryMessage(t *testing.T) {
	line, text := splitMessage("yaml: line 12: found: it")
	require.Equal(t, 12, line)
	require.Equal(t, "found: it", text)
	for _, s := range []string{"line x: y", "unknown anchor 'a' referenced", "line 3"} {
		line, text = splitMessage("yaml: " + s)
		require.Equal(t, 0, line)
		require.Equal(t, s, text)
	}
}
