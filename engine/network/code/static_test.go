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

func TestMayFail(t *testing.T) {
	given := code.Given{
		LetFails: func(slot int) bool { return slot == 1 },
		Threshold: func(i int) facts.Value {
			return []facts.Value{facts.NumberBetween(25, 50), facts.IntegerOf(3)}[i]
		},
		Days: facts.Between(facts.Date, -1e6, 1e6),
	}
	for text, want := range map[string][2]bool{ // with nothing given, and with given
		`x.ra + 1 > 3`:                       {false, false},
		`x.a + 1 > 3`:                        {false, false}, // rounding brings the largest number no further
		`x.a + x.b > 3`:                      {true, true},
		`x.ra * x.ra * x.ra > 3`:             {false, false},
		`x.a * 1.5 > 3`:                      {true, true},
		`x.a / 3 > 1`:                        {false, false},
		`x.a / x.ra > 1`:                     {true, true},
		`x.ra / (x.ri + 4) > 1`:              {false, false},
		`x.ra / threshold.t > 1`:             {true, false},
		`x.i + 1 > 3`:                        {true, true},
		`x.ri + 1 > 3`:                       {false, false},
		`x.ri * x.i > 3`:                     {true, true},
		`x.ri * x.rb > 3`:                    {true, true},
		`-x.i > 3`:                           {true, true},
		`x.i % 3 == 1`:                       {false, false},
		`x.i % x.ri == 1`:                    {true, true},
		`x.i % threshold.n == 1`:             {true, false},
		`abs(x.ri) > 3`:                      {false, false},
		`abs(x.i) > 3`:                       {true, true},
		`abs(x.a) > 3`:                       {false, false},
		`ramp(x.a, 1, 3) > 0.5`:              {false, false},
		`ramp(x.a, x.ra, 501) > 0.5`:         {false, false},
		`ramp(x.a, x.ra, 500) > 0.5`:         {true, true},
		`ramp(x.a, threshold.t, 51) > 0.5`:   {true, false},
		`case.as_of - x.rd < 3`:              {true, false},
		`case.as_of - x.d < 3`:               {true, false},
		`v > 3`:                              {true, false},
		`w > 3`:                              {true, true},
		`x.p or 1 / x.a > 3`:                 {true, true},
		`x.p ? x.ra / 2 > 1 : x.q`:           {false, false},
		`(x.p ? x.ra : 2) * 1e300 > 1`:       {false, false},
		`points(x.l, threshold.table) > 1`:   {false, false},
		`max(x.ra, x.rb) - 1 > 3`:            {false, false},
		`upper(x.s) == "A"`:                  {true, true},
		`x.s contains "a" and x.e == "u"`:    {false, false},
		`any(Thing, .a > x.a)`:               {false, false},
		`any(Thing, .a / x.a > 1)`:           {true, true},
		`count(Thing, .p) + 1 > 3`:           {false, false},
		`sum(Thing, .a) > 3`:                 {true, true},
		`sum(filter(Thing, .p), .ra) > 3`:    {false, false},
		`sum(Thing, .ri) > 3`:                {false, false},
		`sum(Thing, .i) > 3`:                 {true, true},
		`min(map(Thing, .ra)) > 3`:           {true, true},
		`known(x.a)`:                         {false, false},
		`x.l in ["low", "mid"] and not x.p`:  {false, false},
		`x.d + x.k > x.d`:                    {true, true},
		`x.rd + 3 > case.as_of`:              {false, false},
		`floor(x.ra) * ceil(x.ra) + 1.5 > 2`: {false, false},
	} {
		e := parse(t, text)
		require.Equal(t, want, [2]bool{code.MayFail(e, code.Given{}), code.MayFail(e, given)}, text)
	}
	upwards := code.Given{Threshold: func(int) facts.Value { return facts.Between(facts.Integer, 0, facts.MaxInteger) }}
	require.True(t, code.MayFail(parse(t, `threshold.n * 1e300 > 1`), upwards), "an open end stands for integers, not for infinity")
	require.False(t, code.MayFail(parse(t, `threshold.n * 1e280 > 1`), upwards))
}

func TestFitMayFail(t *testing.T) {
	for text, want := range map[string]bool{
		`=ra: x.ra`: false, `=ra: x.a`: true, `=ra: min(500, max(-10, x.a))`: false, `=ra: x.ri`: false, `=ra: x.i`: true,
		`=a: x.a * 0.5`: false, `=rb: x.rb + 1`: false, `=rb: x.ra`: true, `=ri: x.ri`: false, `=ri: x.ri + 1`: true,
		`=l: x.l`: false, `=rl: x.rl`: false, `=rl: x.l`: true, `=rl: max("mid", min("high", x.l))`: false, `=p: x.a > 1`: false,
		`=s: x.s`: false, `=e: x.g`: false, `=d: x.d`: false, `=rd: x.d`: true, `=i: count(Thing, .p)`: false,
	} {
		name, text, _ := cut(text)
		field := thing.Field(name)
		e := parseAs(t, text, condition.WantFormula(field.Type))
		require.Equal(t, want, code.FitMayFail(e, field, code.Given{}), "%s for %s", text, name)
	}
}

func cut(s string) (name, text string, ok bool) {
	for i := range s {
		if s[i] == ':' {
			return s[1:i], s[i+2:], true
		}
	}
	return "", s, false
}

// What may not fail does not, and what is exact is a point where fields are.
func TestFactsAboutExpressions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := drawExpression(t)
		given := code.Given{LetFails: func(int) bool { return true }}
		fails := code.MayFail(e, given)
		for range 3 {
			w := drawWorld(t)
			v := eval.Eval(e, w.env())
			require.True(t, fails || v.Fault() == nil, "%s may not fail, and is %#v", e.Text(), v)
			m := newMachine(w.layoutOf())
			exact := m.Exact(e, func(a *condition.Aggregate) bool { return m.Exact(inner(a), nil, w.exactThreshold, w.exactLet) },
				w.exactThreshold, w.exactLet)
			require.True(t, !exact || v.IsKnown() || v.Fault() != nil, "%s is exact, and is %#v", e.Text(), v)
		}
	})
}

// inner is an expression that reads what an aggregate's predicate and value read.
func inner(a *condition.Aggregate) condition.Expr {
	parts := condition.Children(a)
	if len(parts) == 0 {
		return condition.Constant(facts.Span{}, facts.Type{Kind: facts.Bool}, facts.BoolOf(true))
	}
	return condition.Conjunction(facts.Span{}, "", parts)
}

func (w *world) exactLet(slot int) bool { return w.lets[slot].IsKnown() || w.lets[slot].Fault() != nil }

func (w *world) exactThreshold(i int) bool {
	if i < len(w.thresholds) {
		return w.thresholds[i].IsKnown()
	}
	for _, v := range w.table {
		if !v.IsKnown() {
			return false
		}
	}
	return true
}

func TestKey(t *testing.T) {
	key := func(text string) string { return code.Key(parse(t, text)) }
	for a, b := range map[string]string{
		`x.ra > 3`:                           `(x.ra   > 3.0)`,
		`x.e in ["u", "z"]`:                  `  x.e in ["u","z"]`,
		`any(Thing, .p and .i == x.i)`:       `any( Thing, .p and .i == x.i )`,
		`x.l == "mid" and not x.p`:           `x.l == "mid"   and not x.p`,
		`ramp(x.a, 1, 3)`:                    ` ramp(x.a, 1, 3)`,
		`points(x.l, threshold.table) > 0.5`: ` points(x.l, threshold.table) > 0.5`,
	} {
		require.Equal(t, key(a), key(b))
	}
	different := []string{
		`x.ra > 3`, `y.ra > 3`, `x.rb > 3`, `x.ra >= 3`, `x.ra > 4`, `x.ri > 3`, `x.ri > 3.0`, `v > 3`, `w > 3`, `x.ra > threshold.t`, `x.ra > threshold.n`,
		`1 / x.ra > 3`, ` 1 / x.ra > 3`, `x.e == "u"`, `x.g == "u"`, `x.s == "u"`, `x.e == "w"`, `x.e in ["u"]`, `x.e in ["u", "w"]`, `x.e in ["w", "u"]`,
		`x.s contains "u"`, `x.s startsWith "u"`, `upper(x.s) == "u"`, ` upper(x.s) == "u"`, `x.l == "low"`, `x.l == "mid"`, `x.rl == "mid"`,
		`x.p`, `not x.p`, `x.p and x.q`, `x.p or x.q`, `(x.p and x.q) and x.p`, `x.p and (x.q and x.p)`,
		`count(Thing, .p) > 1`, `count(Thing, .q) > 1`, `len(Thing) > 1`, `any(Thing, .p)`, `all(Thing, .p)`, `sum(Thing, .ra) > 1`, `sum(filter(Thing, .p), .ra) > 1`,
		`min(map(Thing, .ra)) > 1`, ` min(map(Thing, .ra)) > 1`, `x.ri + 1 > 2`, `x.ri - 1 > 2`, `floor(x.ra) > 1`, `ceil(x.ra) > 1`, `case.as_of > x.rd`,
		`(x.p ? x.ri : x.ri) > 1`, `(x.p ? x.ri : x.ra) > 1`,
	}
	seen := map[string]string{}
	for _, text := range different {
		k := key(text)
		require.Empty(t, seen[k], "%s has the key of it", text)
		seen[k] = text
	}
}

// Expressions with one key mean one thing, down to the place of a fault.
func TestKeyIsMeaning(t *testing.T) {
	shared := 0
	rapid.Check(t, func(t *rapid.T) {
		w := &writer{T: t}
		forms := []func(int) string{w.number, w.integer, w.level, w.truth}
		form := rapid.SampledFrom(forms).Draw(t, "form")
		text := form(1)
		e, other := parse(t, text), parse(t, rapid.SampledFrom([]string{"", " "}).Draw(t, "indent")+rapid.SampledFrom([]string{text, text, form(1)}).Draw(t, "other"))
		if code.Key(e) != code.Key(other) {
			require.True(t, text != other.Text() || code.MayFail(e, code.Given{}), "%s has two keys", text)
			return
		}
		shared++
		m, world := newMachine(masked()), drawWorld(t)
		f := m.frame(world)
		a, b := m.Value(e)(f), m.Value(other)(f)
		require.True(t, a.Lo == b.Lo && a.Hi == b.Hi && a.State == b.State, "%s and %s share a key", text, other.Text())
		if a.Fault != nil {
			require.Equal(t, *a.Fault, *b.Fault, "%s and %s share a key", text, other.Text())
		}
	})
	require.Positive(t, shared)
}

func TestSize(t *testing.T) {
	require.Equal(t, 3, code.Size(parse(t, `x.ra > 3`)))
	require.Equal(t, 6, code.Size(parse(t, `count(Thing, .p and .q) > 1`)))
}
