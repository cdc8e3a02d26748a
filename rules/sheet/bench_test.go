package sheet

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/rules"
)

// The shipped pack, exported and brought back unchanged.
func BenchmarkImport(b *testing.B) {
	p, ds := rules.LoadDir("../iran", rules.Options{})
	require.NoError(b, ds.Err())
	sheets := Export(p)
	b.ReportAllocs()
	for b.Loop() {
		if _, ds := Import(p, sheets); ds.HasErrors() {
			b.Fatal(ds)
		}
	}
}

// A table of n rows over three inputs whose cells part it evenly: gaps and overlaps.
func BenchmarkAnalysis(b *testing.B) {
	for _, n := range []int{10, 100} {
		text := "pack: {name: p, version: \"1\", goal: {type: G, field: v}, labels: {a: {values: [x]}}}\n" +
			"facts:\n  S: {fields: {n: {type: number, range: [0, 1000]}, l: {type: scale, levels: [low, mid, high]}, b: {type: bool}}}\n" +
			"  G: {concluded: true, key: [], fields: {v: {type: enum, values: [x]}}}\n" +
			"tables:\n  - {table: t, hit: any, when: [s: S], conclude: G, rows: [\n"
		for i := range n {
			text += fmt.Sprintf("    {row: r%d, when: [s.n >= %d, s.n < %d, 's.l >= \"mid\"'], with: {v: x}},\n", i, i, i+2)
		}
		p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: text + "  ]}\n"}}, rules.Options{})
		require.NoError(b, ds.Err())
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				g := p.Grid("t")
				if gaps, complete := g.Gaps(0); !complete || len(gaps) == 0 || len(g.Overlaps()) != n-1 {
					b.Fatal("the analysis is not what it was")
				}
			}
		})
	}
}
