package doc

import (
	"truce/facts/source"
)

// block follows a literal or folded scalar: a header (| or >, how deep the text
// is indented, what becomes of the line breaks at its end), then lines. A line of
// blanks no wider than the indentation is empty. In a folded text a break
// between two lines is a space, and before n empty lines n breaks, unless one of
// the lines starts with a blank; in a literal text every break is one.
func (t *tracer) block() bool {
	indent := t.blockHeader()
	end := t.at
	if breakLen(t.text[t.at.offset:]) == 0 {
		return t.finished() // the header is the last line
	}
	t.lineBreak()
	if indent == 0 {
		indent = t.findIndent()
	}
	pending := t.emptyLines(indent) // breaks met and not yet yielded
	blankBefore, begun := false, false
	for t.at.Col == indent+1 && !t.at.atEnd(t.text) {
		blankHere := isBlank(t.peek())
		fold := t.style == Folded && begun && !blankBefore && !blankHere
		if !t.joinLines(pending, fold) {
			return false
		}
		for !t.at.atLineEnd(t.text) {
			if !t.literal() {
				return false
			}
		}
		end, begun, blankBefore = t.at, true, blankHere
		if t.at.atEnd(t.text) {
			pending = nil
			break
		}
		pending = append(pending[:0], t.at.Pos)
		t.lineBreak()
		pending = append(pending, t.emptyLines(indent)...)
	}
	for len(pending) > 0 && !t.finished() {
		if !t.yieldBreaks(pending[:1]) {
			return false
		}
		pending = pending[1:]
	}
	t.at = end
	return t.finished()
}

// blockHeader goes to the end of the header's line and gives the indentation
// that it asks for, or 0. It leaves the end of the indicators in t.header.
func (t *tracer) blockHeader() int {
	indent := 0
	t.at = t.at.step(t.text)
	for {
		switch c := t.peek(); {
		case c == '+' || c == '-':
		case '1' <= c && c <= '9':
			indent = max(t.indent, 0) + int(c-'0')
		default:
			t.header = t.at
			t.at = t.at.toLineEnd(t.text)
			return indent
		}
		t.at = t.at.step(t.text)
	}
}

// findIndent is the indentation of the first line with text, or the widest
// empty line above it.
func (t *tracer) findIndent() int {
	widest := max(t.indent+1, 1)
	for p := t.at; ; {
		spaces := 0
		for p.offset < len(t.text) && t.text[p.offset] == ' ' {
			p = p.step(t.text)
			spaces++
		}
		widest = max(widest, spaces)
		n := breakLen(t.text[p.offset:])
		if n == 0 {
			return widest
		}
		p.offset += n
	}
}

// emptyLines goes past empty lines, and past the indentation of the next one;
// it gives the places of the breaks.
func (t *tracer) emptyLines(indent int) []source.Pos {
	var breaks []source.Pos
	for {
		for t.at.Col <= indent && t.peek() == ' ' {
			t.at = t.at.step(t.text)
		}
		if breakLen(t.text[t.at.offset:]) == 0 {
			return breaks
		}
		breaks = append(breaks, t.at.Pos)
		t.lineBreak()
	}
}

// joinLines yields what stands between two lines of a block.
func (t *tracer) joinLines(breaks []source.Pos, fold bool) bool {
	switch {
	case !fold:
		return t.yieldBreaks(breaks)
	case len(breaks) == 1:
		return t.yield(' ', breaks[0], breaks[0])
	}
	return t.yieldBreaks(breaks[1:])
}
