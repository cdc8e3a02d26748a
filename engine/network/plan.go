package network

import (
	"fmt"
	"slices"

	"truce/engine/network/code"
	"truce/rules"
	"truce/rules/condition"
)

// from is what a search for instances begins with. The zero value begins with nothing.
type from struct {
	slot  int // bound already, where bound is set
	bound bool
	// grows: the slot is bound to a fact that a growing stratum just came to. Slots
	// before it take other facts, all take only facts that the growth has come to.
	grows bool
	// unchanged: all slots take facts that have not changed.
	unchanged bool
	// keyed: the last slot is bound to a changed fact that this aggregate ranges over,
	// and only bindings that equate its key are looked for.
	keyed *aggregate
	// concluded: the last slot is bound to a fact, and what concludes it is looked for.
	concluded *conclusion
}

// clause is one condition that a rule's lines join: a line, or a side of an "and".
type clause struct {
	expr   condition.Expr
	common bool
	slots  []int
	lets   []int
	done   bool
}

// hint is that a field must equal a field of the fact in the last slot, if it is a
// point.
type hint struct {
	slot, field int
	value       func(*code.Frame) code.Value
	key         string
}

// planner puts the steps of a rule into an order: a test stands as soon as all that it
// reads is bound, and the next pattern is one that an index narrows, if there is one.
type planner struct {
	*compiler
	rule    *rule
	from    from
	clauses []*clause
	lets    []*clause // by value slot
	bound   []bool    // by fact slot
	known   []bool    // by value slot
	hints   []hint
	way     []*node
}

func (c *compiler) plan(r *rule, f from) []*node {
	p := &planner{compiler: c, rule: r, from: f, bound: make([]bool, r.FactSlots), known: make([]bool, r.ValueSlots),
		lets: make([]*clause, r.ValueSlots)}
	p.read()
	if f.bound {
		p.bound[f.slot] = true
	}
	p.hint()
	p.ready()
	for slot := p.narrowed(); slot >= 0; slot = p.narrowed() {
		p.bind(slot)
		p.ready()
	}
	p.way = append(p.way, &node{kind: leaf, rule: r, key: fmt.Sprint("leaf ", r.Index)})
	return p.way
}

// read takes the lines of the rule apart.
func (p *planner) read() {
	for n, s := range p.rule.When {
		common := p.rule.Row != nil && n < p.rule.Row.Common
		switch s.Kind {
		case rules.Let:
			p.lets[s.Slot] = newClause(s.Expr, common)
		case rules.Condition:
			for _, e := range conjuncts(s.Expr) {
				p.clauses = append(p.clauses, newClause(e, common))
			}
		case rules.Pattern:
		}
	}
}

func newClause(e condition.Expr, common bool) *clause {
	c := &clause{expr: e, common: common}
	c.slots, c.lets = outer(e)
	return c
}

// outer are the fact slots and the value slots that an expression reads.
func outer(e condition.Expr) (slots, lets []int) {
	condition.Walk(e, func(x condition.Expr) bool {
		switch x := x.(type) {
		case *condition.FieldOf:
			slots = append(slots, x.Slot)
		case *condition.Variable:
			lets = append(lets, x.Slot)
		}
		return true
	})
	return slots, lets
}

// conjuncts are the sides of "and", which is true, false, unknown or in fault
// whatever the order of its sides.
func conjuncts(e condition.Expr) []condition.Expr {
	if b, ok := e.(*condition.Binary); ok && b.Op == condition.And {
		return append(conjuncts(b.X), conjuncts(b.Y)...)
	}
	return []condition.Expr{e}
}

// hint notes what the fact in the last slot says of the others.
func (p *planner) hint() {
	last := p.program.slots - 1
	if a := p.from.keyed; a != nil {
		for i, field := range a.fields {
			f := a.outer[i].(*condition.FieldOf)
			p.hints = append(p.hints, p.lastField(f, last, a.typ, field))
		}
	}
	then := p.from.concluded
	if then == nil {
		return
	}
	for j, e := range p.rule.Then[then.number].Fields {
		f, ok := e.(*condition.FieldOf)
		if !ok || !then.typ.layout.Exact[j] || !p.program.layouts[f.Fact.Index].Exact[f.Field.Index] || f.Type().Kind != then.typ.Fields[j].Type.Kind {
			continue
		}
		p.hints = append(p.hints, p.lastField(f, last, then.typ, j))
	}
}

// lastField is that f equals a field of the fact in the last slot.
func (p *planner) lastField(f *condition.FieldOf, last int, t *typ, field int) hint {
	layout := t.layout
	return hint{slot: f.Slot, field: f.Field.Index, key: fmt.Sprint("last.", field),
		value: func(fr *code.Frame) code.Value { return fr.Field(layout, fr.Rows[last], field) }}
}

// ready puts in what can be evaluated now: tests, then values, then the tests that
// waited for those.
func (p *planner) ready() {
	for p.tests() || p.values() {
		continue
	}
}

func (p *planner) tests() bool {
	some := false
	for _, c := range p.clauses {
		if c.done || !p.available(c) {
			continue
		}
		c.done, some = true, true
		key, run := p.test(c.expr)
		n := &node{kind: test, test: run, common: c.common, size: code.Size(c.expr), compared: p.comparison(c.expr), checked: p.checked(key, c.expr), rule: p.rule}
		n.key = fmt.Sprint("test ", c.common, " ", key)
		p.way = append(p.way, n)
	}
	return some
}

func (p *planner) values() bool {
	for slot, c := range p.lets {
		if c.done || !p.available(c) {
			continue
		}
		c.done, p.known[slot] = true, true
		key, run := p.value(c.expr)
		p.way = append(p.way, &node{kind: let, slot: slot, value: run, size: code.Size(c.expr), rule: p.rule,
			key: fmt.Sprint("let ", slot, " ", key)})
		return true
	}
	return false
}

func (p *planner) available(c *clause) bool {
	return !slices.ContainsFunc(c.slots, func(s int) bool { return !p.bound[s] }) &&
		!slices.ContainsFunc(c.lets, func(s int) bool { return !p.known[s] })
}

// narrowed is the next slot to bind: the one with the most fields that must equal what
// is known, of several the first; -1 when all are bound.
func (p *planner) narrowed() int {
	best, most := -1, -1
	for slot := range p.bound {
		if p.bound[slot] {
			continue
		}
		if n := len(p.equalities(slot)); n > most {
			best, most = slot, n
		}
	}
	return best
}

// equality is that a field of a slot must equal a value that is known.
type equality struct {
	field  int
	key    string
	value  func(*code.Frame) code.Value
	clause *clause // that says so; nil for a hint
	exact  bool    // both are always points, so that the index leaves nothing to test
}

func (p *planner) equalities(slot int) []equality {
	var list []equality
	add := func(e equality) {
		if !slices.ContainsFunc(list, func(x equality) bool { return x.field == e.field }) {
			list = append(list, e)
		}
	}
	for _, h := range p.hints {
		if h.slot == slot {
			add(equality{field: h.field, key: h.key, value: h.value})
		}
	}
	if p.rule.types[slot].alone() {
		return list // there is nothing to narrow, and a test may stand beside others
	}
	for _, c := range p.clauses {
		if b, ok := c.expr.(*condition.Binary); ok && !c.done && b.Op == condition.Eq {
			for _, sides := range [2][2]condition.Expr{{b.X, b.Y}, {b.Y, b.X}} {
				if e, ok := p.equality(c, slot, sides[0], sides[1]); ok {
					add(e)
				}
			}
		}
	}
	return list
}

func (p *planner) equality(c *clause, slot int, field, other condition.Expr) (equality, bool) {
	f, ok := field.(*condition.FieldOf)
	if !ok || f.Slot != slot || other.Type().Kind != f.Type().Kind {
		return equality{}, false
	}
	slots, lets := outer(other)
	if !p.available(&clause{slots: slots, lets: lets}) {
		return equality{}, false
	}
	key, run := p.value(other)
	exact := p.program.layouts[f.Fact.Index].Exact[f.Field.Index] && p.exact(other)
	return equality{field: f.Field.Index, key: key, value: run, clause: c, exact: exact}, true
}

// bind matches a slot.
func (p *planner) bind(slot int) {
	t := p.rule.types[slot]
	n := &node{kind: match, slot: slot, typ: t.Index, rule: p.rule}
	grows := t.stratum == p.rule.Stratum && !p.rule.line
	switch {
	case grows:
		n.growing = true
		n.others = p.from.grows && slot < p.from.slot
	case p.from.unchanged:
		n.clean = true
	case p.from.bound && !p.from.grows:
		n.clean = slot < p.from.slot
	}
	list := p.equalities(slot)
	slices.SortFunc(list, func(a, b equality) int { return a.field - b.field })
	n.key = fmt.Sprint("match ", slot, " ", t.Index, n.clean, n.others, n.growing)
	if len(list) > 0 {
		var fields []int
		for _, e := range list {
			fields = append(fields, e.field)
			n.lookup = append(n.lookup, e.value)
			n.key += fmt.Sprint(" ", e.field, "=", e.key)
			if e.clause != nil && e.exact {
				e.clause.done = true
			}
		}
		n.index = t.index(fields)
	}
	p.bound[slot] = true
	p.way = append(p.way, n)
}
