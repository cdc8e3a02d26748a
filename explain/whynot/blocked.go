package whynot

import (
	"truce/engine/trace"
	"truce/explain/world"
	"truce/rules"
	"truce/rules/eval"
)

// Asker answers single questions about one run.
type Asker struct{ x *explainer }

// NewAsker makes a run ready to be asked.
func NewAsker(t *trace.Trace) *Asker { return &Asker{newExplainer(t, Options{Depth: -1})} }

// Blocked says what keeps a rule from concluding a goal with given facts, by name and
// in the order of the rule's patterns. It is false where there is no such rule, where
// the rule never concludes the goal, or where the run does not have one of the facts.
func (a *Asker) Blocked(goal Target, rule string, premises []string) (Instance, bool) {
	r := a.x.t.Pack.Rule(rule)
	if r == nil || len(premises) != r.FactSlots {
		return Instance{}, false
	}
	for _, then := range r.Then {
		if then.Fact != goal.Type {
			continue
		}
		if _, barred := bars(then, goal.wants); barred {
			continue
		}
		s := &search{explainer: a.x, rule: r, conclusion: then, wants: goal.wants}
		if c, ok := s.chosen(premises); ok {
			return s.instance(c, 0), true
		}
	}
	return Instance{}, false
}

// chosen is the choice of given facts.
func (s *search) chosen(premises []string) (*choice, bool) {
	c := s.first()
	for s.advance(c); c.next <= len(s.rule.When); s.advance(c) {
		step := s.rule.When[c.next]
		i, ok := s.t.Find(premises[step.Slot])
		if !ok || step.Kind != rules.Pattern || s.t.Facts[i].Type != step.Fact {
			return nil, false
		}
		s.bind(c, world.Bound(s.t, i))
	}
	return c, true
}

// bind gives the pattern that a choice waits for its fact.
func (s *search) bind(c *choice, f eval.Fact) {
	c.facts[s.rule.When[c.next].Slot] = f
	c.next++
	if f.Ref < 0 || s.t.Facts[f.Ref].Status != trace.Certain {
		c.count, c.far = c.count+1, c.far+1
	}
}
