package rules_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts"
	"truce/facts/source"
	"truce/rules"
)

const movingPack = `
pack: {name: moving, version: "1", doc: d, goal: {type: Course, field: value}, labels: {a: {values: [sail], doc: d}, b: {values: [wait], doc: d}}}
facts:
  Weather:
    doc: d
    fields:
      wind: {type: number, range: [0, 150], doc: d, MOVE}
  Course: {doc: d, concluded: true, key: [], fields: {value: {type: enum, values: [sail, wait], doc: d}}}
rules:
  - rule: calm
    when: [w: Weather, w.wind < 30]
    then: [{conclude: Course, with: {value: sail}}]
  - rule: storm
    when: [w: Weather, w.wind >= 30]
    then: [{conclude: Course, with: {value: wait}}]
`

func movingField(text string) (*facts.Field, source.Diagnostics) {
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: strings.Replace(movingPack, "MOVE", text, 1)}}, rules.Options{})
	if ds.HasErrors() {
		return nil, ds
	}
	return p.Schema.Type("Weather").Field("wind"), ds
}

func TestMovement(t *testing.T) {
	f, ds := movingField("exact: false")
	require.NoError(t, ds.Err())
	require.Equal(t, facts.Free, f.Move)
	require.Nil(t, f.Plausible)
	require.Zero(t, f.Step)

	f, ds = movingField("move: down, plausible: [0, 60], step: 0.5, cost: 2")
	require.NoError(t, ds.Err())
	require.Equal(t, facts.Down, f.Move)
	require.True(t, f.Plausible.Same(facts.NumberBetween(0, 60)))
	require.Equal(t, 0.5, f.Step)
	require.Equal(t, 2.0, f.Cost)
}

// A type's way of moving is that of its fields, unless they say another.
func TestMovementOfAType(t *testing.T) {
	text := strings.Replace(movingPack, "    doc: d\n    fields:", "    doc: d\n    move: fixed\n    fields:", 1)
	for own, want := range map[string]facts.Move{"exact: false": facts.Fixed, "move: up": facts.Up} {
		p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: strings.Replace(text, "MOVE", own, 1)}}, rules.Options{})
		require.NoError(t, ds.Err())
		require.Equal(t, want, p.Schema.Type("Weather").Field("wind").Move)
	}
}

func TestBadMovement(t *testing.T) {
	for text, want := range map[string]string{
		"move: sideways":               `"move" is "sideways"`,
		"step: 0":                      `"step" is "0"`,
		"cost: -1":                     `"cost" is "-1"`,
		"plausible: [60, 0]":           "the lower end comes first",
		"plausible: [0, 600]":          "outside the range",
		"step: NaN":                    `"step" is "NaN"`,
		"cost: [1]":                    `"cost" is a text`,
		"plausible: 3":                 "a list of two ends",
		"plausible: [unknown, 3]":      "is unknown",
		"step: 1e999":                  `"step" is "1e999"`,
		"move: fixed, plausible: high": "a list of two ends",
	} {
		_, ds := movingField(text)
		require.ErrorContains(t, ds.Err(), want, text)
	}
	unordered := strings.Replace(movingPack, "MOVE", "exact: false}\n      warned: {type: bool, doc: d, move: up, step: 1, plausible: [no, yes]", 1)
	_, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: unordered}}, rules.Options{})
	for _, want := range []string{"moves neither up nor down", "moves from name to name", "no plausible range"} {
		require.ErrorContains(t, ds.Err(), want)
	}
	concluded := strings.Replace(movingPack, "values: [sail, wait], doc: d}", "values: [sail, wait], doc: d, cost: 2}", 1)
	concluded = strings.Replace(concluded, "MOVE", "exact: false", 1)
	_, ds = rules.Load([]rules.File{{Name: "pack.yaml", Text: concluded}}, rules.Options{})
	require.ErrorContains(t, ds.Err(), "rules conclude Course")
}
