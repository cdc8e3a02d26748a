package cases

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/facts"
	"truce/rules"
)

var update = flag.Bool("update", false, "write the goldens anew")

func load(t *testing.T) *rules.Pack {
	t.Helper()
	p, ds := rules.LoadDir("../testdata/sea", rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

func answered(t *testing.T, p *rules.Pack, name string, groups []Group) Case {
	t.Helper()
	file := "../testdata/" + name + ".yaml"
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	c, ds := facts.ReadCase(filepath.Base(file), text, p.Schema, facts.ReadOptions{Labels: p.Labels()})
	require.NoError(t, ds.Err())
	s := engine.Compile(p).NewSession(engine.Options{})
	require.NoError(t, s.Load(c))
	require.NoError(t, s.Run(context.Background()))
	tr, err := s.Trace()
	require.NoError(t, err)
	return Answered(tr, groups)
}

func TestOutcomes(t *testing.T) {
	goal := &rules.Goal{Labels: []rules.Label{{Name: "out", Values: []string{"sail", "sail-early"}}, {Name: "in", Values: []string{"wait"}}}}
	for name, c := range map[string]struct {
		c      Case
		want   Outcome
		second bool
	}{
		"settled on the label":                 {Case{Label: "out", Settled: true, Values: []string{"sail"}}, Right, false},
		"on another value of the same label":   {Case{Label: "out", Settled: true, Values: []string{"sail-early"}}, Right, false},
		"on another label":                     {Case{Label: "in", Settled: true, Values: []string{"sail"}}, Wrong, false},
		"on the second label":                  {Case{Label: "in", Second: "out", Settled: true, Values: []string{"sail"}}, Wrong, true},
		"open, with the label":                 {Case{Label: "in", Values: []string{"sail", "wait"}}, OpenWith, false},
		"open, all values of the right label":  {Case{Label: "out", Values: []string{"sail", "sail-early"}}, OpenWith, false},
		"open, without it":                     {Case{Label: "in", Second: "out", Values: []string{"sail", "sail-early"}}, OpenWithout, false},
		"one value that need not hold":         {Case{Label: "in", Values: []string{"wait"}, NoneCanHold: true}, OpenWith, false},
		"an error":                             {Case{Label: "in", Error: "N003: two answers"}, Failure, false},
		"no label":                             {Case{Settled: true, Values: []string{"wait"}}, Unlabelled, false},
		"a value that counts as no label":      {Case{Label: "in", Settled: true, Values: []string{"drift"}}, Wrong, false},
		"an error of a case without any label": {Case{Error: "N003: two answers"}, Failure, false},
	} {
		r := rowOf(goal, nil, &c.c)
		require.Equal(t, c.want, r.Outcome, name)
		require.Equal(t, c.second, r.OnSecond, name)
	}
}

// Worked by hand from the formula, and known from tables.
func TestWilson(t *testing.T) {
	for _, c := range []struct {
		hits, of  int
		low, high float64
	}{
		{0, 10, 0, 0.27753},
		{1, 10, 0.01788, 0.40415},
		{5, 10, 0.23659, 0.76341},
		{10, 10, 0.72247, 1},
		{1, 1, 0.20655, 1},
		{7, 31, 0.11396, 0.39814},
	} {
		r := rate(c.hits, c.of)
		require.InDelta(t, c.low, r.Low, 1e-4, "%d of %d", c.hits, c.of)
		require.InDelta(t, c.high, r.High, 1e-4, "%d of %d", c.hits, c.of)
	}
	require.Equal(t, Rate{}, rate(0, 0))
}

// The interval holds the share, and its ends are where the test at its level turns:
// z squared times p(1-p)/n is the squared distance from the share.
func TestWilsonIsWhereTheTestTurns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 500).Draw(t, "of")
		k := rapid.IntRange(0, n).Draw(t, "hits")
		r := rate(k, n)
		require.LessOrEqual(t, r.Low, r.Share+1e-12)
		require.GreaterOrEqual(t, r.High, r.Share-1e-12)
		for _, p := range []float64{r.Low, r.High} {
			require.InDelta(t, z95*z95*p*(1-p)/float64(n), math.Pow(r.Share-p, 2), 1e-9)
		}
		mirrored := rate(n-k, n)
		require.InDelta(t, 1-r.High, mirrored.Low, 1e-12)
	})
}

func TestParseGroup(t *testing.T) {
	p := load(t)
	g, err := ParseGroup(p.Schema, "Weather.waves=calm")
	require.NoError(t, err)
	require.Equal(t, Group{"Weather.waves is calm", "Weather.waves is another", "Weather", "waves", "calm"}, g)
	for text, want := range map[string]string{
		"Weather.waves":      `"Weather.waves" is not of the form Type.field=value`,
		"Weather=calm":       `"Weather=calm" is not of the form Type.field=value`,
		"Whether.waves=calm": `"Whether" is not a fact type of which a case has one`,
		"Sighting.what=log":  `"Sighting" is not a fact type of which a case has one`,
		"Total.points=1":     `"Total" is not a fact type of which a case has one`,
		"Boat.sail=1":        `Boat has no field "sail"; it has sound, rig`,
		"Boat.rig=cat":       `"cat" is not a value of Boat.rig`,
	} {
		_, err := ParseGroup(p.Schema, text)
		require.EqualError(t, err, want)
	}
}

func TestGroups(t *testing.T) {
	p := load(t)
	calm, err := ParseGroup(p.Schema, "Weather.waves=calm")
	require.NoError(t, err)
	sloop, err := ParseGroup(p.Schema, "Boat.rig=sloop")
	require.NoError(t, err)
	groups := []Group{calm, sloop}
	require.Equal(t, []bool{false, true}, answered(t, p, "haze", groups).In)
	require.Equal(t, []bool{true, false}, answered(t, p, "fair", groups).In, "a field that the case leaves out is in no group")
}

func TestScore(t *testing.T) {
	p := load(t)
	calm, err := ParseGroup(p.Schema, "Weather.waves=calm")
	require.NoError(t, err)
	groups := []Group{calm}
	list := []Case{answered(t, p, "storm", groups), answered(t, p, "haze", groups), answered(t, p, "fair", groups)}
	odd := Failed(&facts.Case{ID: "odd", Tier: "thin", Expected: &facts.Expected{Label: "out"}}, errors.New("N001: a fault\nwith more"), groups)
	list = append(list, odd)
	other := append([]Case(nil), list...)
	other[0] = Case{ID: "storm", Tier: "core", Label: "in", Second: "out", Settled: true, Values: []string{"sail"}, In: []bool{false}}
	other[1].Label = ""

	s := Of(Count("as it is", p, groups, list), Count("made up", p, groups, other))
	all := s.Variants[0].All
	require.Equal(t, 2, all.Right)
	require.Equal(t, 1, all.OpenWith)
	require.Equal(t, 1, all.Failed)
	require.Equal(t, Rate{2, 4, 0.5, all.Rate.Low, all.Rate.High}, all.Rate)
	require.Equal(t, "out", all.BaseLabel)
	require.Equal(t, 3, all.Base.Hits)
	require.Len(t, s.Variants[0].Tiers, 2)
	require.Equal(t, 1, s.Variants[1].All.OnSecond)
	require.Equal(t, 1, s.Variants[1].All.Unlabelled)
	require.Equal(t, 3, s.Variants[1].All.Rate.Of, "what has no label is in no rate")

	var text, doc bytes.Buffer
	require.NoError(t, s.Text(&text))
	golden(t, "score.txt", text.String())
	require.NoError(t, s.JSON(&doc))
	require.True(t, json.Valid(doc.Bytes()))
	golden(t, "score.json", doc.String())
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

func TestEmptyScore(t *testing.T) {
	p := load(t)
	var b bytes.Buffer
	require.NoError(t, Of(Count("nothing", p, nil, nil)).Text(&b))
	require.Contains(t, b.String(), "nothing")
	b.Reset()
	require.NoError(t, Of().Text(&b))
}

// However cases fall, each is in one count, and the rates are of what has a label.
func TestCountsAddUp(t *testing.T) {
	goal := rules.Goal{Labels: []rules.Label{{Name: "a", Values: []string{"p", "q"}}, {Name: "b", Values: []string{"r"}}}}
	p := &rules.Pack{Goal: goal}
	rapid.Check(t, func(t *rapid.T) {
		list := make([]Case, rapid.IntRange(0, 12).Draw(t, "cases"))
		for i := range list {
			list[i] = Case{Tier: rapid.SampledFrom([]string{"", "x", "y"}).Draw(t, "tier"),
				Label:   rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "label"),
				Settled: rapid.Bool().Draw(t, "settled"), Values: []string{"p", "q", "r"}, In: []bool{rapid.Bool().Draw(t, "in")}}
			if list[i].Settled {
				list[i].Values = []string{rapid.SampledFrom([]string{"p", "q", "r"}).Draw(t, "value")}
			}
		}
		v := Count("v", p, []Group{{Title: "in", Others: "out"}}, list)
		for _, part := range append([]Part{v.All}, v.Tiers...) {
			require.Equal(t, part.Cases, part.Right+part.Wrong+part.OpenWith+part.OpenWithout+part.Failed+part.Unlabelled)
			require.Equal(t, part.Rate.Of, part.Cases-part.Unlabelled)
			require.LessOrEqual(t, part.Rate.Hits, part.Rate.Of)
		}
		require.Equal(t, v.All.Cases, v.Groups[0].Cases+v.Groups[1].Cases)
	})
}
