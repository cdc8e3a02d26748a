package report

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Writer lays out paragraphs and tables. Everything goes through Printable, so that
// nothing but its own colours can steer a terminal.
type Writer struct {
	Style Style
	out   strings.Builder
}

// Flush writes what was laid out, and begins anew.
func (w *Writer) Flush(to io.Writer) error {
	_, err := io.WriteString(to, w.out.String())
	w.out.Reset()
	return err
}

// Bold is a paragraph that stands out where colours are on.
func (w *Writer) Bold(format string, args ...any) { w.prose(bold, "", format, args...) }

// Line is a paragraph behind an indent.
func (w *Writer) Line(indent, format string, args ...any) { w.prose("", indent, format, args...) }

// prose writes a paragraph, wrapped.
func (w *Writer) prose(hue, indent, format string, args ...any) {
	col := 0
	for i, word := range strings.Fields(Printable(fmt.Sprintf(format, args...))) {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
			w.out.WriteString(indent)
			col = len(indent)
		case w.Style.Width > 0 && col+1+n > w.Style.Width:
			w.out.WriteString("\n  " + indent)
			col = len(indent) + 2
		default:
			w.out.WriteByte(' ')
			col++
		}
		if hue != "" && w.Style.Color {
			word = "\x1b[" + hue + "m" + word + "\x1b[0m"
		}
		w.out.WriteString(word)
		col += n
	}
	w.out.WriteByte('\n')
}

// Table writes rows, indented by two, with two spaces between columns. Rows are not
// wrapped.
func (w *Writer) Table(rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i := range row {
			row[i] = Printable(row[i])
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(row[i]))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString("  " + cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)))
		}
		w.out.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}
