package iran_test

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/facts/doc"
	"truce/facts/layout"
	"truce/facts/shape"
	"truce/facts/source"
	"truce/rules"
	"truce/rules/iran"
)

// A file of the pack written any other way is laid out to the same pack: with other
// indentation, in brackets or not, its keys in another order, with blank lines and with
// comments anywhere. Every comment is still there, and laying out again changes nothing.
func TestLayoutKeepsThePack(t *testing.T) {
	shipped, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.Empty(t, ds)
	rapid.Check(t, func(rt *rapid.T) {
		i := rapid.IntRange(0, len(shipped.Files)-1).Draw(rt, "file")
		file := shipped.Files[i]
		root, ds := doc.Read(file.Name, []byte(file.Text), doc.Limits{})
		require.Empty(rt, ds)
		w := &scrambler{rt: rt}
		s := rules.PackFile()
		w.block(root, &s, 0, "")
		text := w.b.String()
		if w.chance(5) {
			text = "\xef\xbb\xbf" + strings.ReplaceAll(text, "\n", "\r\n")
		}
		out, ds := layout.Format(file.Name, []byte(text), s, doc.Limits{})
		require.False(rt, ds.HasErrors(), "%v\n%s", ds, text)
		again, ds := layout.Format(file.Name, out, s, doc.Limits{})
		require.False(rt, ds.HasErrors())
		require.Equal(rt, string(out), string(again))
		for n := range w.comments {
			require.Equal(rt, 1, strings.Count(string(out), comment(n)+"\n"), "%s of\n%s", comment(n), text)
		}
		if !w.chance(3) {
			return // to load the pack takes longest
		}
		files := slices.Clone(shipped.Files)
		files[i].Text = string(out)
		pack, ds := rules.Load(files, rules.Options{})
		require.Empty(rt, ds, "%s", out)
		require.Empty(rt, difference("pack", reflect.ValueOf(shipped), reflect.ValueOf(pack), map[[2]uintptr]bool{}))
	})
}

func comment(n int) string { return fmt.Sprintf("# comment %d.", n) }

// scrambler writes a tree as YAML in a layout that nobody would choose.
type scrambler struct {
	rt       *rapid.T
	b        strings.Builder
	comments int
	text     bool // a text behind | or > has just ended
}

// chance is true once in so many times.
func (w *scrambler) chance(in int) bool { return rapid.IntRange(1, in).Draw(w.rt, "chance") == in }

// above writes blank lines and comments, anywhere on their lines.
func (w *scrambler) above(indent int) {
	if w.chance(8) {
		w.b.WriteString(strings.Repeat("  \n", rapid.IntRange(1, 3).Draw(w.rt, "blank")))
	}
	for range rapid.SampledFrom([]int{0, 0, 0, 0, 0, 1, 2}).Draw(w.rt, "comments") {
		most := 5
		if w.text { // further in, it would be part of the text
			most = 0
		}
		w.b.WriteString(strings.Repeat(" ", max(0, indent+rapid.IntRange(-3, most).Draw(w.rt, "shift"))) + w.comment() + "\n")
	}
	w.text = false
}

func (w *scrambler) comment() string {
	w.comments++
	return comment(w.comments - 1)
}

// end ends a line, mostly without a comment.
func (w *scrambler) end() {
	if w.chance(12) {
		w.b.WriteString(strings.Repeat(" ", rapid.IntRange(1, 4).Draw(w.rt, "away")) + w.comment())
	} else if w.chance(6) {
		w.b.WriteString("  ")
	}
	w.b.WriteString("\n")
}

// block writes a list or a map line by line. What is given stands before the first line
// and takes the place of its indentation.
func (w *scrambler) block(n *doc.Node, s *shape.Shape, indent int, first string) {
	pad := func() {
		if first != "" {
			w.b.WriteString(first)
			first = ""
			return
		}
		w.above(indent)
		w.b.WriteString(strings.Repeat(" ", indent))
	}
	for _, m := range n.Items {
		pad()
		w.b.WriteString("-")
		w.value(m, s.Element(), indent, true)
	}
	entries := slices.Clone(n.Entries)
	if r := s.Map(); r != nil && !r.Loose {
		entries = rapid.Permutation(entries).Draw(w.rt, "order")
	}
	for _, e := range entries {
		pad()
		w.b.WriteString(e.Key.Written() + ":")
		w.value(e.Value, s.Entry(e.Key.Value), indent, false)
	}
}

// value writes what stands behind a key or a dash, and ends the line.
func (w *scrambler) value(n *doc.Node, s *shape.Shape, indent int, item bool) {
	deeper := indent + rapid.IntRange(1, 5).Draw(w.rt, "indent")
	switch {
	case n.Kind == doc.Scalar && (n.Style == doc.Literal || n.Style == doc.Folded):
		w.b.WriteString(" " + strings.Fields(n.Written())[0])
		w.end()
		for _, line := range n.BlockLines() {
			w.b.WriteString(strings.Repeat(" ", deeper) + line + "\n")
		}
		w.text = true
	case n.Kind == doc.Scalar:
		w.b.WriteString(" " + w.scalar(n, deeper))
		w.end()
	case len(n.Items)+len(n.Entries) == 0 || w.chance(4) && flows(n):
		w.b.WriteString(" ")
		w.flow(n, s, deeper)
		w.end()
	case item && w.chance(2):
		spaces := rapid.IntRange(1, 3).Draw(w.rt, "spaces")
		w.block(n, s, indent+1+spaces, strings.Repeat(" ", spaces))
	default:
		w.end()
		if n.Kind == doc.List && !item && w.chance(3) {
			deeper = indent // a list may stand as far left as its key
		}
		w.block(n, s, deeper, "")
	}
}

// scalar writes a text that is no block, at times over two lines.
func (w *scrambler) scalar(n *doc.Node, indent int) string {
	text := n.Written()
	i := strings.Index(text, " ")
	plainOrQuoted := n.Span.Start.Line == n.Span.End.Line && !strings.ContainsAny(text, "#\\")
	if i > 1 && i+2 < len(text) && text[i+1] != ' ' && plainOrQuoted && w.chance(6) {
		text = text[:i] + "\n" + strings.Repeat(" ", indent+1) + text[i+1:]
	}
	return text
}

// flow writes a list or a map in brackets, with line breaks and comments here and there.
func (w *scrambler) flow(n *doc.Node, s *shape.Shape, indent int) {
	between := func() {
		if w.chance(5) {
			w.end()
			w.above(indent)
			w.b.WriteString(strings.Repeat(" ", indent))
		}
	}
	signs := "[]"
	if n.Kind == doc.Map {
		signs = "{}"
	}
	w.b.WriteByte(signs[0])
	between()
	for i, m := range n.Items {
		if i > 0 {
			w.b.WriteString(", ")
			between()
		}
		w.inFlow(m, s.Element(), indent)
	}
	for i, e := range n.Entries {
		if i > 0 {
			w.b.WriteString(", ")
			between()
		}
		w.b.WriteString(e.Key.Written() + ": ")
		w.inFlow(e.Value, s.Entry(e.Key.Value), indent)
	}
	between()
	w.b.WriteByte(signs[1])
}

func (w *scrambler) inFlow(n *doc.Node, s *shape.Shape, indent int) {
	if n.Kind == doc.Scalar {
		w.b.WriteString(w.scalar(n, indent))
		return
	}
	w.flow(n, s, indent)
}

var unsafeInFlow = regexp.MustCompile(`[][{},?:&*!|>'"%@#]|^-`)

// flows reports whether a tree can stand in brackets as it is.
func flows(n *doc.Node) bool {
	if n.Kind == doc.Scalar {
		return n.Style != doc.Literal && n.Style != doc.Folded && (n.Style != doc.Plain || n.Value != "" && !unsafeInFlow.MatchString(n.Value))
	}
	for _, m := range n.Items {
		if !flows(m) {
			return false
		}
	}
	for _, e := range n.Entries {
		if !flows(e.Key) || !flows(e.Value) {
			return false
		}
	}
	return true
}

// difference is where two values differ, places in files and the files themselves
// aside; "" where they do not. Pairs that are being compared count as equal.
func difference(path string, a, b reflect.Value, seen map[[2]uintptr]bool) string {
	if a.IsValid() != b.IsValid() || a.IsValid() && a.Type() != b.Type() {
		return path
	}
	if !a.IsValid() || a.Type() == reflect.TypeFor[source.Span]() {
		return ""
	}
	switch a.Kind() {
	case reflect.Pointer:
		pair := [2]uintptr{a.Pointer(), b.Pointer()}
		if a.IsNil() || b.IsNil() || seen[pair] {
			return unlessSame(path, a.IsNil() == b.IsNil())
		}
		seen[pair] = true
		return difference(path, a.Elem(), b.Elem(), seen)
	case reflect.Interface:
		return difference(path, a.Elem(), b.Elem(), seen)
	case reflect.Struct:
		for i := range a.NumField() {
			if name := a.Type().Field(i).Name; name != "Digest" && name != "Digests" && name != "Files" {
				if d := difference(path+"."+name, a.Field(i), b.Field(i), seen); d != "" {
					return d
				}
			}
		}
		return ""
	case reflect.Slice, reflect.Array:
		if a.Len() != b.Len() {
			return path
		}
		for i := range a.Len() {
			if d := difference(path+"["+strconv.Itoa(i)+"]", a.Index(i), b.Index(i), seen); d != "" {
				return d
			}
		}
		return ""
	case reflect.Map:
		if a.Len() != b.Len() {
			return path
		}
		for _, k := range a.MapKeys() {
			if d := difference(fmt.Sprintf("%s[%v]", path, k), a.MapIndex(k), b.MapIndex(k), seen); d != "" {
				return d
			}
		}
		return ""
	case reflect.Func:
		return unlessSame(path, a.IsNil() == b.IsNil())
	}
	return unlessSame(path, a.Equal(b))
}

func unlessSame(path string, same bool) string {
	if same {
		return ""
	}
	return path
}

// The comparison finds what differs, and nothing in a pack that was loaded twice.
func TestDifference(t *testing.T) {
	load := func(from, to string) *rules.Pack {
		pack, ds := rules.LoadFS(iran.FS(), rules.Options{})
		require.Empty(t, ds)
		files := slices.Clone(pack.Files)
		for i := range files {
			files[i].Text = strings.Replace(files[i].Text, from, to, 1)
		}
		pack, ds = rules.Load(files, rules.Options{})
		require.False(t, ds.HasErrors(), "%v", ds)
		return pack
	}
	compare := func(p, q *rules.Pack) string {
		return difference("pack", reflect.ValueOf(p), reflect.ValueOf(q), map[[2]uintptr]bool{})
	}
	shipped := load("", "")
	require.Empty(t, compare(shipped, load("pack:", "\n# a comment\npack:")))
	require.Contains(t, compare(shipped, load("r.points >= threshold.doctrine_critical", "r.points > threshold.doctrine_critical")), ".Rules[")
	require.NotEmpty(t, compare(shipped, load("says: \"Pressure on the network", "says: \"Pressure upon the network")))
}
