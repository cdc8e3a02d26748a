package source

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestNearest(t *testing.T) {
	fields := []string{"temperature", "dew_point", "pressure_at_sea", "wind_mean_hour", "clouds", "u60"}
	for name, want := range map[string]string{
		"temperatuer":   "temperature",
		"Temperature":   "temperature",
		"temperatue":    "temperature",
		"dewpoint":      "dew_point",
		"wind_mean_10h": "wind_mean_hour",
		"cluods":        "clouds",
		"u6":            "u60",
		"visibility":    "",
		"":              "",
		"x":             "",
	} {
		require.Equal(t, want, Nearest(name, fields), "%q", name)
	}
	require.Equal(t, "ab", Nearest("aa", []string{"ac", "ab", "ad"}))
	require.Equal(t, "ÉTAT", Nearest("étta", []string{"ÉTAT"}))
	require.Empty(t, Nearest(strings.Repeat("x", longestName+1), []string{strings.Repeat("x", longestName+1)}))
	require.Empty(t, Nearest("a", nil))
}

func TestDidYouMean(t *testing.T) {
	levels := []string{"low", "medium", "high"}
	require.Equal(t, "did you mean high?", DidYouMean("hihg", levels))
	require.Equal(t, "one of low, medium, high", DidYouMean("enormous", levels))
	require.Equal(t, "the only one is low", DidYouMean("enormous", levels[:1]))
	require.Empty(t, DidYouMean("enormous", nil))
	require.Empty(t, DidYouMean("enormous", strings.Fields("a b c d e f g h i")))
}

// slow is the distance by its definition, without a table.
func slow(a, b []rune) int {
	switch {
	case len(a) == 0:
		return len(b)
	case len(b) == 0:
		return len(a)
	case a[0] == b[0]:
		return slow(a[1:], b[1:])
	}
	least := 1 + min(slow(a[1:], b), slow(a, b[1:]), slow(a[1:], b[1:]))
	if len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] {
		least = min(least, 1+slow(a[2:], b[2:]))
	}
	return least
}

func TestDistance(t *testing.T) {
	name := rapid.StringOfN(rapid.SampledFrom([]rune("abé")), 0, 6, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := []rune(name.Draw(t, "a")), []rune(name.Draw(t, "b"))
		require.Equal(t, slow(a, b), distance(a, b))
		require.Equal(t, distance(a, b), distance(b, a))
		var used table // by the rounds before
		for most := range 5 {
			if d := used.distance(a, b, most); slow(a, b) <= most {
				require.Equal(t, slow(a, b), d)
			} else {
				require.Greater(t, d, most)
			}
		}
	})
}

func TestNearestIgnoresOrder(t *testing.T) {
	name := rapid.StringOfN(rapid.SampledFrom([]rune("abc")), 1, 5, -1)
	rapid.Check(t, func(t *rapid.T) {
		candidates := rapid.SliceOfN(name, 0, 8).Draw(t, "candidates")
		wanted := name.Draw(t, "name")
		got := Nearest(wanted, candidates)
		shuffled := slices.Clone(candidates)
		slices.Reverse(shuffled)
		require.Equal(t, got, Nearest(wanted, shuffled))
		if slices.Contains(candidates, wanted) {
			require.Equal(t, wanted, got)
		}
		for _, c := range candidates {
			if got == "" {
				require.Greater(t, distance([]rune(wanted), []rune(c)), max(1, len(wanted)/3))
			} else {
				require.GreaterOrEqual(t, distance([]rune(wanted), []rune(c)), distance([]rune(wanted), []rune(got)))
			}
		}
	})
}

func TestSort(t *testing.T) {
	a := Code{ID: "D002"}.At(at(2, 1, 2), "b")
	b := Code{ID: "D001"}.At(at(2, 1, 2), "b")
	c := Code{ID: "D009"}.At(at(1, 9, 9), "c").Warn()
	require.Equal(t, Diagnostics{c, b, a}, Diagnostics{a, b, a, c}.Sort())
	require.NoError(t, Diagnostics{c}.Err())
	require.EqualError(t, Diagnostics{c, b.Expect("x").Suggest("y")}.Err(), "f.yaml:1:9: D009: c\nf.yaml:2:1: D001: b; expected x; y")
}
