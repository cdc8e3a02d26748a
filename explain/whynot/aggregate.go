package whynot

import (
	"math"
	"slices"

	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
	"truce/rules/eval"
)

// member is a fact that an aggregate looks at, in its scope.
type member struct {
	*eval.Member
	at       *scope
	selected facts.Value // there, and the predicate holds
	value    facts.Value // of what is summed or compared
}

// members are the facts that an aggregate looks at. The predicate is the one as
// written, for "all" too.
func (s *scope) members(a *condition.Aggregate) []member {
	all := s.env.Members(a.Fact)
	out := make([]member, len(all))
	for i := range all {
		m := member{Member: &all[i], at: s.inside(all[i].Fact), selected: all[i].Presence}
		if a.Where != nil {
			m.selected = eval.And(m.Presence, eval.Eval(a.Where, m.at.env))
		}
		if a.Of != nil {
			m.value = eval.Eval(a.Of, m.at.env)
		}
		out[i] = m
	}
	return out
}

// turnQuantifier lists ways to make a quantifier as wanted.
func (s *scope) turnQuantifier(a *condition.Aggregate, wanted bool) []way {
	ms := s.members(a)
	switch a.Form {
	case condition.Any, condition.None:
		if (a.Form == condition.Any) == wanted {
			return s.some(a, ms, true)
		}
		return s.nothing(ms, a.Where, true)
	case condition.All:
		if wanted {
			return s.nothing(ms, a.Where, false)
		}
		return s.some(a, ms, false)
	case condition.One:
		if sure, _ := selection(ms); sure == 0 || !wanted {
			return s.some(a, ms, true)
		}
		return s.fewer(a, ms, 1)
	}
	return nil
}

// selection counts the members that are selected, and those that may be.
func selection(ms []member) (sure, some int) {
	for i := range ms {
		if ms[i].selected.True() {
			sure++
		}
		if !ms[i].selected.False() {
			some++
		}
	}
	return sure, some
}

// some lists ways to have a fact of which the predicate is as wanted.
func (s *scope) some(a *condition.Aggregate, ms []member, wanted bool) []way {
	var ways []way
	for i := range ms {
		m := &ms[i]
		switch {
		case s.unlisted(m.Ref) || a.Where != nil && m.Presence.True() && is(eval.Eval(a.Where, m.at.env), wanted):
		case !m.Presence.True():
			ways = append(ways, s.certainly(m.Ref))
		case a.Where != nil:
			ways = append(ways, s.allowed(m.at.make(a.Where, wanted))...)
		}
	}
	return append(simplest(ways), s.more(a, wanted, 1, Set{})...)
}

// certainly is the way of a fact that can hold and would have to.
func (x *explainer) certainly(fact int) way {
	f := &x.t.Facts[fact]
	n := need{kind: moreNeed, typ: f.Type, many: 1, far: 1}
	for _, k := range f.Type.Key {
		if v := f.Fields[k].Value; v.IsKnown() {
			n.wants = append(n.wants, want{f.Type.Fields[k], only(f.Type.Fields[k].Type, v)})
		}
	}
	return way{n}
}

// allowed leaves out ways that would change the key of a conclusion: that is another
// fact.
func (s *scope) allowed(ways []way) []way {
	var out []way
	for _, w := range ways {
		fine := true
		for _, n := range w {
			fine = fine && !(n.kind == fieldNeed && n.fact >= 0 && s.inKey(n.fact, n.field))
		}
		if fine {
			out = append(out, w)
		}
	}
	return out
}

// more is the way of further facts, where the type can have them: of each the
// predicate as wanted, and what is summed or compared in a set.
func (s *scope) more(a *condition.Aggregate, wanted bool, many int, of Set) []way {
	if !s.room(a.Fact) {
		return nil
	}
	n := need{kind: moreNeed, typ: a.Fact, many: many, far: 1}
	in := s.inside(imagined(a.Fact, newcomer))
	fine := true
	add := func(ways []way) bool {
		for _, w := range ways {
			if ws, ok := newcomers(w); ok {
				if n.wants, ok = joinWants(n.wants, ws...); ok {
					return true
				}
			}
		}
		return false
	}
	if a.Where != nil {
		r, ok := in.repair(a.Where, wanted)
		if !ok {
			return nil
		}
		for _, l := range r.leaves {
			fine = add(in.turn(l)) && fine
		}
	}
	if a.Of != nil && of.Type.Kind != 0 {
		fine = add(in.reach(a.Of, of)) && fine
	}
	if !fine {
		n.where = a.Where
	}
	return alone(n)
}

// room reports whether there can be one more fact of a type: cases list several, or
// some rule concludes facts of a key that no fact has.
func (x *explainer) room(t *facts.FactType) bool {
	if !t.Concluded {
		return t.Count != facts.One
	}
	for _, r := range x.t.Pack.Rules {
		for _, c := range r.Then {
			if c.Fact == t && !x.taken(c) {
				return true
			}
		}
	}
	return false
}

// taken reports whether a conclusion's key is known from the rule alone and some fact
// has it.
func (x *explainer) taken(c *rules.Conclusion) bool {
	return slices.ContainsFunc(x.byType[c.Fact.Index], func(i int) bool {
		for _, k := range c.Fact.Key {
			l, ok := c.Fields[k].(*condition.Literal)
			if !ok || !l.Value.Same(x.t.Facts[i].Fields[k].Value) {
				return false
			}
		}
		return true
	})
}

// newcomers are the fields that a way asks of a fact that is not there, and false
// where it asks anything else.
func newcomers(w way) ([]want, bool) {
	var ws []want
	for _, n := range w {
		if n.kind != fieldNeed || n.fact != newcomer {
			return nil, false
		}
		ws = append(ws, want{n.field, n.set})
	}
	return ws, true
}

// nothing is the way in which no fact there is has the predicate as given.
func (s *scope) nothing(ms []member, where condition.Expr, given bool) []way {
	var parts []way
	for i := range ms {
		m := &ms[i]
		if where != nil && is(eval.Eval(where, m.at.env), !given) {
			continue
		}
		parts = append(parts, s.out(m, where, given))
	}
	if w, ok := joined(parts...); ok && len(w) > 0 {
		return []way{w}
	}
	return nil
}

// out is the way in which a member loses its predicate, or is not there.
func (s *scope) out(m *member, where condition.Expr, given bool) way {
	if where != nil && !s.unlisted(m.Ref) {
		if ways := s.allowed(m.at.make(where, !given)); len(ways) > 0 {
			return ways[0]
		}
	}
	return way{{kind: absentNeed, fact: m.Ref, far: 1}}
}

// fewer is the way in which so many are selected and no more.
func (s *scope) fewer(a *condition.Aggregate, ms []member, most int) []way {
	var parts []way
	_, some := selection(ms)
	for i := len(ms) - 1; i >= 0 && some > most; i-- {
		if !ms[i].selected.False() {
			parts = append(parts, s.out(&ms[i], a.Where, true))
			some--
		}
	}
	if w, ok := joined(parts...); ok && len(w) > 0 {
		return []way{w}
	}
	return nil
}

// reachAggregate lists ways to give a count, a sum or an extreme a value in a set.
func (s *scope) reachAggregate(a *condition.Aggregate, set Set, v facts.Value) []way {
	ms := s.members(a)
	lo, hi := math.Inf(-1), math.Inf(1)
	if v.Fault() == nil {
		lo, hi = ends(v)
	}
	switch a.Form {
	case condition.Count:
		return s.reachCount(a, ms, set, lo, hi)
	case condition.Sum:
		return s.reachTotal(a, ms, set, lo, hi, 1)
	case condition.Mean:
		sure, _ := selection(ms)
		return s.reachTotal(a, ms, set, lo, hi, float64(sure))
	}
	return s.reachMost(a, ms, set)
}

func (s *scope) reachCount(a *condition.Aggregate, ms []member, set Set, lo, hi float64) []way {
	switch {
	case set.Low > lo:
		missing := int(min(set.Low-lo, mostMissing))
		if missing == 1 {
			return s.some(a, ms, true)
		}
		return s.more(a, true, missing, Set{})
	case set.High < hi && set.High >= 0:
		return s.fewer(a, ms, int(set.High))
	}
	return nil
}

// mostMissing keeps a count of missing facts an int.
const mostMissing = 1 << 30

// reachTotal solves a sum, or the mean of n, for each of its parts.
func (s *scope) reachTotal(a *condition.Aggregate, ms []member, set Set, lo, hi, n float64) []way {
	below, above := n*(set.Low-lo), n*(set.High-hi) // what each part alone would have to change by
	t := a.Of.Type()
	var ways []way
	for i := range ms {
		m := &ms[i]
		if n == 0 || m.value.IsZero() || m.value.Fault() != nil || s.unlisted(m.Ref) {
			continue
		}
		l, h := ends(m.value)
		switch {
		case m.selected.True():
			ways = append(ways, s.allowed(m.at.reach(a.Of, between(t, plus(l, below), set.LowOpen, plus(h, above), set.HighOpen)))...)
			if a.Form == condition.Sum && inside(-h, -l, below, set.LowOpen, above, set.HighOpen) {
				ways = append(ways, s.out(m, a.Where, true))
			}
		case a.Where != nil && m.Presence.True() && a.Form == condition.Sum &&
			between(t, below, set.LowOpen, above, set.HighOpen).Holds(m.value).True():
			ways = append(ways, s.allowed(m.at.make(a.Where, true))...)
		}
	}
	if a.Form == condition.Sum {
		ways = append(ways, s.more(a, true, 1, between(t, below, set.LowOpen, above, set.HighOpen))...)
	}
	return ways
}

// inside reports whether an interval lies between two ends.
func inside(lo, hi, low float64, lowOpen bool, high float64, highOpen bool) bool {
	return (lo > low || lo == low && !lowOpen) && (hi < high || hi == high && !highOpen)
}

// plus adds, and stays open where an end is.
func plus(x, y float64) float64 {
	if z := x + y; !math.IsNaN(z) {
		return z
	}
	return y
}

// reachMost solves min and max over facts.
func (s *scope) reachMost(a *condition.Aggregate, ms []member, set Set) []way {
	t := a.Of.Type()
	low, high := anything(t), anything(t)
	low.Low, low.LowOpen = set.Low, set.LowOpen
	high.High, high.HighOpen = set.High, set.HighOpen
	one, each := low, high
	if a.Form == condition.Least {
		one, each = high, low
	}
	var must []way
	carried := false
	for i := range ms {
		m := &ms[i]
		switch {
		case m.selected.False() || m.value.Fault() != nil:
		case each.Holds(m.value).True():
			carried = carried || m.selected.True() && one.Holds(m.value).True()
		default:
			if ways := s.allowed(m.at.reach(a.Of, set)); len(ways) > 0 {
				must, carried = append(must, ways[0]), true
			} else {
				must = append(must, s.out(m, a.Where, true))
			}
		}
	}
	if len(must) > 0 {
		if w, ok := joined(must...); ok && carried {
			return []way{w}
		}
		return nil
	}
	var ways []way
	for i := range ms {
		if m := &ms[i]; m.selected.True() && m.value.Fault() == nil {
			ways = append(ways, s.allowed(m.at.reach(a.Of, set))...)
		}
	}
	return append(ways, s.more(a, true, 1, set)...)
}
