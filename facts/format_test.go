package facts_test

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/facts"
)

func TestFormat(t *testing.T) {
	levels := &facts.Names{List: []string{"low", "raised"}}
	number, whole := facts.Type{Kind: facts.Number, Unit: "mb/d"}, facts.Type{Kind: facts.Integer}
	date, scale := facts.Type{Kind: facts.Date}, facts.Type{Kind: facts.Scale, Names: levels}
	for _, c := range []struct {
		y    facts.Type
		v    facts.Value
		want string
	}{
		{number, facts.NumberOf(36.5), "36.5 mb/d"},
		{number, facts.NumberBetween(0.9, 1.1), "0.9 to 1.1 mb/d"},
		{number, facts.NumberBetween(3, math.Inf(1)), "at least 3 mb/d"},
		{number, facts.NumberBetween(math.Inf(-1), 3), "at most 3 mb/d"},
		{number, facts.NumberBetween(math.Inf(-1), math.Inf(1)), "unknown mb/d"},
		{number, number.Unknown(), "unknown"},
		{whole, facts.IntegerOf(-7), "-7"},
		{whole, facts.Between(facts.Integer, 3, facts.MaxInteger), "at least 3"},
		{facts.Type{Kind: facts.Bool}, facts.BoolOf(true), "true"},
		{facts.Type{Kind: facts.Bool}, facts.UnknownBool(), "unknown"},
		{date, facts.DateOf(0), "1970-01-01"},
		{date, facts.Between(facts.Date, -1, 1), "1969-12-31 to 1970-01-02"},
		{scale, facts.ScaleOf(1), "raised"},
		{scale, facts.Between(facts.Scale, 0, 1), "low to raised"},
		{scale, facts.ScaleOf(7), "level 7"},
		{facts.Type{Kind: facts.Enum}, facts.EnumOf("us"), "us"},
		{facts.Type{Kind: facts.Text}, facts.TextOf("a b"), "a b"},
	} {
		require.Equal(t, c.want, c.y.FormatUnit(c.v))
	}
	for x, want := range map[float64]string{0: "0", 0.1: "0.1", 1e-6: "0.000001", 1e-7: "1e-07", 999999999999999: "999999999999999", 1e15: "1e+15", -3.1: "-3.1"} {
		require.Equal(t, want, facts.FormatNumber(x))
	}
}

func TestParseDate(t *testing.T) {
	for s, day := range map[string]int64{"1970-01-01": 0, "1969-12-31": -1, "2013-11-24": 16033, "2024-02-29": 19782} {
		got, ok := facts.ParseDate(s)
		require.True(t, ok, s)
		require.Equal(t, day, got, s)
		require.Equal(t, s, facts.FormatDate(day))
	}
	for _, s := range []string{"", "2013-11-4", "2013-02-29", "24-11-2013", "2013-11-24T00:00:00Z", "-2013-11-24", "2013-13-01"} {
		_, ok := facts.ParseDate(s)
		require.False(t, ok, s)
	}
}

// What is printed of a point or of unknown is read back as it was.
func TestFormatReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := someType(allKinds...).Draw(t, "type")
		v := somePoint(t, y)
		if rapid.IntRange(0, 9).Draw(t, "unknown") == 0 {
			v = y.Unknown()
		}
		got, bad := y.ParseText(y.Format(v))
		if y.Kind == facts.Text && v.IsKnown() && strings.EqualFold(strings.TrimSpace(v.Text()), "unknown") {
			require.True(t, got.IsUnknown())
			return
		}
		require.Nil(t, bad)
		require.True(t, v.Same(got), "%#v printed as %s, read as %#v", v, y.Format(v), got)
		require.Equal(t, v.IsUnknown(), got.IsUnknown())
	})
}

// What is printed of an interval is refused with the interval as it is written.
func TestFormatOfIntervalIsExplained(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := someType(facts.Number, facts.Integer, facts.Date, facts.Scale).Draw(t, "type")
		v := someInterval(t, y)
		if !v.IsInterval() {
			return
		}
		_, bad := y.ParseText(y.Format(v))
		require.NotNil(t, bad)
		require.Equal(t, "F026", bad.Code)
		low, high, _ := strings.Cut(y.Format(v), " to ")
		require.Contains(t, bad.Hint, "{low: "+low+", high: "+high+"}")
	})
}
