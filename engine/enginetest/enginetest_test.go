package enginetest_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/engine/enginetest"
	"truce/rules"
)

// Generated packs are well formed, and a case and its completion can be loaded.
func TestGeneratedPacksLoad(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := enginetest.Pack(t, enginetest.Options{Recursive: true, Faults: true})
		p, ds := rules.Load(g.Files(g.InOrder()), rules.Options{})
		require.NoError(t, ds.Err())
		c := enginetest.Case(t, p.Schema)
		s := engine.Compile(p).NewSession(engine.Options{})
		require.NoError(t, s.Load(c))
		require.NoError(t, s.Load(enginetest.Completion(t, p.Schema, c)))
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		_ = s.Run(ctx) // whatever comes of it, it comes without a panic
	})
}
