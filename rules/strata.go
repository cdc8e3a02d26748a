package rules

import (
	"fmt"
	"slices"
	"strings"

	"truce/facts"
	"truce/facts/source"
	"truce/rules/condition"
)

// Stratification. A graph over the concluded types has an edge from each type that
// a rule reads to each type that it concludes: positive where a pattern reads,
// negative where a quantifier or an aggregate does, since that needs all facts of
// the type. Types that one rule concludes together are tied by positive edges both
// ways, for a rule stands in one stratum. Tarjan's algorithm finds the components
// of the graph; a negative edge inside a component is an error. Each component is
// a stratum's worth of types: its stratum is one more than the highest that it
// reads, so that whatever a rule reads outside of its own recursion is finished
// when the rule begins. That holds for patterns too: whether a fact is certain
// depends on all other facts of its key.

// edge is that a rule reads a type and concludes another.
type edge struct {
	from, to *facts.FactType
	rule     *Rule
	negative bool
	at       facts.Span
}

// read is that a rule reads a type.
type read struct {
	typ      *facts.FactType
	negative bool
	at       facts.Span
}

// readsOf lists what a rule reads, in the order of writing. Its sentence does not
// count: it is said when all is done.
func readsOf(r *Rule) []read {
	var rs []read
	in := func(e condition.Expr) {
		condition.Walk(e, func(e condition.Expr) bool {
			if a, ok := e.(*condition.Aggregate); ok {
				rs = append(rs, read{a.Fact, true, a.Span()})
			}
			return true
		})
	}
	for _, s := range r.When {
		switch {
		case s.Kind == Pattern:
			rs = append(rs, read{s.Fact, false, s.Span})
		case s.Expr != nil:
			in(s.Expr)
		}
	}
	for _, c := range r.Then {
		for _, e := range c.Fields {
			if e != nil {
				in(e)
			}
		}
	}
	return rs
}

// edges lists what leads to what, rule by rule.
func edges(rules []*Rule) []edge {
	var es []edge
	for _, r := range rules {
		for _, read := range readsOf(r) {
			for _, c := range r.Then {
				es = append(es, edge{read.typ, c.Fact, r, read.negative, read.at})
			}
		}
	}
	return es
}

// ties joins the types that one rule concludes together.
func ties(rules []*Rule) []edge {
	var es []edge
	for _, r := range rules {
		for i, c := range r.Then {
			if j := (i + 1) % len(r.Then); r.Then[j].Fact != c.Fact {
				es = append(es, edge{c.Fact, r.Then[j].Fact, r, false, r.Then[j].Span})
			}
		}
	}
	return es
}

// stratify sets the stratum of each rule and line of the report, or says which
// rules wait for each other.
func stratify(p *Pack) source.Diagnostics {
	g := newGraph(p.Schema.Types, append(edges(p.Rules), ties(p.Rules)...))
	var ds source.Diagnostics
	seen := map[int]bool{}
	for _, e := range g.edges {
		c := g.component[e.to]
		if e.negative && g.component[e.from] == c && !seen[c] {
			seen[c] = true
			ds = append(ds, g.cycle(e))
		}
	}
	if len(ds) > 0 {
		return ds
	}
	level, count := g.levels()
	for _, r := range p.Rules {
		if len(r.Then) > 0 {
			r.Stratum = level[g.component[r.Then[0].Fact]]
		}
	}
	p.Strata = count
	for i, line := range p.Lines() {
		line.Rule.Stratum, line.Rule.Index = p.Strata, len(p.Rules)+i
	}
	return nil
}

// graph is the types with their edges and components.
type graph struct {
	edges     []edge
	out       map[*facts.FactType][]edge
	component map[*facts.FactType]int // numbered so that what is read has the smaller number
	concluded map[*facts.FactType]bool
	next      int

	// of Tarjan's search
	order   map[*facts.FactType]int
	low     map[*facts.FactType]int
	stack   []*facts.FactType
	onStack map[*facts.FactType]bool
}

func newGraph(types []*facts.FactType, es []edge) *graph {
	g := &graph{
		edges: es, out: map[*facts.FactType][]edge{}, component: map[*facts.FactType]int{},
		concluded: map[*facts.FactType]bool{},
		order:     map[*facts.FactType]int{}, low: map[*facts.FactType]int{}, onStack: map[*facts.FactType]bool{},
	}
	// The search runs against the edges, from a type to what it is concluded
	// from, so that a component is closed after all that it reads.
	for _, e := range es {
		g.out[e.to] = append(g.out[e.to], e)
		g.concluded[e.to] = true
	}
	for _, t := range types {
		if g.order[t] == 0 {
			g.visit(t)
		}
	}
	return g
}

// visit is Tarjan's search from a type.
func (g *graph) visit(t *facts.FactType) {
	n := len(g.order) + 1
	g.order[t], g.low[t] = n, n
	g.stack, g.onStack[t] = append(g.stack, t), true
	for _, e := range g.out[t] {
		switch {
		case g.order[e.from] == 0:
			g.visit(e.from)
			g.low[t] = min(g.low[t], g.low[e.from])
		case g.onStack[e.from]:
			g.low[t] = min(g.low[t], g.order[e.from])
		}
	}
	if g.low[t] != g.order[t] {
		return
	}
	for {
		top := g.stack[len(g.stack)-1]
		g.stack = g.stack[:len(g.stack)-1]
		g.onStack[top] = false
		g.component[top] = g.next
		if top == t {
			break
		}
	}
	g.next++
}

// levels gives each component its stratum, and says how many there are. Components
// are numbered after what they read.
func (g *graph) levels() (level []int, count int) {
	level = make([]int, g.next)
	byComponent := make([][]edge, g.next)
	for _, e := range g.edges {
		byComponent[g.component[e.to]] = append(byComponent[g.component[e.to]], e)
	}
	for c, es := range byComponent {
		for _, e := range es {
			if from := g.component[e.from]; from != c && g.isConcluded(e.from) {
				level[c] = max(level[c], level[from]+1)
			}
		}
		count = max(count, level[c]+1)
	}
	return level, count
}

func (g *graph) isConcluded(t *facts.FactType) bool { return t.Concluded }

// cycle shows the shortest way from what a negative edge concludes back to what it
// reads.
func (g *graph) cycle(back edge) source.Diagnostic {
	path := append([]edge{back}, g.path(back.to, back.from)...)
	var words []string
	for _, e := range path {
		verb := "from"
		if e.negative {
			verb = "from all"
		}
		words = append(words, fmt.Sprintf("%s concludes %s %s %s", e.rule.Name, e.to.Name, verb, e.from.Name))
	}
	d := CyclicRules.At(back.at, "%s: %s", waiting(path), strings.Join(words, ", ")).
		Suggest("conclude a type of its own at one place of the cycle")
	for _, e := range path[1:] {
		d = d.See(e.at, "%s reads %s here", e.rule.Name, e.from.Name)
	}
	return d
}

// path is the shortest list of edges from one type to another, in which each edge
// concludes what the next one reads. Of two as short, the one first in pack order.
func (g *graph) path(from, to *facts.FactType) []edge {
	into := map[*facts.FactType]edge{}
	seen := map[*facts.FactType]bool{from: true}
	for queue := []*facts.FactType{from}; len(queue) > 0 && !(seen[to]); queue = queue[1:] {
		for _, e := range g.edges {
			if e.from == queue[0] && !seen[e.to] {
				seen[e.to], into[e.to] = true, e
				queue = append(queue, e.to)
			}
		}
	}
	var back []edge
	for t := to; t != from; {
		e, ok := into[t]
		if !ok {
			return nil
		}
		back = append(back, e)
		t = e.from
	}
	slices.Reverse(back)
	return back
}

// waiting names the rules of a cycle.
func waiting(path []edge) string {
	var ns []string
	for _, e := range path {
		if n := "rule " + e.rule.Name; !slices.Contains(ns, n) {
			ns = append(ns, n)
		}
	}
	if len(ns) == 1 {
		return ns[0] + " waits for itself"
	}
	return strings.Join(ns, ", ") + " wait for each other"
}
