package whynot

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine/enginetest"
	"truce/engine/trace"
	"truce/explain/world"
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
	"truce/rules/eval"
)

// generated calls check with runs of generated packs over generated cases.
func generated(t *testing.T, check func(*rapid.T, *trace.Trace)) {
	t.Helper()
	runs := 0
	rapid.Check(t, func(t *rapid.T) {
		g := enginetest.Pack(t, enginetest.Options{Recursive: rapid.Bool().Draw(t, "recursive")})
		p, ds := rules.Load(g.Files(g.InOrder()), rules.Options{})
		require.NoError(t, ds.Err())
		tr, err := run(p, enginetest.Case(t, p.Schema))
		if err != nil {
			return // a limit, a conflict of keys: there is nothing to explain
		}
		runs++
		check(t, tr)
	})
	require.Positive(t, runs)
}

// goals are targets of every concluded type: any fact, and facts with some fields.
func goals(t *rapid.T, tr *trace.Trace) []Target {
	var out []Target
	for _, ft := range tr.Pack.Schema.Types {
		if !ft.Concluded {
			continue
		}
		out = append(out, Target{Type: ft})
		g := Target{Type: ft}
		for _, f := range ft.Fields {
			if !rapid.Bool().Draw(t, f.Name) {
				continue
			}
			v := enginetest.Inside(t, f.Type, f.Type.Unknown())
			set := anything(f.Type)
			switch lo, hi := ends(v); {
			case ordered(f.Type.Kind) && f.Type.Kind != facts.Bool:
				set.Low, set.High = lo, hi
			case v.IsKnown():
				set = only(f.Type, v)
			}
			g.wants = append(g.wants, want{f, set})
		}
		out = append(out, g)
	}
	return out
}

// searched calls check with the search of every rule for every goal of a run.
func searched(t *rapid.T, tr *trace.Trace, check func(*search)) {
	for _, g := range goals(t, tr) {
		x := newExplainer(tr, Options{})
		for _, r := range tr.Pack.Rules {
			for _, c := range r.Then {
				if c.Fact != g.Type {
					continue
				}
				if _, barred := bars(c, g.wants); !barred {
					s := &search{explainer: x, rule: r, conclusion: c, wants: g.wants}
					s.run(3)
					check(s)
				}
			}
		}
	}
}

// The nearest choices have the fewest conditions that are not true: no choice that a
// plain search over all of them finds has fewer.
func TestNearestAgainstBruteForce(t *testing.T) {
	compared := 0
	generated(t, func(t *rapid.T, tr *trace.Trace) {
		searched(t, tr, func(s *search) {
			require.False(t, s.bound)
			all := s.everyChoice(t)
			slices.Sort(all)
			if len(all) > 3 {
				all = all[:3]
			}
			var got []int
			for _, c := range s.found {
				got = append(got, c.count)
			}
			require.Equal(t, all, got, s.rule.Name)
			compared += len(got)
		})
	})
	require.Greater(t, compared, 100)
}

// A search whose budget ended names a true bound: every choice that it did not show
// has at least as many blocked conditions as it says, and it shows one at least.
func TestBoundsAreTrue(t *testing.T) {
	bounded := 0
	generated(t, func(t *rapid.T, tr *trace.Trace) {
		budget := rapid.IntRange(1, 6).Draw(t, "budget")
		searched(t, tr, func(exact *search) {
			s := &search{explainer: newExplainer(tr, Options{Budget: budget}), rule: exact.rule, conclusion: exact.conclusion, wants: exact.wants}
			s.run(3)
			require.NotEmpty(t, s.found)
			if !s.bound {
				return
			}
			bounded++
			all := s.everyChoice(t)
			for _, c := range s.found {
				i := slices.Index(all, c.count)
				require.GreaterOrEqual(t, i, 0)
				all = slices.Delete(all, i, i+1)
			}
			for _, n := range all {
				require.GreaterOrEqual(t, n, s.atLeast)
			}
		})
	})
	require.Greater(t, bounded, 50)
}

// everyChoice counts what blocks each choice, without the search.
func (s *search) everyChoice(t *rapid.T) []int {
	env := world.Of(s.t, s.t.Parameters)
	env.Facts = make([]eval.Fact, s.rule.FactSlots)
	var patterns []*rules.Step
	for _, step := range s.rule.When {
		require.NotEqual(t, rules.Let, step.Kind, "generated rules bind no values")
		if step.Kind == rules.Pattern {
			patterns = append(patterns, step)
		}
	}
	var counts []int
	var choose func(n, blocked int)
	choose = func(n, blocked int) {
		if n < len(patterns) {
			some := false
			for i := range s.t.Facts {
				if f := &s.t.Facts[i]; f.Type == patterns[n].Fact {
					some = true
					env.Facts[patterns[n].Slot] = world.Bound(s.t, i)
					choose(n+1, blocked+count(f.Status != trace.Certain))
				}
			}
			if !some {
				env.Facts[patterns[n].Slot] = imagined(patterns[n].Fact, -1)
				choose(n+1, blocked+1)
			}
			return
		}
		for _, step := range s.rule.When {
			if step.Kind == rules.Condition {
				blocked += fewest(t, step.Expr, env, true)
			}
		}
		for _, w := range s.wants {
			e := s.conclusion.Fields[w.field.Index]
			switch asked, isTruth := w.wantsTruth(); {
			case w.set.Holds(eval.Fit(eval.Eval(e, env), w.field, e.Span())).True():
			case isTruth:
				blocked += fewest(t, e, env, asked)
			default:
				blocked++
			}
		}
		counts = append(counts, blocked)
	}
	choose(0, 0)
	return counts
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// fewest is how many atoms of a condition have to turn for it to be as asked, found
// by trying every set of them.
func fewest(t *rapid.T, e condition.Expr, env *eval.Env, asked bool) int {
	atoms := eval.Atoms(e, env)
	require.LessOrEqual(t, len(atoms), 12)
	best := len(atoms) + 1
	for set := range 1 << len(atoms) {
		n := 0
		truths := map[condition.Expr]facts.Value{}
		for i, a := range atoms {
			truths[a.Expr] = a.Truth
			if set&(1<<i) != 0 {
				truths[a.Expr] = facts.BoolOf(a.Negated != asked)
				n++
			}
		}
		if is(kleene(e, truths), asked) {
			best = min(best, n)
		}
	}
	return best
}

func kleene(e condition.Expr, truths map[condition.Expr]facts.Value) facts.Value {
	if v, ok := truths[e]; ok {
		return v
	}
	if u, ok := e.(*condition.Unary); ok {
		return eval.Not(kleene(u.X, truths))
	}
	b := e.(*condition.Binary)
	if b.Op == condition.And {
		return eval.And(kleene(b.X, truths), kleene(b.Y, truths))
	}
	return eval.Or(kleene(b.X, truths), kleene(b.Y, truths))
}

// A change that is called enough, put into the case, makes the rule conclude the goal
// with the same facts, where it changes nothing but what the case states and the rule
// reads nothing but that.
func TestEnoughIsEnough(t *testing.T) {
	applied := 0
	generated(t, func(t *rapid.T, tr *trace.Trace) {
		searched(t, tr, func(s *search) {
			if !readsStated(s.rule) {
				return
			}
			for _, c := range s.found {
				in := Instance{}
				at := s.scope(c)
				changes, ok := s.enough(c, s.blocks(at, c, &in))
				if !ok {
					continue
				}
				after, err := run(tr.Pack, restated(tr, changes))
				if err != nil {
					continue // the change makes rules contradict each other
				}
				applied++
				require.True(t, s.concluded(after, c), "%s with %v", s.rule.Name, s.tried(changes))
			}
		})
	})
	t.Logf("%d changes applied", applied)
	require.Greater(t, applied, 20)
}

func readsStated(r *rules.Rule) bool {
	stated := true
	look := func(e condition.Expr) {
		condition.Walk(e, func(x condition.Expr) bool {
			if a, ok := x.(*condition.Aggregate); ok {
				stated = stated && !a.Fact.Concluded
			}
			return true
		})
	}
	for _, step := range r.When {
		if step.Kind == rules.Pattern {
			stated = stated && !step.Fact.Concluded
		} else {
			look(step.Expr)
		}
	}
	for _, c := range r.Then {
		for _, e := range c.Fields {
			look(e)
		}
	}
	return stated
}

// restated is the case of a run with some fields changed.
func restated(tr *trace.Trace, changes []change) *facts.Case {
	c := *tr.Case
	c.Facts = nil
	for _, f := range tr.Case.Facts {
		g := *f
		g.Data = slices.Clone(f.Data)
		for _, ch := range changes {
			if tr.Facts[ch.fact].Name == f.Name() {
				g.Data[ch.field.Index].Value = ch.value
			}
		}
		c.Facts = append(c.Facts, &g)
	}
	return &c
}

// concluded reports whether a run has the choice as an instance that holds and
// concludes the goal.
func (s *search) concluded(after *trace.Trace, c *choice) bool {
	return slices.ContainsFunc(after.Justifications, func(j trace.Justification) bool {
		if j.Rule != s.rule || j.Status != trace.Certain {
			return false
		}
		for slot, p := range j.Premises {
			if after.Facts[p].Name != s.t.Facts[c.facts[slot].Ref].Name {
				return false
			}
		}
		for _, w := range s.wants {
			if !w.set.Holds(after.Facts[j.Fact].Fields[w.field.Index].Value).True() {
				return false
			}
		}
		return true
	})
}

// Every goal of a document is answered, every name of one can be asked again and
// means the same, and what is said to hold does.
func TestDocumentsOfGeneratedPacks(t *testing.T) {
	generated(t, func(t *rapid.T, tr *trace.Trace) {
		for _, g := range goals(t, tr) {
			d := Of(tr, g, Options{})
			named := map[string]bool{}
			for _, a := range d.Goals {
				named[a.Goal] = true
			}
			for i, a := range d.Goals {
				again, err := Parse(tr, a.Goal)
				require.NoError(t, err, a.Goal)
				if i > 0 || a.Goal == g.String() {
					require.Equal(t, a.Goal, again.String())
				}
				require.True(t, a.Status != "cannot hold" || len(a.Rules)+len(a.NoRule) > 0 || a.Stated)
				for _, r := range a.Rules {
					for _, in := range r.Nearest {
						for _, b := range in.Blockers {
							for _, w := range b.Ways {
								for _, n := range w.Needs {
									require.True(t, n.Goal == "" || named[n.Goal], n.Goal)
								}
							}
						}
					}
				}
			}
		}
	})
}
