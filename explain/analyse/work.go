package analyse

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"truce/engine"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
	"truce/rules/eval"
)

// Options of an analysis.
type Options struct {
	// Limits of each run, where they are stricter than an analysis takes anyway: a run
	// that grows beyond a small size shows nothing here.
	Limits engine.Limits
	// Runs is how many runs of rules the searches over stated facts may take; 0 is
	// DefaultRuns.
	Runs int
	// Progress hears which check is made, and how many of all are done; nil where
	// nobody asks.
	Progress func(done, total int, name string)
}

// limits are those of a run in an analysis, of which there are many.
func (o *Options) limits() engine.Limits {
	stricter := func(n, most int) int {
		if n > 0 {
			return min(n, most)
		}
		return most
	}
	return engine.Limits{Facts: stricter(o.Limits.Facts, 50_000), Justifications: stricter(o.Limits.Justifications, 100_000),
		Work: stricter(o.Limits.Work, 5_000_000)}
}

// DefaultRuns is the budget of an analysis where none is given.
const DefaultRuns = 2_000

// The budgets of searches in problems, in boxes looked at.
const (
	stepsOfRule = 200
	stepsOfPair = 200
	stepsOfGap  = 2_000
)

// work is one analysis of a pack: what the checks share.
type work struct {
	ctx        context.Context
	pack       *rules.Pack
	options    Options
	parameters *trace.Parameters
	lines      []*rules.Rule // of the report
	all        []*rules.Rule // rules, then lines

	concluded []concluded           // by type
	producers [][]*rules.Rule       // by type: the rules that conclude it
	fate      map[*rules.Rule]*fate // of rules and lines

	footprints map[*rules.Rule]*footprint
	axes       map[*facts.Field]*axis // what fields are compared with; nil before it is asked for
	uses       *uses                  // what something reads; nil before it is asked for
	gaps       []*facts.FactType      // types that a table with a gap concludes
	compared   bool                   // rules that conclude the same were compared
	redundant  []redundant            // what came of it
	engine     *reruns
	runs       int // left

	found []Finding
}

// fate is what is known of a rule by itself.
type fate struct {
	dead   bool // no facts make it fire
	alive  bool // some do
	hunted bool // runs have shown that it is dead
}

func newWork(ctx context.Context, p *rules.Pack, o Options) *work {
	if o.Runs == 0 {
		o.Runs = DefaultRuns
	}
	n := len(p.Schema.Types)
	w := &work{ctx: ctx, pack: p, options: o, parameters: trace.NewParameters(p), runs: o.Runs,
		concluded: make([]concluded, n), producers: make([][]*rules.Rule, n), fate: map[*rules.Rule]*fate{},
		footprints: map[*rules.Rule]*footprint{}}
	for _, l := range p.Lines() {
		w.lines = append(w.lines, l.Rule)
	}
	w.all = slices.Concat(p.Rules, w.lines)
	w.engine = newReruns(w)
	for _, r := range p.Rules {
		for i, c := range r.Then {
			if !slices.ContainsFunc(r.Then[:i], func(d *rules.Conclusion) bool { return d.Fact == c.Fact }) {
				w.producers[c.Fact.Index] = append(w.producers[c.Fact.Index], r)
			}
		}
	}
	return w
}

// env is an environment with nothing bound but the values of slots.
func (w *work) env(values []facts.Value) *eval.Env {
	return &eval.Env{Parameters: w.parameters, Values: values, Members: func(*facts.FactType) []eval.Member { return nil }}
}

// trace decides of every rule by itself whether it can fire, from the lowest stratum
// up: what a dead rule would conclude feeds no other.
func (w *work) follow() error {
	order := slices.Clone(w.all)
	slices.SortStableFunc(order, func(a, b *rules.Rule) int { return cmp.Compare(a.Stratum, b.Stratum) })
	for _, r := range w.pack.Rules {
		for _, s := range r.When {
			if s.Kind == rules.Pattern && s.Fact.Concluded && w.stratumOf(s.Fact) == r.Stratum {
				w.concluded[s.Fact.Index].whole = true
			}
		}
	}
	for _, r := range order {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		f := &fate{}
		w.fate[r] = f
		if w.starved(r) != nil {
			f.dead = true
			continue
		}
		p := w.problem()
		p.holds(p.bind(r, nil), nil)
		res := p.solve(stepsOfRule)
		f.dead = res.refuted
		f.alive = res.point != nil && p.isStated()
		if !f.dead {
			w.feed(r)
		}
	}
	return nil
}

func (w *work) stratumOf(t *facts.FactType) int {
	if list := w.producers[t.Index]; len(list) > 0 {
		return list[0].Stratum
	}
	return -1
}

// starved is the first pattern of a rule that no fact can match; nil where there is
// none.
func (w *work) starved(r *rules.Rule) *rules.Step {
	for _, s := range r.When {
		if s.Kind == rules.Pattern && w.absent(s.Fact) {
			return s
		}
	}
	return nil
}

// isStated reports whether a point of the problem is facts that a case can state.
func (p *problem) isStated() bool {
	return !slices.ContainsFunc(p.things, func(t *thing) bool { return t.typ.Concluded }) &&
		!slices.ContainsFunc(p.slots, func(s *slot) bool { return s.kind == ofAggregate })
}

// dead reports whether a rule is proved never to fire.
func (w *work) dead(r *rules.Rule) bool { return w.fate[r].dead }

// stopped reports whether an error ends the whole analysis.
func stopped(err error) bool {
	return engine.Canceled(err) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
