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
	arcs      []arc     // rule by rule
	out, into [][]int32 // by node: arcs, in their order
	concluded []bool    // by type: by some rule

	component  []int // by node, once connected; what is depended on has the smaller number
	components int
}

type arc struct {
	from, to int
	negative bool // a quantifier or an aggregate reads
	tie      bool // no reading: the rule concludes the type together with others, and waits for what concludes it
	at       facts.Span
}

// newGraph reads the rules of a pack. Each rule that concludes several types is tied
// to each of them.
func newGraph(p *Pack) *graph {
	n := len(p.Schema.Types)
	g := &graph{pack: p, arcs: make([]arc, 0, 3*len(p.Rules)), concluded: make([]bool, n)}
	seen := newSeen(n)
	for i, r := range p.Rules {
		seen.rule = i + 1
		g.reads(r, n+i, seen)
		types := seen.conclusionsOf(r)
		for _, c := range types {
			g.concluded[c.Fact.Index] = true
			g.arcs = append(g.arcs, arc{from: n + i, to: c.Fact.Index, at: c.Span})
			if len(types) > 1 {
				g.arcs = append(g.arcs, arc{from: c.Fact.Index, to: n + i, tie: true, at: c.Span})
			}
		}
	}
	g.out = g.byNode(func(a *arc) int { return a.from })
	g.into = g.byNode(func(a *arc) int { return a.to })
	return g
}

// byNode lists the arcs of each node, by one end of theirs. The lists lie in one
// stretch of memory.
func (g *graph) byNode(end func(*arc) int) [][]int32 {
	nodes := len(g.pack.Schema.Types) + len(g.pack.Rules)
	from := make([]int32, nodes+1) // where the list of each node starts, once summed up
	for i := range g.arcs {
		from[end(&g.arcs[i])+1]++
	}
	for n := range nodes {
		from[n+1] += from[n]
	}
	all, lists := make([]int32, len(g.arcs)), make([][]int32, nodes)
	for n := range lists {
		lists[n] = all[from[n]:from[n]:from[n+1]]
	}
	for i := range g.arcs {
		n := end(&g.arcs[i])
		lists[n] = append(lists[n], int32(i))
	}
	return lists
}

func (g *graph) isType(n int) bool         { return n < len(g.pack.Schema.Types) }
func (g *graph) typ(n int) *facts.FactType { return g.pack.Schema.Types[n] }
func (g *graph) rule(n int) *Rule          { return g.pack.Rules[n-len(g.pack.Schema.Types)] }

// path is the shortest list of arcs from one node to another, over ties or not; of
// two as short, that of the rules which come first.
func (g *graph) path(from, to int, ties bool) []arc {
	by := make([]int32, len(g.out)) // the arc that first led to a node, from 1
	for queue := []int{from}; len(queue) > 0 && by[to] == 0; queue = queue[1:] {
		for _, i := range g.out[queue[0]] {
			if a := &g.arcs[i]; by[a.to] == 0 && a.to != from && (ties || !a.tie) {
				by[a.to] = i + 1
				queue = append(queue, a.to)
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

// seen is what has been met in a rule: each type as read by a pattern, as read by a
// quantifier or an aggregate, and as concluded. A mark is the number of the rule that
// made it last, from 1, so that nothing need be wiped between rules.
type seen struct {
	rule                         int
	positive, negative, conclude []int
	conclusions                  []*Conclusion // of the rule at hand
}

func newSeen(types int) *seen {
	return &seen{positive: make([]int, types), negative: make([]int, types), conclude: make([]int, types)}
}

// first reports whether the rule meets the type for the first time.
func (s *seen) first(marks []int, t *facts.FactType) bool {
	before := marks[t.Index]
	marks[t.Index] = s.rule
	return before != s.rule
}

// reads adds an arc for each type that a rule reads through patterns, and for each
// that it reads through quantifiers and aggregates, from its first place. Its
// sentence does not count: it is said when all is done.
func (g *graph) reads(r *Rule, node int, s *seen) {
	in := func(e condition.Expr) {
		condition.Walk(e, func(e condition.Expr) bool {
			if a, ok := e.(*condition.Aggregate); ok && s.first(s.negative, a.Fact) {
				g.arcs = append(g.arcs, arc{from: a.Fact.Index, to: node, negative: true, at: a.Span()})
			}
			return true
		})
	}
	for _, step := range r.When {
		switch {
		case step.Kind != Pattern:
			in(step.Expr)
		case s.first(s.positive, step.Fact):
			g.arcs = append(g.arcs, arc{from: step.Fact.Index, to: node, at: step.Span})
		}
	}
	for _, c := range r.Then {
		for _, e := range c.Fields {
			in(e)
		}
	}
}

// conclusionsOf is the first conclusion of each type, until it is asked for those of
// the next rule.
func (s *seen) conclusionsOf(r *Rule) []*Conclusion {
	s.conclusions = s.conclusions[:0]
	for _, c := range r.Then {
		if s.first(s.conclude, c.Fact) {
			s.conclusions = append(s.conclusions, c)
		}
	}
	return s.conclusions
}
