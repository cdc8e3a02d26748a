package search

import (
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

// slice is the part of a pack that leads to the goal: its answer is the same, unless
// what was left out ends in an error.
func slice(p *rules.Pack) *rules.Pack {
	q := *p
	q.Rules = nil
	for _, r := range p.Rules {
		for _, c := range r.Then {
			if p.Leads(c.Fact) || c.Fact == p.Goal.Type {
				kept := *r
				kept.Index = len(q.Rules)
				q.Rules = append(q.Rules, &kept)
				break
			}
		}
	}
	q.Report = &rules.Report{}
	q.Tests, q.Claims = nil, nil
	return &q
}

// reads are the fields and the thresholds that the rules of a pack look at.
type reads struct {
	fields     map[*facts.Field]bool
	thresholds map[int]bool
}

func readsOf(p *rules.Pack) *reads {
	r := &reads{map[*facts.Field]bool{}, map[int]bool{}}
	for _, rule := range p.Rules {
		for _, s := range rule.When {
			if s.Expr != nil {
				r.expr(s.Expr)
			}
		}
		for _, c := range rule.Then {
			for _, e := range c.Fields {
				r.expr(e)
			}
		}
	}
	return r
}

func (r *reads) expr(e condition.Expr) {
	condition.Walk(e, func(e condition.Expr) bool {
		switch e := e.(type) {
		case *condition.FieldOf:
			r.fields[e.Field] = true
		case *condition.ElementField:
			r.fields[e.Field] = true
		case *condition.Threshold:
			r.thresholds[e.Index] = true
		}
		return true
	})
}
