package oracle

import (
	"context"
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
	parameters *trace.Parameters
	asOf       int64
	stated     map[model.Key][]facts.Value
	counters   *model.Counters
	model      *model.Model // of the last run; nil where it failed or all has changed since
}

// New is a matcher over nothing stated, with the pack's thresholds, on the day 0.
func New(p *rules.Pack) *Matcher {
	return &Matcher{pack: p, parameters: trace.NewParameters(p), stated: map[model.Key][]facts.Value{}}
}

// State enters a stated fact, in place of one of the same key. Its number says nothing.
func (m *Matcher) State(k model.Key, _ int32, values []*facts.Value) int32 {
	list := make([]facts.Value, len(values))
	for i, v := range values {
		list[i] = *v
	}
	m.stated[k], m.model = list, nil
	return 0
}

// Withdraw takes a stated fact back.
func (m *Matcher) Withdraw(k model.Key, _ int32) {
	delete(m.stated, k)
	m.model = nil
}

// Reset takes all stated facts back.
func (m *Matcher) Reset() {
	clear(m.stated)
	m.model = nil
}

// Configure sets the thresholds and the date that rules see.
func (m *Matcher) Configure(p *trace.Parameters, asOf int64) {
	m.parameters, m.asOf, m.model = p, asOf, nil
}

// Count counts the work of later runs; nil: no more.
func (m *Matcher) Count(c *model.Counters) { m.counters = c }

// Run fires the rules of the pack over the stated facts until nothing new follows.
// Its errors are source.Diagnostics with codes of package model or of eval, or
// *model.Cancelled when the context ends.
func (m *Matcher) Run(ctx context.Context, limits model.Limits) error {
	m.model = nil
	if err := ctx.Err(); err != nil {
		return &model.Cancelled{Cause: err}
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
			return err
		}
	}
	if err := r.lines(); err != nil {
		return err
	}
	m.model = r.model
	return nil
}

// Model is what the last run found. It does not change.
func (m *Matcher) Model() *model.Model { return m.model }

// Facts are the numbers of a type's facts.
func (m *Matcher) Facts(t *facts.FactType) []int32 {
	list := make([]int32, len(m.model.ByType[t.Index]))
	for n, i := range m.model.ByType[t.Index] {
		list[n] = int32(i)
	}
	return list
}

// Value is a field of the fact with a number.
func (m *Matcher) Value(_ *facts.FactType, i int32, field int) facts.Value {
	return m.model.Facts[i].Values[field]
}

// Integer is a field that is an integer, a date or a level, and whether it is known.
func (m *Matcher) Integer(_ *facts.FactType, i int32, field int) (int64, bool) {
	v := m.model.Facts[i].Values[field]
	return v.Integer(), v.IsKnown()
}

// Text is a field that is a text or a symbol, and whether it is known.
func (m *Matcher) Text(_ *facts.FactType, i int32, field int) (string, bool) {
	v := m.model.Facts[i].Values[field]
	return v.Text(), v.IsKnown()
}

// Status is how a fact stands.
func (m *Matcher) Status(_ *facts.FactType, i int32) trace.Status { return m.model.Facts[i].Status }

// Fact is the fact with a number, without its instances.
func (m *Matcher) Fact(_ *facts.FactType, i int32) model.Fact {
	f := m.model.Facts[i]
	f.Instances = nil
	return f
}

// Because finds the instances that conclude a fact.
func (m *Matcher) Because(_ *facts.FactType, i int32, use model.Found) {
	for _, n := range m.model.Facts[i].Instances {
		if !m.hand(n, use) {
			return
		}
	}
}

// Instances finds all instances of rules: one for each of their conclusions.
func (m *Matcher) Instances(use model.Found) {
	for n := range m.model.Instances {
		if !m.hand(n, use) {
			return
		}
	}
}

func (m *Matcher) hand(n int, use model.Found) bool {
	in := &m.model.Instances[n]
	premises := make([]int32, len(in.Premises))
	for slot, p := range in.Premises {
		premises[slot] = int32(p)
	}
	return use(in.Rule, in.Status, premises)
}

// OneHolds reports whether one row of a total table that may conclude the fact is
// sure to hold.
func (m *Matcher) OneHolds(_ *facts.FactType, i int32) bool {
	for _, n := range m.model.Facts[i].Instances {
		if in := &m.model.Instances[n]; in.Total && m.model.PremisesCertain(in) {
			return true
		}
	}
	return false
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

	groups  int
	growing map[*facts.FactType]bool // what the stratum at hand concludes
	first   int                      // the first instance of the stratum at hand
	fresh   int                      // facts from here on are new to this round
	seen    int                      // facts from here on came during it
}

// state enters the stated facts.
func (r *run) state(stated map[model.Key][]facts.Value) {
	r.stated = len(stated)
	for k, values := range stated {
		f := model.Fact{Type: k.Type, Values: values, Status: trace.Certain, Key: k, Copies: 1}
		if k.Unlisted {
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
	r.growing = map[*facts.FactType]bool{}
	for _, rule := range r.pack.Rules {
		if rule.Stratum == n {
			for _, c := range rule.Then {
				r.growing[c.Fact] = true
			}
		}
	}
	var once, again []*rules.Rule // rules that read only lower strata, and the others
	for _, rule := range r.pack.Rules {
		switch {
		case rule.Stratum != n:
		case r.feedsItself(rule):
			again = append(again, rule)
		default:
			once = append(once, rule)
		}
	}
	r.first = len(r.model.Instances)
	if err := r.fixpoint(once, again); err != nil {
		return err
	}
	if err := r.exhausted(); err != nil {
		return err
	}
	r.copies(len(again) > 0)
	if err := r.certain(); err != nil {
		return err
	}
	for _, t := range r.pack.Schema.Types {
		if r.growing[t] {
			r.model.Settle(t)
		}
	}
	r.growing = nil
	return nil
}

// feedsItself reports whether a rule matches types of the stratum at hand.
func (r *run) feedsItself(rule *rules.Rule) bool {
	return slices.ContainsFunc(rule.When, func(s *rules.Step) bool {
		return s.Kind == rules.Pattern && r.growing[s.Fact]
	})
}

// fixpoint finds all instances of the stratum. The first round over the rules that
// feed themselves takes all facts; each later one only choices in which at least
// one premise is new since the round before. The slot of the first new premise is
// fixed in turn, so that no choice comes twice.
func (r *run) fixpoint(once, again []*rules.Rule) error {
	r.fresh, r.seen = 0, len(r.model.Facts)
	for _, rule := range once {
		if err := r.fire(rule, -1); err != nil {
			return err
		}
	}
	if len(again) == 0 {
		return nil
	}
	r.seen = len(r.model.Facts)
	for _, rule := range again {
		if err := r.fire(rule, -1); err != nil {
			return err
		}
	}
	for r.seen < len(r.model.Facts) {
		r.fresh, r.seen = r.seen, len(r.model.Facts)
		for _, rule := range again {
			for _, s := range rule.When {
				if s.Kind != rules.Pattern || !r.growing[s.Fact] {
					continue
				}
				if err := r.fire(rule, s.Slot); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// fire finds the instances of a rule; with delta not negative, those in which the
// premise in that slot is the first new one.
func (r *run) fire(rule *rules.Rule, delta int) error {
	m := &match{run: r, rule: rule, delta: delta, work: r.counters.Of(rule.Name),
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
			if err := r.fire(l.Rule, -1); err != nil {
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
	return r.model.Failures(r.model.Lines)
}
