package condition_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts"
	"truce/rules/condition"
)

// TestExamples holds each code's example against the code: it shows that finding
// and no other.
func TestExamples(t *testing.T) {
	told := map[string]string{
		"E701": "a limit, see TestLimits", "E702": "a limit, see TestLimits", "E703": "a limit, see TestLimits",
		"E801": "never seen: TestSecondOpinionAgrees would fail", "E911": "a fault of evaluation, see TestExternalFaults",
	}
	low, high := facts.NumberBetween(0, 100), facts.Type{Kind: facts.Number, Unit: "percent/year"}
	high.Range = &low
	formulas := map[string]facts.Type{
		"E415": {Kind: facts.Number}, "E416": {Kind: facts.Integer, Unit: "percent/year"}, "E421": high, "E502": high,
	}
	seen := map[string]bool{}
	for _, c := range condition.Codes() {
		require.Regexp(t, `^E[1-9]\d\d$`, c.ID)
		require.False(t, seen[c.ID], "%s is there twice", c.ID)
		seen[c.ID] = true
		require.NotEmpty(t, c.Title)
		require.NotEmpty(t, c.Doc)
		require.NotEmpty(t, c.Example)
		if told[c.ID] != "" {
			continue
		}
		t.Run(c.ID, func(t *testing.T) {
			want := condition.WantCondition()
			if f, ok := formulas[c.ID]; ok {
				want = condition.WantFormula(f)
			}
			e, ds := condition.ParseAs(at(c.Example), world(), want)
			require.Nil(t, e)
			var codes []string
			for _, d := range ds {
				codes = append(codes, d.Code)
			}
			require.Equal(t, []string{c.ID}, codes, "%s\n%s", c.Example, render(t, c.Example, ds))
		})
	}
}
