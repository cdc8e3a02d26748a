package condition_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/facts"
	"truce/rules/condition"
)

// writer writes expressions that are right by construction.
type writer struct {
	t      *rapid.T
	inside bool // an aggregate
}

func (w *writer) pick(options ...string) string { return rapid.SampledFrom(options).Draw(w.t, "pick") }

// number writes a number in percent/year.
func (w *writer) number(depth int) string {
	atoms := []string{"e.wind", "threshold.strong_wind"}
	if w.inside {
		atoms = append(atoms, ".growth")
	}
	if depth == 0 {
		return w.pick(atoms...)
	}
	x := func() string { return w.number(depth - 1) }
	switch rapid.IntRange(0, 9).Draw(w.t, "number") {
	case 0:
		return x() + " + " + w.pick("1", "2.5", "-3", x())
	case 1:
		return "(" + x() + " - " + x() + ") * " + w.pick("2", "e.share", "ramp("+x()+", 1, 2)")
	case 2:
		return "(" + w.condition(depth-1) + " ? " + x() + " : " + w.pick("0", x()) + ")"
	case 3:
		return w.pick("min", "max") + "(" + x() + ", " + w.pick("1", x()) + ", " + x() + ")"
	case 4:
		return w.pick("abs", "floor", "ceil", "round") + "(" + x() + ")"
	case 5:
		return "-" + "(" + x() + ")"
	case 6:
		return "(" + x() + ") * e.rain / e.rain"
	case 7:
		if !w.inside {
			return w.aggregate(depth - 1)
		}
	}
	return x()
}

func (w *writer) aggregate(depth int) string {
	w.inside = true
	defer func() { w.inside = false }()
	over := w.pick("Item", "filter(Item, "+w.condition(depth)+")")
	if w.pick("sum", "map") == "sum" {
		return "sum(" + over + ", " + w.number(depth) + ")"
	}
	return w.pick("sum", "min", "max", "mean") + "(map(" + over + ", " + w.number(depth) + "))"
}

func (w *writer) level(depth int) string {
	if depth > 0 && w.pick("a", "b") == "a" {
		return w.pick("min", "max") + "(" + w.level(depth-1) + `, ` + w.pick(`"middling"`, w.level(depth-1)) + ")"
	}
	return w.pick("e.level", "e.worst", "(e.active ? e.level : \"low\")")
}

// condition writes something that is true or false.
func (w *writer) condition(depth int) string {
	if depth == 0 {
		return w.pick("e.active", `e.kind == "storm"`, `e.kind not in ["storm"]`, `e.name contains "x"`, "tally in [1, -2]", "known(warm)",
			"case.as_of - e.since < 30", "e.since + 3 <= case.as_of")
	}
	x := func() string { return w.condition(depth - 1) }
	switch rapid.IntRange(0, 8).Draw(w.t, "condition") {
	case 0:
		return x() + " and " + x()
	case 1:
		return "(" + x() + " or " + x() + ")"
	case 2:
		return "not (" + x() + ")"
	case 3:
		return w.level(depth) + w.pick(" < ", " >= ", " == ") + w.pick(`"very_high"`, w.level(depth-1))
	case 4:
		if !w.inside {
			w.inside = true
			defer func() { w.inside = false }()
			return w.pick("any", "all", "none", "one") + "(Item, " + x() + ")"
		}
	case 5:
		return "points(" + w.level(depth-1) + ", threshold.strain_points) > " + w.pick("1", "e.share")
	}
	return w.number(depth) + w.pick(" > ", " <= ", " == ", " != ") + w.pick("35", w.number(depth-1))
}

// TestWellTyped parses what is right by construction: nothing is reported, every
// part lies within the whole, its text is the very stretch that its place names, and
// expr's machine makes of it what its type says.
func TestWellTyped(t *testing.T) {
	scope, shared := world(), world()
	shared.Shapes = condition.NewShapes()
	rapid.Check(t, func(t *rapid.T) {
		w := &writer{t: t}
		text := w.condition(rapid.IntRange(0, 4).Draw(t, "depth"))
		e, ds := condition.ParseAs(at(text), scope, condition.WantCondition())
		if len(ds) > 0 {
			t.Fatalf("%s\n%v", text, ds)
		}
		checkPlaces(t, text, e)
		if v, err := condition.RunNative(e, known()); err != nil {
			if !strings.Contains(err.Error(), "nil") { // the least of nothing
				t.Fatalf("%s: %v", text, err)
			}
		} else if _, ok := v.(bool); !ok {
			t.Fatalf("%s: expr gives %v", text, v)
		}
		bracketed, ds := condition.Parse(at("( "+text+" )"), scope)
		if len(ds) > 0 || places.ReplaceAllString(dump(e), "") != places.ReplaceAllString(dump(bracketed), "") {
			t.Fatalf("brackets change %s", text)
		}
		again, ds := condition.ParseAs(at(text), shared, condition.WantCondition())
		if len(ds) > 0 || dump(again) != dump(e) {
			t.Fatalf("shapes that have passed change %s", text)
		}
	})
}

var places = regexp.MustCompile(`  \d+-\d+\n`)

type fataler interface {
	Fatalf(format string, args ...any)
}

// checkPlaces holds every node's span against its parent's and its text. The text
// is on one line, as at places it.
func checkPlaces(t fataler, text string, e condition.Expr) {
	runes := []rune(text)
	offsets := func(e condition.Expr) (int, int) { return e.Span().Start.Col - 5, e.Span().End.Col - 5 }
	condition.Walk(e, func(e condition.Expr) bool {
		from, to := offsets(e)
		if from < 0 || to <= from || to > len(runes) || string(runes[from:to]) != e.Text() {
			t.Fatalf("%s: %T stands at %d-%d with the text %q", text, e, from, to, e.Text())
		}
		if strings.Count(e.Text(), "(") != strings.Count(e.Text(), ")") && !strings.ContainsAny(text, "\"'`") {
			t.Fatalf("%s: %q breaks a bracket", text, e.Text())
		}
		for _, c := range condition.Children(e) {
			if a, b := offsets(c); a < from || b > to {
				t.Fatalf("%s: %q is not within %q", text, c.Text(), e.Text())
			}
		}
		if e.Type().Kind == 0 {
			t.Fatalf("%s: %q has no type", text, e.Text())
		}
		return true
	})
}

// TestOneSlip breaks one word of an expression that is right: it is refused, with
// the place inside the text.
func TestOneSlip(t *testing.T) {
	scope := world()
	rapid.Check(t, func(t *rapid.T) {
		w := &writer{t: t}
		text := w.condition(rapid.IntRange(1, 3).Draw(t, "depth"))
		words := regexp.MustCompile(`[a-zA-Z_]+`).FindAllStringIndex(text, -1)
		at := rapid.SampledFrom(words).Draw(t, "word")
		if text[at[0]:at[1]] == "x" {
			return // the text of a pattern may be anything
		}
		slip := text[:at[0]] + "qqqqqqqqqqqq" + text[at[1]:]
		e, ds := condition.ParseAs(placed(t, slip), scope, condition.WantCondition())
		if e != nil || !ds.HasErrors() {
			t.Fatalf("%s is accepted", slip)
		}
	})
}

// placed is a source that checks each stretch that is asked for.
func placed(t fataler, text string) condition.Source {
	n := len([]rune(text))
	src := at(text)
	spanOf := src.SpanOf
	src.SpanOf = func(from, to int) facts.Span {
		if from < 0 || to < from || to > n {
			t.Fatalf("%q: asked for the place of %d-%d of %d", text, from, to, n)
		}
		return spanOf(from, to)
	}
	return src
}

func TestLimits(t *testing.T) {
	for text, code := range map[string]string{
		strings.Repeat("e.active and ", 2000) + "e.active":             "E701",
		strings.Repeat("(", 65) + "e.active" + strings.Repeat(")", 65): "E702",
		strings.Repeat("not ", 70) + "e.active":                        "E702",
		strings.Repeat("e.active ? 1 : ", 70) + "2":                    "E702",
		strings.Repeat("1+", 1200) + "1 > 3":                           "E703",
		strings.Repeat("1+", 7000) + "1 > 3":                           "E703",
	} {
		e, ds := condition.ParseAs(at(text), world(), condition.WantValue())
		require.Nil(t, e)
		require.Len(t, ds, 1, code)
		require.Equal(t, code, ds[0].Code)
		require.True(t, ds[0].Limit)
	}
	for _, text := range []string{
		strings.Repeat("e.active and ", 300) + "e.active", strings.Repeat("(", 60) + "e.active" + strings.Repeat(")", 60), strings.Repeat("1+", 900) + "1 > 3",
	} {
		e, ds := condition.Parse(at(text), world())
		require.Empty(t, ds)
		require.NotNil(t, e)
	}
}

// TestContext lets the lines of a report read context types.
func TestContext(t *testing.T) {
	scope := world()
	scope.AllowContext = true
	scope.Bindings["m"] = condition.Binding{Slot: 4, Fact: scope.Schema.Type("Almanac")}
	_, ds := condition.Parse(at(`any(Almanac, .moon > 3) and m.moon > 3`), scope)
	require.Empty(t, ds)
	scope.AllowContext = false
	_, ds = condition.Parse(at(`any(Almanac, .moon > 3) and m.moon > 3`), scope)
	require.Len(t, ds, 2)
}

// TestParametersOnly is how constraints are parsed: with thresholds and nothing else.
func TestParametersOnly(t *testing.T) {
	scope := &condition.Scope{Parameters: world().Parameters}
	e, ds := condition.ParseAs(at(`threshold.strong_wind < threshold.storm_wind`), scope, condition.WantCondition())
	require.Empty(t, ds)
	require.NotNil(t, e)
	_, ds = condition.ParseAs(at(`any(Item, .points > 3)`), scope, condition.WantCondition())
	require.Len(t, ds, 1)
	_, ds = condition.ParseAs(condition.Source{Text: "a >\nb"}, nil, condition.WantCondition())
	require.Equal(t, []string{"1:1", "2:1"}, []string{ds[0].Span.String(), ds[1].Span.String()})
}

func FuzzParse(f *testing.F) {
	for _, line := range slices.Concat(accepted(), rejected()) {
		_, text := split(line)
		f.Add(text, uint8(len(text)))
	}
	for _, c := range condition.Codes() {
		f.Add(c.Example, uint8(0))
	}
	scope := world()
	names := []string{"", "value", "number", "wind", "count", "days", "kind", "level", "name", "since", "active"}
	coded := map[string]bool{}
	for _, c := range condition.Codes() {
		coded[c.ID] = true
	}
	f.Fuzz(func(t *testing.T, text string, want uint8) {
		e, ds := condition.ParseAs(placed(t, text), scope, wants()[names[int(want)%len(names)]])
		for _, d := range ds {
			if !coded[d.Code] || d.Message == "" || d.Code == "E801" {
				t.Fatalf("%q: %s", text, fmt.Sprintf("%+v", d))
			}
		}
		if (e == nil) != ds.HasErrors() {
			t.Fatalf("%q: a tree and errors, or neither", text)
		}
		if e != nil && !strings.ContainsAny(text, "\n") {
			checkPlaces(t, text, e)
		}
	})
}
