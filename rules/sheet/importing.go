package sheet

import (
	"regexp"
	"slices"
	"strings"

	"truce/facts"
	"truce/facts/doc"
	"truce/facts/source"
	"truce/rules"
	"truce/rules/grid"
)

// Change is a value that a sheet changes.
type Change struct {
	Sheet    string
	Cell     string // B7
	Row      string // what the row is of
	Column   string
	Old, New string
}

// Result is what sheets make of a pack.
type Result struct {
	Changes []Change
	Files   []rules.File // those that change, with their new text
	Hunks   []Hunk       // what changes in them, line by line
	Pack    *rules.Pack  // the changed pack
	// Texts are the files that findings speak of, as they would be.
	Texts map[string]string
}

// Import makes the changes of sheets that came back. The result has neither files nor
// pack where there is an error; findings of the changed pack stand at the cells that
// caused them, and elsewhere where no cell did.
func Import(p *rules.Pack, sheets []Sheet) (*Result, source.Diagnostics) {
	in := &importing{pack: open(p), out: &Result{Texts: map[string]string{}}, grids: map[string]*doc.Grid{}}
	for _, s := range sheets {
		in.out.Texts[s.Name] = s.Text
		in.sheet(s)
	}
	if !in.ds.HasErrors() {
		in.finish()
	}
	grid.NameCells(in.ds, in.grids)
	return in.out, in.ds.Sort()
}

type importing struct {
	*pack
	out   *Result
	grids map[string]*doc.Grid
	ds    source.Diagnostics
}

func (in *importing) add(d source.Diagnostic) { in.ds = append(in.ds, d) }

// sheet reads one sheet.
func (in *importing) sheet(s Sheet) {
	i := slices.IndexFunc(in.models, func(m *model) bool { return m.name == s.Name })
	if i < 0 {
		var names []string
		for _, m := range in.models {
			names = append(names, m.name)
		}
		d := NoSheet.At(facts.Span{File: s.Name}, "the pack has no sheet %s", s.Name).Expect("one of %s", strings.Join(names, ", "))
		if near := source.Nearest(s.Name, names); near != "" {
			d = d.Suggest("did you mean %s?", near)
		}
		in.add(d)
		return
	}
	m := in.models[i]
	g, ds := doc.ReadCSV(s.Name, []byte(s.Text), doc.Limits{})
	in.ds = append(in.ds, ds...)
	if g == nil {
		return
	}
	in.grids[s.Name] = g
	comma, ds := grid.Decimals(g)
	if in.ds = append(in.ds, ds...); ds.HasErrors() {
		return
	}
	if m.raw != "" {
		in.raw(m, g, comma, s.Text)
		return
	}
	r := &returned{importing: in, model: m, grid: g, comma: comma}
	if r.head() {
		r.body()
	}
}

// raw takes a sheet of the pack, which is changed cell by cell where its names are as
// they were, and taken as it came where they are not.
func (in *importing) raw(m *model, g *doc.Grid, comma bool, text string) {
	f := in.files[m.name]
	old, _ := doc.ReadCSV(m.name, []byte(f.text), doc.Limits{}) // it has been read without errors
	was, _ := grid.Decimals(old)
	changes, alike := compared(old, g, was, comma)
	switch {
	case !alike:
		f.put(0, len(f.text), text, cause{})
		in.out.Changes = append(in.out.Changes, Change{Sheet: m.name, Cell: "A1", Row: "the whole sheet", Column: "rows or columns", Old: rowsIn(old), New: rowsIn(g)})
	default:
		for _, c := range changes {
			written := c.now.Value
			f.put(f.start(c.was), f.end(c.was), csvText(written, old.Separator), cause{node: c.now, value: written})
			in.out.Changes = append(in.out.Changes, Change{Sheet: m.name, Cell: doc.CellName(c.column, c.row.Number),
				Row: c.row.Cells[0].Value, Column: g.Rows[0].Cells[c.column].Value, Old: c.was.Value, New: written})
		}
	}
}

// returned is a sheet that came back.
type returned struct {
	*importing
	model   *model
	grid    *doc.Grid
	comma   bool
	columns []int // of the grid, for each of the model
}

// head finds the columns by the first line.
func (r *returned) head() bool {
	first := r.grid.Rows[0]
	good := true
	start := 0
	if r.model.hit != nil {
		r.corner(first.Cells[0])
		r.columns, start = []int{0}, 1
	}
	var missing []string
	for _, h := range r.model.head[start:] {
		i := start
		for i < len(first.Cells) && (value(first.Cells[i]) != h || slices.Contains(r.columns, i)) {
			i++
		}
		if i == len(first.Cells) {
			missing = append(missing, h)
			continue
		}
		r.columns = append(r.columns, i)
	}
	for i, n := range first.Cells[start:] {
		known := slices.Contains(r.columns, i+start)
		if v := value(n); v != "" && !known {
			r.strange(n, v, &missing)
			good = false
		}
	}
	if len(missing) > 0 {
		d := BadColumn.At(first.Cells[0].Span, "there is no column %s", strings.Join(missing, ", ")).
			Expect("the columns %s", strings.Join(r.model.head, ", "))
		if len(first.Cells) == 1 {
			d = d.Suggest("cells are parted by commas, semicolons or tabs")
		}
		r.add(d)
		good = false
	}
	return good
}

// strange reports a column that the sheet did not go with.
func (r *returned) strange(n *doc.Node, v string, missing *[]string) {
	d := BadColumn.At(n.Span, "there is no column %q in this sheet", v)
	if slices.Contains(r.model.head, v) {
		d = BadColumn.At(n.Span, "column %q is there twice", v)
	} else if near := source.Nearest(v, *missing); near != "" {
		d = d.Suggest("did you mean %s?", near)
		*missing = slices.DeleteFunc(*missing, func(m string) bool { return m == near })
	} else {
		d = d.Suggest("take it out; a further input is added in the file of the pack")
	}
	r.add(d)
}

// corner is the hit policy of a table.
func (r *returned) corner(n *doc.Node) {
	v := value(n)
	if v == r.model.head[0] {
		return
	}
	if !slices.Contains(rules.Hits(), v) {
		d := BadColumn.At(n.Span, "%q is no hit policy", v).Expect("one of %s", strings.Join(rules.Hits(), ", "))
		if near := source.Nearest(v, rules.Hits()); near != "" {
			d = d.Suggest("did you mean %s?", near)
		}
		r.add(d)
		return
	}
	r.model.hit(cause{node: n, value: v})
	r.out.Changes = append(r.out.Changes, Change{Sheet: r.model.name, Cell: "A1", Row: "the table", Column: "hit", Old: r.model.head[0], New: v})
}

func value(n *doc.Node) string { return strings.TrimSpace(grid.Unguarded(n).Value) }

// body changes what differs in the rows.
func (r *returned) body() {
	seen := map[*row]*doc.Node{}
	for _, line := range r.grid.Rows[1:] {
		if d, ok := ran(line.Cells[0]); ok {
			r.add(d)
			continue
		}
		if grid.IsNote(line) {
			continue
		}
		if ds := grid.Whole(line, 1+slices.Max(r.columns)); len(ds) > 0 {
			r.ds = append(r.ds, ds...)
			continue
		}
		at := line.Cells[r.columns[0]]
		row := r.named(line)
		switch first := seen[row]; {
		case row == nil:
			r.unknown(line)
		case first != nil:
			r.add(BadRow.At(at.Span, "row %s is there twice", r.name(line)).See(first.Span, "first here"))
		default:
			seen[row] = at
			r.row(row, line)
		}
	}
	var missing []string
	for _, m := range r.model.rows {
		if seen[m] == nil {
			missing = append(missing, r.model.nameOf(m))
		}
	}
	if len(missing) > 0 && !r.ds.HasErrors() {
		last := r.grid.Rows[len(r.grid.Rows)-1].Cells[0]
		r.add(BadRow.At(last.Span, "there is no row %s", strings.Join(missing, ", ")).
			Expect("each row that the sheet went with").Suggest("put it back; rows are taken out in the file of the pack"))
	}
}

// name is what names a row that came back.
func (r *returned) name(line doc.GridRow) string {
	var parts []string
	for _, c := range r.columns[:r.model.names] {
		parts = append(parts, value(line.Cells[c]))
	}
	return strings.Join(parts, " ")
}

func (m *model) nameOf(w *row) string {
	var parts []string
	for _, c := range w.cells[:m.names] {
		parts = append(parts, c.text)
	}
	return strings.Join(parts, " ")
}

func (r *returned) named(line doc.GridRow) *row {
	name := r.name(line)
	for _, m := range r.model.rows {
		if r.model.nameOf(m) == name {
			return m
		}
	}
	return nil
}

func (r *returned) unknown(line doc.GridRow) {
	at := line.Cells[r.columns[0]]
	var names []string
	for _, m := range r.model.rows {
		names = append(names, r.model.nameOf(m))
	}
	d := BadRow.At(at.Span, "the pack has no row %q in this sheet", r.name(line))
	if near := source.Nearest(r.name(line), names); near != "" {
		d = d.Suggest("did you mean %s?", near)
	} else {
		d = d.Suggest("add it in the file of the pack")
	}
	r.add(d)
}

// row changes what differs in one row.
func (r *returned) row(w *row, line doc.GridRow) {
	for i, c := range w.cells {
		if i < r.model.names {
			continue
		}
		n := line.Cells[r.columns[i]]
		if d, ok := ran(n); ok {
			r.add(d)
			continue
		}
		n = grid.Plain(n, numberOr(c.typ), r.comma)
		text := strings.TrimSpace(n.Value)
		if c.same(text) {
			continue
		}
		if c.set == nil {
			d := Fixed.At(n.Span, "%s is changed here to %q", r.model.head[i], text)
			if c.text != "" {
				d = Fixed.At(n.Span, "%s is %s and is changed here to %q", r.model.head[i], c.text, text)
			}
			r.add(d.Suggest("%s", c.fixed))
			continue
		}
		says, ds := c.set(cause{node: trimmedCell(n), value: text})
		if len(ds) > 0 {
			r.ds = append(r.ds, hinted(ds, text, c.typ)...)
			continue
		}
		c.says = says
		r.out.Changes = append(r.out.Changes, Change{Sheet: r.model.name, Cell: doc.CellName(r.columns[i], line.Number),
			Row: r.model.nameOf(w), Column: r.model.head[i], Old: c.text, New: text})
	}
	if w.done != nil {
		r.ds = append(r.ds, w.done()...)
	}
}

// numberOr is a type for reading a cell: of one without a type, a text.
func numberOr(t facts.Type) facts.Type {
	if t.Kind == 0 {
		return facts.Type{Kind: facts.Text}
	}
	return t
}

// trimmedCell is a cell without the blanks around it.
func trimmedCell(n *doc.Node) *doc.Node {
	runes := []rune(n.Value)
	from, to := 0, len(runes)
	for from < to && strings.TrimSpace(string(runes[from])) == "" {
		from++
	}
	for to > from && strings.TrimSpace(string(runes[to-1])) == "" {
		to--
	}
	return n.Part(from, to)
}

var (
	ranForm  = regexp.MustCompile(`^(#(NAME\?|REF!|VALUE!|DIV/0!|N/A|NULL!|NUM!|SPILL!|ERROR!)|Err:[0-9]+)$`)
	dateForm = regexp.MustCompile(`(?i)^([0-9]{1,4}[-./ ]){1,2}[0-9]{1,4}$|^[0-9]{1,2}[-. ]*[a-z]{3,}\.?([-. ]*[0-9]+)?$|^[a-z]{3}[-. ][0-9]+$`)
)

// ran reports a cell that holds the error of a spreadsheet.
func ran(n *doc.Node) (source.Diagnostic, bool) {
	if v := strings.TrimSpace(n.Value); ranForm.MatchString(v) {
		return RanFormula.At(n.Span, "%s is the error of a formula that the spreadsheet ran", v).
			Suggest("type the text anew, behind an apostrophe"), true
	}
	return source.Diagnostic{}, false
}

// hinted adds that a number may have become a date.
func hinted(ds source.Diagnostics, text string, t facts.Type) source.Diagnostics {
	for i := range ds {
		if (t.Kind == facts.Number || t.Kind == facts.Integer) && dateForm.MatchString(text) {
			ds[i].Hint = "a spreadsheet takes 1.5 or 3-4 for a date: format the cell as text, and type the number anew"
		}
	}
	return ds
}
