package rules

import (
	"slices"

	"truce/facts"
	"truce/rules/condition"
)

// graph is what depends on what: an arc from each type that a rule reads to the
// rule, and from the rule to each type that it concludes. Its size is that of the
// rules. Nodes are the types by index, then the rules by index.
type graph struct {
	pack      *Pack
	arcs      []arc   // rule by rule
	out, into [][]int // by node: arcs
	concluded []bool  // by type: by some rule

	component  []int // by node, once connected; what is depended on has the smaller number
	components int
}

type arc struct {
	from, to int
	negative bool // a quantifier or an aggregate reads
	tie      bool // no reading: the rule concludes the type together with others
	at       facts.Span
}

// newGraph reads the rules of a pack. With ties, each rule that concludes several
// types depends on each of them.
func newGraph(p *Pack, ties bool) *graph {
	n := len(p.Schema.Types)
	g := &graph{pack: p, out: make([][]int, n+len(p.Rules)), into: make([][]int, n+len(p.Rules)), concluded: make([]bool, n)}
	for i, r := range p.Rules {
		for _, read := range readsOf(r) {
			g.add(arc{from: read.typ.Index, to: n + i, negative: read.negative, at: read.at})
		}
		types := conclusionsOf(r)
		for _, c := range types {
			g.concluded[c.Fact.Index] = true
			g.add(arc{from: n + i, to: c.Fact.Index, at: c.Span})
			if ties && len(types) > 1 {
				g.add(arc{from: c.Fact.Index, to: n + i, tie: true, at: c.Span})
			}
		}
	}
	return g
}

func (g *graph) add(a arc) {
	i := len(g.arcs)
	g.arcs = append(g.arcs, a)
	g.out[a.from] = append(g.out[a.from], i)
	g.into[a.to] = append(g.into[a.to], i)
}

func (g *graph) isType(n int) bool         { return n < len(g.pack.Schema.Types) }
func (g *graph) typ(n int) *facts.FactType { return g.pack.Schema.Types[n] }
func (g *graph) rule(n int) *Rule          { return g.pack.Rules[n-len(g.pack.Schema.Types)] }

// path is the shortest list of arcs from one node to another; of two as short,
// that of the rules which come first.
func (g *graph) path(from, to int) []arc {
	by := make([]int, len(g.out)) // the arc that first led to a node, from 1
	for queue := []int{from}; len(queue) > 0 && by[to] == 0; queue = queue[1:] {
		for _, i := range g.out[queue[0]] {
			if n := g.arcs[i].to; by[n] == 0 && n != from {
				by[n] = i + 1
				queue = append(queue, n)
			}
		}
	}
	var back []arc
	for n := to; n != from; {
		if by[n] == 0 {
			return nil
		}
		a := g.arcs[by[n]-1]
		back = append(back, a)
		n = a.from
	}
	slices.Reverse(back)
	return back
}

// passage is the way through one rule.
type passage struct{ read, concludes arc }

// steps takes a path from a type to a type rule by rule.
func steps(path []arc) []passage {
	var ps []passage
	for i := 0; i+1 < len(path); i += 2 {
		ps = append(ps, passage{path[i], path[i+1]})
	}
	return ps
}

// read is that a rule reads a type.
type read struct {
	typ      *facts.FactType
	negative bool
	at       facts.Span
}

// readsOf lists the types that a rule reads through patterns, and those that it
// reads through quantifiers and aggregates, each at its first place. Its sentence
// does not count: it is said when all is done.
func readsOf(r *Rule) []read {
	var rs []read
	type kind struct {
		typ      *facts.FactType
		negative bool
	}
	seen := map[kind]bool{}
	add := func(t *facts.FactType, negative bool, at facts.Span) {
		if k := (kind{t, negative}); !seen[k] {
			seen[k] = true
			rs = append(rs, read{t, negative, at})
		}
	}
	in := func(e condition.Expr) {
		condition.Walk(e, func(e condition.Expr) bool {
			if a, ok := e.(*condition.Aggregate); ok {
				add(a.Fact, true, a.Span())
			}
			return true
		})
	}
	for _, s := range r.When {
		if s.Kind == Pattern {
			add(s.Fact, false, s.Span)
		} else {
			in(s.Expr)
		}
	}
	for _, c := range r.Then {
		for _, e := range c.Fields {
			in(e)
		}
	}
	return rs
}

// conclusionsOf is the first conclusion of each type.
func conclusionsOf(r *Rule) []*Conclusion {
	var cs []*Conclusion
	seen := map[*facts.FactType]bool{}
	for _, c := range r.Then {
		if !seen[c.Fact] {
			seen[c.Fact] = true
			cs = append(cs, c)
		}
	}
	return cs
}
