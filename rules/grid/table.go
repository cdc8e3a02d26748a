package grid

import (
	"slices"
	"strings"

	"truce/facts"
	"truce/rules/condition"
)

// Row is a row of a table: its own conditions, without those that all rows share.
type Row struct {
	Name  string
	Conds []condition.Expr
}

// Table is a decision table whose inputs are parted into regions, in each of which
// every cell is true throughout or false.
type Table struct {
	Inputs []Input
	Rows   []Row

	holds [][][]bool // by row, by input: of each region, whether the row's cells hold
}

// Input is a column of a table.
type Input struct {
	Text    string
	Type    facts.Type
	Regions []Region
	// Shares says that another input reads a field or a bound value that this one
	// reads: a region of both may be impossible.
	Shares bool

	expr condition.Expr
}

// New makes the grid of rows. The values of thresholds are those that value gives.
func New(rows []Row, value func(*condition.Threshold) facts.Value) *Table {
	t := &Table{Rows: rows}
	tests := make([][]Test, len(rows))
	cuts := map[string][]facts.Value{}
	for i, r := range rows {
		for _, e := range r.Conds {
			x := settled(Of(e), value)
			tests[i] = append(tests[i], x)
			text := x.Input.Text()
			if !slices.ContainsFunc(t.Inputs, func(in Input) bool { return in.Text == text }) {
				t.Inputs = append(t.Inputs, Input{Text: text, Type: x.Input.Type(), expr: x.Input})
			}
			for _, all := range x.Alternatives {
				for _, c := range all {
					cuts[text] = append(cuts[text], c.Value)
				}
			}
		}
	}
	for i := range t.Inputs {
		in := &t.Inputs[i]
		in.Regions = regions(in.Type, cuts[in.Text])
	}
	t.holds = make([][][]bool, len(rows))
	for i := range rows {
		t.holds[i] = t.row(tests[i])
	}
	t.shares()
	return t
}

// settled is a test with the values of its thresholds.
func settled(t Test, value func(*condition.Threshold) facts.Value) Test {
	alternatives := make([][]Comparison, len(t.Alternatives))
	for i, all := range t.Alternatives {
		alternatives[i] = slices.Clone(all)
		for j, c := range all {
			if c.Threshold != nil {
				alternatives[i][j].Value = value(c.Threshold)
			}
		}
	}
	t.Alternatives = alternatives
	return t
}

// row says in which regions of each input the tests of a row hold.
func (t *Table) row(tests []Test) [][]bool {
	out := make([][]bool, len(t.Inputs))
	for i, in := range t.Inputs {
		out[i] = make([]bool, len(in.Regions))
		for k, r := range in.Regions {
			out[i][k] = !slices.ContainsFunc(tests, func(x Test) bool { return x.Input.Text() == in.Text && !x.holds(r, in.Type) })
		}
	}
	return out
}

// holds reports whether the test holds in a region, which its constants do not part.
func (t *Test) holds(r Region, typ facts.Type) bool {
	some := slices.ContainsFunc(t.Alternatives, func(all []Comparison) bool {
		return !slices.ContainsFunc(all, func(c Comparison) bool { return !c.holds(r, typ) })
	})
	return some != t.Negated
}

func (c *Comparison) holds(r Region, typ facts.Type) bool {
	equal, order := false, 0
	switch typ.Kind {
	case facts.Bool, facts.Enum, facts.Text:
		equal = !r.Other && (typ.Kind == facts.Bool && r.Value.True() == c.Value.True() || typ.Kind != facts.Bool && r.Value.Text() == c.Value.Text())
	default:
		order = r.against(typ.Kind, c.Value)
		equal = order == 0
	}
	switch c.Op {
	case condition.Eq:
		return equal
	case condition.Ne:
		return !equal
	case condition.Lt:
		return order < 0
	case condition.Le:
		return order <= 0
	case condition.Gt:
		return order > 0
	default:
		return order >= 0
	}
}

// against orders a region and a value that does not part it.
func (r Region) against(k facts.Kind, v facts.Value) int {
	switch {
	case !r.Value.IsZero():
		return compare(k, r.Value, v)
	case !r.Low.IsZero() && compare(k, r.Low, v) >= 0:
		return 1
	case !r.High.IsZero() && compare(k, r.High, v) <= 0:
		return -1
	case r.Low.IsZero():
		return -1
	}
	return 1
}

// shares marks the inputs that read what another one reads.
func (t *Table) shares() {
	read := map[string]int{}
	names := make([][]string, len(t.Inputs))
	for i, in := range t.Inputs {
		condition.Walk(in.expr, func(e condition.Expr) bool {
			name := ""
			switch e := e.(type) {
			case *condition.FieldOf, *condition.Variable:
				name = e.Text()
			case *condition.Aggregate:
				name = e.Fact.Name
			}
			if name != "" && !slices.Contains(names[i], name) {
				names[i] = append(names[i], name)
				read[name]++
			}
			return true
		})
	}
	for i := range t.Inputs {
		t.Inputs[i].Shares = slices.ContainsFunc(names[i], func(n string) bool { return read[n] > 1 })
	}
}

// Box is a region of each input, as runs of its regions: from the first to the last.
type Box []Run

// Run is some regions of an input that follow each other.
type Run struct{ First, Last int }

// Show is a box in words, without the inputs that may be anything.
func (t *Table) Show(b Box) string {
	var parts []string
	for i, r := range b {
		in := t.Inputs[i]
		if r.First > 0 || r.Last < len(in.Regions)-1 {
			parts = append(parts, in.Text+" is "+in.show(r))
		}
	}
	if len(parts) == 0 {
		return "whatever the inputs are"
	}
	return strings.Join(parts, ", ")
}

func (in *Input) show(r Run) string {
	first, last := in.Regions[r.First], in.Regions[r.Last]
	ordered := in.Type.Kind == facts.Number || in.Type.Kind == facts.Integer || in.Type.Kind == facts.Date
	if !ordered || r.First == r.Last {
		var names []string
		for _, x := range in.Regions[r.First : r.Last+1] {
			names = append(names, x.Show(in.Type))
		}
		return strings.Join(names, " or ")
	}
	return ends(in.Type, first, last)
}

// ends says where a run begins and where it ends.
func ends(t facts.Type, first, last Region) string {
	var parts []string
	switch {
	case !first.Value.IsZero():
		parts = append(parts, "at least "+t.Format(first.Value))
	case !first.Low.IsZero():
		parts = append(parts, "more than "+t.Format(first.Low))
	}
	switch {
	case !last.Value.IsZero():
		parts = append(parts, "at most "+t.Format(last.Value))
	case !last.High.IsZero():
		parts = append(parts, "less than "+t.Format(last.High))
	}
	return strings.Join(parts, " and ")
}

// Point is a value of each input inside a box.
func (t *Table) Point(b Box) []facts.Value {
	vs := make([]facts.Value, len(b))
	for i, r := range b {
		vs[i] = t.Inputs[i].Regions[r.First].One(t.Inputs[i].Type)
	}
	return vs
}
