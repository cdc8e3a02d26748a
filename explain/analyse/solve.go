package analyse

import (
	"math"
	"slices"

	"truce/facts"
	"truce/rules/condition"
	"truce/rules/eval"
)

// stretch is what one free slot may be in a box: its cells from one to another, and
// of a single cell a part.
type stretch struct {
	from, to int
	value    facts.Value
	halved   int // how often the cell was divided
}

// box is a stretch for each slot; those that are not free have none.
type box []stretch

// mostHalves is how often one cell is divided.
const mostHalves = 12

// result is what a search in a problem came to.
type result struct {
	refuted bool          // no point answers all demands
	point   []facts.Value // by slot: one that does; nil where none was found
}

// divider looks through boxes for a point, depth first: what is refuted is left, what
// is open is divided.
type divider struct {
	slots  []*slot
	budget int
	steps  int
	holes  bool // something was left out that may hold a point
	// look says what can be said of a box, and by which slot to divide it, -1 where
	// there is none.
	look func(box) (truth, int)
	// try gives the point of a box, if that answers all.
	try func(box) []facts.Value
	// sampled says that of a single cell a few points alone are looked at.
	sampled bool
}

// whole is the box of everything; false where a slot can be nothing at all.
func (d *divider) whole() (box, bool) {
	b := make(box, len(d.slots))
	for i, s := range d.slots {
		if s.free() {
			if len(s.cells) == 0 {
				return nil, false
			}
			b[i] = s.stretch(0, len(s.cells)-1)
		}
	}
	return b, true
}

// in looks through a box.
func (d *divider) in(b box) []facts.Value {
	if d.steps >= d.budget {
		d.holes = true
		return nil
	}
	d.steps++
	found, at := d.look(b)
	if found == never {
		return nil
	}
	if point := d.try(b); point != nil {
		return point
	}
	if at < 0 {
		d.holes = true
		return nil
	}
	for _, part := range d.parts(b, at) {
		if point := d.in(part); point != nil {
			return point
		}
	}
	return nil
}

// solver looks through a problem for a point that answers all demands.
type solver struct {
	*problem
	*divider
	env *eval.Env
}

// solve looks for a point, in at most so many steps. Boxes in which some demand can be
// answered nowhere are refuted; of others the middle is tried, and they are divided.
func (p *problem) solve(budget int) result {
	s := p.solver(budget)
	start, ok := s.whole()
	if !ok {
		return result{refuted: true}
	}
	point := s.in(start)
	return result{refuted: point == nil && !s.holes, point: point}
}

func (p *problem) solver(budget int) *solver {
	p.lay()
	s := &solver{problem: p, env: p.work.env(make([]facts.Value, len(p.slots)))}
	s.divider = &divider{slots: p.slots, budget: budget, look: s.look, try: s.try}
	return s
}

// stretch is a run of cells as one value.
func (s *slot) stretch(from, to int) stretch {
	v := s.cells[from]
	if to > from {
		if v = v.Hull(s.cells[to]); from == 0 && to == len(s.cells)-1 && s.kind != ofRelation {
			v = s.whole
		}
	}
	return stretch{from: from, to: to, value: v}
}

// look evaluates all demands over a box, and says by which slot to divide it: one that
// an open demand depends on, or -1 where there is none left to divide.
func (s *solver) look(b box) (truth, int) {
	for i, sl := range s.problem.slots {
		if sl.free() {
			s.env.Values[i] = b[i].value
		}
	}
	if !s.follow(b) {
		return never, -1
	}
	result, at := always, -1
	for _, d := range s.demands {
		switch d.of(s.env) {
		case never:
			return never, -1
		case open:
			result = open
			if at < 0 {
				at = s.divisible(b, d.uses)
			}
		case always:
		}
	}
	return result, at
}

// follow computes the slots that are not free; false where a relation that the box is
// in cannot be.
func (s *solver) follow(b box) bool {
	for i, sl := range s.problem.slots {
		switch sl.kind {
		case ofLet:
			s.env.Values[i] = eval.Eval(sl.expr, s.env)
		case ofAtom:
			r, place := s.problem.slots[sl.relation], b[sl.relation]
			if r.asked < 2 || place.from < place.to {
				s.env.Values[i] = eval.Eval(sl.expr, s.env)
				continue
			}
			s.env.Values[i] = facts.BoolOf(atomHolds(sl.op, place.from))
			if !s.related(r, place.from) {
				return false
			}
		case ofField, ofAggregate, ofDate, ofRelation:
		}
	}
	return true
}

// related reports whether two values may stand to each other so.
func (s *solver) related(r *slot, place int) bool {
	equal := eval.Eval(r.equal, s.env)
	less := facts.UnknownBool()
	if r.less != nil {
		less = eval.Eval(r.less, s.env)
	}
	switch place {
	case isEqual:
		return !equal.False()
	case isLess:
		return !equal.True() && !less.False()
	}
	return !equal.True() && !less.True()
}

// atomHolds is the truth of a comparison where one value stands to the other so.
func atomHolds(op condition.Op, place int) bool {
	switch op {
	case condition.Eq:
		return place == isEqual
	case condition.Ne:
		return place != isEqual
	case condition.Lt:
		return place == isLess
	case condition.Le:
		return place != isMore
	case condition.Gt:
		return place == isMore
	}
	return place != isLess
}

// divisible is the first of some slots that has cells to tell apart, or else of those
// whose one cell can be divided the one that was divided least; -1 where there is none.
func (d *divider) divisible(b box, uses []int) int {
	best := -1
	for _, i := range uses {
		sl, r := d.slots[i], b[i]
		if sl.kind == ofRelation && sl.asked < 2 {
			continue
		}
		if r.to > r.from {
			return i
		}
		if r.halved < mostHalves && canHalve(r.value) && (best < 0 || r.halved < b[best].halved) {
			best = i
		}
	}
	return best
}

func canHalve(v facts.Value) bool {
	if v.IsKnown() || v.Fault() != nil || !v.Kind().Ordered() {
		return false
	}
	if v.Kind() != facts.Number {
		lo, hi := v.Ends()
		return hi > lo
	}
	lo, hi := v.Bounds()
	m := middle(v).Number()
	return lo < hi && m >= lo && m <= hi
}

// parts are a box divided by one slot.
func (d *divider) parts(b box, at int) []box {
	sl, r := d.slots[at], b[at]
	var list []stretch
	switch k := r.value.Kind(); {
	case r.to > r.from && (sl.kind == ofRelation || !k.Ordered()):
		for i := r.from; i <= r.to; i++ {
			list = append(list, sl.stretch(i, i))
		}
	case r.to > r.from:
		mid := r.from + (r.to-r.from)/2
		list = []stretch{sl.stretch(r.from, mid), sl.stretch(mid+1, r.to)}
	case d.sampled:
		d.holes = true
		for _, v := range sl.samples(r) {
			list = append(list, stretch{from: r.from, to: r.to, value: v})
		}
	default:
		list = r.halves()
	}
	boxes := make([]box, len(list))
	for i, part := range list {
		boxes[i] = slices.Clone(b)
		boxes[i][at] = part
	}
	return boxes
}

// halves are the two parts of a stretch of one cell.
func (r stretch) halves() []stretch {
	low, high := r, r
	low.halved, high.halved = r.halved+1, r.halved+1
	m := middle(r.value)
	if r.value.Kind() == facts.Number {
		lo, hi := r.value.Bounds()
		low.value = facts.NumberBetween(lo, m.Number())
		if next := math.Nextafter(m.Number(), math.Inf(1)); next <= hi {
			high.value = facts.NumberBetween(next, hi)
			return []stretch{low, high}
		}
		return []stretch{low}
	}
	lo, hi := r.value.Ends()
	low.value = facts.Between(r.value.Kind(), lo, m.Integer())
	if m.Integer() >= hi {
		return []stretch{low}
	}
	high.value = facts.Between(r.value.Kind(), m.Integer()+1, hi)
	return []stretch{low, high}
}

// try evaluates the demands at one point of a box, and gives it where it answers all.
func (s *solver) try(b box) []facts.Value {
	whole := slices.Clone(b)
	for i, sl := range s.problem.slots {
		switch {
		case sl.kind == ofRelation:
			whole[i] = sl.stretch(0, len(sl.cells)-1)
			s.env.Values[i] = whole[i].value
		case sl.free():
			s.env.Values[i] = sl.inside(b[i])
		}
	}
	s.follow(whole)
	for _, d := range s.demands {
		if d.of(s.env) != always {
			return nil
		}
	}
	return slices.Clone(s.env.Values)
}
