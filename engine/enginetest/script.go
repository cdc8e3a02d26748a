package enginetest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"truce/engine"
	"truce/engine/model"
	"truce/engine/trace"
	"truce/rules"
)

// T is what a script fails; a *testing.T and a *rapid.T are ones.
type T interface {
	Helper()
	Errorf(format string, args ...any)
}

// RunOptions say what a script runs on. The zero value runs the engine as it is.
type RunOptions struct {
	// New makes a session over a pack; nil: of package engine.
	New func(*rules.Pack, engine.Options) Session
	// Matcher is the name that the counters of New's sessions go by.
	Matcher string
	// Files is where the packs that scripts name are read from.
	Files fs.FS
}

func newSession(p *rules.Pack, o engine.Options) Session {
	return engine.Compile(p).NewSession(o)
}

// Run runs a script and fails the test for all that is not as the script says, each
// with the script's name and line. A command that goes wrong ends the script; an
// expectation that does not hold lets it go on.
func Run(t T, name string, text []byte, o RunOptions) {
	t.Helper()
	if o.New == nil {
		o.New = newSession
	}
	for _, err := range check(name, text, o) {
		t.Errorf("%v", err)
	}
}

// check runs a script, in its own order and under others.
func check(name string, text []byte, o RunOptions) []error {
	s, err := parseScript(name, text)
	if err != nil {
		return []error{err}
	}
	files, err := s.packFiles(o.Files)
	if err != nil {
		return []error{&problem{name, 1, err.Error()}}
	}
	first := &runner{script: s, options: o}
	if errs := first.all(files, s.commands); len(errs) > 0 {
		return errs
	}
	for n := range s.orders {
		order := newOrder(n)
		again := &runner{script: s, options: o, permuted: true}
		errs := again.all(order.files(files), order.commands(s.commands))
		if len(errs) == 0 {
			errs = s.sameOutcomes(first.outcomes, again.outcomes)
		}
		if len(errs) > 0 {
			return append([]error{&problem{name, 1, fmt.Sprintf("under order %d, and not in the order written:", n+1)}}, errs...)
		}
	}
	return nil
}

// ran is what came of one run of a script.
type ran struct {
	line    int
	outcome Outcome
}

func (s *script) sameOutcomes(first, again []ran) []error {
	for i := range first {
		if first[i].outcome != again[i].outcome {
			return []error{&problem{s.name, first[i].line, difference(first[i].outcome, again[i].outcome)}}
		}
	}
	return nil
}

// runner carries a script out over one loading of its pack.
type runner struct {
	*script
	options  RunOptions
	permuted bool

	pack     *rules.Pack
	driver   *Driver
	counters *model.Counters
	trace    *trace.Trace // of the last run; nil while conclusions cannot be read
	failed   error        // why there is none
	outcomes []ran
}

// all loads the pack and carries out the commands. It stops at a command that goes
// wrong.
func (r *runner) all(files []rules.File, list []command) []error {
	p, ds := rules.Load(files, rules.Options{})
	if err := ds.Err(); err != nil {
		return []error{&problem{r.name, 1, err.Error()}}
	}
	r.pack = p
	r.session(engine.Limits{})
	var errs []error
	for _, c := range list {
		err := r.carryOut(c)
		var missed *missed
		switch {
		case err == nil:
			continue
		case errors.As(err, &missed):
			errs = append(errs, &problem{r.name, c.line, missed.what})
			continue
		}
		return append(errs, &problem{r.name, c.line, err.Error()})
	}
	return errs
}

// missed is an expectation that does not hold.
type missed struct{ what string }

func (m *missed) Error() string { return m.what }

func miss(format string, args ...any) error { return &missed{fmt.Sprintf(format, args...)} }

// session begins anew.
func (r *runner) session(l engine.Limits) {
	r.counters = &model.Counters{}
	r.driver = NewDriver(Sessions{
		New:   func() Session { return r.options.New(r.pack, engine.Options{Limits: l, Counters: r.counters}) },
		Fresh: func() Session { return newSession(r.pack, engine.Options{Limits: l, Recompute: true}) },
	})
	r.look()
}

// carryOut does one command and holds it against how it is to fail.
func (r *runner) carryOut(c command) error {
	err := r.do(c)
	var broken *Broken
	var missed *missed
	switch {
	case errors.As(err, &broken) || errors.As(err, &missed):
		return err
	case c.fails == nil:
		return err
	case err == nil:
		return fmt.Errorf("this should fail with %s and does not", c.fails.codes)
	}
	if got := codes(err); got != c.fails.codes {
		return fmt.Errorf("this should fail with %s and fails with %s: %w", c.fails.codes, got, err)
	}
	for _, text := range c.fails.texts {
		if !strings.Contains(err.Error(), text) {
			return fmt.Errorf("the failure should say %q: %w", text, err)
		}
	}
	return nil
}

func (r *runner) do(c command) error {
	switch c.verb {
	case "session":
		l, err := limits(c.rest)
		if err == nil {
			r.session(l)
		}
		return err
	case "run":
		return r.run(c)
	case "expect":
		return r.expect(c)
	}
	change, err := r.change(c)
	if err != nil {
		return err
	}
	err = r.driver.Apply(change)
	r.look()
	return err
}

// look reads what can be read now.
func (r *runner) look() { r.trace, r.failed = r.driver.Session.Trace() }

// run runs the session, and a fresh one that is stated with the same facts.
func (r *runner) run(c command) error {
	ctx := func() context.Context { return context.Background() }
	if rest := strings.TrimSpace(c.rest); rest != "" {
		n, ok := strings.CutPrefix(rest, "cancelled")
		looks, err := optionalNumber(strings.TrimPrefix(strings.TrimSpace(n), "after"), 0)
		if !ok || err != nil {
			return errors.New("write run, run cancelled, or run cancelled after 3")
		}
		ctx = func() context.Context { return Ending(looks) }
	}
	r.counters.Reset()
	o, err := r.driver.Run(ctx())
	r.outcomes = append(r.outcomes, ran{c.line, o})
	r.look()
	if different := r.driver.Compare(ctx(), o); different != nil {
		return different
	}
	// An answer that cannot be given is an error of asking for it, not of the run.
	if c.fails == nil && (o.Codes == "N101" || o.Codes == "N102") {
		return nil
	}
	return err
}

// Ending is a context that is cancelled when it was looked at so many times.
func Ending(looks int) context.Context {
	return &ending{Context: context.Background(), looks: looks}
}

type ending struct {
	context.Context
	looks int
}

func (e *ending) Err() error {
	if e.looks--; e.looks < 0 {
		return context.Canceled
	}
	return nil
}

func limits(text string) (engine.Limits, error) {
	var l engine.Limits
	at := map[string]*int{"facts": &l.Facts, "justifications": &l.Justifications, "work": &l.Work}
	for _, word := range strings.Fields(text) {
		name, value, _ := strings.Cut(word, "=")
		n, err := optionalNumber(value, 0)
		if at[name] == nil || err != nil || n == 0 {
			return l, fmt.Errorf("%s is no limit: write facts=N, justifications=N or work=N", word)
		}
		*at[name] = n
	}
	return l, nil
}

func sortedOnce(words []string) []string {
	words = slices.Clone(words)
	slices.SortFunc(words, cmp.Compare[string])
	return slices.Compact(words)
}
