package analyse

import (
	"math"
	"slices"
	"strconv"

	"truce/facts"
	"truce/rules/condition"
	"truce/rules/eval"
)

// mostSymbols is how many symbols or levels are told apart one by one.
const mostSymbols = 64

// axis is what the expressions of a pack or a problem compare one value with. Between
// two neighbours of its constants no simple comparison changes its truth.
type axis struct {
	at []facts.Value
	// opaque says of texts and symbols that something else than a constant looks at
	// them: then one that is not mentioned does not stand for all others.
	opaque bool
	asked  bool // something looks at it
}

// cuts finds the constants that values are compared with.
type cuts struct {
	axis  func(condition.Expr) *axis // of what varies freely; nil of all else
	fixed *eval.Env                  // in which constants are evaluated
	// beside are values that are compared with each other.
	beside [][2]*axis
}

// spread gives values that are compared with each other the constants of each other.
func (c *cuts) spread() {
	for _, pair := range c.beside {
		a, b := pair[0], pair[1]
		if a != b {
			own := slices.Clone(a.at)
			a.at, b.at = append(a.at, b.at...), append(b.at, own...)
		}
	}
}

// lay divides the range of every free slot into cells.
func (p *problem) lay() {
	if p.laid {
		return
	}
	p.laid = true
	axes := make([]axis, len(p.slots))
	c := &cuts{fixed: p.work.env(nil), axis: func(e condition.Expr) *axis {
		if v, ok := e.(*condition.Variable); ok && p.slots[v.Slot].free() {
			return &axes[v.Slot]
		}
		return nil
	}}
	for _, s := range p.slots {
		if s.kind == ofLet || s.kind == ofAtom {
			c.of(s.expr)
		}
	}
	for _, d := range p.demands {
		for _, e := range d.all {
			c.of(e)
		}
		for _, pair := range d.pairs {
			c.between(pair[0], pair[1])
			c.of(pair[0])
			c.of(pair[1])
		}
	}
	c.spread()
	for i, s := range p.slots {
		if s.free() && s.kind != ofRelation {
			s.cells = cellsOf(s, &axes[i])
		}
	}
}

// of takes the constants of an expression, with all that is below it.
func (c *cuts) of(e condition.Expr) {
	condition.Walk(e, func(e condition.Expr) bool {
		c.one(e)
		return true
	})
}

// one takes the constants of one operation.
func (c *cuts) one(e condition.Expr) {
	switch e := e.(type) {
	case *condition.Binary:
		if e.Op.Compares() {
			c.between(e.X, e.Y)
		}
	case *condition.Member:
		if a := c.axis(e.X); a != nil {
			a.at = append(a.at, e.Set...)
		}
	case *condition.TextTest:
		if a := c.axis(e.X); a != nil {
			a.at, a.opaque = append(a.at, facts.TextOf(e.Pattern)), true
		}
	case *condition.Call:
		c.call(e)
	case *condition.External:
		for _, x := range e.Args {
			if a := c.axis(x); a != nil {
				a.opaque = true
			}
		}
	default:
		if a := c.axis(e); a != nil {
			a.asked = true
		}
	}
}

// call takes the constants among the arguments for cuts of the others.
func (c *cuts) call(e *condition.Call) {
	if e.Func == condition.Points {
		return
	}
	for _, x := range e.Args {
		for _, y := range e.Args {
			c.compared(x, y)
		}
		if a := c.axis(x); a != nil && len(e.Args) == 1 {
			a.at = append(a.at, zero(x.Type().Kind)...)
		}
	}
}

// between takes two sides of a comparison for cuts of each other.
func (c *cuts) between(x, y condition.Expr) {
	a, b := c.axis(x), c.axis(y)
	if a != nil && b != nil {
		a.opaque, b.opaque = true, true
		c.beside = append(c.beside, [2]*axis{a, b})
		return
	}
	c.compared(x, y)
	c.compared(y, x)
}

func (c *cuts) compared(x, y condition.Expr) {
	a := c.axis(x)
	if a == nil {
		return
	}
	if varies(y) {
		a.opaque = true
		return
	}
	if v := eval.Eval(y, c.fixed); v.IsKnown() {
		a.at = append(a.at, v)
	}
}

// varies reports whether an expression is of more than constants and thresholds.
func varies(e condition.Expr) bool {
	found := false
	condition.Walk(e, func(e condition.Expr) bool {
		switch e.(type) {
		case *condition.ElementField, *condition.FieldOf, *condition.Variable, *condition.AsOf, *condition.Aggregate:
			found = true
		}
		return !found
	})
	return found
}

func zero(k facts.Kind) []facts.Value {
	switch k {
	case facts.Number:
		return []facts.Value{facts.NumberOf(0)}
	case facts.Integer:
		return []facts.Value{facts.IntegerOf(0)}
	}
	return nil
}

// cellsOf are the cells of a free slot: the constants that it is compared with and
// what lies between them; one by one the symbols of an enum, the levels of a scale.
func cellsOf(s *slot, a *axis) []facts.Value {
	if s.whole.Fault() != nil {
		return []facts.Value{s.whole}
	}
	switch s.whole.Kind() {
	case facts.Enum, facts.Text:
		return named(s, a)
	case facts.Number:
		return numbers(s.whole, a.at)
	}
	lo, hi := s.whole.Ends()
	if k := s.whole.Kind(); k == facts.Bool || k == facts.Scale && hi-lo < mostSymbols {
		var cells []facts.Value
		for i := lo; i <= hi; i++ {
			cells = append(cells, facts.Between(s.whole.Kind(), i, i))
		}
		return cells
	}
	return whole(s.whole, a.at)
}

// named are the texts or symbols that are mentioned, and one for all others, where
// they are told apart by what is mentioned alone.
func named(s *slot, a *axis) []facts.Value {
	if s.whole.IsKnown() {
		return []facts.Value{s.whole}
	}
	var cells []facts.Value
	add := func(v facts.Value) {
		if !slices.ContainsFunc(cells, v.Same) {
			cells = append(cells, v)
		}
	}
	if s.typ.Names != nil && (a.opaque || len(s.typ.Names.List) <= mostSymbols) {
		for _, name := range s.symbolList() {
			add(facts.EnumOf(name))
		}
		return cells
	}
	for _, v := range a.at {
		if v.IsKnown() && v.Kind() == s.whole.Kind() {
			add(v)
		}
	}
	switch {
	case s.typ.Names != nil:
		for _, name := range s.symbolList() {
			if v := facts.EnumOf(name); !slices.ContainsFunc(cells, v.Same) {
				return append(cells, v)
			}
		}
	case a.opaque:
		return append(cells, s.whole)
	default:
		cells = append(cells, unmentioned(cells))
	}
	return cells
}

// symbolList are the symbols that an enum may be.
func (s *slot) symbolList() []string {
	if s.symbols != nil {
		return s.symbols
	}
	return s.typ.Names.List
}

// unmentioned is a text that is none of some.
func unmentioned(texts []facts.Value) facts.Value {
	for n := 0; ; n++ {
		name := "other"
		if n > 0 {
			name += " " + strconv.Itoa(n)
		}
		if v := facts.TextOf(name); !slices.ContainsFunc(texts, v.Same) {
			return v
		}
	}
}

// numbers are the constants inside a range, and the numbers between them.
func numbers(inside facts.Value, at []facts.Value) []facts.Value {
	lo, hi := inside.Bounds()
	var points []float64
	for _, v := range at {
		if x := v.Number(); (v.Kind() == facts.Number || v.Kind() == facts.Integer) && x >= lo && x <= hi {
			points = append(points, x)
		}
	}
	slices.Sort(points)
	var cells []facts.Value
	for _, x := range slices.Compact(points) {
		if before := math.Nextafter(x, math.Inf(-1)); lo <= before {
			cells = append(cells, facts.NumberBetween(lo, before))
		}
		cells = append(cells, facts.NumberOf(x))
		lo = math.Nextafter(x, math.Inf(1))
	}
	if lo <= hi {
		cells = append(cells, facts.NumberBetween(lo, hi))
	}
	return cells
}

// whole are the constants inside a range of integers, days or levels, and what lies
// between them.
func whole(inside facts.Value, at []facts.Value) []facts.Value {
	lo, hi := inside.Ends()
	var points []int64
	for _, v := range at {
		i := v.Integer()
		switch {
		case v.Kind() == facts.Number && math.Abs(v.Number()) < 1<<53:
			// What is no whole number lies between two.
			points = append(points, int64(math.Floor(v.Number())), int64(math.Ceil(v.Number())))
		case v.Kind() == inside.Kind():
			points = append(points, i)
		}
	}
	slices.Sort(points)
	var cells []facts.Value
	last := false
	for _, i := range slices.Compact(points) {
		if i < lo || i > hi || last {
			continue
		}
		if lo < i {
			cells = append(cells, facts.Between(inside.Kind(), lo, i-1))
		}
		cells = append(cells, facts.Between(inside.Kind(), i, i))
		if last = i == facts.MaxInteger; !last {
			lo = i + 1
		}
	}
	if !last && lo <= hi {
		cells = append(cells, facts.Between(inside.Kind(), lo, hi))
	}
	return cells
}
