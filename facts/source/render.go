package source

import (
	"io"
	"strconv"
	"strings"
)

// Options says how findings are written out.
type Options struct {
	Color bool // with the escape sequences of a terminal
	Width int  // the longest excerpt line, in runes; 0 means 100
}

const (
	defaultWidth = 100
	leastWidth   = 24 // room for a gutter and a few runes around the caret
)

// Render writes each finding with the line it speaks of and a caret under the
// place. The function text gives the text of a file by the name that spans use,
// and false where there is none: the finding then stands without an excerpt.
// Whatever the file or the message holds, nothing reaches w that moves a cursor
// or turns the direction of writing, save the colours asked for.
func Render(w io.Writer, ds Diagnostics, text func(file string) (string, bool), o Options) {
	if o.Width <= 0 {
		o.Width = defaultWidth
	}
	r := renderer{text: text, lines: map[string][]string{}, color: o.Color, width: max(o.Width, leastWidth)}
	for _, d := range ds {
		r.diagnostic(d)
	}
	_, _ = io.WriteString(w, r.out.String()) // a report of errors has nowhere to report its own
}

// renderer holds one rendering: the lines of each file are split once.
type renderer struct {
	out   strings.Builder
	text  func(string) (string, bool)
	lines map[string][]string
	color bool
	width int
}

func (r *renderer) diagnostic(d Diagnostic) {
	hue := red
	if d.Severity == Warning {
		hue = yellow
	}
	if at := d.Span.String(); at != "" {
		r.out.WriteString(Safe(at) + ": ")
	}
	label := d.Severity.String()
	if d.Code != "" {
		label += " " + Safe(d.Code)
	}
	r.out.WriteString(r.paint(hue, label) + ": ")
	r.message("  ", d.Message)
	r.excerpt("   ", d.Span, hue)
	if d.Expected != "" {
		r.out.WriteString("  expected ")
		r.message("    ", d.Expected)
	}
	if d.Hint != "" {
		r.out.WriteString("  " + r.paint(cyan, "help") + ": ")
		r.message("    ", d.Hint)
	}
	for _, n := range d.Related {
		r.out.WriteString("  " + r.paint(cyan, "note") + ": ")
		if at := n.Span.String(); at != "" {
			r.out.WriteString(Safe(at) + ": ")
		}
		r.message("    ", n.Message)
		r.excerpt("     ", n.Span, cyan)
	}
}

// message writes a text whose further lines stand under its first.
func (r *renderer) message(indent, s string) {
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			r.out.WriteString(indent)
		}
		r.out.WriteString(Safe(line) + "\n")
	}
}

// excerpt writes the first line of a span and the caret line below it.
func (r *renderer) excerpt(indent string, s Span, hue string) {
	line, ok := r.line(s.File, s.Start.Line)
	if !ok {
		return
	}
	number := strconv.Itoa(s.Start.Line)
	gutter := indent + number + " | "
	shown, at, length := window(line, s, r.width-len(gutter))
	blank := indent + strings.Repeat(" ", len(number)) + " | "
	r.out.WriteString(strings.TrimRight(gutter+shown, " ") + "\n")
	r.out.WriteString(blank + strings.Repeat(" ", at) + r.paint(hue, strings.Repeat("^", length)) + "\n")
}

// line is one line of a file, without its end.
func (r *renderer) line(file string, number int) (string, bool) {
	lines, seen := r.lines[file]
	if !seen && r.text != nil {
		if text, ok := r.text(file); ok {
			lines = strings.Split(text, "\n")
		}
		r.lines[file] = lines
	}
	if number < 1 || number > len(lines) {
		return "", false
	}
	return strings.TrimSuffix(lines[number-1], "\r"), true
}

// window cuts a line down to width runes around the place of a span, and says
// at which rune of the result the caret starts and how long it is. A rune that
// is shown by several (an escaped control character) moves what follows it.
func window(line string, s Span, width int) (shown string, at, length int) {
	cells, starts := spread(line)
	last := len(starts) - 1 // starts has one more entry: the end of the line
	from := starts[min(max(s.Start.Col-1, 0), last)]
	to := starts[last]
	if s.End.Line == s.Start.Line {
		to = starts[min(max(s.End.Col-1, 0), last)]
	}
	to = max(to, from+1)
	if len(cells) <= width {
		return string(cells), from, to - from
	}
	left := max(0, min(from-width/3, len(cells)+1-width))
	right := min(left+width, len(cells))
	cut := append([]rune(nil), cells[left:right]...)
	if left > 0 {
		cut[0] = '…'
	}
	if right < len(cells) {
		cut[len(cut)-1] = '…'
	}
	return string(cut), from - left, min(to, left+width) - from
}

// spread makes a line safe to show, and gives for each of its runes, and for
// its end, where that stands in the result.
func spread(line string) (cells []rune, starts []int) {
	for i := 0; i < len(line); {
		n := runeLen(line[i:])
		starts = append(starts, len(cells))
		if line[i] == '\t' {
			cells = append(cells, ' ')
		} else {
			cells = append(cells, []rune(Safe(line[i:i+n]))...)
		}
		i += n
	}
	return cells, append(starts, len(cells))
}

// The colours of a terminal.
const (
	red    = "1;31"
	yellow = "1;33"
	cyan   = "1;36"
)

func (r *renderer) paint(hue, s string) string {
	if !r.color {
		return s
	}
	return "\x1b[" + hue + "m" + s + "\x1b[0m"
}
