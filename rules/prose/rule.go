package prose

import (
	"strings"

	"truce/facts"
	"truce/rules"
)

// Text is a rule in English, in parts.
type Text struct {
	Given       []string // what it binds: "for the Weather (w),", "with stress as ...,"
	Conditions  []string // all of which must hold; the first may say of a row that no other one does
	OtherRows   bool     // whether it does
	Conclusions []Conclusion
}

// Conclusion is what a rule concludes.
type Conclusion struct {
	Fact   string
	Fields []Field
}

// Field is a field of a conclusion with its value.
type Field struct{ Name, Value string }

// Of is a rule in parts. A line of the report concludes nothing.
func Of(p *rules.Pack, r *rules.Rule) Text {
	w := &writer{pack: p, named: map[int]bool{}}
	t := Text{Given: w.given(r)}
	t.Conditions, t.OtherRows = w.conditions(r)
	for _, c := range r.Then {
		out := Conclusion{Fact: c.Fact.Name}
		for k, e := range c.Fields {
			out.Fields = append(out.Fields, Field{c.Fact.Fields[k].Name, w.value(e)})
		}
		t.Conclusions = append(t.Conclusions, out)
	}
	return t
}

// Rule is a rule in English, in lines without an ending line break. A line of the
// report is a rule too: it concludes that it is said.
func Rule(p *rules.Pack, r *rules.Rule) string {
	t := Of(p, r)
	lines := t.Given
	conclusions := t.conclusions()
	if len(t.Conditions) > 0 {
		lines = append(lines, "if")
		lines = append(lines, listed(t.Conditions, ", and")...)
		conclusions[0] = "then " + conclusions[0]
	}
	lines = append(lines, conclusions...)
	lines[0] = strings.ToUpper(lines[0][:1]) + lines[0][1:]
	return strings.Join(lines, "\n") + "."
}

// writer writes one rule.
type writer struct {
	pack  *rules.Pack
	named map[int]bool // thresholds whose value was given
}

const indent = "  "

// listed indents items, all but the last with what joins them.
func listed(items []string, join string) []string {
	out := make([]string, len(items))
	for i, s := range items {
		out[i] = indent + s
		if i < len(items)-1 {
			out[i] += join
		}
	}
	return out
}

// given are the facts and values that a rule binds.
func (w *writer) given(r *rules.Rule) []string {
	var patterns, lets []string
	for _, s := range r.When {
		switch s.Kind {
		case rules.Pattern:
			patterns = append(patterns, bound(s))
		case rules.Let:
			lets = append(lets, "with "+s.Name+" as "+w.value(s.Expr)+",")
		case rules.Condition:
		}
	}
	if len(patterns) == 0 {
		return lets
	}
	return append([]string{"for " + and(patterns) + ","}, lets...)
}

// bound names the facts of a pattern: "the Economy (e)", "each Stress (s)".
func bound(s *rules.Step) string {
	if s.Fact.Concluded && len(s.Fact.Key) == 0 || !s.Fact.Concluded && s.Fact.Count == facts.One {
		return "the " + s.Fact.Name + " (" + s.Name + ")"
	}
	return "each " + s.Fact.Name + " (" + s.Name + ")"
}

func (w *writer) conditions(r *rules.Rule) (conditions []string, otherRows bool) {
	var list, others []string
	for _, s := range r.When {
		switch {
		case s.Kind != rules.Condition:
		case s.NotRow != "":
			others = append(others, s.NotRow)
		default:
			list = append(list, w.clause(s.Expr, false))
		}
	}
	if len(others) == 0 {
		return list, false
	}
	which, fails := "earlier", ""
	if r.Row.Hit == rules.Unique {
		which, fails = "other", " (both at once are an error)"
	}
	if len(others) == 1 {
		return append([]string{"the " + which + " row " + others[0] + " does not hold" + fails}, list...), true
	}
	return append([]string{"no " + which + " row holds (" + strings.Join(others, ", ") + ")" + fails}, list...), true
}

func (t *Text) conclusions() []string {
	if len(t.Conclusions) == 0 {
		return []string{"say so in the report"}
	}
	var lines []string
	for i, c := range t.Conclusions {
		head := "conclude " + c.Fact
		if i > 0 {
			lines[len(lines)-1] += ","
			head = "and conclude " + c.Fact
		}
		if len(c.Fields) > 0 {
			head += " with"
		}
		lines = append(lines, head)
		var fields []string
		for _, f := range c.Fields {
			fields = append(fields, quoted(f.Name)+" = "+f.Value)
		}
		lines = append(lines, listed(fields, ",")...)
	}
	return lines
}

// quoted is a field's name as the pack spells it: set off, it is read as a name
// whatever word it is.
func quoted(s string) string { return "`" + s + "`" }

func and(items []string) string { return series(items, "and") }

// series joins "a, b and c".
func series(items []string, word string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + " " + word + " " + items[last]
}
