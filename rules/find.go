package rules

import (
	"slices"

	"truce/facts"
)

func find[T any](list []*T, is func(*T) bool) *T {
	if i := slices.IndexFunc(list, is); i >= 0 {
		return list[i]
	}
	return nil
}

// Rule is the rule or row of that name, or nil.
func (p *Pack) Rule(name string) *Rule {
	return find(p.Rules, func(r *Rule) bool { return r.Name == name })
}

// Threshold is the threshold of that name, or nil.
func (p *Pack) Threshold(name string) *Threshold {
	return find(p.Thresholds, func(t *Threshold) bool { return t.Name == name })
}

// Claim is the claim of that id, or nil.
func (p *Pack) Claim(id string) *Claim {
	return find(p.Claims, func(c *Claim) bool { return c.ID == id })
}

// Extension is the extension of that id, or nil.
func (p *Pack) Extension(id string) *Extension {
	return find(p.Extensions, func(x *Extension) bool { return x.ID == id })
}

// Test is the test of that name, or nil.
func (p *Pack) Test(name string) *Test {
	return find(p.Tests, func(t *Test) bool { return t.Name == name })
}

// Assumption is what the pack assumes of a field, or nil.
func (p *Pack) Assumption(f *facts.Field) *Assumption {
	return find(p.Assumptions, func(a *Assumption) bool { return a.Field == f })
}

// Section is the section of the report of that name, or nil.
func (p *Pack) Section(name string) *Section {
	return find(p.Report.Sections, func(s *Section) bool { return s.Name == name })
}

// Lines lists the lines of the report in its order. Their rules are named
// report/line, are numbered on from Rules, and stand in stratum Strata, behind all
// others.
func (p *Pack) Lines() []*Line {
	var lines []*Line
	for _, s := range p.Report.Sections {
		lines = append(lines, s.Lines...)
	}
	return lines
}

// Line is the line of the report of that name, or nil.
func (p *Pack) Line(name string) *Line {
	return find(p.Lines(), func(l *Line) bool { return l.Rule.Name == "report/"+name })
}

// Label is the label that a goal value counts as, or "".
func (p *Pack) Label(value string) string {
	for _, l := range p.Goal.Labels {
		if slices.Contains(l.Values, value) {
			return l.Name
		}
	}
	return ""
}

// Labels lists the labels that cases may use.
func (p *Pack) Labels() []string {
	var names []string
	for _, l := range p.Goal.Labels {
		names = append(names, l.Name)
	}
	return names
}
