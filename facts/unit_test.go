package facts_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/facts"
)

func anyName(string) bool { return true }

func TestParseUnit(t *testing.T) {
	for in, want := range map[string]facts.Unit{
		"":                      "",
		"  ":                    "",
		"1":                     "",
		"percent":               "percent",
		"percent/year":          "percent/year",
		" percent / year ":      "percent/year",
		"m*kg/s^2":              "kg*m/s^2",
		"m/s/s*kg":              "kg*m/s^2",
		"kg*m*s^-2":             "kg*m/s^2",
		"m/m":                   "",
		"1/s":                   "1/s",
		"s^-1":                  "1/s",
		"m^2*m":                 "m^3",
		"kg U-235":              "kg U-235",
		"toman per dollar/year": "toman per dollar/year",
	} {
		got, err := facts.ParseUnit(in, anyName)
		require.NoError(t, err, in)
		require.Equal(t, want, got, in)
	}
	for _, in := range []string{"m/", "*m", "m//s", "m^0", "m^x", "m^1.5", "m^100", "^2", "m^"} {
		_, err := facts.ParseUnit(in, anyName)
		require.Error(t, err, in)
	}
	_, err := facts.ParseUnit("percent/yaer", func(s string) bool { return s == "percent" })
	var undeclared *facts.UndeclaredUnit
	require.True(t, errors.As(err, &undeclared))
	require.Equal(t, "yaer", undeclared.Name)
}

func someUnit() *rapid.Generator[facts.Unit] {
	return rapid.Custom(func(t *rapid.T) facts.Unit {
		s := ""
		for i := range rapid.IntRange(0, 4).Draw(t, "factors") {
			if i > 0 {
				s += rapid.SampledFrom([]string{"*", "/"}).Draw(t, "op")
			}
			s += rapid.SampledFrom([]string{"m", "kg", "year", "head of state"}).Draw(t, "name")
			s += rapid.SampledFrom([]string{"", "^2", "^-3", "^9"}).Draw(t, "power")
		}
		u, err := facts.ParseUnit(s, anyName)
		require.NoError(t, err)
		return u
	})
}

func TestUnitLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u, v, w := someUnit().Draw(t, "u"), someUnit().Draw(t, "v"), someUnit().Draw(t, "w")
		require.Equal(t, u.Mul(v), v.Mul(u))
		require.Equal(t, u.Mul(v).Mul(w), u.Mul(v.Mul(w)))
		require.Equal(t, u, u.Mul(""))
		require.Equal(t, u, u.Div(""))
		require.Equal(t, facts.Unit(""), u.Div(u))
		require.Equal(t, u, u.Mul(v).Div(v))
		require.Equal(t, u.Div(v), u.Mul(facts.Unit("").Div(v)))
		require.Equal(t, u.Div(v).Div(w), u.Div(v.Mul(w)))
		again, err := facts.ParseUnit(string(u), anyName)
		require.NoError(t, err)
		require.Equal(t, u, again, "a canonical form reads back as itself")
	})
}

// A product may have powers that nobody would write.
func TestUnitLargePowers(t *testing.T) {
	u := facts.Unit("m^60")
	require.Equal(t, facts.Unit("m^120"), u.Mul(u))
	require.Equal(t, facts.Unit("m^120*s"), u.Mul(u).Mul("s"))
	require.Equal(t, u, u.Mul(u).Div(u))
}
