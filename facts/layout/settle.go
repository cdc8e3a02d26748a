package layout

import (
	"strings"
	"unicode/utf8"

	"truce/facts/doc"
)

const indentation = 2

// settle decides which lists and maps in brackets are opened, and moves comments up to
// where there is room for them. What is behind the key or the dash stands further in.
func (l *line) settle(indent int) {
	v := l.value
	if v.node.Kind == doc.Scalar {
		return
	}
	if v.flow {
		v.open(l, indent)
	}
	if v.flow {
		return
	}
	inside := indent
	if l.item || l.key != nil {
		inside += indentation
	}
	for _, c := range v.lines {
		c.settle(inside)
	}
	if l.key != nil {
		return
	}
	// The first line of the value stands behind the dash, or is the first of the file.
	if l.trail != "" {
		l.lift(remark{text: l.trail})
		l.trail = ""
	}
	if first := v.lines[0]; l.item && len(first.above) > 0 {
		first.above[0].blank, l.blank = l.blank, first.blank
		l.above, first.above = append(l.above, first.above...), nil
	}
}

// open makes lines of what stands in brackets and does not fit.
func (v *value) open(l *line, indent int) {
	if len(v.lines) == 0 {
		return
	}
	if s, ok := v.inline(); ok && !v.remarked {
		start := indent
		if l.item {
			start += indentation
		} else if l.key != nil {
			start += utf8.RuneCountInString(keyText(l.key)) + len(": ")
		}
		if start+utf8.RuneCountInString(s) <= width {
			return
		}
	}
	v.flow = false
}

// inline is a value on one line, or false where it cannot stand on one.
func (v *value) inline() (string, bool) {
	if v.node.Kind == doc.Scalar {
		return inlineText(v.node)
	}
	var parts []string
	for _, l := range v.lines {
		s, ok := l.value.inline()
		if !ok {
			return "", false
		}
		switch {
		case l.key == nil:
		case s == "" && !v.bare:
			s = keyText(l.key)
		default:
			s = keyText(l.key) + ": " + s
		}
		parts = append(parts, s)
	}
	s := strings.Join(parts, ", ")
	switch {
	case v.node.Kind == doc.List:
		return "[" + s + "]", true
	case v.bare:
		return s, true
	}
	return "{" + s + "}", true
}

// long reports whether the line has others below it that are its own.
func (l *line) long() bool { return l.value.node.Kind != doc.Scalar && !l.value.flow }
