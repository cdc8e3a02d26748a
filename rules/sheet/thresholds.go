package sheet

import (
	"strings"

	"truce/facts"
	"truce/facts/doc"
	"truce/facts/source"
	"truce/rules"
)

// entry is the map that declares a threshold, and its file.
func (p *pack) entry(t *rules.Threshold) (*file, *doc.Node) {
	f := p.files[t.Span.File]
	return f, f.root.Get("thresholds").Get(t.Name)
}

// text is what stands at a key, or nothing.
func text(m *doc.Node, key string) string {
	if n := m.Get(key); n != nil && !n.Null {
		return strings.TrimSpace(n.Value)
	}
	return ""
}

// listed is the list of texts at a key, as one text.
func listed(m *doc.Node, key string) string {
	n := m.Get(key)
	if n == nil {
		return ""
	}
	var list []string
	for _, i := range n.Items {
		list = append(list, strings.TrimSpace(i.Value))
	}
	return strings.Join(list, " ")
}

func (p *pack) thresholds() *model {
	m := &model{name: "thresholds.csv", names: 1, head: []string{"name", "value", "unit", "low", "high", "step", "basis", "cites", "because", "doc"}}
	for _, t := range p.Thresholds {
		f, n := p.entry(t)
		value := needed(f.scalarCell(n, "value", t.Type))
		if t.Table != nil {
			value = &cell{fixed: "the numbers of a table of points are in points.csv"}
		}
		low, high, done := f.plausible(n, t.Type)
		m.rows = append(m.rows, &row{done: done, cells: []*cell{
			{text: t.Name}, value, f.scalarCell(n, "unit", facts.Type{}), low, high,
			f.scalarCell(n, "step", facts.Type{Kind: facts.Number}), f.scalarCell(n, "basis", facts.Type{}),
			f.listCell(n, "cites"), f.scalarCell(n, "because", facts.Type{}), f.scalarCell(n, "doc", facts.Type{}),
		}})
	}
	return m
}

func (p *pack) points() *model {
	m := &model{name: "points.csv", names: 2, head: []string{"name", "level", "points", "unit"}}
	for _, t := range p.Thresholds {
		if t.Table == nil {
			continue
		}
		f, n := p.entry(t)
		for _, level := range t.Table.List {
			c := needed(f.scalarCell(n.Get("points"), level, t.Type))
			m.rows = append(m.rows, &row{cells: []*cell{{text: t.Name}, {text: level}, c,
				{text: string(t.Type.Unit), fixed: "the unit of a table of points is in thresholds.csv"}}})
		}
	}
	return m
}

// scalarCell is the value at a key of a map.
func (f *file) scalarCell(m *doc.Node, key string, t facts.Type) *cell {
	have := text(m, key)
	return &cell{text: have, says: have, typ: t, set: func(why cause) (string, source.Diagnostics) {
		if why.value == "" {
			f.drop(m, key, why)
			return "", nil
		}
		if t.Kind != 0 && !strings.HasPrefix(why.value, "=") {
			if _, ds := t.ParseGiven(why.node); len(ds) > 0 {
				return "", ds
			}
		}
		f.set(m, key, why)
		return why.value, nil
	}}
}

// needed is a cell that is never empty.
func needed(c *cell) *cell {
	set := c.set
	c.set = func(why cause) (string, source.Diagnostics) {
		if why.value == "" {
			return "", source.Diagnostics{BadRow.At(why.node.Span, "the cell is empty, and was %q", c.text).Expect("a value")}
		}
		return set(why)
	}
	return c
}

// listCell is the list of names at a key of a map.
func (f *file) listCell(m *doc.Node, key string) *cell {
	have := listed(m, key)
	return &cell{text: have, says: have, set: func(why cause) (string, source.Diagnostics) {
		names := strings.FieldsFunc(why.value, func(c rune) bool { return c == ' ' || c == ',' || c == ';' || c == '\n' })
		if len(names) == 0 {
			f.drop(m, key, why)
			return "", nil
		}
		for _, name := range names {
			if !plain(name, true) {
				return "", source.Diagnostics{BadRow.At(why.node.Span, "%q is no name", name).Expect("names with blanks between them")}
			}
		}
		text := "[" + strings.Join(names, ", ") + "]"
		if n := m.Get(key); n != nil && !n.Null {
			f.put(f.start(n), f.end(n), text, why)
		} else {
			f.add(m, key, text, why)
		}
		return strings.Join(names, " "), nil
	}}
}

// plausible is the two ends of what is plausible, which change together.
type plausible struct {
	file  *file
	entry *doc.Node // of the threshold
	typ   facts.Type
	ends  [2]*cell
	asked [2]*cause // of the ends that change
}

func (f *file) plausible(m *doc.Node, t facts.Type) (low, high *cell, done func() source.Diagnostics) {
	p := &plausible{file: f, entry: m, typ: t}
	for i := range p.ends {
		c := &cell{typ: t}
		if n := m.Get("plausible"); n != nil && !n.Null {
			c.text = strings.TrimSpace(n.Items[i].Value)
			c.says = c.text
		}
		c.set = func(why cause) (string, source.Diagnostics) { return p.ask(i, why) }
		p.ends[i] = c
	}
	return p.ends[0], p.ends[1], p.done
}

// ask notes that an end shall change.
func (p *plausible) ask(end int, why cause) (string, source.Diagnostics) {
	if why.value != "" && why.value != "open" {
		if _, ds := p.typ.ParseGiven(why.node); len(ds) > 0 {
			return "", ds
		}
	}
	p.asked[end] = &why
	return why.value, nil
}

// done changes the ends that shall.
func (p *plausible) done() source.Diagnostics {
	values, why := [2]string{p.ends[0].text, p.ends[1].text}, p.asked[0]
	for i, a := range p.asked {
		if a != nil {
			values[i], why = a.value, a
		}
	}
	n := p.entry.Get("plausible")
	switch {
	case why == nil:
	case values == [2]string{}:
		p.file.drop(p.entry, "plausible", *why)
	case values[0] == "" || values[1] == "":
		return source.Diagnostics{BadRow.At(why.node.Span, "one end of what is plausible is empty and the other is not").
			Suggest("write open for an end without bound")}
	case n == nil || n.Null:
		p.file.add(p.entry, "plausible", "["+values[0]+", "+values[1]+"]", *why)
	default:
		for i, a := range p.asked {
			if a != nil {
				p.file.replace(n.Items[i], true, *a)
			}
		}
	}
	return nil
}
