package analyse_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/engine/enginetest"
	"truce/engine/trace"
	"truce/explain/analyse"
	"truce/facts"
	"truce/rules"
)

// Over generated packs: what is proved never to fire does not fire on facts drawn at
// random; what is proved to be subsumed holds only where the other rule can hold, and
// does where all is known; and every witness shows its finding.
func TestFindingsHoldOfRandomFacts(t *testing.T) {
	dead, subsumed, witnessed := 0, 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		g := enginetest.Pack(rt, enginetest.Options{Recursive: rapid.Bool().Draw(rt, "recursive")})
		g.Rules = append(g.Rules, narrowed(rt, g.Rules))
		p, ds := rules.Load(g.Files(g.InOrder()), rules.Options{})
		require.NoError(rt, ds.Err())
		r, err := analyse.Pack(context.Background(), p, analyse.Options{Runs: 200})
		require.NoError(rt, err)
		for _, f := range r.Findings {
			if f.Witness != nil {
				witnessed++
				require.True(rt, shows(t, p, f), "%s\n%s", f.Message, f.Witness.Text)
			}
		}
		for range 4 {
			c := enginetest.Case(rt, p.Schema)
			known := rapid.Bool().Draw(rt, "known")
			if known {
				settle(rt, c, p.Schema)
			}
			tr := run(p, c)
			if tr == nil {
				continue
			}
			for _, f := range r.Findings {
				about := rulesAt(p, f)
				switch f.Code {
				case analyse.NeverFires.ID, analyse.Shadowed.ID:
					dead++
					require.NotEqual(rt, trace.Certain, status(tr, about[0]), f.Message)
					if known {
						require.Zero(rt, status(tr, about[0]), f.Message)
					}
				case analyse.Repeated.ID, analyse.Subsumed.ID:
					if status(tr, about[0]) != trace.Certain {
						continue
					}
					subsumed++
					require.NotZero(rt, status(tr, about[1]), f.Message)
					if known {
						require.Equal(rt, trace.Certain, status(tr, about[1]), f.Message)
					}
				}
			}
		}
	})
	require.NotZero(t, dead)
	require.NotZero(t, subsumed)
	require.NotZero(t, witnessed)
}

// narrowed is one of some rules under another name, with a further condition.
func narrowed(t *rapid.T, list []string) string {
	rule := rapid.SampledFrom(list).Draw(t, "narrowed")
	more := rapid.SampledFrom([]string{"x.a > 0", "x.b", "x.k == 2", `x.e == "x"`, "x.a > 1 or x.b", "x.a < x.k"}).Draw(t, "by")
	rule = strings.Replace(rule, "rule: r", "rule: narrow-r", 1)
	return strings.Replace(rule, "    then:", "      - '"+more+"'\n    then:", 1)
}

// settle makes all that a case states known, and says that it is all.
func settle(t *rapid.T, c *facts.Case, s *facts.Schema) {
	c.Complete = nil
	for _, typ := range s.Types {
		if typ.Count == facts.Open && !typ.Concluded {
			c.Complete = append(c.Complete, typ.Name)
		}
	}
	for _, f := range c.Facts {
		for i, field := range f.Type.Fields {
			for !f.Data[i].Value.IsKnown() {
				f.Data[i].Value = enginetest.Inside(t, field.Type, f.Data[i].Value)
			}
		}
	}
}

// run is a finished run, or nil where it fails.
func run(p *rules.Pack, c *facts.Case) *trace.Trace {
	s := engine.Compile(p).NewSession(engine.Options{})
	if s.Load(c) != nil || s.Run(context.Background()) != nil {
		return nil
	}
	tr, _ := s.Trace() // conclusions stand without an answer
	return tr
}
