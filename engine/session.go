package engine

import (
	"context"
	"errors"
	"math"
	"slices"

	"truce/engine/model"
	"truce/engine/oracle"
	"truce/engine/trace"
	"truce/facts"
	"truce/facts/source"
	"truce/rules/eval"
)

// Session holds stated facts and what follows from them. It is not safe for
// concurrent use; sessions of one program are independent.
type Session struct {
	program  *Program
	limits   model.Limits
	counters *model.Counters
	matcher  matcher

	kase       *facts.Case // what Load was given; an empty case before
	asOf       int64
	complete   []string // open types of which all is stated, for certain
	stated     map[string]*facts.StatedFact
	parameters *trace.Parameters

	model  *model.Model // nil while conclusions cannot be read
	marked bool         // changes are kept only once there is a mark to undo them to
	undo   []change

	loads   int // how often all was replaced
	changes int // how many changes there ever were
}

// change is one change that can be undone.
type change struct {
	number int // of all changes, from 1
	undo   func()
}

// NewSession starts with no stated facts, the pack's thresholds, and the day 0.
func (p *Program) NewSession(o Options) *Session {
	s := &Session{program: p, limits: o.Limits.resolved(), counters: o.Counters, parameters: trace.NewParameters(p.pack)}
	s.reset(&facts.Case{})
	return s
}

// reset makes the case's date and facts all that there is.
func (s *Session) reset(c *facts.Case) {
	s.kase, s.asOf = c, c.AsOf
	s.stated = make(map[string]*facts.StatedFact, len(c.Facts))
	s.complete = c.Complete
	s.model, s.undo, s.marked = nil, nil, false
	s.loads++
	s.matcher = oracle.New(s.program.pack)
	s.matcher.Count(s.counters)
	s.matcher.Configure(s.parameters, s.asOf)
	for _, t := range s.program.pack.Schema.Types {
		switch {
		case t.Concluded:
		case t.Count == facts.One:
			s.matcher.State(s.seen(t, nil))
		case t.Count == facts.Open && !slices.Contains(c.Complete, t.Name):
			s.matcher.State(unlisted(t))
		}
	}
	for _, f := range c.Facts {
		s.enter(f.Name(), f)
	}
}

// enter makes a fact (nil: none) what is stated under a name. Of a type of which
// there is one, a fact that is not stated is there all the same, and unknown.
func (s *Session) enter(name string, f *facts.StatedFact) {
	old := s.stated[name]
	switch {
	case f != nil && s.withheld(f):
		s.stated[name] = f
		s.matcher.Withdraw(name)
		return
	case f != nil:
		s.stated[name] = f
		s.matcher.State(s.seen(f.Type, f))
		return
	case old.Type.Count == facts.One:
		s.matcher.State(s.seen(old.Type, nil))
	default:
		s.matcher.Withdraw(name)
	}
	delete(s.stated, name)
}

// Load replaces all stated facts, the date and what is complete by a case's. Marks
// set before are gone. Thresholds stay.
func (s *Session) Load(c *facts.Case) error {
	named := make(map[string]*facts.StatedFact, len(c.Facts))
	var ds source.Diagnostics
	for _, f := range c.Facts {
		if err := s.statable(f); err != nil {
			ds = append(ds, *err)
			continue
		}
		if first := named[f.Name()]; first != nil {
			ds = append(ds, ErrTwice.At(f.Span, "%s is stated twice", f.Name()).See(first.Span, "first stated here"))
		}
		named[f.Name()] = f
	}
	if err := ds.Sort().Err(); err != nil {
		return err
	}
	s.reset(c)
	return nil
}

// statable checks what a host program hands in; a case's facts were checked when it
// was read.
func (s *Session) statable(f *facts.StatedFact) *source.Diagnostic {
	refuse := func(format string, args ...any) *source.Diagnostic {
		d := ErrNotStated.At(f.Span, format, args...)
		return &d
	}
	t := f.Type
	switch {
	case t == nil || s.program.pack.Schema.Type(t.Name) != t:
		return refuse("the fact is of no type of the pack")
	case t.Concluded:
		return refuse("%s is concluded by rules and cannot be stated", t.Name)
	case len(f.Data) != len(t.Fields):
		return refuse("%s has %d values for %d fields", f.Name(), len(f.Data), len(t.Fields))
	}
	for _, field := range t.Fields {
		v := f.Data[field.Index].Value
		switch {
		case !fits(v, field.Type):
			return refuse("%s.%s cannot be %s", f.Name(), field.Name, field.Type.Format(v))
		case field.Exact && !v.IsKnown():
			d := ErrExact.At(f.Span, "%s.%s is exact and has no known value", f.Name(), field.Name)
			return &d
		}
	}
	return nil
}

// fits reports whether a value is one that a file could give for the type: a point,
// an interval or unknown, inside its range.
func fits(v facts.Value, t facts.Type) bool {
	if v.Kind() != t.Kind || v.Fault() != nil || !v.Within(t.Unknown()) {
		return false
	}
	lo, hi := v.Bounds()
	first, last := v.Ends()
	switch {
	case t.Kind == facts.Enum && v.IsKnown():
		return t.Names.Index(v.Text()) >= 0
	case t.Kind == facts.Number:
		return lo <= hi && !math.IsInf(lo, 1) && !math.IsInf(hi, -1)
	}
	return first <= last
}

// change enters a fact and remembers how to undo it.
func (s *Session) change(name string, f *facts.StatedFact) {
	old, kept := s.stated[name], s.model
	s.enter(name, f)
	s.model = nil
	s.remember(func() {
		s.enter(name, old)
		s.model = kept
	})
}

// remember keeps how to undo the change just made, if there is a mark to roll back
// to.
func (s *Session) remember(undo func()) {
	s.changes++
	if !s.marked {
		return
	}
	s.undo = append(s.undo, change{s.changes, undo})
}

// Assert states a fact.
func (s *Session) Assert(f *facts.StatedFact) error {
	if d := s.statable(f); d != nil {
		return source.Diagnostics{*d}
	}
	if s.stated[f.Name()] != nil {
		return source.Diagnostics{ErrTwice.At(f.Span, "%s is already stated", f.Name())}
	}
	s.change(f.Name(), f)
	return nil
}

// Modify replaces the stated fact of the same name.
func (s *Session) Modify(f *facts.StatedFact) error {
	if d := s.statable(f); d != nil {
		return source.Diagnostics{*d}
	}
	if s.stated[f.Name()] == nil {
		return source.Diagnostics{s.gone(f.Name())}
	}
	s.change(f.Name(), f)
	return nil
}

// Retract takes back a stated fact.
func (s *Session) Retract(name string) error {
	if s.stated[name] == nil {
		return source.Diagnostics{s.gone(name)}
	}
	s.change(name, nil)
	return nil
}

func (s *Session) gone(name string) source.Diagnostic {
	names := make([]string, 0, len(s.stated))
	for n := range s.stated {
		names = append(names, n)
	}
	slices.Sort(names)
	return ErrGone.At(source.Span{}, "%s is not stated", name).Suggest("%s", source.DidYouMean(name, names))
}

// Stated is the stated fact of that name, or nil.
func (s *Session) Stated(name string) *facts.StatedFact { return s.stated[name] }

// SetThreshold gives a threshold another value, a point or an interval, until it is
// rolled back.
func (s *Session) SetThreshold(name string, v facts.Value) error {
	t := s.program.pack.Threshold(name)
	switch {
	case t == nil:
		return source.Diagnostics{ErrThreshold.At(source.Span{}, "no threshold is called %s", name)}
	case t.Table != nil:
		return source.Diagnostics{ErrThreshold.At(t.Span, "%s is a table of points", name)}
	case !fits(v, t.Type):
		return source.Diagnostics{ErrThreshold.At(t.Span, "%s cannot be %s", name, t.Type.Format(v))}
	}
	old, kept := s.parameters, s.model
	changed := old.With(t.Index, v)
	for _, c := range s.program.pack.Constraints {
		if eval.Eval(c.Cond, &eval.Env{Parameters: changed}).False() {
			return source.Diagnostics{ErrThreshold.At(c.Span, "%s cannot be %s: %s would not hold", name, t.Type.FormatUnit(v), c.Cond.Text())}
		}
	}
	s.set(changed, nil)
	s.remember(func() { s.set(old, kept) })
	return nil
}

func (s *Session) set(p *trace.Parameters, m *model.Model) {
	s.parameters, s.model = p, m
	s.matcher.Configure(p, s.asOf)
}

// Mark is a state of a session to roll back to.
type Mark struct {
	of    *Session
	loads int
	depth int // how many changes stood
	last  int // the number of the last of them; 0 for none
	model *model.Model
}

// Mark remembers the state as it is.
func (s *Session) Mark() Mark {
	s.marked = true
	return Mark{s, s.loads, len(s.undo), s.lastOf(len(s.undo)), s.model}
}

// lastOf is the number of the last of so many changes; 0 for none.
func (s *Session) lastOf(depth int) int {
	if depth == 0 {
		return 0
	}
	return s.undo[depth-1].number
}

// Rollback undoes every change since the mark, conclusions included: what could be
// read then can be read again without a run. It reports false for a mark that is
// gone, because it was rolled back past or a case was loaded since.
func (s *Session) Rollback(m Mark) bool {
	if m.of != s || m.loads != s.loads || m.depth > len(s.undo) || m.last != s.lastOf(m.depth) {
		return false
	}
	for len(s.undo) > m.depth {
		last := len(s.undo) - 1
		s.undo[last].undo()
		s.undo = s.undo[:last]
	}
	s.model = m.model
	return true
}

// Run fires the rules until nothing new follows. Its errors are source.Diagnostics,
// or an *oracle.Cancelled when the context ends.
func (s *Session) Run(ctx context.Context) error {
	s.model = nil
	if err := s.missing().Sort().Err(); err != nil {
		return err
	}
	m, err := s.matcher.Run(ctx, s.limits)
	if err != nil {
		return err
	}
	s.model = m
	return nil
}

// missing reports the exact fields of types of which there is one that nobody gave.
func (s *Session) missing() source.Diagnostics {
	var ds source.Diagnostics
	for _, t := range s.program.pack.Schema.Types {
		if t.Concluded || t.Count != facts.One || s.stated[t.Name] != nil {
			continue
		}
		silent := s.seen(t, nil)
		for _, f := range t.Fields {
			if f.Exact && !silent.Values[f.Index].IsKnown() {
				ds = append(ds, ErrExact.At(f.Span, "%s.%s is exact and the case does not give it", t.Name, f.Name))
			}
		}
	}
	return ds
}

// Canceled reports whether an error of Run is the context's.
func Canceled(err error) bool {
	var c *oracle.Cancelled
	return errors.As(err, &c)
}
