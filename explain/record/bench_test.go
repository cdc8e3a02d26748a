package record_test

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/engine/trace"
	"truce/explain/record"
	"truce/facts"
	"truce/rules"
	"truce/rules/iran"
)

var at = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)

// aRun is the run of one real case.
func aRun(t testing.TB) *trace.Trace {
	p, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.NoError(t, ds.Err())
	text, err := os.ReadFile("../../testdata/cases/2013-jpoa.yaml")
	require.NoError(t, err)
	c, ds := facts.ReadCase("case.yaml", text, p.Schema, facts.ReadOptions{})
	require.NoError(t, ds.Err())
	s := engine.Compile(p).NewSession(engine.Options{})
	require.NoError(t, s.Load(c))
	require.NoError(t, s.Run(context.Background()))
	tr, err := s.Trace()
	require.NoError(t, err)
	return tr
}

// What a finished run costs to record: as a document, as bytes, and as the head of them.
func BenchmarkRecord(b *testing.B) {
	tr := aRun(b)
	r, err := record.Of(tr, record.Asked{Engine: "test", At: at, By: "analyst"})
	require.NoError(b, err)
	text, err := r.Bytes()
	require.NoError(b, err)
	b.Run("document", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, err = record.Of(tr, record.Asked{Engine: "test", At: at, By: "analyst"})
		}
	})
	b.Run("bytes", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, err = r.Bytes()
		}
		b.ReportMetric(float64(len(text)), "B/record")
	})
	b.Run("head", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, err = record.ReadHead(text)
		}
	})
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, err = record.Read("r", text)
		}
	})
	require.NoError(b, err)
}
