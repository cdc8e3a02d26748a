package search_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/explain/search"
	"truce/facts"
	"truce/rules"
)

const breaking = `
pack:
  name: breaking
  version: "1"
  doc: Packs whose runs may end in an error.
  goal: {type: Goal, field: value}
  labels: {one: {values: [p], doc: d}, other: {values: [q], doc: d}}
facts:
  One:
    doc: the one
    fields:
      b: {type: bool, doc: d}
      k: {type: integer, range: [0, 3], doc: d}
      a: {type: number, range: [0, 20], step: 5, doc: d}
  Many:
    doc: several
    count: many
    move: fixed
    fields: {on: {type: bool, doc: d}, a: {type: number, range: [0, 20], step: 1, doc: d}}
  Side: {concluded: true, doc: beside the goal, fields: {k: {type: integer, doc: d}}}
  Sum: {concluded: true, key: [], doc: two rules say what it is, fields: {a: {type: number, doc: d}}}
  Goal:
    concluded: true
    key: []
    doc: the goal
    fields: {value: {type: enum, values: {p: d, q: d}, doc: d}}
`

func flipped(t *testing.T, more string, to string, fs ...*facts.StatedFact) *search.Flip {
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: breaking + more}}, rules.Options{})
	require.NoError(t, ds.Err())
	for _, f := range fs {
		f.Type = p.Schema.Type(map[bool]string{true: "One", false: "Many"}[len(f.Data) == 3])
	}
	s, err := search.New(context.Background(), engine.Compile(p), &facts.Case{ID: "c", Title: "What?", Facts: fs}, search.Options{})
	require.NoError(t, err)
	f, err := s.Flip(context.Background(), search.FlipOptions{To: to})
	require.NoError(t, err)
	return f
}

func given(vs ...facts.Value) *facts.StatedFact {
	f := &facts.StatedFact{}
	for _, v := range vs {
		f.Data = append(f.Data, facts.Datum{Given: true, Value: v})
	}
	return f
}

// A rule that does not lead to the goal ends the run where one change alone would settle
// the answer; what it reads may change with it.
func TestFlipLooksAtRulesThatBreak(t *testing.T) {
	f := flipped(t, `
rules:
  - rule: side
    when: [x: One, 'x.b and 5 % x.k == 1']
    then: [{conclude: Side, with: {k: =x.k}}]
tables:
  - table: goal
    hit: first
    when: [x: One]
    conclude: Goal
    rows:
      - {row: p, when: [x.b], with: {value: p}}
      - {row: otherwise, with: {value: q}}
`, "p", given(facts.BoolOf(false), facts.IntegerOf(0), facts.NumberOf(1)))
	require.NotNil(t, f.Fewest)
	require.True(t, f.Fewest.ProvedFewest && f.Fewest.ProvedNearest)
	var changed []string
	for _, c := range f.Fewest.Changes {
		changed = append(changed, c.Name)
	}
	require.ElementsMatch(t, []string{"One.b", "One.k"}, changed)
}

// A choice of what is unknown under which two rules contradict each other refutes
// nothing: there the point has no answer.
func TestContradictionsRefuteNothing(t *testing.T) {
	f := flipped(t, `
rules:
  - {rule: one, when: [x: One], then: [{conclude: Sum, with: {a: =x.a}}]}
  - {rule: many, when: [m: Many, not m.on], then: [{conclude: Sum, with: {a: =m.a}}]}
tables:
  - table: goal
    hit: first
    when: [x: One]
    conclude: Goal
    rows:
      - {row: p, when: ['sum(Sum, .a) > 1'], with: {value: p}}
      - {row: otherwise, with: {value: q}}
`, "p", given(facts.BoolOf(true), facts.IntegerOf(1), facts.NumberBetween(0, 16)),
		given(facts.UnknownBool(), facts.NumberBetween(0, 2)))
	require.False(t, f.Impossible)
	require.NotNil(t, f.Fewest)
	require.True(t, f.Fewest.ProvedFewest)
	require.Len(t, f.Fewest.Changes, 1)
	require.Equal(t, "One.a", f.Fewest.Changes[0].Name)
}
