package enginetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"truce/engine"
	"truce/engine/trace"
	"truce/facts"
	"truce/facts/source"
)

// Session is what is tested. An *engine.Session is one.
type Session interface {
	Load(*facts.Case) error
	Assert(*facts.StatedFact) error
	Modify(*facts.StatedFact) error
	Retract(name string) error
	Complete(name string) error
	SetThreshold(name string, v facts.Value) error
	Mark() engine.Mark
	Rollback(engine.Mark) bool
	Run(context.Context) error
	Trace() (*trace.Trace, error)
}

// Op is what a change does.
type Op uint8

// The changes of a session.
const (
	Assert    Op = iota + 1 // Fact
	Modify                  // Fact
	Retract                 // Name of a fact
	Complete                // Name of a type
	Threshold               // Name, Value
	Date                    // Day: the same facts, loaded with another date
	Mark                    // Name
	Rollback                // Name of a mark
)

var opNames = [...]string{"", "assert", "modify", "retract", "complete", "threshold", "date", "mark", "rollback"}

func (o Op) String() string { return opNames[o] }

// Change is one thing to do with a session. Which fields matter is said at Op.
type Change struct {
	Op    Op
	Fact  *facts.StatedFact
	Name  string
	Value facts.Value
	Day   int64
}

// String shows the change as a script has it, values in short.
func (c Change) String() string {
	switch c.Op {
	case Assert, Modify:
		var parts []string
		for i, f := range c.Fact.Type.Fields {
			if c.Fact.Data[i].Given {
				parts = append(parts, f.Name+": "+f.Type.Format(c.Fact.Data[i].Value))
			}
		}
		return fmt.Sprintf("%s %s {%s}", c.Op, c.Fact.Name(), strings.Join(parts, ", "))
	case Threshold:
		return fmt.Sprintf("%s %s %s", c.Op, c.Name, facts.Type{Kind: c.Value.Kind()}.Format(c.Value))
	case Date:
		return fmt.Sprintf("%s %s", c.Op, facts.FormatDate(c.Day))
	}
	return fmt.Sprintf("%s %s", c.Op, c.Name)
}

// ErrMarkGone is a rollback to a mark that is gone, or never was.
var ErrMarkGone = errors.New("the mark is gone")

// Driver makes changes in a session and keeps its own book of what is stated, so
// that a fresh session can be brought to the same state by another way.
type Driver struct {
	Session Session

	fresh func() Session
	book  book
	marks []mark // that stand, in the order made
	dead  map[string]engine.Mark
	state int // the number of the state; what is rolled back to has its old one
	last  int // the largest number there was
}

// book is what a session was told, as far as it still stands.
type book struct {
	asOf       int64
	facts      map[string]*facts.StatedFact
	complete   []string
	thresholds []Change // in the order set: constraints look at each step
}

func (b book) clone() book {
	b.facts = maps.Clone(b.facts)
	b.complete, b.thresholds = slices.Clone(b.complete), slices.Clone(b.thresholds)
	return b
}

type mark struct {
	name    string
	at      engine.Mark
	state   int
	book    book
	outcome Outcome
}

// Sessions make sessions over one pack: those that are driven, and those that are
// compared with, stated afresh.
type Sessions struct {
	New, Fresh func() Session
}

// NewDriver drives a new session, with nothing stated, on the day 0. Fresh ones are
// made whenever one is needed to compare with.
func NewDriver(s Sessions) *Driver {
	return &Driver{Session: s.New(), fresh: s.Fresh, dead: map[string]engine.Mark{},
		book: book{facts: map[string]*facts.StatedFact{}}}
}

// Apply makes a change. Its error is the session's, ErrMarkGone, or a *Broken where
// the session does what it must not.
func (d *Driver) Apply(c Change) error {
	var err error
	switch c.Op {
	case Assert:
		err = d.Session.Assert(c.Fact)
	case Modify:
		err = d.Session.Modify(c.Fact)
	case Retract:
		err = d.Session.Retract(c.Name)
	case Complete:
		err = d.Session.Complete(c.Name)
	case Threshold:
		err = d.Session.SetThreshold(c.Name, c.Value)
	case Date:
		next := d.book.clone()
		next.asOf = c.Day
		err = d.Session.Load(next.asCase())
	case Mark:
		d.set(c.Name)
		return nil
	case Rollback:
		return d.rollback(c.Name)
	}
	if err == nil {
		d.note(c)
	}
	return err
}

// note enters a change that succeeded in the book.
func (d *Driver) note(c Change) {
	if c.Op == Complete && slices.Contains(d.book.complete, c.Name) {
		return
	}
	d.last++
	d.state = d.last
	switch c.Op {
	case Assert, Modify:
		d.book.facts[c.Fact.Name()] = c.Fact
	case Retract:
		delete(d.book.facts, c.Name)
	case Complete:
		d.book.complete = append(d.book.complete, c.Name)
	case Threshold:
		d.book.thresholds = append(d.book.thresholds, c)
	case Date:
		d.book.asOf = c.Day
		d.bury(func(mark) bool { return true })
	case Mark, Rollback: // no change by themselves
	}
}

func (b book) asCase() *facts.Case {
	c := &facts.Case{AsOf: b.asOf, Complete: slices.Clone(b.complete)}
	for _, name := range slices.Sorted(maps.Keys(b.facts)) {
		c.Facts = append(c.Facts, b.facts[name])
	}
	return c
}

// set sets a mark, in place of one of the same name.
func (d *Driver) set(name string) {
	d.marks = slices.DeleteFunc(d.marks, func(m mark) bool { return m.name == name })
	delete(d.dead, name)
	d.marks = append(d.marks, mark{name, d.Session.Mark(), d.state, d.book.clone(), d.read(nil)})
}

// bury takes out marks: rolling back to them must fail from now on.
func (d *Driver) bury(gone func(mark) bool) {
	stand := d.marks[:0:0]
	for _, m := range d.marks {
		if gone(m) {
			d.dead[m.name] = m.at
			continue
		}
		stand = append(stand, m)
	}
	d.marks = stand
}

func (d *Driver) rollback(name string) error {
	i := slices.IndexFunc(d.marks, func(m mark) bool { return m.name == name })
	if i < 0 {
		if m, was := d.dead[name]; was && d.Session.Rollback(m) {
			return &Broken{"mark " + name + " is gone and could be rolled back to"}
		}
		return ErrMarkGone
	}
	m := d.marks[i]
	if !d.Session.Rollback(m.at) {
		return &Broken{"mark " + name + " stands and cannot be rolled back to"}
	}
	d.book = m.book.clone()
	d.state = m.state
	// States are numbered as they come, so a later one is inside what was undone.
	d.bury(func(n mark) bool { return n.state > m.state })
	if now := d.read(nil); now != m.outcome {
		return &Broken{"what can be read after the rollback is not what could be at the mark\n" + difference(m.outcome, now)}
	}
	return nil
}

// Marks are the names of the marks that stand.
func (d *Driver) Marks() []string {
	names := make([]string, len(d.marks))
	for i, m := range d.marks {
		names[i] = m.name
	}
	return names
}

// Broken is a session that does what it must not.
type Broken struct{ What string }

func (b *Broken) Error() string { return b.What }

// Outcome is what came of a run: the canonical trace, or the codes of its errors.
type Outcome struct {
	Trace string
	Codes string // sorted, each once, with blanks between
}

// Run runs the session and reads what came of it. The error is that of the run or
// of reading its answer.
func (d *Driver) Run(ctx context.Context) (Outcome, error) {
	err := d.Session.Run(ctx)
	o := d.read(err)
	if err == nil && o.Codes != "" {
		_, err = d.Session.Trace()
	}
	return o, err
}

func (d *Driver) read(err error) Outcome { return read(d.Session, err) }

func read(s Session, err error) Outcome {
	if err != nil {
		return Outcome{Codes: codes(err)}
	}
	tr, err := s.Trace()
	if err != nil {
		return Outcome{Codes: codes(err)}
	}
	var b strings.Builder
	if err := tr.Write(&b); err != nil {
		return Outcome{Codes: err.Error()}
	}
	return Outcome{Trace: b.String()}
}

// coded is an error that is one finding.
type coded interface{ Diagnostic() source.Diagnostic }

func codes(err error) string {
	var ds source.Diagnostics
	var one coded
	switch {
	case errors.As(err, &ds):
	case errors.As(err, &one):
		ds = source.Diagnostics{one.Diagnostic()}
	default:
		return err.Error()
	}
	seen := map[string]bool{}
	for _, d := range ds {
		seen[d.Code] = true
	}
	return strings.Join(slices.Sorted(maps.Keys(seen)), " ")
}

// Fresh runs a new session that is stated with the same facts at once, and reads
// what comes of it.
func (d *Driver) Fresh(ctx context.Context) (Outcome, error) {
	s := d.fresh()
	for _, c := range d.book.thresholds {
		if err := s.SetThreshold(c.Name, c.Value); err != nil {
			return Outcome{}, err
		}
	}
	if err := s.Load(d.book.asCase()); err != nil {
		return Outcome{}, err
	}
	return read(s, s.Run(ctx)), nil
}

// Compare reports how an outcome of the session differs from a fresh session's.
func (d *Driver) Compare(ctx context.Context, o Outcome) error {
	fresh, err := d.Fresh(ctx)
	switch {
	case err != nil:
		return &Broken{"a fresh session refuses the same facts: " + err.Error()}
	case fresh != o:
		return &Broken{"a fresh session with the same facts comes to something else\n" + difference(fresh, o)}
	}
	return nil
}

// difference shows the first lines in which two outcomes differ.
func difference(want, got Outcome) string {
	if want.Codes != "" || got.Codes != "" {
		return fmt.Sprintf("expected %s\ngot      %s", what(want), what(got))
	}
	w, g := strings.Split(want.Trace, "\n"), strings.Split(got.Trace, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return fmt.Sprintf("line %d of the trace\nexpected %s\ngot      %s", i+1, w[i], g[i])
		}
	}
	return fmt.Sprintf("expected %d lines of trace, got %d", len(w), len(g))
}

func what(o Outcome) string {
	if o.Codes != "" {
		return o.Codes
	}
	return "a trace"
}
