package code

import (
	"truce/rules/condition"
)

// Exact reports whether the value is always a point, or a fault: when all that the
// expression reads always is. Of fields the layouts say so; of aggregates,
// thresholds (tables too) and bound values the functions do, where nil is never.
func (c *Compiler) Exact(e condition.Expr, aggregate func(*condition.Aggregate) bool, threshold, let func(int) bool) bool {
	exact := true
	condition.Walk(e, func(e condition.Expr) bool {
		switch e := e.(type) {
		case *condition.FieldOf:
			exact = exact && c.Layouts[e.Fact.Index].exact(e.Field.Index)
		case *condition.ElementField:
			exact = exact && c.Layouts[e.Fact.Index].exact(e.Field.Index)
		case *condition.Variable:
			exact = exact && let != nil && let(e.Slot)
		case *condition.Threshold:
			exact = exact && threshold != nil && threshold(e.Index)
		case *condition.Aggregate:
			exact = exact && aggregate != nil && aggregate(e)
			return false
		}
		return exact
	})
	return exact
}

// Size is how many nodes an expression has, those inside aggregates included.
func Size(e condition.Expr) int {
	n := 0
	condition.Walk(e, func(condition.Expr) bool { n++; return true })
	return n
}
