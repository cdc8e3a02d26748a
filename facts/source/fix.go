package source

import (
	"cmp"
	"slices"
	"strings"
)

// Fix is a change of the text that does away with a finding. A finding has one only
// where nothing else can have been meant, so that nobody need be asked.
type Fix struct {
	Does  string // in words: "put the line in quotes"
	Edits []Edit // of one file, in the order of their places, none of them over another
}

// Edit puts a text in the place of a stretch of one line; of an empty stretch, before
// it. The text has no line break, so that lines keep their numbers.
type Edit struct {
	Span Span
	Text string
}

// Fixed returns the diagnostic with what does away with it. Without edits it stays as
// it is.
func (d Diagnostic) Fixed(does string, edits ...Edit) Diagnostic {
	if len(edits) > 0 {
		d.Fix = &Fix{Does: does, Edits: edits}
	}
	return d
}

// Replace is the edit that puts a text in the place of a span.
func Replace(at Span, text string) Edit { return Edit{at, text} }

// Insert is the edit that puts a text at a place.
func Insert(file string, at Pos, text string) Edit { return Edit{Span{file, at, at}, text} }

// ApplyFixes makes the fixes of a file's findings in its text, and gives the findings
// whose fix was made. Of two that meet, which may mean something else together than
// each alone, only the first is made: read the text again for the other. What stands
// outside of the edits stays as it is, byte for byte.
func ApplyFixes(file, text string, ds Diagnostics) (string, Diagnostics) {
	l := newLines(text)
	var made []change
	var done Diagnostics
	for _, d := range ds {
		cs, ok := l.changes(file, d.Fix)
		if !ok || meets(made, cs) {
			continue
		}
		made, done = append(made, cs...), append(done, d)
	}
	slices.SortFunc(made, func(a, b change) int { return a.from - b.from })
	var b strings.Builder
	at := 0
	for _, c := range made {
		b.WriteString(text[at:c.from])
		b.WriteString(c.text)
		at = c.to
	}
	b.WriteString(text[at:])
	return b.String(), done
}

// Text is the stretch of a text that a span covers, or "" where there is none.
func (s Span) Text(text string) string {
	from, to, ok := newLines(text).stretch(s)
	if !ok {
		return ""
	}
	return text[from:to]
}

// change is an edit by bytes, and the stretch of all edits of its fix.
type change struct {
	from, to int
	text     string
	low      int
	high     int
}

// meets reports whether the stretch of a fix touches that of one that is made.
func meets(made, cs []change) bool {
	return slices.ContainsFunc(made, func(m change) bool { return m.low <= cs[0].high && cs[0].low <= m.high })
}

// lines are the bytes at which the lines of a text start.
type lines struct {
	text   string
	starts []int
}

func newLines(text string) lines {
	l := lines{text, []int{0}}
	for i := range len(text) {
		if text[i] == '\n' {
			l.starts = append(l.starts, i+1)
		}
	}
	return l
}

// changes are the edits of a fix by bytes; false where there are none, or where they
// do not fit the text.
func (l lines) changes(file string, f *Fix) ([]change, bool) {
	if f == nil || len(f.Edits) == 0 {
		return nil, false
	}
	var cs []change
	for _, e := range f.Edits {
		from, to, ok := l.stretch(e.Span)
		if !ok || e.Span.File != file || e.Span.Start.Line != e.Span.End.Line || strings.ContainsAny(e.Text, "\r\n") {
			return nil, false
		}
		cs = append(cs, change{from: from, to: to, text: e.Text})
	}
	slices.SortStableFunc(cs, func(a, b change) int { return cmp.Compare(a.from, b.from) })
	for i := range cs {
		if i > 0 && cs[i].from < cs[i-1].to {
			return nil, false
		}
		cs[i].low, cs[i].high = cs[0].from, cs[len(cs)-1].to
	}
	return cs, true
}

// stretch is a span by bytes; false where the text has no such place.
func (l lines) stretch(s Span) (from, to int, ok bool) {
	from, first := l.offset(s.Start)
	to, last := l.offset(s.End)
	return from, to, first && last && from <= to
}

func (l lines) offset(p Pos) (int, bool) {
	if p.Line < 1 || p.Line > len(l.starts) || p.Col < 1 {
		return 0, false
	}
	at := l.starts[p.Line-1]
	for range p.Col - 1 {
		if at >= len(l.text) || l.text[at] == '\n' {
			return 0, false
		}
		at += runeLen(l.text[at:])
	}
	return at, true
}
