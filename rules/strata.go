package rules

import (
	"fmt"
	"slices"
	"strings"

	"truce/facts"
	"truce/facts/source"
)

// stratify sets the stratum of each rule and line of the report, or says which
// rules wait for each other.
//
// The graph of types and rules is cut into its strongly connected components by
// Tarjan's algorithm. A quantifier or an aggregate inside a component is an error:
// it needs all facts of a type that cannot be finished before it. Otherwise a
// type's stratum is one more than the highest that rules of its component read from
// outside of it, so that whatever a rule reads outside of its own recursion is
// finished when the rule begins. That holds for patterns too: whether a fact is
// certain depends on all other facts of its key. Types that one rule concludes
// together are in one component, since a rule stands in one stratum.
func (g *graph) stratify() source.Diagnostics {
	p := g.pack
	g.connect()
	var ds source.Diagnostics
	seen := map[int]bool{}
	for _, a := range g.arcs {
		if c := g.component[a.from]; a.negative && g.component[a.to] == c && !seen[c] {
			seen[c] = true
			ds = append(ds, g.cycle(a))
		}
	}
	if len(ds) > 0 {
		return ds
	}
	level, count := g.levels()
	for _, r := range p.Rules {
		if len(r.Then) > 0 {
			r.Stratum = level[g.component[r.Then[0].Fact.Index]]
		}
	}
	p.Strata = count
	for i, line := range p.Lines() {
		line.Rule.Stratum, line.Rule.Index = p.Strata, len(p.Rules)+i
	}
	return nil
}

// connect finds the components by Tarjan's search. It runs against the arcs, so
// that a component is numbered after all that it depends on.
func (g *graph) connect() {
	t := tarjan{g: g, order: make([]int, len(g.into)), low: make([]int, len(g.into)), on: make([]bool, len(g.into))}
	g.component = make([]int, len(g.into))
	for n := range g.into {
		if t.order[n] == 0 {
			t.visit(n)
		}
	}
	g.components = t.next
}

// tarjan is the state of the search: the order in which nodes were met, the lowest
// order that each reaches, and the nodes whose component is still open.
type tarjan struct {
	g     *graph
	order []int
	low   []int
	on    []bool
	stack []int
	met   int
	next  int
}

func (t *tarjan) visit(n int) {
	t.met++
	t.order[n], t.low[n], t.on[n] = t.met, t.met, true
	t.stack = append(t.stack, n)
	for _, a := range t.g.into[n] {
		from := t.g.arcs[a].from
		switch {
		case t.order[from] == 0:
			t.visit(from)
			t.low[n] = min(t.low[n], t.low[from])
		case t.on[from]:
			t.low[n] = min(t.low[n], t.order[from])
		}
	}
	if t.low[n] == t.order[n] {
		t.close(n)
	}
}

// close takes the component that n began from the stack.
func (t *tarjan) close(n int) {
	for {
		top := t.stack[len(t.stack)-1]
		t.stack = t.stack[:len(t.stack)-1]
		t.on[top] = false
		t.g.component[top] = t.next
		if top == n {
			break
		}
	}
	t.next++
}

// levels gives each component its stratum, and says how many there are.
func (g *graph) levels() (level []int, count int) {
	level = make([]int, g.components)
	members := make([][]int, g.components)
	for n := range g.into {
		members[g.component[n]] = append(members[g.component[n]], n)
	}
	for c, nodes := range members {
		for _, n := range nodes {
			for _, i := range g.into[n] {
				from := g.arcs[i].from
				above := level[g.component[from]]
				if g.isType(from) && g.concluded[from] {
					above++
				}
				if g.component[from] != c {
					level[c] = max(level[c], above)
				}
			}
		}
		for _, n := range nodes {
			if g.isType(n) && g.concluded[n] {
				count = max(count, level[c]+1)
			}
		}
	}
	return level, count
}

// cycle shows the shortest way from the rule behind a quantifier or an aggregate
// back to the type that it reads.
func (g *graph) cycle(back arc) source.Diagnostic {
	way := steps(append([]arc{back}, g.path(back.to, back.from, true)...))
	var words, waiting []string
	for _, s := range way {
		rule, from, to := g.rule(s.read.to), g.typ(s.read.from), g.typ(s.concludes.to)
		verb := "from"
		switch {
		case s.read.negative:
			verb = "from all"
		case s.read.tie:
			verb = "together with"
		}
		words = append(words, fmt.Sprintf("%s concludes %s %s %s", rule.Name, to.Name, verb, from.Name))
		if name := "rule " + rule.Name; !slices.Contains(waiting, name) {
			waiting = append(waiting, name)
		}
	}
	who := strings.Join(waiting, ", ") + " wait for each other"
	if len(waiting) == 1 {
		who = waiting[0] + " waits for itself"
	}
	d := CyclicRules.At(back.at, "%s: %s", who, strings.Join(words, ", ")).
		Suggest("conclude a type of its own at one place of the cycle")
	for _, s := range way[1:] {
		verb := "reads"
		if s.read.tie {
			verb = "concludes"
		}
		d = d.See(s.read.at, "%s %s %s here", g.rule(s.read.to).Name, verb, g.typ(s.read.from).Name)
	}
	return d
}

// leaks reports each type from after the decision that leads to the goal, with
// the shortest way. It is given the types that lead there.
func (g *graph) leaks(leads []bool) source.Diagnostics {
	p := g.pack
	var ds source.Diagnostics
	for _, t := range p.Schema.Types {
		switch {
		case !t.After || !leads[t.Index]:
		case t == p.Goal.Type:
			ds = append(ds, Leak.At(t.Span, "the goal %s is declared to come after the decision", t.Name))
		default:
			ds = append(ds, g.leak(t, steps(g.path(t.Index, p.Goal.Type.Index, false))))
		}
	}
	return ds
}

func (g *graph) leak(t *facts.FactType, way []passage) source.Diagnostic {
	words := []string{t.Name}
	for _, s := range way {
		words = append(words, fmt.Sprintf("%s (rule %s)", g.typ(s.concludes.to).Name, g.rule(s.read.to).Name))
	}
	d := Leak.At(way[0].read.at, "%s comes after the decision and leads to the goal: %s", t.Name, strings.Join(words, " -> ")).
		Suggest("read it in rules for the report only").See(t.Span, "declared to come after the decision here")
	for _, s := range way[1:] {
		d = d.See(s.read.at, "rule %s reads %s here", g.rule(s.read.to).Name, g.typ(s.read.from).Name)
	}
	return d
}

// leads finds the types from which the goal is concluded, the goal among them, by
// index.
func (g *graph) leads() []bool {
	p := g.pack
	lead := make([]bool, len(p.Schema.Types))
	if p.Goal.Type == nil {
		return lead
	}
	seen := make([]bool, len(g.into))
	seen[p.Goal.Type.Index] = true
	for queue := []int{p.Goal.Type.Index}; len(queue) > 0; queue = queue[1:] {
		for _, i := range g.into[queue[0]] {
			if from := g.arcs[i].from; !seen[from] && !g.arcs[i].tie {
				seen[from] = true
				queue = append(queue, from)
			}
		}
	}
	copy(lead, seen)
	return lead
}

// Leads reports whether the goal may be concluded from facts of the type: the goal
// itself, what its rules read, and so on backwards. What a value that became known
// after the case's date must not reach is these types.
func (p *Pack) Leads(t *facts.FactType) bool {
	return t.Index < len(p.leads) && p.leads[t.Index]
}
