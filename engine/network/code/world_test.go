package code_test

import (
	"math"
	"slices"

	"github.com/stretchr/testify/require"

	"truce/engine/network/code"
	"truce/facts"
	"truce/facts/source"
	"truce/rules/condition"
	"truce/rules/eval"
)

// The world that generated expressions speak of: a bound fact x of the type Thing,
// another one y, the things as a collection, bound values v, w and u, thresholds t
// and n and a table of points. Fields with a range are named r..., the others may
// hold anything.
var (
	levels = &facts.Names{List: []string{"low", "mid", "high", "top"}}
	thing  = newThing()
	schema = newSchema()
)

func newThing() *facts.FactType {
	numbers, integers := facts.NumberBetween(-10, 500), facts.Between(facts.Integer, -3, 12)
	days, one := facts.Between(facts.Date, 14000, 16000), facts.NumberBetween(2, 2)
	above := facts.NumberBetween(0, math.Inf(1))
	upper := facts.Between(facts.Scale, 1, 2)
	t := &facts.FactType{Name: "Thing", Count: facts.Many}
	for _, f := range []*facts.Field{
		{Name: "a", Type: facts.Type{Kind: facts.Number}},
		{Name: "b", Type: facts.Type{Kind: facts.Number}},
		{Name: "ra", Type: facts.Type{Kind: facts.Number, Range: &numbers}},
		{Name: "rb", Type: facts.Type{Kind: facts.Number, Range: &above}},
		{Name: "rc", Type: facts.Type{Kind: facts.Number, Range: &one}},
		{Name: "i", Type: facts.Type{Kind: facts.Integer}},
		{Name: "j", Type: facts.Type{Kind: facts.Integer}},
		{Name: "ri", Type: facts.Type{Kind: facts.Integer, Range: &integers}},
		{Name: "p", Type: facts.Type{Kind: facts.Bool}},
		{Name: "q", Type: facts.Type{Kind: facts.Bool}},
		{Name: "s", Type: facts.Type{Kind: facts.Text}},
		{Name: "l", Type: facts.Type{Kind: facts.Scale, Names: levels}},
		{Name: "rl", Type: facts.Type{Kind: facts.Scale, Names: levels, Range: &upper}},
		{Name: "e", Type: facts.Type{Kind: facts.Enum, Names: &facts.Names{List: []string{"u", "w", "z"}}}},
		{Name: "g", Type: facts.Type{Kind: facts.Enum, Names: &facts.Names{List: []string{"u", "w", "z"}}}},
		{Name: "d", Type: facts.Type{Kind: facts.Date}},
		{Name: "rd", Type: facts.Type{Kind: facts.Date, Range: &days}},
		{Name: "k", Type: facts.Type{Kind: facts.Integer, Unit: facts.Day}},
	} {
		t.AddField(f)
	}
	return t
}

func newSchema() *facts.Schema {
	s := &facts.Schema{}
	s.AddType(&facts.FactType{Name: "Nothing", Count: facts.One})
	s.AddType(thing)
	return s
}

const asOf = 15000

// The value slots and the thresholds, in the order of their indexes.
var (
	lets       = []facts.Type{{Kind: facts.Number}, {Kind: facts.Integer}, {Kind: facts.Text}}
	thresholds = []facts.Type{{Kind: facts.Number}, {Kind: facts.Integer}}
)

func scope() *condition.Scope {
	return &condition.Scope{
		Schema: schema,
		Bindings: map[string]condition.Binding{
			"x": {Slot: 0, Fact: thing}, "y": {Slot: 1, Fact: thing},
			"v": {Slot: 0, Type: lets[0]}, "w": {Slot: 1, Type: lets[1]}, "u": {Slot: 2, Type: lets[2]},
		},
		Parameters: map[string]*condition.Parameter{
			"t":     {Name: "t", Index: 0, Type: thresholds[0]},
			"n":     {Name: "n", Index: 1, Type: thresholds[1]},
			"table": {Name: "table", Index: 2, Type: facts.Type{Kind: facts.Number}, Table: levels},
		},
		Declared: func(string) bool { return false },
	}
}

func parse(t require.TestingT, text string) condition.Expr {
	return parseAs(t, text, condition.WantValue())
}

func parseAs(t require.TestingT, text string, want condition.Want) condition.Expr {
	e, ds := condition.ParseAs(condition.Source{Text: text, SpanOf: func(from, to int) facts.Span {
		return facts.Span{File: "f", Start: source.Pos{Line: 1, Col: from + 1}, End: source.Pos{Line: 1, Col: to + 1}}
	}}, scope(), want)
	require.NoError(t, ds.Err(), "%s", text)
	return e
}

// world is an assignment of values to all that expressions may read.
type world struct {
	rows       [][]facts.Value // x, y and the rest of the things
	lets       []facts.Value
	thresholds []facts.Value
	table      []facts.Value
}

func (w *world) Value(i int) facts.Value  { return w.thresholds[i] }
func (w *world) Points(int) []facts.Value { return w.table }
func (w *world) members() (ms []eval.Member) {
	for i, vs := range w.rows {
		ms = append(ms, eval.Member{Fact: eval.Fact{Ref: i, Values: vs}, Presence: facts.BoolOf(true), Copies: 1})
	}
	return ms
}

func (w *world) env() *eval.Env {
	return &eval.Env{
		Facts:  []eval.Fact{{Ref: 0, Values: w.rows[0]}, {Ref: 1, Values: w.rows[1]}},
		Values: w.lets, Parameters: w, AsOf: asOf,
		Members: func(*facts.FactType) []eval.Member { return w.members() },
	}
}

// machine compiles over a layout and holds the frame that a world makes of it.
type machine struct {
	code.Compiler
	aggregates []*condition.Aggregate
}

func newMachine(l *code.Layout) *machine {
	m := &machine{}
	m.Compiler = code.Compiler{Layouts: []*code.Layout{{}, l}, Texts: code.NewTexts(nil),
		Aggregate: func(a *condition.Aggregate) int {
			m.aggregates = append(m.aggregates, a)
			return len(m.aggregates) - 1
		}}
	return m
}

// layoutOf is a layout that fits the world's rows: masked where a value is no point.
func (w *world) layoutOf() *code.Layout {
	l := &code.Layout{Fields: len(thing.Fields), Exact: make([]bool, len(thing.Fields))}
	for i := range thing.Fields {
		wide := slices.ContainsFunc(w.rows, func(vs []facts.Value) bool { return !vs[i].IsKnown() })
		l.Exact[i] = !wide
		l.Masked = l.Masked || wide
	}
	return l
}

// frame lays the world out. Aggregates are left to the reference.
func (m *machine) frame(w *world) *code.Frame {
	l := m.Layouts[thing.Index]
	f := &code.Frame{AsOf: asOf, Texts: code.NewTexts(m.Texts), Wide: []code.Value{{}}}
	for _, vs := range w.rows {
		row := len(f.Cells)
		f.Rows = append(f.Rows, row)
		f.Cells = append(f.Cells, make([]uint64, l.Width())...)
		for i, v := range vs {
			c := code.FromFact(v, f.Texts)
			f.Cells[row+i] = c.Lo
			if c.State != code.Point {
				f.Cells[row+i] = uint64(len(f.Wide))
				f.Wide = append(f.Wide, c)
				f.Cells[row+l.Fields+i/64] |= 1 << (i % 64)
			}
		}
	}
	short := func(vs []facts.Value) (out []code.Value) {
		for _, v := range vs {
			out = append(out, code.FromFact(v, f.Texts))
		}
		return out
	}
	f.Lets, f.Thresholds, f.Points = short(w.lets), short(w.thresholds), [][]code.Value{nil, nil, short(w.table)}
	f.Aggregates = func(number int, f *code.Frame) code.Value {
		return code.FromFact(eval.Eval(m.aggregates[number], w.env()), f.Texts)
	}
	return f
}

// same reports whether two values are one in every way that can be asked for.
func same(a, b facts.Value) bool {
	if f, g := a.Fault(), b.Fault(); f != nil || g != nil {
		return f != nil && g != nil && f.Code.ID == g.Code.ID && f.Span == g.Span && f.Message == g.Message
	}
	return a.Same(b) && a.IsKnown() == b.IsKnown() && a.IsUnknown() == b.IsUnknown() && a.IsInterval() == b.IsInterval()
}
