package layout_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts/doc"
	"truce/facts/layout"
)

// Each pair is a file, and what becomes of it; what becomes of that is itself.
func TestFormat(t *testing.T) {
	long := strings.Repeat("word ", 25) + "word"
	for name, c := range map[string]struct{ in, want string }{
		"indentation":           {"c:\n     b: 1\na:\n- b: 2\n  c: 3\n-    a: 1\n", "a:\n  - b: 2\n    c: 3\n\n  - a: 1\n\nc:\n  b: 1\n"},
		"keys in order":         {"c: {c: 3, a: 1}\na:\n  - c: 3\n    a: 1\n", "a:\n  - a: 1\n    c: 3\n\nc: {a: 1, c: 3}\n"},
		"unknown keys stay":     {"c: {c: 3, x: 1, a: 1}\n", "c: {c: 3, x: 1, a: 1}\n"},
		"names stay":            {"b:\n  z: {a: 1}\n  y: {a: 1}\n", "b:\n  z: {a: 1}\n  y: {a: 1}\n"},
		"blank lines":           {"\n\nd: 1\n\n\n\nx: 1\ny:\n\n  z: 1\n\n\n", "d: 1\n\nx: 1\n\ny:\n  z: 1\n"},
		"blanks at the end":     {"d: 1  \nx: 2\t\n   \ny: 3", "d: 1\nx: 2\n\ny: 3\n"},
		"carriage returns":      {"d: 1\r\nx: 'a\r\n  b'\r\n", "d: 1\nx: 'a b'\n"},
		"marks":                 {"\xef\xbb\xbf%YAML 1.1\n--- # c\nd: 1\n...\n", "# c\nd: 1\n"},
		"brackets":              {"d: [ 1 ,2,{a : b} ]\nx: {  }\ny: [\n  1,\n  2\n]\n", "d: [1, 2, {a: b}]\nx: {}\ny: [1, 2]\n"},
		"brackets too long":     {"d: [" + long + ", {x: y}]\n", "d:\n  - " + long + "\n  - {x: y}\n"},
		"in brackets":           {"d: {x, y: , z: [a: b], 'q r': ~}\n", "d: {x, y, z: [a: b], 'q r': ~}\n"},
		"comment in brackets":   {"d: [ # one\n  1, # two\n  # three\n  2 # four\n  # five\n] # six\n", "# six\nd:   # one\n  - 1   # two\n  # three\n  - 2   # four\n  # five\n"},
		"comment in none":       {"d: [ # one\n] # two\n", "# one\nd: []   # two\n"},
		"quotes":                {`d: ['it''s', "say \"it\"", 'say "it''s"', "a\tb", 'plain', "plain"]` + "\n", `d: ["it's", 'say "it"', 'say "it''s"', "a\tb", 'plain', "plain"]` + "\n"},
		"long texts stay":       {"d: " + long + "\nx: \"" + long + "\"\n", "d: " + long + "\nx: \"" + long + "\"\n"},
		"broken texts fill":     {"d: a\n  b\nx: \"a\n  b\"\ny: " + strings.Replace(long, " ", "\n  ", 1) + "\n", "d: a b\nx: \"a b\"\ny: " + strings.TrimSuffix(long[:115], " ") + "\n  word word word\n"},
		"paragraphs":            {"d: a\n\n\n  b\nx: \"a\n\n  b\"\n", "d: a\n\n\n  b\nx: \"a\\nb\"\n"},
		"literal":               {"d: |  # c\n     a\n       b\n\n     c\nx: |-\n a\ny: |+\n  a\n\n\nz: 1\n", "d: |   # c\n  a\n    b\n\n  c\nx: |-\n  a\ny: |+\n  a\n\n\nz: 1\n"},
		"literal with a blank":  {"d: |1\n   a\n  b\n", "d: |2\n    a\n   b\n"},
		"folded":                {"d: >-\n     a\n     b\n\n       c\n     " + long + "\n", "d: >-\n  a\n  b\n\n    c\n  " + long[:114] + "\n  " + long[115:] + "\n"},
		"comments":              {"# top\n\n# of d\nd: 1 # behind\n\n# of a\na: # the key\n  # of one\n  - c: 1 # c\n    # of a\n    a: 2\n  # end of a\n# end\n", "# top\n\n# of a\na:   # the key\n  # of one\n  # of a\n  - a: 2\n    c: 1   # c\n  # end of a\n\n# of d\nd: 1   # behind\n# end\n"},
		"comment and first key": {"- # one\n  b: 1\n", "# one\n- b: 1\n"},
		"comment under a key":   {"d:\n  # one\n  1\n", "# one\nd: 1\n"},
		"commented out":         {"a:\n  - a: 1\n    # b: 2\n  # - a: 2\n# c: 3\nd: 1\n", "a:\n  - a: 1\n    # b: 2\n  # - a: 2\n\n# c: 3\nd: 1\n"},
		"complex key":           {"? a b\n: c\n? \"d\n  e\"\n: f\n", "a b: c\n\"d e\": f\n"},
		"lists in lists":        {"-   - a\n    - - b\n- []\n", "- - a\n  - - b\n\n- []\n"},
		"nothing":               {"d:\nx: ~\ny: \"\"\n", "d:\nx: ~\ny: \"\"\n"},
		"a text":                {"just a text\n", "just a text\n"},
	} {
		t.Run(name, func(t *testing.T) {
			out, ds := layout.Format("f.yaml", []byte(c.in), small(), doc.Limits{})
			require.False(t, ds.HasErrors(), "%v", ds)
			require.Equal(t, c.want, string(out))
			checkFormat(t, []byte(c.in), small())
		})
	}
}
