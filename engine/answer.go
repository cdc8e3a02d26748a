package engine

import (
	"slices"
	"strings"

	"truce/engine/model"
	"truce/engine/trace"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
)

// Answer is what the goal came to. It is settled when one value alone can hold, and
// does. No value at all, and two that hold for certain, are errors.
func (s *Session) Answer() (trace.Answer, error) {
	var a trace.Answer
	err := s.AnswerInto(&a)
	return a, err
}

// AnswerInto is Answer into memory that was used before.
func (s *Session) AnswerInto(a *trace.Answer) error {
	*a = trace.Answer{Values: a.Values[:0]}
	if err := s.current(); err != nil {
		return err
	}
	goal := s.program.pack.Goal
	numbers := s.matcher.Facts(goal.Type)
	held := false
	if !s.alone(numbers, a) {
		list := s.factsOf(goal.Type)
		for i := range list {
			if ruledOut(list, i) {
				a.Contradictions = append(a.Contradictions, i)
			}
		}
		for _, name := range goal.Field.Type.Names.List {
			if v := goalValue(list, goal.Field, facts.EnumOf(name)); v.Status != 0 {
				a.Values = append(a.Values, v)
			}
		}
	}
	for i := range a.Values {
		held = held || a.Values[i].Status == trace.Certain
	}
	if len(a.Values) == 0 {
		return source.Diagnostics{s.noAnswer()}
	}
	if err := s.twoAnswers(a); err != nil {
		return err
	}
	held = held || s.oneHolds()
	a.Settled = len(a.Values) == 1 && held
	a.NoneCanHold = !held
	return nil
}

// alone reads the one fact of the goal that there is, if its value is known, which is
// what most answers are.
func (s *Session) alone(numbers []int32, a *trace.Answer) bool {
	if len(numbers) != 1 {
		return false
	}
	goal := s.program.pack.Goal
	v := s.matcher.Value(goal.Type, numbers[0], goal.Field.Index)
	if !v.IsKnown() {
		return false
	}
	status := s.matcher.Status(goal.Type, numbers[0])
	if cap(a.Values) > 0 {
		a.Values = a.Values[:1]
		a.Values[0] = trace.GoalValue{Facts: a.Values[0].Facts[:0]}
	} else {
		a.Values = []trace.GoalValue{{}}
	}
	g := &a.Values[0]
	g.Value, g.Status, g.Facts = v.Text(), status, append(g.Facts, 0)
	return true
}

func notRun() error {
	return source.Diagnostics{ErrNotRun.At(source.Span{}, "nothing has run since the last change, or the last run failed")}
}

// goalValue is what the facts of the goal say of one value of it; its Status is zero
// when the value cannot hold.
func goalValue(list []model.Fact, goal *facts.Field, v facts.Value) trace.GoalValue {
	g := trace.GoalValue{Value: v.Text()}
	for i := range list {
		said := list[i].Values[goal.Index]
		if !said.MayEqual(v) || ruledOut(list, i) {
			continue
		}
		g.Facts = append(g.Facts, i)
		if list[i].Status == trace.Certain && said.IsKnown() {
			g.Status = trace.Certain
		}
		g.Status = max(g.Status, trace.Possible)
	}
	return g
}

// ruledOut reports whether a certain alternative of a possible fact excludes it.
func ruledOut(list []model.Fact, i int) bool {
	f := &list[i]
	if f.Group == 0 || f.Status == trace.Certain {
		return false
	}
	for j := range list {
		if g := &list[j]; g.Group == f.Group && g.Status == trace.Certain && f.Excludes(g) {
			return true
		}
	}
	return false
}

// oneHolds reports whether some goal fact is sure to hold though none is certain by
// itself: an instance of a total table with certain premises has one row that holds.
func (s *Session) oneHolds() bool {
	goal := s.program.pack.Goal.Type
	for _, i := range s.matcher.Facts(goal) {
		if s.matcher.OneHolds(goal, i) {
			return true
		}
	}
	return false
}

// factsOf are the facts of a type in canonical order, without their instances.
func (s *Session) factsOf(t *facts.FactType) []model.Fact {
	numbers := s.matcher.Facts(t)
	list := make([]model.Fact, len(numbers))
	for n, i := range numbers {
		list[n] = s.matcher.Fact(t, i)
	}
	slices.SortFunc(list, func(f, g model.Fact) int { return model.Compare(&f, &g) })
	return list
}

func (s *Session) noAnswer() source.Diagnostic {
	goal := s.program.pack.Goal
	d := ErrNoAnswer.At(goal.Field.Span, "no rule concludes %s on these facts", goal.Type.Name)
	for _, r := range s.program.pack.Rules {
		for _, c := range r.Then {
			if c.Fact == goal.Type {
				d = d.See(r.Span, "rule %s does not hold", r.Name)
			}
		}
	}
	return d
}

func (s *Session) twoAnswers(a *trace.Answer) error {
	if len(a.Values) < 2 {
		return nil
	}
	var said []string
	for _, v := range a.Values {
		if v.Status == trace.Certain {
			said = append(said, v.Value)
		}
	}
	if len(said) < 2 {
		return nil
	}
	d := ErrTwoAnswers.At(s.program.pack.Goal.Field.Span, "%s hold at once", strings.Join(said, " and "))
	m := s.matcher.Model()
	list := m.ByType[s.program.pack.Goal.Type.Index]
	for _, v := range a.Values {
		if v.Status != trace.Certain {
			continue
		}
		for _, i := range v.Facts {
			if r := holds(m, list[i]); r != nil {
				d = d.See(r.Span, "rule %s concludes %s", r.Name, m.Name(list[i]))
			}
		}
	}
	return source.Diagnostics{d}
}

// holds is the rule by which a fact holds, of several the first by name; nil where
// it only can hold.
func holds(m *model.Model, fact int) *rules.Rule {
	var first *rules.Rule
	for _, n := range m.Facts[fact].Instances {
		in := &m.Instances[n]
		if in.Status == trace.Certain && (first == nil || in.Rule.Name < first.Name) {
			first = in.Rule
		}
	}
	return first
}
