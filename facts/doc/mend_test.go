package doc

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/facts/source"
)

// mended makes the fixes of a file until there is none left.
func mended(t require.TestingT, text string) (string, *Node, source.Diagnostics) {
	for range 100 {
		root, ds := Read("x.yaml", []byte(text), Limits{})
		next, done := source.ApplyFixes("x.yaml", text, ds)
		if len(done) == 0 {
			return text, root, ds
		}
		text = next
	}
	require.Fail(t, "fixes without an end", "%q", text)
	return "", nil, nil
}

func TestFixes(t *testing.T) {
	for text, want := range map[string]string{
		"\ufeffa: b\n":                                      "a: b\n",
		"a:\n\t- b: 1\n\t  c: 2\n":                          "a:\n  - b: 1\n    c: 2\n",
		"a:\n    - b: 1\n\t- c: 2\n":                        "a:\n    - b: 1\n    - c: 2\n",
		"a:\n\tb:\n\t\tc: 1\n\td: 2\n":                      "a:\n  b:\n    c: 1\n  d: 2\n",
		"a:\n  - b\n\u00a0\u00a0- c\n":                      "a:\n  - b\n  - c\n",
		"a:\n  - b: 1\n  -c: 2\n":                           "a:\n  - b: 1\n  - c: 2\n",
		"a:\n  -b: 1\n  - c: 2\n":                           "a:\n  - b: 1\n  - c: 2\n",
		"a:\n  -b: 1\n   c: 2\n  -d: 3\n":                   "",
		"a:\n  -b: 1\n    c: 2\n  -d: 3\n":                  "a:\n  - b: 1\n    c: 2\n  - d: 3\n",
		"a:\n  - b: c ? 1 : 2\n":                            "a:\n  - b: 'c ? 1 : 2'\n",
		"a:\n  - b: c ? 'x' : \"y\" # which\n":              "",
		"a:\n  - b == \"c: d\"\n":                           "a:\n  - 'b == \"c: d\"'\n",
		"a:\n  - b == 'c: d'\n":                             "a:\n  - \"b == 'c: d'\"\n",
		"a: b == \"c: d\"\n":                                "a: 'b == \"c: d\"'\n",
		"a:\n  - !known(b)\n":                               "a:\n  - not known(b)\n",
		"a:\n  - ! b.c\n":                                   "a:\n  - not b.c\n",
		"a: “b”\n":                                          "a: \"b\"\n",
		"a: “b: c”\n":                                       "a: \"b: c\"\n",
		"a: “b \\ c”\n":                                     "",
		"a:\n  - b\n  c\n":                                  "",
		"a: b: c\n":                                         "",
		"a: !b c\n":                                         "",
		"a:\n  - b:\n\tc: 1\n":                              "", // c beside b, or inside of it
		"- a\n-5 > b\n":                                     "",
		"a: 1\n\tb: 2\n":                                    "",
		"a:\n\t- b\n  - c:\n      d\n\t- e: \"\n  f\tg\"\n": "a:\n  - b\n  - c:\n      d\n  - e: \"\n  f\tg\"\n",
	} {
		got, root, ds := mended(t, text)
		if want == "" {
			want = text
			require.NotEmpty(t, ds, "%q", text)
		} else {
			require.NotNil(t, root, "%q", text)
			require.Empty(t, ds, "%q", text)
		}
		require.Equal(t, want, got)
	}
}

// What is right is left alone, and fixes end.
func TestFixesEnd(t *testing.T) {
	pieces := rapid.SampledFrom([]string{"a", "b: ", "- ", "-", "\n", "\n  ", "\n    ", "\n\t", "\t", "\u00a0", ": ", " #", "“", "”", `"`, "'",
		"[", "]", "{", "}", ", ", "!", "not ", "? ", " : ", "&x ", "*x", "|", "\ufeff", "é", "\r\n"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(pieces, 0, 20).Draw(t, "text"), "")
		_, before := Read("x.yaml", []byte(text), Limits{})
		got, _, after := mended(t, text)
		if !before.HasErrors() {
			require.Equal(t, text, got)
		}
		require.Equal(t, strings.Count(text, "\n"), strings.Count(got, "\n"))
		for _, d := range after {
			_, done := source.ApplyFixes("x.yaml", got, source.Diagnostics{d})
			require.Empty(t, done)
		}
	})
}

// A text that is put into a scalar is what is read there afterwards, whatever its
// quotes, and nothing else is changed.
func TestRewrite(t *testing.T) {
	words := rapid.StringOfN(rapid.SampledFrom([]rune(`ab é'"\=`)), 1, 8, -1)
	with := rapid.StringOfN(rapid.SampledFrom([]rune(`xy'"\ #:,[{-=>`)), 0, 5, -1)
	rapid.Check(t, func(t *rapid.T) {
		value := "w" + words.Draw(t, "value") + "w"
		style := rapid.SampledFrom([]string{"plain", "single", "double", "flow", "literal"}).Draw(t, "style")
		text := map[string]string{
			"plain": "a: " + value + "\nb: 1\n", "flow": "a: [" + value + ", c]\nb: 1\n", "literal": "a: |-\n  " + value + "\nb: 1\n",
			"single": "a: '" + strings.ReplaceAll(value, "'", "''") + "'\nb: 1\n",
			"double": `a: "` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + "\"\nb: 1\n",
		}[style]
		read := func(text string) *Node {
			root, ds := Read("x.yaml", []byte(text), Limits{})
			require.Empty(t, ds, "%q", text)
			require.Equal(t, "1", root.Get("b").Value)
			if n := root.Get("a"); n.Kind == Scalar {
				return n
			}
			require.Equal(t, "c", root.Get("a").Items[1].Value)
			return root.Get("a").Items[0]
		}
		n := read(text)
		require.Equal(t, value, n.Value)
		runes := []rune(value)
		from := rapid.IntRange(0, len(runes)).Draw(t, "from")
		to := rapid.IntRange(from, len(runes)).Draw(t, "to")
		put := with.Draw(t, "with")
		wanted := string(runes[:from]) + put + string(runes[to:])
		if strings.TrimSpace(wanted) != wanted || strings.TrimSpace(wanted) == "" {
			t.Skip("a block has no blanks at its ends")
		}
		edits := n.Ruler().Rewrite(from, to, put)
		require.NotEmpty(t, edits)
		got, done := source.ApplyFixes("x.yaml", text, source.Diagnostics{source.Diagnostic{}.Fixed("", edits...)})
		require.Len(t, done, 1)
		require.Equal(t, wanted, read(got).Value, "%q", got)
	})
	require.Nil(t, (*Node)(nil).Ruler().Rewrite(0, 0, "x"))
	require.Nil(t, (&Node{Kind: Scalar, Value: "x"}).Ruler().Rewrite(0, 1, "y"))
}

func TestQuoted(t *testing.T) {
	line := rapid.StringOfN(rapid.SampledFrom([]rune(`ab'"\:#, [{é?`)), 1, 12, -1)
	rapid.Check(t, func(t *rapid.T) {
		raw := strings.TrimSpace(line.Draw(t, "line"))
		if raw == "" {
			t.Skip("nothing to quote")
		}
		text := "a: " + raw + "\nb: 1\n"
		at := span("x.yaml", source.Pos{Line: 1, Col: 4}, source.Pos{Line: 1, Col: 4 + runesIn(raw)})
		got, done := source.ApplyFixes("x.yaml", text, source.Diagnostics{source.Diagnostic{}.Fixed("", Quoted("x.yaml", text, at)...)})
		require.Len(t, done, 1)
		root, ds := Read("x.yaml", []byte(got), Limits{})
		require.Empty(t, ds, "%q", got)
		require.Equal(t, raw, root.Get("a").Value)
	})
	require.Nil(t, Quoted("x.yaml", "a\nb", span("x.yaml", source.Pos{Line: 1, Col: 1}, source.Pos{Line: 2, Col: 2})))
}
