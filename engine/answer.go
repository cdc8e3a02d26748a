package engine

import (
	"strings"

	"truce/engine/trace"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
)

// Answer is what the goal came to. It is settled when one value alone can hold, and
// does. No value at all, and two that hold for certain, are errors.
func (s *Session) Answer() (trace.Answer, error) {
	if s.model == nil {
		return trace.Answer{}, notRun()
	}
	goal := s.program.pack.Goal
	a := trace.Answer{}
	held := false
	for _, i := range s.model.ByType[goal.Type.Index] {
		if s.ruledOut(i) {
			a.Contradictions = append(a.Contradictions, i)
		}
	}
	for _, name := range goal.Field.Type.Names.List {
		v := s.goalValue(facts.EnumOf(name))
		if v.Status == 0 {
			continue
		}
		a.Values = append(a.Values, v)
		held = held || v.Status == trace.Certain
	}
	if len(a.Values) == 0 {
		return a, source.Diagnostics{s.noAnswer()}
	}
	if err := s.twoAnswers(a); err != nil {
		return a, err
	}
	held = held || s.oneHolds()
	a.Settled = len(a.Values) == 1 && held
	a.NoneCanHold = !held
	return a, nil
}

func notRun() error {
	return source.Diagnostics{ErrNotRun.At(source.Span{}, "nothing has run since the last change, or the last run failed")}
}

// goalValue is what the model says of one value of the goal; its Status is zero
// when the value cannot hold.
func (s *Session) goalValue(v facts.Value) trace.GoalValue {
	goal := s.program.pack.Goal
	g := trace.GoalValue{Value: v.Text()}
	for _, i := range s.model.ByType[goal.Type.Index] {
		f := &s.model.Facts[i]
		said := f.Values[goal.Field.Index]
		if !said.MayEqual(v) || s.ruledOut(i) {
			continue
		}
		g.Facts = append(g.Facts, i)
		if f.Status == trace.Certain && said.IsKnown() {
			g.Status = trace.Certain
		}
		g.Status = max(g.Status, trace.Possible)
	}
	return g
}

// ruledOut reports whether a certain alternative of a possible fact excludes it.
func (s *Session) ruledOut(i int) bool {
	f := &s.model.Facts[i]
	if f.Group == 0 || f.Status == trace.Certain {
		return false
	}
	for _, j := range s.model.ByType[f.Type.Index] {
		g := &s.model.Facts[j]
		if g.Group == f.Group && g.Status == trace.Certain && f.Excludes(g) {
			return true
		}
	}
	return false
}

// oneHolds reports whether some goal fact is sure to hold though none is certain by
// itself: an instance of a total table with certain premises has one row that holds.
func (s *Session) oneHolds() bool {
	for _, i := range s.model.ByType[s.program.pack.Goal.Type.Index] {
		for _, n := range s.model.Facts[i].Instances {
			if in := &s.model.Instances[n]; in.Total && s.model.PremisesCertain(in) {
				return true
			}
		}
	}
	return false
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

func (s *Session) twoAnswers(a trace.Answer) error {
	var said []string
	d := ErrTwoAnswers.At(s.program.pack.Goal.Field.Span, "")
	for _, v := range a.Values {
		if v.Status != trace.Certain {
			continue
		}
		said = append(said, v.Value)
		for _, i := range v.Facts {
			if r := s.holds(i); r != nil {
				d = d.See(r.Span, "rule %s concludes %s", r.Name, s.model.Name(i))
			}
		}
	}
	if len(said) < 2 {
		return nil
	}
	d.Message = strings.Join(said, " and ") + " hold at once"
	return source.Diagnostics{d}
}

// holds is the rule by which a fact holds, of several the first by name; nil where
// it only can hold.
func (s *Session) holds(fact int) *rules.Rule {
	var first *rules.Rule
	for _, n := range s.model.Facts[fact].Instances {
		in := &s.model.Instances[n]
		if in.Status == trace.Certain && (first == nil || in.Rule.Name < first.Name) {
			first = in.Rule
		}
	}
	return first
}
