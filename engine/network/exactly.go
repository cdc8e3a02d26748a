package network

import (
	"slices"

	"truce/engine/model"
	"truce/engine/network/code"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules/eval"
)

// exactly lets eval compute the value over all facts of the type.
func (m *Matcher) exactly(a *aggregate, s *store) code.Value {
	row := m.frame.Row
	list := make([]eval.Contribution, 0, len(s.members))
	for _, n := range m.inOrder(s) {
		f := &s.facts[n]
		status := f.status[m.run.view]
		if status == 0 {
			continue
		}
		c := eval.Contribution{There: status == trace.Certain, Copies: m.copiesOf(s, n, m.run.view), Group: m.group(s, n), Blurred: f.flags&isBlurred != 0}
		selected := code.Truth{Is: code.True}
		m.frame.Row = s.row(n, m.run.view)
		if a.where != nil {
			if m.run.work -= a.size; m.run.work < 0 && !m.exhausted() {
				break
			}
			selected = a.where(&m.frame)
		}
		selected = a.selected(selected, status)
		c.Selected = selected.Value().Fact(facts.Bool, m.texts)
		if a.of != nil && selected.Is != code.False {
			c.Value = a.of(&m.frame).Fact(a.expr.Of.Type().Kind, m.texts)
		}
		list = append(list, c)
	}
	m.frame.Row = row
	return code.FromFact(eval.Aggregated(a.expr, list), m.texts)
}

// inOrder is the members of a type, in canonical order where that may show: among
// alternatives.
func (m *Matcher) inOrder(s *store) []int32 {
	if !s.kin {
		return s.members
	}
	type member struct {
		n    int32
		fact model.Fact
	}
	var members []member
	for _, n := range s.members {
		members = append(members, member{n, m.modelFact(s, n)})
	}
	slices.SortFunc(members, func(x, y member) int { return model.Compare(&x.fact, &y.fact) })
	list := make([]int32, len(members))
	for i := range members {
		list[i] = members[i].n
	}
	return list
}

// group is shared by the facts of one key that are there in the view at hand; 0 where
// there are no others.
func (m *Matcher) group(s *store, n int32) int {
	first, others := m.firstKin(s, n)
	if !others {
		return 0
	}
	there := 0
	for i := first; i >= 0; i = s.books[i].kin {
		if s.facts[i].status[m.run.view] != 0 {
			there++
		}
	}
	if there < 2 {
		return 0
	}
	return int(first) + 1
}
