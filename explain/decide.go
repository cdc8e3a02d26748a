package explain

import (
	"truce/engine/trace"
	"truce/facts"
	"truce/rules/condition"
	"truce/rules/eval"
)

// decisive are the atoms of an expression that its truth needs, by position. See
// the package's doc.
func decisive(e condition.Expr, atoms []trace.Atom) []bool {
	d := newDecider(atoms)
	if len(atoms) > 0 {
		d.need(e)
	}
	return d.needed
}

type decider struct {
	atoms  []trace.Atom
	at     map[condition.Expr]int
	needed []bool
}

func newDecider(atoms []trace.Atom) *decider {
	d := &decider{atoms: atoms, at: make(map[condition.Expr]int, len(atoms)), needed: make([]bool, len(atoms))}
	for i := range atoms {
		d.at[atoms[i].Expr] = i
	}
	return d
}

// truth is Kleene's, over the truths of the atoms as they were found.
func (d *decider) truth(e condition.Expr) facts.Value {
	if i, ok := d.at[e]; ok {
		return d.atoms[i].Truth
	}
	switch e := e.(type) {
	case *condition.Unary:
		return eval.Not(d.truth(e.X))
	case *condition.Binary:
		if e.Op == condition.And {
			return eval.And(d.truth(e.X), d.truth(e.Y))
		}
		return eval.Or(d.truth(e.X), d.truth(e.Y))
	}
	return facts.UnknownBool()
}

func (d *decider) need(e condition.Expr) {
	if i, ok := d.at[e]; ok {
		d.needed[i] = true
		return
	}
	switch e := e.(type) {
	case *condition.Unary:
		d.need(e.X)
	case *condition.Binary:
		d.needPair(e)
	}
}

// needPair asks for both sides of what is as neutral as its parts, for the first
// side that dominates, and for each side that is as open as the whole.
func (d *decider) needPair(e *condition.Binary) {
	whole, x, y := d.truth(e), d.truth(e.X), d.truth(e.Y)
	neutral, dominant := facts.Value.True, facts.Value.False
	if e.Op == condition.Or {
		neutral, dominant = dominant, neutral
	}
	switch {
	case dominant(whole) && dominant(x):
		d.need(e.X)
	case dominant(whole):
		d.need(e.Y)
	default:
		if neutral(whole) || !neutral(x) {
			d.need(e.X)
		}
		if neutral(whole) || !neutral(y) {
			d.need(e.Y)
		}
	}
}

// AnswerFacts are the facts that give the goal a value: of each value that can
// hold the one that stands first, so of least height.
func AnswerFacts(t *trace.Trace) []int {
	var list []int
	for _, v := range t.Answer.Values {
		best := -1
		for _, f := range v.Facts {
			if best < 0 || better(&t.Facts[f], &t.Facts[best]) {
				best = f
			}
		}
		if best >= 0 {
			list = append(list, best)
		}
	}
	return list
}

func better(f, g *trace.Fact) bool {
	if f.Status != g.Status {
		return f.Status == trace.Certain
	}
	return f.Height < g.Height
}
