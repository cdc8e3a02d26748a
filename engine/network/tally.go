package network

import (
	"math"

	"truce/engine/network/code"
	"truce/facts"
	"truce/rules/condition"
	"truce/rules/eval"
)

// tally adds up what facts give an aggregate where there are no alternatives, and no
// fact stands for several. What it cannot add up without care, it leaves to eval.
type tally struct {
	*Matcher
	aggregate *aggregate
	store     *store
	row       int // that was in turn outside

	any         code.Truth // some fact is selected
	sure, maybe int64
	fault       *facts.Fault // of a predicate, or of what a selected fact gives
	partly      bool         // what a fact gives that may be selected has none
	lo, hi      uint64       // of the sum, the least or the most
	care        bool         // eval has to do it
}

// add adds a fact. It reports false when the result stands.
func (t *tally) add(n int32, where func(*code.Frame) code.Truth) bool {
	f := &t.store.facts[n]
	status := f.status[t.run.view]
	if status == 0 {
		return true
	}
	selected := code.Truth{Is: code.True}
	if t.run.work -= t.aggregate.size; t.run.work < 0 && !t.exhausted() {
		return false
	}
	fixed := int(n) < len(t.aggregate.fixed)
	if fixed {
		selected = t.aggregate.fixed[n].selected
	} else {
		t.frame.Row = t.store.row(n, t.run.view)
		if where != nil {
			selected = where(&t.frame)
		}
	}
	selected = t.aggregate.selected(selected, status)
	if selected.Is == code.False {
		return true
	}
	switch t.aggregate.form {
	case condition.Any, condition.None, condition.All:
		t.any = code.Or(t.any, selected)
		return t.any.Is != code.True
	}
	if selected.Is == code.Fails {
		t.blame(selected.Fault)
		return true
	}
	if t.aggregate.of != nil {
		var v code.Value
		if fixed {
			v = t.aggregate.fixed[n].value
		} else {
			v = t.aggregate.of(&t.frame)
		}
		if !t.give(v, selected.Is == code.True) {
			return false
		}
	}
	if selected.Is == code.True {
		t.sure++
	} else {
		t.maybe++
	}
	return true
}

// blame keeps the fault that stands first.
func (t *tally) blame(f *facts.Fault) {
	if t.fault == nil || f.Span.Compare(t.fault.Span) < 0 {
		t.fault = f
	}
}

// give adds what is computed of the fact in turn.
func (t *tally) give(v code.Value, sure bool) bool {
	switch {
	case v.State == code.Failed && sure:
		t.blame(v.Fault)
		return true
	case v.State == code.Failed:
		t.partly = true
		return true
	}
	a := t.aggregate
	switch {
	case a.given != a.kind || a.form == condition.Mean || !sure && a.form != condition.Sum:
		t.care = true
		return false
	case a.form == condition.Sum && a.kind == facts.Integer:
		return t.sumIntegers(v, sure)
	case a.form == condition.Sum && a.kind == facts.Number:
		return t.sumNumbers(v, sure)
	case v.State != code.Point || a.kind != facts.Number && a.kind != facts.Integer:
		t.care = true
		return false
	}
	if t.sure+t.maybe == 0 || less(a.kind, v.Lo, t.lo) == (a.form == condition.Least) {
		t.lo = v.Lo
	}
	return true
}

// less orders points; of equal ones it does not matter which is taken.
func less(k facts.Kind, a, b uint64) bool {
	if k == facts.Number {
		return math.Float64frombits(a) < math.Float64frombits(b)
	}
	return int64(a) < int64(b)
}

// sumNumbers adds without rounding while it can: a sum that would round is eval's.
func (t *tally) sumNumbers(v code.Value, sure bool) bool {
	lo, hi := numberTerm(v, sure)
	a, exact := eval.Exactly(math.Float64frombits(t.lo), lo)
	b, also := eval.Exactly(math.Float64frombits(t.hi), hi)
	t.lo, t.hi = math.Float64bits(a), math.Float64bits(b)
	t.care = t.care || !exact || !also
	return !t.care
}

func (t *tally) sumIntegers(v code.Value, sure bool) bool {
	lo, hi := int64(v.Lo), int64(v.Hi)
	if v.State != code.Point && (lo == facts.MinInteger || hi == facts.MaxInteger) {
		t.care = true
		return false
	}
	lo, hi = integerTerm(v, sure)
	a, b := int64(t.lo)+lo, int64(t.hi)+hi
	if (a > int64(t.lo)) != (lo > 0) && lo != 0 || (b > int64(t.hi)) != (hi > 0) && hi != 0 {
		t.care = true
		return false
	}
	t.lo, t.hi = uint64(a), uint64(b)
	return true
}

// numberTerm is the least and the most that a number adds to a sum; where its fact may be
// missing, nothing too.
func numberTerm(v code.Value, sure bool) (lo, hi float64) {
	lo, hi = math.Float64frombits(v.Lo), math.Float64frombits(v.Hi)
	if !sure {
		lo, hi = math.Min(lo, 0), math.Max(hi, 0)
	}
	return lo, hi
}

// integerTerm is the same of an integer.
func integerTerm(v code.Value, sure bool) (lo, hi int64) {
	lo, hi = int64(v.Lo), int64(v.Hi)
	if !sure {
		lo, hi = min(lo, 0), max(hi, 0)
	}
	return lo, hi
}

// result is the value.
func (t *tally) result() code.Value {
	t.frame.Row = t.row
	kind := t.aggregate.kind
	switch t.aggregate.form {
	case condition.Any:
		return t.any.Value()
	case condition.None, condition.All:
		return not(t.any).Value()
	}
	switch {
	case t.care:
		return t.exactly(t.aggregate, t.store)
	case t.fault != nil:
		return code.FromFact(facts.FaultValue(kind, t.fault), t.texts)
	case t.partly:
		return code.FromFact(facts.Type{Kind: kind}.Unknown(), t.texts)
	}
	switch t.aggregate.form {
	case condition.Count:
		return code.Between(uint64(t.sure), uint64(t.sure+t.maybe))
	case condition.One:
		switch {
		case t.sure == 1 && t.maybe == 0:
			return code.Truth{Is: code.True}.Value()
		case t.sure > 1 || t.sure+t.maybe < 1:
			return code.Truth{Is: code.False}.Value()
		}
		return code.Truth{Is: code.Maybe}.Value()
	case condition.Sum:
		return code.Between(t.lo, t.hi)
	case condition.Least, condition.Most:
		if t.sure > 0 {
			return code.Between(t.lo, t.lo)
		}
	}
	return t.exactly(t.aggregate, t.store)
}

func not(t code.Truth) code.Truth {
	switch t.Is {
	case code.True:
		t.Is = code.False
	case code.False:
		t.Is = code.True
	}
	return t
}
