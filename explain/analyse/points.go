package analyse

import (
	"math"
	"slices"
	"strconv"

	"truce/facts"
)

// inside is a point of a stretch.
func (s *slot) inside(r stretch) facts.Value {
	v := r.value
	if r.to > r.from {
		v = s.cells[r.from+(r.to-r.from)/2]
	}
	if v.IsKnown() {
		return v
	}
	if v.Kind() == facts.Text {
		return unmentioned(s.cells)
	}
	return middle(v)
}

// samples are a few points of a stretch of one cell: its middle, its ends, and what
// lies between these.
func (s *slot) samples(r stretch) []facts.Value {
	m := s.inside(r)
	list := []facts.Value{m}
	add := func(v facts.Value) {
		if !slices.ContainsFunc(list, v.Same) {
			list = append(list, v)
		}
	}
	switch {
	case !r.value.Kind().Ordered():
	case r.value.Kind() == facts.Number:
		for _, end := range boundsOf(r.value) {
			add(facts.NumberOf(end))
			add(facts.NumberOf(short(min(end, m.Number()), max(end, m.Number()))))
		}
	default:
		for _, end := range endsOfWhole(r.value) {
			add(facts.Between(m.Kind(), end, end))
			mid := middleOf(min(end, m.Integer()), max(end, m.Integer()))
			add(facts.Between(m.Kind(), mid, mid))
		}
	}
	return list
}

// boundsOf are the ends of a number that are not open.
func boundsOf(v facts.Value) []float64 {
	lo, hi := v.Bounds()
	return slices.DeleteFunc([]float64{lo, hi}, func(x float64) bool { return math.IsInf(x, 0) })
}

// endsOfWhole are the ends of a whole number, a day or a level that are not open.
func endsOfWhole(v facts.Value) []int64 {
	lo, hi := v.Ends()
	return slices.DeleteFunc([]int64{lo, hi}, func(i int64) bool { return i == facts.MinInteger || i == facts.MaxInteger })
}

// usualDay is 2020-01-01: the day of a case on which nothing depends.
const usualDay = 18262

// middle is a point of a value that has an order, in its middle and short to write:
// 15 in place of 14.9999. What is open has its other end for its middle, or 0.
func middle(v facts.Value) facts.Value {
	if v.IsKnown() || v.Fault() != nil {
		return v
	}
	if v.Kind() != facts.Number {
		lo, hi := v.Ends()
		m := middleOf(lo, hi)
		if v.Kind() == facts.Date && lo <= usualDay && usualDay <= hi {
			m = usualDay
		}
		return facts.Between(v.Kind(), m, m)
	}
	lo, hi := v.Bounds()
	switch {
	case math.IsInf(lo, -1) && math.IsInf(hi, 1):
		return facts.NumberOf(0)
	case math.IsInf(lo, -1):
		return facts.NumberOf(short(2*hi-math.Max(1, 3*math.Abs(hi)), hi))
	case math.IsInf(hi, 1):
		return facts.NumberOf(short(lo, 2*lo+math.Max(1, 3*math.Abs(lo))))
	}
	return facts.NumberOf(short(lo, hi))
}

// short is the number near the middle of two with the fewest digits, in the half of what
// lies between them that is about the middle.
func short(lo, hi float64) float64 {
	m, quarter := lo+(hi-lo)/2, (hi-lo)/4
	for digits := 1; digits < 17; digits++ {
		x, err := strconv.ParseFloat(strconv.FormatFloat(m, 'g', digits, 64), 64)
		if err == nil && x >= lo && x <= hi && math.Abs(x-m) <= quarter {
			return x
		}
	}
	return m
}

func middleOf(lo, hi int64) int64 {
	switch {
	case lo == facts.MinInteger && hi == facts.MaxInteger:
		return 0
	case lo == facts.MinInteger:
		return hi - 1
	case hi == facts.MaxInteger:
		return lo + 1
	}
	return lo + (hi-lo)/2
}
