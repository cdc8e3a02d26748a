package analyse

import (
	"slices"

	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
	"truce/rules/eval"
)

// truth is what can be said of all points of a box at once.
type truth uint8

const (
	open  truth = iota // of some it may be so and of some not
	never              // of none
	always
)

// demand is something that a point must answer.
type demand struct {
	// all are conditions of which every one must hold; none says that one of them must not.
	all  []condition.Expr
	none bool
	// pairs are values that must be the same, each with the other; differ says that
	// some must not be.
	pairs  [][2]condition.Expr
	differ bool

	uses []int       // the free slots that it depends on
	step *rules.Step // the line that it comes from; nil for what comes from no line
}

func (p *problem) demand(d *demand) {
	for _, e := range d.all {
		d.uses = append(d.uses, p.uses(e)...)
	}
	for _, pair := range d.pairs {
		d.uses = append(append(d.uses, p.uses(pair[0])...), p.uses(pair[1])...)
	}
	slices.Sort(d.uses)
	d.uses = slices.Compact(d.uses)
	p.demands = append(p.demands, d)
}

// holds demands the conditions of a bound rule for which of says so; of nil: all.
func (p *problem) holds(b *binding, of func(*rules.Step) bool) {
	for _, s := range b.rule.When {
		if s.Kind == rules.Condition && (of == nil || of(s)) {
			p.demand(&demand{all: p.conjuncts(s.Expr, b), step: s})
		}
	}
}

// conjuncts are the conditions that "and" joins, over the slots of the problem.
func (p *problem) conjuncts(e condition.Expr, b *binding) []condition.Expr {
	if and, ok := e.(*condition.Binary); ok && and.Op == condition.And {
		return append(p.conjuncts(and.X, b), p.conjuncts(and.Y, b)...)
	}
	return []condition.Expr{p.normal(e, b)}
}

// fails demands that some condition of a bound rule does not hold, of those for which
// of says so.
func (p *problem) fails(b *binding, of func(*rules.Step) bool) {
	d := &demand{none: true}
	for _, s := range b.rule.When {
		if s.Kind == rules.Condition && (of == nil || of(s)) {
			d.all = append(d.all, p.conjuncts(s.Expr, b)...)
		}
	}
	p.demand(d)
}

// concluded is a field of a conclusion over the slots of the problem.
func (p *problem) concluded(b *binding, c *rules.Conclusion, field int) condition.Expr {
	return p.normal(c.Fields[field], b)
}

func (d *demand) of(env *eval.Env) truth {
	if d.pairs != nil {
		return d.ofPairs(env)
	}
	v := facts.BoolOf(true)
	for _, e := range d.all {
		v = eval.And(v, eval.Eval(e, env))
		if v.False() {
			break
		}
	}
	switch {
	case !d.none && v.True(), d.none && v.False():
		return always
	case !d.none && (v.False() || v.Fault() != nil), d.none && v.True():
		return never
	}
	return open
}

func (d *demand) ofPairs(env *eval.Env) truth {
	v := facts.BoolOf(true)
	for _, pair := range d.pairs {
		v = eval.And(v, eval.Equal(eval.Eval(pair[0], env), eval.Eval(pair[1], env)))
	}
	switch {
	case v.True() && !d.differ, v.False() && d.differ:
		return always
	case v.True() && d.differ, v.False() && !d.differ:
		return never
	}
	return open
}
