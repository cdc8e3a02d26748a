package network

import (
	"math"
	"slices"

	"truce/engine/network/code"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules/condition"
)

// fixed is what a fact gives an aggregate whatever the rest: whether it is selected, and
// the value computed of it.
type fixed struct {
	selected code.Truth
	value    code.Value
}

// fix computes what the constant facts give aggregates that look at nothing else.
func (c *compiler) fix() {
	for _, a := range c.program.aggregates {
		if !a.global || !plain(a.expr) || len(a.typ.constants) == 0 {
			continue
		}
		f := code.Frame{Cells: c.program.constants, Texts: c.program.texts}
		for _, constant := range a.typ.constants {
			f.Row = constant.row
			x := fixed{selected: code.Truth{Is: code.True}}
			if a.where != nil {
				x.selected = a.where(&f)
			}
			if a.of != nil && x.selected.Is != code.False {
				x.value = a.of(&f)
			}
			a.fixed = append(a.fixed, x)
		}
	}
}

// share is what a constant fact adds to one of the aggregates that are added up
// together.
type share struct {
	at  int32 // in typ.together
	add int64
}

// total is what the facts there are give one of them.
type total struct {
	count, sum int64
}

// together finds the aggregates over a type of which all facts are constant and sure
// that come to counts and to sums of integers: one walk over the facts gives them all.
func (c *compiler) together() {
	for _, t := range c.program.types {
		if !t.sure || slices.ContainsFunc(t.concluded, func(then *conclusion) bool { return then.constant < 0 }) {
			continue
		}
		t.shares = make([][]share, len(t.constants))
		for _, a := range c.program.aggregates {
			if a.typ == t && len(a.fixed) > 0 {
				a.share()
			}
		}
	}
}

// mostTogether is how large sums may become that are added up without looking: below it
// integers and whole numbers do not round.
const mostTogether = 1 << 53

// share makes an aggregate one of those that are added up together, if it is such a one.
func (a *aggregate) share() {
	at, room := int32(len(a.typ.together)), int64(mostTogether)
	shares := make([]share, len(a.fixed))
	for n, x := range a.fixed {
		shares[n].at = -1
		switch a.selected(x.selected, trace.Certain).Is {
		case code.False:
			continue
		case code.Maybe, code.Fails:
			return
		case code.True:
		}
		add, ok := a.adds(x.value)
		if room -= max(add, -add); !ok || room < 0 {
			return
		}
		shares[n] = share{at, add}
	}
	for n, x := range shares {
		if x.at >= 0 {
			a.typ.shares[n] = append(a.typ.shares[n], x)
		}
	}
	a.together = true
	a.typ.together = append(a.typ.together, a)
}

// adds is what a value adds to a sum, if it is whole, and not too large.
func (a *aggregate) adds(v code.Value) (add int64, ok bool) {
	switch {
	case a.form == condition.Least || a.form == condition.Most || a.form == condition.Mean:
		return 0, false
	case a.form != condition.Sum:
		return 0, true
	case v.State != code.Point || a.given != a.kind:
		return 0, false
	case a.kind == facts.Integer:
		add = int64(v.Lo)
	case a.kind == facts.Number:
		x := math.Float64frombits(v.Lo)
		if x != math.Trunc(x) || math.Abs(x) > mostTogether {
			return 0, false
		}
		add = int64(x)
	default:
		return 0, false
	}
	return add, -mostTogether <= add && add <= mostTogether
}

// addTogether finds the values of all aggregates that are added up together over a type.
func (m *Matcher) addTogether(s *store, version uint64) {
	clear(s.totals)
	for _, n := range s.members {
		m.run.work -= 1 + len(s.shares[n])
		if s.facts[n].status[m.run.view] == 0 {
			continue
		}
		for _, x := range s.shares[n] {
			s.totals[x.at].count++
			s.totals[x.at].sum += x.add
		}
	}
	if m.run.work < 0 {
		m.exhausted()
	}
	for i, a := range s.together {
		x := &s.totals[i]
		t := tally{Matcher: m, aggregate: a, store: s, row: m.frame.Row, sure: x.count, lo: uint64(x.sum)}
		if a.kind == facts.Number {
			t.lo = math.Float64bits(float64(x.sum))
		}
		t.hi = t.lo
		if x.count > 0 {
			t.any.Is = code.True
		}
		*m.results[a.number].lately(version) = remembered{known: true, version: version, parameters: m.settings[m.run.view].parameters, value: t.result()}
	}
}
