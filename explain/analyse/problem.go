package analyse

import (
	"slices"

	"truce/engine/network/code"
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

// thing is a fact of which nothing is known but its type.
type thing struct {
	typ *facts.FactType
}

// alone reports whether there is one fact of a type at most.
func alone(t *facts.FactType) bool {
	if t.Concluded {
		return len(t.Key) == 0
	}
	return t.Count == facts.One
}

// slotKind says what gives a slot its value.
type slotKind uint8

const (
	ofField     slotKind = iota + 1 // a field of a thing
	ofAggregate                     // a quantifier or an aggregate, taken for a value of its own
	ofDate                          // the case's date
	ofRelation                      // whether one value is less than another, equal to it or more
	ofLet                           // a bound value
	ofAtom                          // a comparison of two values, each of which may vary
)

// slot is a value of a problem. Those of a let and of an atom follow from the slots
// before them; the others are free.
type slot struct {
	kind  slotKind
	typ   facts.Type
	thing *thing
	field *facts.Field
	expr  condition.Expr // of a let, an aggregate or an atom
	uses  []int          // the free slots that it follows from
	cells []facts.Value  // of a free slot: what it may be, cell by cell, in order
	whole facts.Value    // of a free slot: all that it may be
	// symbols are those that an enum may be; nil stands for all of its type.
	symbols []string

	less, equal condition.Expr // of a relation; less is nil where there is no order
	asked       int            // of a relation: by how many comparisons
	relation    int            // of an atom
	op          condition.Op   // of an atom, in the order of its relation
}

func (s *slot) free() bool { return s.kind < ofLet }

// binding is what the names of a rule stand for in a problem.
type binding struct {
	rule   *rules.Rule
	things []*thing         // by fact slot
	lets   []condition.Expr // by value slot
}

// problem is a set of demands on values that vary freely, each in its range: the
// lines of one rule or of several, with the facts that they match. A point that
// answers all demands is facts on which the lines hold; where no point does, they
// never hold together.
type problem struct {
	work    *work
	slots   []*slot
	byKey   map[string]int
	shared  map[*facts.FactType]*thing
	things  []*thing
	demands []*demand
	fields  map[fieldOf]int
	laid    bool
}

type fieldOf struct {
	thing *thing
	field *facts.Field
}

func (w *work) problem() *problem {
	return &problem{work: w, byKey: map[string]int{}, shared: map[*facts.FactType]*thing{}, fields: map[fieldOf]int{}}
}

// thing is a fact of a type: the one there is, or one more.
func (p *problem) thing(t *facts.FactType) *thing {
	if x := p.shared[t]; x != nil && alone(t) {
		return x
	}
	x := &thing{typ: t}
	p.shared[t] = x
	p.things = append(p.things, x)
	return x
}

// bind gives a rule facts for its patterns and values for its names. Given things
// stand for its patterns, by fact slot; where there is none, one is made.
func (p *problem) bind(r *rules.Rule, given []*thing) *binding {
	b := &binding{rule: r, things: make([]*thing, r.FactSlots), lets: make([]condition.Expr, r.ValueSlots)}
	copy(b.things, given)
	for _, s := range r.When {
		switch s.Kind {
		case rules.Pattern:
			if b.things[s.Slot] == nil {
				b.things[s.Slot] = p.thing(s.Fact)
			}
		case rules.Let:
			b.lets[s.Slot] = p.let(p.normal(s.Expr, b))
		case rules.Condition:
		}
	}
	return b
}

// let is a bound value: what it is bound to, where that is a slot or a constant, and
// a slot of its own otherwise.
func (p *problem) let(e condition.Expr) condition.Expr {
	switch e.(type) {
	case *condition.Variable, *condition.Literal, *condition.Threshold:
		return e
	}
	return p.slotted(code.Key(e), e, func() *slot { return &slot{kind: ofLet, typ: e.Type(), expr: e} })
}

// slotted is the slot of a key, which is made where there is none yet.
func (p *problem) slotted(key string, e condition.Expr, made func() *slot) condition.Expr {
	i, ok := p.byKey[key]
	if !ok {
		i = p.add(made())
		p.byKey[key] = i
	}
	return condition.Slotted(e.Span(), e.Type(), e.Text(), i)
}

func (p *problem) add(s *slot) int {
	if s.expr != nil {
		s.uses = p.uses(s.expr)
	}
	p.slots = append(p.slots, s)
	return len(p.slots) - 1
}

// uses are the free slots that an expression depends on, each once.
func (p *problem) uses(e condition.Expr) []int {
	var list []int
	add := func(i int) {
		if !slices.Contains(list, i) {
			list = append(list, i)
		}
	}
	condition.Walk(e, func(e condition.Expr) bool {
		if v, ok := e.(*condition.Variable); ok {
			s := p.slots[v.Slot]
			if s.free() {
				add(v.Slot)
				return true
			}
			if s.kind == ofAtom && s.relation >= 0 {
				add(s.relation)
			}
			for _, i := range s.uses {
				add(i)
			}
		}
		return true
	})
	return list
}

// normal is an expression of a rule over the slots of the problem.
func (p *problem) normal(e condition.Expr, b *binding) condition.Expr {
	return condition.Replace(e, func(e condition.Expr) condition.Expr {
		switch e := e.(type) {
		case *condition.FieldOf:
			i := p.field(b.things[e.Slot], e.Field)
			return condition.Slotted(e.Span(), e.Type(), e.Text(), i)
		case *condition.Variable:
			return b.lets[e.Slot]
		case *condition.AsOf:
			return p.slotted("as_of", e, func() *slot { return &slot{kind: ofDate, typ: e.Type(), whole: e.Type().Unknown()} })
		case *condition.Aggregate:
			return p.aggregate(e, b)
		case *condition.Binary:
			if e.Op.Compares() {
				return p.comparison(e, b)
			}
		}
		return nil
	})
}

// field is the slot of a field of a thing.
func (p *problem) field(t *thing, f *facts.Field) int {
	key := fieldOf{t, f}
	i, ok := p.fields[key]
	if !ok {
		r := p.work.rangeOf(t.typ, f)
		i = p.add(&slot{kind: ofField, typ: f.Type, thing: t, field: f, whole: r.value, symbols: r.symbols})
		p.fields[key] = i
	}
	return i
}

// aggregate is the slot of a quantifier or an aggregate. It may be whatever it can be
// over facts of which nothing is known.
func (p *problem) aggregate(e *condition.Aggregate, b *binding) condition.Expr {
	inner := condition.Replace(e, func(e condition.Expr) condition.Expr {
		switch e := e.(type) {
		case *condition.FieldOf:
			return condition.Slotted(e.Span(), e.Type(), e.Text(), p.field(b.things[e.Slot], e.Field))
		case *condition.Variable:
			return b.lets[e.Slot]
		case *condition.AsOf:
			return p.slotted("as_of", e, func() *slot { return &slot{kind: ofDate, typ: e.Type(), whole: e.Type().Unknown()} })
		}
		return nil
	})
	return p.slotted(code.Key(inner), e, func() *slot {
		return &slot{kind: ofAggregate, typ: e.Type(), whole: p.over(inner)}
	})
}

// comparison is a comparison over slots. Where both sides vary, how they stand to each
// other is a slot of its own, so that two comparisons of the same values are never
// taken for independent.
func (p *problem) comparison(e *condition.Binary, b *binding) condition.Expr {
	x, y := p.normal(e.X, b), p.normal(e.Y, b)
	here := condition.Compared(e.Span(), e.Text(), e.Op, x, y)
	if len(p.uses(x)) == 0 || len(p.uses(y)) == 0 {
		return here
	}
	kx, ky, op := code.Key(x), code.Key(y), e.Op
	if kx == ky && op != condition.Eq && op != condition.Ne {
		return here
	}
	if kx > ky {
		x, y, kx, ky, op = y, x, ky, kx, turned(op)
	}
	relation := p.relation(x, y, kx+" ? "+ky, e)
	p.slots[relation].asked++
	key := op.String() + " of " + kx + " ? " + ky
	return p.slotted(key, e, func() *slot {
		return &slot{kind: ofAtom, typ: e.Type(), expr: here, relation: relation, op: op}
	})
}

// turned is the comparison with its sides exchanged.
func turned(op condition.Op) condition.Op {
	switch op {
	case condition.Lt:
		return condition.Gt
	case condition.Le:
		return condition.Ge
	case condition.Gt:
		return condition.Lt
	case condition.Ge:
		return condition.Le
	}
	return op
}

// The places of a relation.
const (
	isLess = iota
	isEqual
	isMore
)

// relation is the slot that says how two values stand to each other.
func (p *problem) relation(x, y condition.Expr, key string, e *condition.Binary) int {
	v := p.slotted("relation "+key, e, func() *slot {
		s := &slot{kind: ofRelation, whole: facts.Between(facts.Integer, isLess, isMore),
			equal: condition.Compared(e.Span(), e.Text(), condition.Eq, x, y)}
		if x.Type().Kind.Ordered() {
			s.less = condition.Compared(e.Span(), e.Text(), condition.Lt, x, y)
			s.cells = []facts.Value{facts.IntegerOf(isLess), facts.IntegerOf(isEqual), facts.IntegerOf(isMore)}
		} else {
			s.cells = []facts.Value{facts.IntegerOf(isLess), facts.IntegerOf(isEqual)} // other, and equal
		}
		return s
	})
	return v.(*condition.Variable).Slot //nolint:errcheck // slotted makes nothing else
}
