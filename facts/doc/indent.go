package doc

import (
	"regexp"
	"strings"

	"truce/facts/source"
)

// Where a line starts is what people get wrong most: its dash, the blank behind the
// dash, and the column. What should stand there is read off the lines above.

// textLine is a line with how far it is indented.
type textLine struct {
	number  int // from 1
	text    string
	indent  int
	dashed  bool
	content int // columns before what stands behind its dashes
}

func newTextLine(number int, text string) textLine {
	text = strings.TrimRight(text, " \t\r")
	l := textLine{number: number, text: text, indent: len(text) - len(strings.TrimLeft(text, " "))}
	l.content = len(dashStart.FindString(text))
	l.dashed = strings.HasPrefix(text[l.indent:], "- ") || text[l.indent:] == "-"
	return l
}

// span is all of the line that is not indentation.
func (l textLine) span(file string) source.Span {
	from := source.Pos{Line: l.number, Col: l.indent + 1}
	return span(file, from, source.Pos{Line: l.number, Col: from.Col + runesIn(l.text[l.indent:])})
}

// farAbove is how many lines above a fault are looked at.
const farAbove = 300

// above are the lines before that of the fault, the nearest first, without blank ones
// and comments.
func (s *syntaxError) above() []textLine {
	lines := strings.Split(s.text[:s.lineStart.offset], "\n")
	var ls []textLine
	for i := len(lines) - 2; i >= 0 && len(ls) < farAbove; i-- {
		if l := newTextLine(i+1, lines[i]); l.text != "" && !strings.HasPrefix(l.text[l.indent:], "#") {
			ls = append(ls, l)
		}
	}
	return ls
}

// around are those of the lines above that the line is inside of or beside.
func around(above []textLine) []textLine {
	var ls []textLine
	for _, l := range above {
		if n := len(ls); n == 0 || l.indent < ls[n-1].indent {
			ls = append(ls, l)
		}
	}
	return ls
}

// blank finds a blank of another kind in the indentation, here or, where that is what
// keeps the text from being read, above.
func (s *syntaxError) blank() (source.Diagnostic, bool) {
	for i, l := range append([]textLine{newTextLine(s.lineStart.Line, s.line)}, s.above()...) {
		blanks := oddBlanks.FindString(l.text)
		if blanks == "" {
			continue
		}
		from := source.Pos{Line: l.number, Col: 1}
		at := span(s.name, from, source.Pos{Line: l.number, Col: 1 + runesIn(blanks)})
		d := Tab.At(at, "there is a blank in the indentation that is no space").Suggest("use spaces: the line was copied from a page that has others")
		d = s.mended(d, "write spaces", []source.Edit{source.Replace(at, strings.Repeat(" ", runesIn(blanks)))})
		if i == 0 || d.Fix != nil {
			return d, true
		}
	}
	return source.Diagnostic{}, false
}

// oddBlanks matches an indentation with blanks that are neither spaces nor tabs.
var oddBlanks = regexp.MustCompile(`^ *[\x{00a0}\x{202f}\x{3000}][ \x{00a0}\x{202f}\x{3000}]*`)

var dashWithoutSpace = regexp.MustCompile(`^ *-[A-Za-z_.("'\[{!]`)

// dashSpace finds a dash without a space behind it: here, in the line beside this one or
// around it where that is what keeps the text from being read, and in the same list.
func (s *syntaxError) dashSpace() (source.Diagnostic, bool) {
	here, above := newTextLine(s.lineStart.Line, s.line), s.above()
	for _, l := range append([]textLine{here}, around(above)...) {
		if l.indent > here.indent || !dashWithoutSpace.MatchString(l.text) {
			continue
		}
		l = firstOfList(l, above)
		at := l.span(s.name)
		at.End = source.Pos{Line: l.number, Col: at.Start.Col + 1}
		d := Syntax.At(at, "a space is missing after the dash").Suggest("write - %s", l.text[l.indent+1:])
		edits := []source.Edit{source.Insert(s.name, at.End, " ")}
		d = s.mended(d, "write a space after the dash", append(edits, s.alsoDashed(l)...))
		return d, l.indent == here.indent || d.Fix != nil
	}
	return source.Diagnostic{}, false
}

// firstOfList is the first line of a list of lines that all lack the space behind their
// dash, given one of them and the lines above, the nearest first.
func firstOfList(l textLine, above []textLine) textLine {
	for _, m := range above {
		if m.number > l.number || m.indent > l.indent {
			continue
		}
		if m.indent < l.indent || !dashWithoutSpace.MatchString(m.text) {
			break
		}
		l = m
	}
	return l
}

// alsoDashed are the edits for the lines below one that lacks the space behind its dash
// which stand in the same list and lack it too.
func (s *syntaxError) alsoDashed(l textLine) []source.Edit {
	var edits []source.Edit
	for i, text := range strings.Split(s.text, "\n")[l.number:] {
		m := newTextLine(l.number+1+i, text)
		switch {
		case m.text == "" || m.indent > l.indent:
		case m.indent < l.indent || !dashWithoutSpace.MatchString(m.text):
			return edits
		default:
			edits = append(edits, source.Insert(s.name, source.Pos{Line: m.number, Col: m.indent + 2}, " "))
		}
	}
	return edits
}

// cut finds a comment that ends a text which the line goes on with.
func (s *syntaxError) cut() (source.Diagnostic, bool) {
	l, above := newTextLine(s.lineStart.Line, s.line), s.above()
	if len(above) == 0 || l.indent <= above[0].indent || l.dashed || ownLine.MatchString(l.text+"\n") {
		return source.Diagnostic{}, false
	}
	before, comment, found := strings.Cut(above[0].text, " #")
	if !found {
		return source.Diagnostic{}, false
	}
	at := above[0].span(s.name)
	at.Start.Col = runesIn(before) + 2
	return Syntax.At(at, "the text before this comment ends with it, and the next line goes on with the text").
		Suggest("move the comment to a line of its own above: #%s", comment), true
}

// dash finds a line that has no dash beside lines that have one, or the other way
// round.
func (s *syntaxError) dash() (source.Diagnostic, bool) {
	l, ls := newTextLine(s.lineStart.Line, s.line), around(s.above())
	if !s.layout() || len(ls) == 0 || l.text == "" {
		return source.Diagnostic{}, false
	}
	ownKey := ownLine.MatchString(l.text + "\n")
	for _, b := range ls {
		at := source.Pos{Line: l.number, Col: l.indent + 1}
		d := Syntax.At(span(s.name, at, source.Pos{Line: l.number, Col: l.indent + 2}), "")
		switch {
		case b.indent == l.indent && b.dashed && !l.dashed, b.dashed && b.content == l.indent && !ownKey:
			d.Message = "the lines that this one stands below start with a dash, and it does not"
			d = d.Suggest("write - %s in column %d", l.text[l.indent:], b.indent+1)
			if !ownKey {
				d.Hint += "; to go on with the text above, indent it further than the text"
			}
			return d.See(b.span(s.name), "this is the one above"), true
		case b.indent == l.indent && l.dashed && !b.dashed:
			d.Message = "this line starts with a dash, and those above it in the same column do not"
			return d.Suggest("start all of them with a dash, or none of them").See(b.span(s.name), "this is the one above"), true
		case b.indent == l.indent:
			return source.Diagnostic{}, false
		}
	}
	return source.Diagnostic{}, false
}

// layout reports whether the library tripped over how lines are arranged.
func (s *syntaxError) layout() bool {
	for _, says := range []string{"did not find expected key", "did not find expected '-' indicator", "could not find expected ':'",
		"mapping values are not allowed", "block sequence entries are not allowed"} {
		if strings.HasPrefix(s.message, says) {
			return true
		}
	}
	return false
}

// column finds a line that is indented like none that it could stand beside.
func (s *syntaxError) column() (source.Diagnostic, bool) {
	l, ls := newTextLine(s.lineStart.Line, s.line), around(s.above())
	if !s.layout() || !ownLine.MatchString(l.text+"\n") || strings.Count(l.text, ": ") > 1 {
		return source.Diagnostic{}, false
	}
	best, of := -1, textLine{}
	for _, b := range ls {
		for _, at := range b.starts(l.dashed) {
			if at == l.indent {
				return source.Diagnostic{}, false
			}
			if best < 0 || distance(at, l.indent) < distance(best, l.indent) {
				best, of = at, b
			}
		}
	}
	if best < 0 {
		return source.Diagnostic{}, false
	}
	return Syntax.At(l.span(s.name), "this line starts in column %d, and none that it could stand beside does", l.indent+1).
		Suggest("start it in column %d, like what stands above", best+1).See(of.span(s.name), "this is the one above"), true
}

// starts are the columns, from 0, in which a line beside this one starts, with a dash
// or without.
func (l textLine) starts(dashed bool) []int {
	switch {
	case dashed && l.dashed, !dashed && !l.dashed:
		return []int{l.indent}
	case !dashed && ownLine.MatchString(l.text[l.content:]+"\n"):
		return []int{l.content}
	}
	return nil
}

func distance(a, b int) int { return max(a-b, b-a) }
