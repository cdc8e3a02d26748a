package doc

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"truce/facts/source"
)

func FuzzRead(f *testing.F) {
	for _, c := range Codes() {
		f.Add(false, []byte(c.Example))
	}
	for _, s := range yamlSeeds() {
		f.Add(false, []byte(s))
	}
	for _, s := range jsonSeeds() {
		f.Add(true, []byte(s))
	}
	f.Fuzz(func(t *testing.T, asJSON bool, text []byte) {
		name := "f.yaml"
		if asJSON {
			name = "f.json"
		}
		root, ds := Read(name, text, Limits{Depth: 20})
		checkFindings(t, ds, string(text))
		if !ds.HasErrors() {
			require.NotNil(t, root)
			checkTree(t, root, string(text))
		}
		if asJSON {
			checkAgainstStandard(t, text, ds)
		}
	})
}

func yamlSeeds() []string {
	return []string{
		"", "a: 1\n", "- a\n- b: [1, {c: d}, \"e\\u00e9\\n\"]\n", "a:\n- b\n-\n- \nc:\n", "? a\n? b\n: c\n",
		"a: |+2\n   x\n\n  y\n\nb: >-\n  x\n  y\n\n   z\n  w\n", "'a''b': \"c\\\n  d\n\n  e\"\n", "a: b\n  c\n\n  d # e\n",
		"{a, b: , c: [], d: {}, e: [f: g], \"h\":i}\n", "a: \"\\xe9\\U0001F600\\_\\L\"\r\nb: 'x\r\n  y'\r\n", "%YAML 1.1\n--- # c\na: 1\n...\n",
		"a: &x [*x]\n", "!a &b c\n", "a: [1, 2\nb: 3\n", "a: {x: 1 y: 2}\n", "- > 3\n", "a: \"b\n---\n", "[[[[[[[[[[[[[[[[[[[[[[[[[[", "a:\n\tb\n",
		"۱: ۲\n  ۳\n", "- |\n\n \n  a\n- >\n  \tb\n  c\n", "# c\n\n\n- a # d\n# e\n", "- - - a\n    - b\n  - c\n", "a: \"\n\"",
	}
}

func jsonSeeds() []string {
	return []string{
		"", `{"a": [1, -2.5e+3, true, null, "x\u00e9\ud83d\ude00\n"], "b": {}}`, `[]`, "{\r\n\t\"a\": \"b\"\r\n}\n", `{"a":1,"a":2}`, `[1,]`, `{'a':1}`,
		`"\ud800"`, `[01]`, `1 2`, `// c`, `"unclosed`, `{"a" 1}`, `nul`, `[[[[[[[[[[[[[[[[[[[[[[[[[[`,
	}
}

// checkFindings: every code is known, and every place lies in the text.
func checkFindings(t *testing.T, ds source.Diagnostics, text string) {
	known := map[string]source.Code{}
	for _, c := range Codes() {
		known[c.ID] = c
	}
	for _, d := range ds {
		require.Contains(t, known, d.Code)
		require.Equal(t, known[d.Code].Limit, d.Limit)
		require.NotEmpty(t, d.Message)
		checkSpan(t, d.Span, text)
		for _, r := range d.Related {
			checkSpan(t, r.Span, text)
		}
	}
}

func checkSpan(t *testing.T, s source.Span, text string) {
	require.NotEmpty(t, s.File)
	if s.Start.IsZero() {
		return
	}
	require.LessOrEqual(t, s.Start.Compare(s.End), 0, "%v", s)
	lines := strings.Split(text, "\n")
	for _, p := range []source.Pos{s.Start, s.End} {
		// A span over the end of a line may end at the start of the next.
		require.LessOrEqual(t, p.Line, len(lines), "%v", s)
		require.GreaterOrEqual(t, p.Line, 1)
		require.GreaterOrEqual(t, p.Col, 1)
		require.LessOrEqual(t, p.Col, utf8.RuneCountInString(lines[p.Line-1])+1, "%v", s)
	}
}

// checkTree: spans in order, keys that differ, scalars that can be followed.
func checkTree(t *testing.T, n *Node, text string) {
	checkSpan(t, n.Span, text)
	last := n.Span.Start
	inside := func(child *Node) {
		require.LessOrEqual(t, last.Compare(child.Span.Start), 0, "%q at %v", child.Value, child.Span)
		last = child.Span.End
		checkTree(t, child, text)
	}
	switch n.Kind {
	case Scalar:
		require.Empty(t, n.Items)
		require.Empty(t, n.Entries)
		checkScalar(t, n, text)
	case List:
		for _, item := range n.Items {
			inside(item)
		}
	case Map:
		seen := map[string]bool{}
		for _, e := range n.Entries {
			inside(e.Key)
			inside(e.Value)
			require.Equal(t, Scalar, e.Key.Kind)
			require.False(t, e.Key.Null)
			require.False(t, seen[e.Key.Value])
			seen[e.Key.Value] = true
			require.Same(t, e.Value, n.Get(e.Key.Value))
		}
	}
	require.LessOrEqual(t, last.Compare(n.Span.End), 0, "%v", n.Span)
}

func checkScalar(t *testing.T, n *Node, text string) {
	tr := tracer{text: text, at: n.start(), style: n.Style, value: n.Value, indent: n.indent}
	require.True(t, tr.trace(), "%q at %v", n.Value, n.Span)
	require.Equal(t, n.Span.End, tr.at.Pos)
	slow := tracer{text: text, at: n.start(), style: n.Style, value: n.Value, indent: n.indent, visit: func(int, source.Pos, source.Pos) {}}
	require.True(t, slow.trace())
	require.Equal(t, tr.at, slow.at)
	length := utf8.RuneCountInString(n.Value)
	checkSpan(t, n.SpanOf(0, length), text)
	checkSpan(t, n.SpanOf(length, length), text)
	if length < 100 {
		for i := range length {
			checkSpan(t, n.SpanOf(i, i+1), text)
		}
	}
}

// checkAgainstStandard compares with encoding/json: what Read takes is valid, and
// what is valid it refuses for stated reasons only.
func checkAgainstStandard(t *testing.T, text []byte, ds source.Diagnostics) {
	if !ds.HasErrors() {
		require.True(t, json.Valid(text))
		return
	}
	stricter := map[string]bool{DuplicateKey.ID: true, Control.ID: true, InvalidUTF8.ID: true, ByteOrderMark.ID: true, TooDeep.ID: true, TooMany.ID: true, UTF16.ID: true}
	for _, d := range ds {
		if stricter[d.Code] || strings.Contains(d.Message, "surrogate") {
			return
		}
	}
	require.False(t, json.Valid(text), "%v", ds)
}
