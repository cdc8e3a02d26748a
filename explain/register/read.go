package register

import (
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

// thresholdsRead says of an expression whether it is the threshold at an index.
func thresholdsRead(index int) func(condition.Expr) bool {
	return func(e condition.Expr) bool {
		t, ok := e.(*condition.Threshold)
		return ok && t.Index == index
	}
}

// fieldRead says of an expression whether it is a field of some fact.
func fieldRead(f *facts.Field) func(condition.Expr) bool {
	return func(e condition.Expr) bool {
		switch e := e.(type) {
		case *condition.FieldOf:
			return e.Field == f
		case *condition.ElementField:
			return e.Field == f
		}
		return false
	}
}

// readers are the rules and the lines of the report that read something. A line reads
// what its sentence tells and what it weighs, a rule what it asks and concludes.
func readers(p *rules.Pack, is func(condition.Expr) bool) (names, lines []string) {
	names, lines = []string{}, []string{}
	for _, r := range p.Rules {
		found := false
		r.Own().Each(func(e condition.Expr) { found = found || is(e) })
		if found {
			names = append(names, r.Name)
		}
	}
	for _, l := range p.Lines() {
		found := false
		look := func(e condition.Expr) bool {
			found = found || is(e)
			return !found
		}
		l.Rule.Each(func(e condition.Expr) { look(e) })
		condition.Walk(l.Weight, look)
		if l.Rule.Says != nil {
			for _, part := range l.Rule.Says.Parts {
				condition.Walk(part.Expr, look)
			}
		}
		if found {
			lines = append(lines, l.Rule.Name)
		}
	}
	return names, lines
}
