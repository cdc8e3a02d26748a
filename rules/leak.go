package rules

import (
	"fmt"
	"strings"

	"truce/facts"
	"truce/facts/source"
)

// leaks reports each type from after the decision that leads to the goal, with
// the shortest way.
func leaks(p *Pack) source.Diagnostics {
	if p.Goal.Type == nil {
		return nil
	}
	g := &graph{edges: edges(p.Rules)}
	var ds source.Diagnostics
	for _, t := range p.Schema.Types {
		if !t.After {
			continue
		}
		if t == p.Goal.Type {
			ds = append(ds, Leak.At(t.Span, "the goal %s is declared to come after the decision", t.Name))
			continue
		}
		path := g.path(t, p.Goal.Type)
		if len(path) > 0 {
			ds = append(ds, leak(t, path))
		}
	}
	return ds
}

func leak(t *facts.FactType, path []edge) source.Diagnostic {
	way := []string{t.Name}
	for _, e := range path {
		way = append(way, fmt.Sprintf("%s (rule %s)", e.to.Name, e.rule.Name))
	}
	d := Leak.At(path[0].at, "%s comes after the decision and leads to the goal: %s", t.Name, strings.Join(way, " -> ")).
		Suggest("read it in rules for the report only").See(t.Span, "declared to come after the decision here")
	for _, e := range path[1:] {
		d = d.See(e.at, "rule %s reads %s here", e.rule.Name, e.from.Name)
	}
	return d
}

// leads finds the types from which the goal is concluded, the goal among them, by
// index.
func leads(p *Pack) []bool {
	lead := make([]bool, len(p.Schema.Types))
	if p.Goal.Type == nil {
		return lead
	}
	into := map[*facts.FactType][]*facts.FactType{}
	for _, e := range edges(p.Rules) {
		into[e.to] = append(into[e.to], e.from)
	}
	lead[p.Goal.Type.Index] = true
	for queue := []*facts.FactType{p.Goal.Type}; len(queue) > 0; queue = queue[1:] {
		for _, t := range into[queue[0]] {
			if !lead[t.Index] {
				lead[t.Index] = true
				queue = append(queue, t)
			}
		}
	}
	return lead
}

// Leads reports whether the goal may be concluded from facts of the type: the goal
// itself, what its rules read, and so on backwards. What a value that became known
// after the case's date must not reach is these types.
func (p *Pack) Leads(t *facts.FactType) bool {
	return t.Index < len(p.leads) && p.leads[t.Index]
}
