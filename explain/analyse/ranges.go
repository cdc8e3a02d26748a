package analyse

import (
	"slices"

	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
	"truce/rules/eval"
)

// span is what a field may be: all that its declaration allows, or of a concluded
// type all that some rule which may fire concludes.
type span struct {
	value   facts.Value
	symbols []string // of an enum; nil: all of them
}

// concluded is what the rules may make of a type.
type concluded struct {
	some   bool // a rule that may fire concludes it
	whole  bool // what its rules make of it is not followed: they feed one another
	fields []span
}

// rangeOf is what a field may be.
func (w *work) rangeOf(t *facts.FactType, f *facts.Field) span {
	if c := w.concluded[t.Index]; t.Concluded && c.some && !c.whole {
		return c.fields[f.Index]
	}
	return span{value: f.Type.Unknown()}
}

// absent reports whether there can be no fact of a type at all.
func (w *work) absent(t *facts.FactType) bool {
	c := w.concluded[t.Index]
	return t.Concluded && !c.some && !c.whole
}

// feed adds what a rule may conclude to the ranges of its types.
func (w *work) feed(r *rules.Rule) {
	p := w.problem()
	b := p.bind(r, nil)
	values := make([][]condition.Expr, len(r.Then))
	for i, c := range r.Then {
		for f := range c.Fields {
			values[i] = append(values[i], p.concluded(b, c, f))
		}
	}
	env := p.wide()
	for i, c := range r.Then {
		known := &w.concluded[c.Fact.Index]
		if known.fields == nil {
			known.fields = make([]span, len(c.Fact.Fields))
		}
		for f, field := range c.Fact.Fields {
			known.fields[f].add(p.spanOf(values[i][f], field, env), known.some)
		}
		known.some = true
	}
}

// wide is an environment in which every slot is all that it may be.
func (p *problem) wide() *eval.Env {
	env := p.work.env(make([]facts.Value, len(p.slots)))
	for i, s := range p.slots {
		if s.free() {
			env.Values[i] = s.whole
		} else {
			env.Values[i] = eval.Eval(s.expr, env)
		}
	}
	return env
}

// spanOf is what a formula may come to for a field.
func (p *problem) spanOf(e condition.Expr, f *facts.Field, env *eval.Env) span {
	whole := f.Type.Unknown()
	if f.Type.Kind == facts.Enum {
		symbols, all := p.symbols(e, map[string]bool{}), false
		if symbols == nil {
			all = true
		}
		s := span{value: whole}
		for _, name := range f.Type.Names.List {
			if !all && symbols[name] {
				s.symbols = append(s.symbols, name)
			}
		}
		return s
	}
	v := eval.Fit(eval.Eval(e, env), f, e.Span())
	if v.Fault() != nil || v.Kind() != f.Type.Kind {
		return span{value: whole}
	}
	if inside, ok := v.Clip(whole); ok {
		return span{value: inside}
	}
	return span{value: whole}
}

// symbols adds the symbols that a formula may come to; nil where it may be any.
func (p *problem) symbols(e condition.Expr, into map[string]bool) map[string]bool {
	switch e := e.(type) {
	case *condition.Literal:
		into[e.Value.Text()] = true
		return into
	case *condition.Conditional:
		if p.symbols(e.Then, into) == nil {
			return nil
		}
		return p.symbols(e.Else, into)
	case *condition.Variable:
		switch s := p.slots[e.Slot]; {
		case s.kind == ofLet:
			return p.symbols(s.expr, into)
		case s.kind == ofField && s.symbols != nil:
			for _, name := range s.symbols {
				into[name] = true
			}
			return into
		}
	}
	return nil
}

// add widens a span by another; where there is none yet, it is the other.
func (s *span) add(t span, some bool) {
	switch {
	case !some:
		*s = t
	case s.value.Kind() == facts.Enum && s.symbols != nil && t.symbols != nil:
		for _, name := range t.symbols {
			if !slices.Contains(s.symbols, name) {
				s.symbols = append(s.symbols, name)
			}
		}
	case s.value.Kind() == facts.Enum:
		s.symbols = nil
	default:
		s.value = s.value.Hull(t.value)
	}
}

// over is what an aggregate may be over facts of which nothing is known but those that
// the problem matches.
func (p *problem) over(e condition.Expr) facts.Value {
	env := p.wide()
	env.Members = p.members
	return eval.Eval(e, env)
}

// members are the facts of a type as an aggregate sees them in a problem: one that is
// there where a pattern matches one, and one that stands for any number of others.
func (p *problem) members(t *facts.FactType) []eval.Member {
	if p.work.absent(t) {
		return nil
	}
	f := eval.Fact{Values: make([]facts.Value, len(t.Fields))}
	for i, field := range t.Fields {
		f.Values[i] = p.work.rangeOf(t, field).value
	}
	others := eval.Member{Fact: f, Presence: facts.UnknownBool(), Copies: -1, Blurred: true}
	there := eval.Member{Fact: f, Presence: facts.BoolOf(true), Copies: 1}
	switch {
	case alone(t) && (!t.Concluded || p.shared[t] != nil):
		return []eval.Member{there}
	case alone(t):
		others.Copies, others.Blurred = 1, false
		return []eval.Member{others}
	case p.shared[t] != nil:
		return []eval.Member{there, others}
	}
	return []eval.Member{others}
}
