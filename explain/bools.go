package explain

import (
	"truce/engine/trace"
	"truce/facts"
	"truce/rules/condition"
	"truce/rules/eval"
)

// A trace holds the atoms of conditions. Of a bound value or a formula that is true
// or false it holds the outcome alone, so its atoms are evaluated here, on demand,
// from what the trace says: the premises' fields, the bound values, and the outcome
// of each aggregate, which stands in the expression in place of the aggregate.

// atomsWithin are the atoms of a true-or-false expression of a justification, or
// nil where there is nothing to take apart, or where the atoms do not give the
// outcome that was recorded: the run may have had other thresholds than the pack.
func atomsWithin(t *trace.Trace, j *trace.Justification, e condition.Expr, v facts.Value, r *trace.Reads) []trace.Atom {
	if !divisible(e) {
		return nil
	}
	values := map[condition.Expr]facts.Value{}
	for i := range r.Aggregates {
		values[r.Aggregates[i].Expr] = r.Aggregates[i].Value
	}
	env := environment(t, j)
	var list []trace.Atom
	eachLeaf(e, false, func(leaf condition.Expr, negated bool) {
		list = append(list, evaluated(leaf, negated, env, values, r))
	})
	if !newDecider(list).truth(e).Same(v) {
		return nil
	}
	return list
}

// divisible reports whether a true-or-false expression has parts to show.
func divisible(e condition.Expr) bool {
	if e == nil || e.Type().Kind != facts.Bool {
		return false
	}
	switch e.(type) {
	case *condition.Unary, *condition.Binary, *condition.Member, *condition.TextTest, *condition.Call:
		return true
	}
	return false
}

// eachLeaf visits what stands between "and", "or" and "not".
func eachLeaf(e condition.Expr, negated bool, visit func(condition.Expr, bool)) {
	switch x := e.(type) {
	case *condition.Unary:
		if x.Op == condition.Not {
			eachLeaf(x.X, !negated, visit)
			return
		}
	case *condition.Binary:
		if x.Op == condition.And || x.Op == condition.Or {
			eachLeaf(x.X, negated, visit)
			eachLeaf(x.Y, negated, visit)
			return
		}
	}
	visit(e, negated)
}

func environment(t *trace.Trace, j *trace.Justification) *eval.Env {
	env := &eval.Env{Values: j.Values, Parameters: t.Parameters, AsOf: t.Case.AsOf,
		Members: func(*facts.FactType) []eval.Member { return nil }}
	for _, p := range j.Premises {
		f := eval.Fact{Ref: p}
		for i := range t.Facts[p].Fields {
			f.Values = append(f.Values, t.Facts[p].Fields[i].Value)
		}
		env.Facts = append(env.Facts, f)
	}
	return env
}

// evaluated is one atom, with the texts of the expression as it was written.
func evaluated(leaf condition.Expr, negated bool, env *eval.Env, values map[condition.Expr]facts.Value, r *trace.Reads) trace.Atom {
	known := replaced(leaf, values)
	found := eval.Atoms(known, env)[0]
	a := trace.Atom{Expr: leaf, Negated: negated, Truth: found.Truth, Margin: found.Margin, Reads: readsOf(&found.Reads)}
	texts := condition.Children(leaf)
	if _, aggregate := leaf.(*condition.Aggregate); aggregate || len(texts) == 0 {
		texts = []condition.Expr{leaf}
	}
	for i, o := range found.Operands {
		if i < len(texts) {
			a.Operands = append(a.Operands, trace.Operand{Expr: texts[i], Value: o.Value})
		}
	}
	condition.Walk(leaf, func(x condition.Expr) bool {
		for i := range r.Aggregates {
			if x == condition.Expr(r.Aggregates[i].Expr) {
				a.Reads.Aggregates = append(a.Reads.Aggregates, r.Aggregates[i])
			}
		}
		return true
	})
	return a
}

func readsOf(r *eval.Reads) trace.Reads {
	out := trace.Reads{Thresholds: r.Thresholds, Slots: r.Slots, AsOf: r.AsOf}
	for _, f := range r.Fields {
		out.Fields = append(out.Fields, trace.FieldRef(f))
	}
	return out
}

// replaced is an expression with known values in place of some of its parts. Nodes
// are copied, so that the rest keeps its types and places.
func replaced(e condition.Expr, values map[condition.Expr]facts.Value) condition.Expr {
	if v, ok := values[e]; ok {
		return condition.Constant(e.Span(), e.Type(), v)
	}
	switch x := e.(type) {
	case *condition.Unary:
		c := *x
		c.X = replaced(x.X, values)
		return &c
	case *condition.Binary:
		c := *x
		c.X, c.Y = replaced(x.X, values), replaced(x.Y, values)
		return &c
	case *condition.Conditional:
		c := *x
		c.Cond, c.Then, c.Else = replaced(x.Cond, values), replaced(x.Then, values), replaced(x.Else, values)
		return &c
	case *condition.Member:
		c := *x
		c.X = replaced(x.X, values)
		return &c
	case *condition.TextTest:
		c := *x
		c.X = replaced(x.X, values)
		return &c
	case *condition.Call:
		c := *x
		c.Args = allReplaced(x.Args, values)
		return &c
	case *condition.External:
		c := *x
		c.Args = allReplaced(x.Args, values)
		return &c
	}
	return e
}

func allReplaced(es []condition.Expr, values map[condition.Expr]facts.Value) []condition.Expr {
	out := make([]condition.Expr, len(es))
	for i, e := range es {
		out[i] = replaced(e, values)
	}
	return out
}
