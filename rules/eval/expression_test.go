package eval_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/facts"
	"truce/rules/condition"
	"truce/rules/eval"
)

// The small world that generated expressions speak of: a bound fact x, a collection
// of items of the same shape, a bound value v and a threshold t.
var (
	levels = &facts.Names{List: []string{"low", "mid", "high"}}
	shape  = newShape()
)

func newShape() *facts.FactType {
	t := &facts.FactType{Name: "Item", Count: facts.Many}
	numbers, integers := facts.NumberBetween(-100, 100), facts.Between(facts.Integer, -100, 100)
	for _, f := range []*facts.Field{
		{Name: "a", Type: facts.Type{Kind: facts.Number, Range: &numbers}},
		{Name: "b", Type: facts.Type{Kind: facts.Number, Range: &numbers}},
		{Name: "i", Type: facts.Type{Kind: facts.Integer, Range: &integers}},
		{Name: "p", Type: facts.Type{Kind: facts.Bool}},
		{Name: "s", Type: facts.Type{Kind: facts.Text}},
		{Name: "l", Type: facts.Type{Kind: facts.Scale, Names: levels}},
		{Name: "e", Type: facts.Type{Kind: facts.Enum, Names: &facts.Names{List: []string{"u", "w"}}}},
		{Name: "d", Type: facts.Type{Kind: facts.Date}},
	} {
		t.AddField(f)
	}
	return t
}

func parse(t require.TestingT, text string) condition.Expr {
	schema := &facts.Schema{}
	schema.AddType(shape)
	scope := &condition.Scope{
		Schema: schema,
		Bindings: map[string]condition.Binding{
			"x": {Slot: 0, Fact: shape},
			"v": {Slot: 0, Type: facts.Type{Kind: facts.Number}},
		},
		Parameters: map[string]*condition.Parameter{"t": {Name: "t", Type: facts.Type{Kind: facts.Number}}},
		Declared:   func(string) bool { return false },
	}
	e, ds := condition.Parse(condition.Source{Text: text}, scope)
	require.NoError(t, ds.Err(), "%s", text)
	return e
}

type oneThreshold struct{ value facts.Value }

func (p oneThreshold) Value(int) facts.Value    { return p.value }
func (p oneThreshold) Points(int) []facts.Value { return nil }

// world is an assignment of values to all that expressions may read.
type world struct {
	x     []facts.Value
	items [][]facts.Value
	v, t  facts.Value
}

func (w *world) env() *eval.Env {
	members := make([]eval.Member, len(w.items))
	for i, vs := range w.items {
		members[i] = eval.Member{Fact: eval.Fact{Ref: i + 1, Values: vs}, Presence: facts.BoolOf(true), Copies: 1}
	}
	return &eval.Env{
		Facts: []eval.Fact{{Values: w.x}}, Values: []facts.Value{w.v}, Parameters: oneThreshold{w.t}, AsOf: 15000,
		Members: func(*facts.FactType) []eval.Member { return members },
	}
}

func (w *world) native() map[string]any {
	fields := func(vs []facts.Value) map[string]any {
		m := map[string]any{}
		for i, f := range shape.Fields {
			m[f.Name] = condition.Native(vs[i])
		}
		return m
	}
	items := []map[string]any{}
	for _, vs := range w.items {
		items = append(items, fields(vs))
	}
	return map[string]any{
		"x": fields(w.x), "Item": items, "v": condition.Native(w.v),
		"threshold": map[string]any{"t": condition.Native(w.t)},
		"case":      map[string]any{"as_of": 15000},
	}
}

// drawWorlds draws a world of known values and a wider one that holds it.
func drawWorlds(t *rapid.T) (known, wide *world) {
	known, wide = &world{}, &world{}
	known.x, wide.x = drawFields(t)
	for range rapid.IntRange(0, 3).Draw(t, "items") {
		k, w := drawFields(t)
		known.items, wide.items = append(known.items, k), append(wide.items, w)
	}
	number := facts.Type{Kind: facts.Number}
	known.v, wide.v = drawValue(t, number)
	known.t, wide.t = drawValue(t, number)
	return known, wide
}

func drawFields(t *rapid.T) (known, wide []facts.Value) {
	for _, f := range shape.Fields {
		k, w := drawValue(t, f.Type)
		known, wide = append(known, k), append(wide, w)
	}
	return known, wide
}

func drawValue(t *rapid.T, typ facts.Type) (known, wide facts.Value) {
	width := rapid.SampledFrom([]int{0, 0, 1, 2, -1}).Draw(t, "width") // -1: unknown
	ints := func(lo, hi int64) (facts.Value, facts.Value) {
		i := rapid.Int64Range(lo, hi).Draw(t, typ.Kind.String())
		return facts.Between(typ.Kind, i, i), facts.Between(typ.Kind, max(lo, i-int64(width)), min(hi, i+int64(width)))
	}
	switch typ.Kind {
	case facts.Number:
		x := rapid.OneOf(rapid.SampledFrom([]float64{0, 1, -1, 0.5, 2}), rapid.Float64Range(-100, 100)).Draw(t, "number")
		known, wide = facts.NumberOf(x), facts.NumberBetween(max(-100, x-float64(width)), min(100, x+float64(width)))
	case facts.Integer:
		known, wide = ints(-5, 5)
	case facts.Date:
		known, wide = ints(14990, 15010)
	case facts.Scale:
		known, wide = ints(0, 2)
	case facts.Bool:
		known = facts.BoolOf(rapid.Bool().Draw(t, "bool"))
		wide = known
	case facts.Text:
		known = facts.TextOf(rapid.SampledFrom([]string{"", "ab", "b"}).Draw(t, "text"))
		wide = known
	default:
		known = facts.EnumOf(rapid.SampledFrom(typ.Names.List).Draw(t, "symbol"))
		wide = known
	}
	if width < 0 {
		wide = typ.Unknown()
	}
	return known, wide
}

// writer writes expressions that are right by construction.
type writer struct {
	*rapid.T
	inside bool
}

func (w *writer) pick(options ...string) string {
	return rapid.SampledFrom(options).Draw(w.T, "pick")
}

func (w *writer) number(depth int) string {
	if depth == 0 {
		if w.inside {
			return w.pick(".a", ".b", "x.a", "v", "threshold.t", "1.5")
		}
		return w.pick("x.a", "x.b", "v", "threshold.t", "2", "x.i")
	}
	n := func() string { return w.number(depth - 1) }
	switch rapid.IntRange(0, 9).Draw(w.T, "number") {
	case 0, 1:
		return "(" + n() + w.pick(" + ", " - ", " * ", " / ") + n() + ")"
	case 2:
		return "(" + w.truth(depth-1) + " ? " + n() + " : " + n() + ")"
	case 3:
		return w.pick("min", "max") + "(" + n() + ", " + n() + ")"
	case 4:
		return w.pick("abs", "floor", "ceil", "round", "-") + "(" + n() + ")"
	case 5:
		return "ramp(" + n() + ", 1, 3)"
	case 6:
		return "(x.i " + w.pick("+", "-", "*", "%") + " 3)"
	case 7:
		if !w.inside {
			return w.aggregate(depth - 1)
		}
	}
	return n()
}

func (w *writer) aggregate(depth int) string {
	w.inside = true
	defer func() { w.inside = false }()
	over := w.pick("Item", "filter(Item, "+w.truth(depth)+")")
	switch w.pick("sum", "count", "extreme") {
	case "sum":
		return "sum(" + over + ", " + w.number(depth) + ")"
	case "count":
		return "len(" + over + ")"
	}
	return w.pick("min", "max", "mean") + "(map(" + over + ", " + w.number(depth) + "))"
}

func (w *writer) truth(depth int) string {
	if depth == 0 {
		if w.inside {
			return w.pick(".p", `.l >= "mid"`, `.e == x.e`, ".i == x.i", `.s contains "b"`)
		}
		return w.pick("x.p", `x.l > "low"`, `x.l == "high"`, `x.e in ["u"]`, `x.s startsWith "a"`, "x.i in [1, 2, -1]",
			"case.as_of - x.d < 3", "x.d <= case.as_of", `upper(x.s) == "B"`)
	}
	c := func() string { return w.truth(depth - 1) }
	switch rapid.IntRange(0, 6).Draw(w.T, "truth") {
	case 0:
		return "(" + c() + w.pick(" and ", " or ") + c() + ")"
	case 1:
		return "not (" + c() + ")"
	case 2:
		if !w.inside {
			w.inside = true
			defer func() { w.inside = false }()
			return w.pick("any", "all", "none", "one") + "(Item, " + c() + ")"
		}
	}
	return "(" + w.number(depth-1) + w.pick(" < ", " <= ", " > ", " >= ", " == ", " != ") + w.number(depth-1) + ")"
}

// On known values the evaluator says what expr's own machine says, wherever the
// machine's arithmetic is the language's.
func TestKnownValuesAgainstExpr(t *testing.T) {
	compared := 0
	rapid.Check(t, func(t *rapid.T) {
		known, _ := drawWorlds(t)
		text := (&writer{T: t}).truth(rapid.IntRange(0, 3).Draw(t, "depth"))
		e := parse(t, text)
		got := eval.Eval(e, known.env())
		if got.Fault() != nil {
			return // where the language has no value, expr has an infinity or a nil
		}
		require.True(t, got.IsKnown(), "%s = %#v on known values", text, got)
		native, err := condition.RunNative(e, known.native())
		if err != nil || native != got.True() {
			requireExcused(t, e, known, text)
			return
		}
		compared++
	})
	t.Logf("%d expressions agree", compared)
	require.Positive(t, compared)
}

// requireExcused allows a difference only where some part of the expression is a
// fault that the whole does not depend on, or where a comparison is so near its cut
// that sums rounded at each step decide it.
func requireExcused(t *rapid.T, e condition.Expr, w *world, text string) {
	excused := false
	condition.Walk(e, func(e condition.Expr) bool {
		if _, inside := e.(*condition.Aggregate); inside {
			excused = excused || eval.Eval(e, w.env()).Fault() != nil || hasDivision(e)
			return false
		}
		excused = excused || eval.Eval(e, w.env()).Fault() != nil
		return true
	})
	for _, a := range eval.Atoms(e, w.env()) {
		if a.Margin.IsKnown() && math.Abs(a.Margin.Number()) < 1e-9 {
			excused = true
		}
	}
	require.True(t, excused, "%s: the evaluator says otherwise than expr", text)
}

func hasDivision(e condition.Expr) bool {
	found := false
	condition.Walk(e, func(e condition.Expr) bool {
		b, ok := e.(*condition.Binary)
		found = found || ok && b.Op == condition.Div
		return true
	})
	return found
}

// What holds of known values lies within what is said of wider ones.
func TestWiderValuesEnclose(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		known, wide := drawWorlds(t)
		w := &writer{T: t}
		depth := rapid.IntRange(0, 3).Draw(t, "depth")
		text := w.truth(depth)
		if rapid.Bool().Draw(t, "number") {
			text = w.number(depth)
		}
		e := parse(t, text)
		one, all := eval.Eval(e, known.env()), eval.Eval(e, wide.env())
		if one.Fault() != nil {
			return
		}
		require.Nil(t, all.Fault(), "%s has a value for some of what it stands for", text)
		require.True(t, one.Within(all), "%s = %#v lies outside %#v", text, one, all)
	})
}

// Atoms carry the truth and the margin of each comparison; together they make the
// truth of the whole.
func TestAtoms(t *testing.T) {
	w := &world{x: []facts.Value{facts.NumberBetween(1, 4), facts.NumberOf(2), facts.IntegerOf(3), facts.BoolOf(true),
		facts.TextOf("ab"), facts.ScaleOf(2), facts.EnumOf("u"), facts.DateOf(14998)}, v: facts.NumberOf(5), t: facts.NumberOf(3)}
	for _, c := range []struct{ text, truth, margin string }{
		{"x.b < threshold.t", "true", "1"},
		{"x.a >= threshold.t", "unknown", "-2 to 1"},
		{"x.b == v", "false", "-3"},
		{"x.b != v", "true", "3"},
		{`x.l >= "mid"`, "true", "1"},
		{"case.as_of - x.d > 3", "false", "-1"},
		{"x.p", "true", ""},
	} {
		as := eval.Atoms(parse(t, c.text), w.env())
		require.Len(t, as, 1)
		require.Equal(t, c.truth, facts.Type{Kind: facts.Bool}.Format(as[0].Truth), c.text)
		margin := ""
		if m := as[0].Margin; !m.IsZero() {
			margin = facts.Type{Kind: m.Kind()}.Format(m)
		}
		require.Equal(t, c.margin, margin, c.text)
	}
	as := eval.Atoms(parse(t, `not (x.p and x.b < 1) or x.e == "w"`), w.env())
	require.Len(t, as, 3)
	require.Equal(t, []bool{true, true, false}, []bool{as[0].Negated, as[1].Negated, as[2].Negated})
	require.Equal(t, "x.b < 1", as[1].Expr.Text())
	require.Len(t, as[1].Operands, 2)
	require.Equal(t, "b", as[1].Reads.Fields[0].Field.Name)
}

// The truths of a condition's atoms make its own, of wide values too.
func TestTruthFollowsFromAtoms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		known, wide := drawWorlds(t)
		e := parse(t, (&writer{T: t}).truth(rapid.IntRange(0, 4).Draw(t, "depth")))
		for _, w := range []*world{known, wide} {
			want := eval.Eval(e, w.env())
			got := eval.Truth(e, eval.Atoms(e, w.env()))
			require.Equal(t, want.Fault() != nil, got.Fault() != nil, e.Text())
			require.True(t, want.Fault() != nil || want.Same(got), e.Text())
		}
	})
}
