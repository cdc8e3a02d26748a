// Package layout writes YAML files in one layout.
//
// What flows in: the text of a file, and its shape, which gives the order of keys.
// What flows out: the same file laid out, or what is wrong with it. The text that comes
// out is read again and compared with what went in, comments included, so that nothing
// is ever lost or means something else. It reads and writes no file.
//
// The layout:
//
//   - Two blanks for each level; a list stands two blanks inside its key.
//   - Keys stand in the order of their record, where it has one; entries that are
//     named, and items, stay in their order.
//   - A list or map in brackets stays on its line as far as column 120; one that does
//     not fit, or holds a comment, is opened to a line for each entry.
//   - A text stays on the line on which it was written, however long. One that was
//     written over several lines is filled up to column 120; a block behind | or > keeps
//     its lines, save that those behind > are broken there too.
//   - Quotes stay, for what is quoted may be read as something else without; the other
//     kind of quotes is taken where that saves all escapes.
//   - Sections, and rules, tables, tests and other long entries stand apart by a blank
//     line; anywhere else a blank line stays where the author left one.
//   - A comment on a line of its own stays above what it stood above; one behind
//     something stays behind it, three blanks away, or goes above where there is no
//     room for it.
//   - Lines end in a line feed, the last one too; no blank ends a line outside of a
//     block of text; the marks of documents (---) and of byte order go.
package layout

import (
	"bytes"
	"strings"

	"truce/facts/doc"
	"truce/facts/shape"
	"truce/facts/source"
)

// width is the last column that is written to where there is a choice.
const width = 120

// Changed is the finding that a file cannot be laid out.
var Changed = source.Code{ID: "D025", Title: "layout would change the file",
	Doc: "The file is well formed, and yet laid out anew it would read as another one, or lose a comment. It is left as it is. Please report it with the file."}

// Codes lists the findings that Format makes beside those about the form of the file.
func Codes() []source.Code { return []source.Code{Changed} }

// Format lays out the text of a YAML file whose root has a shape; one that holds a mere
// text comes back as it is. With an error there is no text.
func Format(name string, text []byte, root shape.Shape, lim doc.Limits) ([]byte, source.Diagnostics) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	before, ds := doc.Read(name, text, lim)
	if ds.HasErrors() {
		return nil, ds
	}
	if before.Kind == doc.Scalar {
		return text, ds // no file of ours: there is nothing to lay out
	}
	whole, tree := string(text), before
	if strings.Contains(whole, "\r\n") {
		// Read again, so that its bytes are those of the text without carriage returns.
		whole = strings.ReplaceAll(whole, "\r\n", "\n")
		if tree, ds = doc.Read(name, []byte(whole), lim); ds.HasErrors() {
			return nil, ds
		}
	}
	remarks := remarksIn(whole, tree)
	b := &builder{text: whole, remarks: remarks}
	out := written(b.file(tree, &root))
	if !same(name, out, before, &root, remarks) {
		return nil, append(ds, Changed.At(source.Span{File: name}, "the file cannot be laid out without changing what it says"))
	}
	return []byte(out), ds
}

// same reports whether the text that was written reads as what was read before.
func same(name, out string, before *doc.Node, root *shape.Shape, remarks []remark) bool {
	after, ds := doc.Read(name, []byte(out), doc.Limits{Bytes: 2*len(out) + 1})
	if ds.HasErrors() || !sameNode(before, after, root) {
		return false
	}
	count := map[string]int{}
	for _, r := range remarks {
		count[r.text]++
	}
	for _, r := range remarksIn(out, after) {
		count[r.text]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}

// sameNode compares two trees. Keys that have an order of their own may have moved; a
// plain text stays plain, and any other is not plain.
func sameNode(a, b *doc.Node, s *shape.Shape) bool {
	if a.Kind != b.Kind || a.Null != b.Null || a.Value != b.Value || (a.Style == doc.Plain) != (b.Style == doc.Plain) ||
		len(a.Items) != len(b.Items) || len(a.Entries) != len(b.Entries) {
		return false
	}
	for i := range a.Items {
		if !sameNode(a.Items[i], b.Items[i], s.Element()) {
			return false
		}
	}
	for i, e := range a.Entries {
		f := b.Entries[i]
		if rank(s) != nil {
			f = doc.Entry{Key: e.Key, Value: b.Get(e.Key.Value)}
		}
		if f.Value == nil || !sameNode(e.Key, f.Key, nil) || !sameNode(e.Value, f.Value, s.Entry(e.Key.Value)) {
			return false
		}
	}
	return true
}

// rank gives the place of each key of a map; nil where their order stays.
func rank(s *shape.Shape) map[string]int {
	r := s.Map()
	if r == nil || r.Loose {
		return nil
	}
	places := map[string]int{}
	for i, name := range r.Names() {
		places[name] = i
	}
	return places
}

// remark is a comment, from its # to the end of its line.
type remark struct {
	text  string
	from  int // the byte at which it starts
	line  int
	col   int
	alone bool // nothing else stands on its line
	blank bool // the line above is blank
}

// remarksIn lists the comments of a text: whatever follows a # between scalars, and
// behind the sign that starts a block.
func remarksIn(text string, root *doc.Node) []remark {
	s := &scan{text: text, line: 1}
	s.node(root)
	s.gap(len(text))
	return s.found
}

// scan goes through a text from scalar to scalar.
type scan struct {
	text  string
	at    int
	line  int
	found []remark
}

func (s *scan) node(n *doc.Node) {
	for _, m := range n.Items {
		s.node(m)
	}
	for _, e := range n.Entries {
		s.node(e.Key)
		s.node(e.Value)
	}
	if n.Kind != doc.Scalar {
		return
	}
	from, to := n.Bytes()
	s.gap(from)
	if n.Style == doc.Literal || n.Style == doc.Folded {
		s.gap(from + len(firstLine(s.text[from:])))
	}
	s.skip(max(s.at, to))
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// gap looks for comments as far as a byte.
func (s *scan) gap(to int) {
	for s.at < to {
		i := strings.IndexByte(s.text[s.at:to], '#')
		if i < 0 {
			break
		}
		s.skip(s.at + i)
		start := strings.LastIndexByte(s.text[:s.at], '\n') + 1
		before := s.text[start:s.at]
		r := remark{from: s.at, line: s.line, col: len([]rune(before)) + 1, alone: strings.TrimSpace(before) == ""}
		r.blank = r.alone && blankAbove(s.text, start)
		line := firstLine(s.text[s.at:])
		r.text = strings.TrimRight(line, " \t")
		s.found = append(s.found, r)
		s.at += len(line)
	}
	s.skip(max(s.at, to))
}

func (s *scan) skip(to int) {
	s.line += strings.Count(s.text[s.at:to], "\n")
	s.at = to
}

// blankAbove reports whether the line above the one that starts at a byte is blank.
func blankAbove(text string, start int) bool {
	if start == 0 {
		return false
	}
	above := text[strings.LastIndexByte(text[:start-1], '\n')+1 : start]
	return strings.TrimSpace(above) == ""
}
