package cover

import (
	"slices"

	"truce/rules"
	"truce/rules/condition"
)

// Place is an expression of a rule and the line of "when" that it stands in; the
// expressions of conclusions stand in the line behind the last.
type Place struct {
	Rule *rules.Rule
	Line int
	Expr condition.Expr
}

// Expressions are those of a rule in the order of writing, but not what desugaring has
// added to a row.
func Expressions(r *rules.Rule) []Place {
	return slices.DeleteFunc(AllExpressions(r), func(p Place) bool {
		return p.Line < len(r.When) && r.When[p.Line].NotRow != ""
	})
}

// AllExpressions are those of a rule, with what desugaring has added.
func AllExpressions(r *rules.Rule) []Place {
	var list []Place
	for i, s := range r.When {
		if s.Expr != nil {
			list = append(list, Place{r, i, s.Expr})
		}
	}
	for _, c := range r.Then {
		for _, e := range c.Fields {
			list = append(list, Place{r, len(r.When), e})
		}
	}
	return list
}
