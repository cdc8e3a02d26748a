package oracle_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine/model"
	"truce/engine/oracle"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
)

const paths = `
pack:
  name: paths
  version: "1"
  doc: What is reached from what.
  goal: {type: Verdict, field: value}
  labels: {good: {values: [yes], doc: ""}}
facts:
  Edge:
    count: many
    doc: an edge
    fields:
      from: {type: integer, doc: start}
      to: {type: integer, doc: end}
      sure: {type: bool, doc: whether it is there}
  Path:
    concluded: true
    doc: a path
    fields:
      from: {type: integer, doc: start}
      to: {type: integer, doc: end}
  Verdict:
    concluded: true
    key: []
    doc: the verdict
    fields: {value: {type: enum, values: {yes: "", no: ""}, doc: the verdict}}
rules:
  - rule: edge
    when: [e: Edge, e.sure]
    then: [{conclude: Path, with: {from: =e.from, to: =e.to}}]
  - rule: chain
    when: [p: Path, q: Path, p.to == q.from]
    then: [{conclude: Path, with: {from: =p.from, to: =q.to}}]
  - rule: verdict
    then: [{conclude: Verdict, with: {value: yes}}]
`

const nodes = 5

type graph [nodes][nodes]bool

// closure is reachability by the textbook.
func (g graph) closure() graph {
	for k := range nodes {
		for i := range nodes {
			for j := range nodes {
				g[i][j] = g[i][j] || g[i][k] && g[k][j]
			}
		}
	}
	return g
}

// Transitive closure over edges that are there, may be there, or are not: the
// certain paths are those over the sure edges, the possible ones those over all,
// and every pair of paths that meets is an instance, once.
func TestRecursionAgainstTheTextbook(t *testing.T) {
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: paths}}, rules.Options{})
	require.NoError(t, ds.Err())
	edge := p.Schema.Type("Edge")
	rapid.Check(t, func(t *rapid.T) {
		var sure, possible graph
		matcher := oracle.New(p)
		for i := range nodes {
			for j := range nodes {
				there := rapid.SampledFrom([]facts.Value{facts.BoolOf(true), facts.BoolOf(false), facts.UnknownBool(), facts.BoolOf(false)}).Draw(t, "edge")
				sure[i][j], possible[i][j] = there.True(), !there.False()
				from, to := facts.IntegerOf(int64(i)), facts.IntegerOf(int64(j))
				matcher.State(model.Key{Type: edge, ID: fmt.Sprintf("%d-%d", i, j)}, model.Absent, []*facts.Value{&from, &to, &there})
			}
		}
		require.NoError(t, matcher.Run(context.Background(), model.Limits{}))
		m := matcher.Model()
		reach, may := sure.closure(), possible.closure()
		var got, gotSure graph
		for _, n := range m.ByType[p.Schema.Type("Path").Index] {
			f := &m.Facts[n]
			i, j := f.Values[0].Integer(), f.Values[1].Integer()
			got[i][j] = true
			gotSure[i][j] = f.Status == trace.Certain
		}
		require.Equal(t, may, got)
		require.Equal(t, reach, gotSure)
		require.Equal(t, chains(may), instances(m, "chain"), "every meeting pair once")
	})
}

func chains(g graph) map[string]int {
	want := map[string]int{}
	for i := range nodes {
		for k := range nodes {
			for j := range nodes {
				if g[i][k] && g[k][j] {
					want[fmt.Sprintf("Path(%d, %d) Path(%d, %d)", i, k, k, j)] = 1
				}
			}
		}
	}
	return want
}

func instances(m *model.Model, rule string) map[string]int {
	got := map[string]int{}
	for _, in := range m.Instances {
		if in.Rule.Name == rule {
			got[m.Name(in.Premises[0])+" "+m.Name(in.Premises[1])]++
		}
	}
	return got
}
