package network

import (
	"context"
	"math"

	"truce/engine/model"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
)

// listing builds a model.
type listing struct {
	*Matcher
	out *model.Model
	at  [][]int32 // by type, by the number among its facts: the number in the model
}

// Model is all that there is: every fact, and every instance, found again.
func (m *Matcher) Model() *model.Model {
	l := m.listing(m.program.pack.Strata)
	for _, s := range m.program.strata {
		l.instances(s)
	}
	return l.out
}

// diagnose says what is wrong with a stratum in which something is.
func (m *Matcher) diagnose(ctx context.Context, stratum int) error {
	l := m.listing(stratum)
	l.run.ctx = ctx
	for _, s := range m.program.strata {
		if s.number == stratum {
			l.instances(s)
		}
	}
	if l.run.err != nil {
		return l.run.err // there was no time to say what
	}
	if stratum == m.program.pack.Strata {
		return l.out.Failures(l.out.Lines)
	}
	if err := l.out.Failures(l.out.Instances); err != nil {
		return err
	}
	supported := map[int][]int{}
	for n := range l.out.Instances {
		if in := &l.out.Instances[n]; in.Status == trace.Certain {
			supported[in.Fact] = append(supported[in.Fact], n)
		}
	}
	return l.out.Conflicts(supported)
}

// listing has the facts up to a stratum.
func (m *Matcher) listing(stratum int) *listing {
	m.ask(collecting)
	l := &listing{Matcher: m, out: model.New(m.program.pack.Schema), at: make([][]int32, len(m.stores))}
	groups := map[[2]int]int{}
	for t := range m.stores {
		s := &m.stores[t]
		l.at[t] = make([]int32, len(s.facts))
		if s.stratum > stratum {
			continue
		}
		for _, n := range s.members {
			if s.facts[n].status[now] == 0 {
				continue
			}
			f := m.modelFact(s, n)
			if f.Group != 0 {
				at := [2]int{t, f.Group}
				if groups[at] == 0 {
					groups[at] = len(groups) + 1
				}
				f.Group = groups[at]
			}
			l.at[t][n] = int32(len(l.out.Facts))
			l.out.ByType[t] = append(l.out.ByType[t], len(l.out.Facts))
			l.out.Facts = append(l.out.Facts, f)
		}
		l.out.Settle(s.FactType)
	}
	return l
}

// ask prepares a search that a run has nothing to do with.
func (m *Matcher) ask(do purpose) {
	m.run = run{ctx: context.Background(), do: do, work: math.MaxInt}
	m.view(now)
}

// instances finds the instances of the rules of a stratum.
func (l *listing) instances(s *stratum) {
	l.run.collect = l.instance
	for _, r := range s.rules {
		if !l.children(r.full, start) {
			return
		}
	}
}

// instance adds an instance for each conclusion of a rule, or one for a line.
func (l *listing) instance(r *rule, s state) bool {
	in := model.Instance{Rule: r.Rule, Conclusion: -1, Fact: -1, Truth: s.truth.Value().Fact(facts.Bool, l.texts), Total: r.total && s.shared, Status: s.status(),
		Premises: make([]int, r.FactSlots), Values: make([]facts.Value, r.ValueSlots)}
	for slot, t := range r.types {
		in.Premises[slot] = int(l.at[t.Index][l.ids[slot]])
	}
	for _, step := range r.When {
		if step.Kind == rules.Let {
			in.Values[step.Slot] = l.frame.Lets[step.Slot].Fact(step.Expr.Type().Kind, l.texts)
		}
	}
	if r.line {
		l.out.Lines = append(l.out.Lines, in)
		return true
	}
	for _, c := range r.conclusions {
		in.Conclusion = c.number
		in.Fact, in.Failed = l.concludes(c)
		n := len(l.out.Instances)
		l.out.Instances = append(l.out.Instances, in)
		l.out.Facts[in.Fact].Instances = append(l.out.Facts[in.Fact].Instances, n)
	}
	return true
}

// concludes is the fact that the instance at hand concludes, and the fault of a field
// that has no value, or the zero Value.
func (l *listing) concludes(c *conclusion) (fact int, failed facts.Value) {
	s := &l.stores[c.typ.Index]
	n := c.constant
	if n < 0 {
		if l.makeRow(c, s) {
			failed = facts.FaultValue(facts.Bool, l.run.fault)
		}
		n = l.findRow(s, hashRow(l.row))
	}
	return int(l.at[c.typ.Index][n]), failed
}
