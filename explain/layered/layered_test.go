package layered

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func square(n int) []Size {
	list := make([]Size, n)
	for i := range list {
		list[i] = Size{10, 10}
	}
	return list
}

func TestAChainIsAStraightLine(t *testing.T) {
	l := Lay(square(3), []Edge{{0, 1}, {1, 2}}, Gaps{20, 5})
	require.Equal(t, Layout{Width: 70, Height: 10, Nodes: []Point{{5, 5}, {35, 5}, {65, 5}},
		Edges: [][]Point{{{10, 5}, {30, 5}}, {{40, 5}, {60, 5}}}}, l)
}

// Two edges that cross in the order given do not when they are laid out, and a source
// stands beside what it leads to.
func TestFewCrossings(t *testing.T) {
	edges := []Edge{{0, 3}, {1, 2}, {2, 4}, {3, 4}, {5, 4}}
	l := Lay(square(6), edges, Gaps{20, 5})
	require.Equal(t, l.Nodes[0].Y < l.Nodes[1].Y, l.Nodes[3].Y < l.Nodes[2].Y)
	require.Equal(t, l.Nodes[2].X, l.Nodes[5].X)
}

func TestACycleIsDrawnBack(t *testing.T) {
	l := Lay(square(3), []Edge{{0, 1}, {1, 2}, {2, 0}, {1, 1}}, Gaps{20, 5})
	require.Less(t, l.Nodes[0].X, l.Nodes[1].X)
	require.Less(t, l.Nodes[1].X, l.Nodes[2].X)
	back := l.Edges[2]
	require.Greater(t, back[0].X, back[len(back)-1].X, "it goes from right to left")
	require.Empty(t, l.Edges[3])
}

func TestNothing(t *testing.T) {
	require.Equal(t, Layout{}, Lay(nil, nil, Gaps{20, 5}))
}

// Whatever the graph: nodes keep their gaps, all lies inside, edges go from side to
// side, and no edge goes back but one that closes a cycle.
func TestAnyGraph(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 14).Draw(t, "nodes")
		nodes := make([]Size, n)
		for i := range nodes {
			nodes[i] = Size{float64(rapid.IntRange(1, 60).Draw(t, "width")), float64(rapid.IntRange(1, 30).Draw(t, "height"))}
		}
		acyclic := rapid.Bool().Draw(t, "acyclic")
		var edges []Edge
		for range rapid.IntRange(0, 30).Draw(t, "edges") {
			e := Edge{rapid.IntRange(0, n-1).Draw(t, "from"), rapid.IntRange(0, n-1).Draw(t, "to")}
			if acyclic && e.From > e.To {
				e.From, e.To = e.To, e.From
			}
			edges = append(edges, e)
		}
		gaps := Gaps{25, 6}
		l := Lay(nodes, edges, gaps)
		require.Equal(t, l, Lay(nodes, edges, gaps), "the same twice")
		require.Len(t, l.Nodes, n)
		const slack = 1e-6
		for i, p := range l.Nodes {
			w, h := nodes[i].Width/2, nodes[i].Height/2
			require.True(t, p.X-w > -slack && p.X+w < l.Width+slack && p.Y-h > -slack && p.Y+h < l.Height+slack)
			for k, q := range l.Nodes[:i] {
				if dx := p.X - q.X; dx < w+nodes[k].Width/2 && -dx < w+nodes[k].Width/2 {
					require.GreaterOrEqual(t, max(p.Y-q.Y, q.Y-p.Y)+slack, h+nodes[k].Height/2+gaps.Nodes)
				}
			}
		}
		for i, e := range edges {
			path := l.Edges[i]
			if e.From == e.To {
				require.Empty(t, path)
				continue
			}
			back := l.Nodes[e.From].X > l.Nodes[e.To].X
			require.False(t, acyclic && back, "an edge of no cycle goes back")
			side := 1.0
			if back {
				side = -1
			}
			require.InDelta(t, l.Nodes[e.From].X+side*nodes[e.From].Width/2, path[0].X, slack)
			require.InDelta(t, l.Nodes[e.From].Y, path[0].Y, slack)
			require.InDelta(t, l.Nodes[e.To].X-side*nodes[e.To].Width/2, path[len(path)-1].X, slack)
			require.InDelta(t, l.Nodes[e.To].Y, path[len(path)-1].Y, slack)
			for k := 1; k < len(path); k++ {
				require.Greater(t, side*(path[k].X-path[k-1].X), 0.0)
			}
		}
	})
}
