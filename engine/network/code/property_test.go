package code_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine/network/code"
	"truce/facts"
	"truce/rules/condition"
	"truce/rules/eval"
)

func drawExpression(t *rapid.T) condition.Expr {
	w := &writer{T: t}
	depth := rapid.IntRange(0, 4).Draw(t, "depth")
	writers := []func(int) string{w.truth, w.truth, w.number, w.number, w.integer, w.level, w.text, w.symbol, w.date}
	return parse(t, rapid.SampledFrom(writers).Draw(t, "kind")(depth))
}

type fataler interface {
	require.TestingT
	Fatalf(format string, args ...any)
}

// check holds compiled code against the reference.
func check(t fataler, e condition.Expr, w *world) {
	m := newMachine(w.layoutOf())
	k := e.Type().Kind
	value := m.Value(e)
	want, f := eval.Eval(e, w.env()), m.frame(w)
	if got := value(f).Fact(k, f.Texts); !same(want, got) {
		t.Fatalf("%s = %#v, and compiled %#v\nx %#v\ny %#v\nlets %#v\nthresholds %#v", e.Text(), want, got, w.rows[0], w.rows[1], w.lets, w.thresholds)
	}
	if k != facts.Bool {
		return
	}
	if got := m.Test(e)(f).Value().Fact(k, f.Texts); !same(want, got) {
		t.Fatalf("%s = %#v, and its test %#v", e.Text(), want, got)
	}
}

// checkInside holds what stands inside aggregates against the reference, for the
// fact in turn.
func checkInside(t fataler, e condition.Expr, w *world) {
	m := newMachine(w.layoutOf())
	condition.Walk(e, func(e condition.Expr) bool {
		a, ok := e.(*condition.Aggregate)
		if !ok {
			return true
		}
		for _, part := range condition.Children(a) {
			value := m.Value(part)
			f := m.frame(w)
			for i := range w.rows {
				f.Row = f.Rows[i]
				want := eval.Eval(part, w.env().Inside(eval.Fact{Values: w.rows[i]}))
				if got := value(f).Fact(part.Type().Kind, f.Texts); !same(want, got) {
					t.Fatalf("%s = %#v of %#v, and compiled %#v", part.Text(), want, w.rows[i], got)
				}
			}
		}
		return true
	})
}

// Compiled code says of every expression in every world what the reference says.
func TestCompiledIsReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := drawExpression(t)
		for range 3 {
			w := drawWorld(t)
			check(t, e, w)
			checkInside(t, e, w)
		}
	})
}

// A formula fits its field as the reference makes it fit.
func TestFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		field := rapid.SampledFrom(thing.Fields).Draw(t, "field")
		w := &writer{T: t}
		depth := rapid.IntRange(0, 3).Draw(t, "depth")
		var text string
		switch field.Type.Kind {
		case facts.Number:
			text = w.number(depth)
		case facts.Integer:
			text = w.integer(depth)
			if field.Type.Unit != "" {
				text = "x.k"
			}
		case facts.Bool:
			text = w.truth(depth)
		case facts.Text:
			text = w.text(depth)
		case facts.Scale:
			text = w.level(depth)
		case facts.Enum:
			text = w.symbol(depth)
		case facts.Date:
			text = w.date(depth)
		}
		scope := scope()
		e, ds := condition.ParseAs(condition.Source{Text: text}, scope, condition.WantFormula(field.Type))
		if ds.HasErrors() {
			return // a literal outside the range
		}
		world := drawWorld(t)
		m := newMachine(world.layoutOf())
		fit := m.Fit(e, field)
		f := m.frame(world)
		want := eval.Fit(eval.Eval(e, world.env()), field, e.Span())
		got := fit(f).Fact(field.Type.Kind, f.Texts)
		require.True(t, same(want, got), "%s for %s: %#v, and compiled %#v", text, field.Name, want, got)
	})
}

// A value in short and at length is the same value.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := code.NewTexts(code.NewTexts(nil))
		typ := rapid.SampledFrom(thing.Fields).Draw(t, "field").Type
		v := draw(t, typ, false)
		require.True(t, same(v, code.FromFact(v, texts).Fact(typ.Kind, texts)), "%#v", v)
	})
}
