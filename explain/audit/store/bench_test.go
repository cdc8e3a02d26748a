package store_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/engine/trace"
	"truce/explain/audit"
	"truce/explain/audit/store"
	"truce/explain/record"
	"truce/facts"
	"truce/rules"
	"truce/rules/iran"
)

// realCases are the real cases, as texts.
func realCases(b *testing.B) (p *rules.Pack, texts [][]byte) {
	p, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.NoError(b, ds.Err())
	paths, err := filepath.Glob("../../../testdata/cases/*.yaml")
	require.NoError(b, err)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(b, err)
		texts = append(texts, text)
	}
	require.NotEmpty(b, texts)
	return p, texts
}

// assessed reads and runs one case, as assess does.
func assessed(b *testing.B, s *engine.Session, p *rules.Pack, text []byte) *trace.Trace {
	c, ds := facts.ReadCase("case.yaml", text, p.Schema, facts.ReadOptions{})
	require.NoError(b, ds.Err())
	require.NoError(b, s.Load(c))
	require.NoError(b, s.Run(context.Background()))
	tr, err := s.Trace()
	require.NoError(b, err)
	return tr
}

// What a batch of the real cases costs, and what keeping them adds: both a case.
func BenchmarkAssess(b *testing.B) {
	p, texts := realCases(b)
	s := engine.Compile(p).NewSession(engine.Options{})
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		assessed(b, s, p, texts[n%len(texts)])
	}
}

func BenchmarkAssessAndRecord(b *testing.B) {
	p, texts := realCases(b)
	session := engine.Compile(p).NewSession(engine.Options{})
	path, signer, _ := fresh(b, 0)
	w := audit.NewWriter(context.Background(), open(b, path, store.Options{}), signer)
	b.ReportAllocs()
	kept := 0
	for ; b.Loop(); kept++ {
		tr := assessed(b, session, p, texts[kept%len(texts)])
		require.True(b, w.Add(func() (audit.Entry, error) {
			r, err := record.Of(tr, record.Asked{Engine: "test", At: at, By: "analyst"})
			return audit.Entry{Record: r, Files: p.Files}, err
		}))
	}
	_, err := w.Close() // is part of what keeping costs; one group of many
	require.NoError(b, err)
	if info, err := os.Stat(path); err == nil && kept > 500 {
		b.ReportMetric(float64(info.Size())/float64(kept), "B/record")
	}
}

// What it costs to verify a store, a record: every byte of it, and none of its reasoning.
func BenchmarkVerify(b *testing.B) {
	p, texts := realCases(b)
	session := engine.Compile(p).NewSession(engine.Options{})
	path, signer, key := fresh(b, 0)
	s := open(b, path, store.Options{})
	const records = 1000
	w := audit.NewWriter(context.Background(), s, signer)
	for n := range records {
		tr := assessed(b, session, p, texts[n%len(texts)])
		require.True(b, w.Add(func() (audit.Entry, error) {
			r, err := record.Of(tr, record.Asked{Engine: "test", At: at, By: "analyst"})
			return audit.Entry{Record: r, Files: p.Files}, err
		}))
	}
	_, err := w.Close()
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		v, err := s.Verify(context.Background(), audit.VerifyOptions{Key: key})
		require.NoError(b, err)
		require.Empty(b, v.Found)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*records), "us/record")
}
