package layout

import (
	"strings"

	"truce/facts/doc"
)

// between stands between a line and the comment behind it.
const between = "   "

// printer writes lines.
type printer struct {
	b      strings.Builder
	keep   bool // a block that keeps its empty lines has just ended: one more would be its own
	behind bool // what comes next stands on the line at hand, behind a dash
}

// written is the text of a file, with the comments that stand below it all.
func written(root *line, rest []remark) string {
	p := &printer{}
	root.settle(0)
	p.remarks(root.above, 0)
	if root.long() {
		p.block(root.value, 0)
	} else {
		p.value(root, 0, 0)
	}
	p.below(rest, 0)
	return p.b.String()
}

func (p *printer) start(indent int) {
	if !p.behind {
		p.b.WriteString(strings.Repeat(" ", indent))
	}
	p.behind, p.keep = false, false
}

func (p *printer) blank() {
	if !p.keep {
		p.b.WriteByte('\n')
	}
}

// remarks writes comments on lines of their own; a blank line above the first is the
// caller's.
func (p *printer) remarks(list []remark, indent int) {
	for i, r := range list {
		if i > 0 && r.blank {
			p.blank()
		}
		p.start(indent)
		p.b.WriteString(r.text + "\n")
	}
}

// below writes comments below the last line of something.
func (p *printer) below(list []remark, indent int) {
	if len(list) > 0 && list[0].blank {
		p.blank()
	}
	p.remarks(list, indent)
}

// block writes a list or a map line by line.
func (p *printer) block(v *value, indent int) {
	apart := v.shape != nil && v.shape.Apart
	for i, l := range v.lines {
		blank := l.blank
		if len(l.above) > 0 {
			blank = l.above[0].blank
		}
		if i > 0 && (blank || apart && (l.long() || v.lines[i-1].long())) {
			p.blank()
		}
		p.remarks(l.above, indent)
		if len(l.above) > 0 && l.blank {
			p.blank()
		}
		p.line(l, indent)
	}
	p.below(v.foot, indent)
}

// line writes a line and what is below it.
func (p *printer) line(l *line, indent int) {
	p.start(indent)
	if l.item {
		p.b.WriteString("-")
		if l.long() {
			p.b.WriteString(" ")
			p.behind = true
			p.block(l.value, indent+indentation)
			return
		}
		p.value(l, indent, indentation)
		return
	}
	key := keyText(l.key) + ":"
	p.b.WriteString(key)
	if l.long() {
		p.end(l)
		p.block(l.value, indent+indentation)
		return
	}
	p.value(l, indent, len([]rune(key))+1)
}

// end writes the comment behind a line, and ends it.
func (p *printer) end(l *line) {
	if l.trail != "" {
		p.b.WriteString(between + l.trail)
	}
	p.b.WriteByte('\n')
}

// value writes what stands on one line, or is a text, behind so many runes of a line.
func (p *printer) value(l *line, indent, used int) {
	v := l.value
	n := v.node
	if used > 0 && (n.Kind != doc.Scalar || n.Value != "" || n.Style != doc.Plain) {
		p.b.WriteByte(' ')
	}
	switch {
	case n.Kind != doc.Scalar:
		s, _ := v.inline() // settled: it can
		p.b.WriteString(s)
	case n.Style == doc.Literal || n.Style == doc.Folded:
		p.text(l, indent)
		return
	default:
		p.b.WriteString(filled(n, width-indent-used, indent+indentation))
	}
	p.end(l)
}

// text writes a literal or folded text, with the comment behind its sign.
func (p *printer) text(l *line, indent int) {
	n := l.value.node
	lines, breaks := blockText(n, indent+indentation)
	p.b.WriteString(blockSign(n, breaks))
	p.end(l)
	for _, line := range lines {
		if line != "" {
			p.b.WriteString(strings.Repeat(" ", indent+indentation) + line)
		}
		p.b.WriteByte('\n')
	}
	for range breaks - 1 {
		p.b.WriteByte('\n')
	}
	p.keep = breaks > 1
}
