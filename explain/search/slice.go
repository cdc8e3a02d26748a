package search

import (
	"slices"

	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

// slice is the part of a pack that leads to the goal, or to one of some further rules:
// its answer is the same, unless what was left out ends in an error.
func slice(p *rules.Pack, further map[*rules.Rule]bool) *rules.Pack {
	needed := neededTypes(p, further)
	q := *p
	q.Rules = nil
	for _, r := range p.Rules {
		if further[r] || concludesOne(r, needed) {
			kept := *r
			kept.Index = len(q.Rules)
			q.Rules = append(q.Rules, &kept)
		}
	}
	var lines []*rules.Line
	for _, l := range p.Lines() {
		if further[l.Rule] {
			line, rule := *l, *l.Rule
			rule.Index = len(q.Rules) + len(lines)
			line.Rule = &rule
			lines = append(lines, &line)
		}
	}
	q.Report = &rules.Report{Sections: []*rules.Section{{Lines: lines}}}
	q.Tests, q.Claims = nil, nil
	return &q
}

// neededTypes are the types that lead to the goal or that the further rules stand on.
func neededTypes(p *rules.Pack, further map[*rules.Rule]bool) map[*facts.FactType]bool {
	needed := map[*facts.FactType]bool{p.Goal.Type: true}
	for _, t := range p.Schema.Types {
		needed[t] = needed[t] || p.Leads(t)
	}
	for r := range further {
		readTypes(r, needed)
	}
	for before := 0; before < len(needed); {
		before = len(needed)
		for _, r := range p.Rules {
			if concludesOne(r, needed) {
				readTypes(r, needed)
			}
		}
	}
	return needed
}

func concludesOne(r *rules.Rule, of map[*facts.FactType]bool) bool {
	return slices.ContainsFunc(r.Then, func(c *rules.Conclusion) bool { return of[c.Fact] })
}

// readTypes adds the types that a rule matches or ranges over.
func readTypes(r *rules.Rule, into map[*facts.FactType]bool) {
	for _, s := range r.When {
		if s.Fact != nil {
			into[s.Fact] = true
		}
	}
	r.Each(func(e condition.Expr) {
		if a, is := e.(*condition.Aggregate); is {
			into[a.Fact] = true
		}
	})
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
