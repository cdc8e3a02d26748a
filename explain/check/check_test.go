package check_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/engine/enginetest"
	"truce/engine/trace"
	"truce/explain/check"
	"truce/explain/record"
	"truce/facts"
	"truce/rules"
	"truce/rules/iran"
)

var asked = record.Asked{Engine: "test", At: time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC), By: "analyst"}

func run(program *engine.Program, c *facts.Case) (*trace.Trace, error) {
	s := program.NewSession(engine.Options{Limits: engine.Limits{Facts: 400, Justifications: 4000, Work: 2_000_000}})
	if err := s.Load(c); err != nil {
		return nil, err
	}
	if err := s.Run(context.Background()); err != nil {
		return nil, err
	}
	return s.Trace()
}

func filesOf(p *rules.Pack) check.Files {
	files := check.Files{}
	for _, f := range p.Files {
		files[f.Name] = f.Text
	}
	return files
}

// recorded is a run as it comes back from its bytes.
func recorded(t require.TestingT, tr *trace.Trace) *record.Record {
	r, err := record.Of(tr, asked)
	require.NoError(t, err)
	text, err := r.Bytes()
	require.NoError(t, err)
	canonical, err := record.Canonical(r)
	require.NoError(t, err)
	require.Equal(t, string(canonical), string(text), "fields stand in the order of their keys")
	back, err := record.Read("record.json", text)
	require.NoError(t, err)
	head, err := record.ReadHead(text)
	require.NoError(t, err)
	own, err := r.Head()
	require.NoError(t, err)
	require.Equal(t, own, head)
	return back
}

func TestRealCasesCheck(t *testing.T) {
	for _, sourceOnly := range []bool{false, true} {
		p, ds := rules.LoadFS(iran.FS(), rules.Options{SourceOnly: sourceOnly})
		require.NoError(t, ds.Err())
		paths, err := filepath.Glob("../../testdata/cases/*.yaml")
		require.NoError(t, err)
		require.Greater(t, len(paths), 30)
		if sourceOnly {
			paths = paths[:5]
		}
		program := engine.Compile(p)
		for i, path := range paths {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			c, ds := facts.ReadCase(path, text, p.Schema, facts.ReadOptions{})
			require.NoError(t, ds.Err())
			tr, err := run(program, c)
			require.NoError(t, err)
			if i == 0 {
				require.NoError(t, check.Record(recorded(t, tr), filesOf(p)).Err(), path)
			}
			require.NoError(t, check.Run(recorded(t, tr), p).Err(), path)
		}
	}
}

func TestGeneratedRunsCheck(t *testing.T) {
	checked := 0
	rapid.Check(t, func(t *rapid.T) {
		g := enginetest.Pack(t, enginetest.Options{Recursive: rapid.Bool().Draw(t, "recursive")})
		p, ds := rules.Load(g.Files(g.InOrder()), rules.Options{})
		require.NoError(t, ds.Err())
		tr, err := run(engine.Compile(p), enginetest.Case(t, p.Schema))
		if err != nil {
			return
		}
		require.NoError(t, check.Run(recorded(t, tr), p).Err())
		checked++
	})
	require.Positive(t, checked)
}
