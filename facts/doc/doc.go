// Package doc reads YAML and JSON into one tree that knows where everything
// stands, and separated values into a grid of such scalars.
//
// What flows in: the name and the bytes of a file, and limits. What flows out: a
// tree of maps, lists and scalars, each with its span, and coded findings about
// the form of the file. A scalar is text and nothing else: `no`, `010`, `1e3`
// and `2013-11-24` stay as they were typed, for the schema to judge. It opens no
// file, expands no alias, resolves no tag, and knows nothing of facts or rules.
package doc

import (
	"path"
	"strings"

	"truce/facts/source"
)

// Kind is what a node is.
type Kind uint8

const (
	Scalar Kind = iota // a text, or nothing (Null)
	List               // Items
	Map                // Entries
)

func (k Kind) String() string {
	switch k {
	case List:
		return "list"
	case Map:
		return "map"
	}
	return "text"
}

// Style is how a scalar is written.
type Style uint8

const (
	Plain        Style = iota // as it is; JSON's numbers, true, false and null
	SingleQuoted              // 'it''s'
	DoubleQuoted              // "a\tb"; every text of JSON
	Literal                   // | keeps its line breaks
	Folded                    // > joins its lines
	Cell                      // a cell of separated values, in quotes or not
)

// Node is a place of the tree with what stands there.
type Node struct {
	Kind    Kind
	Style   Style       // of a scalar
	Null    bool        // nothing at all, or a plain ~ or null
	Refused bool        // a tag, an anchor, an alias or a line that was split, which has been reported: its value is not what was meant
	Span    source.Span // from its first rune to just past its last
	Value   string      // a scalar's text, decoded
	Items   []*Node     // of a list
	Entries []Entry     // of a map, in the order of the file

	file    *file
	comment *comment
	offset  int   // the byte of the text at which the node starts
	end     int   // and the one just past its last
	indent  int   // columns that a block scalar's surroundings are indented by, -1 for none
	whole   *Node // that it is a part of, from the rune skip on; nil for one that is whole
	skip    int
}

// Part is a scalar that is a part of the value of another, from one rune to just before
// the other, and stands where that stands.
func (n *Node) Part(from, to int) *Node {
	value := string([]rune(n.Value)[from:to])
	return &Node{Style: n.Style, Value: value, Span: n.SpanOf(from, to), whole: n, skip: from}
}

// file is what the nodes of a file share.
type file struct{ name, text string }

// comment is a comment and where it starts.
type comment struct {
	text string
	at   source.Pos
}

// Comment is the comment behind a scalar on its last line, from its #; for a block
// scalar that on its first. Most have none: it is "".
func (n *Node) Comment() string {
	if n.comment == nil {
		return ""
	}
	return n.comment.text
}

// CommentSpan is where the comment stands.
func (n *Node) CommentSpan() source.Span {
	if n.comment == nil {
		return source.Span{}
	}
	end := n.comment.at
	end.Col += runesIn(n.comment.text)
	return span(n.file.name, n.comment.at, end)
}

// Bytes are the bytes of the file that the node takes, from its first to just past
// its last; both are 0 for a node that no file holds.
func (n *Node) Bytes() (from, to int) { return n.offset, n.end }

// Written is the node as it is written, from its first rune to its last.
func (n *Node) Written() string {
	if n.file == nil {
		return ""
	}
	return n.file.text[n.offset:n.end]
}

// Entry is a key of a map with its value; neither is nil.
type Entry struct {
	Key, Value *Node
}

// Get is the value at a key, or nil where n is nil, not a map, or without it.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for _, e := range n.Entries {
		if e.Key.Value == key && e.Key.Kind == Scalar {
			return e.Value
		}
	}
	return nil
}

func (n *Node) start() place { return place{offset: n.offset, Pos: n.Span.Start} }

// Limits bounds what Read accepts; a zero field stands for its default.
type Limits struct {
	Bytes int // length of the file; default 16 MiB
	Depth int // lists and maps inside one another; default 64
	Nodes int // maps, lists and scalars, keys included; default 1,000,000
}

func (l Limits) orDefault() Limits {
	if l.Bytes <= 0 {
		l.Bytes = 16 << 20
	}
	if l.Depth <= 0 {
		l.Depth = 64
	}
	if l.Nodes <= 0 {
		l.Nodes = 1_000_000
	}
	return l
}

// Read reads one document: JSON where the name ends in .json, else YAML. The
// tree is nil where the text could not be read as far as its end; findings that
// leave a tree (a key given twice, an alias) come with it. A tree that comes
// without errors is well formed: its keys are distinct texts, and its spans lie
// in the order of the file.
func Read(name string, text []byte, lim Limits) (*Node, source.Diagnostics) {
	lim = lim.orDefault()
	json := strings.EqualFold(path.Ext(name), ".json")
	f := &findings{}
	body, ok := decode(name, text, lim, f)
	if !ok {
		return nil, f.list
	}
	var root *Node
	if json {
		root = readJSON(name, body, lim, f)
	} else {
		root = readYAML(name, body, lim, f)
	}
	if root != nil && root.Null && root.Value == "" && len(f.list) == 0 {
		f.add(Empty.At(source.Span{File: name}, "the file is empty"))
		root = nil
	}
	return root, f.list.Sort()
}

// mostFindings bounds the findings about one file: past it, nobody reads on.
const mostFindings = 100

type findings struct {
	list source.Diagnostics
	full bool
}

func (f *findings) add(d source.Diagnostic) {
	switch {
	case f.full:
	case len(f.list) == mostFindings:
		f.full = true
		f.list = append(f.list, TooMany.At(d.Span, "more than %d findings: those from here on are left out", mostFindings))
	default:
		f.list = append(f.list, d)
	}
}
