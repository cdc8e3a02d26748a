package network

import (
	"math"

	"truce/engine/network/code"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules/condition"
	"truce/rules/eval"
)

// group remembers what the facts of one key give an aggregate, or all facts give one
// that has no key: a change then adds and takes away what the changed facts give, and
// looks at no others. It is kept where there are so many facts that this pays.
type group struct {
	known      bool
	version    uint64 // of the store's facts
	parameters *trace.Parameters
	value      code.Value

	before        uint64 // the version before that one
	valueBefore   code.Value
	hasBefore     bool
	sure, maybe   int
	careful       int // facts that only eval can take into account
	low, high     eval.Accumulator
	extreme       uint64 // of points, where there are any
	extremeIsGone bool
}

// wanted is the version of a type's facts in the view at hand.
func (m *Matcher) wanted(s *store) uint64 {
	if m.run.view == now && len(s.dirty) > 0 {
		return s.version + 1
	}
	return s.version
}

// grouped is the value of an aggregate over a group; with a key, over the facts that
// have it. It reports false where eval has to look at the facts.
func (m *Matcher) grouped(a *aggregate, s *store, g *group, keys []uint64) (code.Value, bool) {
	version := m.wanted(s)
	same := g.known && g.parameters == m.settings[m.run.view].parameters
	switch {
	case same && g.version == version:
		return g.value, g.careful == 0
	case same && g.hasBefore && g.before == version:
		return g.valueBefore, true
	case same && g.version == s.version && m.run.view == now && g.careful == 0:
		m.regroup(a, s, g, keys)
	default:
		m.gather(a, s, g, keys)
	}
	g.known, g.version, g.parameters = true, version, m.settings[m.run.view].parameters
	if g.careful > 0 {
		return code.Value{}, false
	}
	v, ok := m.groupValue(a, g)
	if !ok {
		g.careful++
	}
	g.value = v
	return v, ok
}

// gather makes a group from the facts of the view at hand.
func (m *Matcher) gather(a *aggregate, s *store, g *group, keys []uint64) {
	*g = group{}
	if len(keys) == 0 {
		for _, n := range s.members {
			m.weigh(a, s, g, n, m.run.view, 1)
		}
		return
	}
	x := m.indexed(s, a.index)
	key := keyOf(keys)
	for e := x.head(key); e != 0; e = x.links[e-1].next {
		if m.has(s, x, e-1, key, keys) {
			m.weigh(a, s, g, e-1, m.run.view, 1)
		}
	}
}

// regroup brings a group from before the changes at hand up to date.
func (m *Matcher) regroup(a *aggregate, s *store, g *group, keys []uint64) {
	g.before, g.valueBefore, g.hasBefore = g.version, g.value, true
	for _, n := range s.dirty {
		if len(keys) > 0 && !m.is(s, a.index, n, keys) {
			continue
		}
		m.weigh(a, s, g, n, was, -1)
		m.weigh(a, s, g, n, now, 1)
	}
	if g.extremeIsGone {
		before, value := g.before, g.valueBefore
		m.gather(a, s, g, keys)
		g.before, g.valueBefore, g.hasBefore = before, value, true
	}
}

// weigh adds what a fact gives in a view, or takes it away.
func (m *Matcher) weigh(a *aggregate, s *store, g *group, n int32, view, sign int) {
	f := &s.facts[n]
	status := f.status[view]
	if status == 0 {
		return
	}
	row := m.frame.Row
	m.frame.Row = s.row(n, view)
	defer func() { m.frame.Row = row }()
	selected := code.Truth{Is: code.True}
	where := a.where
	if a.index != nil {
		where = a.rest // all that are weighed have the key
	}
	if where != nil {
		if m.run.work -= a.size; m.run.work < 0 && !m.exhausted() {
			return
		}
		selected = where(&m.frame)
	}
	selected = a.selected(selected, status)
	switch selected.Is {
	case code.False:
		return
	case code.Fails:
		g.careful += sign
		return
	}
	sure := selected.Is == code.True
	if a.of != nil && !m.weighValue(a, g, a.of(&m.frame), sure, sign) {
		g.careful += sign
	}
	if sure {
		g.sure += sign
	} else {
		g.maybe += sign
	}
}

// weighValue adds a value, and reports whether it could.
func (m *Matcher) weighValue(a *aggregate, g *group, v code.Value, sure bool, sign int) bool {
	switch {
	case v.State == code.Failed || a.given != a.kind:
		return false
	case a.form == condition.Sum && a.kind == facts.Number:
		lo, hi := numberTerm(v, sure)
		g.low.Add(lo, sign)
		g.high.Add(hi, sign)
		return true
	case a.form == condition.Sum && a.kind == facts.Integer:
		lo, hi := int64(v.Lo), int64(v.Hi)
		openDown, openUp := v.State != code.Point && lo == facts.MinInteger, v.State != code.Point && hi == facts.MaxInteger
		lo, hi = integerTerm(v, sure)
		g.low.AddInteger(lo, false, openDown, sign)
		g.high.AddInteger(hi, openUp, false, sign)
		return true
	case (a.form == condition.Least || a.form == condition.Most) && sure && v.State == code.Point && (a.kind == facts.Number || a.kind == facts.Integer):
		switch {
		case sign > 0 && (g.sure == 0 && !g.extremeIsGone || less(a.kind, v.Lo, g.extreme) == (a.form == condition.Least)):
			g.extreme = v.Lo
		case sign < 0 && v.Lo == g.extreme:
			g.extremeIsGone = true
		}
		return true
	}
	return false
}

// groupValue is the value that a group comes to.
func (m *Matcher) groupValue(a *aggregate, g *group) (code.Value, bool) {
	t := tally{Matcher: m, aggregate: a, sure: int64(g.sure), maybe: int64(g.maybe)}
	switch a.form {
	case condition.Sum:
		return m.groupSum(a, g)
	case condition.Least, condition.Most:
		return code.Value{Lo: g.extreme, Hi: g.extreme}, g.sure > 0
	case condition.Mean:
		return code.Value{}, false
	case condition.Any, condition.None, condition.All:
		switch {
		case g.sure > 0:
			t.any.Is = code.True
		case g.maybe > 0:
			t.any.Is = code.Maybe
		}
	}
	t.row = m.frame.Row
	return t.result(), true
}

func (m *Matcher) groupSum(a *aggregate, g *group) (code.Value, bool) {
	if a.kind == facts.Integer {
		lo, fits := g.low.Integer()
		hi, also := g.high.Integer()
		if lo == facts.MinInteger && hi == facts.MaxInteger {
			return code.Value{}, false
		}
		return code.Between(uint64(lo), uint64(hi)), fits && also
	}
	lo, openLow := g.low.Number()
	hi, openHigh := g.high.Number()
	if math.IsInf(lo, 0) || math.IsInf(hi, 0) || openLow || openHigh {
		return code.Value{}, false
	}
	return code.Between(math.Float64bits(lo), math.Float64bits(hi)), true
}
