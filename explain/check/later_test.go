package check_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/explain/check"
	"truce/explain/record"
	"truce/facts"
	"truce/rules"
)

const laterPack = `
pack: {name: later, version: "1", doc: A pack., goal: {type: Goal, field: value}, labels: {}}
facts:
  Seen: {doc: What was seen., fields: {wind: {type: number, doc: The wind.}}}
  Came: {doc: What came of it., after: decision, fields: {wind: {type: number, doc: The wind.}}}
  Goal: {doc: The answer., concluded: true, key: [], fields: {value: {type: enum, values: {go: "", stay: ""}, doc: it}}}
  Told: {doc: What is told., concluded: true, key: [], fields: {wind: {type: number, doc: it}}}
tables:
  - table: goal
    hit: first
    when: [w: Seen, c: Came]
    conclude: Goal
    rows:
      - {row: storm, when: [w.wind > 10], with: {value: stay}}
      - {row: fair, with: {value: go}}
rules:
  - {rule: told, when: [c: Came], then: [{conclude: Told, with: {wind: =c.wind}}]}
report:
  answer: {go: it goes, stay: it stays}
  disclaimer: none
`

// A goal that rests on what came after the decision is refused with the rules that make
// it so, and one that rests on what was known only later with the fact.
func TestWhatWasKnownLaterDecidesNothing(t *testing.T) {
	fair := strings.Replace(laterPack, "when: [w: Seen, c: Came]", "when: [w: Seen]", 1)
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: fair}}, rules.Options{})
	require.NoError(t, ds.Err())
	text := "case: a\ntitle: A\nas_of: 2024-05-01\nfacts: {Seen: {wind: {value: 20, known_on: 2024-06-01}}, Came: {wind: 20}}\n"
	c, ds := facts.ReadCase("case.yaml", []byte(text), p.Schema, facts.ReadOptions{})
	require.NoError(t, ds.Err())
	tr, err := run(engine.Compile(p), c)
	require.NoError(t, err)
	r := recorded(t, tr)
	require.Empty(t, check.Run(r, p))
	require.Equal(t, "open: go or stay", r.Run.Answer.Words())

	// As if the wind had been known on the day.
	early := strings.Replace(text, ", known_on: 2024-06-01", "", 1)
	c, ds = facts.ReadCase("case.yaml", []byte(early), p.Schema, facts.ReadOptions{})
	require.NoError(t, ds.Err())
	tr, err = run(engine.Compile(p), c)
	require.NoError(t, err)
	forged := recorded(t, tr)
	require.Equal(t, "stay", forged.Run.Answer.Words())
	forged.Case, forged.CaseDigest = r.Case, r.CaseDigest
	found := check.Run(forged, p)
	require.NotEmpty(t, found)
	require.Equal(t, "V012", found[0].Code)

	// Rules that let what came after decide, in a record that says so with right digests.
	leaking, _ := rules.Load([]rules.File{{Name: "pack.yaml", Text: laterPack}}, rules.Options{})
	require.Nil(t, leaking)
	r.Pack.Files[0].SHA256 = record.Digest([]byte(laterPack))
	found = check.Record(r, check.Files{"pack.yaml": laterPack})
	require.Equal(t, "V010", found[0].Code)
	require.ErrorContains(t, found, "R0")
}
