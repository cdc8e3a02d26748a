package engine

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"

	"truce/engine/model"
	"truce/engine/trace"
	"truce/facts"
	"truce/facts/source"
)

// Session holds stated facts and what follows from them. It is not safe for
// concurrent use; sessions of one program are independent.
type Session struct {
	program *Program
	options Options // without the counters, which are one session's
	limits  model.Limits
	matcher matcher
	values  []*facts.Value // one fact's, on its way to the matcher

	kase       *facts.Case // what Load was given; an empty case before
	asOf       int64
	complete   []string           // open types of which all is stated, for certain
	stated     []register         // by type
	unbooked   *Prepared          // what stated has to be copied from first; nil: nothing
	inexact    map[model.Key]bool // facts with exact fields of which no point is known
	parameters *trace.Parameters

	standing standing
	marked   bool // changes are kept only once there is a mark to undo them to
	undo     []change

	loads   int // how often all was replaced
	changes int // how many changes there ever were
}

// standing says whether conclusions can be read.
type standing uint8

const (
	unread standing = iota // not before a run succeeds
	behind                 // they can: this state had a run that succeeded before, and will again
	ready
)

// change is what a change is undone to.
type change struct {
	number     int // of all changes, from 1
	key        model.Key
	fact       *facts.StatedFact // what was stated under the key; nil for nothing
	complete   []string          // what was complete, where the key is of what may not be listed
	parameters *trace.Parameters // the thresholds, where those changed
}

// NewSession starts with no stated facts, the pack's thresholds, and the day 0.
func (p *Program) NewSession(o Options) *Session {
	s := &Session{program: p, limits: o.Limits.resolved(), parameters: p.parameters,
		stated:  newRegisters(p.pack.Schema.Types),
		inexact: map[model.Key]bool{}, matcher: p.matcher(o)}
	s.matcher.Count(o.Counters)
	s.options, s.options.Counters = o, nil
	s.reset(&facts.Case{})
	return s
}

// begin makes the case's date all that there is, but its facts.
func (s *Session) begin(c *facts.Case, asOf int64, complete []string) {
	s.kase, s.asOf, s.complete = c, asOf, complete
	for i := range s.stated {
		s.stated[i].clear()
	}
	if len(s.inexact) > 0 {
		clear(s.inexact)
	}
	s.standing, s.marked = unread, false
	clear(s.undo)
	s.undo = s.undo[:0]
	s.loads++
	s.unbooked = nil
}

// reset makes the case's date and facts all that there is.
func (s *Session) reset(c *facts.Case) {
	s.begin(c, c.AsOf, c.Complete)
	s.matcher.Reset()
	s.matcher.Configure(s.parameters, s.asOf)
	for _, f := range c.Facts {
		s.set(model.KeyOf(f), f)
	}
	for _, t := range s.program.unasked {
		switch k := (model.Key{Type: t}); {
		case t.Count == facts.One:
			if s.fact(k) == nil {
				s.set(k, nil)
			}
		case !slices.Contains(c.Complete, t.Name):
			s.list(t, false)
		}
	}
}

// enter tells the matcher of a fact in place of the one that has a number, and gives the
// number it has now. Of a type of which there is one, a fact that is not stated is there
// all the same, and unknown.
func (s *Session) enter(k model.Key, at int32, f *facts.StatedFact) int32 {
	if f == nil && k.Type.Count != facts.One || f != nil && s.withheld(f) {
		if len(s.inexact) > 0 {
			delete(s.inexact, k)
		}
		s.matcher.Withdraw(k, at)
		return model.Absent
	}
	s.values = s.values[:0]
	for i, field := range k.Type.Fields {
		v := s.valueSeen(i, k.Type, f)
		if field.Exact && !v.IsKnown() {
			s.inexact[k] = true
			s.matcher.Withdraw(k, at)
			return model.Absent
		}
		s.values = append(s.values, v)
	}
	if len(s.inexact) > 0 {
		delete(s.inexact, k)
	}
	return s.matcher.State(k, at, s.values)
}

// Load replaces all stated facts, the date and what is complete by a case's. Marks
// set before are gone. Thresholds stay.
func (s *Session) Load(c *facts.Case) error {
	var ds source.Diagnostics
	for _, f := range c.Facts {
		if err := s.statable(f); err != nil {
			ds = append(ds, *err)
		}
	}
	ds = append(ds, s.statedTwice(c.Facts)...)
	if err := ds.Sort().Err(); err != nil {
		return err
	}
	s.reset(c)
	return nil
}

// statedTwice reports facts of one name.
func (s *Session) statedTwice(list []*facts.StatedFact) source.Diagnostics {
	if len(list) < 2 {
		return nil
	}
	var ds source.Diagnostics
	first := make(map[model.Key]*facts.StatedFact, len(list))
	for _, f := range list {
		if f.Type == nil {
			continue
		}
		k := model.KeyOf(f)
		if was := first[k]; was != nil {
			ds = append(ds, ErrTwice.At(f.Span, "%s is stated twice", k.Name()).See(was.Span, "first stated here"))
			continue
		}
		first[k] = f
	}
	return ds
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
	case t == nil || t.Index >= len(s.program.pack.Schema.Types) || s.program.pack.Schema.Types[t.Index] != t:
		return refuse("the fact is of no type of the pack")
	case t.Concluded:
		return refuse("%s is concluded by rules and cannot be stated", t.Name)
	case len(f.Data) != len(t.Fields):
		return refuse("%s has %d values for %d fields", f.Name(), len(f.Data), len(t.Fields))
	}
	for i, field := range t.Fields {
		v := &f.Data[i].Value
		switch {
		case plain(v, &field.Type):
			continue
		case !fits(*v, field.Type):
			return refuse("%s.%s cannot be %s", f.Name(), field.Name, field.Type.Format(*v))
		case field.Exact && !v.IsKnown():
			d := ErrExact.At(f.Span, "%s.%s is exact and has no known value", f.Name(), field.Name)
			return &d
		}
	}
	return nil
}

// plain reports whether a value is one that most are: known, of a kind without names, and
// without a range to be in.
func plain(v *facts.Value, t *facts.Type) bool {
	if !v.IsKnown() || v.Kind() != t.Kind || t.Range != nil || t.Kind == facts.Enum || t.Kind == facts.Scale {
		return false
	}
	lo, hi := v.Bounds()
	return lo-hi == 0 // and not so of what is infinite or no number
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

// remember keeps what a change is to be undone to, if there is a mark to roll back
// to, and makes conclusions unreadable.
func (s *Session) remember(c change) {
	s.changes++
	s.standing = unread
	if s.marked {
		c.number = s.changes
		s.undo = append(s.undo, c)
	}
}

// Assert states a fact.
func (s *Session) Assert(f *facts.StatedFact) error {
	if d := s.statable(f); d != nil {
		return source.Diagnostics{*d}
	}
	k := model.KeyOf(f)
	place, was := s.register(k.Type).find(k.ID)
	if was != nil {
		return source.Diagnostics{ErrTwice.At(f.Span, "%s is already stated", f.Name())}
	}
	s.change(k, place, nil, f)
	return nil
}

// Modify replaces the stated fact of the same name.
func (s *Session) Modify(f *facts.StatedFact) error {
	if d := s.statable(f); d != nil {
		return source.Diagnostics{*d}
	}
	k := model.KeyOf(f)
	place, was := s.register(k.Type).find(k.ID)
	if was == nil {
		return source.Diagnostics{s.gone(f.Name())}
	}
	s.change(k, place, was, f)
	return nil
}

// Retract takes back a stated fact.
func (s *Session) Retract(name string) error {
	k := s.named(name)
	if k.Type == nil {
		return source.Diagnostics{s.gone(name)}
	}
	place, was := s.register(k.Type).find(k.ID)
	if was == nil {
		return source.Diagnostics{s.gone(name)}
	}
	s.change(k, place, was, nil)
	return nil
}

// named is the key of a name, Type or Type(id); no fact has it where there is none.
func (s *Session) named(name string) model.Key {
	typ, id, several := strings.Cut(name, "(")
	t := s.program.pack.Schema.Type(typ)
	if t == nil || several != (t.Count != facts.One) {
		return model.Key{}
	}
	id, closed := strings.CutSuffix(id, ")")
	if closed != several {
		return model.Key{}
	}
	return model.Key{Type: t, ID: id}
}

func (s *Session) gone(name string) source.Diagnostic {
	var names []string
	for f := range s.facts() {
		names = append(names, f.Name())
	}
	slices.Sort(names)
	return ErrGone.At(source.Span{}, "%s is not stated", name).Suggest("%s", source.DidYouMean(name, names))
}

// Stated is the stated fact of that name, or nil.
func (s *Session) Stated(name string) *facts.StatedFact { return s.fact(s.named(name)) }

// Run fires the rules until nothing new follows. Its errors are source.Diagnostics,
// or a *model.Cancelled when the context ends.
func (s *Session) Run(ctx context.Context) error {
	s.standing = unread
	if len(s.inexact) > 0 {
		return s.inexactFacts().Sort().Err()
	}
	if err := s.matcher.Run(ctx, s.limits); err != nil {
		return err
	}
	s.standing = ready
	return nil
}

// current makes conclusions readable where they can be: after a rollback to a state
// that could be read, what was changed is brought back now.
func (s *Session) current() error {
	if s.standing == behind {
		if err := s.matcher.Run(context.Background(), model.Limits{}); err != nil {
			return err
		}
		s.standing = ready
	}
	if s.standing == unread {
		return notRun()
	}
	return nil
}

// inexactFacts reports the exact fields of which no point is known.
func (s *Session) inexactFacts() source.Diagnostics {
	var ds source.Diagnostics
	for k := range s.inexact {
		for _, f := range k.Type.Fields {
			if !f.Exact || s.valueSeen(f.Index, k.Type, s.fact(k)).IsKnown() {
				continue
			}
			d := ErrExact.At(f.Span, "%s.%s is exact and the case does not give it", k.Name(), f.Name)
			if fact := s.fact(k); fact != nil && fact.Data[f.Index].Given {
				d = ErrExact.At(fact.Span, "%s.%s is exact and became known only after the case's date", k.Name(), f.Name)
			}
			ds = append(ds, d)
		}
	}
	return ds
}

// Canceled reports whether an error of Run is the context's.
func Canceled(err error) bool {
	var c *model.Cancelled
	return errors.As(err, &c)
}
