package book

import (
	"truce/facts"
	"truce/rules"
)

// Graph is a picture of what depends on what, from the left to the right.
type Graph struct {
	Caption string
	Nodes   []Node
	Edges   []Arc
}

// NodeKind is what a node of a graph stands for.
type NodeKind uint8

// The kinds of nodes.
const (
	StatedNode    NodeKind = iota // a type that cases state
	ConcludedNode                 // a type that rules conclude
	GoalNode                      // the type that answers the question
	RuleNode
	TableNode
	ThemeNode
)

func (k NodeKind) String() string {
	return [...]string{"stated", "concluded", "goal", "rule", "table", "theme"}[k]
}

// Node is a node of a graph, which leads to the section on what it stands for.
type Node struct {
	Kind NodeKind
	Name string
	To   string
}

// Arc leads from one node to another, by index.
type Arc struct {
	From, To int
	// Ranged says that a rule only ranges over the facts of the type, in a quantifier or an
	// aggregate.
	Ranged bool
}

// drawing puts a graph together, each node and each arc once.
type drawing struct {
	graph *Graph
	nodes map[Node]int
	arcs  map[[2]int]int
}

func newDrawing(caption string) *drawing {
	return &drawing{graph: &Graph{Caption: caption}, nodes: map[Node]int{}, arcs: map[[2]int]int{}}
}

func (d *drawing) node(n Node) int {
	i, ok := d.nodes[n]
	if !ok {
		i = len(d.graph.Nodes)
		d.nodes[n] = i
		d.graph.Nodes = append(d.graph.Nodes, n)
	}
	return i
}

func (d *drawing) arc(from, to int, ranged bool) {
	i, ok := d.arcs[[2]int{from, to}]
	if !ok {
		d.arcs[[2]int{from, to}] = len(d.graph.Edges)
		d.graph.Edges = append(d.graph.Edges, Arc{from, to, ranged})
		return
	}
	d.graph.Edges[i].Ranged = d.graph.Edges[i].Ranged && ranged
}

func (b *builder) typeNode(t *facts.FactType) Node {
	kind := StatedNode
	switch {
	case t == b.pack.Goal.Type:
		kind = GoalNode
	case t.Concluded:
		kind = ConcludedNode
	}
	return Node{kind, t.Name, anchor("type", t.Name)}
}

// ruleNode is a rule, or the table of a row.
func ruleNode(r *rules.Rule) Node {
	if r.Row != nil {
		return Node{TableNode, r.Row.Table, anchor("table", r.Row.Table)}
	}
	return Node{RuleNode, r.Name, anchor("rule", r.Name)}
}

// graphOf draws the rules and tables of a theme between the types that they read and
// conclude.
func (b *builder) graphOf(t *theme) *Graph {
	d := newDrawing("What the rules of " + t.name + " read and conclude")
	for _, r := range t.all() {
		types, ranged := readTypes(r)
		for _, ft := range types {
			from := d.node(b.typeNode(ft))
			d.arc(from, d.node(ruleNode(r)), ranged[ft])
		}
		for _, c := range r.Then {
			from := d.node(ruleNode(r))
			d.arc(from, d.node(b.typeNode(c.Fact)), false)
		}
	}
	return d.graph
}

// overview draws the themes, in reading order, by whose conclusions each reads.
func (b *builder) overview() {
	b.heading(2, "overview", "How it hangs together")
	b.para("Themes from what cases state to the answer. An arrow leads from a theme to one that reads what it concludes.")
	d := newDrawing("Themes by what they read of each other")
	need := needs(b.themes)
	for _, t := range b.themes {
		if len(t.order) > 0 {
			d.node(themeNode(t))
		}
	}
	for _, t := range b.themes {
		for _, from := range b.themes {
			if need[t][from] {
				d.arc(d.node(themeNode(from)), d.node(themeNode(t)), false)
			}
		}
	}
	for _, t := range b.themes {
		for _, r := range t.all() {
			for _, c := range r.Then {
				if c.Fact == b.pack.Goal.Type {
					d.arc(d.node(themeNode(t)), d.node(b.typeNode(c.Fact)), false)
				}
			}
		}
	}
	b.add(Block{Kind: Picture, Graph: d.graph})
	items := make([]Line, len(b.themes))
	for i, t := range b.themes {
		items[i] = with(link("theme", t.name), ": ", b.contents(t))
	}
	b.list(items...)
}

func themeNode(t *theme) Node { return Node{ThemeNode, t.name, anchor("theme", t.name)} }

// contents lists what a theme has: its rules and tables, or else its parameters.
func (b *builder) contents(t *theme) Line {
	var out Line
	put := func(s Span) {
		if len(out) > 0 {
			out = append(out, plain(", "))
		}
		out = append(out, s)
	}
	for _, item := range t.order {
		switch item := item.(type) {
		case *rules.Rule:
			put(link("rule", item.Name))
		case []*rules.Rule:
			put(link("table", item[0].Row.Table))
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, th := range t.thresholds {
		put(link("threshold", th.Name))
	}
	for _, a := range t.assumptions {
		put(link("assumption", a.Name()))
	}
	return out
}
