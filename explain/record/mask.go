package record

import (
	"slices"

	"truce/facts"
	"truce/facts/source"
	"truce/rules"
	"truce/rules/condition"
)

// MaskedValue stands in a run for a value that was computed from a masked one.
var MaskedValue = Value(`{"masked":true}`)

// ErrMask is a mask that would show, or hide, what no mask can.
var ErrMask = source.Code{ID: "V070", Title: "a value that cannot be masked",
	Doc:     "What is computed from a masked value is masked too; truths of conditions and names are not. So a mask cannot reach the key of a concluded fact, which is its name, nor the goal, which is the answer, nor the values of a fact that has alternatives, which are told apart by them. Nothing is recorded then. The message says by which rule the value gets there.",
	Example: "mask: [Weather.sky]   # where a rule concludes a fact with the key =w.sky"}

// Mask is a masked datum of a case.
type Mask struct {
	Fact  *facts.StatedFact
	Field *facts.Field
}

// Name is Type.field.
func (m Mask) Name() string { return m.Fact.Type.Name + "." + m.Field.Name }

// MasksOf are the masked data of a case in the order of its facts, their names, each once,
// and the fields of those that the rules see.
func MasksOf(c *facts.Case) (list []Mask, names []string, seen []*facts.Field) {
	for _, f := range c.Facts {
		for i, field := range f.Type.Fields {
			d := &f.Data[i]
			if d.Masked == "" {
				continue
			}
			m := Mask{f, field}
			if list = append(list, m); !slices.Contains(names, m.Name()) {
				names = append(names, m.Name())
			}
			if f.Type.After || !d.Later(c.AsOf) {
				seen = append(seen, field)
			}
		}
	}
	return list, names, seen
}

// Reach is all that is computed from some fields, and these: each concluded field with
// the rule that carries a value there, each of the fields themselves without one.
type Reach map[*facts.Field]*rules.Rule

// ReachOf follows fields through the rules. It finds where a value gets into a key or
// into the goal.
func ReachOf(p *rules.Pack, from []*facts.Field) (Reach, source.Diagnostics) {
	r := Reach{}
	for _, f := range from {
		r[f] = nil
	}
	for grown := len(from) > 0; grown; {
		grown = false
		for _, rule := range p.Rules {
			rests := r.within(rule)
			for _, c := range rule.Then {
				for i, e := range c.Fields {
					if f := c.Fact.Fields[i]; !r.Has(f) && rests(e) {
						r[f], grown = rule, true
					}
				}
			}
		}
	}
	var found source.Diagnostics
	for _, t := range p.Schema.Types {
		for i, f := range t.Fields {
			switch rule := r[f]; {
			case rule == nil:
			case f == p.Goal.Field:
				found = append(found, ErrMask.At(rule.Span, "rule %s computes the answer, %s.%s, from a masked value", rule.Name, t.Name, f.Name))
			case slices.Contains(t.Key, i):
				found = append(found, ErrMask.At(rule.Span, "rule %s computes %s.%s, by which facts are called, from a masked value", rule.Name, t.Name, f.Name))
			}
		}
	}
	return r, found
}

// Has reports whether a field is reached.
func (r Reach) Has(f *facts.Field) bool {
	_, ok := r[f]
	return ok
}

// within says of the expressions of a rule whether they rest on what is reached.
func (r Reach) within(rule *rules.Rule) func(condition.Expr) bool {
	slots := make([]bool, rule.ValueSlots)
	rests := func(e condition.Expr) bool {
		return Rests(e, slots, func(e *condition.FieldOf) bool { return r.Has(e.Field) }, r.Has)
	}
	for _, s := range rule.When {
		if s.Kind == rules.Let {
			slots[s.Slot] = rests(s.Expr)
		}
	}
	return rests
}

// Rests reports whether an expression speaks of a masked value: one that was bound, by
// slot, a field of a bound fact, or one of a fact in turn.
func Rests(e condition.Expr, slots []bool, bound func(*condition.FieldOf) bool, inTurn func(*facts.Field) bool) bool {
	found := false
	condition.Walk(e, func(e condition.Expr) bool {
		switch e := e.(type) {
		case *condition.Variable:
			found = found || slots[e.Slot]
		case *condition.FieldOf:
			found = found || bound(e)
		case *condition.ElementField:
			found = found || inTurn(e.Field)
		}
		return !found
	})
	return found
}

// Mask takes the values out of a part of a record, and leaves its truths.
func (s *Step) Mask() {
	if s.Value != nil {
		s.Value = MaskedValue
	}
	s.Reads.mask()
}

// Mask takes the values out of a part of a record.
func (f *Formula) Mask() {
	f.Value = MaskedValue
	f.Reads.mask()
}

// Mask takes the values out of a part of a record, of operands those that are masked, and
// leaves its truths.
func (a *Atom) Mask(masked func(operand int) bool) {
	for i := range a.Operands {
		if masked(i) {
			a.Operands[i].Value = MaskedValue
		}
	}
	if a.Margin != nil {
		a.Margin = MaskedValue
	}
	a.Reads.mask()
}

func (r *Reads) mask() {
	if r == nil {
		return
	}
	for i := range r.Aggregates {
		a := &r.Aggregates[i]
		a.Value = MaskedValue
		for k := range a.Members {
			if a.Members[k].Value != nil {
				a.Members[k].Value = MaskedValue
			}
		}
	}
}
