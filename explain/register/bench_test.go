package register_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/explain/register"
	"truce/facts"
	"truce/rules"
)

// The register of the shipped pack over all real cases, with one worker.
func BenchmarkBuild(b *testing.B) {
	p, ds := rules.LoadDir("../../rules/iran", rules.Options{})
	require.NoError(b, ds.Err())
	files, err := filepath.Glob("../../testdata/cases/*.yaml")
	require.NoError(b, err)
	require.NotEmpty(b, files)
	var cases []*facts.Case
	for _, f := range files {
		text, err := os.ReadFile(f)
		require.NoError(b, err)
		c, ds := facts.ReadCase(f, text, p.Schema, facts.ReadOptions{Labels: p.Labels()})
		require.NoError(b, ds.Err())
		cases = append(cases, c)
	}
	program := engine.Compile(p)
	b.ReportAllocs()
	runs := 0
	for b.Loop() {
		r, err := register.Build(context.Background(), program, cases, register.Options{Workers: 1})
		require.NoError(b, err)
		runs = r.Runs
	}
	b.ReportMetric(float64(len(cases)), "cases")
	b.ReportMetric(float64(runs), "runs")
}
