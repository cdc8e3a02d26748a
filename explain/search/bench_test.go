package search_test

import (
	"context"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/explain/search"
	"truce/facts"
	"truce/rules"
	"truce/rules/iran"
)

// largest is the shipped pack on its case with most values.
func largest(b *testing.B) *search.Search {
	p, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.NoError(b, ds.Err())
	const file = "../../testdata/cases/2024-10-01-after-nasrallah.yaml"
	text, err := os.ReadFile(file)
	require.NoError(b, err)
	c, ds := facts.ReadCase(file, text, p.Schema, facts.ReadOptions{})
	require.NoError(b, ds.Err())
	s, err := search.New(context.Background(), engine.Compile(p), c, search.Options{})
	require.NoError(b, err)
	return s
}

// Every answer but the one it is settled on; two of them are impossible, since what the
// other side did is history. Set free, the farthest takes three changes.
func BenchmarkFlip(b *testing.B) {
	s := largest(b)
	for name, o := range map[string]search.FlipOptions{
		"truce": {To: "truce"}, "truce-mandatory": {To: "truce-mandatory"}, "resist": {To: "resist"}, "sustain": {To: "sustain"},
		"three-changes": {To: "sustain", Free: []string{"Arrangement.breach"}},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			runs := 0
			for b.Loop() {
				f, err := s.Flip(context.Background(), o)
				require.NoError(b, err)
				require.False(b, f.Exhausted)
				runs = f.Runs
			}
			b.ReportMetric(float64(runs), "runs/op")
		})
	}
}

func BenchmarkRobust(b *testing.B) {
	s := largest(b)
	b.ReportAllocs()
	runs := 0
	for b.Loop() {
		r, err := s.Robust(context.Background())
		require.NoError(b, err)
		runs = r.Runs
	}
	b.ReportMetric(float64(runs), "runs/op")
}

func BenchmarkPrice(b *testing.B) {
	s := largest(b)
	b.ReportAllocs()
	for b.Loop() {
		_, err := s.Price(context.Background())
		require.NoError(b, err)
	}
}

func BenchmarkWhatIf(b *testing.B) {
	s := largest(b)
	b.ReportAllocs()
	for b.Loop() {
		_, err := s.WhatIf(context.Background(), search.Edits{Set: []string{"Offer.form=none"}})
		require.NoError(b, err)
	}
}

func BenchmarkSides(b *testing.B) {
	s := largest(b)
	b.ReportAllocs()
	runs := 0
	for b.Loop() {
		x, err := s.Sides(context.Background(), 1)
		require.NoError(b, err)
		runs = x.Runs
	}
	b.ReportMetric(float64(runs), "runs/op")
}
