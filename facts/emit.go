package facts

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"truce/facts/doc"
)

// lineWidth is the width up to which a map is written on one line, and to which
// comments are wrapped.
const lineWidth = 100

// pair is a key and its value, both as they stand in the file.
type pair struct{ key, value string }

// emitter writes the small part of YAML that cases use: maps and lists below one
// another, maps on one line, and scalars, plain or in double quotes.
type emitter struct{ b strings.Builder }

func (e *emitter) line(indent int, s string) {
	e.b.WriteString(strings.Repeat(" ", indent))
	e.b.WriteString(s)
	e.b.WriteByte('\n')
}

// entry writes a key with pairs as its value, on one line where there is room.
func (e *emitter) entry(indent int, key string, pairs []pair) {
	if one := key + ": " + flow(pairs); indent+utf8.RuneCountInString(one) <= lineWidth {
		e.line(indent, one)
		return
	}
	e.line(indent, key+":")
	for _, p := range pairs {
		e.line(indent+2, p.key+": "+p.value)
	}
}

// list writes a key with texts, each on its line.
func (e *emitter) list(key string, texts []string) {
	if len(texts) == 0 {
		return
	}
	e.line(0, key+":")
	for _, s := range texts {
		e.line(2, "- "+scalarText(s))
	}
}

func flow(pairs []pair) string {
	parts := make([]string, len(pairs))
	for i, p := range pairs {
		parts[i] = p.key + ": " + p.value
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// scalarText is a text as a scalar: plain where no reader of YAML could take it
// for something else, in double quotes otherwise.
func scalarText(s string) string {
	if isPlain(s) {
		return s
	}
	return doc.Escaped(s)
}

// isPlain is stricter than YAML: a text that needs a thought is quoted.
func isPlain(s string) bool {
	switch strings.ToLower(s) {
	case "", "null", "true", "false", "yes", "no", "on", "off", "y", "n":
		return false
	}
	last := ' '
	for i, c := range s {
		word := unicode.IsLetter(c) || '0' <= c && c <= '9'
		sign := i > 0 && (c == ' ' || strings.ContainsRune("_./()+%;'-", c))
		if minus := i == 0 && c == '-' && len(s) > 1 && '0' <= s[1] && s[1] <= '9'; !word && !sign && !minus {
			return false
		}
		last = c
	}
	return last != ' '
}

// comment writes a text as a comment, wrapped, with further lines hanging under
// the first. What could end a comment early is written as a blank.
func (e *emitter) comment(prefix string, indent int, hang, s string) {
	start := prefix + strings.Repeat(" ", indent) + "# "
	line, width := start, utf8.RuneCountInString(start)
	empty := true
	for _, word := range strings.Fields(strings.Map(printable, s)) {
		n := utf8.RuneCountInString(word)
		if !empty && width+1+n > lineWidth {
			e.line(0, line)
			line = start + hang
			width, empty = utf8.RuneCountInString(line), true
		}
		if !empty {
			line += " "
			width++
		}
		line += word
		width += n
		empty = false
	}
	if !empty {
		e.line(0, line)
	}
}

func printable(c rune) rune {
	if unicode.IsPrint(c) {
		return c
	}
	return ' '
}
