package source

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func fixed(edits ...Edit) Diagnostic {
	return Code{ID: "X001"}.At(Span{}, "m").Fixed("mend it", edits...)
}

func TestApplyFixes(t *testing.T) {
	const text = "aé = b\r\nc\xff = d\n"
	for name, c := range map[string]struct {
		ds   Diagnostics
		want string
		made int
	}{
		"none":                    {Diagnostics{fixed()}, text, 0},
		"behind a wide rune":      {Diagnostics{fixed(Replace(at(1, 4, 5), "=="))}, "aé == b\r\nc\xff = d\n", 1},
		"behind a broken byte":    {Diagnostics{fixed(Replace(at(2, 4, 5), "=="))}, "aé = b\r\nc\xff == d\n", 1},
		"around":                  {Diagnostics{fixed(Insert("f.yaml", Pos{1, 1}, "'"), Insert("f.yaml", Pos{1, 7}, "'"))}, "'aé = b'\r\nc\xff = d\n", 1},
		"within another":          {Diagnostics{fixed(Insert("f.yaml", Pos{1, 1}, "'"), Insert("f.yaml", Pos{1, 7}, "'")), fixed(Replace(at(1, 4, 5), "=="))}, "'aé = b'\r\nc\xff = d\n", 1},
		"beside another":          {Diagnostics{fixed(Replace(at(1, 1, 2), "x")), fixed(Replace(at(1, 2, 3), "y"))}, "xé = b\r\nc\xff = d\n", 1},
		"on another line":         {Diagnostics{fixed(Replace(at(2, 4, 5), "==")), fixed(Replace(at(1, 4, 5), "=="))}, "aé == b\r\nc\xff == d\n", 2},
		"out of order":            {Diagnostics{fixed(Insert("f.yaml", Pos{1, 7}, "2"), Insert("f.yaml", Pos{1, 1}, "1"))}, "1aé = b2\r\nc\xff = d\n", 1},
		"over itself":             {Diagnostics{fixed(Replace(at(1, 1, 4), "x"), Replace(at(1, 2, 5), "y"))}, text, 0},
		"past the end of a line":  {Diagnostics{fixed(Replace(at(2, 5, 50), "x"))}, text, 0},
		"on a line that is not":   {Diagnostics{fixed(Replace(at(7, 1, 2), "x"))}, text, 0},
		"over two lines":          {Diagnostics{fixed(Replace(Span{"f.yaml", Pos{1, 1}, Pos{2, 1}}, "x"))}, text, 0},
		"with a line break":       {Diagnostics{fixed(Replace(at(1, 1, 2), "x\ny"))}, text, 0},
		"of another file":         {Diagnostics{fixed(Insert("g.yaml", Pos{1, 1}, "x"))}, text, 0},
		"without a place":         {Diagnostics{fixed(Replace(Span{File: "f.yaml"}, "x"))}, text, 0},
		"from behind to in front": {Diagnostics{fixed(Replace(at(1, 3, 2), "x"))}, text, 0},
	} {
		t.Run(name, func(t *testing.T) {
			got, done := ApplyFixes("f.yaml", text, c.ds)
			require.Equal(t, c.want, got)
			require.Len(t, done, c.made)
		})
	}
	require.Nil(t, fixed().Fix)
}

// What stands outside of the edits stays as it is, and lines keep their numbers.
func TestApplyFixesLeavesTheRest(t *testing.T) {
	runes := rapid.StringOfN(rapid.SampledFrom([]rune("ab é\n\r\xff")), 0, 40, -1)
	rapid.Check(t, func(t *rapid.T) {
		text := runes.Draw(t, "text") + rapid.SampledFrom([]string{"", "\xff", "\xe9x"}).Draw(t, "bytes")
		l := newLines(text)
		var ds Diagnostics
		for range rapid.IntRange(0, 5).Draw(t, "fixes") {
			line := rapid.IntRange(1, len(l.starts)+1).Draw(t, "line")
			from := rapid.IntRange(1, 12).Draw(t, "from")
			ds = append(ds, fixed(Replace(at(line, from, from+rapid.IntRange(0, 4).Draw(t, "length")), rapid.SampledFrom([]string{"", "x", "==", "xyz"}).Draw(t, "with"))))
		}
		got, done := ApplyFixes("f.yaml", text, ds)
		require.Equal(t, strings.Count(text, "\n"), strings.Count(got, "\n"))
		want := text
		for i := len(text); i >= 0; i-- { // backwards, so that bytes keep their numbers
			for _, d := range done {
				e := d.Fix.Edits[0]
				if from, to, ok := l.stretch(e.Span); ok && from == i {
					want = want[:from] + e.Text + want[to:]
				}
			}
		}
		require.Equal(t, want, got)
	})
}

func TestSpanText(t *testing.T) {
	require.Equal(t, "é日", at(1, 2, 4).Text("aé日b\nc"))
	require.Equal(t, "b\nc", Span{"f", Pos{1, 4}, Pos{2, 2}}.Text("aé日b\nc"))
	require.Empty(t, at(3, 1, 2).Text("a\nb"))
}

func TestMisspelt(t *testing.T) {
	keys := []string{"cites", "says", "value", "values", "when", "with", "because"}
	for name, want := range map[string]string{
		"cite": "cites", "becuase": "because", "Because": "because", "whne": "when", "valu": "value",
		"vlaues":   "", // value is near, too
		"becase_":  "", // two letters
		"says":     "", // right as it is
		"priority": "", "": "",
	} {
		require.Equal(t, want, Misspelt(name, keys), "%q", name)
	}
}
