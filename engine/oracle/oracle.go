package oracle

import (
	"context"

	"truce/engine/model"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
	"truce/rules/eval"
)

// Limits bound a run. Zero is no bound.
type Limits struct {
	Facts          int // concluded facts
	Justifications int // instances
	Work           int // evaluation steps
}

// Input is what a run starts from.
type Input struct {
	Pack       *rules.Pack
	Parameters *model.Parameters
	AsOf       int64
	Base       []*model.Base // one of each name
	Limits     Limits
}

// Run fires the rules of the pack over the stated facts until nothing new follows.
// Its errors are source.Diagnostics with codes of this package or of eval, or the
// context's.
func Run(ctx context.Context, in Input) (*model.Model, error) {
	r := &run{Input: in, ctx: ctx, model: model.New(in.Pack.Schema), keys: map[string][]int{}}
	r.work = in.Limits.Work
	r.env = r.model.Env(in.Parameters, in.AsOf, nil)
	if in.Limits.Work > 0 {
		r.env.Work = &r.work
	}
	if err := ctx.Err(); err != nil {
		return nil, &Cancelled{Cause: err}
	}
	r.state()
	for stratum := range in.Pack.Strata {
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
	Input
	ctx   context.Context
	model *model.Model
	env   *eval.Env
	work  int
	keys  map[string][]int // facts by type and key
	ticks int

	groups int
	first  int // the first instance of the stratum at hand
	fresh  int // the first fact that the round before the last had not seen
	seen   int // the first fact that the last round had not seen
}

// state enters the stated facts.
func (r *run) state() {
	for _, b := range r.Base {
		f := model.Fact{Type: b.Type, Values: b.Values, Status: trace.Certain, Base: b, Copies: 1}
		if b.Unlisted {
			f.Status, f.Copies, f.Blurred = trace.Possible, -1, true
		}
		r.add(f)
	}
	for _, t := range r.Pack.Schema.Types {
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
	for _, rule := range r.Pack.Rules {
		if rule.Stratum == n {
			for _, c := range rule.Then {
				concluded[c.Fact] = true
			}
		}
	}
	for _, rule := range r.Pack.Rules {
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
	for _, t := range r.Pack.Schema.Types {
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
	m := &match{run: r, rule: rule, delta: delta, recursive: recursive, end: end,
		facts: make([]eval.Fact, rule.FactSlots), values: make([]facts.Value, rule.ValueSlots)}
	return m.step(0, facts.BoolOf(true), false)
}

// lines finds where the lines of the report hold, when all else is known.
func (r *run) lines() error {
	if r.Pack.Report == nil {
		return nil
	}
	for _, s := range r.Pack.Report.Sections {
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
