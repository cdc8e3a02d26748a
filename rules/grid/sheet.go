package grid

import (
	"regexp"
	"strings"
	"unicode"

	"truce/facts"
	"truce/facts/doc"
	"truce/facts/source"
)

// The findings about the form of a sheet.
var (
	Ragged = source.Code{ID: "R082", Title: "row of another length",
		Doc:     "Each row of a sheet has a cell for each column of the first line; it may be empty. A separator that is missing, or one too many, moves all cells behind it.",
		Example: "first,w.wind,Course.value\nwindy,> 20\n"}
	MixedDecimals = source.Code{ID: "R083", Title: "decimal commas and decimal points",
		Doc:     "In a file whose cells are parted by semicolons or tabs, numbers may have a decimal comma, as many spreadsheets write them, or a decimal point. In one file they have the same, so that no separator of thousands is taken for one.",
		Example: "name;value\nstorm;40,5\nstrong;1.200\n"}
)

// IsNote reports whether a row is for the reader alone: its first cell begins with #.
func IsNote(r doc.GridRow) bool { return strings.HasPrefix(strings.TrimSpace(r.Cells[0].Value), "#") }

// Whole reports a row that has not as many cells as the first line. Empty cells past
// the last column are passed over.
func Whole(r doc.GridRow, columns int) source.Diagnostics {
	if len(r.Cells) < columns {
		last := r.Cells[len(r.Cells)-1]
		at := last.Span
		at.Start = at.End
		return source.Diagnostics{Ragged.At(at, "row %d has %d cells", r.Number, len(r.Cells)).Expect("%d, as the first line has", columns)}
	}
	for _, c := range r.Cells[columns:] {
		if strings.TrimSpace(c.Value) != "" {
			return source.Diagnostics{Ragged.At(c.Span, "row %d has a cell past the last column", r.Number).
				Expect("%d cells, as the first line has", columns).
				Suggest("put a cell in quotes that holds the separator")}
		}
	}
	return nil
}

var decimal = regexp.MustCompile(`^\s*[+-]?[0-9]+([.,])[0-9]+\s*$`)

// Decimals reports whether numbers in a sheet have a decimal comma: where cells are
// parted by something else, and no number has a point.
func Decimals(g *doc.Grid) (comma bool, ds source.Diagnostics) {
	if g.Separator == ',' {
		return false, nil
	}
	var first [2]*doc.Node // with a comma, with a point
	for _, r := range g.Rows {
		for _, c := range r.Cells {
			m := decimal.FindStringSubmatch(c.Value)
			if m == nil {
				continue
			}
			i := 0
			if m[1] == "." {
				i = 1
			}
			if first[i] == nil {
				first[i] = c
			}
		}
	}
	if first[0] != nil && first[1] != nil {
		return false, source.Diagnostics{MixedDecimals.At(first[1].Span, "this number has a decimal point, and others have a decimal comma").
			See(first[0].Span, "such as this").Expect("the same sign in all numbers of the file")}
	}
	return first[0] != nil, nil
}

// Plain is a cell of a type as a pack would have it: with a decimal point, and without
// the apostrophe that guards it.
func Plain(n *doc.Node, t facts.Type, comma bool) *doc.Node {
	n = Unguarded(n)
	number := t.Kind == facts.Number || t.Kind == facts.Integer
	if comma && number && decimal.MatchString(n.Value) {
		n.Value = strings.Replace(n.Value, ",", ".", 1)
	}
	return n
}

// A spreadsheet runs a cell that begins with one of these as a formula, whatever file it
// came in.
const runs = "=+-@\t\r"

// Guarded is a text as a cell that no spreadsheet runs: behind an apostrophe where it
// begins as a formula does, and so where it begins with an apostrophe itself.
func Guarded(text string) string {
	if text != "" && strings.ContainsAny(text[:1], runs+"'") {
		return "'" + text
	}
	return text
}

// Unguarded is a copy of a cell without the apostrophe that guards it. A cell that
// begins as a formula does without one is taken as it is.
func Unguarded(n *doc.Node) *doc.Node {
	runes := []rune(n.Value)
	if len(runes) > 1 && runes[0] == '\'' && strings.ContainsRune(runs+"'", runes[1]) {
		return n.Part(1, len(runes))
	}
	return n.Part(0, len(runes))
}

// Words are the parts of a cell between blanks and commas, each with its place.
func Words(n *doc.Node) []*doc.Node {
	var list []*doc.Node
	runes := []rune(n.Value)
	from := -1
	for i := 0; i <= len(runes); i++ {
		parts := i == len(runes) || unicode.IsSpace(runes[i]) || runes[i] == ',' || runes[i] == ';'
		switch {
		case parts && from >= 0:
			list = append(list, n.Part(from, i))
			from = -1
		case !parts && from < 0:
			from = i
		}
	}
	return list
}

// NameCells puts the names of cells before what is said of them in sheets, by name.
func NameCells(ds source.Diagnostics, sheets map[string]*doc.Grid) {
	for i, d := range ds {
		g := sheets[d.Span.File]
		if g == nil || d.Span.Start.IsZero() {
			continue
		}
		if cell := g.CellAt(d.Span.Start); cell != "" && !strings.HasPrefix(d.Message, cell+": ") {
			ds[i].Message = cell + ": " + d.Message
		}
	}
}

// Codes lists the findings of this package.
func Codes() []source.Code { return []source.Code{BadCell, CellComma, Ragged, MixedDecimals} }
