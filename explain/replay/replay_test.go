package replay_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/engine/enginetest"
	"truce/engine/trace"
	"truce/explain/record"
	"truce/explain/replay"
	"truce/facts"
	"truce/rules"
)

var asked = record.Asked{Engine: "of then", At: time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC), By: "analyst"}

// run runs a pack as it is, with its own thresholds.
func run(ctx context.Context, p *rules.Pack, c *facts.Case, _ *trace.Parameters) (*trace.Trace, error) {
	s := engine.Compile(p).NewSession(engine.Options{Limits: engine.Limits{Facts: 400, Justifications: 4000, Work: 2_000_000}})
	if err := s.Load(c); err != nil {
		return nil, err
	}
	if err := s.Run(ctx); err != nil {
		return nil, err
	}
	return s.Trace()
}

// ferry is the pack of the ferry, with another storm where one is given.
func ferry(t testing.TB, storm string) *rules.Pack {
	p, ds := rules.LoadDir("../../testdata/packs/ferry", rules.Options{})
	require.NoError(t, ds.Err())
	if storm == "" {
		return p
	}
	files := append([]rules.File{}, p.Files...)
	files[0].Text = strings.Replace(files[0].Text, "value: 40", "value: "+storm, 1)
	p, ds = rules.Load(files, rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

func crossing(t testing.TB, p *rules.Pack, wind string) *record.Record {
	text := "case: crossing\ntitle: Does it sail?\nas_of: 2024-05-01\nfacts: {Weather: {wind: " + wind + "}, Deck: {passengers: 100}}\ncomplete: [Warning]\n"
	c, ds := facts.ReadCase("case.yaml", []byte(text), p.Schema, facts.ReadOptions{})
	require.NoError(t, ds.Err())
	tr, err := run(context.Background(), p, c, nil)
	require.NoError(t, err)
	r, err := record.Of(tr, asked)
	require.NoError(t, err)
	return r
}

func TestSame(t *testing.T) {
	p := ferry(t, "")
	r := crossing(t, p, "30")
	ds, err := replay.Same(context.Background(), r, p, run)
	require.NoError(t, err)
	require.Empty(t, ds)

	r.Run.Answer.Values[0].Value = "stay"
	ds, err = replay.Same(context.Background(), r, p, run)
	require.NoError(t, err)
	require.ErrorContains(t, ds, `V020: the run is recorded otherwise`)
	require.Contains(t, ds[0].Message, `"value":"stay"`)
	require.Contains(t, ds[0].Expected, `"value":"sail"`)
}

// Every generated run that has an answer is recorded again as it was.
func TestSameOfGeneratedRuns(t *testing.T) {
	again := 0
	rapid.Check(t, func(t *rapid.T) {
		g := enginetest.Pack(t, enginetest.Options{Recursive: rapid.Bool().Draw(t, "recursive")})
		p, ds := rules.Load(g.Files(g.InOrder()), rules.Options{})
		require.NoError(t, ds.Err())
		tr, err := run(context.Background(), p, enginetest.Case(t, p.Schema), nil)
		if err != nil {
			return
		}
		r, err := record.Of(tr, asked)
		require.NoError(t, err)
		ds, err = replay.Same(context.Background(), r, p, run)
		require.NoError(t, err)
		require.Empty(t, ds)
		again++
	})
	require.Positive(t, again)
}

func TestWith(t *testing.T) {
	p := ferry(t, "")
	r := crossing(t, p, "35")
	same, err := replay.With(context.Background(), r, p, ferry(t, "38"), run)
	require.NoError(t, err)
	require.True(t, same.Same)
	require.Nil(t, same.First)
	require.Equal(t, "sail", same.Is)

	changed, err := replay.With(context.Background(), r, p, ferry(t, "32"), run)
	require.NoError(t, err)
	require.False(t, changed.Same)
	require.Equal(t, "sail", changed.Was)
	require.Equal(t, "stay", changed.Is)
	require.NotNil(t, changed.First)
	require.Contains(t, changed.First.Text, "threshold.storm")

	// A division by zero, which the other rules do not escape, is told of the record.
	calm, err := replay.With(context.Background(), crossing(t, p, "{low: 0, high: 30}"), p, p, run)
	require.NoError(t, err)
	require.True(t, calm.Same, "an error that only may be is none")

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = replay.With(ctx, r, p, p, run)
	require.ErrorIs(t, err, context.Canceled)
}

// A pack that has no such facts any more says so of the record.
func TestWithAnotherSubject(t *testing.T) {
	p := ferry(t, "")
	other, ds := rules.LoadDir("../../testdata/packs/garden", rules.Options{})
	require.NoError(t, ds.Err())
	change, err := replay.With(context.Background(), crossing(t, p, "35"), p, other, run)
	require.NoError(t, err)
	require.ErrorContains(t, change.Err, "V020")
	require.ErrorContains(t, change.Err, "Weather")
}
