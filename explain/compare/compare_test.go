package compare_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/engine/enginetest"
	"truce/engine/trace"
	"truce/explain/compare"
	"truce/facts"
	"truce/rules"
	"truce/rules/iran"
)

func run(p *rules.Pack, c *facts.Case) (*trace.Trace, error) {
	return set(p, c, "", facts.Value{})
}

// set is a run with a threshold set, where one is named.
func set(p *rules.Pack, c *facts.Case, threshold string, v facts.Value) (*trace.Trace, error) {
	s := engine.Compile(p).NewSession(engine.Options{Limits: engine.Limits{Facts: 400, Justifications: 4000, Work: 2_000_000}})
	if err := s.Load(c); err != nil {
		return nil, err
	}
	if threshold != "" {
		if err := s.SetThreshold(threshold, v); err != nil {
			return nil, err
		}
	}
	if err := s.Run(context.Background()); err != nil {
		return nil, err
	}
	return s.Trace()
}

func ferry(t testing.TB, oldnew ...string) *rules.Pack {
	text, err := os.ReadFile("../../testdata/packs/ferry/pack.yaml")
	require.NoError(t, err)
	for i := 0; i < len(oldnew); i += 2 {
		require.Contains(t, string(text), oldnew[i])
	}
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: strings.NewReplacer(oldnew...).Replace(string(text))}}, rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

const calm = `
case: calm
title: Does it sail?
as_of: 2024-05-06
facts:
  Weather: {wind: {value: 20, known_on: 2024-05-05}}
  Deck: {passengers: 200}
  Warning: [{id: radio, strong: false}]
complete: [Warning]
`

func read(t testing.TB, p *rules.Pack, oldnew ...string) *facts.Case {
	for i := 0; i < len(oldnew); i += 2 {
		require.Contains(t, calm, oldnew[i])
	}
	c, ds := facts.ReadCase("calm.yaml", []byte(strings.NewReplacer(oldnew...).Replace(calm)), p.Schema, facts.ReadOptions{Labels: p.Labels()})
	require.NoError(t, ds.Err())
	return c
}

func traced(t testing.TB, p *rules.Pack, c *facts.Case) *trace.Trace {
	tr, err := run(p, c)
	require.NoError(t, err)
	return tr
}

// kinds are the steps of a path, shortly.
func kinds(f compare.Fact) []string {
	var out []string
	for _, s := range f.Path {
		out = append(out, s.Kind+" "+s.Text)
	}
	return out
}

func TestTwoCases(t *testing.T) {
	p := ferry(t)
	a, b := traced(t, p, read(t, p)), traced(t, p, read(t, p, "value: 20", "value: 50"))
	d := compare.Of(a, b)
	require.False(t, d.SameAnswer)
	require.Len(t, d.Goal, 1)
	require.Equal(t, []string{"rule Verdict", "condition w.wind > threshold.storm", "field Weather.wind"}, kinds(d.Goal[0]))
	require.Equal(t, "false true", d.Goal[0].Path[1].A.Truth+" "+d.Goal[0].Path[1].B.Truth)
	require.Equal(t, []string{"value each = d.passengers / w.wind", "field Weather.wind"}, kinds(d.Facts[0]))
	require.Equal(t, []string{"each"}, d.Facts[0].Fields)
	require.Len(t, d.Inputs, 1)
	require.Empty(t, d.Thresholds)

	// a fact that counted on one side
	d = compare.Of(a, traced(t, p, read(t, p, "strong: false", "strong: true")))
	require.Equal(t, []string{"rule Verdict", "condition any(Warning, .strong)", "field Warning(radio).strong"}, kinds(d.Goal[0]))
	d = compare.Of(a, traced(t, p, read(t, p, "{id: radio, strong: false}", "{id: radio, strong: false}, {id: word, strong: true}")))
	require.Equal(t, []string{"rule Verdict", "condition any(Warning, .strong)", "member Warning(word)"}, kinds(d.Goal[0]))
}

func TestTwoDatesAndThresholds(t *testing.T) {
	p := ferry(t)
	c := read(t, p)
	early := *c
	early.AsOf -= 5
	a := traced(t, p, c)
	d := compare.Of(a, traced(t, p, &early))
	require.False(t, d.SameAnswer)
	last := d.Goal[0].Path[len(d.Goal[0].Path)-1]
	require.Equal(t, "field Weather.wind known only later", last.Kind+" "+last.Text+" "+last.B.Says)

	low, err := set(p, c, "storm", facts.NumberOf(10))
	require.NoError(t, err)
	d = compare.Of(a, low)
	require.Len(t, d.Thresholds, 1)
	require.Equal(t, []string{"rule Verdict", "condition w.wind > threshold.storm", "threshold threshold.storm"}, kinds(d.Goal[0]))
}

func TestTwoPacks(t *testing.T) {
	p := ferry(t)
	a := traced(t, p, read(t, p))
	q := ferry(t, "=d.passengers / w.wind", "=2 * d.passengers / w.wind")
	d := compare.Of(a, traced(t, q, read(t, q)))
	require.True(t, d.SameAnswer)
	require.Empty(t, d.Goal)
	require.Equal(t, []string{"value each = d.passengers / w.wind", "text crowding"}, kinds(d.Facts[0]))
	require.Equal(t, "2 * d.passengers / w.wind", d.Facts[0].Path[1].B.Says)

	q = ferry(t, "- rule: crowding", "- rule: crush")
	d = compare.Of(a, traced(t, q, read(t, q)))
	require.Equal(t, "crowding crush", d.OnlyA[0]+" "+d.OnlyB[0])
}

// Of generated packs: a run does not differ from itself; of two runs the facts listed
// are those that differ, from either side; and where one field of the case is all that
// differs, every path ends there.
func TestGeneratedPacks(t *testing.T) {
	ended, paths := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		g := enginetest.Pack(t, enginetest.Options{})
		p, ds := rules.Load(g.Files(g.InOrder()), rules.Options{})
		require.NoError(t, ds.Err())
		c := enginetest.Case(t, p.Schema)
		a, err := run(p, c)
		if err != nil || len(c.Facts) == 0 {
			return
		}
		self := compare.Of(a, a)
		require.True(t, self.SameAnswer)
		require.Empty(t, self.Goal)
		require.Empty(t, self.Facts)
		require.Empty(t, self.Inputs)

		i := rapid.IntRange(0, len(c.Facts)-1).Draw(t, "fact")
		f := rapid.SampledFrom(c.Facts[i].Type.Fields).Draw(t, "field")
		other := *c
		other.Facts = slices.Clone(c.Facts)
		changed := *c.Facts[i]
		changed.Data = slices.Clone(changed.Data)
		changed.Data[f.Index].Value = enginetest.Inside(t, f.Type, f.Type.Unknown())
		other.Facts[i] = &changed
		b, err := run(p, &other)
		if err != nil {
			return
		}
		d, back := compare.Of(a, b), compare.Of(b, a)
		require.ElementsMatch(t, names(d), names(back))
		require.Equal(t, d.Same, back.Same)
		require.LessOrEqual(t, len(d.Inputs), 1)
		for _, fact := range slices.Concat(d.Goal, d.Facts) {
			require.NotEmpty(t, d.Inputs, "nothing that is stated differs")
			paths++
			if n := len(fact.Path); n > 0 && fact.Path[n-1].Kind == "field" {
				require.Contains(t, fact.Path[n-1].Text, f.Name)
				ended++
			}
		}
	})
	t.Logf("%d of %d paths end at the field that was changed", ended, paths)
	require.Greater(t, ended*10, paths*9)
}

func names(d *compare.Document) []string {
	var list []string
	for _, f := range slices.Concat(d.Goal, d.Facts) {
		list = append(list, f.Fact)
	}
	return list
}

// Every two neighbouring cases of the shipped pack can be compared, and every
// conclusion that differs has a path.
func TestShippedCases(t *testing.T) {
	p, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.NoError(t, ds.Err())
	files, err := filepath.Glob("../../testdata/cases/*.yaml")
	require.NoError(t, err)
	var before *trace.Trace
	paths := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		c, ds := facts.ReadCase(filepath.Base(file), text, p.Schema, facts.ReadOptions{Labels: p.Labels()})
		require.NoError(t, ds.Err())
		tr := traced(t, p, c)
		if before != nil {
			d := compare.Of(before, tr)
			for _, f := range slices.Concat(d.Goal, d.Facts) {
				require.NotEmpty(t, f.Path, "%s: %s", file, f.Fact)
				last := f.Path[len(f.Path)-1]
				require.Contains(t, []string{"field", "member", "date"}, last.Kind, "%s: %s ends at %s", file, f.Fact, last.Text)
				paths++
			}
			_, err := json.Marshal(d)
			require.NoError(t, err)
		}
		before = tr
	}
	require.Greater(t, paths, 500)
}

func BenchmarkCompare(b *testing.B) {
	p, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.NoError(b, ds.Err())
	var ts []*trace.Trace
	for _, id := range []string{"2013-jpoa", "2015-jcpoa-text"} {
		text, err := os.ReadFile("../../testdata/cases/" + id + ".yaml")
		require.NoError(b, err)
		c, ds := facts.ReadCase(id, text, p.Schema, facts.ReadOptions{Labels: p.Labels()})
		require.NoError(b, ds.Err())
		ts = append(ts, traced(b, p, c))
	}
	b.ReportAllocs()
	for b.Loop() {
		compare.Of(ts[0], ts[1])
	}
}
