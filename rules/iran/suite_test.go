package iran

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/explain/cover"
	"truce/explain/packtest"
	"truce/rules"
)

func compile(p *rules.Pack) func() packtest.Session {
	program := engine.Compile(p)
	return func() packtest.Session { return program.NewSession(engine.Options{}) }
}

// The pack's own tests, on made-up cases alone, come to every rule and to nearly every
// outcome of a condition.
func TestSuiteCovers(t *testing.T) {
	p := load(t, rules.Options{})
	c, err := packtest.Cover(context.Background(), p, p.Tests, compile)
	require.NoError(t, err)
	ofRules, ofOutcomes := cover.CountRules(c.Rules)
	require.Equal(t, ofRules.All, ofRules.Hit, "rules that hold in no test: %v", c.Document().Missing)
	require.GreaterOrEqual(t, ofOutcomes.Percent(), 95.0, "outcomes that no test meets: %v", c.Document().Missing)
	lines, outcomes := cover.CountRules(c.Lines)
	require.GreaterOrEqual(t, lines.Percent(), 95.0)
	require.GreaterOrEqual(t, outcomes.Percent(), 90.0)
}

// A part of the mutants, evenly spread; .ci/run tries all.
func TestSuiteKillsMutants(t *testing.T) {
	p := load(t, rules.Options{})
	m, err := packtest.Mutate(context.Background(), p, p.Tests, compile, packtest.MutationOptions{Sample: 15, Workers: 2})
	require.NoError(t, err)
	require.GreaterOrEqual(t, m.Score().Percent(), 90.0, "survivors: %v", m.Document().Survivors)
}
