package analyse

import (
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

// uses are the parts of a pack's declarations that something reads.
type uses struct {
	types      map[*facts.FactType]bool
	fields     map[*facts.Field]bool
	thresholds map[int]bool
}

// usesOf reads everything of a pack that reads: rules, sentences, lines of the report
// and tests. What a rule concludes is no use of it, and neither is a constraint.
func usesOf(p *rules.Pack) *uses {
	u := &uses{map[*facts.FactType]bool{}, map[*facts.Field]bool{}, map[int]bool{}}
	for _, r := range p.Rules {
		u.rule(r)
	}
	for _, s := range p.Report.Sections {
		for _, l := range s.Lines {
			u.rule(l.Rule)
			u.expr(l.Weight)
		}
		if g := s.Grid; g != nil {
			u.types[g.Fact] = true
			u.fields[g.Row], u.fields[g.Column], u.fields[g.Cell] = true, true, true
		}
	}
	for _, t := range p.Tests {
		for _, list := range [][]condition.Expr{t.Expect.Holds, t.Expect.CanHold, t.Expect.Cannot} {
			for _, e := range list {
				u.expr(e)
			}
		}
	}
	u.goal(p.Goal)
	return u
}

// goal counts the goal, with all that its facts say beside the answer.
func (u *uses) goal(g rules.Goal) {
	u.types[g.Type] = true
	for _, f := range g.Type.Fields {
		u.fields[f] = true
	}
}

func (u *uses) rule(r *rules.Rule) {
	for _, s := range r.When {
		if s.Fact != nil {
			u.types[s.Fact] = true
		}
		u.expr(s.Expr)
	}
	for _, c := range r.Then {
		for _, e := range c.Fields {
			u.expr(e)
		}
	}
	if r.Says == nil {
		return
	}
	for _, part := range r.Says.Parts {
		u.expr(part.Expr)
		if part.Field != nil {
			u.fields[part.Field.Field] = true
		}
	}
}

func (u *uses) expr(e condition.Expr) {
	condition.Walk(e, func(e condition.Expr) bool {
		switch e := e.(type) {
		case *condition.FieldOf:
			u.fields[e.Field] = true
		case *condition.ElementField:
			u.fields[e.Field] = true
		case *condition.Threshold:
			u.thresholds[e.Index] = true
		case *condition.Aggregate:
			u.types[e.Fact] = true
		}
		return true
	})
}

func (w *work) used() *uses {
	if w.uses == nil {
		w.uses = usesOf(w.pack)
	}
	return w.uses
}

// unusedThresholds reports thresholds that nothing reads.
func (w *work) unusedThresholds() error {
	for _, t := range w.pack.Thresholds {
		if !w.used().thresholds[t.Index] {
			w.report(UnusedThreshold.At(t.Span, "nothing reads threshold %s", t.Name).
				Suggest("take it out, or write threshold.%s where it was meant", t.Name), Proved, nil)
		}
	}
	return nil
}

// unusedTypes reports fact types that nothing reads.
func (w *work) unusedTypes() error {
	for _, t := range w.pack.Schema.Types {
		if !t.Context && !w.used().types[t] {
			w.report(UnusedType.At(t.Span, "nothing reads a fact of %s", t.Name).
				Suggest("take it out, or declare it with `context: true` if it is only to be kept"), Proved, nil)
		}
	}
	return nil
}

// unusedFields reports fields that nothing reads, of types that something reads.
func (w *work) unusedFields() error {
	u := w.used()
	for _, t := range w.pack.Schema.Types {
		if t.Context || !u.types[t] {
			continue
		}
		key := map[int]bool{}
		for _, k := range t.Key {
			key[k] = true
		}
		for i, f := range t.Fields {
			if !u.fields[f] && !key[i] {
				w.report(UnusedField.At(f.Span, "nothing reads %s.%s", t.Name, f.Name), Proved, nil)
			}
		}
	}
	return nil
}

// computedEqualities reports equalities of numbers that were computed.
func (w *work) computedEqualities() error {
	c := computing{known: map[*facts.Field]bool{}, work: w}
	for _, r := range w.all {
		c.lets = map[int]condition.Expr{}
		for _, s := range r.When {
			c.inside(r, s.Expr)
			if s.Kind == rules.Let {
				c.lets[s.Slot] = s.Expr
			}
		}
		for _, d := range r.Then {
			for _, e := range d.Fields {
				c.inside(r, e)
			}
		}
	}
	return nil
}

// computing tells computed numbers from those that were written down.
type computing struct {
	*work
	lets  map[int]condition.Expr // of the rule at hand, by value slot
	known map[*facts.Field]bool  // of concluded types: whether some rule computes the field
}

func (c *computing) inside(r *rules.Rule, e condition.Expr) {
	condition.Walk(e, func(e condition.Expr) bool {
		equals, ok := e.(*condition.Binary)
		if !ok || equals.Op != condition.Eq && equals.Op != condition.Ne {
			return true
		}
		for _, x := range []condition.Expr{equals.X, equals.Y} {
			if c.is(x) {
				c.report(ComputedEquality.At(e.Span(), "%s asks whether %s, which is computed, equals another number to the last digit", called(r), x.Text()).
					Suggest("ask for a distance: abs(x - y) < 0.01, or compare with <= and >="), Proved, nil)
				break
			}
		}
		return true
	})
}

// is reports whether the value of an expression is a number that was rounded.
func (c *computing) is(e condition.Expr) bool {
	if e.Type().Kind != facts.Number {
		return false
	}
	switch e := e.(type) {
	case *condition.Variable:
		x, ok := c.lets[e.Slot]
		return ok && c.is(x)
	case *condition.FieldOf:
		return c.field(e.Fact, e.Field)
	case *condition.ElementField:
		return c.field(e.Fact, e.Field)
	case *condition.Unary:
		return c.is(e.X)
	case *condition.Binary:
		return varies(e)
	case *condition.Conditional:
		return c.is(e.Then) || c.is(e.Else)
	case *condition.Aggregate:
		return e.Form == condition.Sum || e.Form == condition.Mean || e.Of != nil && c.is(e.Of)
	case *condition.Call:
		switch e.Func {
		case condition.Ramp:
			return varies(e)
		case condition.Abs, condition.Min, condition.Max:
			for _, a := range e.Args {
				if c.is(a) {
					return true
				}
			}
		case condition.Known, condition.Floor, condition.Ceil, condition.Round, condition.Points:
		}
	case *condition.Literal, *condition.Threshold, *condition.AsOf, *condition.Member, *condition.TextTest, *condition.External:
	}
	return false
}

// field reports whether some rule computes a field of a concluded type.
func (c *computing) field(t *facts.FactType, f *facts.Field) bool {
	computed, ok := c.known[f]
	if ok || !t.Concluded {
		return computed
	}
	c.known[f] = false // of a rule that concludes the type from itself
	outer := c.lets
	for _, r := range c.producers[t.Index] {
		c.lets = map[int]condition.Expr{}
		for _, s := range r.When {
			if s.Kind == rules.Let {
				c.lets[s.Slot] = s.Expr
			}
		}
		for _, d := range r.Then {
			if d.Fact == t && c.is(d.Fields[f.Index]) {
				c.known[f] = true
			}
		}
	}
	c.lets = outer
	return c.known[f]
}
