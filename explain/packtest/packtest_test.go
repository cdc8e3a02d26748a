package packtest

import (
	"context"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/facts/source"
	"truce/rules"
)

// compile is the engine as packages above it hand it in.
func compile(p *rules.Pack) func() Session {
	program := engine.Compile(p)
	return func() Session { return program.NewSession(engine.Options{}) }
}

// ferry is the small pack of testdata with some of its text replaced.
func ferry(t *testing.T, oldnew ...string) *rules.Pack {
	t.Helper()
	text, err := os.ReadFile("../../testdata/packs/ferry/pack.yaml")
	require.NoError(t, err)
	for i := 0; i < len(oldnew); i += 2 {
		require.Contains(t, string(text), oldnew[i])
	}
	changed := strings.NewReplacer(oldnew...).Replace(string(text))
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: changed}}, rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

var update = flag.Bool("update", false, "write the goldens again")

// golden compares with a file, or under -update writes it.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

func failures(t *testing.T, p *rules.Pack) source.Diagnostics {
	t.Helper()
	results, err := All(context.Background(), p, p.Tests, compile)
	require.NoError(t, err)
	require.Len(t, results, len(p.Tests))
	var ds source.Diagnostics
	for i, r := range results {
		require.Same(t, p.Tests[i], r.Test)
		require.Equal(t, len(r.Failures) == 0, r.Passed())
		ds = append(ds, r.Failures...)
	}
	return ds
}

func TestPasses(t *testing.T) {
	require.Empty(t, failures(t, ferry(t)))
}

func TestEachWayToFail(t *testing.T) {
	const calm = "expect: {answer: sail, proof: [verdict/fair], not_proof: [verdict/storm]}"
	for _, c := range []struct {
		expect, code, message, expected string
	}{
		{"{answer: stay}", "T001", "test calm: the answer is sail", "stay"},
		{"{answer: [stay, sail]}", "T001", "test calm: the answer is sail", "sail or stay"},
		{"{holds: ['any(Verdict, .value == \"stay\")']}", "T002",
			"test calm: any(Verdict, .value == \"stay\") is false\nVerdict holds: value sail", "true"},
		{"{holds: ['any(Deck, .load == \"full\")']}", "T002",
			"test calm: any(Deck, .load == \"full\") is unknown\nDeck holds: passengers 100, load unknown, flag unknown", "true"},
		{"{can_hold: ['any(Verdict, .value == \"stay\")']}", "T003",
			"test calm: any(Verdict, .value == \"stay\") is false\nVerdict holds: value sail", "true or unknown"},
		{"{cannot_hold: ['any(Verdict, .value == \"sail\")']}", "T004",
			"test calm: any(Verdict, .value == \"sail\") is true\nVerdict holds: value sail", "false"},
		{"{cannot_hold: ['any(Deck, .load == \"full\")']}", "T004",
			"test calm: any(Deck, .load == \"full\") is unknown\nDeck holds: passengers 100, load unknown, flag unknown", "false"},
		{"{holds: ['len(Warning) > 0']}", "T002", "test calm: len(Warning) > 0 is false\nno Warning holds or can hold", "true"},
		{"{proof: [verdict/storm]}", "T005", "test calm: rule verdict/storm is not in the proof of the answer", "it among crowding, verdict/fair"},
		{"{not_proof: [verdict/fair]}", "T006", "test calm: rule verdict/fair is in the proof of the answer", ""},
	} {
		t.Run(c.expect, func(t *testing.T) {
			ds := failures(t, ferry(t, calm, "expect: "+c.expect))
			require.Len(t, ds, 1)
			require.Equal(t, c.code, ds[0].Code)
			require.Equal(t, c.message, ds[0].Message)
			require.Equal(t, c.expected, ds[0].Expected)
			require.Equal(t, "pack.yaml", ds[0].Span.File)
			require.False(t, ds[0].Span.Start.IsZero())
		})
	}
}

func TestWhatIsOpenCanHold(t *testing.T) {
	require.Empty(t, failures(t, ferry(t,
		"Weather: {wind: 10}", "Weather: {wind: {low: 30, high: 50}}",
		"expect: {answer: sail, proof: [verdict/fair], not_proof: [verdict/storm]}",
		"expect: {answer: [sail, stay], can_hold: ['any(Verdict, .value == \"stay\")', 'any(Verdict, .value == \"sail\")'], proof: [verdict/fair, verdict/storm]}")))
}

func TestARunThatFails(t *testing.T) {
	ds := failures(t, ferry(t, "Weather: {wind: 10}", "Weather: {wind: 0}"))
	require.Len(t, ds, 1)
	require.Equal(t, "N002", ds[0].Code)
	require.Equal(t, "in test calm", ds[0].Related[len(ds[0].Related)-1].Message)
}

func TestAContextThatEnds(t *testing.T) {
	p := ferry(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := All(ctx, p, p.Tests, compile)
	require.ErrorIs(t, err, context.Canceled)
	_, err = Cover(ctx, p, p.Tests, compile)
	require.ErrorIs(t, err, context.Canceled)
}

// A fact whose key is not known may stand for several, and the world says so.
func TestFactsWithAnUnknownKey(t *testing.T) {
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: blurredPack}}, rules.Options{})
	require.NoError(t, ds.Err())
	require.Empty(t, failures(t, p))
}

const blurredPack = `
pack:
  name: blurred
  version: 1.0.0
  doc: Facts with unknown keys.
  goal: {type: Verdict, field: value}
  labels: {yes: {values: ["yes"], doc: It is.}}
facts:
  Sighting:
    count: open
    doc: A ship that was seen.
    fields:
      name: {type: enum, values: {red: red, blue: blue}, doc: Which.}
      size: {type: integer, range: [1, 9], doc: How large.}
  Ship:
    concluded: true
    key: [name]
    doc: A ship.
    fields:
      name: {type: enum, values: {red: red, blue: blue}, doc: Which.}
  Verdict:
    concluded: true
    key: []
    doc: The answer.
    fields: {value: {type: enum, values: {"yes": it is}, doc: The answer.}}
rules:
  - rule: ship
    when: [s: Sighting]
    then: [{conclude: Ship, with: {name: =s.name}}]
  - rule: verdict
    when: ['len(Ship) >= 0']
    then: [{conclude: Verdict, with: {value: "yes"}}]
report:
  answer: {"yes": it is}
  disclaimer: A test.
tests:
  - test: two-that-may-be-one
    as_of: 2024-05-01
    facts:
      Sighting:
        - {id: first, name: red}
        - {id: second}
    complete: [Sighting]
    expect:
      holds: ['len(Ship) >= 1', 'len(Ship) <= 2']
      can_hold: ['len(Ship) == 1', 'len(Ship) == 2']
  - test: there-may-be-more
    as_of: 2024-05-01
    facts:
      Sighting:
        - {id: first, name: red}
    expect:
      holds: ['len(Ship) >= 1']
      can_hold: ['len(Ship) == 2', 'sum(Sighting, .size) > 100']
      cannot_hold: ['len(Ship) == 0']
`
