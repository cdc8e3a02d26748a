package search

import (
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

// slice is the part of a pack that leads to the goal, or to one of some further rules:
// its answer is the same, unless what was left out ends in an error.
func slice(p *rules.Pack, further map[*rules.Rule]bool) *rules.Pack {
	needed := neededTypes(p, further)
	return p.Part(func(r *rules.Rule) bool { return further[r] || r.Concludes(needed) })
}

// neededTypes are the types that lead to the goal or that the further rules stand on.
func neededTypes(p *rules.Pack, further map[*rules.Rule]bool) map[*facts.FactType]bool {
	needed := map[*facts.FactType]bool{p.Goal.Type: true}
	for _, t := range p.Schema.Types {
		needed[t] = needed[t] || p.Leads(t)
	}
	for r := range further {
		r.ReadTypes(needed)
	}
	for before := 0; before < len(needed); {
		before = len(needed)
		for _, r := range p.Rules {
			if r.Concludes(needed) {
				r.ReadTypes(needed)
			}
		}
	}
	return needed
}

// reads are the fields and the thresholds that the rules of a pack look at.
type reads struct {
	fields     map[*facts.Field]bool
	thresholds map[int]bool
}

func readsOf(p *rules.Pack) *reads {
	r := &reads{map[*facts.Field]bool{}, map[int]bool{}}
	for _, rule := range p.Rules {
		rule.Each(r.expr)
	}
	for _, line := range p.Lines() {
		line.Rule.Each(r.expr)
	}
	return r
}

func (r *reads) expr(e condition.Expr) {
	switch e := e.(type) {
	case *condition.FieldOf:
		r.fields[e.Field] = true
	case *condition.ElementField:
		r.fields[e.Field] = true
	case *condition.Threshold:
		r.thresholds[e.Index] = true
	}
}
