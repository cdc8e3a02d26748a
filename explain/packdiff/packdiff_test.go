package packdiff_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/engine/trace"
	"truce/explain/packdiff"
	"truce/explain/search"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
	"truce/rules/iran"
)

func shipped(t testing.TB) *rules.Pack {
	t.Helper()
	p, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

func ferry(t testing.TB, oldnew ...string) *rules.Pack {
	t.Helper()
	text, err := os.ReadFile("../../testdata/packs/ferry/pack.yaml")
	require.NoError(t, err)
	for i := 0; i < len(oldnew); i += 2 {
		require.Contains(t, string(text), oldnew[i])
	}
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: strings.NewReplacer(oldnew...).Replace(string(text))}}, rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

// moved is a pack with one threshold at another value.
func moved(p *rules.Pack, th *rules.Threshold, v facts.Value) *rules.Pack {
	q, m := *p, *th
	m.Value = v
	q.Thresholds = slices.Clone(p.Thresholds)
	q.Thresholds[th.Index] = &m
	return &q
}

// runOf runs packs by their programs.
func runOf(programs ...*engine.Program) packdiff.Run {
	return func(ctx context.Context, p *rules.Pack, c *facts.Case) (*trace.Trace, error) {
		i := slices.IndexFunc(programs, func(g *engine.Program) bool { return g.Pack() == p })
		s := programs[i].NewSession(engine.Options{})
		if err := s.Load(c); err != nil {
			return nil, err
		}
		if err := s.Run(ctx); err != nil {
			return nil, err
		}
		return s.Trace()
	}
}

func realCases(t testing.TB, p *rules.Pack) []packdiff.Read {
	files, err := filepath.Glob("../../testdata/cases/*.yaml")
	require.NoError(t, err)
	var list []packdiff.Read
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		c, ds := facts.ReadCase(file, text, p.Schema, facts.ReadOptions{})
		require.NoError(t, ds.Err())
		list = append(list, packdiff.Read{ID: c.ID, Case: c})
	}
	return list
}

// However many run at a time, the cases come out the same and in the same order.
func TestCasesInOrder(t *testing.T) {
	p := shipped(t)
	th := p.Threshold("record_cost")
	q := moved(p, th, facts.NumberOf(1))
	list := realCases(t, p)
	run := runOf(engine.Compile(p), engine.Compile(q))
	var first *packdiff.Cases
	for _, workers := range []int{1, 4} {
		var done atomic.Int64
		var results [2][]packdiff.Result
		for i, pack := range []*rules.Pack{p, q} {
			var err error
			results[i], err = packdiff.RunAll(context.Background(), pack, list, run, workers, func(string) { done.Add(1) })
			require.NoError(t, err)
		}
		require.EqualValues(t, 2*len(list), done.Load())
		c := packdiff.CasesOf(list, results[0], results[1])
		if first == nil {
			first = c
		}
		require.Equal(t, first, c)
	}
	require.NotZero(t, first.Answers)
	for _, c := range first.Differ {
		require.NotEmpty(t, c.Path, c.ID)
	}
}

func TestRunAllStops(t *testing.T) {
	p := ferry(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := packdiff.RunAll(ctx, p, []packdiff.Read{{ID: "a", Case: p.Tests[0].Case}}, runOf(engine.Compile(p)), 2, nil)
	require.ErrorIs(t, err, context.Canceled)
	broken := errors.New("broken")
	_, err = packdiff.RunAll(context.Background(), p, []packdiff.Read{{ID: "a", Case: p.Tests[0].Case}},
		func(context.Context, *rules.Pack, *facts.Case) (*trace.Trace, error) { return nil, broken }, 2, nil)
	require.ErrorIs(t, err, broken)
}

// A case that one pack alone can read or run is told as that; one that neither can is
// not.
func TestFailures(t *testing.T) {
	p := ferry(t)
	good, err := packdiff.RunAll(context.Background(), p, []packdiff.Read{{ID: "a", Case: p.Tests[0].Case}}, runOf(engine.Compile(p)), 1, nil)
	require.NoError(t, err)
	bad := packdiff.Result{Err: source.Diagnostics{{Code: "F999", Message: "it is wrong"}}}
	c, differs := packdiff.CaseOf("a", good[0], bad)
	require.True(t, differs)
	require.Equal(t, packdiff.Failure, c.Differs)
	require.Equal(t, "settled on sail", c.From.Says())
	require.Equal(t, "no answer (F999: it is wrong)", c.To.Says())
	_, differs = packdiff.CaseOf("a", bad, bad)
	require.False(t, differs)
	cases := packdiff.CasesOf([]packdiff.Read{{ID: "a"}}, good, []packdiff.Result{bad})
	require.Equal(t, 1, cases.Failures)
}

// Only what an answer can rest on is a reason to look for a case.
func TestTurning(t *testing.T) {
	p := ferry(t)
	for _, c := range []struct {
		oldnew []string
		any    bool
		rules  []string
	}{
		{[]string{"value: 40", "value: 41"}, true, nil},
		{[]string{"plausible: [30, 60]", "plausible: [30, 70]"}, false, nil},
		{[]string{"      - w: Weather\n      - c: Crowding\n    conclude", "      - w: Weather\n      - c: Crowding\n      - c.each > 0\n    conclude"}, true, []string{"verdict/c.each > 0", "verdict/c.each > 0"}},
		{[]string{"when: [w.wind > threshold.storm]", "when: [w.wind >= threshold.storm]"}, true, []string{"verdict/storm", "verdict/storm"}},
		{[]string{"- test: calm", "- test: quiet"}, false, nil},
		{[]string{"when: [w: Weather]\n          says", "when: [w: Weather, w.wind > 3]\n          says"}, false, nil},
		{[]string{"storm", "tempest"}, false, nil},
	} {
		names, thresholds, turns := packdiff.Of(p, ferry(t, c.oldnew...)).Turning()
		require.Equal(t, c.any, turns, c.oldnew)
		require.Equal(t, c.rules, names, c.oldnew)
		if c.oldnew[0] == "value: 40" {
			require.Equal(t, []string{"storm", "storm"}, thresholds)
		}
	}
}

// A case of another schema is read from the file that it would be written to; one that
// does not tell packs apart is no witness.
func TestTranslateAndShow(t *testing.T) {
	p, q := ferry(t), ferry(t, "value: 40", "value: 45")
	c := p.Tests[0].Case
	r := packdiff.Translate(c, p.Schema, q.Schema)
	require.NotNil(t, r.Case)
	require.Same(t, q.Schema.Type("Weather"), r.Case.Facts[0].Type)
	r = packdiff.Translate(c, p.Schema, ferry(t, "passengers", "people").Schema)
	require.Nil(t, r.Case)
	require.NotEmpty(t, r.Err)

	_, _, err := packdiff.Shown(context.Background(), q.Tests[0].Case, p, q, runOf(engine.Compile(p), engine.Compile(q)))
	require.ErrorContains(t, err, "does not tell the packs apart")
}

// Each threshold of the shipped pack at either end of what is plausible: a case is found
// that the packs answer differently, or in which they conclude something else, as shown
// by running it again from its file; or none is, within the bounds that are told.
func TestWitnessOfEachThreshold(t *testing.T) {
	p := shipped(t)
	program := engine.Compile(p)
	var starts []search.Start
	for _, r := range realCases(t, p) {
		starts = append(starts, search.Start{Old: r.Case, New: r.Case})
	}
	for _, test := range p.Tests {
		starts = append(starts, search.Start{Old: test.Case, New: test.Case})
	}
	const budget = 1200
	var answers, conclusions, none int
	for i, th := range p.Thresholds {
		if th.Plausible == nil || th.Table != nil {
			continue
		}
		// One end of each, the low and the high one in turn: both take minutes under the race
		// detector.
		for n, end := range ends(*th.Plausible) {
			if end.Same(th.Value) || n != i%2 {
				continue
			}
			q := moved(p, th, end)
			newer := engine.Compile(q)
			d := packdiff.Of(p, q)
			require.Len(t, d.Changes, 1)
			_, thresholds, turns := d.Turning()
			require.True(t, turns)
			w, err := search.WitnessOf(context.Background(), program, newer, starts, search.WitnessOptions{Thresholds: thresholds, Runs: budget})
			require.NoError(t, err)
			require.LessOrEqual(t, w.Bounds.Runs, budget)
			if w.New == nil {
				none++
				require.NotZero(t, w.Bounds.Begun)
				t.Logf("none for %s at %s: %+v", th.Name, th.Type.FormatUnit(end), w.Bounds)
				continue
			}
			text, c, err := packdiff.Shown(context.Background(), w.New, p, q, runOf(program, newer))
			require.NoError(t, err, th.Name)
			require.NotEmpty(t, text)
			if w.Answer {
				answers++
				require.Equal(t, packdiff.Answer, c.Differs, th.Name)
			} else {
				conclusions++
				require.Equal(t, packdiff.Conclusions, c.Differs, th.Name)
				t.Logf("a conclusion alone for %s at %s", th.Name, th.Type.FormatUnit(end))
			}
		}
	}
	t.Logf("%d with another answer, %d with another conclusion, %d with none", answers, conclusions, none)
	require.GreaterOrEqual(t, answers, 12)
	require.LessOrEqual(t, none, 2)
}

func ends(v facts.Value) []facts.Value {
	if v.Kind() == facts.Number {
		lo, hi := v.Bounds()
		return []facts.Value{facts.NumberOf(lo), facts.NumberOf(hi)}
	}
	lo, hi := v.Ends()
	return []facts.Value{facts.Between(v.Kind(), lo, lo), facts.Between(v.Kind(), hi, hi)}
}
