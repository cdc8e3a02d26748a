package register_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/explain"
	"truce/explain/register"
	"truce/explain/report"
	"truce/explain/search"
	"truce/facts"
	"truce/rules"
)

var update = flag.Bool("update", false, "write the goldens anew")

func load(t *testing.T, dir string) *rules.Pack {
	t.Helper()
	p, ds := rules.LoadDir(dir, rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

// evenings are cases of the garden that its parameters decide in different ways.
func evenings(t *testing.T, p *rules.Pack) []*facts.Case {
	t.Helper()
	var list []*facts.Case
	for name, text := range map[string]string{
		"a-hot":     "{Soil: {feel: damp}, Sky: {heat: 33, rain: 0}}",
		"b-mild":    "{Soil: {feel: damp}, Sky: {heat: 27, rain: 0}}",
		"c-rain":    "{Soil: {feel: dust}, Sky: {heat: 31, rain: 9}}",
		"d-drizzle": "{Soil: {feel: dry}, Sky: {heat: 20, rain: 3}}",
		"e-ban":     "{Soil: {feel: dust}, Sky: {heat: 36, rain: 0}, Town: {ban: yes}}",
		"f-journey": "{Soil: {feel: damp}, Sky: {heat: 20, rain: 0}, Household: {away: 5}}",
		"g-open":    "{Sky: {heat: 26, rain: {low: 2, high: 4}}}",
	} {
		c, ds := facts.ReadCase(name+".yaml", []byte("case: "+name+"\ntitle: t\nas_of: 2024-07-01\nfacts: "+text+"\n"), p.Schema, facts.ReadOptions{})
		require.NoError(t, ds.Err())
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b *facts.Case) int { return strings.Compare(a.ID, b.ID) })
	return list
}

func build(t *testing.T, p *rules.Pack, cases []*facts.Case, o register.Options) *register.Register {
	t.Helper()
	r, err := register.Build(context.Background(), engine.Compile(p), cases, o)
	require.NoError(t, err)
	return r
}

func find(t *testing.T, r *register.Register, name string) *register.Parameter {
	t.Helper()
	i := slices.IndexFunc(r.Parameters, func(p *register.Parameter) bool { return p.Name == name })
	require.GreaterOrEqual(t, i, 0, name)
	return r.Parameters[i]
}

// answerOf is what the whole pack says of a case, after a change of the session.
func answerOf(t *testing.T, p *rules.Pack, c *facts.Case, change func(*engine.Session) error) (search.Answer, bool) {
	t.Helper()
	s := engine.Compile(p).NewSession(engine.Options{})
	require.NoError(t, s.Load(c))
	if change != nil && change(s) != nil {
		return search.Answer{}, false // a constraint of the pack forbids it
	}
	require.NoError(t, s.Run(context.Background()))
	tr, err := s.Trace()
	require.NoError(t, err)
	return search.AnswerOf(tr), true
}

// stands says whether an answer leaves open nothing that another does not.
func stands(then, was search.Answer) bool {
	if was.Settled && !then.Settled || then.NoneCanHold && !was.NoneCanHold {
		return false
	}
	return !slices.ContainsFunc(then.Values, func(v string) bool { return !slices.Contains(was.Values, v) })
}

// Each number is set to each point of its grid, in each case, on the whole pack: the
// stretch in which every answer stands, and the case behind each end, must be those of
// the register.
func TestReachAgainstEveryPoint(t *testing.T) {
	p := load(t, "../../testdata/packs/garden")
	cases := evenings(t, p)
	r := build(t, p, cases, register.Options{})
	var was []search.Answer
	for _, c := range cases {
		a, _ := answerOf(t, p, c, nil)
		was = append(was, a)
	}
	moved := 0
	check := func(name string, at facts.Value, reach *register.Reach, th *rules.Threshold, set func(*engine.Session, facts.Value) error) {
		grid := gridOf(th)
		falls := map[string]bool{}
		first := map[float64][]string{} // by point: the cases that do not stand there
		for _, x := range grid {
			for i, c := range cases {
				v := facts.NumberOf(x)
				if th.Type.Kind == facts.Integer {
					v = facts.IntegerOf(int64(x))
				}
				then, ok := answerOf(t, p, c, func(s *engine.Session) error { return set(s, v) })
				if ok && !stands(then, was[i]) {
					falls[c.ID] = true
					first[x] = append(first[x], c.ID)
				}
			}
		}
		if reach == nil {
			require.Empty(t, falls, name)
			return
		}
		moved++
		ids := []string{}
		for _, c := range cases {
			if falls[c.ID] {
				ids = append(ids, c.ID)
			}
		}
		require.Equal(t, ids, reach.Falls, name)
		home, _ := bounds(at)
		lo, hi := bounds(reach.Stands.Value)
		for _, x := range grid {
			require.Equal(t, x >= lo && x <= hi, len(first[x]) == 0 && between(first, grid, x, home), "%s at %v: %v", name, x, first[x])
		}
		if reach.Low != nil {
			x, _ := bounds(reach.Low.First.Value)
			require.Contains(t, first[x], reach.Low.Case, name)
		}
		if reach.High != nil {
			x, _ := bounds(reach.High.First.Value)
			require.Contains(t, first[x], reach.High.Case, name)
		}
	}
	for _, th := range p.Thresholds {
		par := find(t, r, th.Name)
		if th.Table == nil {
			check(th.Name, th.Value, par.Reach, th, func(s *engine.Session, v facts.Value) error { return s.SetThreshold(th.Name, v) })
			continue
		}
		if th.Plausible == nil {
			continue
		}
		for i, pt := range par.Points {
			check(th.Name+"."+pt.Level, th.Points[i], pt.Reach, th, func(s *engine.Session, v facts.Value) error { return s.SetPoint(th.Name, pt.Level, v) })
		}
	}
	require.Equal(t, 9, moved)
}

// between says that nothing falls on the way from x to the value as it is.
func between(first map[float64][]string, grid []float64, x, home float64) bool {
	for _, y := range grid {
		if y >= min(x, home) && y <= max(x, home) && len(first[y]) > 0 {
			return false
		}
	}
	return true
}

func gridOf(th *rules.Threshold) []float64 {
	lo, hi := bounds(*th.Plausible)
	var list []float64
	for i := 0; lo+float64(i)*max(th.Step, 0.25) <= hi; i++ {
		if x := lo + float64(i)*max(th.Step, 0.25); th.Type.Kind == facts.Number || x == float64(int64(x)) {
			list = append(list, x)
		}
	}
	return list
}

func bounds(v facts.Value) (lo, hi float64) {
	if v.Kind() == facts.Number {
		return v.Bounds()
	}
	a, b := v.Ends()
	return float64(a), float64(b)
}

// What rests on what, by the proofs; what an assumption and an extension change, by runs.
func TestCounts(t *testing.T) {
	p := load(t, "../../testdata/packs/garden")
	cases := evenings(t, p)
	r := build(t, p, cases, register.Options{})
	require.Equal(t, len(cases), r.Cases)
	rests := map[string][]string{}
	for _, c := range cases {
		s, err := search.New(context.Background(), engine.Compile(p), c, search.Options{})
		require.NoError(t, err)
		for _, th := range explain.OfAnswer(s.Trace(), explain.Options{}).Thresholds {
			rests[th.Name] = append(rests[th.Name], c.ID)
		}
	}
	for _, th := range p.Thresholds {
		require.ElementsMatch(t, rests[th.Name], find(t, r, th.Name).Rests, th.Name)
	}

	ban := find(t, r, "Town.ban")
	require.NotContains(t, ban.Used, "e-ban", "this case says so itself")
	require.Len(t, ban.Used, len(cases)-1)
	require.Equal(t, []string{"advice/ban"}, ban.Rules)
	for _, id := range ban.Falls {
		require.Contains(t, ban.Used, id)
	}
	require.Equal(t, []string{"a-hot", "d-drizzle", "f-journey"}, ban.Falls, "an open answer stands where it is settled on less")

	x := find(t, r, "X01")
	require.Equal(t, []string{"f-journey"}, x.Falls)
	require.Equal(t, []string{"advice/journey"}, x.Rules)
	require.Contains(t, x.Rests, "f-journey")
	require.Equal(t, []string{"leave"}, x.Changes[0].Then.Values)

	require.Equal(t, []string{"advice/dry"}, find(t, r, "enough").Rules, "rows behind it do not read what it asks")
	require.Equal(t, []string{"report/dryness"}, find(t, r, "enough").Lines)
}

// The register is the same however many cases are worked on at once, and each is told
// of once.
func TestAsManyAtOnceAsOneLikes(t *testing.T) {
	p := load(t, "../../testdata/packs/garden")
	cases := evenings(t, p)
	one := build(t, p, cases, register.Options{Workers: 1})
	var told []int
	many := build(t, p, cases, register.Options{Workers: 5, Progress: func(done, total int, _ string) {
		require.Equal(t, len(cases), total)
		told = append(told, done)
	}})
	require.Equal(t, one, many)
	require.Equal(t, []int{1, 2, 3, 4, 5, 6, 7}, told)
}

func TestGoldens(t *testing.T) {
	p := load(t, "../../testdata/packs/garden")
	r := build(t, p, evenings(t, p), register.Options{})
	var text, doc, table bytes.Buffer
	require.NoError(t, r.JSON(&doc))
	require.NoError(t, r.CSV(&table))
	r.ByWeight()
	require.NoError(t, r.Text(&text, report.Style{Width: 100}))
	golden(t, "garden.txt", text.Bytes())
	golden(t, "garden.json", doc.Bytes())
	golden(t, "garden.csv", table.Bytes())
	rows, err := csv.NewReader(&table).ReadAll()
	require.NoError(t, err)
	for _, row := range rows {
		require.Len(t, row, len(rows[0]))
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		require.NoError(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), string(got))
}

// Without cases all that the pack itself says is there, and nothing about answers.
func TestWithoutCases(t *testing.T) {
	p := load(t, "../../testdata/packs/garden")
	var b bytes.Buffer
	require.NoError(t, register.Of(p).Text(&b, report.Style{}))
	require.Contains(t, b.String(), "No case was run")
	require.Contains(t, b.String(), "Because: Leaves begin to hang in the afternoon.")
	require.NotContains(t, b.String(), "answers rest")
	b.Reset()
	require.NoError(t, register.Of(p).CSV(&b))
	require.Contains(t, b.String(), "points,soil_points,dry,1,point,")
}

// A case that the pack has no answer to counts for nothing, and is told.
func TestACaseWithoutAnswer(t *testing.T) {
	p := load(t, "../../testdata/packs/ferry")
	read := func(id, wind string) *facts.Case {
		c, ds := facts.ReadCase(id, []byte(fmt.Sprintf("case: %s\ntitle: t\nas_of: 2024-07-01\nfacts: {Weather: {wind: %s}, Deck: {passengers: 10}}\ncomplete: [Warning]\n", id, wind)),
			p.Schema, facts.ReadOptions{})
		require.NoError(t, ds.Err())
		return c
	}
	r := build(t, p, []*facts.Case{read("calm", "0"), read("fair", "20")}, register.Options{})
	require.Equal(t, 1, r.Cases)
	require.Len(t, r.Failed, 1)
	require.Equal(t, "calm", r.Failed[0].Case)
	require.Contains(t, r.Failed[0].Error, "zero")
}

func TestAContextThatEnds(t *testing.T) {
	p := load(t, "../../testdata/packs/garden")
	ctx, cancel := context.WithCancel(context.Background())
	_, err := register.Build(ctx, engine.Compile(p), evenings(t, p), register.Options{Workers: 2, Progress: func(done, _ int, _ string) {
		if done == 2 {
			cancel()
		}
	}})
	require.ErrorIs(t, err, context.Canceled)
}
