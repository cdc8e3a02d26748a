package meaning

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

// line is one line of a part: as it is compared, and as it is read.
type line struct {
	mark  string // with bound names numbered
	named string // with bound names as they are written
	Text
}

// written is a line in which no name is bound.
func written(mark string, t Text) line { return line{mark, mark, t} }

// ruleLines are the lines of a rule in both ways of writing.
type ruleLines struct {
	names *names
	steps []*rules.Step
	marks labels // of bound names, as they are compared
}

// labels are what bound names are called, by slot.
type labels struct{ facts, values map[int]string }

// linesOf gets ready to write a rule's lines and conclusions.
func linesOf(n *names, steps []*rules.Step) *ruleLines {
	r := &ruleLines{names: n, steps: steps}
	r.number()
	return r
}

// number gives each bound name a number by what it is bound to, so that neither what
// it is called nor the order of lines shows. It begins with the types of patterns and
// the expressions of values; names that are alike in that are told apart by the lines
// that speak of them, and where those are alike too, by their order.
func (r *ruleLines) number() {
	at := labels{map[int]string{}, map[int]string{}}
	for _, s := range r.steps {
		switch s.Kind {
		case rules.Pattern:
			at.facts[s.Slot] = r.names.mark(FactType, s.Fact.Name)
		case rules.Let:
			at.values[s.Slot] = brief("(" + r.writer(at).text(s.Expr, false) + ")")
		}
	}
	for range r.steps {
		if !repeats(at) {
			break
		}
		next := labels{map[int]string{}, map[int]string{}}
		for slot, label := range at.facts {
			next.facts[slot] = label + r.spokenOf(at, at.facts, slot)
		}
		for slot, label := range at.values {
			next.values[slot] = label + r.spokenOf(at, at.values, slot)
		}
		at = ranked(next)
	}
	r.marks = ranked(at)
}

// brief is a text, or what tells it apart where it is long: a value that is bound to
// another twice would double it at each line.
func brief(s string) string {
	if len(s) <= 2*sha256.Size {
		return s
	}
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

// spokenOf are the lines that speak of a name, with a mark in its place.
func (r *ruleLines) spokenOf(at labels, among map[int]string, slot int) string {
	label := among[slot]
	plain := r.conditions(at)
	among[slot] = "@"
	marked := r.conditions(at)
	among[slot] = label
	var lines []string
	for i := range plain {
		if plain[i] != marked[i] {
			lines = append(lines, marked[i])
		}
	}
	slices.Sort(lines)
	return "|" + strings.Join(lines, "|")
}

// conditions are all lines but patterns, one for each, in their order.
func (r *ruleLines) conditions(at labels) []string {
	var list []string
	w := r.writer(at)
	for _, s := range r.steps {
		switch s.Kind {
		case rules.Let:
			list = append(list, at.values[s.Slot]+" = "+w.text(s.Expr, false))
		case rules.Condition:
			list = append(list, w.text(s.Expr, false))
		}
	}
	return list
}

func repeats(at labels) bool {
	for _, m := range []map[int]string{at.facts, at.values} {
		seen := map[string]bool{}
		for _, label := range m {
			if seen[label] {
				return true
			}
			seen[label] = true
		}
	}
	return false
}

// ranked are short labels in the order of long ones, equal where those are, and at
// last by slot.
func ranked(at labels) labels {
	return labels{rankedOf("f", at.facts), rankedOf("v", at.values)}
}

func rankedOf(letter string, long map[int]string) map[int]string {
	slots := make([]int, 0, len(long))
	for slot := range long {
		slots = append(slots, slot)
	}
	slices.SortFunc(slots, func(a, b int) int {
		if c := strings.Compare(long[a], long[b]); c != 0 {
			return c
		}
		return a - b
	})
	short := map[int]string{}
	for i, slot := range slots {
		short[slot] = fmt.Sprintf("%s%d", letter, i+1)
	}
	return short
}

// writer writes expressions as they are compared.
func (r *ruleLines) writer(at labels) *normal {
	w := r.names.writer()
	w.fact = func(e *condition.FieldOf) string { return at.facts[e.Slot] }
	w.value = func(e *condition.Variable) string { return at.values[e.Slot] }
	return w
}

// when are the lines of the rule. That an earlier row does not hold is left out: the
// order of rows says it.
func (r *ruleLines) when() []line {
	var list []line
	for _, s := range r.steps {
		switch s.Kind {
		case rules.Pattern:
			of := r.names.mark(FactType, s.Fact.Name)
			list = append(list, line{r.marks.facts[s.Slot] + ": " + of, s.Name + ": " + of, Text{s.Name + ": " + s.Fact.Name, s.Span}})
		case rules.Let:
			x := r.expression(s.Expr)
			list = append(list, line{r.marks.values[s.Slot] + ": " + x.mark, s.Name + ": " + x.named, Text{s.Name + ": " + x.Text.Text, s.Span}})
		default:
			list = append(list, r.conjuncts(s.Expr, s.Span, false)...)
		}
	}
	return list
}

// conjuncts are the conditions that an expression joins by "and", a line each.
func (r *ruleLines) conjuncts(e condition.Expr, at facts.Span, denied bool) []line {
	switch e := e.(type) {
	case *condition.Unary:
		if e.Op == condition.Not {
			return r.conjuncts(e.X, at, !denied)
		}
	case *condition.Binary:
		if joins(e.Op, denied) == condition.And {
			return append(r.conjuncts(e.X, at, denied), r.conjuncts(e.Y, at, denied)...)
		}
	}
	return []line{{r.writer(r.marks).text(e, denied), r.names.writer().text(e, denied), Text{reader().text(e, denied), at}}}
}

// then are the conclusions, a line each.
func (r *ruleLines) then(list []*rules.Conclusion) []line {
	var lines []line
	for _, c := range list {
		var marks, named, texts []string
		for i, e := range c.Fields {
			f := c.Fact.Fields[i]
			x, name := r.expression(e), marked(Field, r.names.field(c.Fact, f))+" = "
			marks, named, texts = append(marks, name+x.mark), append(named, name+x.named), append(texts, f.Name+" = "+x.Text.Text)
		}
		slices.Sort(marks)
		slices.Sort(named)
		fact := func(of string, fields []string) string { return of + "(" + strings.Join(fields, ", ") + ")" }
		of := r.names.mark(FactType, c.Fact.Name)
		lines = append(lines, line{fact(of, marks), fact(of, named), Text{fact(c.Fact.Name, texts), c.Span}})
	}
	return lines
}

// expression is a line of one expression: of a literal, with its unit for the reader.
func (r *ruleLines) expression(e condition.Expr) line {
	x := line{r.writer(r.marks).text(e, false), r.names.writer().text(e, false), Text{reader().text(e, false), e.Span()}}
	if l, is := e.(*condition.Literal); is {
		x.Text.Text = l.Type().FormatUnit(l.Value)
	}
	return x
}

// reader writes expressions as a reader knows them.
func reader() *normal {
	return &normal{
		ref:    func(_ Kind, name string) string { return name },
		fact:   func(e *condition.FieldOf) string { return e.Name },
		value:  func(e *condition.Variable) string { return e.Name },
		fields: func(_ *facts.FactType, f *facts.Field) string { return f.Name },
	}
}
