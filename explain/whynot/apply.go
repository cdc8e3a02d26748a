package whynot

import (
	"slices"

	"truce/engine/trace"
	"truce/explain"
	"truce/facts"
	"truce/rules"
	"truce/rules/eval"
)

// change is a field of a fact with the value that is tried.
type change struct {
	need
	value facts.Value
}

// mostTrials bounds how many combinations of ways are tried on a rule.
const mostTrials = 16

// enough finds ways out of all blockers that together, put in place, make the rule
// conclude the goal on the same facts, and the values tried. Only fields are moved.
func (s *search) enough(c *choice, blocks []blocked) ([]change, bool) {
	trials := 0
	var found []change
	var next func(i int, w way) bool
	next = func(i int, w way) bool {
		if i == len(blocks) {
			trials++
			tried, ok := picked(w)
			if ok && s.holds(c, tried) {
				found = tried
				return true
			}
			return false
		}
		for _, v := range blocks[i].ways {
			if trials >= mostTrials {
				return false
			}
			if j, ok := joined(w, v); ok && movable(v) && next(i+1, j) {
				return true
			}
		}
		return false
	}
	if len(blocks) == 0 || !next(0, nil) {
		return nil, false
	}
	return found, true
}

// movable reports whether a way changes fields of facts alone.
func movable(w way) bool {
	for _, n := range w {
		if n.kind != fieldNeed || n.fact < 0 {
			return false
		}
	}
	return true
}

func picked(w way) ([]change, bool) {
	out := make([]change, len(w))
	for i, n := range w {
		v, ok := n.set.Pick(n.now)
		if !ok {
			return nil, false
		}
		out[i] = change{n, v}
	}
	return out, true
}

// holds evaluates the rule for a choice with some fields changed, and reports whether
// it then concludes the goal for certain.
func (s *search) holds(c *choice, changes []change) bool {
	for _, f := range c.facts {
		if f.Ref < 0 || s.t.Facts[f.Ref].Status != trace.Certain {
			return false
		}
	}
	env := s.scope(c).with(changes)
	for _, step := range s.rule.When {
		if step.Kind == rules.Condition && !eval.Eval(step.Expr, env).True() {
			return false
		}
	}
	for _, w := range s.wants {
		e := s.conclusion.Fields[w.field.Index]
		if !w.set.Holds(eval.Fit(eval.Eval(e, env), w.field, e.Span())).True() {
			return false
		}
	}
	return true
}

// with is the environment of a complete choice with some fields and thresholds
// changed; bound values follow.
func (s *scope) with(changes []change) *eval.Env {
	env := *s.env
	env.Facts = make([]eval.Fact, len(s.env.Facts))
	for i, f := range s.env.Facts {
		env.Facts[i] = changed(f, changes)
	}
	env.Members = func(t *facts.FactType) []eval.Member {
		old := s.env.Members(t)
		ms := make([]eval.Member, len(old))
		for i, m := range old {
			ms[i] = m
			ms[i].Fact = changed(m.Fact, changes)
		}
		return ms
	}
	env.Parameters = moved{s.env.Parameters, changes}
	env.Values = make([]facts.Value, len(s.env.Values))
	for _, step := range s.rule.When {
		if step.Kind == rules.Let {
			env.Values[step.Slot] = eval.Eval(step.Expr, &env)
		}
	}
	return &env
}

// moved are thresholds of which some are changed.
type moved struct {
	eval.Parameters
	changes []change
}

func (m moved) Value(index int) facts.Value {
	for _, c := range m.changes {
		if c.kind == thresholdNeed && c.index == index {
			return c.value
		}
	}
	return m.Parameters.Value(index)
}

// works reports whether a way does what it should. Solving holds all other places still, and
// a place that an expression reads twice is not still; so what can be tried is. Ways
// of facts that are not there cannot be.
func (s *scope) works(w way, does func(*eval.Env) bool) bool {
	for _, n := range w {
		if n.kind != thresholdNeed && (n.kind != fieldNeed || n.fact < 0 || n.set.Known || n.set.Says != "") {
			return true
		}
	}
	for _, inner := range []bool{false, true} {
		changes, ok := picked(w)
		if inner {
			changes, ok = picked(insides(w))
		}
		if ok && does(s.with(changes)) {
			return true
		}
	}
	return false
}

// insides is a way without the ends of its sets, which rounding may have moved.
func insides(w way) way {
	out := slices.Clone(w)
	for i := range out {
		if s := &out[i].set; s.Type.Kind == facts.Number && s.Low != s.High {
			s.LowOpen, s.HighOpen = true, true
		}
	}
	return out
}

func changed(f eval.Fact, changes []change) eval.Fact {
	copied := false
	for _, c := range changes {
		if c.kind != fieldNeed || c.fact != f.Ref {
			continue
		}
		if !copied {
			f.Values, copied = append([]facts.Value(nil), f.Values...), true
		}
		f.Values[c.field.Index] = c.value
	}
	return f
}

// tried are changes as the document has them.
func (s *search) tried(changes []change) []Need {
	out := make([]Need, len(changes))
	for i, c := range changes {
		out[i] = s.need(c.need)
		out[i].Try = explain.Value{Type: c.field.Type, Value: c.value}
	}
	return out
}
