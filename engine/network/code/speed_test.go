package code_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine/network/code"
	"truce/facts"
	"truce/rules/eval"
)

// plain is a world of points: every number is 40, every integer 7.
func plain() *world {
	w := &world{
		lets:       []facts.Value{facts.NumberOf(2.5), facts.IntegerOf(4), facts.TextOf("ab")},
		thresholds: []facts.Value{facts.NumberOf(35), facts.IntegerOf(3)},
	}
	for range levels.List {
		w.table = append(w.table, facts.NumberOf(float64(len(w.table))/4))
	}
	for range 2 {
		var row []facts.Value
		for _, f := range thing.Fields {
			row = append(row, map[facts.Kind]facts.Value{
				facts.Number: facts.NumberOf(40), facts.Integer: facts.IntegerOf(7), facts.Bool: facts.BoolOf(false),
				facts.Text: facts.TextOf("ab"), facts.Enum: facts.EnumOf("w"), facts.Scale: facts.ScaleOf(1), facts.Date: facts.DateOf(14990),
			}[f.Type.Kind])
		}
		w.rows = append(w.rows, row)
	}
	return w
}

// vague is plain with an interval for each ordered field, and nothing known of others.
func vague() *world {
	w := plain()
	for _, row := range w.rows {
		for i, f := range thing.Fields {
			switch f.Type.Kind {
			case facts.Number:
				row[i] = facts.NumberBetween(36, 44)
			case facts.Integer, facts.Date, facts.Scale:
				lo := row[i].Integer()
				row[i] = facts.Between(f.Type.Kind, lo-1, lo+1)
			default:
				row[i] = f.Type.Unknown()
			}
		}
	}
	return w
}

// masked is a layout in which no field is exact.
func masked() *code.Layout {
	return &code.Layout{Fields: len(thing.Fields), Exact: make([]bool, len(thing.Fields)), Masked: true}
}

// Expressions that conditions are made of, with no operation that fails in plain and
// vague.
var hot = []string{
	`x.a >= 35`, `3 < x.i`, `x.a >= threshold.t`, `x.a < y.a`, `x.i == y.i`, `x.d <= case.as_of`, `x.l >= "mid"`, `x.l == y.l`, `x.i > 2.5`,
	`x.e == "u"`, `x.e != y.e`, `x.s == "ab"`, `x.p`, `not x.p`, `x.p == x.q`, `x.e in ["u", "z"]`, `x.i not in [1, 2, 3]`, `x.l in ["low", "top"]`,
	`x.a + y.a >= 80 or x.a >= 30 and x.b >= 35`, `not (x.p and x.a > 1) or x.q`, `x.a * 2 - y.a / 4 > 1`, `x.i + 2 * y.i - 1 > 3`, `-x.a < -x.i`,
	`case.as_of - x.d < 30`, `x.d + 3 > y.d`, `ramp(x.a, threshold.t, 50) > 0.5`, `abs(x.a - y.a) <= 8`, `abs(x.i) > 1`, `min(x.a, y.a, 3) + max(x.i, 2) > 1`,
	`floor(x.a) == round(y.a)`, `(x.p ? x.a : y.a) > 1`, `(x.p ? x.l : "mid") == "mid"`, `points(x.l, threshold.table) > 0.1`, `known(x.a)`,
	`x.s contains "b"`, `x.s startsWith "a"`, `v > w`, `x.p ? x.q : x.a > 1`,
}

// Compiled code allocates nothing on points and on intervals.
func TestAllocatesNothing(t *testing.T) {
	for _, text := range hot {
		e := parse(t, text)
		for name, w := range map[string]*world{"points": plain(), "intervals": vague()} {
			for _, l := range []*code.Layout{masked(), w.layoutOf()} {
				m := newMachine(l)
				test, value, f := m.Test(e), m.Value(e), m.frame(w)
				require.Zero(t, testing.AllocsPerRun(10, func() { test(f); value(f) }), "%s on %s", text, name)
				check(t, e, w)
			}
		}
	}
}

var sink code.Truth

func benchmark(b *testing.B, text string, l *code.Layout, w *world) {
	b.Helper()
	m := newMachine(l)
	test, f := m.Test(parse(b, text)), m.frame(w)
	b.ReportAllocs()
	for b.Loop() {
		sink = test(f)
	}
}

// BenchmarkTest tests x and y of 18 fields each: exact says that all fields are, points
// asks each whether it is one, reference is eval on the same points.
func BenchmarkTest(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"constant", `x.a >= 35`},
		{"threshold", `x.a >= threshold.t`},
		{"field", `x.a < y.a`},
		{"symbol", `x.e == "u"`},
		{"member", `x.e in ["u", "z"]`},
		{"bool", `x.p`},
		{"mixed", `x.i > 2.5`},
		{"logic", `x.a + y.a >= 800 or x.a >= 35 and x.b >= 35`},
		{"arithmetic", `x.a * 2 - y.a / 4 > 1`},
		{"dates", `case.as_of - x.d < 30`},
		{"ramp", `ramp(x.a, threshold.t, 50) > 0.5`},
		{"choice", `(x.p ? x.a : y.a) > 1`},
	} {
		b.Run(c.name+"/exact", func(b *testing.B) { benchmark(b, c.text, plain().layoutOf(), plain()) })
		b.Run(c.name+"/points", func(b *testing.B) { benchmark(b, c.text, masked(), plain()) })
		b.Run(c.name+"/intervals", func(b *testing.B) { benchmark(b, c.text, masked(), vague()) })
		b.Run(c.name+"/reference", func(b *testing.B) {
			e, env := parse(b, c.text), plain().env()
			b.ReportAllocs()
			for b.Loop() {
				eval.Eval(e, env)
			}
		})
	}
}
