package sheet

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"

	"truce/facts"
	"truce/facts/doc"
	"truce/facts/source"
	"truce/rules"
	"truce/rules/grid"
)

// Sheet is a file of separated values.
type Sheet struct {
	Name string // without a folder
	Text string
}

// model is a sheet as the pack says it now.
type model struct {
	name  string
	names int      // so many columns name a row
	head  []string // of each column
	types []string // of each column, for the reader; nil where nothing is said
	rows  []*row
	raw   string // of a sheet of the pack: its text
	// hit changes the hit policy, which stands in the corner of a table; else nil.
	hit func(cause)
}

type row struct {
	cells []*cell
	// done makes the changes that concern several cells at once; may be nil.
	done func() source.Diagnostics
}

// cell is a value with how it is changed.
type cell struct {
	text string
	typ  facts.Type // what it must be; a text where that is nothing in particular
	// says is what the pack says for the cell: the text, or of an input the whole
	// condition.
	says string
	// set makes the change, and tells what the pack says then, or what is wrong with it;
	// nil where the cell is fixed.
	set func(why cause) (says string, ds source.Diagnostics)
	// fixed says why it cannot be changed.
	fixed string
}

// same reports whether a text means what the cell does.
func (c *cell) same(text string) bool {
	a, b := strings.TrimSpace(c.text), strings.TrimSpace(text)
	if a == b {
		return true
	}
	if c.typ.Kind == facts.Text || c.typ.Kind == 0 {
		return strings.EqualFold(a, b) && (a == "true" || a == "false") || isNumber(a) && isNumber(b) && sameNumber(a, b)
	}
	v, bad := c.typ.ParseText(a)
	w, worse := c.typ.ParseText(b)
	return bad == nil && worse == nil && v.Same(w)
}

func sameNumber(a, b string) bool {
	t := facts.Type{Kind: facts.Number}
	v, _ := t.ParseText(a)
	w, _ := t.ParseText(b)
	return v.Same(w)
}

// saying is what the pack says in the row, whatever the order of its columns.
func (r *row) saying() []string {
	var list []string
	for _, c := range r.cells {
		if c.says != "" {
			list = append(list, c.says)
		}
	}
	slices.Sort(list)
	return list
}

// write is the sheet as it is exported.
func (m *model) write() Sheet {
	if m.raw != "" {
		return Sheet{m.name, m.raw}
	}
	lines := [][]string{m.head}
	if m.types != nil {
		lines = append(lines, m.types)
	}
	for _, r := range m.rows {
		line := make([]string, len(r.cells))
		for i, c := range r.cells {
			line[i] = shown(c.text)
		}
		lines = append(lines, line)
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.WriteAll(lines) // nothing fails to be written to memory
	return Sheet{m.name, b.String()}
}

// shown is a text as a cell, guarded where a spreadsheet would run it.
func shown(text string) string {
	if isNumber(text) {
		return text
	}
	return grid.Guarded(text)
}

// pack is a pack whose files are being read for what they say, and changed.
type pack struct {
	*rules.Pack
	files  map[string]*file
	models []*model
}

// open reads the files of a pack once more, and finds in them what its sheets show.
func open(p *rules.Pack) *pack {
	out := &pack{Pack: p, files: map[string]*file{}}
	for _, f := range p.Files {
		one := newFile(f.Name, f.Text)
		if !strings.HasSuffix(f.Name, ".csv") {
			one.root, _ = doc.Read(f.Name, []byte(f.Text), doc.Limits{}) // it has been read without errors
		}
		out.files[f.Name] = one
	}
	out.models = append(out.models, out.thresholds(), out.points())
	for _, t := range p.Tables {
		out.models = append(out.models, out.table(t))
	}
	return out
}

// Export is the sheets of a pack: thresholds, points and each decision table. A sheet
// without rows is left out.
func Export(p *rules.Pack) []Sheet {
	var list []Sheet
	for _, m := range open(p).models {
		if len(m.rows) > 0 || m.raw != "" {
			list = append(list, m.write())
		}
	}
	return list
}

// sheetName is how the sheet of a table is called.
func sheetName(t *rules.Table) string {
	switch {
	case t.File != "":
		return t.File
	case t.Name == "thresholds" || t.Name == "points":
		return t.Name + "-table.csv"
	}
	return t.Name + ".csv"
}
