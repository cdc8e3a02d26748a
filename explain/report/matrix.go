package report

import (
	"cmp"
	"slices"
	"strings"

	"truce/engine/trace"
	"truce/explain"
	"truce/facts"
	"truce/rules"
)

// matrix sets the facts of a type by two of their fields. Rows and columns stand
// in the order of their symbols or levels, others in the order of the trace. Facts
// that need not hold have a question mark.
func (a *assessor) matrix(g *rules.Grid) *Matrix {
	m := &Matrix{Fact: g.Fact.Name, Row: g.Row.Name, Column: g.Column.Name, Cell: g.Cell.Name, Columns: []string{}, Rows: []Row{}}
	var members []int
	for i := range a.t.Facts {
		if a.t.Facts[i].Type == g.Fact {
			members = append(members, i)
		}
	}
	rows, columns := a.axis(members, g.Row), a.axis(members, g.Column)
	for _, c := range columns {
		m.Columns = append(m.Columns, explain.Words(c))
	}
	for _, r := range rows {
		row := Row{Row: explain.Words(r), Cells: make([]string, len(columns)), Values: make([][]explain.Value, len(columns))}
		for i := range row.Values {
			row.Values[i] = []explain.Value{}
		}
		for _, f := range members {
			if a.shown(f, g.Row) == r {
				a.put(&row, f, slices.Index(columns, a.shown(f, g.Column)), g.Cell)
			}
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

func (a *assessor) shown(f int, field *facts.Field) string {
	return field.Type.Format(a.t.Facts[f].Fields[field.Index].Value)
}

// axis lists the values of a field among facts, each once.
func (a *assessor) axis(members []int, field *facts.Field) []string {
	var list []string
	for _, f := range members {
		if s := a.shown(f, field); !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	if names := field.Type.Names; names != nil {
		rank := func(s string) int {
			if i := names.Index(s); i >= 0 {
				return i
			}
			return len(names.List) // an interval or unknown
		}
		slices.SortStableFunc(list, func(x, y string) int { return cmp.Compare(rank(x), rank(y)) })
	}
	return list
}

// put adds a fact to a cell: numbers stand side by side as a sum does, anything
// else as a choice.
func (a *assessor) put(row *Row, f, column int, cell *facts.Field) {
	fact := &a.t.Facts[f]
	v := explain.Value{Type: cell.Type, Value: fact.Fields[cell.Index].Value}
	row.Values[column] = append(row.Values[column], v)
	s := a.voc.Cell(v)
	if fact.Status != trace.Certain {
		s += "?"
	}
	if old := row.Cells[column]; old != "" {
		join := " / "
		if cell.Type.Kind.Numeric() {
			join = " + "
		}
		s = strings.Join([]string{old, s}, join)
	}
	row.Cells[column] = s
	row.Facts = append(row.Facts, fact.Name)
	row.Mark = max(row.Mark, explain.ShownMark(a.t, trace.FieldRef{Fact: f, Field: cell}))
}
