package rules

import (
	"regexp"
	"slices"
	"strings"

	"truce/facts"
	"truce/facts/doc"
	"truce/facts/source"
	"truce/rules/condition"
	"truce/rules/grid"
)

// sheetEnding is how the names of sheets end.
const sheetEnding = ".csv"

// SheetKeys are the columns of a sheet that are neither inputs nor outputs.
func SheetKeys() []string { return []string{"says", "cites", "doc", "extension"} }

// sheets parts the sheets that tables name from the other files, and reads them.
func (l *loader) sheets(files []File) []File {
	named := map[string]bool{}
	for _, f := range l.files {
		for _, section := range []string{"rules", "tables"} {
			if n := f.root.Get(section); n != nil {
				for _, m := range n.Items {
					if file := m.Get("file"); file != nil && m.Get("table") != nil {
						named[strings.TrimSpace(file.Value)] = true
					}
				}
			}
		}
	}
	return slices.DeleteFunc(files, func(f File) bool {
		if !strings.HasSuffix(f.Name, sheetEnding) {
			return false
		}
		if !named[f.Name] {
			l.add(NotRead.At(facts.Span{File: f.Name}, "no table has its rows in %s", f.Name).
				Suggest("name it in a table: file: %s", f.Name).Warn())
			return true
		}
		g, ds := doc.ReadCSV(f.Name, []byte(f.Text), l.limits.File)
		l.ds = append(l.ds, ds...)
		l.grids[f.Name] = g // nil where it could not be read, which is reported
		return false
	})
}

// sheet reads the rows of a table from the file of the pack that a node names.
func (t *table) sheet(f *doc.Node, r record) bool {
	l := t.l
	name := l.text(f, "file")
	g, ok := l.grids[name]
	if !ok {
		var names []string
		for n := range l.grids {
			names = append(names, n)
		}
		slices.Sort(names)
		d := BadSheet.At(f.Span, "there is no file %s in the pack", name)
		if !strings.HasSuffix(name, sheetEnding) {
			d = d.Expect("a file whose name ends in %s, in the folder of the pack", sheetEnding)
		}
		l.add(near(d, name, names))
	}
	if g == nil {
		l.incomplete = true
		return false
	}
	s := &sheet{table: t, grid: g}
	if !s.head(r) {
		l.incomplete = true
		return false
	}
	index, broken := 0, false
	if !t.within(len(g.Rows) - 1) {
		return false
	}
	for _, row := range g.Rows[1:] {
		if grid.IsNote(row) {
			continue
		}
		if !s.whole(row) {
			broken = true
			continue
		}
		s.row(index, row)
		index++
	}
	if index == 0 && !broken {
		l.add(MissingKey.At(f.Span, "table %s has no rows in %s", t.name, name))
	}
	return true
}

// sheet is the file of a table while it is read.
type sheet struct {
	*table
	grid    *doc.Grid
	comma   bool // decimals are written with a comma
	columns []sheetColumn
}

// sheetColumn is what a column of a sheet holds: an input, an output or one of the keys
// of a row.
type sheetColumn struct {
	head  *doc.Node
	input condition.Expr
	text  stretch // of an input
	field *facts.Field
	key   string
}

var outputForm = regexp.MustCompile(`^([A-Z][A-Za-z0-9_]*)\.([A-Za-z0-9_]+)$`)

// head reads the first line.
func (s *sheet) head(r record) bool {
	first := s.grid.Rows[0]
	var ds source.Diagnostics
	if s.comma, ds = grid.Decimals(s.grid); ds.HasErrors() {
		s.l.ds = append(s.l.ds, ds...)
		return false
	}
	corner := strings.TrimSpace(first.Cells[0].Value)
	if !slices.Contains(hits, corner) {
		d := BadSheet.At(first.Cells[0].Span, "%q is no hit policy", corner).Expect("one of %s", strings.Join(hits, ", "))
		if len(first.Cells) == 1 {
			d = d.Suggest("cells are parted by commas, semicolons or tabs")
		}
		s.l.add(near(d, corner, hits))
		return false
	}
	if h := r.get("hit"); h != nil && string(s.hit) != corner {
		s.l.add(BadSheet.At(first.Cells[0].Span, "the hit policy is %s here and %s in the pack", corner, s.hit).See(h.Span, "here").
			Suggest("take it out of the pack"))
		return false
	}
	s.hit = Hit(corner)
	typ := s.l.pack.Schema.Type(strings.TrimSpace(nodeText(s.conclude)))
	good := typ != nil // else reported with the rows, of which there are none then
	if typ == nil && s.conclude != nil {
		s.l.typeNamed(s.conclude, s.l.text(s.conclude, "conclude"))
	}
	width := 1
	for i, n := range first.Cells {
		if strings.TrimSpace(n.Value) != "" {
			width = i + 1
		}
	}
	for _, n := range first.Cells[1:width] {
		c, ok := s.column(n, typ)
		if ok && slices.ContainsFunc(s.columns, func(o sheetColumn) bool {
			return o.key != "" && o.key == c.key || o.field != nil && o.field == c.field
		}) {
			s.l.add(BadSheet.At(n.Span, "column %s is there twice", strings.TrimSpace(n.Value)))
			ok = false
		}
		s.columns = append(s.columns, c)
		good = good && ok
	}
	return good && s.outputs(typ, first)
}

func nodeText(n *doc.Node) string {
	if n == nil {
		return ""
	}
	return n.Value
}

// column reads the head of a column.
func (s *sheet) column(n *doc.Node, typ *facts.FactType) (sheetColumn, bool) {
	text := strings.TrimSpace(n.Value)
	c := sheetColumn{head: n}
	keys := SheetKeys()
	switch output := outputForm.FindStringSubmatch(text); {
	case text == "":
		s.l.add(BadSheet.At(n.Span, "a column has nothing in the first line").Expect("an input, an output or one of %s", strings.Join(keys, ", ")))
		return c, false
	case slices.Contains(keys, text):
		c.key = text
		return c, true
	case output != nil && typ == nil:
		return c, false
	case output != nil && output[1] != typ.Name:
		s.l.add(BadSheet.At(n.Span, "the table concludes %s, and this column is a field of %s", typ.Name, output[1]).Suggest("%s.%s", typ.Name, output[2]))
		return c, false
	case output != nil:
		c.field = s.l.fieldNamed(n, typ, output[2])
		return c, c.field != nil
	case identifier.FindString(text) == text && s.scope.bound[text].IsZero():
		d := BadSheet.At(n.Span, "%q is no column of a table", text).Expect("an input such as w.wind, an output such as Type.field, or one of %s", strings.Join(keys, ", "))
		s.l.add(near(d, text, keys))
		return c, false
	}
	node := grid.Unguarded(n)
	if !s.scope.readable(node, "the input", condition.WantValue()) {
		return c, false
	}
	c.text = whole(node)
	var ok bool
	c.input, ok = s.scope.parse(c.text, condition.WantValue())
	return c, ok
}

// outputs reports the fields that no column gives.
func (s *sheet) outputs(typ *facts.FactType, first doc.GridRow) bool {
	var missing []string
	for _, f := range typ.Fields {
		if !slices.ContainsFunc(s.columns, func(c sheetColumn) bool { return c.field == f }) {
			missing = append(missing, typ.Name+"."+f.Name)
		}
	}
	if len(missing) > 0 {
		s.l.add(BadSheet.At(first.Cells[0].Span, "there is no column %s", strings.Join(missing, ", ")).
			Expect("a column for each field of %s", typ.Name))
	}
	return len(missing) == 0
}

// whole reports a row that is longer than the first line, or shorter.
func (s *sheet) whole(row doc.GridRow) bool {
	if ds := grid.Whole(row, len(s.columns)+1); len(ds) > 0 {
		s.l.ds = append(s.l.ds, ds...)
		s.l.incomplete = true
		return false
	}
	return true
}

// row hands the cells of a row on as the map that it would be in YAML.
func (s *sheet) row(index int, row doc.GridRow) {
	head := row.Cells[0]
	m := &doc.Node{Kind: doc.Map, Span: head.Span}
	with := &doc.Node{Kind: doc.Map, Span: head.Span}
	add := func(to *doc.Node, key string, at facts.Span, value *doc.Node) {
		to.Entries = append(to.Entries, doc.Entry{Key: &doc.Node{Value: key, Span: at}, Value: value})
	}
	add(m, "row", head.Span, grid.Unguarded(head))
	for i, c := range s.columns {
		cell := row.Cells[i+1]
		switch blank := strings.TrimSpace(cell.Value) == ""; {
		case c.field != nil:
			n := grid.Plain(cell, c.field.Type, s.comma)
			n.Null = blank && c.field.Type.Kind != facts.Text
			add(with, c.field.Name, cell.Span, n)
		case c.key == "" || blank:
		case c.key == "cites":
			add(m, c.key, cell.Span, &doc.Node{Kind: doc.List, Span: cell.Span, Items: grid.Words(cell)})
		default:
			add(m, c.key, cell.Span, grid.Unguarded(cell))
		}
	}
	add(m, "with", head.Span, with)
	s.add(index, m, record{l: s.l, n: m, what: "a row"}, func(scope *ruleScope) ([]*Step, bool) { return s.conditions(scope, row) })
}

// conditions are what the cells of a row ask of the inputs, and whether they ask
// nothing.
func (s *sheet) conditions(scope *ruleScope, row doc.GridRow) (steps []*Step, bare bool) {
	bare = true
	for i, c := range s.columns {
		if c.input == nil {
			continue
		}
		cell := grid.Plain(row.Cells[i+1], c.input.Type(), s.comma)
		composed, problem := grid.Compose(c.text.text, c.input.Type(), cell.Value)
		if problem != nil {
			d := problem.Diagnostic
			d.Span = cell.SpanOf(problem.From, problem.To)
			s.l.add(d)
			s.l.incomplete, bare = true, false
			continue
		}
		if composed.Text == "" {
			continue
		}
		bare = false
		src := condition.Source{Text: composed.Text, SpanOf: func(from, to int) facts.Span {
			inCell, start, end := composed.Origin(from, to)
			if !inCell {
				return c.text.ruler.SpanOf(c.text.from+start, c.text.from+end)
			}
			return cell.SpanOf(start, end)
		}, Rewrite: func(int, int, string) []source.Edit { return nil }}
		if e, ok := scope.parseSource(src, condition.WantCondition()); ok {
			steps = append(steps, &Step{Kind: Condition, Expr: e, Text: e.Text(), Span: cell.Span})
		}
	}
	return steps, bare
}
