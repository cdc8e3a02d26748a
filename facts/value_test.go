package facts_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/facts"
)

func someNumber() *rapid.Generator[float64] {
	return rapid.OneOf(
		rapid.Map(rapid.IntRange(-40, 40), func(i int) float64 { return float64(i) / 4 }),
		rapid.Float64().Filter(func(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }),
	)
}

func someNames() *rapid.Generator[*facts.Names] {
	return rapid.Custom(func(t *rapid.T) *facts.Names {
		word := rapid.StringMatching(`[a-z][a-z0-9_]{0,7}`).Filter(func(s string) bool { return s != "unknown" })
		return &facts.Names{List: rapid.SliceOfNDistinct(word, 1, 6, rapid.ID[string]).Draw(t, "names")}
	})
}

// someType draws a type of one of the kinds, with and without a range.
func someType(kinds ...facts.Kind) *rapid.Generator[facts.Type] {
	return rapid.Custom(func(t *rapid.T) facts.Type {
		y := facts.Type{Kind: rapid.SampledFrom(kinds).Draw(t, "kind")}
		if y.Kind == facts.Enum || y.Kind == facts.Scale {
			y.Names = someNames().Draw(t, "names")
		}
		if y.Kind.Ordered() && rapid.Bool().Draw(t, "ranged") {
			v := someInterval(t, y)
			y.Range = &v
		}
		return y
	})
}

var allKinds = []facts.Kind{facts.Number, facts.Integer, facts.Text, facts.Bool, facts.Date, facts.Enum, facts.Scale}

// someInterval draws an interval of an ordered kind that lies inside the range
// of the type; it may be a point.
func someInterval(t *rapid.T, y facts.Type) facts.Value {
	a, b := somePoint(t, y), somePoint(t, y)
	return a.Hull(b)
}

func somePoint(t *rapid.T, y facts.Type) facts.Value {
	low, high := y.Unknown().Ends()
	switch y.Kind {
	case facts.Number:
		x := someNumber().Draw(t, "number")
		if lo, hi := y.Unknown().Bounds(); y.Range != nil {
			x = min(max(x, lo), hi)
		}
		return facts.NumberOf(x)
	case facts.Integer:
		i := rapid.OneOf(rapid.Int64Range(-5, 5), rapid.Int64Range(math.MinInt64+1, math.MaxInt64-1)).Draw(t, "integer")
		return facts.IntegerOf(min(max(i, low), high))
	case facts.Date:
		// years 1500 to 9999, since those from 1300 to 1499 are taken for Solar Hijri ones
		d := rapid.OneOf(rapid.Int64Range(15000, 17000), rapid.Int64Range(-171000, 2932896)).Draw(t, "day")
		return facts.DateOf(min(max(d, low), high))
	case facts.Bool:
		return facts.BoolOf(rapid.Bool().Draw(t, "bool"))
	case facts.Enum:
		return facts.EnumOf(rapid.SampledFrom(y.Names.List).Draw(t, "symbol"))
	case facts.Scale:
		return facts.ScaleOf(rapid.IntRange(int(low), int(high)).Draw(t, "level"))
	default:
		return facts.TextOf(someText().Draw(t, "text"))
	}
}

// someValue draws a point, an interval where the kind has them, or unknown.
func someValue(t *rapid.T, y facts.Type) facts.Value {
	switch what := rapid.IntRange(0, 5).Draw(t, "what"); {
	case what == 0:
		return y.Unknown()
	case what < 3 && y.Kind.Ordered():
		return someInterval(t, y)
	}
	return somePoint(t, y)
}

func TestHullAndClip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := someType(allKinds...).Draw(t, "type")
		v, w, x := someValue(t, y), someValue(t, y), someValue(t, y)
		hull := v.Hull(w)
		require.True(t, v.Within(hull) && w.Within(hull), "a hull holds both")
		require.True(t, hull.Same(w.Hull(v)), "a hull knows no order")
		require.True(t, hull.Hull(x).Same(v.Hull(w.Hull(x))), "nor grouping")
		require.True(t, v.Hull(v).Same(v))
		require.True(t, hull.Within(y.Unknown()), "unknown is the whole range")
		if v.Within(x) && w.Within(x) {
			require.True(t, hull.Within(x), "a hull is the least")
		}

		clip, some := v.Clip(w)
		require.Equal(t, v.MayEqual(w), some, "there is a part exactly when they may be equal")
		require.Equal(t, v.MayEqual(w), w.MayEqual(v))
		if !some {
			return
		}
		require.True(t, clip.Within(v) && clip.Within(w), "a part lies inside both")
		other, _ := w.Clip(v)
		require.True(t, clip.Same(other), "a part knows no order")
		if p := somePoint(t, y); p.Within(v) && p.Within(w) {
			require.True(t, p.Within(clip), "a part leaves nothing out")
		}
	})
}

func TestWithinAndMayEqual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := someType(allKinds...).Draw(t, "type")
		v, w, x := someValue(t, y), someValue(t, y), someValue(t, y)
		require.True(t, v.Within(v) && v.MayEqual(v))
		require.True(t, v.Within(y.Unknown()))
		if v.Within(w) && w.Within(x) {
			require.True(t, v.Within(x))
		}
		if v.Within(w) {
			require.True(t, v.MayEqual(w))
		}
		if v.Within(w) && w.Within(v) {
			require.True(t, v.Same(w))
		}
		if v.IsKnown() && w.IsKnown() {
			require.Equal(t, v.Same(w), v.MayEqual(w), "of two points")
		}
		require.Equal(t, v.Compare(w) == 0, v.Same(w), "equal in order and equal in form")
		require.Equal(t, v.Compare(w) < 0, w.Compare(v) > 0)
		if v.Compare(w) <= 0 && w.Compare(x) <= 0 {
			require.LessOrEqual(t, v.Compare(x), 0)
		}
	})
}

// A part of an unknown is as known as the part is, not unknown.
func TestClipOfUnknown(t *testing.T) {
	yes, ok := facts.UnknownBool().Clip(facts.BoolOf(true))
	require.True(t, ok && yes.True())
	number := facts.Type{Kind: facts.Number}
	some, ok := number.Unknown().Clip(facts.NumberBetween(3, 5))
	require.True(t, ok && some.IsInterval())
	require.Equal(t, "3 to 5", number.Format(some))
	point, ok := number.Unknown().Clip(facts.NumberOf(3))
	require.True(t, ok && point.IsKnown())
	shared, ok := facts.NumberBetween(1, 3).Clip(facts.NumberBetween(3, 5))
	require.True(t, ok && shared.IsKnown() && shared.Number() == 3)
	_, ok = facts.NumberBetween(1, 2).Clip(facts.NumberBetween(3, 5))
	require.False(t, ok)
}

func TestValueForms(t *testing.T) {
	require.Equal(t, math.Signbit(facts.NumberOf(math.Copysign(0, -1)).Number()), false, "-0 is 0")
	require.True(t, facts.NumberBetween(2, 2).IsKnown())
	require.True(t, facts.Between(facts.Bool, 0, 1).IsUnknown())
	require.True(t, facts.Between(facts.Bool, 1, 1).True())
	require.False(t, facts.UnknownBool().True() || facts.UnknownBool().False())
	require.True(t, facts.Value{}.IsZero())
	require.False(t, facts.Value{}.IsKnown())
	require.False(t, facts.NumberOf(1).Same(facts.IntegerOf(1)), "kinds differ")
	require.False(t, facts.TextOf("a").Same(facts.EnumOf("a")))

	f := &facts.Fault{Message: "division by zero"}
	fault := facts.FaultValue(facts.Number, f)
	require.Same(t, f, fault.Fault())
	require.Same(t, f, fault.Hull(facts.NumberOf(1)).Fault())
	require.Same(t, f, facts.NumberOf(1).Hull(fault).Fault())
	require.False(t, fault.Within(facts.NumberOf(1)) || fault.MayEqual(facts.NumberOf(1)))
	require.True(t, fault.Same(fault))
	require.False(t, fault.Same(facts.NumberOf(0)))
	require.Equal(t, "error: division by zero", facts.Type{Kind: facts.Number}.Format(fault))
}

func TestKindAndCountNames(t *testing.T) {
	for _, name := range facts.KindNames() {
		require.Equal(t, name, facts.KindOf(name).String())
	}
	require.Len(t, facts.KindNames(), len(allKinds))
	require.Zero(t, facts.KindOf("float"))
	require.Equal(t, []string{"one", "many", "open"}, facts.CountNames())
	require.True(t, facts.Scale.Ordered() && !facts.Scale.Numeric())
	require.False(t, facts.Enum.Ordered() || facts.Bool.Ordered() || facts.Text.Ordered())
}

func TestSchemaNames(t *testing.T) {
	s := declared(t)
	require.Equal(t, []string{"Economy", "Society", "Offer", "Event", "Party", "Stressor", "Context", "Aftermath"}, s.TypeNames())
	require.False(t, s.AddType(&facts.FactType{Name: "Economy"}), "the name is taken")
	require.Len(t, s.Types, 8)
	e := s.Type("Economy")
	require.False(t, e.AddField(&facts.Field{Name: "inflation"}))
	require.Equal(t, 1, e.Field("exports").Index)
	require.Nil(t, e.Field("export"))
	require.Nil(t, s.Type("Econmy"))
	require.Equal(t, "coded", s.Quality("coded").Mark)
	require.Nil(t, s.Quality("good"))
	a, b := &facts.Names{List: []string{"a", "b"}}, &facts.Names{List: []string{"b", "a"}}
	require.True(t, a.Same(&facts.Names{List: []string{"a", "b"}}))
	require.False(t, a.Same(b) || a.Same(nil))
	require.Equal(t, -1, (*facts.Names)(nil).Index("a"))
}

func TestLater(t *testing.T) {
	day := func(s string) int64 {
		d, ok := facts.ParseDate(s)
		require.True(t, ok)
		return d
	}
	asOf, before, after := day("2013-11-24"), day("2013-11-01"), day("2013-11-25")
	for name, c := range map[string]struct {
		d     facts.Datum
		later bool
	}{
		"nothing said":             {facts.Datum{}, false},
		"period ended":             {facts.Datum{Period: &facts.Period{From: before, To: asOf}}, false},
		"period runs on":           {facts.Datum{Period: &facts.Period{From: before, To: after}}, true},
		"known that day":           {facts.Datum{KnownOn: &asOf}, false},
		"known a day later":        {facts.Datum{KnownOn: &after}, true},
		"known later, day unknown": {facts.Datum{KnownLater: true}, true},
	} {
		require.Equal(t, c.later, c.d.Later(asOf), name)
	}
}
