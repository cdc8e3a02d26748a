package oracle

import (
	"slices"

	"truce/engine/model"
	"truce/facts"
	"truce/rules"
	"truce/rules/eval"
)

// match is the search for the instances of one rule: nested loops over its
// patterns, line by line.
type match struct {
	*run
	rule   *rules.Rule
	delta  int // the slot whose premise is the first new one; -1: no restriction
	facts  []eval.Fact
	values []facts.Value
	work   *model.Work // what the rule costs; nil where nothing is counted
}

// step goes on from a line of "when" with the truth of the lines before it. total
// says that what the rows of a total table share is true.
func (m *match) step(n int, truth facts.Value, total bool) error {
	if err := m.tick(); err != nil {
		return err
	}
	if row := m.rule.Row; row != nil && n == row.Common {
		total = row.Total && truth.True()
	}
	if n == len(m.rule.When) {
		return m.found(truth, total)
	}
	s := m.rule.When[n]
	switch s.Kind {
	case rules.Pattern:
		return m.pattern(n, truth, total)
	case rules.Let:
		m.values[s.Slot] = m.eval(s)
		return m.step(n+1, truth, total)
	}
	truth = eval.And(truth, m.eval(s))
	if truth.False() {
		return nil
	}
	return m.step(n+1, truth, total)
}

func (m *match) eval(s *rules.Step) facts.Value {
	if m.work != nil {
		m.work.Tested++
	}
	m.env.Facts, m.env.Values = m.facts, m.values
	return eval.Eval(s.Expr, m.env)
}

func (m *match) pattern(n int, truth facts.Value, total bool) error {
	s := m.rule.When[n]
	for _, i := range m.candidates(s) {
		if m.work != nil {
			m.work.Tried++
		}
		m.facts[s.Slot] = m.model.Bound(i)
		if err := m.step(n+1, truth, total); err != nil {
			return err
		}
	}
	return nil
}

// candidates are the facts that may stand in a slot: before the slot of the first
// new premise only facts that the round before had seen, in it only new ones, after
// it both. Facts that came during this round wait for the next. Until its stratum
// is settled, a type's facts stand in the order in which they came, so that each
// of these is a stretch of the list.
func (m *match) candidates(s *rules.Step) []int {
	list := m.model.ByType[s.Fact.Index]
	if !m.growing[s.Fact] {
		return list
	}
	from := func(fact int) int {
		n, _ := slices.BinarySearch(list, fact)
		return n
	}
	list = list[:from(m.seen)]
	switch {
	case m.delta < 0 || s.Slot > m.delta:
		return list
	case s.Slot < m.delta:
		return list[:from(m.fresh)]
	}
	return list[from(m.fresh):]
}

// found records an instance for each conclusion of the rule, or one for a line of
// the report.
func (m *match) found(truth facts.Value, total bool) error {
	premises := make([]int, len(m.facts))
	for i := range m.facts {
		premises[i] = m.facts[i].Ref
	}
	in := model.Instance{Rule: m.rule, Conclusion: -1, Fact: -1, Premises: premises,
		Values: slices.Clone(m.values), Truth: truth, Total: total}
	if len(m.rule.Then) == 0 {
		m.model.Lines = append(m.model.Lines, in)
		if m.work != nil {
			m.work.Held++
		}
		return nil
	}
	for c := range m.rule.Then {
		in.Conclusion = c
		if err := m.conclude(in); err != nil {
			return err
		}
	}
	return nil
}
