package whynot

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"truce/facts"
)

// Set is a set of values of a type: what would do. Ordered values lie between two
// ends and are none of the points; others are one of the points, or none of them.
type Set struct {
	Type              facts.Type
	Low, High         float64 // ends of an ordered type, in days or levels for dates and scales; infinite where open
	LowOpen, HighOpen bool    // the end itself does not do; of numbers alone
	Points            []facts.Value
	Except            bool   // the points are what does not do
	Known             bool   // any value would do, if only it were known
	Says              string // of texts: what the text would have to be like
}

// anything is the set of all values of a type.
func anything(t facts.Type) Set {
	return Set{Type: t, Low: math.Inf(-1), High: math.Inf(1), Except: true}
}

// only is the set of one known value.
func only(t facts.Type, v facts.Value) Set {
	s := anything(t)
	if ordered(t.Kind) {
		s.Low, s.High = ends(v)
		return s
	}
	s.Points, s.Except = []facts.Value{v}, false
	return s
}

// truth is the set of true, or of false.
func truth(t facts.Type, want bool) Set { return only(t, facts.BoolOf(want)) }

// other is the set of all values but one.
func other(t facts.Type, v facts.Value) Set {
	s := anything(t)
	if x, _ := ends(v); ordered(t.Kind) && v.Kind() != t.Kind {
		v = point(t.Kind, x)
		if y, _ := ends(v); x != y {
			return s
		}
	}
	s.Points = []facts.Value{v}
	return s
}

// between is an interval. An end that is no number, the difference of two open ends,
// is open.
func between(t facts.Type, low float64, lowOpen bool, high float64, highOpen bool) Set {
	s := anything(t)
	if !math.IsNaN(low) {
		s.Low, s.LowOpen = low, lowOpen
	}
	if !math.IsNaN(high) {
		s.High, s.HighOpen = high, highOpen
	}
	return s.tidy()
}

// ordered reports whether a kind has ends: those of intervals, and true and false.
func ordered(k facts.Kind) bool { return k.Ordered() || k == facts.Bool }

// ends are the ends of a value of an ordered kind as numbers.
func ends(v facts.Value) (lo, hi float64) {
	if v.Kind() == facts.Number {
		return v.Bounds()
	}
	l, h := v.Ends()
	lo, hi = float64(l), float64(h)
	if l == facts.MinInteger {
		lo = math.Inf(-1)
	}
	if h == facts.MaxInteger {
		hi = math.Inf(1)
	}
	return lo, hi
}

// of is the set for a place of another type that takes the same values: an integer
// where a number was, a field with a range. Ends beyond the range say nothing.
func (s Set) of(t facts.Type) Set {
	c := s
	c.Type = t
	if ordered(t.Kind) {
		lo, hi := ends(t.Unknown())
		if c.Low < lo {
			c.Low, c.LowOpen = math.Inf(-1), false
		}
		if c.High > hi {
			c.High, c.HighOpen = math.Inf(1), false
		}
	}
	return c.tidy()
}

// tidy gives discrete sets closed whole ends.
func (s Set) tidy() Set {
	if s.Type.Kind == facts.Number || !ordered(s.Type.Kind) {
		return s
	}
	if s.LowOpen && s.Low == math.Floor(s.Low) {
		s.Low++
	}
	if s.HighOpen && s.High == math.Ceil(s.High) {
		s.High--
	}
	s.Low, s.High, s.LowOpen, s.HighOpen = math.Ceil(s.Low), math.Floor(s.High), false, false
	return s
}

// empty reports whether no value of the type, within its range, is in the set.
func (s Set) empty() bool {
	if s.Known || s.Says != "" {
		return false
	}
	if !ordered(s.Type.Kind) {
		return !s.Except && len(s.Points) == 0 || s.Except && s.Type.Kind == facts.Enum && s.leavesNone()
	}
	c := s.within()
	return c.Low > c.High || math.IsInf(c.Low, 1) || math.IsInf(c.High, -1) || c.Low == c.High && (c.LowOpen || c.HighOpen || c.excludes(c.Low))
}

func (s Set) leavesNone() bool {
	return s.Type.Names != nil && !slices.ContainsFunc(s.Type.Names.List, func(n string) bool { return !s.listed(facts.EnumOf(n)) })
}

// within is the set cut to the range of its type.
func (s Set) within() Set {
	lo, hi := ends(s.Type.Unknown())
	if lo > s.Low {
		s.Low, s.LowOpen = lo, false
	}
	if hi < s.High {
		s.High, s.HighOpen = hi, false
	}
	return s
}

func (s Set) listed(v facts.Value) bool {
	return slices.ContainsFunc(s.Points, v.Same)
}

func (s Set) excludes(x float64) bool {
	return slices.ContainsFunc(s.Points, func(p facts.Value) bool { lo, _ := ends(p); return lo == x })
}

// and is the intersection of two sets for one place.
func (s Set) and(o Set) Set {
	switch {
	case s.Known:
		return o
	case o.Known:
		return s
	case s.Says != "" || o.Says != "":
		if s.Says == "" || o.Says == "" || s.Says == o.Says {
			s.Says += strings.TrimPrefix(o.Says, s.Says)
		} else {
			s.Says += " and " + o.Says
		}
		return s
	}
	if o.Low > s.Low || o.Low == s.Low && o.LowOpen {
		s.Low, s.LowOpen = o.Low, o.LowOpen
	}
	if o.High < s.High || o.High == s.High && o.HighOpen {
		s.High, s.HighOpen = o.High, o.HighOpen
	}
	switch {
	case s.Except && o.Except:
		s.Points = append(slices.Clone(s.Points), o.Points...)
	case s.Except:
		s.Points, s.Except = slices.DeleteFunc(slices.Clone(o.Points), s.listed), false
	case o.Except:
		s.Points = slices.DeleteFunc(slices.Clone(s.Points), o.listed)
	default:
		s.Points = slices.DeleteFunc(slices.Clone(s.Points), func(v facts.Value) bool { return !o.listed(v) })
	}
	return s
}

// Holds is whether a value is in the set: true or false where all that it stands for
// is in it or outside, unknown otherwise.
func (s Set) Holds(v facts.Value) facts.Value {
	switch {
	case v.IsZero() || v.Fault() != nil:
		return facts.BoolOf(false)
	case s.Known:
		if v.IsKnown() {
			return facts.BoolOf(true)
		}
		return facts.UnknownBool()
	case s.Says != "":
		return facts.UnknownBool()
	case !ordered(s.Type.Kind):
		if !v.IsKnown() {
			return facts.UnknownBool()
		}
		return facts.BoolOf(s.listed(v) != s.Except)
	}
	lo, hi := ends(v)
	above := lo > s.Low || lo == s.Low && !s.LowOpen
	below := hi < s.High || hi == s.High && !s.HighOpen
	reachesLow := hi > s.Low || hi == s.Low && !s.LowOpen
	reachesHigh := lo < s.High || lo == s.High && !s.HighOpen
	struck := slices.ContainsFunc(s.Points, v.MayEqual)
	switch {
	case !reachesLow || !reachesHigh || struck && v.IsKnown():
		return facts.BoolOf(false)
	case above && below && !struck:
		return facts.BoolOf(true)
	}
	return facts.UnknownBool()
}

// distance is how far a value is from the set, relative to the range of the type or
// to the larger of value and end; one where there is no order, and at most one.
func (s Set) distance(v facts.Value) float64 {
	switch {
	case s.Holds(v).True():
		return 0
	case !s.Type.Kind.Ordered() || v.IsZero() || v.Fault() != nil || s.Known:
		return 1
	}
	lo, hi := ends(v)
	short := max(s.Low-lo, hi-s.High, 0)
	return relative(short, s.Type, lo, hi, s.Low, s.High)
}

// relative is a length over the width of a type's range, or over the largest of some
// finite values; at most one.
func relative(length float64, t facts.Type, among ...float64) float64 {
	width := 0.0
	if lo, hi := ends(t.Unknown()); !math.IsInf(hi-lo, 0) {
		width = hi - lo
	} else {
		for _, x := range among {
			if !math.IsInf(x, 0) {
				width = max(width, math.Abs(x))
			}
		}
	}
	if width == 0 || math.IsInf(length, 0) || math.IsNaN(length) {
		return 1
	}
	return min(1, length/width)
}

// Pick is a known value in the set, as near to another as it gets, and false where
// there is none to name.
func (s Set) Pick(near facts.Value) (facts.Value, bool) {
	t := s.Type
	if s.Known {
		return s.anyOf(near)
	}
	if s.empty() || s.Says != "" {
		return facts.Value{}, false
	}
	if !ordered(t.Kind) {
		return s.pickListed(near)
	}
	w := s.within()
	lo, hi := ends(near)
	middle := (lo + hi) / 2
	candidates := []float64{middle, w.Low, w.High, nudged(w.Low, w.High, w.LowOpen), nudged(w.High, w.Low, w.HighOpen), 0}
	for n := range len(s.Points) { // what is struck has neighbours
		candidates = append(candidates, middle+float64(n+1), middle-float64(n+1), w.Low+float64(n+1))
	}
	candidates = slices.DeleteFunc(candidates, func(x float64) bool { return math.IsNaN(x) || math.IsInf(x, 0) })
	if !math.IsNaN(middle) && !math.IsInf(middle, 0) {
		slices.SortStableFunc(candidates, func(x, y float64) int { return cmp.Compare(math.Abs(x-middle), math.Abs(y-middle)) })
	}
	for _, x := range candidates {
		if v := point(t.Kind, x); v.Within(t.Unknown()) && s.Holds(v).True() {
			return v, true
		}
	}
	return facts.Value{}, false
}

// nudged is a number a little inside an end.
func nudged(end, other float64, open bool) float64 {
	if !open {
		return end
	}
	step := 0.01
	if end != 0 {
		step = math.Pow(10, math.Floor(math.Log10(math.Abs(end)))-2) // a hundredth of its first digit's place
	}
	if !math.IsInf(other, 0) {
		step = min(step, math.Abs(other-end)/2)
	}
	if other < end {
		step = -step
	}
	return end + step
}

func (s Set) pickListed(near facts.Value) (facts.Value, bool) {
	switch {
	case near.IsKnown() && s.Holds(near).True():
		return near, true
	case !s.Except:
		return s.Points[0], true
	case s.Type.Kind == facts.Enum:
		for _, n := range s.Type.Names.List {
			if v := facts.EnumOf(n); !s.listed(v) {
				return v, true
			}
		}
	}
	return facts.Value{}, false
}

// anyOf is some known value of the type: the first of a list, or the middle of what
// is known of it.
func (s Set) anyOf(near facts.Value) (facts.Value, bool) {
	all := anything(s.Type)
	if s.Type.Kind == facts.Text {
		return facts.TextOf(""), true
	}
	if lo, _ := ends(near); near.IsInterval() && !math.IsInf(lo, 0) {
		return point(s.Type.Kind, lo), true
	}
	return all.Pick(near)
}

// point is a known value of an ordered kind.
func point(k facts.Kind, x float64) facts.Value {
	if k == facts.Number {
		return facts.NumberOf(x)
	}
	i := int64(math.Round(x))
	return facts.Between(k, i, i)
}
