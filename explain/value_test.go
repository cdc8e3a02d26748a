package explain

import (
	"encoding/json"
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/facts"
	"truce/facts/source"
)

var levels = &facts.Names{List: []string{"low", "mid_way", "high"}}

func TestPrint(t *testing.T) {
	number := facts.Type{Kind: facts.Number, Unit: "mb/d"}
	inf := math.Inf(1)
	failed := facts.FaultValue(facts.Number, &facts.Fault{Code: source.Code{ID: "T001"}, Message: "division by zero"})
	for _, c := range []struct {
		t     facts.Type
		v     facts.Value
		brief string
	}{
		{number, facts.NumberOf(0), "0 mb/d"},
		{number, facts.NumberOf(33.3), "33.3 mb/d"},
		{number, facts.NumberOf(1.0 / 3), "0.333 mb/d"},
		{number, facts.NumberOf(-2.0 / 3), "-0.667 mb/d"},
		{number, facts.NumberOf(1234.5), "1234 mb/d"},
		{number, facts.NumberOf(1235.5), "1236 mb/d"},
		{number, facts.NumberOf(0.99996), "1 mb/d"},
		{number, facts.NumberOf(0.00012345), "0.000123 mb/d"},
		{number, facts.NumberOf(1e-9), "1e-09 mb/d"},
		{number, facts.NumberBetween(0.9, 1.1), "between 0.9 and 1.1 mb/d"},
		{number, facts.NumberBetween(0.9, 0.9001), "between 0.9 and 0.9001 mb/d"},
		{number, facts.NumberBetween(3, inf), "at least 3 mb/d"},
		{number, facts.NumberBetween(-inf, 3), "at most 3 mb/d"},
		{number, facts.NumberBetween(-inf, inf), "unknown"},
		{number, number.Unknown(), "unknown"},
		{number, failed, "an error (division by zero)"},
		{facts.Type{Kind: facts.Integer}, facts.IntegerOf(123456), "123456"},
		{facts.Type{Kind: facts.Integer}, facts.Between(facts.Integer, 2, facts.MaxInteger), "at least 2"},
		{facts.Type{Kind: facts.Date}, facts.Between(facts.Date, 0, 1), "between 1970-01-01 and 1970-01-02"},
		{facts.Type{Kind: facts.Scale, Names: levels}, facts.Between(facts.Scale, 0, 1), "between low and mid_way"},
		{facts.Type{Kind: facts.Bool}, facts.BoolOf(true), "true"},
		{facts.Type{Kind: facts.Text}, facts.TextOf("as it is"), "as it is"},
	} {
		require.Equal(t, c.brief, Brief.Print(Value{c.t, c.v}), "%#v", c.v)
	}
	require.Empty(t, Brief.Print(Value{}))
	require.Equal(t, "0.3333333333333333", Exact.Bare(Value{number, facts.NumberOf(1.0 / 3)}))
	require.Equal(t, "0.333333", Close.Bare(Value{number, facts.NumberOf(1.0 / 3)}))
}

// What is printed is no further from the value than half of its last digit, and
// never changes what stands before the point.
func TestRounding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-1e9, 1e9).Draw(t, "x")
		p := Precision(rapid.IntRange(1, 8).Draw(t, "digits"))
		got, err := strconv.ParseFloat(p.Number(x), 64)
		require.NoError(t, err)
		require.LessOrEqual(t, math.Abs(got-x), max(math.Abs(x)*math.Pow(10, 1-float64(p))/2, 1e-300)*(1+1e-9))
		if math.Abs(x) >= math.Pow(10, float64(p)) {
			require.LessOrEqual(t, math.Abs(got-x), 0.5)
		}
	})
}

// The two ends of an interval never print alike.
func TestEndsStayApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lo := rapid.Float64Range(-1e6, 1e6).Draw(t, "low")
		hi := math.Nextafter(lo, math.Inf(1))
		if rapid.Bool().Draw(t, "wide") {
			hi = lo + rapid.Float64Range(1e-6, 10).Draw(t, "width")
		}
		v := Value{facts.Type{Kind: facts.Number}, facts.NumberBetween(lo, hi)}
		a, b := Brief.endTexts(v)
		require.NotEqual(t, a, b)
	})
}

func TestValueJSON(t *testing.T) {
	scale := facts.Type{Kind: facts.Scale, Names: levels}
	for _, c := range []struct {
		v    Value
		want string
	}{
		{Value{facts.Type{Kind: facts.Number, Unit: "kg"}, facts.NumberOf(1.0 / 3)}, `{"kind":"number","unit":"kg","value":0.3333333333333333}`},
		{Value{facts.Type{Kind: facts.Number}, facts.NumberBetween(1, math.Inf(1))}, `{"kind":"number","low":1}`},
		{Value{facts.Type{Kind: facts.Integer}, facts.IntegerOf(9007199254740993)}, `{"kind":"integer","value":9007199254740993}`},
		{Value{facts.Type{Kind: facts.Bool}, facts.BoolOf(false)}, `{"kind":"bool","value":false}`},
		{Value{facts.Type{Kind: facts.Bool}, facts.UnknownBool()}, `{"kind":"bool","unknown":true}`},
		{Value{scale, facts.Between(facts.Scale, 0, 2)}, `{"kind":"scale","low":"low","high":"high"}`},
		{Value{scale, facts.ScaleOf(0)}, `{"kind":"scale","value":"low"}`},
		{Value{facts.Type{Kind: facts.Date}, facts.DateOf(1)}, `{"kind":"date","value":"1970-01-02"}`},
		{Value{facts.Type{Kind: facts.Enum}, facts.EnumOf("a")}, `{"kind":"enum","value":"a"}`},
	} {
		got, err := json.Marshal(c.v)
		require.NoError(t, err)
		require.JSONEq(t, c.want, string(got))
	}
}
