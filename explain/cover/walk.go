package cover

import (
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
	"truce/rules/eval"
)

// Choices tries each choice of facts for the patterns of a rule, line after line, as the
// rule is read, and goes on while no line is false. It asks the reference evaluator, so
// that what it finds is found once more than by the engine. It costs what a loop over each
// pattern inside the other costs.
//
// Reached is told of each line that a choice comes to, and of the end of the rule as of a
// line behind the last: whether all that stands before it certainly holds. The environment
// has the choice bound. It returns false to end the walk.
func Choices(r *rules.Rule, env *eval.Env, reached func(line int, sure bool) bool) {
	env.Facts, env.Values = resized(env.Facts, r.FactSlots), resized(env.Values, r.ValueSlots)
	w := walk{env, r.When, reached}
	w.from(0, true)
}

// A walk is on its way through one rule.
type walk struct {
	env     *eval.Env
	steps   []*rules.Step
	reached func(line int, sure bool) bool
}

func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

func (w *walk) from(line int, sure bool) bool {
	if !w.reached(line, sure) {
		return false
	}
	if line == len(w.steps) {
		return true
	}
	switch s := w.steps[line]; s.Kind {
	case rules.Pattern:
		members := w.env.Members(s.Fact)
		for i := range members {
			w.env.Facts[s.Slot] = members[i].Fact
			if !w.from(line+1, sure && members[i].Presence.True()) {
				return false
			}
		}
		return true
	case rules.Let:
		w.env.Values[s.Slot] = eval.Eval(s.Expr, w.env)
		return w.from(line+1, sure)
	default:
		v := eval.Eval(s.Expr, w.env)
		return v.False() || w.from(line+1, sure && v.True())
	}
}

// decisions evaluates the parts of a condition of which each is true or false by itself,
// as one reads it: what stands behind an "and" where all before it is true, behind an
// "or" where all before it is false. It returns what the condition comes to.
func decisions(e condition.Expr, env *eval.Env, found func(part condition.Expr, truth facts.Value)) facts.Value {
	switch e := e.(type) {
	case *condition.Unary:
		if e.Op == condition.Not {
			return eval.Not(decisions(e.X, env, found))
		}
	case *condition.Binary:
		switch e.Op {
		case condition.And:
			x := decisions(e.X, env, found)
			if !x.True() {
				return eval.And(x, eval.Eval(e.Y, env))
			}
			return decisions(e.Y, env, found)
		case condition.Or:
			x := decisions(e.X, env, found)
			if !x.False() {
				return eval.Or(x, eval.Eval(e.Y, env))
			}
			return decisions(e.Y, env, found)
		}
	}
	inFormula(e, env, found)
	v := eval.Eval(e, env)
	found(e, v)
	return v
}

// inFormula evaluates the conditions by which a formula chooses between values, as far as
// the choices before them lead there.
func inFormula(e condition.Expr, env *eval.Env, found func(part condition.Expr, truth facts.Value)) {
	switch e := e.(type) {
	case *condition.Aggregate:
		return // its predicate is asked of each fact, and shows in what it comes to
	case *condition.Conditional:
		switch c := decisions(e.Cond, env, found); {
		case c.True():
			inFormula(e.Then, env, found)
		case c.False():
			inFormula(e.Else, env, found)
		}
		return
	}
	for _, c := range condition.Children(e) {
		inFormula(c, env, found)
	}
}

// inExpression is decisions of what is true or false, and inFormula of what is not.
func inExpression(e condition.Expr, env *eval.Env, found func(part condition.Expr, truth facts.Value)) {
	if e.Type().Kind == facts.Bool {
		decisions(e, env, found)
		return
	}
	inFormula(e, env, found)
}

// parts lists what inExpression may find in an expression, in the order of writing. What
// reads nothing that cases state, thresholds alone, cannot have two outcomes and is left
// out.
func parts(e condition.Expr) []condition.Expr {
	return partsOf(nil, e, e.Type().Kind == facts.Bool)
}

func partsOf(list []condition.Expr, e condition.Expr, isCondition bool) []condition.Expr {
	if isCondition && joins(e) {
		for _, c := range condition.Children(e) {
			list = partsOf(list, c, true)
		}
		return list
	}
	if isCondition && !constant(e) {
		list = append(list, e)
	}
	switch e.(type) {
	case *condition.Aggregate:
		return list
	case *condition.Conditional:
		for i, c := range condition.Children(e) {
			list = partsOf(list, c, i == 0)
		}
		return list
	}
	for _, c := range condition.Children(e) {
		list = partsOf(list, c, false)
	}
	return list
}

// joins reports whether a condition is made of conditions.
func joins(e condition.Expr) bool {
	switch e := e.(type) {
	case *condition.Unary:
		return e.Op == condition.Not
	case *condition.Binary:
		return e.Op == condition.And || e.Op == condition.Or
	}
	return false
}

// constant reports whether an expression reads literals and thresholds alone.
func constant(e condition.Expr) bool {
	is := true
	condition.Walk(e, func(e condition.Expr) bool {
		switch e.(type) {
		case *condition.Variable, *condition.FieldOf, *condition.ElementField, *condition.AsOf, *condition.Aggregate:
			is = false
		}
		return is
	})
	return is
}
