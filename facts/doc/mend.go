package doc

import (
	"regexp"
	"slices"
	"strings"

	"truce/facts/source"
)

// A syntax error has a fix where the text can be read as far as behind its line once
// the fix is made, and where what it makes of the text is the only thing that it can
// have been meant to be.

// mended is a finding with its edits, where they mend the text.
func (s *syntaxError) mended(d source.Diagnostic, does string, edits []source.Edit) source.Diagnostic {
	d = d.Fixed(does, edits...)
	if d.Fix == nil {
		return d
	}
	text, done := source.ApplyFixes(s.name, s.text, source.Diagnostics{d})
	if _, _, err := parse(text); len(done) == 0 || err != nil && !s.behindLine(text, err) {
		d.Fix = nil
	}
	return d
}

// behindLine reports whether an error stands behind the line of this one.
func (s *syntaxError) behindLine(text string, err error) bool {
	_, message := splitMessage(err.Error())
	p, ok := locate(text, message)
	return ok && p.Line > max(s.lineStart.Line, s.at.Line)
}

// quoted is a finding that quotes around a stretch of the line do away with.
func (s *syntaxError) quoted(d source.Diagnostic, at source.Span) source.Diagnostic {
	if raw := at.Text(s.text); strings.Contains(raw, " #") {
		return d // what is behind it may be a comment
	}
	return s.mended(d, "put it in quotes", Quoted(s.name, s.text, at))
}

// straight is a finding about curly quotes that straight ones do away with.
func (s *syntaxError) straight(d source.Diagnostic, at source.Span) source.Diagnostic {
	return s.mended(d, "write straight quotes", straight(s.text, at))
}

// widths are how wide a tab may be, the likeliest first.
var widths = [...]int{2, 4, 8, 1, 3, 5, 6, 7}

// tabs are the edits that put spaces in the place of all tabs of the indentation:
// there are some where every width of a tab with which the text can be read gives the
// same tree. A width that makes a line with a dash or a key of its own go on with the
// text above it does not count, and neither does one with which less can be read than
// with another: the text may have a further fault below.
func (s *syntaxError) tabs() []source.Edit {
	if len(s.text) > longestSearch {
		return nil
	}
	var readings []untabbing
	end := 0
	for _, width := range widths {
		u := s.untabbed(width)
		line, ok := u.readable()
		switch {
		case !ok || line < end:
		case line > end:
			readings, end = []untabbing{u}, line
		default:
			readings = append(readings, u)
		}
	}
	var tree *Node
	var edits []source.Edit
	for _, u := range readings {
		n := readYAML(s.name, strings.Join(strings.SplitAfter(u.text, "\n")[:end], ""), Limits{}.orDefault(), &findings{})
		switch {
		case n == nil || swallows(n):
		case tree == nil:
			tree, edits = n, u.edits
		case !same(tree, n):
			return nil
		}
	}
	return edits
}

// untabbing is a text with spaces in the place of tabs.
type untabbing struct {
	text  string
	last  int // the last line that had one
	edits []source.Edit
}

// readable is how many lines of the text can be read, and whether those with tabs are
// among them.
func (u untabbing) readable() (int, bool) {
	_, _, err := parse(u.text)
	if err == nil {
		return strings.Count(u.text, "\n") + 1, true
	}
	_, message := splitMessage(err.Error())
	p, ok := locate(u.text, message)
	return p.Line - 1, ok && p.Line > u.last
}

var indented = regexp.MustCompile(`(?m)^[ \t]*\t[ \t]*`)

// untabbed is the text with so many spaces in the place of each tab of the indentation
// of lines.
func (s *syntaxError) untabbed(width int) untabbing {
	u := untabbing{}
	p := start()
	for _, at := range indented.FindAllStringIndex(s.text, -1) {
		p = place{at[0], source.Pos{Line: p.Line + strings.Count(s.text[p.offset:at[0]], "\n"), Col: 1}}
		to := source.Pos{Line: p.Line, Col: 1 + at[1] - at[0]}
		blanks := strings.ReplaceAll(s.text[at[0]:at[1]], "\t", strings.Repeat(" ", width))
		u.edits = append(u.edits, source.Replace(span(s.name, p.Pos, to), blanks))
		u.last = p.Line
	}
	u.text, _ = source.ApplyFixes(s.name, s.text, source.Diagnostics{source.Diagnostic{}.Fixed("", u.edits...)})
	return u
}

var ownLine = regexp.MustCompile(`^\s*(-\s|[A-Za-z_][\w-]*:(\s|$))`)

// swallows reports whether a plain text of the tree goes on with a line that looks
// like one of its own.
func swallows(n *Node) bool {
	if n.Kind == Scalar && n.Style == Plain && n.Span.Start.Line < n.Span.End.Line {
		for i, line := range strings.Split(n.Span.Text(n.file.text), "\n") {
			if i > 0 && ownLine.MatchString(line+"\n") {
				return true
			}
		}
	}
	return slices.ContainsFunc(n.Items, swallows) ||
		slices.ContainsFunc(n.Entries, func(e Entry) bool { return swallows(e.Key) || swallows(e.Value) })
}

// same reports whether two trees say the same.
func same(a, b *Node) bool {
	return a.Kind == b.Kind && a.Null == b.Null && a.Value == b.Value && slices.EqualFunc(a.Items, b.Items, same) &&
		slices.EqualFunc(a.Entries, b.Entries, func(e, f Entry) bool { return same(e.Key, f.Key) && same(e.Value, f.Value) })
}
