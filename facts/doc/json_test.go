package doc

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestJSONTree(t *testing.T) {
	text := "{\"é\": [1, -2.50e+3, true, null],\r\n \"b\": \"x\\u00e9\\ud83d\\ude00\\n\", \"c\": {}}\n"
	root, ds := Read("x.JSON", []byte(text), Limits{})
	require.NoError(t, ds.Err())
	require.Equal(t, `map 1:1-2:40
  text 1:2-1:5 "é" style 2
    list 1:7-1:32
      text 1:8-1:9 "1"
      text 1:11-1:19 "-2.50e+3"
      text 1:21-1:25 "true"
      text 1:27-1:31 "null" null
  text 2:2-2:5 "b" style 2
    text 2:7-2:30 "xé😀\n" style 2
  text 2:32-2:35 "c" style 2
    map 2:37-2:39
`, outline(root))
	checkTree(t, root, text)
}

func TestJSONErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "0:0-0:0 D001 | "},
		{"{\"a\": 1,}", "1:9-1:10 D009 | remove it"},
		{"[1,]", "1:4-1:5 D009 | remove it"},
		{"{a: 1}", "1:2-1:3 D009 | "},
		{"{'a': 1}", "1:2-1:3 D009 | write \"...\""},
		{"[1\n 2]", "2:2-2:3 D009 | "},
		{"{\"a\" 1}", "1:6-1:7 D009 | "},
		{"[01]", "1:2-1:4 D009 | a text goes in double quotes; a number has no leading zero or plus, and digits on both sides of its point"},
		{"[\"é", "1:2-1:4 D009 | close it; a line break in a text is written \\n"},
		{"[\"a\nb\"]", "1:2-1:4 D009 | close it; a line break in a text is written \\n"},
		{"[\"a\tb\"]", "1:4-1:5 D009 | write \\t"},
		{"[\"\\q\"]", "1:3-1:4 D009 | write \\\\ for a backslash"},
		{"[\"\\u12\"]", "1:3-1:4 D009 | write \\\\ for a backslash"},
		{"[\"\\ud800x\"]", "1:3-1:4 D009 | write the character itself, or both halves"},
		{"[\"\\ude00\\ud83d\"]", "1:3-1:4 D009 | write the character itself, or both halves"},
		{"[1] x", "1:5-1:6 D009 | a file holds one value: remove what follows it"},
		{"[1] // x", "1:5-1:6 D009 | a file holds one value: remove what follows it"},
		{"{ // x\n}", "1:3-1:4 D009 | remove it, or write the file in YAML"},
		{"[,]", "1:2-1:3 D009 | remove the comma before it, if there is one"},
		{"[“a”]", "1:2-1:3 D022 | write straight quotes: \"...\" or '...'"},
		{"[1", "1:3-1:3 D009 | "},
		{"{\"a\":", "1:6-1:6 D009 | "},
		{"nul", "1:1-1:4 D009 | a text goes in double quotes; a number has no leading zero or plus, and digits on both sides of its point"},
	} {
		require.Equal(t, c.want, found(t, "x.json", c.text), "%q", c.text)
		root, _ := Read("x.json", []byte(c.text), Limits{})
		require.Nil(t, root)
	}
}

// What both forms can say reads as the same tree, places aside.
func TestJSONReadsAsYAML(t *testing.T) {
	for _, text := range jsonSeeds() {
		a, ds := Read("x.json", []byte(text), Limits{})
		if ds.HasErrors() {
			continue
		}
		b, ds := Read("x.yaml", []byte(text), Limits{})
		if !ds.HasErrors() {
			require.Equal(t, outline(a), outline(b), "%q", text)
		}
	}
}
