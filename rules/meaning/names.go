package meaning

import (
	"strings"

	"truce/facts"
	"truce/rules/condition"
)

// names are what the things of a pack are called when it is compared: as they are
// called in it, or, of things that the other pack has under another name, so.
type names struct{ other map[named]string }

type named struct {
	kind Kind
	name string
}

// of is the name of a thing of which no part of the name belongs to another.
func (n *names) of(k Kind, name string) string {
	if other, ok := n.other[named{k, name}]; ok {
		return other
	}
	return name
}

// under is the name of a thing that is called by what it belongs to, too.
func (n *names) under(k Kind, owner, between, name string) string {
	return n.of(k, owner+between+name)
}

// field is Type.field.
func (n *names) field(t *facts.FactType, f *facts.Field) string {
	return n.under(Field, n.of(FactType, t.Name), ".", f.Name)
}

// row is table/row.
func (n *names) row(table, row string) string {
	return n.under(Row, n.of(Table, table), "/", row)
}

// rule is the name of a rule or of a row.
func (n *names) rule(name string) string {
	if table, row, is := strings.Cut(name, "/"); is {
		return n.row(table, row)
	}
	return n.of(Rule, name)
}

// The marks around a name that stands for a thing of the pack. No text of a pack that
// is compared holds them but by accident, and then both packs' do.
const open, shut = "\u2039", "\u203a"

// mark is how a thing stands in what is compared.
func (n *names) mark(k Kind, name string) string { return marked(k, n.of(k, name)) }

func marked(k Kind, name string) string { return open + string(k) + ":" + name + shut }

// unit is a unit with the names that it is made of.
func (n *names) unit(u facts.Unit) string {
	var b strings.Builder
	rest := string(u)
	for rest != "" {
		i := strings.IndexAny(rest, "*/^")
		if i < 0 {
			i = len(rest)
		}
		b.WriteString(n.part(rest[:i]))
		if i < len(rest) {
			b.WriteByte(rest[i])
			i++
		}
		rest = rest[i:]
	}
	return b.String()
}

// part is a name in a unit, or a power.
func (n *names) part(s string) string {
	if s == "" || strings.Trim(s, "0123456789-") == "" {
		return s
	}
	return n.mark(Unit, s)
}

// writer writes expressions in which no name is bound, as they are compared.
func (n *names) writer() *normal {
	return &normal{
		ref:    func(k Kind, name string) string { return n.mark(k, name) },
		fact:   func(e *condition.FieldOf) string { return e.Name },
		value:  func(e *condition.Variable) string { return e.Name },
		fields: func(t *facts.FactType, f *facts.Field) string { return marked(Field, n.field(t, f)) },
	}
}
