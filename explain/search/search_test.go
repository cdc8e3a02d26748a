package search_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/explain/report"
	"truce/explain/search"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
)

var update = flag.Bool("update", false, "write the goldens anew")

// A ferry sails unless the wind or the sea forbids it; a warning turns it back.
const ferry = `
pack:
  name: ferry
  version: "1"
  doc: Whether a ferry sails.
  goal: {type: Course, field: value}
  labels: {left: {values: [sail, hurry], doc: d}, stayed: {values: [wait, turn-back], doc: d}}
units: {knot: speed at sea, metre: a length}
thresholds:
  strong: {value: 35, unit: knot, plausible: [25, 50], step: 1, basis: judgement, because: ropes part}
  storm: {value: 60, unit: knot, plausible: [40, 80], step: 1, basis: judgement, because: boats sink}
constraints: [threshold.strong < threshold.storm]
facts:
  Weather:
    doc: The weather.
    fields:
      wind: {type: number, unit: knot, range: [0, 150], plausible: [0, 100], step: 1, doc: The wind., asked: the harbour master}
      sea: {type: scale, levels: {calm: d, rough: d, high: d}, doc: The sea., asked: anybody at the quay}
      fog: {type: bool, doc: Fog., asked: anybody at the quay}
      warned: {type: bool, doc: A warning.}
  Boat:
    doc: The boat.
    fields:
      length: {type: number, unit: metre, range: [5, 105], move: fixed, doc: Its length.}
      crew: {type: integer, range: [0, 12], move: up, doc: The crew.}
      kind: {type: enum, values: {ferry: d, barge: d, tug: d}, doc: Its kind.}
      colour: {type: text, doc: Its colour.}
  Course:
    concluded: true
    key: []
    doc: What it does.
    fields: {value: {type: enum, values: [sail, wait, turn-back, hurry], doc: d}}
assumptions:
  - {field: Weather.warned, value: false, because: nobody keeps a record of the days without a warning}
tables:
  - table: course
    hit: first
    when: [w: Weather, b: Boat]
    conclude: Course
    rows:
      - {row: warned, when: [w.warned], with: {value: turn-back}}
      - {row: storm, when: [w.wind >= threshold.storm], with: {value: turn-back}}
      - {row: hurry, when: [w.wind < 0, b.crew > 3], with: {value: hurry}}
      - {row: wind, when: [w.wind >= threshold.strong, b.length < 50], with: {value: wait}}
      - {row: blind, when: [w.fog, 'w.sea >= "rough"'], with: {value: wait}}
      - {row: barge, when: ['b.kind == "barge"', 'w.sea >= "rough"'], with: {value: wait}}
      - {row: otherwise, with: {value: sail}}
report:
  answer: {sail: it sails, wait: it waits, turn-back: it turns back, hurry: it hurries}
  disclaimer: This explains the rules, not the sea.
`

const windy = `
case: windy
title: Does it sail?
as_of: 2020-01-01
facts:
  Weather: {wind: 40, sea: calm, fog: unknown}
  Boat: {length: 30, crew: 4, kind: ferry, colour: blue}
`

const hazy = `
case: hazy
title: Does it sail?
as_of: 2020-01-01
facts:
  Weather: {wind: {low: 20, high: 50}, fog: unknown}
  Boat: {length: 30, crew: 4, kind: ferry}
`

func searchIn(t require.TestingT, text string) *search.Search {
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: ferry}}, rules.Options{})
	require.NoError(t, ds.Err())
	c, ds := facts.ReadCase("case.yaml", []byte(text), p.Schema, facts.ReadOptions{})
	require.NoError(t, ds.Err())
	s, err := search.New(context.Background(), engine.Compile(p), c, search.Options{})
	require.NoError(t, err)
	return s
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

func TestGoldens(t *testing.T) {
	ctx := context.Background()
	style := report.Style{Width: 100}
	for name, text := range map[string]string{"windy": windy, "hazy": hazy} {
		for _, to := range []string{"sail", "wait", "turn-back", "hurry"} {
			s := searchIn(t, text)
			f, err := s.Flip(ctx, search.FlipOptions{To: to, Thresholds: to == "sail"})
			require.NoError(t, err)
			require.False(t, f.Exhausted)
			var b bytes.Buffer
			require.NoError(t, f.Text(&b, style))
			golden(t, name+"-flip-"+to+".txt", b.String())
			b.Reset()
			require.NoError(t, search.JSON(&b, f))
			golden(t, name+"-flip-"+to+".json", b.String())
		}
		s := searchIn(t, text)
		r, err := s.Robust(ctx)
		require.NoError(t, err)
		p, err := s.Price(ctx)
		require.NoError(t, err)
		x, err := s.WhatIf(ctx, search.Edits{Set: []string{"Weather.wind=20..30"}, Unset: []string{"Boat.kind"}, Thresholds: []string{"strong=41", "threshold.storm=70"}})
		require.NoError(t, err)
		var b bytes.Buffer
		require.NoError(t, r.Text(&b, style))
		require.NoError(t, p.Text(&b, style))
		require.NoError(t, x.Text(&b, report.CompareForm{Full: true, Style: style}))
		golden(t, name+".txt", b.String())
		b.Reset()
		for _, doc := range []any{r, p, x} {
			require.NoError(t, search.JSON(&b, doc))
		}
		golden(t, name+".json", b.String())
	}
}

func TestFlipsOfTheFerry(t *testing.T) {
	ctx := context.Background()
	s := searchIn(t, windy)
	f, err := s.Flip(ctx, search.FlipOptions{To: "turn-back"})
	require.NoError(t, err)
	require.Equal(t, 1, f.AtLeast)
	// The wind is a fifth of its width away from a storm, a warning a whole one.
	require.Equal(t, "Weather.wind", f.Fewest.Changes[0].Name)
	require.InDelta(t, 0.2, f.Fewest.Distance, 1e-9)
	require.Equal(t, facts.NumberOf(60), f.Fewest.Changes[0].To.Value)

	f, err = s.Flip(ctx, search.FlipOptions{To: "turn-back", Fixed: []string{"weather.WIND"}})
	require.NoError(t, err)
	require.Equal(t, "Weather.warned", f.Fewest.Changes[0].Name)
	require.Equal(t, "assumed", f.Fewest.Changes[0].Origin)

	// No wind is below zero, whatever moves; the reason is said.
	f, err = s.Flip(ctx, search.FlipOptions{To: "hurry"})
	require.NoError(t, err)
	require.True(t, f.Impossible)
	require.NotNil(t, f.WhyNot)

	// The boat's length is fixed, its colour a text, and its crew only grows.
	require.NotContains(t, f.Moving, "Boat.length")
	require.NotContains(t, f.Moving, "Boat.colour")
	require.Contains(t, f.Moving, "Boat.crew")

	f, err = s.Flip(ctx, search.FlipOptions{To: "wait"})
	require.NoError(t, err)
	require.True(t, f.Already)
}

// What is learnt costs no distance: with the wind below 35, sailing needs fog or sea
// known too.
func TestLearningIsNear(t *testing.T) {
	f, err := searchIn(t, hazy).Flip(context.Background(), search.FlipOptions{To: "sail"})
	require.NoError(t, err)
	require.Equal(t, 2, len(f.Fewest.Changes))
	require.Zero(t, f.Fewest.Distance)
	require.True(t, f.Fewest.ProvedFewest && f.Fewest.ProvedNearest && f.Nearest.ProvedNearest)
}

// A search that runs out of runs says so, and what it has proved.
func TestBudget(t *testing.T) {
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: ferry}}, rules.Options{})
	require.NoError(t, ds.Err())
	c, ds := facts.ReadCase("case.yaml", []byte(hazy), p.Schema, facts.ReadOptions{})
	require.NoError(t, ds.Err())
	for runs := 1; runs < 60; runs++ {
		s, err := search.New(context.Background(), engine.Compile(p), c, search.Options{Runs: runs})
		require.NoError(t, err)
		f, err := s.Flip(context.Background(), search.FlipOptions{To: "sail"})
		require.NoError(t, err)
		require.LessOrEqual(t, f.Runs, runs)
		require.LessOrEqual(t, f.AtLeast, 2)
		if w := f.Fewest; w != nil && w.ProvedFewest {
			require.Equal(t, 2, len(w.Changes))
		}
		r, err := s.Robust(context.Background())
		require.NoError(t, err)
		require.LessOrEqual(t, r.Runs, runs)
		q, err := s.Price(context.Background())
		require.NoError(t, err)
		require.LessOrEqual(t, q.Runs, runs)
	}
}

func TestBadEdits(t *testing.T) {
	s := searchIn(t, windy)
	for text, want := range map[string]string{
		"Weather.wnd=3":              "did you mean Weather.wind?",
		"Wether.wind=3":              "did you mean Weather.wind?",
		"Weather.wind":               "has no value",
		"Weather.wind=strong":        "Weather.wind: ",
		"Weather.wind=151":           "outside the range",
		"Weather.wind=30..20":        "the low end first",
		"Weather.wind=20..fast":      "is not a number",
		"Weather.sea=hgh":            "did you mean high?",
		"Weather.fog=maybe":          "neither true nor false",
		"Course.value=sail":          "concluded by rules",
		"Boat.kind=ferry..tug":       "is not one of the symbols",
		"Weather.wind=1 000 000 000": "Weather.wind",
	} {
		_, err := s.WhatIf(context.Background(), search.Edits{Set: []string{text}})
		var ds source.Diagnostics
		require.ErrorAs(t, err, &ds, text)
		require.ErrorContains(t, err, want, text)
	}
	for text, want := range map[string]string{
		"strng=3":   "did you mean strong?",
		"strong":    "has no value",
		"strong=70": "would not hold", // above storm
	} {
		_, err := s.WhatIf(context.Background(), search.Edits{Thresholds: []string{text}})
		require.ErrorContains(t, err, want, text)
	}
	_, err := s.WhatIf(context.Background(), search.Edits{Set: []string{"Weather.wind=1"}, Unset: []string{"Weather.wind"}})
	require.ErrorContains(t, err, "changed twice")
	_, err = s.Flip(context.Background(), search.FlipOptions{To: "sial"})
	require.ErrorContains(t, err, "did you mean sail?")
	_, err = s.Flip(context.Background(), search.FlipOptions{To: "sail", Fixed: []string{"Weather.wnd"}})
	require.ErrorContains(t, err, "did you mean Weather.wind?")
	// After all that the session is as it was.
	x, err := s.WhatIf(context.Background(), search.Edits{Set: []string{"Weather.wind=40"}})
	require.NoError(t, err)
	require.True(t, x.Compare.SameAnswer)
	require.Empty(t, x.Compare.Facts)
}

func TestWhatIf(t *testing.T) {
	s := searchIn(t, windy)
	answer := func(e search.Edits) []string {
		x, err := s.WhatIf(context.Background(), e)
		require.NoError(t, err)
		var list []string
		for _, v := range x.Compare.B.Values {
			list = append(list, v.Value)
		}
		return list
	}
	require.Equal(t, []string{"turn-back"}, answer(search.Edits{Set: []string{"Weather.warned=true"}}))
	require.Equal(t, []string{"sail"}, answer(search.Edits{Set: []string{"Boat.length=60"}}))
	require.Equal(t, []string{"turn-back"}, answer(search.Edits{Thresholds: []string{"storm=40", "strong=30"}}))
	// Both thresholds at once, though the first alone would break the constraint.
	require.Equal(t, []string{"sail"}, answer(search.Edits{Thresholds: []string{"strong=65", "storm=80"}}))
	require.Equal(t, []string{"sail", "wait"}, answer(search.Edits{Unset: []string{"Boat.length"}}))
}

// A cancelled search ends with the context's error.
func TestCancelled(t *testing.T) {
	s := searchIn(t, hazy)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := s.Flip(ctx, search.FlipOptions{To: "sail"})
	require.ErrorIs(t, err, context.Canceled)
	_, err = s.Robust(ctx)
	require.ErrorIs(t, err, context.Canceled)
	_, err = s.Price(ctx)
	require.ErrorIs(t, err, context.Canceled)
	_, err = s.WhatIf(ctx, search.Edits{Set: []string{"Weather.wind=3"}})
	require.ErrorIs(t, err, context.Canceled)
}

func TestDocumentsAreVersioned(t *testing.T) {
	ctx := context.Background()
	s := searchIn(t, hazy)
	f, err := s.Flip(ctx, search.FlipOptions{To: "sail"})
	require.NoError(t, err)
	r, err := s.Robust(ctx)
	require.NoError(t, err)
	p, err := s.Price(ctx)
	require.NoError(t, err)
	x, err := s.WhatIf(ctx, search.Edits{Set: []string{"Weather.wind=3"}})
	require.NoError(t, err)
	for want, doc := range map[string]any{search.FlipFormat: f, search.RobustFormat: r, search.PriceFormat: p, search.WhatIfFormat: x} {
		b, err := json.Marshal(doc)
		require.NoError(t, err)
		var got struct{ Format string }
		require.NoError(t, json.Unmarshal(b, &got))
		require.Equal(t, want, got.Format)
	}
}
