package search

import (
	"context"
	"errors"
	"slices"

	"truce/engine"
	"truce/engine/trace"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
)

// Options of a search.
type Options struct {
	Limits engine.Limits // of each run
	// Runs is how many runs of the rules a search may take; 0 is DefaultRuns.
	Runs int
	// Progress hears which value is looked at, and how many of all are done; nil
	// where nobody asks.
	Progress func(done, total int, name string)
}

// DefaultRuns is the budget of a search where none is given.
const DefaultRuns = 4_000

// Search asks what else a case could come to. It belongs to one goroutine.
type Search struct {
	program *engine.Program
	options Options
	kase    *facts.Case
	base    *trace.Trace
	answer  outcome
	read    []*dimension // what any rule of the pack reads
	dims    []*dimension // what the slim session's rules read
	// all is a session of the whole pack, slim one of what leads to the goal and of the
	// rules that were seen to end in an error where it does not.
	all, slim *engine.Session
	breaking  map[*rules.Rule]bool
	mayBreak  bool // a run of the slim session may end in an error on some facts

	runs, budget int
}

// New runs the case and gets ready to run it otherwise. Its errors are those of the
// run: without an answer there is nothing to change.
func New(ctx context.Context, p *engine.Program, c *facts.Case, o Options) (*Search, error) {
	if o.Runs == 0 {
		o.Runs = DefaultRuns
	}
	s := &Search{program: p, options: o, kase: c, budget: o.Runs, breaking: map[*rules.Rule]bool{}}
	var err error
	if s.all, err = s.session(ctx, p); err != nil {
		return nil, err
	}
	t, err := s.all.Trace()
	if err != nil {
		return nil, err
	}
	s.base, s.answer = t, outcomeOf(&t.Answer)
	s.read = dimensions(t, readsOf(p.Pack()))
	return s, s.cut(ctx)
}

// session is one that has run over the case.
func (s *Search) session(ctx context.Context, p *engine.Program) (*engine.Session, error) {
	session := p.NewSession(engine.Options{Limits: s.options.Limits})
	if err := session.Load(s.kase); err != nil {
		return nil, err
	}
	return session, session.Run(ctx)
}

// cut makes the slim session, and finds what may change in it.
func (s *Search) cut(ctx context.Context) error {
	part := slice(s.program.Pack(), s.breaking)
	s.dims = dimensions(s.base, readsOf(part))
	program := engine.Compile(part)
	s.mayBreak = program.MayBreak()
	var err error
	s.slim, err = s.session(ctx, program)
	return err
}

// breaks notes the rules that an error of the whole pack names and the slim session does
// not have, and reports whether there are any.
func (s *Search) breaks(failed error) bool {
	var ds source.Diagnostics
	if !errors.As(failed, &ds) {
		return false
	}
	pack := s.program.Pack()
	list := slices.Clone(pack.Rules)
	for _, l := range pack.Lines() {
		list = append(list, l.Rule)
	}
	needed, some := neededTypes(pack, s.breaking), false
	for _, r := range list {
		if s.breaking[r] || r.Concludes(needed) {
			continue
		}
		for _, d := range ds {
			if slices.ContainsFunc(d.Related, func(at source.Related) bool { return at.Span == r.Span }) {
				s.breaking[r], some = true, true
			}
		}
	}
	return some
}

// Trace is the run of the case as it is.
func (s *Search) Trace() *trace.Trace { return s.base }

// progress says which of so many values is looked at.
func (s *Search) progress(done, total int, name string) {
	if s.options.Progress != nil {
		s.options.Progress(done, total, name)
	}
}

// outcome is what a run came to.
type outcome struct {
	can     []string // goal values that can hold, in the goal's order
	settled bool
	none    bool // it cannot be excluded that none holds
	failed  error
}

func outcomeOf(a *trace.Answer) outcome {
	o := outcome{settled: a.Settled, none: a.NoneCanHold}
	for _, v := range a.Values {
		o.can = append(o.can, v.Value)
	}
	return o
}

func (o *outcome) settlesOn(value string) bool {
	return o.failed == nil && o.settled && o.can[0] == value
}

// refutes reports that the value can hold nowhere in the box of the run.
func (o *outcome) refutes(value string) bool {
	return o.failed == nil && !slices.Contains(o.can, value)
}

func (o *outcome) same(p *outcome) bool {
	return (o.failed == nil) == (p.failed == nil) && o.settled == p.settled && o.none == p.none && slices.Equal(o.can, p.can)
}

// inside reports that o leaves open nothing that p does not.
func (o *outcome) inside(p *outcome) bool {
	if o.failed != nil || p.failed != nil || len(o.can) == 0 || p.settled && !o.settled || o.none && !p.none {
		return false
	}
	return !slices.ContainsFunc(o.can, func(v string) bool { return !slices.Contains(p.can, v) })
}

// errBudget ends a search that has used up its runs. It never leaves the package.
var errBudget = errors.New("the runs are used up")

// errTooLittle ends a search that has found a rule that matters to it and that its slim
// session does not have. It never leaves the package.
var errTooLittle = errors.New("a rule beside the goal matters")

// setting is a value, a range or nothing at all (unset) for a dimension.
type setting struct {
	d     *dimension
	value facts.Value
	unset bool
}

// try runs the rules that lead to the goal with some values changed, and puts them
// back. Its error is errBudget or the context's; whatever else goes wrong is an
// outcome.
func (s *Search) try(ctx context.Context, settings []setting) (outcome, error) {
	if s.runs >= s.budget {
		return outcome{}, errBudget
	}
	s.runs++
	return s.on(ctx, s.slim, settings)
}

// check is try on the whole pack. It is not counted: only what is given out is
// checked.
func (s *Search) check(ctx context.Context, settings []setting) (outcome, error) {
	return s.on(ctx, s.all, settings)
}

func (s *Search) on(ctx context.Context, session *engine.Session, settings []setting) (outcome, error) {
	mark := session.Mark()
	defer session.Rollback(mark)
	if err := s.enter(session, settings); err != nil {
		return refused(err), nil
	}
	if err := session.Run(ctx); err != nil {
		if engine.Canceled(err) {
			return outcome{}, err
		}
		return outcome{failed: err}, nil
	}
	a, err := session.Answer()
	if err != nil {
		return refused(err), nil
	}
	return outcomeOf(&a), nil
}

// refused is the outcome where thresholds break a constraint, where no answer can
// hold or where two hold for certain. In a box that is so at each point: nothing can
// hold in it.
func refused(err error) outcome {
	var ds source.Diagnostics
	if errors.As(err, &ds) && len(ds) > 0 {
		switch ds[0].Code {
		case engine.ErrNoAnswer.ID, engine.ErrTwoAnswers.ID, engine.ErrThreshold.ID:
			return outcome{}
		}
	}
	return outcome{failed: err}
}

// enter changes a session. Thresholds are widened first and then narrowed, so that
// no constraint stands in the way of a change of several.
func (s *Search) enter(session *engine.Session, settings []setting) error {
	byFact := map[string]*facts.StatedFact{}
	var order []string
	var numbers []setting
	for _, c := range settings {
		if c.d.threshold != nil {
			numbers = append(numbers, c)
			continue
		}
		name := c.d.fact()
		f := byFact[name]
		if f == nil {
			f = s.copyOf(session, c.d)
			byFact[name], order = f, append(order, name)
		}
		f.Data[c.d.field.Index] = facts.Datum{Value: c.value, Given: !c.unset}
	}
	for _, name := range order {
		change := session.Modify
		if session.Stated(name) == nil {
			change = session.Assert
		}
		if err := change(byFact[name]); err != nil {
			return err
		}
	}
	if len(numbers) > 1 {
		for _, c := range numbers {
			if err := c.d.set(session, c.value.Hull(c.d.at)); err != nil {
				return err
			}
		}
	}
	for _, c := range numbers {
		if err := c.d.set(session, c.value); err != nil {
			return err
		}
	}
	return nil
}

// copyOf is a fact to change: what is stated, or all that nobody states.
func (s *Search) copyOf(session *engine.Session, d *dimension) *facts.StatedFact {
	f := &facts.StatedFact{Type: d.typ, ID: d.id, Data: make([]facts.Datum, len(d.typ.Fields))}
	if old := session.Stated(d.fact()); old != nil {
		copy(f.Data, old.Data)
		f.Span = old.Span
		return f
	}
	for _, field := range d.typ.Fields {
		v := field.Type.Unknown()
		if a := s.program.Pack().Assumption(field); field.Exact && a != nil {
			v = a.Value // an exact field has a value even while the case is silent
		}
		f.Data[field.Index].Value = v
	}
	return f
}
