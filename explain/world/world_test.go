package world_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/engine/enginetest"
	"truce/engine/trace"
	"truce/explain/world"
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
	"truce/rules/eval"
	"truce/rules/iran"
)

func run(p *rules.Pack, c *facts.Case) (*trace.Trace, error) {
	s := engine.Compile(p).NewSession(engine.Options{Limits: engine.Limits{Facts: 400, Justifications: 4000, Work: 2_000_000}})
	if err := s.Load(c); err != nil {
		return nil, err
	}
	if err := s.Run(context.Background()); err != nil {
		return nil, err
	}
	return s.Trace()
}

// Every condition, value and aggregate that the runs of the shipped pack recorded
// comes to the same over the world.
func TestTheWorldIsTheRulesOwn(t *testing.T) {
	p, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.NoError(t, ds.Err())
	compared := 0
	for i, test := range p.Tests {
		if i%4 != 0 {
			continue // a quarter of them has every rule and line
		}
		tr, err := run(p, test.Case)
		require.NoError(t, err, test.Name)
		compared += compare(t, tr)
	}
	require.Greater(t, compared, 1000)
}

func TestTheWorldOfGeneratedPacks(t *testing.T) {
	compared := 0
	rapid.Check(t, func(t *rapid.T) {
		g := enginetest.Pack(t, enginetest.Options{Recursive: rapid.Bool().Draw(t, "recursive")})
		p, ds := rules.Load(g.Files(g.InOrder()), rules.Options{})
		require.NoError(t, ds.Err())
		if tr, err := run(p, enginetest.Case(t, p.Schema)); err == nil {
			compared += compare(t, tr)
		}
	})
	require.Positive(t, compared)
}

// compare evaluates each justification again, and counts the aggregates among what
// it read.
func compare(t require.TestingT, tr *trace.Trace) int {
	n := 0
	env := world.Of(tr, tr.Parameters)
	for _, js := range [][]trace.Justification{tr.Justifications, tr.Lines} {
		for i := range js {
			j := &js[i]
			env.Facts, env.Values = nil, j.Values
			for _, p := range j.Premises {
				env.Facts = append(env.Facts, world.Bound(tr, p))
			}
			same := func(e condition.Expr, v facts.Value, r *trace.Reads) {
				require.Equal(t, v.Fault() != nil, eval.Eval(e, env).Fault() != nil, e.Text())
				require.True(t, v.Fault() != nil || eval.Eval(e, env).Same(v), "%s: %#v, recorded %#v", e.Text(), eval.Eval(e, env), v)
				n += len(r.Aggregates)
			}
			for k := range j.Steps {
				s := &j.Steps[k]
				if s.Step.Kind == rules.Let {
					same(s.Step.Expr, s.Value, &s.Reads)
				}
				for a := range s.Atoms {
					same(s.Atoms[a].Expr, s.Atoms[a].Truth, &s.Atoms[a].Reads)
				}
			}
		}
	}
	return n
}
