package engine_test

import (
	"context"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/facts"
	"truce/rules"
	"truce/rules/iran"
)

func shipped(t require.TestingT) (*rules.Pack, *facts.Case) {
	p, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.NoError(t, ds.Err())
	const file = "../testdata/cases/2013-jpoa.yaml"
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	c, ds := facts.ReadCase(file, text, p.Schema, facts.ReadOptions{})
	require.NoError(t, ds.Err())
	return p, c
}

// One assessment of the shipped pack over a real case, from typed facts to the
// answer, with the proof of every conclusion available on demand.
func BenchmarkAssessShippedPack(b *testing.B) {
	p, c := shipped(b)
	program := engine.Compile(p)
	b.ReportAllocs()
	for b.Loop() {
		s := program.NewSession(engine.Options{})
		require.NoError(b, s.Load(c))
		require.NoError(b, s.Run(context.Background()))
		_, err := s.Answer()
		require.NoError(b, err)
	}
}

// The whole trace of the same assessment, atoms, operands and margins expanded.
func BenchmarkTraceShippedPack(b *testing.B) {
	p, c := shipped(b)
	s := engine.Compile(p).NewSession(engine.Options{})
	require.NoError(b, s.Load(c))
	require.NoError(b, s.Run(context.Background()))
	b.ReportAllocs()
	for b.Loop() {
		_, err := s.Trace()
		require.NoError(b, err)
	}
}

func BenchmarkLoadShippedPack(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, ds := rules.LoadFS(iran.FS(), rules.Options{})
		require.NoError(b, ds.Err())
	}
}
