package oracle

import (
	"context"
	"maps"
	"slices"

	"truce/engine/model"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
	"truce/rules/eval"
)

// Matcher recomputes the model from what is stated. It is not safe for concurrent
// use.
type Matcher struct {
	pack       *rules.Pack
	parameters *model.Parameters
	asOf       int64
	stated     map[string]*model.Base
	counters   *model.Counters
}

// New is a matcher over nothing stated, with the pack's thresholds, on the day 0.
func New(p *rules.Pack) *Matcher {
	return &Matcher{pack: p, parameters: model.NewParameters(p), stated: map[string]*model.Base{}}
}

// State enters a stated fact, in place of one of the same name.
func (m *Matcher) State(b *model.Base) { m.stated[b.Name()] = b }

// Withdraw takes a stated fact back.
func (m *Matcher) Withdraw(name string) { delete(m.stated, name) }

// Configure sets the thresholds and the date that rules see.
func (m *Matcher) Configure(p *model.Parameters, asOf int64) { m.parameters, m.asOf = p, asOf }

// Count counts the work of later runs; nil: no more.
func (m *Matcher) Count(c *model.Counters) { m.counters = c }

// Run fires the rules of the pack over the stated facts until nothing new follows.
// Its errors are source.Diagnostics with codes of this package or of eval, or
// *Cancelled when the context ends. A model, once returned, does not change.
func (m *Matcher) Run(ctx context.Context, limits model.Limits) (*model.Model, error) {
	if err := ctx.Err(); err != nil {
		return nil, &Cancelled{Cause: err}
	}
	r := &run{pack: m.pack, limits: limits, ctx: ctx, model: model.New(m.pack.Schema),
		keys: map[string][]int{}, counters: m.counters}
	r.work = limits.Work
	r.env = r.model.Env(m.parameters, m.asOf, nil)
	if limits.Work > 0 {
		r.env.Work = &r.work
	}
	r.state(m.stated)
	for stratum := range m.pack.Strata {
		if err := r.stratum(stratum); err != nil {
			return nil, err
		}
	}
	if err := r.lines(); err != nil {
		return nil, err
	}
	return r.model, nil
}

type run struct {
	pack   *rules.Pack
	limits model.Limits
	ctx    context.Context
	model  *model.Model
	env    *eval.Env
	work   int
	keys   map[string][]int // facts by type and key
	ticks  int
	stated int // how many facts are

	counters *model.Counters

	groups int
	first  int // the first instance of the stratum at hand
	fresh  int // the first fact that the round before the last had not seen
	seen   int // the first fact that the last round had not seen
}

// state enters the stated facts.
func (r *run) state(stated map[string]*model.Base) {
	r.stated = len(stated)
	for _, name := range slices.Sorted(maps.Keys(stated)) {
		b := stated[name]
		f := model.Fact{Type: b.Type, Values: b.Values, Status: trace.Certain, Base: b, Copies: 1}
		if b.Unlisted {
			f.Status, f.Copies, f.Blurred = trace.Possible, -1, true
		}
		r.add(f)
	}
	for _, t := range r.pack.Schema.Types {
		if !t.Concluded {
			r.model.Settle(t)
		}
	}
}

func (r *run) add(f model.Fact) int {
	i := len(r.model.Facts)
	r.model.Facts = append(r.model.Facts, f)
	r.model.ByType[f.Type.Index] = append(r.model.ByType[f.Type.Index], i)
	return i
}

// stratum finds both models of the rules of one stratum.
func (r *run) stratum(n int) error {
	var once, again []*rules.Rule // rules that read only lower strata, and the others
	concluded := map[*facts.FactType]bool{}
	for _, rule := range r.pack.Rules {
		if rule.Stratum == n {
			for _, c := range rule.Then {
				concluded[c.Fact] = true
			}
		}
	}
	for _, rule := range r.pack.Rules {
		switch {
		case rule.Stratum != n:
		case reads(rule, concluded):
			again = append(again, rule)
		default:
			once = append(once, rule)
		}
	}
	r.first, r.fresh, r.seen = len(r.model.Instances), 0, 0
	if err := r.round(once, nil, len(r.model.Facts)); err != nil {
		return err
	}
	// The first round over recursive rules takes all facts; each later one only
	// instances with a premise that the round before concluded.
	for pass := 0; len(again) > 0; pass++ {
		r.fresh, r.seen = r.seen, len(r.model.Facts)
		if pass > 0 && r.fresh == r.seen {
			break
		}
		restrict := concluded
		if pass == 0 {
			restrict = nil
		}
		if err := r.round(again, restrict, r.seen); err != nil {
			return err
		}
	}
	if err := r.exhausted(); err != nil {
		return err
	}
	r.copies(concluded, len(again) > 0)
	if err := r.certain(); err != nil {
		return err
	}
	for _, t := range r.pack.Schema.Types {
		if concluded[t] {
			r.model.Settle(t)
		}
	}
	return nil
}

func reads(rule *rules.Rule, types map[*facts.FactType]bool) bool {
	for _, s := range rule.When {
		if s.Kind == rules.Pattern && types[s.Fact] {
			return true
		}
	}
	return false
}

// round fires rules once: over all facts, or, with recursive types given, over
// choices in which at least one premise of such a type is new to this round. The
// slot of the first new premise is fixed in turn, so that no choice comes twice.
// Facts from end on came during the round and wait for the next.
func (r *run) round(list []*rules.Rule, recursive map[*facts.FactType]bool, end int) error {
	for _, rule := range list {
		if recursive == nil {
			if err := r.fire(rule, -1, nil, end); err != nil {
				return err
			}
			continue
		}
		for _, s := range rule.When {
			if s.Kind == rules.Pattern && recursive[s.Fact] {
				if err := r.fire(rule, s.Slot, recursive, end); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (r *run) fire(rule *rules.Rule, delta int, recursive map[*facts.FactType]bool, end int) error {
	m := &match{run: r, rule: rule, delta: delta, recursive: recursive, end: end, work: r.counters.Of(rule.Name),
		facts: make([]eval.Fact, rule.FactSlots), values: make([]facts.Value, rule.ValueSlots)}
	return m.step(0, facts.BoolOf(true), false)
}

// lines finds where the lines of the report hold, when all else is known.
func (r *run) lines() error {
	if r.pack.Report == nil {
		return nil
	}
	for _, s := range r.pack.Report.Sections {
		for _, l := range s.Lines {
			if err := r.fire(l.Rule, -1, nil, len(r.model.Facts)); err != nil {
				return err
			}
		}
	}
	if err := r.exhausted(); err != nil {
		return err
	}
	for i := range r.model.Lines {
		r.settle(&r.model.Lines[i])
	}
	return r.failures(r.model.Lines)
}
