package rules_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/rules"
	"truce/rules/condition"
)

func ruleNames(p *rules.Pack) []string {
	var names []string
	for _, r := range p.Rules {
		names = append(names, r.Name)
	}
	return names
}

func testNames(p *rules.Pack) []string {
	var names []string
	for _, t := range p.Tests {
		names = append(names, t.Name)
	}
	return names
}

func TestSourceOnly(t *testing.T) {
	files := everything(t)
	whole := load(t, files)
	p, ds := rules.Load(listed(files), rules.Options{SourceOnly: true})
	require.Empty(t, ds)
	require.NotEqual(t, whole.Digest, p.Digest, "another pack, another digest")
	require.Empty(t, p.Extensions)
	require.Nil(t, p.Threshold("thick"))
	require.Nil(t, p.Rule("fog-is-danger"))
	require.Nil(t, p.Line("fog"))
	require.Len(t, p.Constraints, len(whole.Constraints)-1)
	require.Len(t, p.Assumptions, 1)
	require.Equal(t, []string{"a-storm-keeps-it", "fair"}, testNames(p), "those that name nothing of an extension")
	require.Equal(t, whole.Schema.TypeNames(), p.Schema.TypeNames(), "the same cases can be read")
	for i, th := range p.Thresholds {
		require.Equal(t, i, th.Index)
	}
	requireResolved(t, p)
}

// requireResolved checks that whatever a pack's expressions name by index is what
// they name by name.
func requireResolved(t *testing.T, p *rules.Pack) {
	t.Helper()
	check := func(e condition.Expr) {
		condition.Walk(e, func(e condition.Expr) bool {
			if th, ok := e.(*condition.Threshold); ok {
				require.Equal(t, th.Name, p.Thresholds[th.Index].Name)
			}
			return true
		})
	}
	all := slices.Clone(p.Rules)
	for _, l := range p.Lines() {
		all = append(all, l.Rule)
	}
	for i, r := range all {
		require.Equal(t, i, r.Index)
		for j, s := range r.When {
			require.Equal(t, j, s.Index)
			check(s.Expr)
		}
		for _, c := range r.Then {
			for _, e := range c.Fields {
				require.NotNil(t, e)
				check(e)
			}
		}
	}
}

// A row of an extension leaves no trace in the rows behind it.
func TestSourceOnlyRow(t *testing.T) {
	files := with(t, "-- extra.yaml --\nextension: X01\nextension_doc: Fridays.\n")
	before, after, found := strings.Cut(files["rules.yaml"], "      - row: otherwise\n")
	require.True(t, found)
	files["rules.yaml"] = before + `      - row: friday
        extension: X01
        cites: [X01]
        when: [danger > 9]
        with: {value: wait}
      - row: otherwise
` + after
	whole := load(t, files)
	require.Len(t, whole.Rule("course/otherwise").When, 5)
	p, ds := rules.Load(listed(files), rules.Options{SourceOnly: true})
	require.Empty(t, ds)
	require.Nil(t, p.Rule("course/friday"))
	require.Len(t, p.Rule("course/otherwise").When, 4)
	require.True(t, p.Rule("course/otherwise").Row.Total)
}

func citing(id string) func([]string) bool {
	return func(cites []string) bool { return slices.Contains(cites, id) }
}

func TestWithoutNothing(t *testing.T) {
	p := load(t, everything(t))
	q := p.Without(func([]string) bool { return false })
	require.Equal(t, p.Digest, q.Digest)
	require.Equal(t, ruleNames(p), ruleNames(q))
	require.Equal(t, p.Strata, q.Strata)
	require.Len(t, q.Lines(), len(p.Lines()))
}

func TestWithoutAClaim(t *testing.T) {
	p := load(t, everything(t))
	before := ruleNames(p)

	q := p.Without(citing("C02"))
	require.Equal(t, []string{"fog-is-danger", "praised", "wind-is-danger"}, ruleNames(q), "the table cites C02, and so do its rows")
	require.NotEqual(t, p.Digest, q.Digest)
	require.NotEqual(t, p.Without(citing("C03a")).Digest, q.Digest)
	require.False(t, q.Leads(q.Schema.Type("Weather")), "nothing concludes the goal any more")
	require.Equal(t, 1, q.Strata)
	requireResolved(t, q)

	q = p.Without(citing("C01"))
	require.Equal(t, []string{"fog-is-danger", "called", "praised", "sea-is-danger"}, ruleNames(q))
	require.Nil(t, q.Line("danger"))
	require.NotNil(t, q.Line("end"))
	require.Len(t, q.Constraints, 3, "that on a dropped threshold is gone")
	require.Len(t, q.Thresholds, len(p.Thresholds), "indexes stay")

	require.Equal(t, before, ruleNames(p), "the pack itself is as it was")
	require.NotNil(t, p.Line("danger"))
	require.Equal(t, len(p.Rules), p.Lines()[0].Rule.Index)
}

// Taking out a threshold takes out what reads it: in a condition, a value, a
// conclusion or a sentence. Taking out a row frees the rows behind it.
func TestWithoutAThresholdAndARow(t *testing.T) {
	files := base(t)
	archive, err := os.ReadFile("testdata/ok/rows.txtar")
	require.NoError(t, err)
	for name, text := range with(t, string(archive)) {
		files[name] = text
	}
	p := load(t, files)
	q := p.Without(citing("C03a"))
	var gone []string
	for _, name := range ruleNames(p) {
		if q.Rule(name) == nil {
			gone = append(gone, name)
		}
	}
	require.Equal(t, []string{"reads-in-condition", "reads-in-value", "reads-in-conclusion", "reads-in-sentence",
		"course/first", "course/reads"}, gone)
	last := q.Rule("course/otherwise")
	require.Len(t, last.When, 2)
	require.Equal(t, "second", last.When[1].NotRow)
	require.True(t, last.Row.Total)
	require.False(t, p.Without(citing("C04")).Rule("course/second").Row.Total, "the last row is gone")
	requireResolved(t, q)
}

// A copy without an extension has none of its rules and assumptions, and all else.
func TestWithoutExtension(t *testing.T) {
	p, ds := rules.LoadDir("../testdata/packs/garden", rules.Options{})
	require.NoError(t, ds.Err())
	q := p.WithoutExtension("X01")
	require.Equal(t, slices.DeleteFunc(ruleNames(p), func(n string) bool { return n == "advice/journey" }), ruleNames(q))
	require.Len(t, q.Assumptions, 1)
	require.Len(t, p.Assumptions, 2)
	require.Equal(t, "Town.ban", q.Assumptions[0].Name())
	require.NotEqual(t, p.Digest, q.Digest)
	require.Equal(t, p.Digest, p.WithoutExtension("X99").Digest, "nothing is of it")
	for _, r := range q.Rules {
		for _, s := range r.When {
			require.NotEqual(t, "journey", s.NotRow, "nothing asks that the row does not hold")
		}
	}
	requireResolved(t, q)
}
