package packtest

import (
	"context"

	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
	"truce/rules/eval"
)

// Compile makes a pack ready to run, once for many sessions. What it gives may be called
// by several goroutines.
type Compile func(*rules.Pack) func() Session

// Session is an engine with one case in it. Errors that are not source.Diagnostics are the
// context's, and end the work. A session is used for many cases, one after the other.
type Session interface {
	// Load replaces all that is stated.
	Load(*facts.Case) error
	// Run fires the rules. What follows may be called once it has succeeded.
	Run(context.Context) error
	// Answer is what the goal came to.
	Answer() (trace.Answer, error)
	// Facts are the facts of a type, in canonical order.
	Facts(*facts.FactType) ([]trace.Fact, error)
	// Members are the same as expressions see them.
	Members(*facts.FactType) ([]eval.Member, error)
	// Trace is the whole record of the run.
	Trace() (*trace.Trace, error)
}

// world is a finished run as expressions see it. Facts are fetched when something asks
// for them.
type world struct {
	session Session
	members [][]eval.Member // by type, once fetched
	fetched []bool
	env     *eval.Env
	err     error // why facts could not be fetched
}

// newWorld looks at runs of a pack.
func newWorld(p *rules.Pack, s Session) *world {
	n := len(p.Schema.Types)
	w := &world{session: s, members: make([][]eval.Member, n), fetched: make([]bool, n)}
	w.env = &eval.Env{Parameters: trace.NewParameters(p), Members: w.of}
	return w
}

// begin forgets the run before.
func (w *world) begin(c *facts.Case) {
	clear(w.fetched)
	w.env.AsOf = c.AsOf
}

func (w *world) of(t *facts.FactType) []eval.Member {
	if !w.fetched[t.Index] {
		list, err := w.session.Members(t)
		if err != nil {
			w.err = err
		}
		w.members[t.Index], w.fetched[t.Index] = list, true
	}
	return w.members[t.Index]
}
