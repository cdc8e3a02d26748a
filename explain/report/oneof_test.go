package report_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/explain"
	"truce/explain/report"
	"truce/facts"
	"truce/rules"
)

const lantern = `
pack:
  name: lantern
  version: "1"
  doc: Whether a lantern is lit.
  goal: {type: Light, field: value}
  labels: {lit: {values: [lit], doc: d}, dark: {values: [dark], doc: d}}
facts:
  Night:
    doc: The night.
    fields: {fog: {type: bool, doc: Fog.}, moon: {type: bool, doc: The moon.}}
  Light:
    concluded: true
    key: []
    doc: What it does.
    fields:
      value: {type: enum, values: [lit, dark], doc: d}
      why: {type: enum, values: [fog, night, moon], doc: d}
tables:
  - table: light
    hit: first
    when: [n: Night]
    conclude: Light
    rows:
      - {row: fog, when: [n.fog], with: {value: lit, why: fog}}
      - {row: moon, when: [n.moon], with: {value: dark, why: moon}}
      - {row: night, with: {value: lit, why: night}}
`

// In fog it is lit for the fog, and without it for the night: settled, though neither
// row need hold. The proof says that one of them does, and shows both.
func TestOneOfTheRowsHolds(t *testing.T) {
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: lantern}}, rules.Options{})
	require.NoError(t, ds.Err())
	proofOf := func(stated string) (*explain.Proof, string) {
		c, ds := facts.ReadCase("case.yaml", []byte("case: one\ntitle: Is it lit?\nas_of: 2020-01-01\nfacts: "+stated+"\n"), p.Schema, facts.ReadOptions{})
		require.NoError(t, ds.Err())
		tr, err := run(p, c)
		require.NoError(t, err)
		proof := explain.OfAnswer(tr, explain.Options{})
		return proof, proofText(t, proof, report.ProofForm{Detail: report.Short})
	}
	proof, text := proofOf("{Night: {moon: false}}")
	require.True(t, proof.OneOf)
	require.Len(t, proof.Roots, 2)
	require.True(t, strings.HasPrefix(text, "One of these 2 holds, whichever it is: the rows of the table leave no case out.\n"), text)
	require.Contains(t, text, "by rule light/fog")
	require.Contains(t, text, "by rule light/night")
	require.NotContains(t, text, "pack.yaml", "the short form has no places")

	proof, text = proofOf("{Night: {moon: false, fog: true}}")
	require.False(t, proof.OneOf)
	require.NotContains(t, text, "One of these")
	proof, _ = proofOf("{}")
	require.Len(t, proof.Roots, 2, "lit or dark: one fact of each")
	require.False(t, proof.OneOf, "the third row stands beside them")
}
