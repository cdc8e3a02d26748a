package claims_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/engine/trace"
	"truce/explain/claims"
	"truce/facts"
	"truce/rules"
	"truce/rules/iran"
)

var update = flag.Bool("update", false, "write the expected outputs anew")

func run(ctx context.Context, p *rules.Pack, c *facts.Case) (*trace.Trace, error) {
	s := engine.Compile(p).NewSession(engine.Options{})
	if err := s.Load(c); err != nil {
		return nil, err
	}
	if err := s.Run(ctx); err != nil {
		return nil, err
	}
	return s.Trace()
}

func load(t *testing.T, text string) *rules.Pack {
	t.Helper()
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: text}}, rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

func build(t *testing.T, p *rules.Pack, cases ...*facts.Case) *claims.Matrix {
	t.Helper()
	m, err := claims.Build(context.Background(), p, cases, run)
	require.NoError(t, err)
	return m
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		require.NoError(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), string(got))
}

// Each claim of the pack below is shown, or not, in its own way; the golden is the
// list of them.
func TestMatrixGolden(t *testing.T) {
	m := build(t, load(t, harbour))
	var b bytes.Buffer
	require.NoError(t, m.Text(&b, 90))
	golden(t, "harbour.golden", b.Bytes())

	doc, err := json.MarshalIndent(m.Document(), "", "  ")
	require.NoError(t, err)
	golden(t, "harbour.json.golden", append(doc, '\n'))
}

func row(t *testing.T, m *claims.Matrix, id string) *claims.Claim {
	t.Helper()
	for _, c := range m.Claims {
		if c.Claim.ID == id {
			return c
		}
	}
	require.Fail(t, "no claim", id)
	return nil
}

func TestWhatShowsAClaim(t *testing.T) {
	m := build(t, load(t, harbour))

	c := row(t, m, "C01")
	require.True(t, c.Shown())
	require.Equal(t, "windy", c.Does.By.Name)
	require.Equal(t, 1, c.Does.Tried, "the test that cites the claim is tried first")
	require.Equal(t, "Reason(wind): why wind", c.Does.Change.Gone)

	c = row(t, m, "C02")
	require.False(t, c.Shown(), "no test reaches the rule")
	require.Nil(t, c.Does.By)
	require.Equal(t, 2, c.Does.Tried)

	c = row(t, m, "C03")
	require.True(t, c.Shown())
	require.True(t, c.Says.Possible)
	require.Equal(t, "report/doubt", c.Says.Line.Name)

	c = row(t, m, "C04")
	require.False(t, c.Shown(), "it does something, and no line says it")
	require.NotNil(t, c.Does.By)
	require.Nil(t, c.Says.By)

	c = row(t, m, "C05")
	require.True(t, c.Shown())
	require.Contains(t, c.Does.Change.Answer, "→ none", "without an answer the conclusions stand, and are compared")

	c = row(t, m, "C06")
	require.False(t, c.Shown(), "nothing cites it")
	require.Zero(t, c.Does.Tried)

	var missing []string
	for _, c := range m.Missing() {
		missing = append(missing, c.Claim.ID)
	}
	require.Equal(t, []string{"C02", "C04", "C06"}, missing)
}

// A real case shows what no test does.
func TestCasesShowClaimsToo(t *testing.T) {
	p := load(t, harbour)
	c, ds := facts.ReadCase("storm.yaml", []byte("case: storm\ntitle: Does it sail?\nas_of: 2024-01-01\nfacts: {Weather: {wind: 80}}\n"),
		p.Schema, facts.ReadOptions{})
	require.NoError(t, ds.Err())
	m := build(t, p, c)
	require.Equal(t, 1, m.Cases)
	require.Equal(t, "case storm", row(t, m, "C02").Does.By.String())
}

// A subject that the whole pack fails on shows nothing, and is told.
func TestAFailingSubjectIsTold(t *testing.T) {
	p := load(t, harbour)
	calls := 0
	m, err := claims.Build(context.Background(), p, nil, func(ctx context.Context, q *rules.Pack, c *facts.Case) (*trace.Trace, error) {
		if calls++; calls == 1 {
			return nil, engine.Compile(q).NewSession(engine.Options{}).Retract("Nothing")
		}
		return run(ctx, q, c)
	})
	require.NoError(t, err)
	require.Len(t, m.Failed, 1)
	require.Equal(t, p.Tests[0].Name, m.Failed[0].Subject.Name)
	require.NotEqual(t, p.Tests[0].Name, row(t, m, "C01").Does.By.Name)
}

func TestAContextThatEnds(t *testing.T) {
	stopped := errors.New("stopped")
	p := load(t, harbour)
	calls := 0
	for stopAt := 1; stopAt <= 4; stopAt++ {
		calls = 0
		_, err := claims.Build(context.Background(), p, nil, func(ctx context.Context, q *rules.Pack, c *facts.Case) (*trace.Trace, error) {
			if calls++; calls == stopAt {
				return nil, stopped
			}
			return run(ctx, q, c)
		})
		require.ErrorIs(t, err, stopped)
	}
}

// The shipped pack encodes its whole source, by its own tests alone.
func TestShippedPackShowsEveryClaim(t *testing.T) {
	p, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.NoError(t, ds.Err())
	m := build(t, p)
	require.Empty(t, m.Failed)
	for _, c := range m.Claims {
		require.True(t, c.Shown(), c.Claim.ID)
	}
	require.Len(t, m.Claims, len(p.Claims))
}

const harbour = `
pack:
  name: harbour
  version: 1.0.0
  doc: A pack whose claims are shown in different ways.
  goal: {type: Verdict, field: value}
  labels: {any: {values: [sail, stay], doc: Whatever it did.}}
claims:
  C01: {section: one 1, kind: [rule], says: A strong wind is a reason.}
  C02: {section: one 2, kind: [threshold], says: A storm is a reason of its own.}
  C03: {section: two 1, kind: [read], says: Where the wind is not known there is doubt.}
  C04: {section: two 2, kind: [rule, bound], says: A reason keeps the ferry in the harbour and nobody says so.}
  C05: {section: three 1, kind: [framing], says: Without a reason the ferry sails.}
  C06: {section: three 2, kind: [rule], says: The captain decides.}
facts:
  Weather: {doc: The weather., fields: {wind: {type: number, range: [0, 100], doc: The wind.}}}
  Reason: {concluded: true, doc: A reason to stay., fields: {why: {type: text, doc: Which.}}}
  Verdict:
    concluded: true
    key: []
    doc: The answer.
    fields: {value: {type: enum, values: {sail: it sails, stay: it stays}, doc: The answer.}}
thresholds:
  strong: {value: 20, basis: judgement, plausible: [10, 30], because: So it is., doc: Strong., cites: [C01]}
  storm: {value: 70, basis: judgement, plausible: [60, 80], because: So it is., doc: A storm., cites: [C02]}
rules:
  - rule: wind
    cites: [C01]
    says: "It blows at {w.wind}."
    when: [w: Weather, w.wind > threshold.strong]
    then: [{conclude: Reason, with: {why: wind}}]
  - rule: storm
    cites: [C02]
    says: "It storms at {w.wind}."
    when: [w: Weather, w.wind > threshold.storm]
    then: [{conclude: Reason, with: {why: storm}}]
  - rule: stay
    cites: [C04]
    says: "There is a reason."
    when: ['len(Reason) > 0']
    then: [{conclude: Verdict, with: {value: stay}}]
  - rule: sail
    cites: [C05]
    says: "There is none."
    when: ['len(Reason) == 0']
    then: [{conclude: Verdict, with: {value: sail}}]
tests:
  - test: calm
    cites: [C05]
    as_of: 2024-05-01
    facts: {Weather: {wind: 10}}
    expect: {answer: sail}
  - test: windy
    cites: [C01]
    as_of: 2024-05-01
    facts: {Weather: {wind: {low: 30, high: 40}}}
    expect: {answer: stay}
report:
  answer: {sail: it sails, stay: it stays}
  disclaimer: A test.
  sections:
    - section: doubt
      title: Doubt
      kind: lines
      short: 1
      lines:
        - line: doubt
          cites: [C03]
          when: [w: Weather, w.wind > 35]
          says: "The wind is more than 35."
`
