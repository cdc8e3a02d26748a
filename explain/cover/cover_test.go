package cover_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/explain/cover"
	"truce/explain/packtest"
	"truce/explain/world"
	"truce/rules"
)

func pack(t *testing.T, path string) *rules.Pack {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: string(text)}}, rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

// count runs one test of a pack and counts over the trace of the run.
func count(t require.TestingT, c *cover.Counter, program *engine.Program, test *rules.Test) {
	ctx := context.Background()
	s := program.NewSession(engine.Options{})
	require.NoError(t, s.Load(test.Case))
	require.NoError(t, s.Run(ctx))
	tr, err := s.Trace()
	require.NoError(t, err)
	require.NoError(t, c.Run(ctx, world.Of(tr, tr.Parameters)))
}

// What the traces of runs cover is what their sessions do, in any order, and however the
// runs are shared among counters that are merged.
func TestCountersMerge(t *testing.T) {
	for _, path := range []string{"../packtest/testdata/tide.yaml", "../../testdata/packs/ferry/pack.yaml"} {
		p := pack(t, path)
		program := engine.Compile(p)
		want, err := packtest.Cover(context.Background(), p, p.Tests, func(*rules.Pack) func() packtest.Session {
			return func() packtest.Session { return program.NewSession(engine.Options{}) }
		})
		require.NoError(t, err)
		rapid.Check(t, func(t *rapid.T) {
			counters := [...]*cover.Counter{cover.New(p), cover.New(p), cover.New(p)}
			for _, test := range rapid.Permutation(p.Tests).Draw(t, "order") {
				count(t, counters[rapid.IntRange(0, 2).Draw(t, "counter")], program, test)
			}
			counters[0].Merge(counters[1])
			counters[0].Merge(counters[2])
			require.Equal(t, want.Document(), counters[0].Coverage().Document())
		})
	}
}

// One run leaves out what it does not come to, and each is named at its place.
func TestWhatOneRunDoesNotCover(t *testing.T) {
	p := pack(t, "../../testdata/packs/ferry/pack.yaml")
	c := cover.New(p)
	require.Equal(t, 0, c.Coverage().Document().Rules.Covered)
	count(t, c, engine.Compile(p), p.Tests[0])
	d := c.Coverage().Document()
	require.Equal(t, cover.Count{Covered: 2, All: 4, Percent: 50}, d.Rules)
	var b strings.Builder
	require.NoError(t, d.Text(&b))
	require.Equal(t, `theme                rules         conditions, true and false
pack                 2 of 4, 50%   2 of 4, 50%
all                  2 of 4, 50%   2 of 4, 50%
lines of the report  1 of 1, 100%  none
not covered:
  pack.yaml:86:14: verdict/storm never holds
  pack.yaml:87:16: verdict/storm: w.wind > threshold.storm is never true
  pack.yaml:90:14: verdict/warned never holds
  pack.yaml:91:17: verdict/warned: any(Warning, .strong) is never true
`, b.String())
}

func TestAContextThatEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	require.ErrorIs(t, cover.New(pack(t, "../../testdata/packs/ferry/pack.yaml")).Run(ctx, nil), context.Canceled)
}
