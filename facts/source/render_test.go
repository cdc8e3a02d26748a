package source

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func rendered(t *testing.T, text string, o Options, ds ...Diagnostic) string {
	t.Helper()
	var b strings.Builder
	Render(&b, ds, func(file string) (string, bool) { return text, file == "f.yaml" }, o)
	return b.String()
}

func at(line, from, to int) Span {
	return Span{File: "f.yaml", Start: Pos{line, from}, End: Pos{line, to}}
}

func TestRender(t *testing.T) {
	unit := Code{ID: "E104"}
	text := "a: 1\n" + strings.Repeat("\n", 10) + "      - w.wind_gust >= 35 kg\r\n"
	d := unit.At(at(12, 24, 29), "wind_gust is in %s and 35 kg is not", "kilometre/hour").
		Expect("a number in kilometre/hour").Suggest("write threshold.storm").
		See(at(1, 1, 2), "first declared here")
	require.Equal(t, `f.yaml:12:24: error E104: wind_gust is in kilometre/hour and 35 kg is not
   12 |       - w.wind_gust >= 35 kg
      |                        ^^^^^
  expected a number in kilometre/hour
  help: write threshold.storm
  note: f.yaml:1:1: first declared here
     1 | a: 1
       | ^
`, rendered(t, text, Options{}, d))
}

func TestRenderPlaces(t *testing.T) {
	code := Code{ID: "R001"}
	text := "a\tb: é日x\nsecond\n\nlast"
	for name, c := range map[string]struct {
		span Span
		want string
	}{
		"no place":            {Span{File: "f.yaml"}, "f.yaml: error R001: m\n"},
		"no file":             {Span{}, "error R001: m\n"},
		"a file without text": {Span{File: "g", Start: Pos{1, 1}}, "g:1:1: error R001: m\n"},
		"a line that is not":  {at(9, 1, 2), "f.yaml:9:1: error R001: m\n"},
		"after a tab":         {at(1, 3, 4), "f.yaml:1:3: error R001: m\n   1 | a b: é日x\n     |   ^\n"},
		"wide runes":          {at(1, 7, 8), "f.yaml:1:7: error R001: m\n   1 | a b: é日x\n     |       ^\n"},
		"empty span":          {at(2, 3, 3), "f.yaml:2:3: error R001: m\n   2 | second\n     |   ^\n"},
		"end of a line":       {at(2, 7, 7), "f.yaml:2:7: error R001: m\n   2 | second\n     |       ^\n"},
		"far past its end":    {at(2, 70, 80), "f.yaml:2:70: error R001: m\n   2 | second\n     |       ^\n"},
		"empty line":          {at(3, 1, 1), "f.yaml:3:1: error R001: m\n   3 |\n     | ^\n"},
		"several lines":       {Span{"f.yaml", Pos{2, 3}, Pos{4, 2}}, "f.yaml:2:3: error R001: m\n   2 | second\n     |   ^^^^\n"},
		"end before start":    {at(2, 3, 1), "f.yaml:2:3: error R001: m\n   2 | second\n     |   ^\n"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.want, rendered(t, text, Options{}, code.At(c.span, "m")))
		})
	}
}

func TestRenderWarningAndColour(t *testing.T) {
	d := Code{ID: "R002"}.At(at(1, 1, 2), "m").Suggest("h").Warn()
	require.Equal(t, "f.yaml:1:1: warning R002: m\n   1 | ab\n     | ^\n  help: h\n", rendered(t, "ab", Options{}, d))
	require.Equal(t, "f.yaml:1:1: \x1b[1;33mwarning R002\x1b[0m: m\n   1 | ab\n     | \x1b[1;33m^\x1b[0m\n  \x1b[1;36mhelp\x1b[0m: h\n",
		rendered(t, "ab", Options{Color: true}, d))
}

func TestRenderSeveralLinesOfAdvice(t *testing.T) {
	d := Code{ID: "R003"}.At(Span{}, "one\ntwo").Suggest("three\nfour")
	require.Equal(t, "error R003: one\n  two\n  help: three\n    four\n", rendered(t, "", Options{}, d))
}

func TestRenderCutsLongLines(t *testing.T) {
	long := strings.Repeat("abcdefghij", 30)
	for _, c := range []struct {
		from, to int
		want     string
	}{
		{1, 3, "   1 | abcdefghijabcdefghijabcdefghijab…\n     | ^^\n"},
		{151, 153, "   1 | …abcdefghijabcdefghijabcdefghija…\n     |            ^^\n"},
		{151, 301, "   1 | …abcdefghijabcdefghijabcdefghija…\n     |            ^^^^^^^^^^^^^^^^^^^^^^\n"},
		{300, 301, "   1 | …jabcdefghijabcdefghijabcdefghij\n     |                                ^\n"},
		{301, 301, "   1 | …jabcdefghijabcdefghijabcdefghij\n     |                                 ^\n"},
	} {
		out := rendered(t, long, Options{Width: 40}, Code{ID: "X"}.At(at(1, c.from, c.to), "m"))
		_, out, _ = strings.Cut(out, "\n")
		require.Equal(t, c.want, out)
		for line := range strings.SplitSeq(out, "\n") {
			require.LessOrEqual(t, utf8.RuneCountInString(line), 40)
		}
	}
	out := rendered(t, long, Options{}, Code{ID: "X"}.At(at(1, 151, 152), "m"))
	require.Equal(t, 100, utf8.RuneCountInString(strings.Split(out, "\n")[1]))
}

func TestRenderEscapes(t *testing.T) {
	text := "a\x1b[31m \u202eb\xff\u200cc"
	d := Code{ID: "X"}.At(Span{File: "f.yaml", Start: Pos{1, 9}, End: Pos{1, 10}}, "bad \x1b]0;title\a \u2066text")
	require.Equal(t, `f.yaml:1:9: error X: bad \x1b]0;title\x07 \u{2066}text
   1 | a\x1b[31m \u{202e}b\xff`+"\u200c"+`c
     |                   ^
`, rendered(t, text, Options{}, d))
}

func FuzzRender(f *testing.F) {
	f.Add("a: b\n\x1b[2J\u202e", "f.yaml", "m\x1b[0m", 2, 1, 3, 40)
	f.Add("\xff\r\n\tx", "\x1b", "", 1, 1, 1, 0)
	f.Add(strings.Repeat("é", 500), "f", "\u2028", 1, 400, 450, 30)
	f.Fuzz(func(t *testing.T, text, file, message string, line, from, to, width int) {
		d := Diagnostic{Code: "X001", Message: message, Expected: message, Hint: message,
			Span: Span{file, Pos{line, from}, Pos{line, to}}}
		var b strings.Builder
		Render(&b, Diagnostics{d.See(d.Span, "%s", message)}, func(string) (string, bool) { return text, true }, Options{Width: width})
		out := b.String()
		require.True(t, utf8.ValidString(out))
		for _, c := range out {
			require.True(t, c == '\n' || !hidden(c), "%q", c)
		}
	})
}
