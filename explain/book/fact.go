package book

import (
	"fmt"
	"strings"

	"truce/explain"
	"truce/facts"
	"truce/rules"
)

// types is the chapter of fact types: those that cases state, then those that rules
// conclude.
func (b *builder) types() {
	b.heading(2, "facts", "Fact types")
	for _, concluded := range []bool{false, true} {
		for _, t := range b.pack.Schema.Types {
			if t.Concluded == concluded {
				b.typ(t)
			}
		}
	}
}

func (b *builder) typ(t *facts.FactType) {
	b.heading(3, anchor("type", t.Name), "Type ", code(t.Name))
	b.para(t.Doc, " ", aside("%s; %s", strings.Join(kindOf(t), "; "), t.Span))
	block := Block{Kind: Table, Head: []Line{with("field"), with("what it is"), with("value")}}
	if !t.Concluded {
		block.Head = append(block.Head, with("of which time"), with("who would know"), with("in searches"))
	}
	for _, f := range t.Fields {
		row := []Line{with(code(f.Name)), with(f.Doc), b.value(f)}
		if !t.Concluded {
			row = append(row, with(f.Window), with(f.Asked), with(searches(f)))
		}
		block.Rows = append(block.Rows, Row{ID: fieldAnchor(t, f.Name), Cells: row})
	}
	b.add(block)
	b.para(b.concludedBy(t))
	b.para(b.readBy(t))
	b.para(b.assumed(t))
	for _, f := range t.Fields {
		b.levels(t, f)
	}
}

// kindOf says who states a type, how many there are of it, and what else is declared.
func kindOf(t *facts.FactType) []string {
	var list []string
	switch {
	case !t.Concluded:
		list = append(list, "stated by cases", map[facts.Count]string{facts.One: "one in each case", facts.Many: "any number, all of them listed",
			facts.Open: "any number, maybe more than are listed"}[t.Count])
	case len(t.Key) == 0:
		list = append(list, "concluded by rules", "one at most")
	default:
		var key []string
		for _, k := range t.Key {
			key = append(key, t.Fields[k].Name)
		}
		list = append(list, "concluded by rules", "one for each "+strings.Join(key, ", "))
	}
	if t.After {
		list = append(list, "comes after the decision, and leads to no answer")
	}
	if t.Context {
		list = append(list, "is shown and never decisive")
	}
	return list
}

// value says what a field can be.
func (b *builder) value(f *facts.Field) Line {
	out := with(f.Type.Kind.String())
	if f.Type.Unit != "" {
		out = append(out, plain(" in "), b.unit(f.Type.Unit))
	}
	if f.Type.Range != nil {
		out = append(out, plain(", %s", f.Type.Format(*f.Type.Range)))
	}
	if f.Exact {
		out = append(out, plain(", exact"))
	}
	if f.Type.Names != nil {
		out = append(out, plain(": %s", strings.Join(f.Type.Names.List, ", ")))
	}
	return out
}

// unit leads to a unit that has a name of its own; a product of several does not.
func (b *builder) unit(u facts.Unit) Span {
	for _, name := range b.pack.Schema.Units {
		if string(u) == name {
			return link("unit", name)
		}
	}
	return code(string(u))
}

// searches says how searches move a field.
func searches(f *facts.Field) string {
	var list []string
	if f.Move != facts.Free {
		list = append(list, f.Move.String())
	}
	if f.Plausible != nil {
		list = append(list, "within "+f.Type.Format(*f.Plausible))
	}
	if f.Step > 0 {
		list = append(list, "in steps of "+explain.Exact.Number(f.Step))
	}
	if f.Cost > 0 && f.Cost != 1 {
		list = append(list, "at a cost of "+explain.Exact.Number(f.Cost))
	}
	return strings.Join(list, ", ")
}

// levels tells what the levels or symbols of a field mean, where that is said.
func (b *builder) levels(t *facts.FactType, f *facts.Field) {
	if f.Type.Names == nil || strings.Join(f.Type.Names.Docs, "") == "" {
		return
	}
	how := "One of"
	if f.Type.Kind == facts.Scale {
		how = "Levels, lowest first, of"
	}
	b.para(how, " ", Span{Text: f.Name, To: fieldAnchor(t, f.Name), Style: Code}, ":")
	items := make([]Line, len(f.Type.Names.List))
	for i, name := range f.Type.Names.List {
		items[i] = with(code(name))
		if doc := f.Type.Names.Docs[i]; doc != "" {
			items[i] = with(code(name), ": "+doc)
		}
	}
	b.list(items...)
}

func (b *builder) concludedBy(t *facts.FactType) Line {
	var list []string
	for _, r := range b.pack.Rules {
		for _, c := range r.Then {
			if c.Fact == t && (len(list) == 0 || list[len(list)-1] != r.Name) {
				list = append(list, r.Name)
			}
		}
	}
	switch {
	case !t.Concluded:
		return nil
	case len(list) == 0:
		return with("No rule concludes it.")
	}
	return with("Concluded by ", named("rule", list), ".")
}

// readBy lists the rules and lines that match a type or range over it.
func (b *builder) readBy(t *facts.FactType) Line {
	var list []string
	all := append([]*rules.Rule{}, b.pack.Rules...)
	for _, l := range b.pack.Lines() {
		all = append(all, l.Rule)
	}
	for _, r := range all {
		if _, ranged := readTypes(r); has(ranged, t) {
			list = append(list, r.Name)
		}
	}
	if len(list) == 0 {
		return with("No rule reads it.")
	}
	return with(fmt.Sprintf("Read by %d: ", len(list)), named("rule", list), ".")
}

func has(set map[*facts.FactType]bool, t *facts.FactType) bool {
	_, ok := set[t]
	return ok
}

// assumed leads to what is assumed of a type.
func (b *builder) assumed(t *facts.FactType) Line {
	var names []string
	for _, a := range b.pack.Assumptions {
		if a.Type == t {
			names = append(names, a.Name())
		}
	}
	if len(names) == 0 {
		return nil
	}
	return with("Assumed where a case is silent: ", named("assumption", names), ".")
}
