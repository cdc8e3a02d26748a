package engine_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/engine/enginetest"
	"truce/rules"
	"truce/rules/iran"
)

// What the rule language means, feature by feature: see package enginetest.
func TestScripts(t *testing.T) {
	const folder = "testdata/scripts"
	names, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			for _, matcher := range []string{"network", "oracle"} {
				t.Run(matcher, func(t *testing.T) {
					enginetest.Run(t, name, text, enginetest.RunOptions{Matcher: matcher, Files: os.DirFS(folder),
						New: func(p *rules.Pack, o engine.Options) enginetest.Session {
							o.Recompute, o.Check = matcher == "oracle", matcher == "network"
							return engine.Compile(p).NewSession(o)
						}})
				})
			}
		})
	}
}

// sessions makes sessions of the network and, to compare with, of the oracle.
func sessions(p *rules.Pack, check bool) enginetest.Sessions {
	program := engine.Compile(p)
	// Of the limits only that on facts is the same whatever the way to them.
	o := engine.Options{Limits: engine.Limits{Facts: 400, Justifications: -1, Work: -1}}
	plain := o
	plain.Recompute, o.Check = true, check
	return enginetest.Sessions{
		New:   func() enginetest.Session { return program.NewSession(o) },
		Fresh: func() enginetest.Session { return program.NewSession(plain) },
	}
}

// However a session came to its facts, it concludes what a fresh one does, and a
// rollback gives back what there was.
func TestHistoryDoesNotShow(t *testing.T) {
	traces := 0
	rapid.Check(t, func(t *rapid.T) {
		o := enginetest.Options{Recursive: rapid.Bool().Draw(t, "recursive"), Faults: rapid.Bool().Draw(t, "faults")}
		g := enginetest.Pack(t, o)
		files := g.Files(g.InOrder())
		t.Logf("%s", files[0].Text)
		p := load(t, files)
		traces += enginetest.Sequence(t, p, 20, sessions(p, rapid.IntRange(0, 3).Draw(t, "check") > 0))
	})
	t.Logf("%d runs ended in a trace", traces)
	require.Positive(t, traces)
}

// The same over the shipped pack, with its constraints and points.
func TestHistoryDoesNotShowOnTheShippedPack(t *testing.T) {
	p, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.NoError(t, ds.Err())
	rapid.Check(t, func(t *rapid.T) { enginetest.Sequence(t, p, 5, sessions(p, rapid.Bool().Draw(t, "check"))) })
}
