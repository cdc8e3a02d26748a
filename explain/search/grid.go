package search

import (
	"math"
	"sort"
	"strconv"

	"truce/facts"
)

// grid is the ordered list of points that a value may take, by position from 0. It is
// computed and never laid out: it may be long. The value as it is, where it is a
// point, is one of them.
type grid struct {
	typ   facts.Type
	low   float64 // of numbers, and the place of the low end
	high  float64
	step  float64
	base  int // points without home
	home  int // position of the value as it is; -1 where that is no point
	extra bool
	at    facts.Value // the value as it is
}

// defaultSteps is how many steps there are in a width where no step is declared.
const defaultSteps = 1000

// mostPoints bounds a grid, so that positions stay small numbers.
const mostPoints = 1 << 30

// newGrid is the grid over a range, an interval of the type's kind or unknown. It is
// empty where the range has an open end.
func newGrid(t facts.Type, inside, at facts.Value, step float64) grid {
	g := grid{typ: t, at: at, home: -1}
	switch t.Kind {
	case facts.Enum:
		g.base = len(t.Names.List)
		if at.IsKnown() {
			g.home = t.Names.Index(at.Text())
		}
		return g
	case facts.Text:
		return g
	}
	g.low, g.high = place(inside)
	if math.IsInf(g.low, 0) || math.IsInf(g.high, 0) || g.high < g.low {
		return g
	}
	g.step = stepOf(t.Kind, g.high-g.low, step)
	n := math.Floor((g.high-g.low)/g.step*(1+1e-12)) + 1
	if !(n < mostPoints) {
		return g
	}
	g.base = int(n)
	if g.number(g.base-1) < g.high {
		g.base++ // the high end, off the step
	}
	if at.IsKnown() {
		x, _ := place(at)
		g.home = sort.Search(g.base, func(i int) bool { return g.number(i) >= x })
		g.extra = g.home == g.base || g.number(g.home) != x
	}
	return g
}

func stepOf(k facts.Kind, width, declared float64) float64 {
	step := declared
	if step == 0 {
		step = width / defaultSteps
	}
	switch k {
	case facts.Bool, facts.Scale:
		return 1
	case facts.Integer, facts.Date:
		return max(1, math.Ceil(step))
	}
	if step == 0 {
		return 1 // a range of one point
	}
	return step
}

// place is where the ends of a value lie on the line of its kind.
func place(v facts.Value) (lo, hi float64) {
	if v.Kind() == facts.Number {
		return v.Bounds()
	}
	l, h := v.Ends()
	return lineEnd(l), lineEnd(h)
}

func lineEnd(i int64) float64 {
	switch i {
	case facts.MinInteger:
		return math.Inf(-1)
	case facts.MaxInteger:
		return math.Inf(1)
	}
	return float64(i)
}

// number is the place of a point of the base. The sum of many steps is rounded to
// what its digits mean, so that 12.3 is 12.3.
func (g *grid) number(i int) float64 {
	x := g.low + float64(i)*g.step
	if g.typ.Kind == facts.Number && g.step != 0 {
		x = rounded(x, g.step)
	}
	return min(x, g.high)
}

// rounded drops the digits of x that lie eight places below a step.
func rounded(x, step float64) float64 {
	decimals := max(0, 8-int(math.Floor(math.Log10(step))))
	if decimals > 300 {
		return x
	}
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'f', decimals, 64), 64)
	if err != nil {
		return x
	}
	return y
}

// size is how many points there are.
func (g *grid) size() int {
	if g.extra {
		return g.base + 1
	}
	return g.base
}

// place is where a point lies on the line.
func (g *grid) place(i int) float64 {
	switch {
	case g.typ.Kind == facts.Enum:
		return float64(i)
	case !g.extra || i < g.home:
		return g.number(i)
	case i == g.home:
		x, _ := place(g.at)
		return x
	}
	return g.number(i - 1)
}

// value stands for all from point i to point j; of an enum, where they differ, for
// every symbol.
func (g *grid) value(i, j int) facts.Value {
	switch g.typ.Kind {
	case facts.Enum:
		if i == j {
			return facts.EnumOf(g.typ.Names.List[i])
		}
		return g.typ.Unknown()
	case facts.Number:
		return facts.NumberBetween(g.place(i), g.place(j))
	}
	return facts.Between(g.typ.Kind, int64(g.place(i)), int64(g.place(j)))
}

// width is what distances are measured by.
func (g *grid) width() float64 {
	if g.typ.Kind == facts.Enum || g.typ.Kind == facts.Bool || g.high == g.low {
		return 1
	}
	return g.high - g.low
}

// way is the length of the change to a point, over the width.
func (g *grid) way(i int) float64 {
	if g.typ.Kind == facts.Enum || g.typ.Kind == facts.Bool {
		if g.at.IsKnown() && i != g.home {
			return 1
		}
		return 0
	}
	lo, hi := place(g.at)
	x := g.place(i)
	return max(0, lo-x, x-hi) / g.width()
}

// nearest is the point with the least way among those from i to j, the first of
// equals. Ways fall up to the value as it is and rise behind it.
func (g *grid) nearest(i, j int) int {
	at := i
	if g.typ.Kind == facts.Enum || g.typ.Kind == facts.Bool {
		if i <= g.home && g.home <= j {
			at = g.home
		}
		return at
	}
	lo, _ := place(g.at)
	at = i + sort.Search(j-i+1, func(k int) bool { return g.place(i+k) >= lo })
	if at > j || at > i && g.way(at-1) <= g.way(at) {
		at--
	}
	return at
}

// within narrows a stretch to the points whose way is at most most; j < i where
// there are none. Of an enum, whose ways are all alike, the symbols beside its home
// stay together.
func (g *grid) within(i, j int, most float64) (int, int) {
	if j < i {
		return i, j
	}
	mid := g.nearest(i, j)
	if g.way(mid) > most {
		return 0, -1
	}
	from := i + sort.Search(mid-i, func(k int) bool { return g.way(i+k) <= most })
	to := mid + sort.Search(j-mid, func(k int) bool { return g.way(mid+1+k) > most })
	return from, to
}
