package rules_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts"
	"truce/rules"
)

// A row states over what its test states: field by field of a type of which there is
// one, all of others; and it expects beside what its test expects.
func TestRowsOfTests(t *testing.T) {
	p := load(t, with(t, `
-- rows.yaml --
tests:
  - test: wind
    doc: shared
    cites: [C01]
    as_of: 2020-01-01
    facts: {Weather: {wind: 50, warned: true}}
    expect: {answer: sail, holds: ['any(Course, .value == "sail")']}
    rows:
      - {row: as-it-is}
      - {row: calm, facts: {Weather: {wind: 3}}, expect: {answer: [wait, sail], holds: ['len(Course) == 1'], not_fires: [wind-is-danger]}}
      - {row: unknown-wind, doc: its own, as_of: 2021-02-03, cites: [], facts: {Weather: {wind: unknown}}}
`))
	tests := p.Tests[len(p.Tests)-3:]
	require.Equal(t, []string{"wind/as-it-is", "wind/calm", "wind/unknown-wind"}, []string{tests[0].Name, tests[1].Name, tests[2].Name})
	for i, want := range []string{"wind 50 warned true", "wind 3 warned true", "wind unknown warned true"} {
		require.Equal(t, "wind", tests[i].Table)
		require.Equal(t, want, stated(t, p, tests[i]))
		require.False(t, tests[i].Row.IsZero())
	}
	require.Equal(t, []string{"shared", "shared", "its own"}, []string{tests[0].Doc, tests[1].Doc, tests[2].Doc})
	require.Equal(t, []string{"C01"}, tests[1].Cites)
	require.Empty(t, tests[2].Cites)
	require.Equal(t, tests[0].Case.AsOf, tests[1].Case.AsOf)
	require.Greater(t, tests[2].Case.AsOf, tests[1].Case.AsOf)
	require.Equal(t, []string{"sail"}, tests[0].Expect.Answer)
	require.Equal(t, []string{"sail", "wait"}, tests[1].Expect.Answer)
	require.Len(t, tests[0].Expect.Holds, 1)
	require.Len(t, tests[1].Expect.Holds, 2)
	require.Equal(t, []string{"wind-is-danger"}, tests[1].Expect.NotFires)
}

func stated(t *testing.T, p *rules.Pack, test *rules.Test) string {
	t.Helper()
	require.Len(t, test.Case.Facts, 1)
	f := test.Case.Facts[0]
	say := func(name string) string {
		field := p.Schema.Type("Weather").Field(name)
		return fmt.Sprintf("%s %s", name, field.Type.Format(f.Data[field.Index].Value))
	}
	return say("wind") + " " + say("warned")
}

// A copy with nothing changed is the pack, but for its digest: rows are written as the
// loader writes them.
func TestRevisedWithTheSameRules(t *testing.T) {
	p := load(t, everything(t))
	q, ds := p.Revised(rules.Revision{Rules: p.Rules, Thresholds: p.Thresholds, Assumptions: p.Assumptions, Note: "nothing"})
	require.Empty(t, ds)
	require.NotEqual(t, p.Digest, q.Digest)
	require.Len(t, q.Rules, len(p.Rules))
	for i, r := range p.Rules {
		require.Equal(t, r, q.Rules[i], r.Name)
		require.NotSame(t, r, q.Rules[i])
	}
	require.Equal(t, p.Strata, q.Strata)
	for _, typ := range p.Schema.Types {
		require.Equal(t, p.Leads(typ), q.Leads(typ), typ.Name)
	}
	for i, l := range p.Lines() {
		require.Equal(t, l.Rule, q.Lines()[i].Rule)
	}
}

// What the loader refuses of a pack is refused of a copy.
func TestRevisedRefuses(t *testing.T) {
	p := load(t, everything(t))
	low := *p.Threshold("strong_wind")
	low.Value = facts.NumberOf(1e6)
	list := append([]*rules.Threshold(nil), p.Thresholds...)
	list[low.Index] = &low
	_, ds := p.Revised(rules.Revision{Thresholds: list})
	require.True(t, ds.HasErrors())
	require.Equal(t, rules.Constrained.ID, ds[0].Code)

	var swapped []*rules.Rule
	for i, r := range p.Rules {
		if r.Row != nil && len(r.OwnSteps()) == 0 {
			require.Equal(t, r.Row.Table, p.Rules[i-1].Row.Table)
			swapped = append(append([]*rules.Rule(nil), p.Rules...), nil)[:len(p.Rules)]
			swapped[i-1], swapped[i] = swapped[i], swapped[i-1]
		}
	}
	_, ds = p.Revised(rules.Revision{Rules: swapped})
	require.True(t, ds.HasErrors())
	require.Equal(t, rules.NeverHolds.ID, ds[0].Code)
}
