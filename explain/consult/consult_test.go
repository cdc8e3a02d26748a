package consult_test

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/engine/enginetest"
	"truce/explain/consult"
	"truce/explain/report"
	"truce/explain/search"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
)

// A ferry sails unless the wind forbids it; in fog the sea decides, and somebody's
// warning turns it back.
const ferry = `
pack:
  name: ferry
  version: "1"
  doc: Whether a ferry sails.
  goal: {type: Course, field: value}
  labels: {left: {values: [sail], doc: d}, stayed: {values: [wait], doc: d}}
units: {knot: speed at sea}
qualities:
  measured: {mark: reported, doc: Read from an instrument.}
facts:
  Weather:
    doc: The weather.
    fields:
      wind: {type: number, unit: knot, range: [0, 150], step: 1, doc: The wind., window: today, asked: the harbour master}
      sea: {type: scale, levels: {calm: flat, rough: waves, high: breakers}, doc: The sea.}
      fog: {type: bool, doc: Fog.}
      mood: {type: text, doc: What it feels like.}
  Warning:
    count: open
    doc: A warning.
    fields: {strong: {type: bool, doc: Whether it is strong.}}
  Course:
    concluded: true
    key: []
    doc: What it does.
    fields: {value: {type: enum, values: [sail, wait], doc: d}}
tables:
  - table: course
    hit: first
    when: [w: Weather]
    conclude: Course
    rows:
      - {row: wind, when: [w.wind >= 40], with: {value: wait}}
      - {row: blind, when: [w.fog, 'w.sea >= "rough"'], with: {value: wait}}
      - {row: warned, when: ['any(Warning, .strong)'], with: {value: wait}}
      - {row: otherwise, with: {value: sail}}
report:
  answer: {sail: it sails, wait: it waits}
  disclaimer: This explains the rules, not the sea.
`

func ferryPack(t require.TestingT, change ...string) *rules.Pack {
	text := strings.NewReplacer(change...).Replace(ferry)
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: text}}, rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

func ask(t require.TestingT, c *consult.Consultation, want string) *consult.Question {
	q, err := c.Ask(context.Background())
	require.NoError(t, err)
	if want == "" {
		require.Nil(t, q)
		return nil
	}
	require.NotNil(t, q, want)
	require.Equal(t, want, q.Name)
	return q
}

func code(t require.TestingT, err error) string {
	var ds source.Diagnostics
	require.ErrorAs(t, err, &ds)
	return ds[0].Code
}

// The questions of one consultation, in their order, with each kind of answer.
func TestOrder(t *testing.T) {
	p := ferryPack(t)
	c := consult.New(engine.Compile(p), &facts.Case{ID: "ferry", Title: "Does it sail?"}, consult.Options{Quality: "measured"})

	// The wind settles it where it is strong; fog and sea do so only together.
	q := ask(t, c, "Weather.wind")
	require.Equal(t, 1, c.Number())
	require.Equal(t, []string{"sail", "wait"}, q.Open.Values)
	require.Len(t, q.Price.Cells, 2)
	require.Equal(t, "F010", code(t, c.Answer("strong")))
	require.Equal(t, "F017", code(t, c.Answer("151")))
	require.Equal(t, "F018", code(t, c.Answer("20..10")))
	require.NoError(t, c.Answer("20..30"))
	require.Equal(t, 1, c.Answered())

	q = ask(t, c, "Weather.sea")
	require.Nil(t, q.Price)
	require.Equal(t, []consult.Level{{Name: "calm", Doc: "flat"}, {Name: "rough", Doc: "waves"}, {Name: "high", Doc: "breakers"}}, q.Levels)
	require.NoError(t, c.Answer("rough..high"))
	ask(t, c, "Weather.fog")
	require.NoError(t, c.Answer("no"))
	q = ask(t, c, "Warning")
	require.True(t, q.List)
	require.True(t, q.Complete.Settled)
	require.Equal(t, "F013", code(t, c.Answer("perhaps")))
	require.NoError(t, c.Answer("yes"))
	ask(t, c, "")
	require.Equal(t, consult.Settled, c.End())

	// Back and back again, and the same questions come.
	require.True(t, c.Back())
	ask(t, c, "Warning")
	require.NoError(t, c.Leave())
	ask(t, c, "")
	require.Equal(t, consult.Asked, c.End())
	for range 4 {
		require.True(t, c.Back())
	}
	require.False(t, c.Back())
	require.Empty(t, c.Case().Facts)
	ask(t, c, "Weather.wind")
	require.NoError(t, c.Answer("UNKNOWN"))
	require.Zero(t, c.Answered())
}

// An interval can only be narrowed, and what the case said stays in the note.
func TestNarrowing(t *testing.T) {
	p := ferryPack(t)
	k, ds := facts.ReadCase("case.yaml", []byte(`
case: hazy
title: Does it sail?
as_of: 2020-01-01
facts:
  Weather:
    wind: {low: 30, high: 50, source: the log, quality: measured}
    fog: {value: true, known_on: 2020-02-01}
`), p.Schema, facts.ReadOptions{})
	require.NoError(t, ds.Err())
	c := consult.New(engine.Compile(p), k, consult.Options{})
	ask(t, c, "Weather.wind")
	require.Equal(t, "N831", code(t, c.Answer("20")))
	require.Equal(t, "N831", code(t, c.Answer("40..60")))
	require.NoError(t, c.Answer("35"))
	f := c.Case().Facts[0]
	require.Equal(t, "asked anew; the case had 30 to 50 knot; source: the log; quality: measured", f.Data[0].Note)
	require.Empty(t, f.Data[0].Quality+f.Data[0].Source)
	ask(t, c, "Weather.sea")
	require.NoError(t, c.Leave())
	q := ask(t, c, "Weather.fog")
	require.True(t, q.Later.Value.True(), "the case gives it, and nobody could know")
	require.True(t, k.Facts[0].Data[0].Value.IsInterval(), "the case that was given is as it was")
}

// What no rule runs without comes first, and cannot be left out.
func TestExact(t *testing.T) {
	p := ferryPack(t, "doc: Fog.", "exact: true, doc: Fog.")
	c := consult.New(engine.Compile(p), &facts.Case{ID: "ferry", Title: "Does it sail?"}, consult.Options{})
	q := ask(t, c, "Weather.fog")
	require.True(t, q.Must)
	require.Equal(t, "N832", code(t, c.Leave()))
	require.Equal(t, "N832", code(t, c.Answer("unknown")))
	require.NoError(t, c.Answer("true"))
	ask(t, c, "Weather.wind")
}

// What the pack assumes is asked for on request, in the end, and only where another
// value would change the answer; to leave it is to leave the assumption.
func TestAssumed(t *testing.T) {
	p := ferryPack(t, "tables:\n", "assumptions:\n  - {field: Weather.fog, value: false, because: fog is rare}\n"+
		"  - {field: Weather.sea, value: rough, because: it is mostly so}\ntables:\n")
	k := &facts.Case{ID: "ferry", Title: "Does it sail?", Complete: []string{"Warning"}}
	for _, asked := range []bool{false, true} {
		c := consult.New(engine.Compile(p), k, consult.Options{Assumed: asked})
		ask(t, c, "Weather.wind")
		require.NoError(t, c.Answer("10"))
		if !asked {
			ask(t, c, "")
			continue
		}
		q := ask(t, c, "Weather.fog")
		require.Equal(t, "fog is rare", q.Assumed)
		require.Equal(t, 1, q.Price.Worst)
		require.NoError(t, c.Leave())
		ask(t, c, "")
		require.True(t, c.Back())
		ask(t, c, "Weather.fog")
		require.NoError(t, c.Answer("true"))
		require.Equal(t, []string{"wait"}, []string{ask(t, c, "Weather.sea").Open.Values[0]})
		require.NoError(t, c.Answer("calm"))
		ask(t, c, "")
		require.Equal(t, consult.Settled, c.End())
		require.Equal(t, "sail", c.Trace().Answer.Values[0].Value)
	}
}

func TestTexts(t *testing.T) {
	p := ferryPack(t)
	c := consult.New(engine.Compile(p), &facts.Case{ID: "ferry", Title: "Does it sail?"}, consult.Options{})
	var b bytes.Buffer
	show := func(name string) string {
		q := ask(t, c, name)
		b.Reset()
		require.NoError(t, q.Text(&b, c.Number(), report.Style{Width: 80}))
		require.NoError(t, q.WhyText(&b, report.Style{Width: 80}))
		return b.String()
	}
	require.Equal(t, `1. Weather.wind
  The wind.
  Window: today
  Who would know: the harbour master
  Answer: a number in knot, 0 to 150; low..high for an interval
  Of 2 answers that can hold now, it leaves from 1 to 2.
  Now: open between sail, wait. Once it is known:
    0 to 39 knot    open between sail, wait
    40 to 150 knot  settled on wait
  Rules that read it:
    course/wind: w.wind >= 40 pack.yaml:34:28
`, show("Weather.wind"))
	require.NoError(t, c.Answer("3"))
	require.Equal(t, `2. Weather.sea
  The sea.
  Answer, lowest first; low..high for an interval:
    calm   flat
    rough  waves
    high   breakers
  Alone it changes nothing; together with others it may.
  Whatever it is, the rest as it is: open between sail, wait. It leaves the
    answer open together with other values.
  Rules that read it:
    course/blind: w.sea >= "rough" pack.yaml:35:37
`, show("Weather.sea"))
	require.NoError(t, c.Answer("rough"))
	ask(t, c, "Weather.fog")
	require.NoError(t, c.Answer("no"))
	require.Equal(t, `4. Does the case list every Warning?
  A warning.
  Answer: yes, or no where there may be more.
  If it does: settled on sail.
  As it is: open between sail, wait. If the case lists all: settled on sail.
  Rules that read it:
    course/warned: any(Warning, .strong) pack.yaml:36:31
`, show("Warning"))

	r := c.Record()
	require.Equal(t, consult.Stopped, r.End)
	text, err := json.Marshal(r)
	require.NoError(t, err)
	var doc struct {
		Format string
		Steps  []struct {
			Name   string
			Answer struct{ Value any }
		}
	}
	require.NoError(t, json.Unmarshal(text, &doc))
	require.Equal(t, consult.Format, doc.Format)
	require.Len(t, doc.Steps, 3)
	require.Equal(t, "rough", doc.Steps[1].Answer.Value)
}

// A consultation over any pack comes to its end; the first question is the one that
// price puts first; going back gives the case back; and what it ends with is the case
// that its answers give, as a file would read it.
func TestAnyConsultation(t *testing.T) {
	settled, asked := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		g := enginetest.Pack(t, enginetest.Options{})
		p, ds := rules.Load(g.Files(g.InOrder()), rules.Options{})
		require.NoError(t, ds.Err())
		start := enginetest.Case(t, p.Schema)
		program := engine.Compile(p)
		o := search.Options{Runs: 2000, Limits: engine.Limits{Facts: 400, Justifications: 4000, Work: 2_000_000}}
		c := consult.New(program, start, consult.Options{Search: o})
		names := map[string]bool{}
		for {
			s, err := search.New(context.Background(), program, c.Case(), o)
			if err != nil {
				return // no answer, or answers that fail
			}
			prices, err := s.Price(context.Background())
			require.NoError(t, err)
			q, err := c.Ask(context.Background())
			require.NoError(t, err)
			if q == nil {
				break
			}
			require.False(t, names[q.Name], "%s is asked twice", q.Name)
			names[q.Name] = true
			first := slices.IndexFunc(prices.Unknown, func(x search.Price) bool { return x.Name == q.Name || !names[x.Name] })
			if first >= 0 {
				require.Equal(t, prices.Unknown[first].Name, q.Name)
			}
			before := c.Case()
			switch {
			case rapid.IntRange(0, 3).Draw(t, "leave") == 0:
				require.NoError(t, c.Leave())
			case q.List:
				require.NoError(t, c.Answer(rapid.SampledFrom([]string{"yes", "no"}).Draw(t, "all")))
			default:
				v := enginetest.Inside(t, q.Now.Type, q.Now.Value)
				require.NoError(t, c.Answer(typed(q.Now.Type, v)), "%s: %s", q.Name, q.Now.Type.Format(v))
			}
			if rapid.IntRange(0, 4).Draw(t, "back") == 0 {
				require.True(t, c.Back())
				require.Same(t, before, c.Case())
				again, err := c.Ask(context.Background())
				require.NoError(t, err)
				require.Equal(t, q.Name, again.Name)
				require.NoError(t, c.Leave())
			}
		}
		if c.End() == consult.Settled {
			settled++
			require.True(t, c.Trace().Answer.Settled)
		} else {
			asked++
		}
		var b bytes.Buffer
		require.NoError(t, facts.WriteCase(&b, c.Case(), p.Schema))
	})
	t.Logf("%d settled, %d all asked", settled, asked)
	require.Positive(t, settled)
	require.Positive(t, asked)
}

// typed is a value as a person types it.
func typed(t facts.Type, v facts.Value) string {
	if !v.IsInterval() {
		return t.Format(v)
	}
	if v.Kind() == facts.Number {
		lo, hi := v.Bounds()
		return t.Format(facts.NumberOf(lo)) + ".." + t.Format(facts.NumberOf(hi))
	}
	lo, hi := v.Ends()
	return t.Format(facts.Between(v.Kind(), lo, lo)) + " to " + t.Format(facts.Between(v.Kind(), hi, hi))
}
