package doc

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"

	"truce/facts/source"
)

// readYAML reads the first document of a text. The library gives the tree, with
// the place where each node starts; where it ends, and what the library passes
// over in silence, is read off the text itself.
func readYAML(name, text string, lim Limits, f *findings) *Node {
	if n := separators(text); n > 2*lim.Nodes {
		f.add(TooMany.At(source.Span{File: name}, "the file has %d separators", n).Expect("%d at most", 2*lim.Nodes))
		return nil
	}
	first, second, err := parse(text)
	switch {
	case errors.Is(err, errPanic):
		f.add(Unreadable.At(source.Span{File: name}, "the file cannot be read as YAML"))
		return nil
	case err != nil:
		f.add(explain(name, text, err, lim))
		return nil
	case first == nil || len(first.Content) == 0:
		f.add(Empty.At(source.Span{File: name}, "the file is empty"))
		return nil
	}
	c := converter{file: &file{name, text}, name: name, text: text, lim: lim, findings: f, at: start()}
	root := c.node(first.Content[0], 1, -1)
	if c.stopped {
		return nil
	}
	if second != nil {
		p := start().seek(text, source.Pos{Line: second.Line, Col: second.Column})
		f.add(SeveralDocuments.At(span(name, p.Pos, p.toLineEnd(text).Pos), "a further document starts here").
			Suggest("put it into a file of its own").See(root.Span, "the first document"))
	}
	return root
}

// separators counts the runes that part nodes from one another, where they do
// and where they are mere text: a bound on what the library may build.
func separators(text string) int {
	n := strings.Count(text, ",") + strings.Count(text, "[") + strings.Count(text, "{") +
		strings.Count(text, ":") + strings.Count(text, "?")
	for _, s := range []string{"- ", "-\n", "-\t", "-\r"} {
		n += strings.Count(text, s)
	}
	return n
}

var errPanic = errors.New("the YAML library panicked")

// parse gives the first document of a text and, if there is one, the second.
func parse(text string) (first, second *yaml.Node, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("%w: %v", errPanic, v)
		}
	}()
	d := yaml.NewDecoder(strings.NewReader(text))
	for _, to := range []**yaml.Node{&first, &second} {
		n := &yaml.Node{}
		if err := d.Decode(n); errors.Is(err, io.EOF) {
			return first, second, nil
		} else if err != nil {
			return first, nil, err
		}
		*to = n
	}
	return first, second, nil
}

// converter builds the tree. Nodes come in the order of the text, so that its
// place only ever moves forward.
type converter struct {
	file     *file
	name     string
	text     string
	lim      Limits
	findings *findings
	at       place
	nodes    int
	stopped  bool   // a limit was met
	blank    []Node // that no place has yet
	keys     []*Node
}

// blank nodes are made so many at a time: all of a tree is kept or none of it.
const mostBlank = 256

// blankNode is a node that is all blank. The first lots are small, as most files are.
func (c *converter) blankNode() *Node {
	if len(c.blank) == 0 {
		c.blank = make([]Node, min(c.nodes+8, mostBlank))
	}
	n := &c.blank[0]
	c.blank = c.blank[1:]
	return n
}

func (c *converter) span(from, to place) source.Span { return span(c.name, from.Pos, to.Pos) }

// node converts a node and what is in it. Depth counts from 1; indent is the
// column before that of the innermost block around the node, -1 for none.
func (c *converter) node(y *yaml.Node, depth, indent int) *Node {
	c.at = c.at.seek(c.text, source.Pos{Line: y.Line, Col: y.Column})
	from := c.at
	n := c.blankNode()
	n.file, n.Span, n.offset, n.indent = c.file, c.span(from, from), from.offset, indent
	c.nodes++
	if !c.within(depth, n.Span) {
		return n
	}
	n.Refused = c.refuse(y, from)
	switch y.Kind {
	case yaml.ScalarNode:
		c.scalar(n, y)
	case yaml.AliasNode:
		n.Value = "*" + y.Value
		c.token(n)
	case yaml.SequenceNode:
		n.Kind = List
		c.items(n, y, depth, inside(y, indent))
	case yaml.MappingNode:
		n.Kind = Map
		c.entries(n, y, depth, inside(y, indent))
	}
	n.Span.End, n.end = c.at.Pos, c.at.offset
	return n
}

// inside is the indentation around the nodes of a list or map.
func inside(y *yaml.Node, indent int) int {
	if y.Style&yaml.FlowStyle != 0 {
		return indent
	}
	return y.Column - 1
}

// within checks the limits, and stops the conversion where one is met.
func (c *converter) within(depth int, at source.Span) bool {
	switch {
	case c.stopped:
	case depth > c.lim.Depth:
		c.findings.add(tooDeep(at, c.lim))
		c.stopped = true
	case c.nodes > c.lim.Nodes:
		c.findings.add(tooManyNodes(at, c.lim))
		c.stopped = true
	}
	return !c.stopped
}

func tooDeep(at source.Span, lim Limits) source.Diagnostic {
	return TooDeep.At(at, "lists and maps are nested too deeply").Expect("%d levels at most", lim.Depth)
}

func tooManyNodes(at source.Span, lim Limits) source.Diagnostic {
	return TooMany.At(at, "the file holds too many values").Expect("%d lists, maps and texts at most", lim.Nodes)
}

func (c *converter) items(n *Node, y *yaml.Node, depth, indent int) {
	n.Items = make([]*Node, 0, len(y.Content))
	for _, item := range y.Content {
		n.Items = append(n.Items, c.node(item, depth+1, indent))
		if c.stopped {
			return
		}
	}
	c.closeFlow(n, y)
}

func (c *converter) entries(n *Node, y *yaml.Node, depth, indent int) {
	n.Entries = make([]Entry, 0, len(y.Content)/2)
	first := keysOn(&c.keys, len(y.Content)/2)
	defer first.done()
	for i := 0; i+1 < len(y.Content); i += 2 {
		key := c.node(y.Content[i], depth+1, indent)
		value := c.node(y.Content[i+1], depth+1, indent)
		if c.stopped {
			return
		}
		n.Entries = append(n.Entries, Entry{key, value})
		c.key(key, &first)
		c.splitQuote(n, key, value)
	}
	c.closeFlow(n, y)
}

// key checks the key of an entry. First holds the keys before it.
func (c *converter) key(key *Node, first *keys) {
	switch before := first.get(key.Value); {
	case key.Kind != Scalar:
		c.findings.add(KeyNotText.At(key.Span, "the key is a %s", key.Kind).Expect("a text").Suggest("if it is one, put it in quotes"))
	case key.Null:
		d := NullKey.At(key.Span, "the key is missing").Expect("a text before the colon")
		if key.Value != "" {
			d = NullKey.At(key.Span, "%s as a key means nothing", key.Value).Suggest("put it in quotes if it is a name")
		}
		c.findings.add(d)
	case key.Style == Plain && key.Value == "<<":
		c.findings.add(MergeKey.At(key.Span, "merge keys are not used here").Suggest("write the entries out"))
	case before != nil:
		c.findings.add(duplicate(key, before))
	default:
		first.add(key)
	}
}

// scalar reads the text of a scalar once more to find its end and its comment.
func (c *converter) scalar(n *Node, y *yaml.Node) {
	n.Value, n.Style = y.Value, styleOf(y)
	n.Null = n.Style == Plain && isNull(n.Value)
	t := tracer{text: c.text, at: c.at, style: n.Style, value: n.Value, indent: n.indent}
	if !t.trace() {
		c.token(n)
		return
	}
	c.at = t.at
	n.Span.End = t.at.Pos
	c.suspect(n)
	behind := t.at
	if n.Style == Literal || n.Style == Folded {
		behind = t.header
	}
	n.comment = c.comment(behind)
}

// comment is the comment that follows on the same line, or nil.
func (c *converter) comment(p place) *comment {
	for !p.atEnd(c.text) && isBlank(c.text[p.offset]) {
		p = p.step(c.text)
	}
	if p.atEnd(c.text) || c.text[p.offset] != '#' {
		return nil
	}
	return &comment{strings.TrimRight(c.text[p.offset:p.toLineEnd(c.text).offset], " \t"), p.Pos}
}

// token goes past what stands at hand as far as the next blank: for what is
// refused, and so is not followed any further.
func (c *converter) token(n *Node) {
	for !c.at.atLineEnd(c.text) && !isBlank(c.text[c.at.offset]) {
		c.at = c.at.step(c.text)
	}
	n.Span.End = c.at.Pos
}

func styleOf(y *yaml.Node) Style {
	switch {
	case y.Style&yaml.DoubleQuotedStyle != 0:
		return DoubleQuoted
	case y.Style&yaml.SingleQuotedStyle != 0:
		return SingleQuoted
	case y.Style&yaml.LiteralStyle != 0:
		return Literal
	case y.Style&yaml.FoldedStyle != 0:
		return Folded
	}
	return Plain
}

func isNull(s string) bool {
	switch s {
	case "", "~", "null", "Null", "NULL":
		return true
	}
	return false
}

// closeFlow goes past the bracket that ends a list or map in brackets. The one entry
// of [a: b] is a map in none.
func (c *converter) closeFlow(n *Node, y *yaml.Node) {
	opening, closing := "[", byte(']')
	if y.Kind == yaml.MappingNode {
		opening, closing = "{", '}'
	}
	if y.Style&yaml.FlowStyle == 0 || !strings.HasPrefix(c.text[n.offset:], opening) {
		return
	}
	for p := c.at; !p.atEnd(c.text); p = p.step(c.text) {
		switch b := c.text[p.offset]; b {
		case closing:
			c.at = p.step(c.text)
			return
		case '#':
			p = p.toLineEnd(c.text)
		case ' ', '\t', '\r', '\n', ',', ':', '?', '[', '{':
		default:
			return
		}
		if p.atEnd(c.text) {
			return
		}
	}
}
