package analyse_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/explain/analyse"
	"truce/rules"
	"truce/rules/iran"
)

// BenchmarkCheckShipped checks the shipped pack: its rules read one another's
// conclusions, so most of the time goes into runs.
func BenchmarkCheckShipped(b *testing.B) {
	p, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.NoError(b, ds.Err())
	check(b, p)
}

func check(b *testing.B, p *rules.Pack) {
	b.ReportAllocs()
	var r *analyse.Result
	for b.Loop() {
		var err error
		r, err = analyse.Pack(context.Background(), p, analyse.Options{})
		require.NoError(b, err)
	}
	b.ReportMetric(float64(len(r.Findings)), "findings")
	b.ReportMetric(float64(len(r.Undecided)), "undecided")
}

// BenchmarkCheckGenerated10000 checks packs of 10,000 rules, each large in one
// direction, and of a tenth of that to show how it grows.
func BenchmarkCheckGenerated10000(b *testing.B) {
	for _, shape := range shapes() {
		for _, n := range []int{1_000, 10_000} {
			b.Run(fmt.Sprintf("%s=%d", shape.name, n), func(b *testing.B) {
				if testing.Short() && n > 1_000 {
					b.Skip("takes a minute for all shapes")
				}
				p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: generated + shape.text(n)}}, rules.Options{})
				require.NoError(b, ds.Err())
				check(b, p)
			})
		}
	}
}

const generated = `
pack: {name: generated, version: "1", goal: {type: Done, field: value}}
facts:
  Buoy:
    fields:
      wind: {type: number, range: [0, 10000]}
      swell: {type: number, range: [0, 10000]}
      tide: {type: scale, levels: [low, rising, high, falling]}
      calm: {type: bool}
  Ship:
    count: many
    fields:
      draught: {type: number, range: [0, 10000]}
      loaded: {type: bool}
  Sign: {concluded: true, key: [of], fields: {of: {type: integer}, strength: {type: number}}}
  Alarm: {concluded: true, key: [], fields: {level: {type: enum, values: [none, watch, storm]}}}
  Step: {concluded: true, key: [n], fields: {n: {type: integer}, height: {type: number, range: [0, 100000]}}}
  Done: {concluded: true, key: [], fields: {value: {type: enum, values: [done]}}}
rules:
  - {rule: done, when: [], then: [{conclude: Done, with: {value: done}}]}
`

type shape struct {
	name string
	text func(n int) string
}

func shapes() []shape {
	each := func(rule string) func(int) string {
		return func(n int) string {
			var b strings.Builder
			for i := range n {
				b.WriteString(strings.NewReplacer("%i", fmt.Sprint(i), "%j", fmt.Sprint(i+1), "%k", fmt.Sprint(i*7919%n),
					"%l", []string{"low", "rising", "high", "falling"}[i%4], "%a", []string{"watch", "storm"}[i%2]).Replace(rule))
			}
			return b.String()
		}
	}
	return []shape{
		// Each concludes something of its own.
		{"own conclusions", each("  - {rule: r%i, when: [b: Buoy, b.wind >= %k, 'b.tide == \"%l\"'], then: [{conclude: Sign, with: {of: %i, strength: =b.swell * 2}}]}\n")},
		// All conclude the same fact with different values, over ranges that lie apart.
		{"ranges", each("  - {rule: r%i, when: [b: Buoy, b.wind >= %i, b.wind < %j], then: [{conclude: Sign, with: {of: 1, strength: %i}}]}\n")},
		// All conclude the same, and each holds wherever the next one does.
		{"nested", each("  - {rule: r%i, when: [b: Buoy, b.wind > %i], then: [{conclude: Sign, with: {of: 1, strength: 1}}]}\n")},
		// All hold at once, and contradict each other.
		{"contradictions", each("  - {rule: r%i, when: [b: Buoy, b.wind > %i], then: [{conclude: Sign, with: {of: 1, strength: %i}}]}\n")},
		// Over facts of many, in pairs that join.
		{"joins", each("  - {rule: r%i, when: [s: Ship, t: Ship, s.draught > t.draught, s.loaded, t.draught > %k], then: [{conclude: Sign, with: {of: %i, strength: =s.draught}}]}\n")},
		// Each reads what the one before it concludes.
		{"a chain", func(n int) string {
			return "  - {rule: first, when: [b: Buoy], then: [{conclude: Step, with: {n: 0, height: =b.wind}}]}\n" + each(
				"  - {rule: r%i, when: [s: Step, s.n == %i, s.height > %k], then: [{conclude: Sign, with: {of: %i, strength: =s.height}}]}\n")(n)
		}},
		{"tables of 5 rows", func(n int) string {
			var b strings.Builder
			b.WriteString("tables:\n")
			for i := range n / 5 {
				fmt.Fprintf(&b, "  - table: t%d\n    hit: first\n    when: [b: Buoy]\n    conclude: Sign\n    rows:\n", i)
				for k, when := range []string{"b.calm", "b.wind > 60", "b.swell > b.wind", "b.swell > 3"} {
					fmt.Fprintf(&b, "      - {row: r%d, when: [%s], with: {of: %d, strength: %d}}\n", k, when, i, k)
				}
				fmt.Fprintf(&b, "      - {row: r4, with: {of: %d, strength: 4}}\n", i)
			}
			return b.String()
		}},
	}
}
