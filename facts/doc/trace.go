package doc

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"truce/facts/source"
)

// tracer reads a scalar once more from the text, by its style, and follows the
// decoded value as it goes: every rune that the text yields must be the next one
// of the value. So it finds where the scalar ends, and where each rune of the
// value stands, without a decoder of its own that could disagree: where text and
// value part, it gives up.
//
// A line break inside a scalar, and a fold, yield their rune with an empty
// stretch at the end of the line.
type tracer struct {
	text   string
	at     place // start of the scalar; after trace just past it
	style  Style
	value  string
	indent int                                  // for block scalars: see Node
	visit  func(index int, from, to source.Pos) // called for each rune; may be nil

	header place // for block scalars: end of the first line's indicators
	done   int   // bytes of value yielded so far
	index  int   // runes of value yielded so far
}

// trace reports whether the text and the value agreed.
func (t *tracer) trace() bool {
	switch t.style {
	case Plain:
		return t.plain()
	case SingleQuoted:
		return t.quoted('\'')
	case DoubleQuoted:
		return t.quoted('"')
	case Cell:
		return t.cell()
	}
	return t.block()
}

// yield takes the next rune of the value, which must be c.
func (t *tracer) yield(c rune, from, to source.Pos) bool {
	v, n := utf8.DecodeRuneInString(t.value[t.done:])
	if n == 0 || v != c {
		return false
	}
	if t.visit != nil {
		t.visit(t.index, from, to)
	}
	t.done += n
	t.index++
	return true
}

func (t *tracer) finished() bool { return t.done == len(t.value) }

// peek is the byte at hand, 0 at the end of the text (which holds no NUL).
func (t *tracer) peek() byte { return t.peekAt(0) }

func (t *tracer) peekAt(n int) byte {
	if t.at.offset+n >= len(t.text) {
		return 0
	}
	return t.text[t.at.offset+n]
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

// atWhite reports whether a blank or a line break is at hand.
func (t *tracer) atWhite() bool { return isBlank(t.peek()) || breakLen(t.text[t.at.offset:]) > 0 }

// literal yields the rune at hand as itself.
func (t *tracer) literal() bool {
	c, n := utf8.DecodeRuneInString(t.text[t.at.offset:])
	if n == 0 {
		return false
	}
	from := t.at
	t.at = t.at.step(t.text)
	return t.yield(c, from.Pos, t.at.Pos)
}

// same goes past the value where the text holds it as it is, on one line. It is the
// usual case, and nobody wants to know where each rune stands.
func (t *tracer) same() bool {
	if t.visit != nil || !strings.HasPrefix(t.text[t.at.offset:], t.value) || strings.ContainsAny(t.value, "\r\n") {
		return false
	}
	t.at.offset += len(t.value)
	t.at.Col += runesIn(t.value)
	t.done = len(t.value)
	return true
}

func (t *tracer) plain() bool {
	// A blank at the end may belong to a fold.
	if t.value != "" && !isBlank(t.value[len(t.value)-1]) && t.same() {
		return true
	}
	for !t.finished() {
		ok := false
		if t.atWhite() {
			ok = t.white()
		} else {
			ok = t.literal()
		}
		if !ok {
			return false
		}
	}
	return true
}

func (t *tracer) quoted(quote byte) bool {
	if t.peek() != quote {
		return false
	}
	t.at = t.at.step(t.text)
	if t.unescaped(quote) && t.same() {
		t.at = t.at.step(t.text)
		return true
	}
	for {
		ok := false
		switch c := t.peek(); {
		case c == quote && quote == '\'' && t.peekAt(1) == quote:
			ok = t.escape(2, '\'')
		case c == quote:
			t.at = t.at.step(t.text)
			return t.finished()
		case c == '\\' && quote == '"':
			ok = t.backslash()
		case t.atWhite():
			ok = t.white()
		default:
			ok = t.literal()
		}
		if !ok {
			return false
		}
	}
}

// unescaped reports whether the quote that ends the text stands right behind as many
// bytes as the value has, none of which means anything in quotes.
func (t *tracer) unescaped(quote byte) bool {
	end := t.at.offset + len(t.value)
	if end >= len(t.text) || t.text[end] != quote || strings.IndexByte(t.value, quote) >= 0 {
		return false
	}
	if quote == '"' {
		return strings.IndexByte(t.value, '\\') < 0
	}
	return end+1 == len(t.text) || t.text[end+1] != quote
}

// white takes the blanks and line breaks at hand. Blanks within a line stand for
// themselves. With one line break they are a space, with more a line break less;
// blanks next to the breaks are dropped.
func (t *tracer) white() bool {
	first := t.at
	for isBlank(t.peek()) {
		t.at = t.at.step(t.text)
	}
	if breakLen(t.text[t.at.offset:]) == 0 {
		end := t.at.offset
		for t.at = first; t.at.offset < end; {
			if !t.literal() {
				return false
			}
		}
		return true
	}
	fold := t.at.Pos
	t.lineBreak()
	breaks := t.blankLines()
	if len(breaks) == 0 {
		return t.yield(' ', fold, fold)
	}
	return t.yieldBreaks(breaks)
}

// lineBreak goes past the line break at hand.
func (t *tracer) lineBreak() {
	n := breakLen(t.text[t.at.offset:])
	t.at = place{t.at.offset + n, source.Pos{Line: t.at.Line + 1, Col: 1}}
}

// blankLines goes past blanks and line breaks, and gives the places of the breaks.
func (t *tracer) blankLines() []source.Pos {
	var breaks []source.Pos
	for t.atWhite() {
		if isBlank(t.peek()) {
			t.at = t.at.step(t.text)
			continue
		}
		breaks = append(breaks, t.at.Pos)
		t.lineBreak()
	}
	return breaks
}

func (t *tracer) yieldBreaks(at []source.Pos) bool {
	for _, p := range at {
		if !t.yield('\n', p, p) {
			return false
		}
	}
	return true
}

// escape yields one rune for the next n runes of the text.
func (t *tracer) escape(n int, c rune) bool {
	from := t.at
	t.at = t.at.steps(t.text, n)
	return t.yield(c, from.Pos, t.at.Pos)
}

// shortEscapes pairs the letter after a backslash with what it stands for, in
// YAML and in JSON.
const shortEscapes = "0\x00" + "a\a" + "b\b" + "t\t" + "\t\t" + "n\n" + "v\v" + "f\f" + "r\r" + "e\x1b" +
	"  " + `""` + `''` + `//` + `\\` + "N\u0085" + "_\u00a0" + "L\u2028" + "P\u2029"

func shortEscape(c byte) (rune, bool) {
	pairs := []rune(shortEscapes)
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] == rune(c) {
			return pairs[i+1], true
		}
	}
	return 0, false
}

func (t *tracer) backslash() bool {
	if breakLen(t.text[t.at.offset+1:]) > 0 {
		// The break is escaped: it and the blanks of the next line go, but the
		// breaks of further empty lines stay.
		t.at = t.at.step(t.text)
		t.lineBreak()
		return t.yieldBreaks(t.blankLines())
	}
	digits := 0
	switch c := t.peekAt(1); c {
	case 'x':
		digits = 2
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	default:
		r, ok := shortEscape(c)
		return ok && t.escape(2, r)
	}
	c, ok := hex(t.text[t.at.offset+2:], digits)
	if !ok {
		return false
	}
	length := 2 + digits
	if rest := t.text[t.at.offset+length:]; utf16.IsSurrogate(c) && strings.HasPrefix(rest, `\u`) {
		if low, ok := hex(rest[2:], 4); ok {
			c = utf16.DecodeRune(c, low)
			length += 6
		}
	}
	return t.escape(length, c)
}

// hex reads n hexadecimal digits.
func hex(s string, n int) (rune, bool) {
	if len(s) < n {
		return 0, false
	}
	v := rune(0)
	for _, c := range []byte(s[:n]) {
		switch {
		case '0' <= c && c <= '9':
			v = v<<4 | rune(c-'0')
		case 'a' <= c && c <= 'f':
			v = v<<4 | rune(c-'a'+10)
		case 'A' <= c && c <= 'F':
			v = v<<4 | rune(c-'A'+10)
		default:
			return 0, false
		}
	}
	return v, true
}
