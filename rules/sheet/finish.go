package sheet

import (
	"fmt"
	"slices"
	"strings"

	"truce/facts"
	"truce/facts/doc"
	"truce/rules"
	"truce/rules/grid"
)

// finish loads the changed pack, and holds it against the sheets.
func (in *importing) finish() {
	changed := map[string]*file{}
	places := map[string][][2]int{}
	var files []rules.File
	for _, f := range in.Files {
		text := f.Text
		if own := in.files[f.Name]; len(own.edits) > 0 {
			text, places[f.Name] = own.apply()
			changed[f.Name] = newFile(f.Name, text)
			in.out.Texts[f.Name] = text
			in.out.Files = append(in.out.Files, rules.File{Name: f.Name, Text: text})
			in.out.Hunks = append(in.out.Hunks, own.hunks()...)
		}
		files = append(files, rules.File{Name: f.Name, Text: text})
	}
	p, ds := rules.Load(files, rules.Options{})
	for i, d := range ds {
		if f := changed[d.Span.File]; f != nil && !d.Span.Start.IsZero() {
			ds[i].Span = in.cause(f, places[d.Span.File], d.Span)
		}
	}
	in.ds = append(in.ds, ds...)
	if ds.HasErrors() {
		in.out.Files, in.out.Hunks = nil, nil
		return
	}
	in.out.Pack = p
	in.kept(p)
}

// cause is the cell that caused what is said of a place of a changed file, or the place
// itself.
func (in *importing) cause(changed *file, places [][2]int, at facts.Span) facts.Span {
	if cell, ok := in.files[at.File].cell(changed, places, at); ok {
		return cell
	}
	now, came := in.grids[at.File], (*doc.Grid)(nil)
	if now != nil {
		came, _ = doc.ReadCSV(at.File, []byte(changed.text), doc.Limits{})
	}
	if came == nil {
		return at
	}
	for i, r := range came.Rows {
		for c, n := range r.Cells {
			if i < len(now.Rows) && n.Span.Start.Compare(at.Start) <= 0 && at.Start.Compare(n.Span.End) <= 0 {
				return now.Rows[i].Cell(c).Span
			}
		}
	}
	return at
}

// kept holds what the changed pack says against the sheets, row by row.
func (in *importing) kept(p *rules.Pack) {
	now := map[string]*model{}
	for _, m := range open(p).models {
		now[m.name] = m
	}
	for _, m := range in.models {
		if m.raw != "" || in.grids[m.name] == nil {
			continue
		}
		for i, r := range m.rows {
			if n := now[m.name]; !slices.Equal(r.saying(), n.rows[i].saying()) {
				in.add(NotKept.At(facts.Span{File: m.name}, "row %s would say %q, and not %q", m.nameOf(r), n.rows[i].saying(), r.saying()))
				in.out.Files, in.out.Hunks, in.out.Pack = nil, nil, nil
			}
		}
	}
}

// difference is a cell that is not as it was.
type difference struct {
	was, now *doc.Node
	row      doc.GridRow
	column   int
}

// compared finds the cells that differ in value between two sheets of the same first
// line and the same rows; alike is false where these differ.
func compared(old, now *doc.Grid, wasComma, comma bool) (list []difference, alike bool) {
	a, b := old.Rows, now.Rows
	if len(a) != len(b) {
		return nil, false
	}
	for i := range a {
		width := max(filledCells(a[i]), filledCells(b[i]))
		for c := range width {
			x, y := a[i].Cell(c), b[i].Cell(c)
			number := facts.Type{Kind: facts.Number}
			p, q := grid.Plain(x, number, wasComma), grid.Plain(y, number, comma)
			one := &cell{text: p.Value}
			switch {
			case one.same(q.Value):
			case i == 0 || c == 0 || c >= len(a[i].Cells) || c >= len(b[i].Cells):
				return nil, false
			default:
				list = append(list, difference{x, y, b[i], c})
			}
		}
	}
	return list, true
}

func filledCells(r doc.GridRow) int {
	n := len(r.Cells)
	for n > 0 && strings.TrimSpace(r.Cells[n-1].Value) == "" {
		n--
	}
	return n
}

func rowsIn(g *doc.Grid) string { return fmt.Sprintf("%d rows", len(g.Rows)-1) }

// csvText is a text as a cell.
func csvText(text string, separator byte) string {
	if strings.ContainsAny(text, "\"\n\r"+string(separator)) || text != strings.TrimSpace(text) {
		return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return text
}
