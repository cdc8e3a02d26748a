package eval

import (
	"cmp"
	"math"
	"math/big"
	"slices"

	"truce/facts"
	"truce/rules/condition"
)

// The bounds of aggregates over facts that may or may not be there, with values
// that may be intervals. Every one is stated here and tested against brute force
// over all completions.
//
// A contribution is what one fact of the model gives: whether it is selected (it
// is there and the predicate holds), its value, and how many real facts it may
// stand for. A blurred one may be the same real fact as another, so it is sure to
// be something and not sure to be one more.
//
//	count  from the selected, not blurred ones (one at least where anything is
//	       selected); to all that are not excluded, with their copies
//	sum    the selected give their low and high; the others, the blurred, and
//	       copies beyond the first, give what they may lower or raise
//	min    from the least low of all not excluded, to the least high of the selected
//	max    likewise upwards
//	mean   the mean of the selected, lowered (raised) by each further fact, lowest
//	       (highest) first, while that lowers (raises) it; rounded once
//
// Where nothing is selected for certain, min, max and mean may fail, so they are
// unknown; where all are excluded, they fail.
type contribution struct {
	selected facts.Value
	value    facts.Value
	copies   int // -1: without end
	blurred  bool
	group    int  // of alternatives; 0: none, and always after collapse
	there    bool // certain to be there, whether selected or not
}

func (c *contribution) sure() bool     { return c.selected.True() }
func (c *contribution) excluded() bool { return c.selected.False() }

// optional reports whether the contribution may be missing from a count or a sum.
func (c *contribution) optional() bool { return !c.sure() || c.blurred }

// aggregate computes a form over contributions. The faults of predicates and
// summands come first: a selected fact in fault is a fault; one that may be
// selected makes the result unknown.
func aggregate(a *condition.Aggregate, cs []contribution) facts.Value {
	switch a.Form {
	case condition.None, condition.All:
		return Not(anyOf(cs))
	case condition.Any:
		return anyOf(cs)
	}
	if v, failed := contributed(a, cs); failed {
		return v
	}
	switch a.Form {
	case condition.Count:
		lo, hi := countOf(cs)
		return integerBetween(facts.Integer, lo, hi)
	case condition.One:
		return exactlyOne(countOf(cs))
	case condition.Sum:
		return sumOf(a, cs)
	case condition.Mean:
		return meanOf(a, cs)
	}
	return extremeOf(a, cs, a.Form == condition.Most)
}

func anyOf(cs []contribution) facts.Value {
	v := facts.BoolOf(false)
	for i := range cs {
		v = Or(v, cs[i].selected)
	}
	return v
}

// contributed looks for faults: the result when there is one, and whether.
func contributed(a *condition.Aggregate, cs []contribution) (facts.Value, bool) {
	var faults []facts.Value
	partly := false
	for i := range cs {
		c := &cs[i]
		switch {
		case c.selected.Fault() != nil:
			faults = append(faults, c.selected)
		case c.excluded() || c.value.Fault() == nil:
		case c.sure():
			faults = append(faults, c.value)
		default:
			partly = true
		}
	}
	if f := firstFault(faults...); !f.IsZero() {
		return facts.FaultValue(a.Type().Kind, f.Fault()), true
	}
	if partly {
		return unknownOf(a.Type().Kind), true
	}
	return facts.Value{}, false
}

func countOf(cs []contribution) (lo, hi int64) {
	sure := false
	for i := range cs {
		c := &cs[i]
		if c.excluded() {
			continue
		}
		sure = sure || c.sure()
		if !c.optional() {
			lo++
		}
		if c.copies < 0 || hi == facts.MaxInteger {
			hi = facts.MaxInteger
		} else {
			hi += int64(c.copies)
		}
	}
	if sure {
		lo = max(lo, 1)
	}
	return lo, hi
}

func exactlyOne(lo, hi int64) facts.Value {
	switch {
	case lo == 1 && hi == 1:
		return facts.BoolOf(true)
	case lo > 1 || hi < 1:
		return facts.BoolOf(false)
	}
	return facts.UnknownBool()
}

func sumOf(a *condition.Aggregate, cs []contribution) facts.Value {
	k := a.Type().Kind
	var lo, hi exactSum
	known := true
	for i := range cs {
		c := &cs[i]
		if c.excluded() {
			continue
		}
		v := as(k, c.value)
		known = known && v.IsKnown() && !c.optional() && c.copies == 1
		addContribution(&lo, &hi, v, c.copies, !c.optional())
	}
	return sumBetween(a, k, &lo, &hi, known)
}

// addContribution adds a value that is there at least once when sure, and up to
// copies times.
func addContribution(lo, hi *exactSum, v facts.Value, copies int, sure bool) {
	addLow, addHigh := addEnds(lo, hi, v)
	low, high := ends(v)
	more := copies
	if sure {
		addLow(1)
		addHigh(1)
		more = max(copies-1, -1)
		if copies < 0 {
			more = -1
		}
	}
	if low < 0 {
		addLow(more)
	}
	if high > 0 {
		addHigh(more)
	}
}

func addEnds(lo, hi *exactSum, v facts.Value) (addLow, addHigh func(n int)) {
	low, high := ends(v)
	if v.Kind() == facts.Integer && !math.IsInf(low, 0) && !math.IsInf(high, 0) {
		i, j := v.Ends()
		return func(n int) { lo.addInteger(i, n) }, func(n int) { hi.addInteger(j, n) }
	}
	return func(n int) { lo.add(low, n) }, func(n int) { hi.add(high, n) }
}

func sumBetween(a *condition.Aggregate, k facts.Kind, lo, hi *exactSum, known bool) facts.Value {
	if k == facts.Integer {
		low, lowFits := lo.integer()
		high, highFits := hi.integer()
		switch {
		case lowFits && highFits:
			return integerBetween(k, low, high)
		case known:
			return fault(k, a.Span(), ErrOverflow, "the sum is not an integer of 64 bits")
		}
		return unknownOf(k)
	}
	low, high := lo.number(), hi.number()
	overflows := lo.open == 0 && math.IsInf(low, 0) || hi.open == 0 && math.IsInf(high, 0)
	switch {
	case overflows && known:
		return fault(k, a.Span(), ErrOverflow, "the sum overflows")
	case overflows:
		return unknownOf(k)
	}
	return numberBetween(low, high)
}

// presence sorts contributions for min, max and mean: whether one is selected for
// certain, and whether any may be.
func presence(cs []contribution) (sure, some bool) {
	for i := range cs {
		some = some || !cs[i].excluded()
		sure = sure || cs[i].sure()
	}
	return sure, some
}

func extremeOf(a *condition.Aggregate, cs []contribution, most bool) facts.Value {
	sure, some := presence(cs)
	switch {
	case !some:
		return fault(a.Type().Kind, a.Span(), ErrEmpty, "%s of nothing: no %s is selected", a.Form, a.Fact.Name)
	case !sure:
		return a.Type().Unknown()
	}
	var best, reach facts.Value // over the selected; over all not excluded
	for i := range cs {
		c := &cs[i]
		if c.excluded() {
			continue
		}
		reach = bestOf(reach, c.value, a.Type().Kind, most)
		if c.sure() {
			best = bestOf(best, c.value, a.Type().Kind, most)
		}
	}
	return reach.Hull(best) // from the furthest reach to the selected
}

func bestOf(best, v facts.Value, k facts.Kind, most bool) facts.Value {
	if best.IsZero() {
		return as(k, v)
	}
	return extreme([]facts.Value{best, v}, k, most)
}

func meanOf(a *condition.Aggregate, cs []contribution) facts.Value {
	sure, some := presence(cs)
	switch {
	case !some:
		return fault(facts.Number, a.Span(), ErrEmpty, "mean of nothing: no %s is selected", a.Fact.Name)
	case !sure:
		return unknownOf(facts.Number)
	}
	lo, hi := meanBound(cs, false), meanBound(cs, true)
	return numberBetween(lo, hi)
}

// further is a fact that may join a mean.
type further struct {
	value  *big.Rat
	copies int
}

// meanBound is the least (or the most) that the mean can be. With values negated,
// the most is the least.
func meanBound(cs []contribution, high bool) float64 {
	total, n := new(big.Rat), int64(0)
	var more []further
	for i := range cs {
		c := &cs[i]
		if c.excluded() {
			continue
		}
		x, finite := meanEnd(c.value, high)
		if !finite {
			return math.Inf(sign(high))
		}
		switch {
		case c.optional():
			more = append(more, further{x, c.copies})
		default:
			total.Add(total, x)
			n++
			if c.copies != 1 {
				more = append(more, further{x, max(c.copies-1, -1)})
			}
		}
	}
	slices.SortFunc(more, func(f, g further) int {
		return cmp.Or(f.value.Cmp(g.value), cmp.Compare(f.copies, g.copies))
	})
	return signed(lowered(total, n, more), high)
}

// meanEnd is the end of a value that lowers a mean most, negated for the most, and
// false when it is open.
func meanEnd(v facts.Value, high bool) (*big.Rat, bool) {
	x := endNumber(v, high)
	if math.IsInf(x, 0) {
		return nil, false
	}
	r := new(big.Rat)
	if v.Kind() == facts.Integer {
		r.SetInt64(end(v, high))
	} else {
		r.SetFloat64(x)
	}
	if high {
		r.Neg(r)
	}
	return r, true
}

func sign(high bool) int {
	if high {
		return 1
	}
	return -1
}

func signed(x float64, high bool) float64 {
	if high {
		return -x + 0
	}
	return x + 0
}

// lowered adds facts to a mean, lowest first, while each lowers it. A fact without
// end of copies draws the mean to its own value. With none to start from, the
// lowest alone is the mean.
func lowered(total *big.Rat, n int64, more []further) float64 {
	for _, f := range more {
		if n > 0 && new(big.Rat).Mul(f.value, big.NewRat(n, 1)).Cmp(total) >= 0 {
			break
		}
		if f.copies < 0 {
			x, _ := f.value.Float64()
			return x
		}
		total.Add(total, new(big.Rat).Mul(f.value, big.NewRat(int64(f.copies), 1)))
		n += int64(f.copies)
	}
	x, _ := total.Quo(total, big.NewRat(n, 1)).Float64()
	return x
}
