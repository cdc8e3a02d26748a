package grid

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"truce/facts"
)

// Region is a set of values of one input: a value, a stretch between two without its
// ends, or, of texts, any that no cell names.
type Region struct {
	Value     facts.Value // zero where it is not one value
	Low, High facts.Value // of a stretch; zero where it has no end
	Other     bool
}

// One is a value of the region.
func (r Region) One(t facts.Type) facts.Value {
	if !r.Value.IsZero() {
		return r.Value
	}
	if r.Other {
		return facts.TextOf("")
	}
	if t.Kind != facts.Number {
		switch {
		case !r.Low.IsZero():
			return point(t.Kind, after(r.Low))
		case !r.High.IsZero():
			return point(t.Kind, before(r.High))
		}
		return point(t.Kind, 0)
	}
	switch {
	case !r.Low.IsZero() && !r.High.IsZero():
		return facts.NumberOf(number(r.Low)/2 + number(r.High)/2)
	case !r.Low.IsZero():
		return facts.NumberOf(number(r.Low) + 1)
	case !r.High.IsZero():
		return facts.NumberOf(number(r.High) - 1)
	}
	return facts.NumberOf(0)
}

func end(v facts.Value) int64 {
	i, _ := v.Ends()
	return i
}

// after is the first whole number past a value, before the last one short of it.
func after(v facts.Value) int64 {
	if v.Kind() == facts.Number {
		return int64(math.Floor(number(v))) + 1
	}
	return end(v) + 1
}

func before(v facts.Value) int64 {
	if v.Kind() == facts.Number {
		return int64(math.Ceil(number(v))) - 1
	}
	return end(v) - 1
}

func number(v facts.Value) float64 {
	if v.Kind() != facts.Number {
		return float64(end(v))
	}
	x, _ := v.Bounds()
	return x
}

func point(k facts.Kind, i int64) facts.Value { return facts.Between(k, i, i) }

// regions parts all values of a type where the constants of cells do, in order. In each
// of them every cell is true throughout, or false.
func regions(t facts.Type, cuts []facts.Value) []Region {
	switch t.Kind {
	case facts.Bool:
		return []Region{{Value: facts.BoolOf(false)}, {Value: facts.BoolOf(true)}}
	case facts.Enum:
		return each(t.Names.List, func(_ int, s string) facts.Value { return facts.EnumOf(s) })
	case facts.Scale:
		return each(t.Names.List, func(i int, _ string) facts.Value { return facts.ScaleOf(i) })
	case facts.Text:
		var list []Region
		for _, v := range distinctBy(cuts, func(a, b facts.Value) int { return cmp.Compare(a.Text(), b.Text()) }) {
			list = append(list, Region{Value: v})
		}
		return append(list, Region{Other: true})
	}
	return stretches(t, distinctBy(cuts, func(a, b facts.Value) int { return compare(t.Kind, a, b) }))
}

func each(names []string, value func(int, string) facts.Value) []Region {
	list := make([]Region, len(names))
	for i, s := range names {
		list[i] = Region{Value: value(i, s)}
	}
	return list
}

func distinctBy(vs []facts.Value, order func(a, b facts.Value) int) []facts.Value {
	vs = slices.Clone(vs)
	slices.SortFunc(vs, order)
	return slices.CompactFunc(vs, func(a, b facts.Value) bool { return order(a, b) == 0 })
}

func compare(k facts.Kind, a, b facts.Value) int {
	if k == facts.Number || a.Kind() == facts.Number || b.Kind() == facts.Number {
		return cmp.Compare(number(a), number(b))
	}
	return cmp.Compare(end(a), end(b))
}

// stretches are the cuts and what lies between them, inside the range of the type.
func stretches(t facts.Type, cuts []facts.Value) []Region {
	low, high := bounds(t)
	points := slices.DeleteFunc(cuts, func(c facts.Value) bool {
		return !low.IsZero() && compare(t.Kind, c, low) <= 0 || !high.IsZero() && compare(t.Kind, c, high) >= 0
	})
	if !low.IsZero() {
		points = slices.Insert(points, 0, low)
	}
	if !high.IsZero() && (low.IsZero() || compare(t.Kind, low, high) < 0) {
		points = append(points, high)
	}
	if len(points) == 0 {
		return []Region{{}}
	}
	var list []Region
	add := func(r Region) {
		if !empty(t.Kind, r) {
			list = append(list, r)
		}
	}
	if low.IsZero() {
		add(Region{High: points[0]})
	}
	for i, p := range points {
		if i > 0 {
			add(Region{Low: points[i-1], High: p})
		}
		add(Region{Value: p})
	}
	if high.IsZero() {
		add(Region{Low: points[len(points)-1]})
	}
	return list
}

// bounds are the ends of a type's range; zero where there is none.
func bounds(t facts.Type) (low, high facts.Value) {
	if t.Range == nil {
		return low, high
	}
	if t.Kind == facts.Number {
		lo, hi := t.Range.Bounds()
		if !math.IsInf(lo, 0) {
			low = facts.NumberOf(lo)
		}
		if !math.IsInf(hi, 0) {
			high = facts.NumberOf(hi)
		}
		return low, high
	}
	lo, hi := t.Range.Ends()
	if lo != facts.MinInteger {
		low = point(t.Kind, lo)
	}
	if hi != facts.MaxInteger {
		high = point(t.Kind, hi)
	}
	return low, high
}

// empty reports whether a region of whole numbers has none inside.
func empty(k facts.Kind, r Region) bool {
	switch {
	case k == facts.Number:
		return false
	case !r.Value.IsZero():
		return r.Value.Kind() == facts.Number && number(r.Value) != math.Trunc(number(r.Value))
	}
	return !r.Low.IsZero() && !r.High.IsZero() && after(r.Low) > before(r.High)
}

// Show is the region in words: "20", "more than 20 and less than 60".
func (r Region) Show(t facts.Type) string {
	switch {
	case !r.Value.IsZero() && t.Kind == facts.Text:
		return strconv.Quote(r.Value.Text())
	case !r.Value.IsZero():
		return t.Format(r.Value)
	case r.Other:
		return "any other text"
	case r.Low.IsZero() && r.High.IsZero():
		return "anything"
	case r.High.IsZero():
		return "more than " + t.Format(r.Low)
	case r.Low.IsZero():
		return "less than " + t.Format(r.High)
	}
	return "more than " + t.Format(r.Low) + " and less than " + t.Format(r.High)
}
