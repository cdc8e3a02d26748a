package grid_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/facts"
	"truce/rules"
	"truce/rules/eval"
	"truce/rules/grid"
)

const pack = `
pack: {name: p, version: "1", goal: {type: G, field: v}, labels: {a: {values: [x, y]}}}
facts:
  S:
    fields:
      n: {type: number, range: [0, 10]}
      free: {type: number}
      i: {type: integer, range: [0, 5]}
      l: {type: scale, levels: [low, mid, high]}
      e: {type: enum, values: [oak, elm]}
      b: {type: bool}
      t: {type: text}
      d: {type: date}
  G: {concluded: true, key: [k], fields: {v: {type: enum, values: [x, y]}, k: {type: integer}}}
thresholds:
  t: {value: 3, because: a test}
  l: {of: S.l, value: mid, because: a test}
tables:
  - table: t
    hit: collect
    when: [s: S]
    conclude: G
    rows:
`

// table loads a table of rows, each a list of conditions.
func table(t testing.TB, rows ...[]string) *rules.Pack {
	var b strings.Builder
	b.WriteString(pack)
	for i, r := range rows {
		fmt.Fprintf(&b, "      - {row: r%d, with: {v: x, k: %d}", i, i)
		if len(r) > 0 {
			b.WriteString(", when: ['" + strings.Join(r, "', '") + "']")
		}
		b.WriteString("}\n")
	}
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: b.String()}}, rules.Options{})
	require.NoError(t, ds.Err(), b.String())
	return p
}

func shown(g *grid.Table) (lines []string) {
	for _, o := range g.Overlaps() {
		lines = append(lines, fmt.Sprintf("%s and %s: %s", g.Rows[o.A].Name, g.Rows[o.B].Name, g.Show(o.Where)))
	}
	gaps, _ := g.Gaps(0)
	for _, b := range gaps {
		lines = append(lines, "none: "+g.Show(b))
	}
	for i, r := range g.Rows {
		if g.Impossible(i) {
			lines = append(lines, r.Name+" never holds")
		}
		if g.Covered(i) {
			lines = append(lines, r.Name+" is covered")
		}
	}
	return lines
}

func TestTables(t *testing.T) {
	for name, c := range map[string]struct {
		rows [][]string
		want []string
	}{
		"apart and whole":                        {[][]string{{"s.n < 3"}, {"s.n >= threshold.t"}}, nil},
		"a point is left out":                    {[][]string{{"s.n < 3"}, {"s.n > threshold.t"}}, []string{"none: s.n is 3"}},
		"a point is in both":                     {[][]string{{"s.n <= 3"}, {"s.n >= threshold.t"}}, []string{"r0 and r1: s.n is 3"}},
		"between whole numbers there is nothing": {[][]string{{"s.i <= 2"}, {"s.i >= 3"}}, nil},
		"nor at the ends":                        {[][]string{{"s.i < 0"}, {"s.i >= 0"}}, []string{"r0 never holds"}},
		"levels":                                 {[][]string{{"s.l < threshold.l"}, {`s.l == "high"`}}, []string{"none: s.l is mid"}},
		"symbols":                                {[][]string{{`s.e == "oak"`, "s.b"}, {`s.e != "oak"`}}, []string{"none: s.e is oak, s.b is false"}},
		"texts":                                  {[][]string{{`s.t in ["a", "b"]`}, {`s.t != "b"`}}, []string{`r0 and r1: s.t is "a"`}},
		"dates":                                  {[][]string{{`s.d <= date("2020-01-01")`}, {`s.d > date("2020-01-02")`}}, []string{"none: s.d is 2020-01-02"}},
		"covered": {[][]string{{"s.n < 5"}, {"s.n >= 5", "s.b"}, {"s.n >= 5", "not s.b"}, {"s.n > 4"}},
			[]string{"r0 and r3: s.n is more than 4 and less than 5", "r1 and r3: s.n is at least 5 and at most 10, s.b is true", "r2 and r3: s.n is at least 5 and at most 10, s.b is false", "r3 is covered"}},
		"everything":             {[][]string{{}}, nil},
		"no bounds":              {[][]string{{"s.free > 1"}, {"s.free < -1"}}, []string{"none: s.free is at least -1 and at most 1"}},
		"a condition of its own": {[][]string{{"s.n > s.free"}, {"not (s.n > s.free)", "s.b"}}, []string{"none: s.n > s.free is false, s.b is false"}},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.want, shown(table(t, c.rows...).Grid("t")))
		})
	}
}

// world evaluates conditions over one fact.
type world struct{ p *rules.Pack }

func (w world) holds(r *rules.Rule, values []facts.Value) bool {
	env := &eval.Env{Facts: []eval.Fact{{Values: values}}, Parameters: thresholds(w.p.Thresholds)}
	for _, e := range r.Cells() {
		if !eval.Eval(e, env).True() {
			return false
		}
	}
	return true
}

type thresholds []*rules.Threshold

func (v thresholds) Value(i int) facts.Value    { return v[i].Value }
func (v thresholds) Points(i int) []facts.Value { return v[i].Points }

var conditions = []string{
	"s.n < 3", "s.n <= threshold.t", "s.n > 5", "s.n >= 2 and s.n < 7", "s.n == 4", "s.n != 4", "s.n < 2 or s.n > 8", "not (s.i in [1, 2, 4])",
	"s.i <= 2", "s.i > 1", "s.i == 3", "s.i in [0, 2, 5]", "s.i < 2.5", `s.l >= "mid"`, "s.l != threshold.l", `s.l == "low"`, "s.b", "not s.b", `s.e == "oak"`, `s.e != "oak"`,
	`s.t == "a"`, `s.t in ["b", "c"]`, `s.t != "a"`,
}

// What is said of a table is so: each overlap and gap at its point, and no drawn point
// overlaps or is left out that was not said.
func TestAgainstEvaluation(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(rapid.SampledFrom(conditions), 0, 3), 1, 4).Draw(rt, "rows")
		p := table(t, rows...)
		g, list, w := p.Grid("t"), p.Rows("t"), world{p}
		fields := p.Schema.Type("S").Fields
		values := func() []facts.Value {
			drawn := rapid.Float64Range(0, 10).Draw(rt, "n")
			whole := rapid.IntRange(0, 5).Draw(rt, "i")
			return []facts.Value{facts.NumberOf(rapid.SampledFrom([]float64{drawn, float64(whole)}).Draw(rt, "number")), facts.NumberOf(0),
				facts.IntegerOf(int64(rapid.IntRange(0, 5).Draw(rt, "i"))), facts.ScaleOf(rapid.IntRange(0, 2).Draw(rt, "l")),
				facts.EnumOf(rapid.SampledFrom([]string{"oak", "elm"}).Draw(rt, "e")), facts.BoolOf(rapid.Bool().Draw(rt, "b")),
				facts.TextOf(rapid.SampledFrom([]string{"a", "b", "c", "d", ""}).Draw(rt, "t")), facts.DateOf(0)}
		}
		point := func(b grid.Box) []facts.Value {
			vs := values()
			for k, v := range g.Point(b) {
				for _, f := range fields {
					if g.Inputs[k].Text == "s."+f.Name {
						vs[f.Index] = v
					}
				}
			}
			return vs
		}
		overlaps := map[[2]int]bool{}
		for _, o := range g.Overlaps() {
			overlaps[[2]int{o.A, o.B}] = true
			vs := point(o.Where)
			require.True(rt, w.holds(list[o.A], vs) && w.holds(list[o.B], vs), "%v %s", rows, g.Show(o.Where))
		}
		gaps, complete := g.Gaps(0)
		require.True(rt, complete)
		for _, b := range gaps {
			vs := point(b)
			for _, r := range list {
				require.False(rt, w.holds(r, vs), "%v %s", rows, g.Show(b))
			}
		}
		for range 20 {
			vs := values()
			var holding []int
			for i, r := range list {
				if w.holds(r, vs) {
					holding = append(holding, i)
				}
			}
			if len(holding) == 0 {
				require.NotEmpty(rt, gaps, "%v %v", rows, vs)
			}
			for i, b := range holding {
				for _, a := range holding[:i] {
					require.True(rt, overlaps[[2]int{a, b}], "%v", rows)
				}
				require.False(rt, g.Impossible(b))
				require.False(rt, g.Covered(b) && i == 0, "%v", rows)
			}
		}
		for i, a := range list {
			for j, b := range list[:i] {
				if grid.Exclude(a.Cells(), b.Cells()) {
					require.False(rt, overlaps[[2]int{j, i}], "%v", rows)
				}
			}
		}
	})
}

// The cell of a condition means what the condition does.
func TestCellsMeanTheirConditions(t *testing.T) {
	for _, text := range append(conditions, `s.d > date("2020-01-01")`, "s.n > s.free", "3 < s.n", `s.t == "it is, \"so\""`, "s.n - s.free >= 2", "s.b or s.n > 3") {
		e := table(t, []string{text}).Rows("t")[0].Cells()[0]
		x := grid.Of(e)
		composed, problem := grid.Compose(x.Input.Text(), x.Input.Type(), x.Cell())
		require.Nil(t, problem, "%s: %s", text, x.Cell())
		back := grid.Of(table(t, []string{composed.Text}).Rows("t")[0].Cells()[0])
		require.Equal(t, x.Input.Text(), back.Input.Text(), text)
		require.Equal(t, x.Cell(), back.Cell(), "%s by %s", text, composed.Text)
	}
}

func TestCompose(t *testing.T) {
	number, level := facts.Type{Kind: facts.Number}, facts.Type{Kind: facts.Scale}
	yes, text, date := facts.Type{Kind: facts.Bool}, facts.Type{Kind: facts.Text}, facts.Type{Kind: facts.Date}
	for _, c := range []struct {
		input string
		typ   facts.Type
		cell  string
		want  string
	}{
		{"s.n", number, "", ""}, {"s.n", number, " - ", ""}, {"s.n", number, "3", "s.n == 3"}, {"s.n", number, "= 3", "s.n == 3"},
		{"s.n", number, "≥ 3", "s.n >= 3"}, {"s.n", number, "[1..threshold.t)", "s.n >= 1 and s.n < threshold.t"},
		{"s.n", number, "< 1, (2..3]", "s.n < 1 or s.n > 2 and s.n <= 3"}, {"s.n", number, "not( 1, 2 )", "not (s.n == 1 or s.n == 2)"},
		{"s.n", number, "> max(1, 2)", "s.n > max(1, 2)"}, {"a - b", number, "> 1", "(a - b) > 1"}, {"f(a, b)", number, "> 1", "f(a, b) > 1"},
		{"s.l", level, "very-high", `s.l == "very-high"`}, {"s.l", level, `>= "mid"`, `s.l >= "mid"`}, {"s.l", level, "threshold.l", "s.l == threshold.l"},
		{"s.b", yes, "TRUE", "s.b"}, {"s.b", yes, "no", "not (s.b)"}, {"a > 1 or b", yes, "yes", "a > 1 or b"},
		{"s.t", text, "fog", `s.t == "fog"`}, {"s.t", text, `"fog, thick"`, `s.t == "fog, thick"`}, {"s.d", date, "< 2020-02-01", `s.d < date("2020-02-01")`},
	} {
		got, problem := grid.Compose(c.input, c.typ, c.cell)
		require.Nil(t, problem, c.cell)
		require.Equal(t, c.want, got.Text)
	}
}

func FuzzCompose(f *testing.F) {
	for _, s := range []string{"", "-", "> 3", "[1..2)", "not(1, 2)", `"a, b", c`, "1,5", "< ", ",", "..", "(..)", "not(", "é..日", "\"", "2020-13-01"} {
		f.Add(s, uint8(1))
	}
	f.Fuzz(func(t *testing.T, cell string, kind uint8) {
		typ := facts.Type{Kind: facts.Kind(kind%7) + 1}
		composed, problem := grid.Compose("s.n", typ, cell)
		length := len([]rune(cell))
		if problem != nil {
			require.Nil(t, composed)
			require.True(t, 0 <= problem.From && problem.From <= problem.To && problem.To <= length)
			require.NotEmpty(t, problem.Code)
			return
		}
		if composed.Text == "" {
			return
		}
		n := len([]rune(composed.Text))
		for i := range n {
			inCell, from, to := composed.Origin(i, i+1)
			require.LessOrEqual(t, from, to)
			if !inCell {
				require.LessOrEqual(t, to, len("s.n"))
			}
		}
	})
}
