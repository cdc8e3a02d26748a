package doc

import (
	"strings"
	"unicode/utf8"

	"truce/facts/source"
)

// Grid is a file of separated values: rows of cells, as a spreadsheet shows them.
type Grid struct {
	Name      string
	Separator byte // a comma, a semicolon or a tab
	Rows      []GridRow
}

// GridRow is a row that is not empty.
type GridRow struct {
	Number int     // as spreadsheets count, from 1
	Cells  []*Node // scalars of the style Cell; none is nil
}

// Cell is the cell in a column, from 0; one without text at the end of the row where
// the row is shorter.
func (r GridRow) Cell(column int) *Node {
	if column < len(r.Cells) {
		return r.Cells[column]
	}
	last := r.Cells[len(r.Cells)-1]
	return &Node{Style: Cell, Span: span(last.Span.File, last.Span.End, last.Span.End)}
}

// CellName is how spreadsheets call a cell: B7. Columns count from 0, rows from 1.
func CellName(column, row int) string {
	name := ""
	for c := column + 1; c > 0; c = (c - 1) / 26 {
		name = string(rune('A'+(c-1)%26)) + name
	}
	return name + itoa(row)
}

func itoa(n int) string {
	digits := ""
	for ; n > 0; n /= 10 {
		digits = string(rune('0'+n%10)) + digits
	}
	return digits
}

// CellAt is the name of the cell in which a place lies, or "".
func (g *Grid) CellAt(p source.Pos) string {
	for _, r := range g.Rows {
		for c := len(r.Cells) - 1; c >= 0; c-- {
			s := r.Cells[c].Span
			if s.Start.Compare(p) <= 0 && p.Compare(s.End) <= 0 {
				return CellName(c, r.Number)
			}
		}
	}
	return ""
}

// ReadCSV reads a file of separated values as spreadsheets write them: parted by
// commas, semicolons or tabs, whichever the first line has most of outside of quotes;
// with a byte-order mark or none, and line ends of Unix or Windows. Empty rows and
// empty columns at the right are passed over. The grid is nil where there is an error.
func ReadCSV(name string, text []byte, lim Limits) (*Grid, source.Diagnostics) {
	lim = lim.orDefault()
	f := &findings{}
	body, ok := decode(name, []byte(strings.TrimPrefix(string(text), "\ufeff")), lim, f)
	if !ok {
		return nil, f.list
	}
	r := &gridReader{file: &file{name: name, text: body}, at: start(), lim: lim, f: f}
	g := &Grid{Name: name, Separator: separatorOf(body)}
	r.separator = g.Separator
	for number := 1; !r.at.atEnd(body); number++ {
		row, ok := r.row(number)
		if !ok {
			return nil, f.list.Sort()
		}
		if len(row.Cells) > 0 {
			g.Rows = append(g.Rows, row)
		}
	}
	if len(g.Rows) == 0 {
		f.add(Empty.At(source.Span{File: name}, "the file is empty"))
		return nil, f.list
	}
	return g, nil
}

// separatorOf is what parts the cells of the first line.
func separatorOf(text string) byte {
	counts := map[byte]int{}
	quoted := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			quoted = !quoted
		case c == '\n' && !quoted && len(counts) > 0:
			i = len(text)
		case !quoted && (c == ',' || c == ';' || c == '\t'):
			counts[c]++
		}
	}
	best := byte(',')
	for _, c := range []byte{';', '\t'} {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return best
}

type gridReader struct {
	file      *file
	at        place
	separator byte
	lim       Limits
	cells     int
	f         *findings
}

// row reads a row with its line end. A row of empty cells has none.
func (r *gridReader) row(number int) (GridRow, bool) {
	row := GridRow{Number: number}
	filled := 0
	for {
		if r.cells++; r.cells > r.lim.Nodes {
			r.f.add(TooMany.At(span(r.file.name, r.at.Pos, r.at.Pos), "the file has more than %d cells", r.lim.Nodes))
			return row, false
		}
		n, ok := r.cell()
		if !ok {
			return row, false
		}
		if row.Cells = append(row.Cells, n); strings.TrimSpace(n.Value) != "" {
			filled = len(row.Cells)
		}
		if r.at.atEnd(r.file.text) {
			break
		}
		if n := breakLen(r.rest()); n > 0 {
			r.at = place{r.at.offset + n, source.Pos{Line: r.at.Line + 1, Col: 1}}
			break
		}
		r.at = r.at.step(r.file.text) // the separator
	}
	if filled == 0 {
		row.Cells = nil
	}
	return row, true
}

func (r *gridReader) rest() string { return r.file.text[r.at.offset:] }

// cell reads one cell, up to its separator or line end.
func (r *gridReader) cell() (*Node, bool) {
	from := r.at
	n := &Node{Style: Cell, file: r.file, offset: from.offset}
	if strings.HasPrefix(r.rest(), `"`) {
		value, ok := r.quoted()
		if !ok {
			return nil, false
		}
		n.Value = value
	} else {
		n.Value = r.bare()
		if i := strings.IndexByte(n.Value, '"'); i >= 0 {
			at := from.steps(r.file.text, utf8.RuneCountInString(n.Value[:i]))
			r.f.add(CellQuote.At(span(r.file.name, at.Pos, at.step(r.file.text).Pos), "a quote stands inside a cell that does not begin with one").
				Suggest(`put the cell in quotes, and write each quote inside it twice: "5"" pipe"`))
			return nil, false
		}
	}
	n.Span, n.end = span(r.file.name, from.Pos, r.at.Pos), r.at.offset
	return n, true
}

// bare goes past a cell without quotes.
func (r *gridReader) bare() string {
	from := r.at.offset
	for !r.atCellEnd() {
		r.at = r.at.step(r.file.text)
	}
	return r.file.text[from:r.at.offset]
}

func (r *gridReader) atCellEnd() bool {
	return r.at.atLineEnd(r.file.text) || r.file.text[r.at.offset] == r.separator
}

// quoted goes past a cell in quotes. A line end inside is a line feed.
func (r *gridReader) quoted() (string, bool) {
	open := r.at
	r.at = r.at.step(r.file.text)
	var b strings.Builder
	for {
		switch rest := r.rest(); {
		case rest == "":
			r.f.add(CellQuote.At(span(r.file.name, open.Pos, open.step(r.file.text).Pos), "the quote that begins this cell is never closed").
				Suggest("close it; a quote inside a cell in quotes is written twice"))
			return "", false
		case strings.HasPrefix(rest, `""`):
			b.WriteByte('"')
			r.at = r.at.steps(r.file.text, 2)
		case rest[0] == '"':
			r.at = r.at.step(r.file.text)
			if !r.atCellEnd() {
				r.f.add(CellQuote.At(span(r.file.name, r.at.Pos, r.at.step(r.file.text).Pos), "something stands behind the quote that ends a cell").
					Expect("%s or the end of the line", separatorName(r.separator)).
					Suggest("a quote inside a cell in quotes is written twice"))
				return "", false
			}
			return b.String(), true
		case breakLen(rest) > 0:
			b.WriteByte('\n')
			r.at = place{r.at.offset + breakLen(rest), source.Pos{Line: r.at.Line + 1, Col: 1}}
		default:
			next := r.at.step(r.file.text)
			b.WriteString(r.file.text[r.at.offset:next.offset])
			r.at = next
		}
	}
}

func separatorName(c byte) string {
	switch c {
	case ';':
		return "a semicolon"
	case '\t':
		return "a tab"
	}
	return "a comma"
}

// cell follows a cell.
func (t *tracer) cell() bool {
	if t.peek() != '"' {
		for !t.finished() {
			if !t.literal() {
				return false
			}
		}
		return true
	}
	t.at = t.at.step(t.text)
	for !t.finished() {
		ok := false
		switch n := breakLen(t.text[t.at.offset:]); {
		case n > 0:
			from := t.at.Pos
			t.lineBreak()
			ok = t.yield('\n', from, from)
		case t.peek() == '"':
			ok = t.escape(2, '"')
		default:
			ok = t.literal()
		}
		if !ok {
			return false
		}
	}
	t.at = t.at.step(t.text) // the quote that ends it
	return true
}
