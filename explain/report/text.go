package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"truce/explain"
	"truce/rules"
)

// ShortLines is how many lines the short form has at most after the first, as they
// are printed: what goes on at the width counts.
const ShortLines = 25

// Form says which of an assessment's lines are written, and how.
type Form struct {
	Full bool // all lines, with the facts and claims behind them
	Style
}

// Text writes the assessment as text.
func (a *Assessment) Text(w io.Writer, f Form) error {
	p := &printer{style: f.Style}
	p.line(run{}, 0, run{bold, a.Answer.Sentence})
	p.line(run{}, 0, run{faint, a.heading()})
	if f.Full {
		for i := range a.Sections {
			s := &a.Sections[i]
			p.section(s, s.Lines, s.fullCount(), true)
		}
	} else {
		counts := a.shortCounts(f.Style)
		for i, n := range counts {
			s := &a.Sections[i]
			p.section(s, s.shortLines(), n, false)
		}
		p.more(a.leftOut(counts))
	}
	if f.Full {
		p.footer(a)
	}
	if a.Disclaimer != "" {
		p.line(run{}, 0, run{faint, a.Disclaimer})
	}
	return p.flush(w)
}

func (a *Assessment) heading() string {
	head := fmt.Sprintf("%s, as of %s", a.Case.ID, a.Case.AsOf)
	if a.Case.Title != "" {
		head += ": " + a.Case.Title
	}
	return head
}

// size is how many lines the section has; an empty one with something to say has
// one.
func (s *Section) size() int {
	n := len(s.Lines)
	if s.Matrix != nil {
		n = len(s.Matrix.Rows)
	}
	if n == 0 && s.Empty != "" {
		return 1
	}
	return n
}

func (s *Section) fullCount() int {
	if s.limit > 0 {
		return min(s.limit, s.size())
	}
	return s.size()
}

// shortLines are the lines that the short form chooses from.
func (s *Section) shortLines() []Line {
	if s.brief != nil {
		return s.brief
	}
	return s.Lines
}

func (s *Section) shortCount() int {
	switch {
	case s.brief == nil:
		return min(s.short, s.fullCount())
	case len(s.brief) == 0 && s.Empty != "":
		return min(s.short, 1)
	}
	return min(s.short, len(s.brief))
}

// shortCounts is how many lines of each section the short form shows. While they
// are too many as printed, one gives up its last: of the pack's own lines first,
// down to one, then of any section, down to one, then the whole section: what was
// known later, then the pack's own lines, the assumptions and confidence last. Where
// that leaves a choice, it is the section that shows most, of equals the one that
// stands last.
func (a *Assessment) shortCounts(style Style) []int {
	counts := make([]int, len(a.Sections))
	for i := range a.Sections {
		counts[i] = a.Sections[i].shortCount()
	}
	for a.shortHeight(counts, style) > 1+ShortLines {
		i := a.giver(counts)
		if i < 0 {
			break
		}
		counts[i]--
	}
	return counts
}

// shortHeight is how many lines the short form has as printed, the first among them.
func (a *Assessment) shortHeight(counts []int, style Style) int {
	p := &printer{style: Style{Width: style.Width}}
	p.line(run{}, 0, run{"", a.Answer.Sentence})
	p.line(run{}, 0, run{"", a.heading()})
	for i, n := range counts {
		p.section(&a.Sections[i], a.Sections[i].shortLines(), n, false)
	}
	p.more(a.leftOut(counts))
	if a.Disclaimer != "" {
		p.line(run{}, 0, run{"", a.Disclaimer})
	}
	return strings.Count(p.out.String(), "\n")
}

// leftOut is how many lines the full form has and the short form does not show.
func (a *Assessment) leftOut(counts []int) int {
	n := 0
	for i := range a.Sections {
		s := &a.Sections[i]
		switch {
		case s.folded && counts[i] > 0: // one line names all
		case s.brief != nil && len(s.brief) == 0: // what is shown is that there is none
			n += min(s.fullCount(), len(s.Lines))
		default:
			n += s.fullCount() - counts[i]
		}
	}
	return n
}

// more says how many lines were left out.
func (p *printer) more(n int) {
	if n > 0 {
		p.line(run{}, 0, run{faint, fmt.Sprintf("%d more with --full.", n)})
	}
}

// giver is the section that gives up a line, or -1.
func (a *Assessment) giver(counts []int) int {
	is := func(i int, kinds ...rules.SectionKind) bool {
		return slices.ContainsFunc(kinds, func(k rules.SectionKind) bool { return a.Sections[i].Kind == k.String() })
	}
	for _, may := range []func(i int) bool{
		func(i int) bool { return counts[i] > 1 && is(i, rules.Lines) },
		func(i int) bool { return counts[i] > 1 },
		func(i int) bool { return is(i, rules.KnownLater) },
		func(i int) bool { return is(i, rules.Lines) },
		func(i int) bool { return !is(i, rules.Assumptions, rules.Confidence) },
		func(int) bool { return true },
	} {
		most := -1
		for i := range counts {
			if counts[i] > 0 && may(i) && (most < 0 || counts[i] >= counts[most]) {
				most = i
			}
		}
		if most >= 0 {
			return most
		}
	}
	return -1
}

// section writes the first n of lines under the section's title.
func (p *printer) section(s *Section, lines []Line, n int, full bool) {
	if n == 0 {
		return
	}
	if full || s.Kind != rules.Confidence.String() {
		p.title(s, len(lines), n, full)
	}
	switch {
	case s.Matrix != nil && len(s.Matrix.Rows) > 0:
		p.matrix(s.Matrix, n)
		return
	case len(lines) == 0:
		p.empty(s)
		return
	case full && s.nothing():
		p.empty(s)
	}
	for i := range lines[:n] {
		l := &lines[i]
		runs := []run{{"", l.Text}}
		switch {
		case full:
			runs = append(runs, run{faint, reference(l.Facts, l.Cites, l.Extension)})
		case l.brief != "":
			runs[0].text = l.brief
		}
		p.line(markColumn(l.Mark), 2, runs...)
	}
}

// Full is what the full form has of a section: a sentence that stands in place of
// lines, or before them where they are only what was looked at; and so many of the
// lines, or of the rows.
func (s *Section) Full() (says string, lines int) {
	if s.nothing() {
		says = s.Empty
	}
	if s.Matrix != nil {
		return says, min(s.fullCount(), len(s.Matrix.Rows))
	}
	return says, min(s.fullCount(), len(s.Lines))
}

// nothing reports whether the section says that it found nothing, whatever lines it
// has of what was looked at.
func (s *Section) nothing() bool {
	found := len(s.Lines)
	switch {
	case s.Matrix != nil:
		found = len(s.Matrix.Rows)
	case s.brief != nil:
		found = len(s.brief)
	}
	return found == 0 && s.Empty != ""
}

// empty writes what a section says that has nothing to list.
func (p *printer) empty(s *Section) { p.line(markColumn(explain.Computed), 2, run{"", s.Empty}) }

func (p *printer) title(s *Section, all, n int, full bool) {
	title := []run{{bold, s.Title}}
	if s.Matrix != nil {
		all = len(s.Matrix.Rows)
		if full {
			title = append(title, run{faint, fmt.Sprintf("{%s by %s and %s}", s.Matrix.Fact, s.Matrix.Row, s.Matrix.Column)})
		}
	}
	if n < all {
		title = append(title, run{faint, fmt.Sprintf("(%d of %d)", n, all)})
	}
	p.line(run{}, 0, title...)
}

// reference names the facts whose proofs show a line, and what it cites:
// "{Balance, Offer; C04 C16}".
func reference(facts, cites []string, extension string) string {
	parts := []string{}
	if len(facts) > 0 {
		parts = append(parts, strings.Join(facts, ", "))
	}
	if len(cites) > 0 {
		parts = append(parts, strings.Join(cites, " "))
	} else if extension != "" {
		parts = append(parts, extension)
	}
	if len(parts) == 0 {
		return ""
	}
	return "{" + strings.Join(parts, "; ") + "}"
}

// matrix writes a table, or a line a row where the width is too small for one.
func (p *printer) matrix(m *Matrix, n int) {
	widths := m.widths(n)
	total := len(markColumn(0).text) + 2
	for _, w := range widths {
		total += w + 2
	}
	if p.style.Width > 0 && total > max(p.style.Width, leastWidth) {
		p.narrow(m, n)
		return
	}
	p.row(0, widths, "", m.Columns, faint)
	for i := range m.Rows[:n] {
		p.row(m.Rows[i].Mark, widths, m.Rows[i].Row, m.Rows[i].Cells, "")
	}
}

func (m *Matrix) widths(n int) []int {
	widths := make([]int, len(m.Columns)+1)
	fit := func(i int, s string) { widths[i] = max(widths[i], utf8.RuneCountInString(Printable(s))) }
	for i, c := range m.Columns {
		fit(i+1, c)
	}
	for _, r := range m.Rows[:n] {
		fit(0, r.Row)
		for i, c := range r.Cells {
			fit(i+1, c)
		}
	}
	return widths
}

func (p *printer) row(m explain.Mark, widths []int, name string, cells []string, hue string) {
	mark := markColumn(m)
	var b strings.Builder
	for i, c := range append([]string{name}, cells...) {
		c = Printable(c)
		b.WriteString(c + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(c)+2))
	}
	p.out.WriteString("  " + p.paint(mark.hue, mark.text))
	p.out.WriteString(p.paint(hue, strings.TrimRight(b.String(), " ")) + "\n")
}

func (p *printer) narrow(m *Matrix, n int) {
	for i := range m.Rows[:n] {
		r := &m.Rows[i]
		var parts []string
		for k, c := range r.Cells {
			if c != "" {
				parts = append(parts, m.Columns[k]+" "+c)
			}
		}
		p.line(markColumn(r.Mark), 2, run{"", r.Row + ": " + strings.Join(parts, ", ")})
	}
}

func (p *printer) footer(a *Assessment) {
	digest := a.Pack.Digest
	if len(digest) > 12 {
		digest = digest[:12]
	}
	p.line(run{}, 0, run{faint, strings.TrimSpace(fmt.Sprintf("Rules: %s %s %s", a.Pack.Name, a.Pack.Version, digest))})
}
