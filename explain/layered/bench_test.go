package layered

import "testing"

// A graph of 60 nodes in six layers, each of which leads to three of the next.
func BenchmarkLay(b *testing.B) {
	const wide, layers = 10, 6
	nodes := square(wide * layers)
	var edges []Edge
	for n := range wide * (layers - 1) {
		for k := range 3 {
			edges = append(edges, Edge{n, (n/wide+1)*wide + (n*7+k*3)%wide})
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		Lay(nodes, edges, Gaps{40, 8})
	}
}
