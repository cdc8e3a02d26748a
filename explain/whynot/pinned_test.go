package whynot

import (
	"testing"

	"github.com/stretchr/testify/require"

	"truce/rules"
)

const gate = `
pack:
  name: gate
  version: "1"
  doc: Whether a gate is open.
  goal: {type: Gate, field: value}
  labels: {open: {values: [open, ajar], doc: d}, shut: {values: [shut], doc: d}}
facts:
  Yard:
    doc: The yard.
    fields:
      keeper: {type: bool, doc: Whether the keeper is there.}
      wind: {type: integer, range: [0, 12], doc: The wind.}
  Gate:
    concluded: true
    key: []
    doc: What it is.
    fields: {value: {type: enum, values: [open, ajar, shut], doc: d}}
tables:
  - table: gate
    hit: first
    when: [y: Yard]
    conclude: Gate
    rows:
      - {row: storm, when: [y.keeper, y.wind > 2], with: {value: shut}}
      - {row: watched, when: [y.keeper], with: {value: open}}
      - {row: alone, when: [not y.keeper, y.wind > 6], with: {value: shut}}
      - {row: calm, with: {value: ajar}}
`

// What a row asks for itself cannot be turned to keep an earlier row from holding: of a
// watched gate in a storm the wind is to blame, though the keeper is one step and the
// wind six.
func TestEarlierRowsAreKeptByWhatTheRowDoesNotAsk(t *testing.T) {
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: gate}}, rules.Options{})
	require.NoError(t, ds.Err())
	tr := read(t, p, "case.yaml", "case: one\ntitle: Is it open?\nas_of: 2020-01-01\nfacts: {Yard: {keeper: true, wind: 8}}\n")
	goal, err := Parse(tr, "open")
	require.NoError(t, err)
	best := Of(tr, goal, Options{}).Goals[0].Rules[0].Nearest[0]
	require.Len(t, best.Blockers, 1)
	require.Equal(t, "y.wind > 2", best.Blockers[0].Text)
	require.Equal(t, "storm", best.Blockers[0].NotRow)
	require.NotEmpty(t, best.Enough)

	// Without a condition of its own a row may blame either.
	goal, err = Parse(tr, "ajar")
	require.NoError(t, err)
	require.NotEmpty(t, Of(tr, goal, Options{}).Goals[0].Rules[0].Nearest[0].Blockers)
}
