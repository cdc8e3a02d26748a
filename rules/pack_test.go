package rules_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

func everything(t testing.TB) map[string]string {
	t.Helper()
	archive, err := os.ReadFile("testdata/ok/everything.txtar")
	require.NoError(t, err)
	return with(t, string(archive))
}

func TestPackIsWhatItsFilesSay(t *testing.T) {
	p := load(t, everything(t))
	require.Equal(t, "harbour", p.Name)
	require.Equal(t, "0.1.0", p.Version)
	require.Len(t, p.Digest, 64)
	require.Equal(t, "Course", p.Goal.Type.Name)
	require.Equal(t, "value", p.Goal.Field.Name)
	require.Equal(t, []string{"left", "stayed"}, p.Labels())
	require.Equal(t, "stayed", p.Label("turn-back"))
	require.Equal(t, "", p.Label("sink"))
	require.Equal(t, []rules.Label{{Name: "left", Values: []string{"sail"}, Doc: "The ferry left."}}, p.Goal.Labels[:1])

	// Pack order: extra, facts, more, rules.
	var names []string
	for i, r := range p.Rules {
		require.Equal(t, i, r.Index)
		require.Same(t, r, p.Rule(r.Name))
		names = append(names, r.Name)
	}
	require.Equal(t, []string{"fog-is-danger", "called", "praised", "wind-is-danger", "sea-is-danger",
		"course/warned", "course/dangerous", "course/otherwise"}, names)
	require.Equal(t, "more", p.Rule("called").Theme)
	require.Equal(t, "X01", p.Rule("fog-is-danger").Extension)
	require.Equal(t, "Fog, of which the handbook says nothing.", p.Extension("X01").Doc)
	require.Equal(t, []string{"read"}, p.Claim("C03a").Kinds)
	require.Nil(t, p.Rule("nothing"))
}

func TestSchema(t *testing.T) {
	s := load(t, everything(t)).Schema
	weather := s.Type("Weather")
	wind := weather.Field("wind")
	require.Equal(t, facts.One, weather.Count)
	require.Equal(t, facts.Unit("knot"), wind.Type.Unit)
	require.Equal(t, facts.NumberBetween(0, 150), *wind.Type.Range)
	require.Equal(t, "the last ten minutes", wind.Window)
	require.Equal(t, "the harbour master", wind.Asked)
	require.Equal(t, []string{"calm", "choppy", "rough", "high"}, weather.Field("sea").Type.Names.List)
	require.Equal(t, "flat", weather.Field("sea").Type.Names.Docs[0])
	require.Equal(t, facts.Between(facts.Integer, 0, facts.MaxInteger), *s.Type("Ship").Field("crew").Type.Range)
	require.Equal(t, facts.Open, s.Type("Sighting").Count)
	require.True(t, s.Type("Verdict").After)
	require.True(t, s.Type("Picture").Context)
	require.True(t, s.Type("Fog").Field("seen").Exact)
	require.Same(t, s.Type("Ship").Field("kind").Type.Names, s.Type("Fog").Field("kinds").Type.Names)
	require.Equal(t, []int{0}, s.Type("Danger").Key)
	require.Equal(t, []int{0, 1, 2, 3}, s.Type("Called").Key, "all fields where nothing is said")
	require.Empty(t, s.Type("Calm").Key)
	require.Equal(t, "reported", s.Quality("gauge").Mark)
	require.Contains(t, s.Units, "day")
}

func TestThresholds(t *testing.T) {
	p := load(t, everything(t))
	for i, th := range p.Thresholds {
		require.Equal(t, i, th.Index)
	}
	strong := p.Threshold("strong_wind")
	require.Equal(t, facts.NumberOf(35), strong.Value)
	require.Equal(t, facts.NumberBetween(25, 50), *strong.Plausible)
	require.Equal(t, "judgement", strong.Basis)
	require.Equal(t, 1.0, p.Threshold("storm").Step)
	require.Equal(t, "cited", p.Threshold("storm").Basis)
	points := p.Threshold("sea_points")
	require.True(t, points.Value.IsZero())
	require.Equal(t, p.Schema.Type("Weather").Field("sea").Type.Names, points.Table)
	require.Equal(t, []facts.Value{facts.NumberOf(0), facts.NumberOf(0.25), facts.NumberOf(1), facts.NumberOf(2)}, points.Points)
	require.Equal(t, facts.EnumOf("sum"), p.Threshold("rule_of_thumb").Value)
	require.Equal(t, facts.IntegerOf(4), p.Threshold("crew_least").Value)
	require.Equal(t, facts.ScaleOf(2), p.Threshold("too_high").Value)
	require.Equal(t, facts.Between(facts.Scale, 1, 3), *p.Threshold("too_high").Plausible)
	require.Equal(t, "2020-05-01", p.Threshold("season").Type.Format(p.Threshold("season").Value))
	require.True(t, p.Threshold("strict").Value.True())
	require.Len(t, p.Constraints, 4)
	a := p.Assumption(p.Schema.Type("Weather").Field("warned"))
	require.Equal(t, "Weather.warned", a.Name())
	require.True(t, a.Value.False())
}

func TestRuleSteps(t *testing.T) {
	p := load(t, everything(t))
	r := p.Rule("called")
	type line struct {
		kind rules.StepKind
		name string
		slot int
	}
	var lines []line
	for i, s := range r.When {
		require.Equal(t, i, s.Index)
		lines = append(lines, line{s.Kind, s.Name, s.Slot})
	}
	require.Equal(t, []line{{rules.Pattern, "w", 0}, {rules.Pattern, "s", 1}, {rules.Pattern, "other", 2},
		{rules.Condition, "", 0}, {rules.Let, "waited", 0}, {rules.Condition, "", 0}, {rules.Condition, "", 0},
		{rules.Condition, "", 0}}, lines)
	require.Equal(t, 3, r.FactSlots)
	require.Equal(t, 1, r.ValueSlots)
	require.Equal(t, "Weather", r.When[0].Text)
	require.Equal(t, "w.sea >= threshold.too_high", r.When[5].Text)
	require.Equal(t, facts.Day, r.When[4].Expr.Type().Unit)
	require.Len(t, r.Then, 2)
	require.Len(t, r.Then[0].Fields, 4)
	require.Empty(t, r.Then[1].Fields)
	require.Equal(t, "w: Weather", written(t, p, r.When[0].Span))
	require.Equal(t, "waited: case.as_of - w.since", written(t, p, r.When[4].Span))
	require.Equal(t, "called", written(t, p, r.Span))
	require.Equal(t, "=waited > 3"[1:], written(t, p, r.Then[0].Fields[2].Span()))
}

// written is what stands at a place of one line.
func written(t *testing.T, p *rules.Pack, at facts.Span) string {
	t.Helper()
	for _, f := range p.Files {
		if f.Name == at.File {
			require.Equal(t, at.Start.Line, at.End.Line)
			line := []rune(strings.Split(f.Text, "\n")[at.Start.Line-1])
			return string(line[at.Start.Col-1 : at.End.Col-1])
		}
	}
	t.Fatalf("no file %s", at.File)
	return ""
}

func TestSentence(t *testing.T) {
	p := load(t, everything(t))
	says := p.Rule("called").Says
	require.Len(t, says.Parts, 9)
	require.Equal(t, "{", says.Parts[0].Text)
	require.Equal(t, "s.name", says.Parts[1].Expr.Text())
	require.Equal(t, "} is called after ", says.Parts[2].Text)
	require.Equal(t, "days", says.Parts[3].Field.Field.Name)
	require.Equal(t, "late", says.Parts[5].Field.Field.Name)
	require.Equal(t, "threshold.crew_least", says.Parts[7].Expr.Text())
	require.Equal(t, ".", says.Parts[8].Text)
}

func TestRowsAreRules(t *testing.T) {
	p := load(t, everything(t))
	row := p.Rule("course/dangerous")
	require.Equal(t, &rules.Row{Table: "course", Name: "dangerous", Index: 1, Hit: "first", Common: 2, Total: true}, row.Row)
	require.Equal(t, []string{"C01", "C02"}, row.Cites, "those of the table")
	require.Len(t, row.When, 4)
	not := row.When[2]
	require.Equal(t, "warned", not.NotRow)
	require.Equal(t, "not row `warned`", not.Text)
	require.Equal(t, p.Rule("course/warned").Span, not.Span)
	both := not.Expr.(*condition.Unary).X.(*condition.Binary)
	require.Equal(t, condition.And, both.Op)
	require.Equal(t, "w.warned and danger > 0", both.Text())
	last := p.Rule("course/otherwise")
	require.Equal(t, []string{"warned", "dangerous"}, []string{last.When[2].NotRow, last.When[3].NotRow})
	require.Len(t, last.When, 4)
}

func TestStrata(t *testing.T) {
	p := load(t, everything(t))
	stratum := func(name string) int { return p.Rule(name).Stratum }
	require.Equal(t, 0, stratum("wind-is-danger"))
	require.Equal(t, stratum("wind-is-danger"), stratum("fog-is-danger"), "rules of one type")
	require.Equal(t, 1, stratum("called"), "it reads all dangers")
	require.Equal(t, 1, stratum("course/warned"))
	require.Equal(t, 2, p.Strata)
	for i, l := range p.Lines() {
		require.Equal(t, p.Strata, l.Rule.Stratum, "lines come last")
		require.Equal(t, len(p.Rules)+i, l.Rule.Index)
	}
}

func TestLeads(t *testing.T) {
	p := load(t, everything(t))
	var leading []string
	for _, typ := range p.Schema.Types {
		if p.Leads(typ) {
			leading = append(leading, typ.Name)
		}
	}
	slices.Sort(leading)
	require.Equal(t, []string{"Course", "Danger", "Fog", "Weather"}, leading)
}

func TestReport(t *testing.T) {
	p := load(t, everything(t))
	r := p.Report
	require.Equal(t, "the ferry leaves", r.Answer[0].Says)
	require.Equal(t, "This explains the rules, not the world.", r.Disclaimer)
	require.Len(t, r.Sections, 4)
	dangers := p.Section("dangers")
	require.Equal(t, []int{2, 10}, []int{dangers.Short, dangers.Limit})
	require.Equal(t, "Nothing is.", dangers.Empty)
	require.Len(t, dangers.Lines, 3, "one comes from the extension")
	line := p.Line("danger")
	require.Equal(t, "report/danger", line.Rule.Name)
	require.Equal(t, "d.points", line.Weight.Text())
	require.Empty(t, line.Rule.Then)
	require.Equal(t, facts.NumberOf(-1.5), p.Line("end").Weight.(*condition.Literal).Value)
	require.Nil(t, p.Line("fog").Weight)
	grid := p.Section("grid")
	require.Equal(t, rules.Matrix, grid.Kind)
	require.Equal(t, "Called", grid.Grid.Fact.Name)
	require.Equal(t, []string{"ship", "late", "days"}, []string{grid.Grid.Row.Name, grid.Grid.Column.Name, grid.Grid.Cell.Name})
	require.Len(t, r.Confidence, 2)
	slots := map[string]int{}
	condition.Walk(r.Confidence[0].When, func(e condition.Expr) bool {
		if v, ok := e.(*condition.Variable); ok {
			slots[v.Name] = v.Slot
		}
		return true
	})
	for name, slot := range slots {
		require.Equal(t, name, rules.ConfidenceNames()[slot])
	}
	require.Len(t, slots, 3)
	require.Nil(t, r.Confidence[1].When)
}

func TestTests(t *testing.T) {
	p := load(t, everything(t))
	test := p.Test("a-storm-keeps-it")
	require.Equal(t, []string{"C01"}, test.Cites)
	require.Len(t, test.Case.Facts, 3)
	require.Equal(t, []string{"Sighting"}, test.Case.Complete)
	require.Equal(t, []string{"wait"}, test.Expect.Answer)
	require.Len(t, test.Expect.Holds, 2)
	require.Len(t, test.Expect.CanHold, 1)
	require.Len(t, test.Expect.Cannot, 1)
	require.Equal(t, []string{"course/dangerous", "wind-is-danger"}, test.Expect.Proof)
	require.Equal(t, []string{"course/warned"}, test.Expect.NotProof)
}

// A pack without a report, claims, tests or thresholds is a pack.
func TestLeastPack(t *testing.T) {
	p := load(t, map[string]string{"pack.yaml": `
pack: {name: least, version: 1, goal: {type: Answer, field: value}}
facts:
  Answer: {concluded: true, key: [], fields: {value: {type: enum, values: [yes-it-is]}}}
rules:
  - {rule: always, then: [{conclude: Answer, with: {value: yes-it-is}}]}
`})
	require.NotNil(t, p.Report)
	require.Empty(t, p.Lines())
	require.Equal(t, 1, p.Strata)
}
