package condition_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts"
	"truce/facts/source"
	"truce/rules/condition"
)

func parse(t *testing.T, text string) condition.Expr {
	t.Helper()
	e, ds := condition.Parse(at(text), world())
	require.Empty(t, ds, "%s\n%s", text, render(t, text, ds))
	return e
}

// known is an environment of known values as RunNative takes it.
func known() map[string]any {
	day := func(s string) int { d, _ := facts.ParseDate(s); return int(d) }
	item := func(points float64, n int, side string, level int, active bool) map[string]any {
		return map[string]any{"points": points, "n": n, "growth": points * 10, "side": side, "level": level,
			"at": day("2013-11-01") + n, "active": active, "name": "item"}
	}
	return map[string]any{
		"e": map[string]any{"wind": 36.5, "rain": 1.5, "share": 0.25, "count": 7, "days": 3, "active": true, "hot": false,
			"kind": "storm", "level": 1, "worst": 2, "mood": 0, "name": "Oslo 7", "since": day("2013-11-20")},
		"warm": 2.5, "cold": 1.0, "label": "Oslo 7", "tally": 4,
		"threshold": map[string]any{"strong_wind": 35.0, "storm_wind": 40.0, "limit": 0.5, "strain_points": []float64{0, 0.25, 0.5}},
		"case":      map[string]any{"as_of": day("2013-11-24")},
		"Item":      []map[string]any{item(1, 1, "warm", 0, true), item(2.5, 2, "cold", 2, false), item(0.5, 5, "warm", 1, true)},
		"Shelter":   []map[string]any{{"kind": "thaw", "active": false}},
	}
}

func TestRunNative(t *testing.T) {
	for text, want := range map[string]any{
		`e.wind >= threshold.strong_wind`:                            true,
		`e.wind + 0.5`:                                               37.0,
		`e.count % 4`:                                                3,
		`round(e.count) % 4`:                                         3,
		`e.count / 2`:                                                3.5,
		`round(2.5)`:                                                 3.0,
		`round(-2.5)`:                                                -3.0,
		`-e.count`:                                                   -7,
		`e.level >= "middling"`:                                      true,
		`e.level > "middling"`:                                       false,
		`max(e.level, "very_high") == e.worst`:                       true,
		`e.level in ["low", "middling"]`:                             true,
		`e.level not in ["low", "very_high"]`:                        true,
		`e.kind in ["storm", "frost"]`:                               true,
		`e.kind == "frost"`:                                          false,
		`case.as_of - e.since`:                                       4,
		`e.since + e.days < date("2013-11-24")`:                      true,
		`case.as_of == date("2013-11-24")`:                           true,
		`e.name matches "^Oslo \\d$" and e.name == label`:            true,
		`len(e.name) + tally`:                                        10,
		`ramp(e.wind, threshold.strong_wind, 38)`:                    0.5,
		`points(e.level, threshold.strain_points)`:                   0.25,
		`known(e.wind)`:                                              true,
		`(e.active ? "storm" : "frost") == e.kind`:                   true,
		`sum(Item, .points)`:                                         4.0,
		`sum(filter(Item, .side == "warm"), .n)`:                     6,
		`sum(Item, points(.level, threshold.strain_points))`:         0.75,
		`count(Item, .level >= "middling")`:                          2,
		`len(filter(Item, .active)) == count(filter(Item, .active))`: true,
		`none(Shelter, .kind == "thaw" and .active)`:                 true,
		`one(Item, .points > warm - 1 and .active == false)`:         true,
		`all(Item, case.as_of - .at <= 22)`:                          true,
		`min(map(filter(Item, .active), .points))`:                   0.5,
		`max(map(Item, .level)) == "very_high"`:                      true,
		`mean(map(Item, .n)) > 2.6`:                                  true,
		`upper(trim(" a ")) == "A"`:                                  true,
	} {
		got, err := condition.RunNative(parse(t, text), known())
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
}

// TestSecondOpinionAgrees says that expr's own checker accepts what ours accepts:
// all of the table, and the same inside brackets and beside others.
func TestSecondOpinionAgrees(t *testing.T) {
	for _, line := range accepted() {
		_, text := split(line)
		for _, around := range []string{"%s", "(%s)", "known(%s)", "known((%s)) and e.active"} {
			around = fmt.Sprintf(around, text)
			_, ds := condition.Parse(at(around), world())
			require.Empty(t, ds, around)
		}
	}
}

// TestNamesOfAnyKind lets a rule call its names what functions and types are called.
func TestNamesOfAnyKind(t *testing.T) {
	scope := world()
	for i, name := range []string{"ramp", "points", "Item", "known", "len"} {
		scope.Bindings[name] = condition.Binding{Slot: 10 + i, Type: facts.Type{Kind: facts.Number}}
	}
	scope.Bindings["Weather"] = scope.Bindings["e"]
	for _, text := range []string{
		`ramp(ramp, 1, 2) > ramp`, `points(e.level, threshold.strain_points) > points + known`, `Weather.wind > 3 and known(len)`, `Item > 3`,
	} {
		e, ds := condition.Parse(at(text), scope)
		require.Empty(t, ds, text)
		require.NotNil(t, e)
	}
}

func TestRunNativeNeedsSource(t *testing.T) {
	built := condition.Negation(facts.Span{}, "not e.active", parse(t, `e.active`))
	_, err := condition.RunNative(built, known())
	require.ErrorContains(t, err, "no source text")
	require.Equal(t, 1.5, condition.Native(facts.NumberOf(1.5)))
	require.Equal(t, 2, condition.Native(facts.ScaleOf(2)))
	require.Equal(t, "storm", condition.Native(facts.EnumOf("storm")))
	require.Equal(t, true, condition.Native(facts.BoolOf(true)))
}

func external(t *testing.T, text string) *condition.External {
	t.Helper()
	e, ok := parse(t, text).(*condition.External)
	require.True(t, ok, text)
	return e
}

func TestExternals(t *testing.T) {
	text, integer := facts.TextOf, facts.IntegerOf
	for _, c := range []struct {
		text string
		args []facts.Value
		want facts.Value
	}{
		{`upper(label)`, []facts.Value{text("ab")}, text("AB")},
		{`lower(label)`, []facts.Value{text("AB")}, text("ab")},
		{`trim(label)`, []facts.Value{text(" a ")}, text("a")},
		{`trim(label, "x")`, []facts.Value{text("xax"), text("x")}, text("a")},
		{`trimPrefix(label, "x")`, []facts.Value{text("xa"), text("x")}, text("a")},
		{`trimSuffix(label, "x")`, []facts.Value{text("ax"), text("x")}, text("a")},
		{`replace(label, "a", "b")`, []facts.Value{text("aa"), text("a"), text("b")}, text("bb")},
		{`replace(label, "a", "b", 1)`, []facts.Value{text("aa"), text("a"), text("b"), integer(1)}, text("ba")},
		{`indexOf(label, "b")`, []facts.Value{text("ab"), text("b")}, integer(1)},
		{`lastIndexOf(label, "b")`, []facts.Value{text("bb"), text("b")}, integer(1)},
		{`hasPrefix(label, "a")`, []facts.Value{text("ab"), text("a")}, facts.BoolOf(true)},
		{`hasSuffix(label, "a")`, []facts.Value{text("ab"), text("a")}, facts.BoolOf(false)},
		{`len(label)`, []facts.Value{text("سلام")}, integer(4)},
		{`int(warm)`, []facts.Value{facts.NumberOf(2.9)}, integer(2)},
		{`int(label)`, []facts.Value{text("12")}, integer(12)},
		{`float(label)`, []facts.Value{text("2.5")}, facts.NumberOf(2.5)},
		{`float(tally)`, []facts.Value{integer(2)}, facts.NumberOf(2)},
		{`string(tally)`, []facts.Value{integer(2)}, text("2")},
	} {
		got := external(t, c.text).Run(c.args)
		require.True(t, c.want.Same(got), "%s: %#v", c.text, got)
	}
}

func TestExternalFaults(t *testing.T) {
	for text, arg := range map[string]facts.Value{
		`int(label)`: facts.TextOf("x"), `float(label)`: facts.TextOf("inf"), `upper(label)`: facts.TextOf(string(make([]byte, 20000))),
		`int(warm)`: facts.NumberOf(1e300),
	} {
		e := external(t, text)
		got := e.Run([]facts.Value{arg})
		require.NotNil(t, got.Fault(), text)
		require.Equal(t, "E911", got.Fault().Code.ID)
		require.Equal(t, e.Span(), got.Fault().Span)
		require.Equal(t, e.Type().Kind, got.Kind())
	}
	e := external(t, `len(label)`)
	require.True(t, e.Run([]facts.Value{facts.Type{Kind: facts.Text}.Unknown()}).IsUnknown())
	fault := facts.FaultValue(facts.Text, &facts.Fault{Code: source.Code{ID: "X1"}, Message: "m"})
	require.Equal(t, "X1", e.Run([]facts.Value{fault}).Fault().Code.ID, "a fault passes through")
	require.Equal(t, facts.Unit("percent/year"), external(t, `int(round(e.wind))`).Type().Unit)
	require.NotNil(t, external(t, `float(label)`).Run([]facts.Value{facts.TextOf("nan")}).Fault())
}

// TestConcurrent parses and runs from many goroutines over one scope.
func TestConcurrent(t *testing.T) {
	scope := world()
	e := external(t, `upper(label)`)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, line := range accepted() {
				want, text := split(line)
				_, ds := condition.ParseAs(at(text), scope, wants()[want])
				if len(ds) > 0 || e.Run([]facts.Value{facts.TextOf("a")}).Text() != "A" {
					t.Error(text)
				}
			}
		})
	}
	wg.Wait()
}

func BenchmarkParse(b *testing.B) {
	scope := world()
	src := at(`e.wind >= threshold.strong_wind and none(Item, .side == "warm" and .active)`)
	b.ReportAllocs()
	for b.Loop() {
		if _, ds := condition.ParseAs(src, scope, condition.WantCondition()); len(ds) > 0 {
			b.Fatal(ds)
		}
	}
}
