// Package layered lays out a directed graph in layers, for pictures of what depends on
// what.
//
// What flows in: how large each node is, and the edges between nodes. What flows out:
// where each node and each edge lies, in the same units, layers from left to right. The
// same graph is always laid out the same. It draws nothing.
//
// # How it works
//
// Four steps, as Sugiyama, Tagawa and Toda have them (1981). Edges that would close a
// cycle are taken the other way round, in the order of the nodes. A node stands one
// layer behind the last of those that lead to it, or, where nothing leads to it, one
// before the first that it leads to; an edge over several layers gets a bend in each.
// Nodes and bends of a layer are put in the order of the mean of their neighbours,
// forth and back, and the order with the fewest crossings is kept. Then each is moved
// as near to that mean as the order and the gaps allow, which is the least sum of
// squares: where two would overlap they move as one block (pool adjacent violators).
//
// The time is that of the sweeps, each about the number of edges with their bends times
// its logarithm, and of counting crossings, the square of the edges between two layers.
package layered

import (
	"cmp"
	"slices"
)

// Size is how large a node is.
type Size struct{ Width, Height float64 }

// Edge leads from one node to another, by index.
type Edge struct{ From, To int }

// Point is a place: x to the right, y down.
type Point struct{ X, Y float64 }

// Gaps are kept free.
type Gaps struct {
	Layers float64 // between two layers
	Nodes  float64 // between two nodes of a layer
}

// Layout is where all lies.
type Layout struct {
	Width, Height float64
	Nodes         []Point // the middle of each node
	// Edges have two points or more each: the middle of the right side of the node that
	// it comes from, the bends, and the middle of the left side of the other. Of one that
	// was taken the other way round it is the left side and the right. An edge from a node
	// to itself has none.
	Edges [][]Point
}

// cell is a node, or a bend of an edge, in its layer.
type cell struct {
	size        Size
	layer       int
	y           float64
	left, right []int // neighbours in the layers beside it
}

// layout is the work on one graph: the first cells are the nodes.
type layout struct {
	gaps   Gaps
	nodes  int // how many of the cells are nodes
	cells  []cell
	layers [][]int // cells by layer, from the top
	routes [][]int // of each edge, cells from the left to the right; nil of a loop
	turned []bool  // of each edge
}

// Lay lays out a graph.
func Lay(nodes []Size, edges []Edge, gaps Gaps) Layout {
	l := &layout{gaps: gaps, nodes: len(nodes), cells: make([]cell, len(nodes))}
	for i, s := range nodes {
		l.cells[i].size = s
	}
	l.straighten(edges)
	l.stack(edges)
	l.bend(edges)
	l.order()
	l.place()
	return l.result(edges)
}

// straighten turns edges so that there is no cycle: depth first, an edge back to a node
// that is not left yet is turned.
func (l *layout) straighten(edges []Edge) {
	l.turned = make([]bool, len(edges))
	out := make([][]int, len(l.cells))
	for i, e := range edges {
		out[e.From] = append(out[e.From], i)
	}
	const entered, left = 1, 2
	state := make([]int, len(l.cells))
	var visit func(n int)
	visit = func(n int) {
		state[n] = entered
		for _, i := range out[n] {
			switch to := edges[i].To; state[to] {
			case entered:
				l.turned[i] = true
			case 0:
				visit(to)
			}
		}
		state[n] = left
	}
	for n := range l.cells {
		if state[n] == 0 {
			visit(n)
		}
	}
}

// ends are the ends of an edge, the left one first.
func (l *layout) ends(edges []Edge, i int) (from, to int) {
	if l.turned[i] {
		return edges[i].To, edges[i].From
	}
	return edges[i].From, edges[i].To
}

// stack gives each node its layer.
func (l *layout) stack(edges []Edge) {
	depth := func() {
		for changed := true; changed; {
			changed = false
			for i := range edges {
				from, to := l.ends(edges, i)
				if from != to && l.cells[to].layer <= l.cells[from].layer {
					l.cells[to].layer, changed = l.cells[from].layer+1, true
				}
			}
		}
	}
	depth()
	first := make([]int, len(l.cells)) // the layer of the first that it leads to
	led := make([]bool, len(l.cells))
	for i := range edges {
		from, to := l.ends(edges, i)
		if from == to {
			continue
		}
		led[to] = true
		if first[from] == 0 || l.cells[to].layer < first[from] {
			first[from] = l.cells[to].layer
		}
	}
	for n := range l.cells {
		if !led[n] && first[n] > 0 {
			l.cells[n].layer = first[n] - 1
		}
	}
}

// bend gives each edge a cell in every layer that it passes.
func (l *layout) bend(edges []Edge) {
	l.routes = make([][]int, len(edges))
	for i := range edges {
		from, to := l.ends(edges, i)
		if from == to {
			continue
		}
		route := []int{from}
		for at := l.cells[from].layer + 1; at < l.cells[to].layer; at++ {
			route = append(route, len(l.cells))
			l.cells = append(l.cells, cell{layer: at})
		}
		route = append(route, to)
		for k := 1; k < len(route); k++ {
			a, b := route[k-1], route[k]
			l.cells[a].right = append(l.cells[a].right, b)
			l.cells[b].left = append(l.cells[b].left, a)
		}
		l.routes[i] = route
	}
	for n := range l.cells {
		for len(l.layers) <= l.cells[n].layer {
			l.layers = append(l.layers, nil)
		}
		l.layers[l.cells[n].layer] = append(l.layers[l.cells[n].layer], n)
	}
}

// sweeps is how often the order is improved, forth and back.
const sweeps = 12

// order puts the cells of each layer in an order with few crossings.
func (l *layout) order() {
	best, least := clone(l.layers), l.crossings()
	for sweep := range sweeps {
		rank := l.ranks()
		for k := range l.layers {
			at, beside := k, func(c *cell) []int { return c.left }
			if sweep%2 == 1 {
				at, beside = len(l.layers)-1-k, func(c *cell) []int { return c.right }
			}
			l.sort(at, rank, beside)
		}
		if n := l.crossings(); n < least {
			best, least = clone(l.layers), n
		}
	}
	l.layers = best
}

func clone(layers [][]int) [][]int {
	out := make([][]int, len(layers))
	for i := range layers {
		out[i] = slices.Clone(layers[i])
	}
	return out
}

// ranks are the places of cells in their layers.
func (l *layout) ranks() []int {
	rank := make([]int, len(l.cells))
	for _, layer := range l.layers {
		for i, n := range layer {
			rank[n] = i
		}
	}
	return rank
}

// sort orders a layer by the mean rank of neighbours; one without any keeps its rank.
func (l *layout) sort(at int, rank []int, beside func(*cell) []int) {
	mean := map[int]float64{}
	for _, n := range l.layers[at] {
		mean[n] = float64(rank[n])
		if list := beside(&l.cells[n]); len(list) > 0 {
			sum := 0
			for _, m := range list {
				sum += rank[m]
			}
			mean[n] = float64(sum) / float64(len(list))
		}
	}
	slices.SortStableFunc(l.layers[at], func(a, b int) int { return cmp.Compare(mean[a], mean[b]) })
	for i, n := range l.layers[at] {
		rank[n] = i
	}
}

// crossings counts pairs of edges that cross.
func (l *layout) crossings() int {
	rank, count := l.ranks(), 0
	for _, layer := range l.layers {
		var ends []int // of the edges of the layer to the next, by their beginning
		for _, n := range layer {
			from := len(ends)
			for _, m := range l.cells[n].right {
				ends = append(ends, rank[m])
			}
			slices.Sort(ends[from:]) // those of one cell do not cross
		}
		for i := range ends {
			for _, before := range ends[:i] {
				if before > ends[i] {
					count++
				}
			}
		}
	}
	return count
}
