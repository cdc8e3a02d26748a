package engine

import (
	"truce/engine/model"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
)

// Instance is one choice of facts for the patterns of a rule, of which no condition is
// false. It holds for the time of the call that hands it over.
type Instance struct {
	Rule     *rules.Rule
	Status   trace.Status
	matcher  matcher
	premises []int32
}

// Premise is the fact in one slot of the rule's patterns.
func (in Instance) Premise(slot int) Reading {
	for _, s := range in.Rule.When {
		if s.Kind == rules.Pattern && s.Slot == slot {
			return Reading{in.matcher, s.Fact, in.premises[slot]}
		}
	}
	return Reading{}
}

// Reading is one fact, as a host program reads it.
type Reading struct {
	matcher matcher
	typ     *facts.FactType
	number  int32
}

// Name is how the fact is called everywhere.
func (r Reading) Name() string {
	f := r.matcher.Fact(r.typ, r.number)
	return f.Name()
}

// Value is the value of a field, by its index.
func (r Reading) Value(field int) facts.Value { return r.matcher.Value(r.typ, r.number, field) }

// At is a fact of a listing.
func (l Listing) At(i int) Reading { return Reading{l.matcher, l.typ, l.numbers[i]} }

// Because finds the instances that conclude a fact of a listing, until use returns
// false. They are looked for when they are asked for: only what the fact needs to stand
// was kept. A stated fact has none.
func (l Listing) Because(i int, use func(Instance) bool) {
	l.matcher.Because(l.typ, l.numbers[i], l.handed(use))
}

func (l Listing) handed(use func(Instance) bool) model.Found {
	return func(r *rules.Rule, status trace.Status, premises []int32) bool {
		return use(Instance{r, status, l.matcher, premises})
	}
}

// Instances finds every instance of every rule, until use returns false. It costs time
// for each and memory for none.
func (s *Session) Instances(use func(Instance) bool) error {
	if err := s.current(); err != nil {
		return err
	}
	s.matcher.Instances(Listing{matcher: s.matcher}.handed(use))
	return nil
}

// Fork is a session of its own with the same facts, thresholds and limits. What it costs
// is to state them again; its conclusions wait for a run, which concludes everything
// anew. Several forks may run at once, each in a goroutine of its own.
func (s *Session) Fork() *Session {
	c := *s.kase
	c.Complete, c.Facts = s.complete, nil
	for f := range s.facts() {
		c.Facts = append(c.Facts, f)
	}
	f := &Session{program: s.program, limits: s.limits, parameters: s.parameters,
		stated: newRegisters(s.program.pack.Schema.Types), inexact: map[model.Key]bool{}, matcher: s.program.matcher(s.options)}
	f.options = s.options
	f.reset(&c)
	return f
}
