package register

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"truce/explain"
)

// columns are those of the CSV form, which has a row for each parameter, and for each
// level of a table. Lists are separated by semicolons. Columns behind "read by" are
// empty where no case was run or nothing is to be said.
var columns = []string{"kind", "name", "level", "value", "unit", "plausible low", "plausible high", "step", "basis", "doc", "because",
	"claims", "extension", "place", "read by", "cases", "used in", "rests in", "falls in", "stands low", "stands high",
	"low case", "low value", "low answer", "high case", "high value", "high answer"}

// CSV writes the register as a table with a head.
func (r *Register) CSV(to io.Writer) error {
	w := csv.NewWriter(to)
	rows := [][]string{columns}
	for _, p := range r.Parameters {
		if len(p.Points) == 0 {
			rows = append(rows, r.row(p, "", p.Value, p.Reach, p.Falls))
		}
		for i := range p.Points {
			pt := &p.Points[i]
			falls := []string{}
			if pt.Reach != nil {
				falls = pt.Reach.Falls
			}
			rows = append(rows, r.row(p, pt.Level, pt.Value, pt.Reach, falls))
		}
	}
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	return w.Error()
}

func (r *Register) row(p *Parameter, level string, v explain.Value, reach *Reach, falls []string) []string {
	low, high := "", ""
	if !p.Plausible.IsZero() {
		low, high = bare2(p.Plausible)
	}
	step := ""
	if p.Step > 0 {
		step = explain.Exact.Number(p.Step)
	}
	row := []string{string(p.Kind), p.Name, level, bare(v), string(v.Type.Unit), low, high, step, p.Basis, p.Doc, p.Because,
		list(p.Cites), p.Extension, p.At, list(append(append([]string{}, p.Rules...), p.Lines...))}
	if r.Cases == 0 {
		return append(row, make([]string, len(columns)-len(row))...)
	}
	used := ""
	if p.Kind == Assumption {
		used = strconv.Itoa(len(p.Used))
	}
	row = append(row, strconv.Itoa(r.Cases), used, strconv.Itoa(len(p.Rests)), strconv.Itoa(len(falls)))
	if reach == nil || reach.Stands.IsZero() {
		return append(row, make([]string, len(columns)-len(row))...)
	}
	low, high = bare2(reach.Stands)
	row = append(row, low, high)
	for _, e := range []*Edge{reach.Low, reach.High} {
		if e == nil {
			row = append(row, "", "", "")
			continue
		}
		row = append(row, e.Case, bare(e.First), e.Then.Words())
	}
	return row
}

// bare is a value without its unit, and "" where there is none.
func bare(v explain.Value) string {
	if v.IsZero() {
		return ""
	}
	return v.Type.Format(v.Value)
}

// bare2 are the two ends of a value.
func bare2(v explain.Value) (low, high string) {
	if v.Value.IsUnknown() {
		return "", ""
	}
	a, b := ends(v)
	return bare(a), bare(b)
}

func list(items []string) string { return strings.Join(items, "; ") }
