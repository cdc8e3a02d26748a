package doc

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts/source"
)

// outline writes a tree with all that a reader of it sees, a node a line.
func outline(n *Node) string {
	var b strings.Builder
	var walk func(prefix string, n *Node)
	walk = func(prefix string, n *Node) {
		fmt.Fprintf(&b, "%s%s %d:%d-%d:%d", prefix, n.Kind, n.Span.Start.Line, n.Span.Start.Col, n.Span.End.Line, n.Span.End.Col)
		if n.Kind == Scalar {
			fmt.Fprintf(&b, " %q", n.Value)
		}
		if n.Style != Plain {
			fmt.Fprintf(&b, " style %d", n.Style)
		}
		if n.Null {
			b.WriteString(" null")
		}
		if n.Comment() != "" {
			fmt.Fprintf(&b, " <%s>", n.Comment())
		}
		b.WriteString("\n")
		for _, item := range n.Items {
			walk(prefix+"  ", item)
		}
		for _, e := range n.Entries {
			walk(prefix+"  ", e.Key)
			walk(prefix+"    ", e.Value)
		}
	}
	walk("", n)
	return b.String()
}

func TestTree(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"scalars stay text": {"[no, 010, 2013-11-24, 1e3, 0x1F, .inf, 12:30]\n", `
list 1:1-1:46
  text 1:2-1:4 "no"
  text 1:6-1:9 "010"
  text 1:11-1:21 "2013-11-24"
  text 1:23-1:26 "1e3"
  text 1:28-1:32 "0x1F"
  text 1:34-1:38 ".inf"
  text 1:40-1:45 "12:30"
`},
		"nulls": {"a:\nb: ~\nc: null\nd: \"\"\ne: 'null'\nf: # c\n", `
map 1:1-6:3
  text 1:1-1:2 "a"
    text 1:3-1:3 "" null <>
  text 2:1-2:2 "b"
    text 2:4-2:5 "~" null
  text 3:1-3:2 "c"
    text 3:4-3:8 "null" null
  text 4:1-4:2 "d"
    text 4:4-4:6 "" style 2
  text 5:1-5:2 "e"
    text 5:4-5:10 "null" style 1
  text 6:1-6:2 "f"
    text 6:3-6:3 "" null <# c>
`},
		"columns count runes": {"é: [ü, 😀]\n'日本': x\n", `
map 1:1-2:8
  text 1:1-1:2 "é"
    list 1:4-1:10
      text 1:5-1:6 "ü"
      text 1:8-1:9 "😀"
  text 2:1-2:5 "日本" style 1
    text 2:7-2:8 "x"
`},
		"blocks and comments": {"- a > 1 #cut\n- \"b\" # c\n- | # d\n  e\n   f\n\n- g\n  h # i\n- >-\n  j\n", `
list 1:1-10:4
  text 1:3-1:8 "a > 1" <#cut>
  text 2:3-2:6 "b" style 2 <# c>
  text 3:3-5:5 "e\n f\n" style 3 <# d>
  text 7:3-8:4 "g h" <# i>
  text 9:3-10:4 "j" style 4
`},
		"indentation of lists": {"a:\n- b\n-\n  - c: d\n    e: {}\nf:\n  - [ # x\n     ]\n", `
map 1:1-8:7
  text 1:1-1:2 "a"
    list 2:1-5:10
      text 2:3-2:4 "b"
      list 4:3-5:10
        map 4:5-5:10
          text 4:5-4:6 "c"
            text 4:8-4:9 "d"
          text 5:5-5:6 "e"
            map 5:8-5:10
  text 6:1-6:2 "f"
    list 7:3-8:7
      list 7:5-8:7
`},
		"pairs in a list": {"[a: b, c: , {d, e: }, \"f\":g]\r\n", `
list 1:1-1:29
  map 1:2-1:6
    text 1:2-1:3 "a"
      text 1:5-1:6 "b"
  map 1:8-1:9
    text 1:8-1:9 "c"
      text 1:9-1:9 "" null
  map 1:13-1:21
    text 1:14-1:15 "d"
      text 1:15-1:15 "" null
    text 1:17-1:18 "e"
      text 1:20-1:20 "" null
  map 1:23-1:28
    text 1:23-1:26 "f" style 2
      text 1:27-1:28 "g"
`},
	} {
		t.Run(name, func(t *testing.T) {
			root, ds := Read("x.yaml", []byte(c.text), Limits{})
			require.NoError(t, ds.Err())
			want := strings.ReplaceAll(strings.TrimPrefix(c.want, "\n"), " <>", "")
			require.Equal(t, want, outline(root))
			checkTree(t, root, c.text)
		})
	}
}

func TestGet(t *testing.T) {
	root, ds := Read("x.yaml", []byte("a: {b: 1}\nc: [2]\n"), Limits{})
	require.Empty(t, ds)
	require.Equal(t, "1", root.Get("a").Get("b").Value)
	require.Nil(t, root.Get("c").Get("b"))
	require.Nil(t, root.Get("x").Get("y"))
	require.Equal(t, source.Span{}, root.Get("x").SpanOf(0, 1))
	require.Equal(t, root.Get("c").Span, root.Get("c").SpanOf(0, 1))
}

// found is a finding in short: place, code and, after a bar, the hint.
func found(t *testing.T, name, text string) string {
	t.Helper()
	_, ds := Read(name, []byte(text), Limits{})
	var lines []string
	for _, d := range ds {
		require.Equal(t, source.Error, d.Severity)
		lines = append(lines, fmt.Sprintf("%d:%d-%d:%d %s | %s", d.Span.Start.Line, d.Span.Start.Col, d.Span.End.Line, d.Span.End.Col, d.Code, d.Hint))
	}
	return strings.Join(lines, "\n")
}

func TestFindingsOfATree(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"- !known(x)\n", "1:3-1:12 D015 | write: not known(x)"},
		{"- x: !known(x) and y\n", "1:6-1:15 D015 | write: not known(x) and y"},
		{"- !!str 5\n", "1:3-1:8 D015 | leave !!str out: the field says what type its value has"},
		{"a: !t [1]\n", "1:4-1:6 D015 | put the text in quotes"},
		{"a: ! x\n", "1:4-1:5 D015 | write: not x"},
		{"a: &x 1\nb: *x\n", "1:4-1:6 D012 | write the value out wherever it is used\n2:4-2:6 D013 | write the value out"},
		{"- &x > 3\n- c\n", "1:3-1:5 D012 | write the value out wherever it is used; if it is an expression, put the whole line in quotes"},
		{"a: &x {b: 1}\n&y c: 2\n", "1:4-1:6 D012 | write the value out wherever it is used\n2:1-2:3 D012 | write the value out wherever it is used"},
		{"a: {<<: {b: 1}}\n\"<<\": 2\n", "1:5-1:7 D014 | write the entries out"},
		{"~: 1\nnull: 2\n\"null\": 3\n", "1:1-1:2 D018 | put it in quotes if it is a name\n2:1-2:5 D018 | put it in quotes if it is a name"},
		{"? \n: 3\n", "1:2-1:2 D018 | "},
		{"? [a]\n: b\n", "1:3-1:6 D017 | if it is one, put it in quotes"},
		{"- e.name == \"a: b\"\n", "1:3-1:19 D021 | put the whole line in single quotes"},
		{"- e.name == 'a: b'\n", "1:3-1:19 D021 | put the whole line in double quotes"},
		{"the ship's view: the shore's\n", ""},
		{"- >3\n- b\n", "1:3-1:5 D019 | if it is an expression, put the whole line in quotes; an empty text is \"\""},
		{"a: |\nb: 1\n", "1:4-1:5 D019 | if it is an expression, put the whole line in quotes; an empty text is \"\""},
		{"a: “x”\nb: ‘it’s’\nc: “x” and “y”\nd: say “x”\n", "1:4-1:7 D022 | write straight quotes: \"...\" or '...'\n2:4-2:10 D022 | write straight quotes: \"...\" or '...'"},
	} {
		require.Equal(t, c.want, found(t, "x.yaml", c.text), "%q", c.text)
	}
}

func TestDuplicateKeyShowsBoth(t *testing.T) {
	for name, text := range map[string]string{
		"x.yaml": "x: 1\na: 1\n\"x\": 2\n",
		"x.json": "{\"x\": 1,\n\"a\": 1,\n\"x\": 2}",
	} {
		root, ds := Read(name, []byte(text), Limits{})
		require.Len(t, ds, 1)
		require.Equal(t, name+":3:1: D016: the key \"x\" is given twice; take one of the two out, or give it another name", ds.Error())
		require.Len(t, ds[0].Related, 1)
		require.Equal(t, 1, ds[0].Related[0].Span.Start.Line)
		require.Equal(t, "1", root.Get("x").Value)
	}
}

func TestSecondDocument(t *testing.T) {
	require.Equal(t, "2:1-2:4 D011 | put it into a file of its own", found(t, "x.yaml", "a: 1\n---\nb: 1\n"))
	require.Equal(t, "2:1-2:4 D011 | put it into a file of its own", found(t, "x.yaml", "a: 1\n---\n"))
	require.Empty(t, found(t, "x.yaml", "%YAML 1.1\n---\na: 1\n...\n# end\n"))
}
