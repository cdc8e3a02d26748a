package explain

import (
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts"
	"truce/rules"
)

func TestVocabulary(t *testing.T) {
	v := VocabularyOf(&rules.Pack{
		Schema: &facts.Schema{Units: []string{"point", "percent", "knot"}},
		Claims: []*rules.Claim{{Says: "It is said that Hormuz and the Leader's word count. Oil counts in points, too."}},
	})
	for in, want := range map[string]string{
		"The strait is narrow.":  "the strait is narrow.",
		"Hormuz is narrow.":      "Hormuz is narrow.",
		"Leader's word it is.":   "Leader's word it is.",
		"IRGC and others.":       "IRGC and others.",
		"Oil is sold.":           "oil is sold.",
		"3 points it costs.":     "3 points it costs.",
		"already small":          "already small",
		"":                       "",
		"\"The\" with quotes on": "\"The\" with quotes on",
	} {
		require.Equal(t, want, v.Lowered(in))
	}
	point := facts.Type{Kind: facts.Number, Unit: "point"}
	percent := facts.Type{Kind: facts.Number, Unit: "percent"}
	count := facts.Type{Kind: facts.Integer}
	scale := facts.Type{Kind: facts.Scale, Names: &facts.Names{List: []string{"low", "mass_protest"}}}
	for _, c := range []struct {
		v    Value
		want string
		cell string
	}{
		{Value{point, facts.NumberOf(1)}, "1 point", "1"},
		{Value{point, facts.NumberOf(-1)}, "-1 point", "-1"},
		{Value{point, facts.NumberOf(0)}, "0 points", "0"},
		{Value{point, facts.NumberBetween(0, 1)}, "between 0 and 1 points", "0 to 1"},
		{Value{count, facts.Between(facts.Integer, 0, facts.MaxInteger)}, "unknown", "unknown"},
		{Value{count, facts.Between(facts.Integer, 1, facts.MaxInteger)}, "at least 1", "at least 1"},
		{Value{count, facts.IntegerOf(0)}, "0", "0"},
		{Value{percent, facts.NumberOf(3)}, "3 percent", "3"},
		{Value{point, point.Unknown()}, "unknown", "unknown"},
		{Value{scale, facts.ScaleOf(1)}, "mass protest", "mass protest"},
		{Value{scale, facts.Between(facts.Scale, 0, 1)}, "between low and mass protest", "low to mass protest"},
	} {
		require.Equal(t, c.want, v.Value(c.v))
		require.Equal(t, c.cell, v.Cell(c.v))
	}
	require.Equal(t, "Optimisation it is.", Sentence(" optimisation  it\nis."))
	require.Empty(t, Sentence(" "))
}
