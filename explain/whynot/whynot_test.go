package whynot

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/engine/trace"
	"truce/explain"
	"truce/facts"
	"truce/rules"
	"truce/rules/iran"
)

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

func shipped(t testing.TB) *rules.Pack {
	p, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

func read(t testing.TB, p *rules.Pack, name, text string) *trace.Trace {
	c, ds := facts.ReadCase(name, []byte(text), p.Schema, facts.ReadOptions{Labels: p.Labels()})
	require.NoError(t, ds.Err())
	tr, err := run(p, c)
	require.NoError(t, err)
	return tr
}

func cases(t testing.TB) []string {
	files, err := filepath.Glob("../../testdata/cases/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return files
}

func shippedCase(t testing.TB, p *rules.Pack, file string) *trace.Trace {
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	return read(t, p, filepath.Base(file), string(text))
}

func ask(t testing.TB, tr *trace.Trace, goal string) *Document {
	d, err := ByName(tr, goal, Options{})
	require.NoError(t, err)
	return d
}

// The conditions of the sea: a rule read by hand.
const sea = `
pack:
  name: sea
  version: 1.0.0
  doc: Whether a boat leaves.
  goal: {type: Course, field: value}
  labels: {left: {values: [sail], doc: It left.}}
units: {knot: a sea mile an hour, kg: weight}
facts:
  Weather:
    doc: The weather.
    fields:
      wind: {type: number, unit: knot, range: [0, 100], doc: Wind.}
      sea: {type: scale, levels: {calm: "", rough: "", wild: ""}, doc: Waves.}
      warned: {type: bool, doc: Somebody warned.}
  Load:
    count: many
    doc: What is on board.
    fields:
      kind: {type: enum, values: {fish: "", salt: ""}, doc: Which.}
      weight: {type: number, unit: kg, range: [0, 1000], doc: How heavy.}
  Buoy:
    count: many
    doc: A buoy.
    fields: {lit: {type: bool, doc: It has light.}}
  Ballast:
    concluded: true
    key: []
    doc: All weight.
    fields: {weight: {type: number, unit: kg, doc: Of all.}, enough: {type: bool, doc: Whether that does.}}
  Course:
    concluded: true
    key: []
    doc: The answer.
    fields: {value: {type: enum, values: {sail: "", wait: "", drift: ""}, doc: What it does.}}
thresholds:
  strong: {value: 30, unit: knot, plausible: [20, 40], basis: judgement, because: a test, doc: Too much.}
  least: {value: 500, unit: kg, plausible: [100, 900], basis: judgement, because: a test, doc: Steady.}
rules:
  - rule: ballast
    when:
      - total: sum(filter(Load, .kind == "salt"), .weight)
    then:
      - conclude: Ballast
        with: {weight: =total, enough: =total >= threshold.least}
tables:
  - table: course
    hit: first
    when: [w: Weather, b: Ballast]
    conclude: Course
    rows:
      - row: storm
        when: [w.wind > threshold.strong or w.sea == "wild"]
        with: {value: wait}
      - row: leave
        when: [b.enough, not w.warned, 'any(Buoy, .lit)']
        with: {value: sail}
      - row: otherwise
        with: {value: wait}
report:
  answer: {sail: it leaves, wait: it waits, drift: it drifts}
  disclaimer: This explains the rules, not the sea.
`

func seaPack(t testing.TB) *rules.Pack {
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: sea}}, rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

const harbour = `
case: harbour
title: Does it leave?
as_of: 2024-05-06
facts:
  Weather: {wind: 35, sea: rough}
  Load:
    - {id: a, kind: salt, weight: 200}
    - {id: b, kind: fish, weight: 250}
  Buoy:
    - {id: north, lit: false}
`

func TestWhyNot(t *testing.T) {
	d := ask(t, read(t, seaPack(t), "harbour.yaml", harbour), "sail")
	g := d.Goals[0]
	require.Equal(t, "Course(value = sail)", g.Goal)
	require.Equal(t, "cannot hold", g.Status)
	require.Equal(t, "wait", g.Instead[0].Fields[0].Value.Value.Text())
	require.Len(t, g.Rules, 1)
	require.Equal(t, []string{"course/storm", "course/otherwise"}, []string{g.Never[0].Rule, g.Never[1].Rule})

	in := g.Rules[0].Nearest[0]
	require.Equal(t, 3, in.False)
	require.Equal(t, 1, in.Unknown, "what nobody said is unknown and not false")
	texts := map[string]Blocker{}
	for _, b := range in.Blockers {
		texts[b.Text] = b
	}
	require.Equal(t, "storm", texts["w.wind > threshold.strong"].NotRow)
	require.False(t, texts["w.wind > threshold.strong"].Wanted)
	need := texts["w.wind > threshold.strong"].Ways[0].Needs[0]
	require.Equal(t, "Weather.wind at most 30 knot", need.Name+" "+need.Values.Text)
	require.Equal(t, "threshold.strong", texts["w.wind > threshold.strong"].Ways[1].Needs[0].Name)
	require.Equal(t, "unknown", texts["w.warned"].Truth)
	require.Equal(t, "false", texts["w.warned"].Ways[0].Needs[0].Values.Text)
	require.Equal(t, "absent", texts["w.warned"].Ways[0].Needs[0].Origin)
	lit := texts["any(Buoy, .lit)"].Ways
	require.Equal(t, "Buoy(north).lit", lit[0].Needs[0].Name)
	require.Equal(t, "more", lit[1].Needs[0].Kind)

	// the ballast is followed: what it would take is said of each part of the sum
	follow := texts["b.enough"].Ways[0].Needs[0].Goal
	require.Equal(t, "Ballast(enough = true)", follow)
	var ballast *Goal
	for _, g := range d.Goals {
		if g.Goal == follow {
			ballast = g
		}
	}
	b := ballast.Rules[0].Nearest[0]
	require.Equal(t, "enough = false", b.Concludes)
	ways := b.Blockers[0].Ways
	require.Equal(t, "Load(a).weight at least 500 kg", ways[0].Needs[0].Name+" "+ways[0].Needs[0].Values.Text)
	require.Len(t, ways, 3)
	more := ways[1].Needs[0]
	require.Equal(t, "Load kind salt weight at least 300 kg", more.Name+" kind "+more.Wants[0].Values.Text+" weight "+more.Wants[1].Values.Text)
	require.Equal(t, "threshold.least", ways[2].Needs[0].Name)
}

func TestNoRuleCan(t *testing.T) {
	tr := read(t, seaPack(t), "harbour.yaml", harbour)
	require.Contains(t, ask(t, tr, "drift").Goals[0].NoRule, "no rule can conclude this")
	g := ask(t, tr, "Buoy(south)").Goals[0]
	require.True(t, g.Stated)
	require.Equal(t, "cannot hold", g.Status)
	require.Equal(t, "holds", ask(t, tr, "wait").Goals[0].Status)
	require.Empty(t, ask(t, tr, "wait").Goals[0].Rules)
}

func TestGoalsThatAreNone(t *testing.T) {
	tr := read(t, seaPack(t), "harbour.yaml", harbour)
	for text, says := range map[string]string{
		"sial":                            "did you mean sail?",
		"Corse(value = sail)":             "did you mean Course?",
		"Course(valu = sail)":             "did you mean value?",
		"Course(value = sali)":            "did you mean sail?",
		"Course(value > sail)":            "has no order",
		"Course(value = sail":             "no closing bracket",
		"Ballast(weight = heavy)":         "cannot be",
		"Ballast(weight > 3, weight < 2)": "no value",
		"Ballast(3)":                      "says nothing",
		"Course(value = unknown)":         "unknown is not a value",
	} {
		_, err := Parse(tr, text)
		require.ErrorContains(t, err, says, text)
	}
}

// What is asked of a text can be asked again.
func TestTextGoals(t *testing.T) {
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: strings.NewReplacer(
		"wind: {type: number, unit: knot, range: [0, 100], doc: Wind.}", "wind: {type: number, unit: knot, range: [0, 100], doc: Wind.}\n      told: {type: text, doc: What the radio said.}",
		"[b.enough, ", `[b.enough, 'w.told contains "go"', `).Replace(sea)}}, rules.Options{})
	require.NoError(t, ds.Err())
	tr := read(t, p, "harbour.yaml", strings.Replace(harbour, "sea: rough", `sea: rough, told: "stay"`, 1))
	in := ask(t, tr, "sail").Goals[0].Rules[0].Nearest[0]
	found := false
	for _, b := range in.Blockers {
		if b.Text == `w.told contains "go"` {
			found = true
			require.Equal(t, `containing "go"`, b.Ways[0].Needs[0].Values.Text)
		}
	}
	require.True(t, found)
	again, err := Parse(tr, `Weather(told containing "go")`)
	require.NoError(t, err)
	require.Equal(t, `Weather(told containing "go")`, again.String())
	_, err = Parse(tr, `Weather(wind containing "go")`)
	require.ErrorContains(t, err, "is no text")
}

func TestRivals(t *testing.T) {
	r := RivalsOf(read(t, seaPack(t), "harbour.yaml", harbour), Options{})
	require.Equal(t, []string{"sail", "drift"}, []string{r.Rivals[0].Value, r.Rivals[1].Value})
	require.Equal(t, "course/leave", r.Rivals[0].Rule)
	require.Len(t, r.Rivals[0].Best.Blockers, 4)
	require.Nil(t, r.Rivals[1].Best)
	p := shipped(t)
	for _, file := range cases(t) {
		tr := shippedCase(t, p, file)
		for _, r := range RivalsOf(tr, Options{}).Rivals {
			require.NotNil(t, r.Best, "%s: %s", file, r.Value)
			require.NotEmpty(t, r.Best.Blockers, "%s: %s", file, r.Value)
		}
	}
}

// Beyond its budget a search says so, and what it shows is what it found.
func TestBoundOnly(t *testing.T) {
	tr := read(t, seaPack(t), "harbour.yaml", harbour)
	goal, err := Parse(tr, "sail")
	require.NoError(t, err)
	r := Of(tr, goal, Options{Budget: 1}).Goals[0].Rules[0]
	require.True(t, r.BoundOnly)
	require.Len(t, r.Nearest, 1)
	require.LessOrEqual(t, r.AtLeast, len(r.Nearest[0].Blockers))
}

// largestCase is the run of the shipped pack with the most justifications.
func largestCase(b *testing.B) (*rules.Pack, *trace.Trace) {
	p := shipped(b)
	var largest *trace.Trace
	for _, file := range cases(b) {
		if tr := shippedCase(b, p, file); largest == nil || len(tr.Justifications) > len(largest.Justifications) {
			largest = tr
		}
	}
	return p, largest
}

// The proof of the answer, beside why-not over the same run.
func BenchmarkWhy(b *testing.B) {
	_, largest := largestCase(b)
	b.ReportAllocs()
	for b.Loop() {
		explain.OfAnswer(largest, explain.Options{})
	}
}

func BenchmarkWhyNot(b *testing.B) {
	p, largest := largestCase(b)
	for _, value := range p.Goal.Field.Type.Names.List {
		b.Run(value, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Of(largest, GoalValue(largest, value), Options{})
			}
		})
	}
	b.Run("rivals", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			RivalsOf(largest, Options{})
		}
	})
}
