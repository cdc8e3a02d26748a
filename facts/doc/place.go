package doc

import (
	"strings"
	"unicode/utf8"

	"truce/facts/source"
)

// place is a byte of a text together with the line and column that an editor
// shows for it.
type place struct {
	offset int
	source.Pos
}

func start() place { return place{Pos: source.Pos{Line: 1, Col: 1}} }

// step is the place after the rune at p. At the end of the text it is p.
func (p place) step(text string) place {
	if p.offset >= len(text) {
		return p
	}
	n := 1
	switch b := text[p.offset]; {
	case b == '\n':
		return place{p.offset + 1, source.Pos{Line: p.Line + 1, Col: 1}}
	case b >= utf8.RuneSelf:
		_, n = utf8.DecodeRuneInString(text[p.offset:])
	}
	p.offset += n
	p.Col++
	return p
}

// steps is the place n runes on.
func (p place) steps(text string, n int) place {
	for ; n > 0; n-- {
		p = p.step(text)
	}
	return p
}

// seek goes forward to a line and column; it stops at the end of the text, and
// of the line, and never goes back.
func (p place) seek(text string, to source.Pos) place {
	for p.Line < to.Line {
		i := strings.IndexByte(text[p.offset:], '\n')
		if i < 0 {
			return p.toLineEnd(text)
		}
		p = place{p.offset + i + 1, source.Pos{Line: p.Line + 1, Col: 1}}
	}
	for p.Line == to.Line && p.Col < to.Col && !p.atLineEnd(text) {
		p = p.step(text)
	}
	return p
}

func (p place) atEnd(text string) bool { return p.offset >= len(text) }

// atLineEnd reports whether a line break or the end of the text is at p.
func (p place) atLineEnd(text string) bool { return breakLen(text[p.offset:]) > 0 || p.atEnd(text) }

func (p place) toLineEnd(text string) place {
	for !p.atLineEnd(text) {
		p = p.step(text)
	}
	return p
}

// breakLen is the length of the line break that s starts with, or 0.
func breakLen(s string) int {
	switch {
	case s == "":
	case s[0] == '\n':
		return 1
	case s[0] == '\r' && len(s) > 1 && s[1] == '\n':
		return 2
	}
	return 0
}

// lineBefore is what stands on p's line before it, and lineFrom what stands on
// it from p on; of a long line only the stretch near p.
func (p place) lineBefore(text string) string {
	low := max(0, p.offset-nearby)
	for low < p.offset && !utf8.RuneStart(text[low]) {
		low++
	}
	s := text[low:p.offset]
	return s[strings.LastIndexByte(s, '\n')+1:]
}

func (p place) lineFrom(text string) string {
	high := min(len(text), p.offset+nearby)
	for high < len(text) && !utf8.RuneStart(text[high]) {
		high++
	}
	s := text[p.offset:high]
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		s = s[:i]
	}
	return strings.TrimRight(s, " \t\r")
}

const nearby = 200

// placeAt is the place of a byte.
func placeAt(text string, offset int) place {
	lineStart := strings.LastIndexByte(text[:offset], '\n') + 1
	return place{offset, source.Pos{
		Line: strings.Count(text[:offset], "\n") + 1,
		Col:  utf8.RuneCountInString(text[lineStart:offset]) + 1,
	}}
}

func span(file string, from, to source.Pos) source.Span {
	return source.Span{File: file, Start: from, End: to}
}
