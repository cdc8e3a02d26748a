package consult_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/explain/consult"
	"truce/facts"
	"truce/rules"
	"truce/rules/iran"
)

// The first question of the shipped pack about a case of which nothing is known, where
// most is to be priced.
func BenchmarkAsk(b *testing.B) {
	p, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.NoError(b, ds.Err())
	program := engine.Compile(p)
	b.ReportAllocs()
	for b.Loop() {
		c := consult.New(program, &facts.Case{ID: "empty", Title: "Which way?"}, consult.Options{})
		q, err := c.Ask(context.Background())
		require.NoError(b, err)
		require.NotNil(b, q.Price)
	}
}
