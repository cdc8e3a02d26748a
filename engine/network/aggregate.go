package network

import (
	"slices"

	"truce/engine/network/code"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules/condition"
)

// aggregate is a quantifier or an aggregate over the facts of a type, with the places
// where it reads what is outside of it.
type aggregate struct {
	number int
	expr   *condition.Aggregate
	typ    *typ
	where  func(*code.Frame) code.Truth // nil: all
	of     func(*code.Frame) code.Value // nil: nothing is computed of each
	size   int
	form   condition.Form
	kind   facts.Kind // of the value
	given  facts.Kind // of what is computed of each fact
	// fields must equal outer, each a condition that the predicate joins by "and"; so
	// where all are points an index finds the facts that matter.
	fields []int
	outer  []condition.Expr
	keys   []func(*code.Frame) code.Value
	index  *index
	// loose says of each key, where it is a field that may be unknown, by which index
	// facts are found of which it is.
	loose []*index
	// rest is the predicate without what the index has seen to; nil: nothing.
	rest func(*code.Frame) code.Truth
	// fixed is what each constant fact of the type gives, where that never changes.
	fixed []fixed
	// together says that it is one of typ.together.
	together bool
	// global says that nothing outside is read, so that there is one value; keyed that
	// nothing but the keys is, so that there is one for each key.
	global, keyed bool
	// keyable says that each key is a field of a matched fact, so that an index finds
	// the bindings that a changed fact matters to.
	keyable bool
}

// selected is whether a fact counts, of which the predicate comes to a truth: it is there,
// and the predicate holds; for "all", and it does not.
func (a *aggregate) selected(t code.Truth, status trace.Status) code.Truth {
	if a.form == condition.All {
		t = not(t)
	}
	if status != trace.Certain {
		t = code.And(t, code.Truth{Is: code.Maybe})
	}
	return t
}

// plain reports whether an aggregate reads only fields and literals.
func plain(e *condition.Aggregate) bool {
	is := true
	condition.Walk(e, func(x condition.Expr) bool {
		switch x.(type) {
		case *condition.Threshold, *condition.AsOf, *condition.External:
			is = false
		}
		return is
	})
	return is
}

// aggregate numbers an aggregate, and compiles it when it is new. Two that are alike
// are one, also in different rules.
func (c *compiler) aggregate(e *condition.Aggregate) int {
	key := code.Key(e)
	if n, has := c.numbers[key]; has {
		return n
	}
	a := &aggregate{number: len(c.program.aggregates), expr: e, typ: c.program.types[e.Fact.Index], size: 1,
		form: e.Form, kind: e.Type().Kind}
	c.numbers[key] = a.number
	c.program.aggregates = append(c.program.aggregates, a)
	if e.Of != nil {
		_, a.of = c.value(e.Of)
		a.given = e.Of.Type().Kind
		a.size += code.Size(e.Of)
	}
	if e.Where != nil {
		_, a.where = c.test(e.Where)
		a.size += code.Size(e.Where)
	}
	c.keys(a)
	return a.number
}

// keys finds the fields that must equal something outside. For "all" a fact counts
// that fails the predicate, so there are none.
func (c *compiler) keys(a *aggregate) {
	slots, lets := outer(a.expr)
	a.global = len(slots)+len(lets) == 0
	if a.expr.Where == nil || a.expr.Form == condition.All {
		return
	}
	type key struct {
		field int
		outer condition.Expr
	}
	var keys []key
	var rest []condition.Expr
	for _, e := range conjuncts(a.expr.Where) {
		field, other, ok := elementEquals(e)
		if !ok || slices.ContainsFunc(keys, func(k key) bool { return k.field == field }) {
			rest = append(rest, e)
			continue
		}
		keys = append(keys, key{field, other})
	}
	if len(keys) == 0 {
		return
	}
	slices.SortFunc(keys, func(x, y key) int { return x.field - y.field })
	a.keyed = true
	for _, e := range append(slices.Clone(rest), a.expr.Of) {
		if e != nil {
			slots, lets := outer(e)
			a.keyed = a.keyed && len(slots)+len(lets) == 0
		}
	}
	a.keyable, a.rest = a.keyed, c.joined(rest)
	for _, k := range keys {
		_, run := c.value(k.outer)
		a.fields, a.outer, a.keys = append(a.fields, k.field), append(a.outer, k.outer), append(a.keys, run)
		f, field := k.outer.(*condition.FieldOf)
		a.keyable = a.keyable && field
		var loose *index
		if field && !c.program.layouts[f.Fact.Index].Exact[f.Field.Index] {
			loose = c.program.types[f.Fact.Index].index([]int{f.Field.Index})
		}
		a.loose = append(a.loose, loose)
	}
	a.index = a.typ.index(a.fields)
}

// elementEquals takes ".field == outer" apart, whichever side comes first.
func elementEquals(e condition.Expr) (field int, other condition.Expr, ok bool) {
	b, is := e.(*condition.Binary)
	if !is || b.Op != condition.Eq {
		return 0, nil, false
	}
	for _, sides := range [2][2]condition.Expr{{b.X, b.Y}, {b.Y, b.X}} {
		f, is := sides[0].(*condition.ElementField)
		slots, lets := outer(sides[1])
		if is && len(slots)+len(lets) > 0 && !inner(sides[1]) && sides[1].Type().Kind == f.Type().Kind {
			return f.Field.Index, sides[1], true
		}
	}
	return 0, nil, false
}

// inner reports whether an expression reads the fact in turn.
func inner(e condition.Expr) bool {
	found := false
	condition.Walk(e, func(x condition.Expr) bool {
		_, is := x.(*condition.ElementField)
		found = found || is
		return !found
	})
	return found
}

// joined is the conjunction of conditions; nil of none.
func (c *compiler) joined(list []condition.Expr) func(*code.Frame) code.Truth {
	var tests []func(*code.Frame) code.Truth
	for _, e := range list {
		_, run := c.test(e)
		tests = append(tests, run)
	}
	switch len(tests) {
	case 0:
		return nil
	case 1:
		return tests[0]
	}
	return func(f *code.Frame) code.Truth {
		t := tests[0](f)
		for _, run := range tests[1:] {
			if t.Is == code.False {
				return t
			}
			t = code.And(t, run(f))
		}
		return t
	}
}
