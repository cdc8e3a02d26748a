package prose

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/rules"
	"truce/rules/condition"
)

var update = flag.Bool("update", false, "write the goldens anew")

func load(t *testing.T, dir string) *rules.Pack {
	t.Helper()
	p, ds := rules.LoadDir(dir, rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

// all are the rules of a pack, the lines of its report among them.
func all(p *rules.Pack) []*rules.Rule {
	list := p.Rules
	for _, l := range p.Lines() {
		list = append(list[:len(list):len(list)], l.Rule)
	}
	return list
}

func TestEveryShape(t *testing.T) {
	p := load(t, "testdata/pack")
	var b strings.Builder
	for _, r := range all(p) {
		b.WriteString("# " + r.Name + "\n" + Rule(p, r) + "\n\n")
	}
	const golden = "testdata/shapes.golden"
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), b.String())
}

// Nothing that a rule reads may be missing from its text, and nothing that its
// author says of it may be in it.
func TestShippedPackIsReadInFull(t *testing.T) {
	p := load(t, "../iran")
	for _, r := range all(p) {
		text := Rule(p, r)
		require.NotContains(t, text, "\x00", r.Name)
		require.True(t, strings.HasSuffix(text, "."), r.Name)
		require.Equal(t, text, Rule(p, r), r.Name)
		for _, e := range expressions(r) {
			condition.Walk(e, func(x condition.Expr) bool {
				require.Contains(t, text, mention(p, x), "%s: %s", r.Name, x.Text())
				return true
			})
		}
	}
}

// expressions are all that a rule evaluates, but for what its rows say of others.
func expressions(r *rules.Rule) []condition.Expr {
	var list []condition.Expr
	for _, s := range r.When {
		if s.Expr != nil && s.NotRow == "" {
			list = append(list, s.Expr)
		}
	}
	for _, c := range r.Then {
		list = append(list, c.Fields...)
	}
	return list
}

// mention is what a text must hold for an expression to be in it.
func mention(p *rules.Pack, e condition.Expr) string {
	switch e := e.(type) {
	case *condition.FieldOf:
		return quoted(e.Field.Name)
	case *condition.ElementField:
		return quoted(e.Field.Name)
	case *condition.Variable:
		return e.Name
	case *condition.Threshold:
		return "threshold " + p.Thresholds[e.Index].Name
	case *condition.Aggregate:
		return e.Fact.Name
	case *condition.Literal:
		if e.Type().Kind.Numeric() || e.Type().Names != nil {
			return e.Type().Format(e.Value)
		}
	}
	return ""
}
