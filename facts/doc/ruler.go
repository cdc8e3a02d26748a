package doc

import (
	"strings"
	"unicode/utf8"

	"truce/facts/source"
)

// SpanOf is where runes from up to to of a scalar's Value stand in the file:
// behind a quote, inside escapes, on a folded line. A line break or a fold has
// an empty span at the end of its line. Offsets outside the Value are moved to
// its nearest end. Where the text cannot be followed, and for maps and lists, it
// is the span of the whole node.
func (n *Node) SpanOf(from, to int) source.Span { return n.Ruler().SpanOf(from, to) }

// Ruler tells where many stretches of one node stand. It follows the text once, and
// not before it must. It is for one goroutine.
type Ruler struct {
	node   *Node
	length int // of the value, in runes
	// column is that of the first rune where the value stands on one line as it is:
	// each rune then has the column behind that of the one before. Else it is 0.
	column int
	traced bool
	whole  *Ruler    // of the node that this one is a part of; or nil
	runes  []stretch // by rune, once traced; nil where the text cannot be followed
}

type stretch struct{ from, to source.Pos }

// Ruler is the ruler of a node, which may be nil.
func (n *Node) Ruler() *Ruler {
	r := &Ruler{node: n}
	if n == nil || n.Kind != Scalar {
		return r
	}
	r.length = utf8.RuneCountInString(n.Value)
	if n.whole != nil {
		r.whole = n.whole.Ruler()
		return r
	}
	if quote, ok := n.asWritten(); ok && n.Span.End.Col-n.Span.Start.Col == r.length+2*quote {
		r.column = n.Span.Start.Col + quote
	}
	return r
}

// asWritten reports whether the value stands in the text as it is, on one line, and
// how long the quote before it is.
func (n *Node) asWritten() (quote int, ok bool) {
	switch n.Style {
	case Plain:
	case SingleQuoted, DoubleQuoted:
		quote = 1
	case Cell:
		if strings.HasPrefix(n.written(), `"`) {
			quote = 1
		}
	default:
		return 0, false
	}
	at, text := n.Span, n.written()
	return quote, at.Start.Line == at.End.Line && len(text) > quote && strings.HasPrefix(text[quote:], n.Value)
}

// written is the text from the node on; "" for a node that no file holds.
func (n *Node) written() string {
	if n.file == nil {
		return ""
	}
	return n.file.text[n.offset:]
}

// SpanOf is Node.SpanOf.
func (r *Ruler) SpanOf(from, to int) source.Span {
	if r.node == nil {
		return source.Span{}
	}
	span := r.node.Span
	if r.length == 0 {
		return span
	}
	from = min(max(from, 0), r.length)
	to = min(max(to, from), r.length)
	if r.whole != nil {
		return r.whole.SpanOf(r.node.skip+from, r.node.skip+to)
	}
	if r.column > 0 {
		span.Start.Col, span.End.Col = r.column+from, r.column+to
		return span
	}
	if r.follow(); r.runes == nil {
		return span
	}
	switch {
	case from == r.length:
		span.Start = r.runes[from-1].to
		span.End = span.Start
	case from == to:
		span.Start = r.runes[from].from
		span.End = span.Start
	default:
		span.Start, span.End = r.runes[from].from, r.runes[to-1].to
	}
	return span
}

// follow traces the text, the first time that it is called.
func (r *Ruler) follow() {
	if r.traced {
		return
	}
	r.traced = true
	n := r.node
	runes := make([]stretch, 0, r.length)
	t := tracer{at: n.start(), style: n.Style, value: n.Value, indent: n.indent}
	if n.file != nil {
		t.text = n.file.text
	}
	t.visit = func(_ int, from, to source.Pos) { runes = append(runes, stretch{from, to}) }
	if t.trace() {
		r.runes = runes
	}
}
