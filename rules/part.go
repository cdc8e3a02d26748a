package rules

import (
	"truce/facts"
	"truce/rules/condition"
)

// Part is the pack with some of its rules and lines of the report alone, numbered
// anew, without tests and claims. What it concludes is what the whole pack does where
// whatever the kept rules read is concluded by kept rules.
func (p *Pack) Part(keep func(*Rule) bool) *Pack {
	q := *p
	q.Rules = nil
	for _, r := range p.Rules {
		if keep(r) {
			kept := *r
			kept.Index = len(q.Rules)
			q.Rules = append(q.Rules, &kept)
		}
	}
	var lines []*Line
	for _, l := range p.Lines() {
		if keep(l.Rule) {
			line, rule := *l, *l.Rule
			rule.Index = len(q.Rules) + len(lines)
			line.Rule = &rule
			lines = append(lines, &line)
		}
	}
	q.Report = &Report{Sections: []*Section{{Lines: lines}}}
	q.Tests, q.Claims = nil, nil
	return &q
}

// Concludes reports whether the rule concludes one of some types.
func (r *Rule) Concludes(of map[*facts.FactType]bool) bool {
	for _, c := range r.Then {
		if of[c.Fact] {
			return true
		}
	}
	return false
}

// ReadTypes adds the types that a rule matches or ranges over. Its sentence does not
// count.
func (r *Rule) ReadTypes(into map[*facts.FactType]bool) {
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
