package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"truce/explain"
)

// Style says how text looks.
type Style struct {
	Color bool // with the escape sequences of a terminal
	Width int  // in letters; 0 does not wrap
}

// leastWidth keeps room for a few words behind the widest margin.
const leastWidth = 40

// printer writes lines. All text goes through it, so that nothing but its own
// colours can steer a terminal.
type printer struct {
	out   strings.Builder
	style Style
}

// flush writes what was printed.
func (p *printer) flush(w io.Writer) error {
	_, err := io.WriteString(w, p.out.String())
	return err
}

// The colours of a terminal.
const (
	bold  = "1"
	faint = "2"
)

var markHues = [...]string{explain.Reported: "32", explain.Computed: "36", explain.Coded: "33",
	explain.Judgement: "35", explain.Assumed: "31"}

func (p *printer) paint(hue, s string) string {
	if !p.style.Color || s == "" || hue == "" {
		return s
	}
	return "\x1b[" + hue + "m" + s + "\x1b[0m"
}

// run is a stretch of text in one colour.
type run struct{ hue, text string }

// line writes runs as one line behind a margin that is already safe; what goes
// beyond the width goes on under the text.
func (p *printer) line(margin run, indent int, runs ...run) {
	p.out.WriteString(strings.Repeat(" ", indent) + p.paint(margin.hue, margin.text))
	left := indent + utf8.RuneCountInString(margin.text)
	col, start := left, true
	for _, r := range runs {
		for _, word := range strings.Fields(Printable(r.text)) {
			n := utf8.RuneCountInString(word)
			switch {
			case start:
			case p.style.Width > 0 && col+1+n > max(p.style.Width, leastWidth):
				p.out.WriteString("\n" + strings.Repeat(" ", left))
				col = left
			default:
				p.out.WriteByte(' ')
				col++
			}
			p.out.WriteString(p.paint(r.hue, word))
			col, start = col+n, false
		}
	}
	p.out.WriteByte('\n')
}

// markColumn is the mark in brackets, as wide as the widest.
func markColumn(m explain.Mark) run {
	width := len(explain.Judgement.String()) + len("[] ")
	if m == 0 {
		return run{"", strings.Repeat(" ", width)}
	}
	return run{markHues[m], fmt.Sprintf("%-*s", width, "["+m.String()+"]")}
}

// Printable is s with everything escaped that a terminal would act on rather than
// show. Line ends and tabs become spaces. The two joiners that Persian needs in
// the middle of words stay.
func Printable(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case r == '\n' || r == '\r' || r == '\t':
			b.WriteByte(' ')
		case unicode.IsPrint(r) || r == '\u200c' || r == '\u200d':
			b.WriteString(s[:n])
		case unicode.Is(unicode.Zs, r):
			b.WriteByte(' ')
		default:
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		}
		s = s[n:]
	}
	return b.String()
}
