package explain_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/engine/enginetest"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
)

func pack(t require.TestingT, files []rules.File) *rules.Pack {
	p, ds := rules.Load(files, rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

// sea are the files of the pack about boats.
func sea(t *testing.T) []rules.File {
	t.Helper()
	names, err := filepath.Glob("testdata/sea/*.yaml")
	require.NoError(t, err)
	var files []rules.File
	for _, name := range names {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		files = append(files, rules.File{Name: filepath.Base(name), Text: string(text)})
	}
	return files
}

func caseText(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name + ".yaml")
	require.NoError(t, err)
	return string(text)
}

func runText(t *testing.T, p *rules.Pack, text string) *trace.Trace {
	t.Helper()
	c, ds := facts.ReadCase("case.yaml", []byte(text), p.Schema, facts.ReadOptions{Labels: p.Labels()})
	require.NoError(t, ds.Err())
	tr, err := run(p, c)
	require.NoError(t, err)
	return tr
}

func run(p *rules.Pack, c *facts.Case) (*trace.Trace, error) {
	s := engine.Compile(p).NewSession(engine.Options{Limits: engine.Limits{Facts: 400, Justifications: 4000, Work: 2_000_000}})
	if err := s.Load(c); err != nil {
		return nil, err
	}
	if err := s.Run(context.Background()); err != nil {
		return nil, err
	}
	return s.Trace()
}

// at runs a case of testdata under the pack about boats.
func at(t *testing.T, name string) *trace.Trace {
	t.Helper()
	return runText(t, pack(t, sea(t)), caseText(t, name))
}

// generated calls check with runs of generated packs over generated cases.
func generated(t *testing.T, check func(*rapid.T, *trace.Trace)) {
	t.Helper()
	runs := 0
	rapid.Check(t, func(t *rapid.T) {
		g := enginetest.Pack(t, enginetest.Options{Recursive: rapid.Bool().Draw(t, "recursive")})
		p := pack(t, g.Files(g.InOrder()))
		tr, err := run(p, enginetest.Case(t, p.Schema))
		if err != nil {
			return // a limit, a conflict of keys: there is nothing to explain
		}
		runs++
		check(t, tr)
	})
	require.Positive(t, runs)
}
