package network

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"truce/engine/network/code"
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
	"truce/rules/eval"
)

// compiler makes a Program.
type compiler struct {
	pack      *rules.Pack
	program   *Program
	code      *code.Compiler
	tests     map[string]func(*code.Frame) code.Truth // by the keys of expressions
	values    map[string]func(*code.Frame) code.Value
	checks    map[string]*checked // likewise
	numbers   map[string]int      // of aggregates
	constants map[constantKey]int32
	exactLets []bool // by value slot of the rule at hand: it is always a point
	safeLets  []bool // likewise: it is never a fault
}

type constantKey struct {
	typ int
	row string
}

func newCompiler(p *Program) *compiler {
	c := &compiler{pack: p.pack, program: p, tests: map[string]func(*code.Frame) code.Truth{},
		values: map[string]func(*code.Frame) code.Value{}, checks: map[string]*checked{}, numbers: map[string]int{}, constants: map[constantKey]int32{}}
	c.code = &code.Compiler{Texts: p.texts, Aggregate: c.aggregate}
	return c
}

// test is a condition compiled, once for all that are alike.
func (c *compiler) test(e condition.Expr) (key string, run func(*code.Frame) code.Truth) {
	key = code.Key(e)
	if c.tests[key] == nil {
		c.tests[key] = c.code.Test(e)
	}
	return key, c.tests[key]
}

func (c *compiler) value(e condition.Expr) (key string, run func(*code.Frame) code.Value) {
	key = code.Key(e)
	if c.values[key] == nil {
		c.values[key] = c.code.Value(e)
	}
	return key, c.values[key]
}

// rule compiles what a rule or a line is made of. How its instances are found is
// planned when all rules are known.
func (c *compiler) rule(r *rules.Rule, line bool) {
	out := &rule{Rule: r, line: line, types: make([]*typ, r.FactSlots), total: r.Row != nil && r.Row.Total, size: 1}
	c.program.rules = append(c.program.rules, out)
	c.program.slots = max(c.program.slots, r.FactSlots+1)
	c.program.lets = max(c.program.lets, r.ValueSlots)
	c.lets(r)
	reads := map[int]bool{}
	visit := func(e condition.Expr) {
		condition.Walk(e, func(x condition.Expr) bool {
			switch x := x.(type) {
			case *condition.Threshold:
				reads[x.Index] = true
			case *condition.Aggregate:
				if a := c.program.aggregates[c.aggregate(x)]; !slices.Contains(out.aggregates, a) {
					out.aggregates = append(out.aggregates, a)
				}
			}
			return true
		})
	}
	for _, s := range r.When {
		if s.Kind == rules.Pattern {
			out.types[s.Slot] = c.program.types[s.Fact.Index]
			out.feeds = out.feeds || !line && out.types[s.Slot].stratum == r.Stratum
			continue
		}
		visit(s.Expr)
		out.mayFail = out.mayFail || c.mayFail(s.Expr)
	}
	for i, then := range r.Then {
		for _, e := range then.Fields {
			visit(e)
			out.size += code.Size(e)
		}
		out.conclusions = append(out.conclusions, c.conclusion(out, i, then))
	}
	for i := range reads {
		c.program.readers[i] = append(c.program.readers[i], out)
	}
}

func (c *compiler) conclusion(r *rule, number int, then *rules.Conclusion) *conclusion {
	t := c.program.types[then.Fact.Index]
	out := &conclusion{rule: r, number: number, typ: t, constant: -1}
	t.concluded = append(t.concluded, out)
	t.slots = max(t.slots, r.FactSlots)
	c.program.conclusions = append(c.program.conclusions, out)
	out.id = int32(len(c.program.conclusions))
	literal := true
	for j, e := range then.Fields {
		f := then.Fact.Fields[j]
		out.fields = append(out.fields, c.code.Fit(e, f))
		out.unknown = append(out.unknown, code.FromFact(f.Type.Unknown(), c.program.texts))
		out.mayFail = out.mayFail || code.FitMayFail(e, f, c.given())
		_, is := e.(*condition.Literal)
		literal = literal && is
	}
	if literal {
		out.constant = c.constant(t, then)
	}
	return out
}

// constant numbers a fact whose every value is a literal; -1 where it is none.
func (c *compiler) constant(t *typ, then *rules.Conclusion) int32 {
	row := make([]uint64, t.width)
	key := []byte{}
	for j, e := range then.Fields {
		v := eval.Fit(e.(*condition.Literal).Value, then.Fact.Fields[j], e.Span())
		if !v.IsKnown() {
			return -1
		}
		row[j] = code.FromFact(v, c.program.texts).Lo
		key = strconv.AppendUint(append(key, ' '), row[j], 16)
	}
	at := constantKey{t.Index, string(key)}
	if n, has := c.constants[at]; has {
		return n
	}
	n := int32(len(t.constants))
	c.constants[at] = n
	t.constants = append(t.constants, constant{row: len(c.program.constants), hash: hashRow(row)})
	c.program.constants = append(c.program.constants, row...)
	return n
}

// index is the index of a type over some fields.
func (t *typ) index(fields []int) *index {
	for _, i := range t.indexes {
		if slices.Equal(i.fields, fields) {
			return i
		}
	}
	i := &index{number: len(t.indexes), fields: fields}
	t.indexes = append(t.indexes, i)
	return i
}

// strata plans how the instances of each rule are found: from nothing, from a changed
// fact in any slot, from a changed aggregate, and backwards from a conclusion.
func (c *compiler) strata() {
	p := c.program
	c.distinct()
	c.fix()
	c.together()
	p.strata = c.components()
	for _, s := range p.strata {
		for _, t := range s.types {
			t.recursive = s.recursive
		}
		for _, r := range s.rules {
			c.lets(r.Rule)
			c.plans(s, r)
		}
		s.finish()
	}
	for place, s := range p.strata {
		s.place = place
		for _, t := range p.types {
			if len(s.seeds[t.Index]) > 0 || len(s.over[t.Index]) > 0 {
				t.readers = append(t.readers, place)
			}
		}
	}
}

// distinct finds the types of which all facts are constant and have keys of their own:
// there are no alternatives to look for.
func (c *compiler) distinct() {
	for _, t := range c.program.types {
		if !t.keyed || slices.ContainsFunc(t.concluded, func(then *conclusion) bool { return then.constant < 0 }) {
			continue
		}
		keys := map[string]bool{}
		for _, fact := range t.constants {
			key := ""
			for _, k := range t.Key {
				key += fmt.Sprint(" ", c.program.constants[fact.row+k])
			}
			keys[key] = true
		}
		t.keyed = len(keys) < len(t.constants)
	}
}

// components takes the strata of the pack apart into what is concluded together: types
// that a rule concludes together or from each other. Last come the lines of the report.
func (c *compiler) components() []*stratum {
	p := c.program
	of := make([]int, len(p.types)) // by type: one that it is concluded together with
	for t := range of {
		of[t] = t
	}
	find := func(t int) int {
		for of[t] != t {
			t = of[t]
		}
		return t
	}
	for _, r := range p.rules {
		if r.line {
			continue
		}
		first := find(r.conclusions[0].typ.Index)
		for _, then := range r.conclusions {
			of[find(then.typ.Index)] = first
		}
		for _, t := range r.types {
			if t.stratum == r.Stratum {
				of[find(t.Index)] = first
			}
		}
	}
	made := map[int]*stratum{}
	var list []*stratum
	component := func(at, number int) *stratum {
		if made[at] == nil {
			made[at] = &stratum{number: number, all: &node{}, seeds: make([][]*seed, len(p.types)),
				growth: make([][]*seed, len(p.types)), over: make([][]*rereads, len(p.types))}
			list = append(list, made[at])
		}
		return made[at]
	}
	for _, t := range p.types {
		if t.stratum >= 0 {
			s := component(find(t.Index), t.stratum)
			s.types = append(s.types, t)
		}
	}
	for _, r := range p.rules {
		at := -1
		if !r.line {
			at = find(r.conclusions[0].typ.Index)
		}
		s := component(at, r.Stratum)
		r.stratum = s
		s.rules = append(s.rules, r)
		s.recursive = s.recursive || r.feeds
	}
	slices.SortStableFunc(list, func(a, b *stratum) int { return a.number - b.number })
	return list
}

func (c *compiler) plans(s *stratum, r *rule) {
	for _, then := range r.conclusions {
		then.typ.endless = then.typ.endless || r.feeds
		way := c.plan(r, from{concluded: then})
		then.scans = !slices.ContainsFunc(way, func(n *node) bool { return n.index != nil && strings.Contains(n.key, "last.") })
		then.backward = (&node{}).with(way)
	}
	r.full = (&node{}).with(c.plan(r, from{}))
	if r.line && !r.mayFail {
		return // what lines say is asked for when a trace is
	}
	s.all.add(c.plan(r, from{}))
	for slot, t := range r.types {
		grows := t.stratum == s.number && !r.line
		if grows {
			s.growth[t.Index] = addSeed(s.growth[t.Index], slot, c.plan(r, from{slot: slot, bound: true, grows: true}))
			continue
		}
		s.seeds[t.Index] = addSeed(s.seeds[t.Index], slot, c.plan(r, from{slot: slot, bound: true}))
	}
	for i, a := range r.aggregates {
		w := &rereads{rule: r, aggregate: a, position: i, whole: (&node{}).with(c.plan(r, from{unchanged: true}))}
		if a.keyable {
			w.keyed = (&node{}).with(c.plan(r, from{unchanged: true, keyed: a}))
		}
		s.over[a.typ.Index] = append(s.over[a.typ.Index], w)
	}
}

func (n *node) with(way []*node) *node {
	n.add(way)
	return n
}

func addSeed(list []*seed, slot int, way []*node) []*seed {
	for _, s := range list {
		if s.slot == slot {
			s.root.add(way)
			return list
		}
	}
	return append(list, &seed{slot, (&node{}).with(way)})
}

func (s *stratum) finish() {
	s.all.finish()
	for _, lists := range [2][][]*seed{s.seeds, s.growth} {
		for _, list := range lists {
			for _, seed := range list {
				seed.root.finish()
			}
		}
	}
}

// checked is a test as a check, made once for all that are alike; nil where it is none.
func (c *compiler) checked(key string, e condition.Expr) *checked {
	if known, has := c.checks[key]; has {
		return known
	}
	var out *checked
	if check, wide, ok := c.code.Check(e, c.program.own.values); ok {
		out = &checked{check, wide}
	}
	c.checks[key] = out
	return out
}

// comparison is the comparison of a field with a literal or a threshold that a test
// is, in the form that dispatches use.
func (c *compiler) comparison(e condition.Expr) comparison {
	b, ok := e.(*condition.Binary)
	if !ok || !b.Op.Compares() || b.Op == condition.Ne {
		return comparison{}
	}
	op := map[condition.Op]order{condition.Eq: equal, condition.Ge: above, condition.Gt: over, condition.Lt: under, condition.Le: below}[b.Op]
	f, ok := b.X.(*condition.FieldOf)
	other := b.Y
	if !ok {
		f, ok = b.Y.(*condition.FieldOf)
		other = b.X
		op = map[order]order{equal: equal, above: below, over: under, under: over, below: above}[op]
	}
	if !ok || other.Type().Kind != f.Type().Kind {
		return comparison{}
	}
	out := comparison{slot: f.Slot, field: f.Field.Index, typ: f.Fact.Index, op: op, kind: f.Type().Kind, threshold: -1}
	switch x := other.(type) {
	case *condition.Literal:
		out.constant = code.FromFact(x.Value, c.program.texts)
	case *condition.Threshold:
		v := c.pack.Thresholds[x.Index].Value
		if !v.IsKnown() || v.Kind() != f.Type().Kind {
			return comparison{}
		}
		out.constant, out.threshold = c.program.own.values[x.Index], x.Index
	default:
		return comparison{}
	}
	if out.kind == facts.Bool {
		return comparison{}
	}
	return out
}
