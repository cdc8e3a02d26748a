package sheet

import (
	"slices"
	"strings"

	"truce/facts"
	"truce/facts/doc"
	"truce/facts/source"
	"truce/rules"
	"truce/rules/grid"
)

// note begins the row that says what each column takes.
const note = "# each column takes"

// input is a column of a table, and its place among those of the same text.
type input struct {
	text string
	typ  facts.Type
	nth  int
}

// tableRow is a row of a table in YAML.
type tableRow struct {
	file  *file
	node  *doc.Node // the row's map
	rule  *rules.Rule
	lines []*line
	turn  []*line // lines as they shall be, of those that change
}

// line is a condition of a row.
type line struct {
	node  *doc.Node // in `when`; nil for one that is new
	input input
	cell  string
	says  string // the condition
	why   *cause // what asks for a change; its value is the new condition, or nothing
}

// table is the sheet of a decision table.
func (p *pack) table(t *rules.Table) *model {
	m := &model{name: sheetName(t), names: 1}
	if t.File != "" {
		m.raw = p.files[t.File].text
		return m
	}
	f := p.files[t.Span.File]
	at := f.tableNode(t.Name)
	var list []*tableRow
	var inputs []input
	for _, rule := range p.Rows(t.Name) {
		r := &tableRow{file: f, node: at.rowNode(rule.Row.Name), rule: rule}
		inputs = r.read(inputs)
		list = append(list, r)
	}
	m.hit = func(why cause) { f.set(at.Node, "hit", why) }
	m.head = []string{string(t.Hit)}
	m.types = []string{note}
	for _, in := range inputs {
		m.head, m.types = append(m.head, in.text), append(m.types, in.typ.Describe())
	}
	for _, field := range t.Fact.Fields {
		m.head, m.types = append(m.head, t.Fact.Name+"."+field.Name), append(m.types, field.Type.Describe())
	}
	keys := keysOf(list)
	for _, key := range keys {
		m.head, m.types = append(m.head, key), append(m.types, "")
	}
	for _, r := range list {
		m.rows = append(m.rows, r.row(t, inputs, keys))
	}
	return m
}

// tableNode is the map of a table.
type tableNode struct{ *doc.Node }

func (f *file) tableNode(name string) tableNode {
	for _, section := range []string{"tables", "rules"} {
		if list := f.root.Get(section); list != nil {
			for _, n := range list.Items {
				if text(n, "table") == name {
					return tableNode{n}
				}
			}
		}
	}
	return tableNode{} // every table of a pack is in its file
}

func (t tableNode) rowNode(name string) *doc.Node {
	i := slices.IndexFunc(t.Get("rows").Items, func(n *doc.Node) bool { return text(n, "row") == name })
	return t.Get("rows").Items[i]
}

// keysOf are the columns behind the outputs.
func keysOf(rows []*tableRow) []string {
	return slices.DeleteFunc(rules.SheetKeys(), func(key string) bool {
		always := key == "says" || key == "cites"
		return !always && !slices.ContainsFunc(rows, func(r *tableRow) bool { return r.node.Get(key) != nil })
	})
}

// read takes the conditions of a row apart, and adds the inputs that are new.
func (r *tableRow) read(inputs []input) []input {
	own := r.rule.Cells()
	nodes := r.when()
	for i, e := range own {
		t := grid.Of(e)
		in := input{text: flat(t.Input.Text()), typ: t.Input.Type()}
		for _, l := range r.lines {
			if l.input.text == in.text {
				in.nth++
			}
		}
		r.lines = append(r.lines, &line{node: nodes[i], input: in, cell: t.Cell(), says: bare(e.Text())})
		if !slices.ContainsFunc(inputs, func(o input) bool { return o.text == in.text && o.nth == in.nth }) {
			inputs = append(inputs, in)
		}
	}
	return inputs
}

// when are the lines of the row, as they stand in the file.
func (r *tableRow) when() []*doc.Node {
	if n := r.node.Get("when"); n != nil {
		return n.Items
	}
	return nil
}

// flat is an expression on one line.
func flat(text string) string { return strings.Join(strings.Fields(text), " ") }

// bare is an expression without blanks and brackets, which the tree need not keep as
// they were written.
func bare(text string) string {
	return strings.NewReplacer(" ", "", "\n", "", "(", "", ")", "").Replace(text)
}

// row is the row of a sheet.
func (r *tableRow) row(t *rules.Table, inputs []input, keys []string) *row {
	f := r.file
	out := &row{cells: []*cell{{text: r.rule.Row.Name}}, done: r.done}
	for _, in := range inputs {
		out.cells = append(out.cells, r.inputCell(in))
	}
	with := r.node.Get("with")
	for _, field := range t.Fact.Fields {
		out.cells = append(out.cells, needed(f.scalarCell(with, field.Name, field.Type)))
	}
	for _, key := range keys {
		if key == "cites" {
			out.cells = append(out.cells, f.listCell(r.node, key))
		} else {
			out.cells = append(out.cells, f.scalarCell(r.node, key, facts.Type{}))
		}
	}
	return out
}

func (r *tableRow) inputCell(in input) *cell {
	l := &line{input: in}
	for _, have := range r.lines {
		if have.input.text == in.text && have.input.nth == in.nth {
			l = have
		}
	}
	typ := in.typ
	if numeric := typ.Kind == facts.Number || typ.Kind == facts.Integer; !numeric && typ.Kind != facts.Bool {
		typ = facts.Type{}
	}
	return &cell{text: l.cell, says: l.says, typ: typ, set: func(why cause) (string, source.Diagnostics) {
		composed, problem := grid.Compose(in.text, in.typ, why.value)
		if problem != nil {
			d := problem.Diagnostic
			d.Span = why.node.SpanOf(problem.From, problem.To)
			return "", source.Diagnostics{d}
		}
		why.composed, why.value = composed, composed.Text
		l.why = &why
		r.turn = append(r.turn, l)
		return bare(composed.Text), nil
	}}
}

// done changes the lines of the row: those that a cell asks for take the place of those
// that it takes away, as far as there are such.
func (r *tableRow) done() source.Diagnostics {
	var gone, more []*line
	for _, l := range r.turn {
		switch {
		case l.node == nil && l.why.value != "":
			more = append(more, l)
		case l.node != nil && l.why.value == "":
			gone = append(gone, l)
		case l.node != nil:
			r.file.replace(l.node, r.inFlow(), *l.why)
		}
	}
	for len(gone) > 0 && len(more) > 0 {
		r.file.replace(gone[0].node, r.inFlow(), *more[0].why)
		gone, more = gone[1:], more[1:]
	}
	if len(gone) > 0 && len(gone) == len(r.when()) {
		r.file.drop(r.node, "when", *gone[0].why)
		return nil
	}
	for _, l := range gone {
		r.takeOut(l)
	}
	r.addLines(more)
	return nil
}

func (r *tableRow) inFlow() bool { return r.file.flow(r.node) || r.file.flow(r.node.Get("when")) }

func (r *tableRow) takeOut(l *line) {
	f := r.file
	var parts [][2]int
	for _, n := range r.when() {
		parts = append(parts, [2]int{f.start(n), f.end(n)})
	}
	f.cutOut(parts, slices.Index(r.when(), l.node), f.flow(r.node.Get("when")), *l.why)
}

func (r *tableRow) addLines(more []*line) {
	if len(more) == 0 {
		return
	}
	f, have := r.file, r.when()
	if len(have) == 0 {
		var texts []string
		for _, l := range more {
			texts = append(texts, scalar(l.why.value, doc.Plain, true))
		}
		why := *more[0].why
		if n := r.node.Get("when"); n != nil && !n.Null {
			f.put(f.start(n), f.end(n), "["+strings.Join(texts, ", ")+"]", why)
		} else {
			f.add(r.node, "when", "["+strings.Join(texts, ", ")+"]", why)
		}
		return
	}
	last := have[len(have)-1]
	for _, l := range more {
		text := scalar(l.why.value, doc.Plain, r.inFlow())
		if f.flow(r.node.Get("when")) {
			f.put(f.end(last), f.end(last), ", "+text, *l.why)
			continue
		}
		start := f.start(last)
		end := f.lineEnd(f.end(last))
		f.put(end, end, f.newline()+f.text[f.lineStart(start):start]+text, *l.why)
	}
}
