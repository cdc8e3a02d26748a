package whynot

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/rules"
)

// What would do is solved through every form of the language that can be turned
// around. The case has x = 4, y = 2, level low, parts of 1 and 3 that are on and of 5
// that is not.
func TestSolving(t *testing.T) {
	for line, want := range map[string][]string{
		"m.x > 10":                         {"M.x more than 10"},
		"m.x + m.y >= 10":                  {"M.x at least 8", "M.y at least 6"},
		"m.x - m.y > 7":                    {"M.x more than 9", "M.y less than -3"},
		"m.y - m.x > 7":                    {"M.y more than 11", "M.x less than -5"},
		"-m.x > 1":                         {"M.x less than -1"},
		"m.x * -2 > 4":                     {"M.x less than -2"},
		"m.x / 4 >= 3":                     {"M.x at least 12"},
		"max(m.x, m.y) > 6":                {"M.x more than 6", "M.y more than 6"},
		"min(m.x, m.y) > 3":                {"M.y more than 3"},
		"max(m.x, m.y) < 1":                {"M.x less than 1 and M.y less than 1"},
		"abs(m.x) > 5":                     {"M.x more than 5", "M.x less than -5"},
		"abs(m.x) < 3":                     {"M.x more than -3 and less than 3"},
		"floor(m.x) >= 7":                  {"M.x at least 7"},
		"ceil(m.x) >= 7":                   {"M.x more than 6"},
		"round(m.x) >= 7":                  {"M.x at least 6.5"},
		"ramp(m.x, 0, 20) >= 0.5":          {"M.x at least 10"},
		"ramp(m.x, 0, 20) > 1":             {},
		"points(m.l, threshold.worth) > 2": {"M.l high"},
		`m.l > "low"`:                      {"M.l at least mid"},
		`m.l in ["mid", "high"]`:           {"M.l mid", "M.l high"},
		"(m.b ? m.x : m.y) > 3":            {"M.y more than 3", "M.b true"},
		"known(m.n)":                       {"M.n known"},
		"m.n > 3":                          {"M.n more than 3"},
		"m.x == 7":                         {"M.x 7"},
		"m.x != 4":                         {"M.x other than 4"},
		"m.x > threshold.t":                {"M.x more than 6", "threshold.t less than 4"},
		"any(P, .v > 6)":                   {"P(c).v more than 6", "P(b).v more than 6", "P(a).v more than 6", "more P v more than 6"},
		"none(P, .v < 2)":                  {"P(a).v at least 2"},
		"all(P, .on)":                      {"P(c).on true"},
		"not any(P, .on)":                  {"P(a).on false and P(b).on false"},
		"count(P, .on) >= 3":               {"P(c).on true", "more P on true"},
		"count(P, .on) < 2":                {"P(b).on false"},
		"sum(filter(P, .on), .v) >= 9":     {"P(b).v at least 8", "P(a).v at least 6", "P(c).on true", "more P v at least 5 on true"},
		"sum(P, .v) < 8":                   {"P(b).v less than 2", "P(a).v less than 0", "P(c).v less than 4", "absent P(b)", "absent P(c)", "more P v less than -1"},
		"max(map(P, .v)) > 8":              {"P(c).v more than 8", "P(b).v more than 8", "P(a).v more than 8", "more P v more than 8"},
		"max(map(P, .v)) < 4":              {"P(c).v less than 4"},
		"min(map(P, .v)) >= 2":             {"P(a).v at least 2"},
		"mean(map(P, .v)) >= 4":            {"P(c).v at least 8", "P(b).v at least 6", "P(a).v at least 4"},
	} {
		t.Run(line, func(t *testing.T) {
			text := strings.Replace(solvingPack, "CONDITION", strings.ReplaceAll(line, "'", "''"), 1)
			p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: text}}, rules.Options{})
			require.NoError(t, ds.Err(), line)
			tr := read(t, p, "case.yaml", solvingCase)
			x := newExplainer(tr, Options{})
			s := &search{explainer: x, rule: p.Rules[0], conclusion: p.Rules[0].Then[0]}
			s.run(1)
			got := []string{}
			blocks := s.blocks(s.scope(s.found[0]), s.found[0], &Instance{})
			require.Len(t, blocks, 1, line)
			for _, w := range blocks[0].ways {
				got = append(got, wayText(x, w))
			}
			require.ElementsMatch(t, want, got)
		})
	}
}

func wayText(x *explainer, w way) string {
	var parts []string
	for _, n := range w {
		d := x.need(n)
		switch d.Kind {
		case "more":
			s := "more " + d.Name
			for _, v := range d.Wants {
				s += " " + v.Field + " " + v.Values.Text
			}
			parts = append(parts, s)
		case "absent":
			parts = append(parts, "absent "+d.Name)
		default:
			parts = append(parts, d.Name+" "+d.Values.Text)
		}
	}
	return strings.Join(parts, " and ")
}

const solvingPack = `
pack:
  name: solving
  version: 1.0.0
  doc: One condition.
  goal: {type: G, field: value}
  labels: {done: {values: [yea], doc: It is.}}
facts:
  M:
    doc: One.
    fields:
      x: {type: number, doc: x}
      y: {type: number, doc: y}
      n: {type: number, doc: nobody knows}
      b: {type: bool, doc: b}
      l: {type: scale, levels: {low: "", mid: "", high: ""}, doc: l}
  P:
    count: many
    doc: Parts.
    fields:
      v: {type: number, doc: v}
      on: {type: bool, doc: on}
  H:
    concluded: true
    key: []
    doc: What the condition concludes.
    fields: {yes: {type: bool, doc: It is.}}
  G:
    concluded: true
    key: []
    doc: The answer.
    fields: {value: {type: enum, values: {yea: ""}, doc: The answer.}}
thresholds:
  t: {value: 6, plausible: [0, 9], basis: judgement, because: a test, doc: a test}
  worth: {of: M.l, points: {low: 0, mid: 1, high: 3}, basis: judgement, because: a test, doc: a test}
rules:
  - rule: tested
    when:
      - m: M
      - 'CONDITION'
    then: [{conclude: H, with: {yes: true}}]
  - rule: answer
    when: ['len(H) >= 0']
    then: [{conclude: G, with: {value: yea}}]
report:
  answer: {yea: it is}
  disclaimer: A test.
`

const solvingCase = `
case: solving
title: Does it hold?
as_of: 2024-05-06
facts:
  M: {x: 4, y: 2, b: false, l: low}
  P:
    - {id: a, v: 1, on: true}
    - {id: b, v: 3, on: true}
    - {id: c, v: 5, on: false}
`
