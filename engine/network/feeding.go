package network

import (
	"fmt"
	"strings"

	"truce/facts"
	"truce/rules"
)

// feeding follows the last new fact back through what its stratum concluded it from,
// and says which rules fed which, with the facts that they passed.
func (m *Matcher) feeding() string {
	at, by := m.run.last, m.run.by
	if by == nil || !m.stores[at.typ].recursive {
		return ""
	}
	var parts []string
	seen := map[*rules.Rule]bool{}
	for !seen[by.rule.Rule] {
		seen[by.rule.Rule] = true
		from, next, ok := m.feeder(at)
		if !ok {
			return ""
		}
		parts = append(parts, fmt.Sprintf("rule %s concluded %s from %s of rule %s",
			by.rule.Name, m.name(at), m.name(from), next.rule.Name))
		at, by = from, next
	}
	return ": " + strings.Join(parts, ", ")
}

// feeder is the first premise of a fact's support that its own stratum concluded.
func (m *Matcher) feeder(at growing) (growing, *conclusion, bool) {
	s := &m.stores[at.typ]
	if int(at.n) >= len(s.support) || s.support[at.n] == 0 {
		return growing{}, nil, false
	}
	r := m.program.conclusion(s.support[at.n]).rule
	for slot, t := range r.types {
		if t.stratum != s.stratum {
			continue
		}
		from := growing{int32(t.Index), s.premise(at.n, r)[slot]}
		return from, m.program.conclusion(m.stores[t.Index].support[from.n]), true
	}
	return growing{}, nil, false
}

func (m *Matcher) name(g growing) string {
	f := m.modelFact(&m.stores[g.typ], g.n)
	return f.Name()
}

// feedingSpan is where the rule of the last new fact stands.
func (m *Matcher) feedingSpan() facts.Span {
	if m.run.by == nil {
		return facts.Span{}
	}
	return m.run.by.rule.Span
}
