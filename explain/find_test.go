package explain_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"truce/explain"
)

func TestFind(t *testing.T) {
	tr := at(t, "haze")
	for name, want := range map[string][]string{
		"Weather":                {"Weather"},
		" weather ":              {"Weather"},
		"Weather.wind":           {"Weather"},
		"weather.WIND":           {"Weather"},
		"Danger(wind)":           {"Danger(wind)"},
		"danger(WIND)":           {"Danger(wind)"},
		"Total()":                {"Total"},
		"warning":                {"Warning(strong wind)"},
		"Advice[sail, sail]":     {"Advice[sail, sail]"},
		"Advice":                 {"Advice[sail, sail]", "Advice[sail-early, firm]", "Advice[wait, unknown]"},
		"danger":                 {"Danger(gusts)", "Danger(objects)", "Danger(waves)", "Danger(wind)"},
		"sighting(rock-1).near":  {"Sighting(rock-1)"},
		"Danger(objects).points": {"Danger(objects)"},
	} {
		found, err := explain.Find(tr, name)
		require.NoError(t, err, name)
		var names []string
		for _, i := range found {
			names = append(names, tr.Facts[i].Name)
		}
		require.Equal(t, want, names, name)
	}
}

func TestApart(t *testing.T) {
	tr := at(t, "haze")
	for name, want := range map[string]bool{"Danger": true, "Advice": false, "Weather": false} {
		found, err := explain.Find(tr, name)
		require.NoError(t, err)
		require.Equal(t, want, explain.Apart(tr, found), name)
	}
}

func TestNotFound(t *testing.T) {
	haze, fair := at(t, "haze"), at(t, "fair")
	for name, want := range map[string]string{
		"Danger(windd)": "N801: Danger(windd) is not a fact of this run; expected one of Danger(gusts), Danger(objects), " +
			"Danger(waves), Danger(wind); did you mean Danger(wind)?",
		"Wether": "N801: Wether is not a fact of this run; did you mean Weather?",
		"xyz": "N801: xyz is not a fact of this run; expected the name of a fact, of one of the types " +
			"Weather, Boat, Sighting, Diary, Danger, Total, Warning, Advice",
		"Weather.rain": "N801: Weather.rain is not a fact of this run; expected the name of a fact, of one of the types " +
			"Weather, Boat, Sighting, Diary, Danger, Total, Warning, Advice",
	} {
		_, err := explain.Find(haze, name)
		require.EqualError(t, err, want, name)
	}
	_, err := explain.Find(fair, "Warning")
	require.EqualError(t, err, "N802: no Warning holds or can hold in this run")
	_, err = explain.Find(fair, "Sighting(rock-1)")
	require.EqualError(t, err, "N802: no Sighting holds or can hold in this run; the case states none")
}
