package layout

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"truce/facts/doc"
)

// keyText is a key as it is written.
func keyText(n *doc.Node) string {
	if s, ok := inlineText(n); ok {
		return s
	}
	return doc.Escaped(n.Value)
}

// inlineText is a scalar on one line, or false where it has to take several.
func inlineText(n *doc.Node) (string, bool) {
	switch {
	case n.Style == doc.Literal || n.Style == doc.Folded:
		return "", false
	case n.Style == doc.Plain:
		return n.Value, !strings.Contains(n.Value, "\n")
	case n.Span.Start.Line == n.Span.End.Line:
		return requoted(n.Written()), true
	case n.Style == doc.SingleQuoted && printable(n.Value):
		return requoted("'" + strings.ReplaceAll(n.Value, "'", "''") + "'"), true
	}
	return requoted(doc.Escaped(n.Value)), true
}

func printable(s string) bool {
	return strings.IndexFunc(s, func(c rune) bool { return !unicode.IsPrint(c) }) < 0
}

// requoted takes the other kind of quotes where that saves all escapes.
func requoted(s string) string {
	inside := s[1 : len(s)-1]
	switch {
	case s[0] == '\'' && strings.Contains(inside, "''") && !strings.ContainsAny(inside, `"\`):
		return `"` + strings.ReplaceAll(inside, "''", "'") + `"`
	case s[0] == '"' && strings.Contains(inside, `\"`) && !strings.Contains(inside, "'") &&
		strings.Count(inside, `\`) == strings.Count(inside, `\"`):
		return "'" + strings.ReplaceAll(inside, `\"`, `"`) + "'"
	}
	return s
}

// filled is a scalar that is no block, on one line where it was written so or has room
// there; further lines are indented.
func filled(n *doc.Node, room, indent int) string {
	s, ok := inlineText(n)
	switch {
	case n.Span.Start.Line == n.Span.End.Line, ok && utf8.RuneCountInString(s) <= room:
		return s
	case ok:
		return strings.Join(fill(s, room, width-indent), "\n"+strings.Repeat(" ", indent))
	}
	// One line break more than the value has parts two paragraphs.
	var b strings.Builder
	for i, part := range strings.Split(n.Value, "\n") {
		if i > 0 {
			b.WriteByte('\n')
			room = width - indent
		}
		if i > 0 && part != "" {
			b.WriteString("\n" + strings.Repeat(" ", indent))
		}
		b.WriteString(strings.Join(fill(part, room, width-indent), "\n"+strings.Repeat(" ", indent)))
	}
	return b.String()
}

// fill breaks a text at single blanks into lines of so many runes, as far as it can.
func fill(text string, first, more int) []string {
	var lines []string
	room, used, start, end := first, 0, 0, 0 // the line at hand is from start to end
	word := func(to int) {
		n := utf8.RuneCountInString(text[end:to])
		if used > 0 && used+n > room {
			lines = append(lines, text[start:end])
			start, used, room = end+1, -1, more // the blank goes
		}
		used, end = used+n, to
	}
	for i, c := range text {
		if c == ' ' && breakable(text, i) {
			word(i)
		}
	}
	word(len(text))
	return append(lines, text[start:])
}

// breakable reports whether the blank at a byte is a single one between two words. In
// quotes, one next to a quote is not.
func breakable(text string, i int) bool {
	if i == 0 || i+1 == len(text) || text[i-1] == ' ' || text[i+1] == ' ' {
		return false
	}
	quoted := text[0] == '"' || text[0] == '\''
	return !quoted || i > 1 && i+2 < len(text)
}

// blockText are the lines of a literal or folded text inside an indentation, and how
// many line breaks its value ends in.
func blockText(n *doc.Node, indent int) (lines []string, breaks int) {
	body := strings.TrimRight(n.Value, "\n")
	breaks = len(n.Value) - len(body)
	if body == "" {
		return nil, breaks + 1
	}
	if n.Style == doc.Literal {
		return strings.Split(body, "\n"), breaks
	}
	for _, line := range n.BlockLines() {
		if strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") {
			lines = append(lines, line)
			continue
		}
		lines = append(lines, fill(line, width-indent, width-indent)...)
	}
	return lines, breaks
}

// blockSign is what starts a literal or folded text whose value ends in so many line
// breaks.
func blockSign(n *doc.Node, breaks int) string {
	sign := "|"
	if n.Style == doc.Folded {
		sign = ">"
	}
	if body := strings.TrimLeft(n.Value, "\n"); strings.HasPrefix(body, " ") {
		sign += fmt.Sprint(indentation)
	}
	switch breaks {
	case 0:
		return sign + "-"
	case 1:
		return sign
	}
	return sign + "+"
}
