package layout_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts/doc"
	"truce/facts/layout"
	"truce/facts/shape"
	"truce/facts/source"
)

// FuzzFormat lays out any bytes: what is refused is refused for the form of the file,
// and what comes out says what went in and is laid out already.
func FuzzFormat(f *testing.F) {
	for _, s := range seeds() {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		checkFormat(t, text, small())
	})
}

// small is the shape of a made-up kind of file.
func small() shape.Shape {
	text := shape.Shape{Kind: shape.Text}
	inner := &shape.Record{Is: "an entry", Keys: []shape.Key{{Name: "a", Holds: text}, {Name: "b", Holds: text}, {Name: "c", Holds: text}}}
	outer := &shape.Record{Is: "a file", Keys: []shape.Key{
		{Name: "a", Holds: shape.Spaced(shape.ListOf(shape.Of(inner)))},
		{Name: "b", Holds: shape.Spaced(shape.NamesOf("", shape.Of(inner)))},
		{Name: "c", Holds: shape.Of(inner)}, {Name: "d", Holds: text},
	}}
	return shape.Spaced(shape.OneOf(shape.Of(outer), shape.ListOf(shape.Of(outer))))
}

func seeds() []string {
	return []string{
		"", "a: 1\n", "- a\n- b: [1, {c: d}, \"e\\u00e9\\n\"]\n", "a:\n- b\n-\n- \nc:\n", "? a\n? b\n: c\n",
		"a: |+2\n   x\n\n  y\n\nb: >-\n  x\n  y\n\n   z\n  w\n", "'a''b': \"c\\\n  d\n\n  e\"\n", "a: b\n  c\n\n  d # e\n",
		"{a, b: , c: [], d: {}, e: [f: g], \"h\":i}\n", "a: \"\\xe9\\U0001F600\\_\\L\"\r\nb: 'x\r\n  y'\r\n", "%YAML 1.1\n--- # c\na: 1\n...\n",
		"# c\n\n\n- a # d\n# e\n", "- - - a\n    - b\n  - c\n", "\xef\xbb\xbfa: 1   \r\n\r\n\r\n\r\nb: 2",
		"# top\n\n# of d\nd: 1 # d\n\n# of a\na: # a\n  # of one\n  - c: 1 # c\n    # of a\n    a: 2\n  # end of a\n# end\n",
		"a: [ # x\n  1, # y\n  # z\n  2 # w\n  # v\n] # u\nb: {# x\n}\n", "a:\n    - b\n  # c\n#d\n      # e\n", "c: {c: 1, # x\n b: 2}\n",
		"- # a\n  # b\n  b: 1\n  a: 2\n-\n\n  - c\n", "a: # b\n  c\nd: # e\n  |\n  f\n", "a: >  # b\n\n\n  c\n   d\n\n\n", "[a: b, {}, [c: {d: e}]]\n",
		"a: 'b''c'\nb: \"\\\"c\\\"\"\nc: '\"''\"'\n", "d: \"a\n\n\n  b  c\n  d \"\n", "a: |\n  \n   b\n  \n\n# c\n",
	}
}

func checkFormat(t *testing.T, text []byte, s shape.Shape) {
	t.Helper()
	lim := doc.Limits{Depth: 20}
	out, ds := layout.Format("f.yaml", text, s, lim)
	if ds.HasErrors() {
		require.Nil(t, out)
		require.False(t, slices.ContainsFunc(ds, func(d source.Diagnostic) bool { return d.Code == layout.Changed.ID }), "%q", text)
		return
	}
	again, ds := layout.Format("f.yaml", out, s, lim)
	require.False(t, ds.HasErrors(), "%q", out)
	require.Equal(t, string(out), string(again), "%q", text)
}
