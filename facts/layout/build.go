package layout

import (
	"slices"
	"strings"

	"truce/facts/doc"
	"truce/facts/shape"
)

// line is what a line of the file starts with: an entry of a map, an item of a list, or
// the root, with the comments that go with it.
type line struct {
	above []remark // comments on lines of their own
	blank bool     // a blank line between them and the line
	key   *doc.Node
	value *value
	item  bool
	trail string // the comment behind it
}

// value is a node as it is to be written.
type value struct {
	node     *doc.Node
	shape    *shape.Shape
	flow     bool // in brackets, or inside of such
	bare     bool // the one entry of [a: b], in none of its own
	lines    []*line
	foot     []remark // comments below the last line
	remarked bool     // it is in brackets with a comment between them
}

// put adds a comment to a line: behind it, or above it where there is one already.
func (l *line) put(r remark) {
	if l.trail == "" {
		l.trail = r.text
		return
	}
	l.lift(r)
}

// lift puts a comment right above a line.
func (l *line) lift(r remark) {
	r.blank, l.blank = l.blank, false
	l.above = append(l.above, r)
}

// builder makes lines of a tree, and gives each comment to one of them. Both come in
// the order of the text.
type builder struct {
	text    string
	remarks []remark
	next    int
	last    *line  // that the token before the place at hand belongs to
	lastRow int    // the row on which that token ends
	ended   []open // blocks that have ended since, the innermost first
}

// open is a block that may still take comments at its end.
type open struct {
	value *value
	col   int
}

// take gives the next comment that starts before a byte.
func (b *builder) take(until int) (remark, bool) {
	if b.next == len(b.remarks) || b.remarks[b.next].from >= until {
		return remark{}, false
	}
	b.next++
	return b.remarks[b.next-1], true
}

// file makes the root's line. What stands below it all is its value's foot where that
// is a block, and else the second result.
func (b *builder) file(root *doc.Node, s *shape.Shape) (*line, []remark) {
	l := &line{}
	b.last = l
	l.value = b.value(l, root, s, false)
	rest := &line{}
	b.before(rest, len(b.text), 0)
	return l, rest.above
}

// before gives away the comments that stand before a byte, at which a line starts in
// some column.
func (b *builder) before(l *line, at, col int) {
	for r, ok := b.take(at); ok; r, ok = b.take(at) {
		switch {
		case !r.alone && r.line == b.lastRow:
			b.last.put(r)
		case r.alone && b.footed(r, col):
		default:
			l.above = append(l.above, r)
			b.ended = nil // comments keep their order
		}
	}
	b.ended = nil
}

// footed gives a comment to the block that it ends: that which starts furthest right,
// but no further than it does; of those in one column the outermost. What comes next
// starts in a column that is left of that.
func (b *builder) footed(r remark, next int) bool {
	found := -1
	for i, o := range b.ended {
		if o.col <= r.col && o.col > next && (found < 0 || o.col == b.ended[found].col) {
			found = i
		}
	}
	if found < 0 {
		return false
	}
	v := b.ended[found].value
	v.foot = append(v.foot, r)
	b.ended = b.ended[found:]
	return true
}

// value builds a node behind a key, a dash or nothing.
func (b *builder) value(l *line, n *doc.Node, s *shape.Shape, inFlow bool) *value {
	v := &value{node: n, shape: s}
	from, to := n.Bytes()
	bracket := strings.IndexByte("[{", byteAt(b.text, from)) >= 0
	switch {
	case n.Kind == doc.Scalar:
		b.aside(l, from)
		for r, ok := b.take(to); ok; r, ok = b.take(to) { // behind the sign of a block
			l.put(r)
		}
		b.last, b.lastRow = l, n.Span.End.Line
	case inFlow || bracket:
		b.aside(l, from)
		v.flow, v.bare = true, !bracket
		b.last, b.lastRow = l, n.Span.Start.Line
		before := b.next
		b.children(v, 0)
		b.close(l, v, to)
		v.remarked = b.next > before
		b.last, b.lastRow = l, n.Span.End.Line
	default:
		b.behind(l, from)
		b.children(v, n.Span.Start.Col)
		b.ended = append(b.ended, open{v, n.Span.Start.Col})
	}
	return v
}

func byteAt(text string, i int) byte {
	if i >= len(text) {
		return 0
	}
	return text[i]
}

// aside gives a line the comments between its key and the value, which will have no
// room there.
func (b *builder) aside(l *line, from int) {
	for r, ok := b.take(from); ok; r, ok = b.take(from) {
		l.lift(r)
	}
}

// behind gives a line the comment behind its key, or behind its dash. Those on lines of
// their own belong to what comes next.
func (b *builder) behind(l *line, from int) {
	for b.next < len(b.remarks) && b.remarks[b.next].from < from && !b.remarks[b.next].alone {
		if r := b.remarks[b.next]; l.key != nil {
			l.put(r)
		} else {
			l.lift(r)
		}
		b.next++
	}
}

// close gives away the comments before a closing bracket.
func (b *builder) close(l *line, v *value, to int) {
	for r, ok := b.take(to); ok; r, ok = b.take(to) {
		switch {
		case len(v.lines) == 0:
			l.lift(r)
		case !r.alone && r.line == b.lastRow:
			b.last.put(r)
		default:
			v.foot = append(v.foot, r)
		}
	}
}

// children builds the lines of a list or a map that starts in a column.
func (b *builder) children(v *value, col int) {
	n := v.node
	for _, m := range n.Items {
		l := &line{item: true}
		b.start(l, m, col)
		l.value = b.value(l, m, v.shape.Element(), v.flow)
		v.lines = append(v.lines, l)
	}
	for _, e := range n.Entries {
		l := &line{key: e.Key}
		b.start(l, e.Key, col)
		b.last, b.lastRow = l, e.Key.Span.End.Line
		l.value = b.value(l, e.Value, v.shape.Entry(e.Key.Value), v.flow)
		v.lines = append(v.lines, l)
	}
	if places := rank(v.shape); places != nil && n.Kind == doc.Map {
		sortLines(v.lines, places)
	}
}

// start begins a line at a node.
func (b *builder) start(l *line, n *doc.Node, col int) {
	from, _ := n.Bytes()
	b.before(l, from, col)
	row := strings.LastIndexByte(b.text[:from], '\n') + 1
	l.blank = blankAbove(b.text, row) && strings.Trim(b.text[row:from], " -\t") == ""
}

// sortLines puts entries in the order of their record. With a key that it has not,
// nobody knows what was meant, and they stay.
func sortLines(lines []*line, places map[string]int) {
	for _, l := range lines {
		if _, ok := places[l.key.Value]; !ok {
			return
		}
	}
	if len(lines) == 0 {
		return
	}
	first := lines[0]
	slices.SortStableFunc(lines, func(a, b *line) int { return places[a.key.Value] - places[b.key.Value] })
	if lines[0] != first {
		lines[0].lead(first.detach())
	}
}

// detach takes away the comments above a line that a blank line parts from it: those
// above the first of a map speak of the map.
func (l *line) detach() []remark {
	n := 0
	if l.blank {
		n = len(l.above)
	} else {
		for i, r := range l.above {
			if r.blank {
				n = i
			}
		}
	}
	apart := l.above[:n:n]
	l.above = l.above[n:]
	if n > 0 {
		l.blank = l.blank && len(l.above) > 0
	}
	return apart
}

// lead puts comments, and a blank line, above all of a line.
func (l *line) lead(apart []remark) {
	switch {
	case len(apart) == 0:
		return
	case len(l.above) > 0:
		l.above[0].blank = true
	default:
		l.blank = true
	}
	l.above = append(apart, l.above...)
}
