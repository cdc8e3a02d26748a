package packdiff

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"truce/engine/trace"
	"truce/explain/compare"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
)

// Run runs a pack over a case. It is called by several goroutines at once. An error
// that is not source.Diagnostics is the context's, and ends the work.
type Run func(context.Context, *rules.Pack, *facts.Case) (*trace.Trace, error)

// Read is a case as one pack reads it, or why it cannot.
type Read struct {
	ID   string
	Case *facts.Case // nil where it cannot be read
	Err  source.Diagnostics
}

// Result is what a case came to.
type Result struct {
	Trace *trace.Trace // nil where it failed
	Err   source.Diagnostics
}

// RunAll runs a pack over cases, as many at a time as workers says. The results are in
// the order of the cases, whatever was done first. Done hears of each case that is, one
// at a time; nil where nobody asks. The error is the context's.
func RunAll(ctx context.Context, p *rules.Pack, list []Read, run Run, workers int, done func(id string)) ([]Result, error) {
	results := make([]Result, len(list))
	failed := make([]error, len(list))
	var next, report sync.Mutex
	at := 0
	var all sync.WaitGroup
	for range min(max(workers, 1), len(list)) {
		all.Go(func() {
			for {
				next.Lock()
				i := at
				at++
				next.Unlock()
				if i >= len(list) || ctx.Err() != nil {
					return
				}
				results[i], failed[i] = one(ctx, p, list[i], run)
				if done != nil {
					report.Lock()
					done(list[i].ID)
					report.Unlock()
				}
			}
		})
	}
	all.Wait()
	return results, errors.Join(ctx.Err(), errors.Join(failed...))
}

func one(ctx context.Context, p *rules.Pack, r Read, run Run) (Result, error) {
	if r.Case == nil {
		return Result{Err: r.Err}, nil
	}
	t, err := run(ctx, p, r.Case)
	var ds source.Diagnostics
	switch {
	case err == nil:
		return Result{Trace: t}, nil
	case errors.As(err, &ds):
		return Result{Err: ds}, nil
	}
	return Result{}, err
}

// CasesOf compares what cases came to, given in one order.
func CasesOf(list []Read, older, newer []Result) *Cases {
	c := &Cases{Total: len(list), Differ: []Case{}}
	for i, r := range list {
		x, differs := CaseOf(r.ID, older[i], newer[i])
		if !differs {
			continue
		}
		c.Differ = append(c.Differ, x)
		switch x.Differs {
		case Answer:
			c.Answers++
		case Conclusions:
			c.Conclusions++
		case Failure:
			c.Failures++
		}
	}
	return c
}

// CaseOf compares what one case came to, and is false where that is the same. Two
// failures are the same.
func CaseOf(id string, older, newer Result) (Case, bool) {
	c := Case{ID: id, From: older.Outcome(), To: newer.Outcome()}
	if older.Trace == nil || newer.Trace == nil {
		c.Differs = Failure
		return c, (older.Trace == nil) != (newer.Trace == nil)
	}
	d := compare.Of(older.Trace, newer.Trace)
	differ := slices.Concat(d.Goal, d.Facts)
	if c.Facts = len(differ); c.Facts > 0 {
		first := &differ[0]
		for i := range differ {
			// What leads to the goal tells more than what does not.
			if differ[i].Leads || i < len(d.Goal) {
				first = &differ[i]
				break
			}
		}
		c.Fact, c.Path = first.Fact, first.Path
	}
	c.Differs = Conclusions
	if !d.SameAnswer {
		c.Differs = Answer
	}
	return c, !d.SameAnswer || c.Facts > 0
}

// Outcome is what a case came to, shortly.
func (r Result) Outcome() Outcome {
	if r.Trace == nil {
		o := Outcome{Failed: "it failed"}
		if len(r.Err) > 0 {
			o.Failed = r.Err[0].Code + ": " + r.Err[0].Message
		}
		return o
	}
	a := &r.Trace.Answer
	o := Outcome{Settled: a.Settled, NoneCanHold: a.NoneCanHold}
	for _, v := range a.Values {
		o.Values = append(o.Values, v.Value)
	}
	return o
}

// Says is an outcome in words: "settled on sail", "open between sail, stay".
func (o Outcome) Says() string {
	if o.Failed != "" {
		return "no answer (" + o.Failed + ")"
	}
	values := o.Values
	if o.NoneCanHold {
		values = append(slices.Clone(values), "none")
	}
	if o.Settled {
		return "settled on " + strings.Join(values, "")
	}
	return "open between " + strings.Join(values, ", ")
}

// Translate is a case of one schema as another reads it: from the file that the first
// would be written to.
func Translate(c *facts.Case, from, to *facts.Schema) Read {
	text, err := textOf(c, from)
	if err != nil {
		return Read{ID: c.ID}
	}
	return readText(c.ID, text, to)
}

func textOf(c *facts.Case, s *facts.Schema) ([]byte, error) {
	var b bytes.Buffer
	err := facts.WriteCase(&b, c, s)
	return b.Bytes(), err
}

func readText(id string, text []byte, s *facts.Schema) Read {
	c, ds := facts.ReadCase(id+".yaml", text, s, facts.ReadOptions{})
	if ds.HasErrors() {
		return Read{ID: id, Err: ds}
	}
	return Read{ID: id, Case: c}
}

// Shown is a constructed case as a file, read by both packs and run again. It is an
// error where the packs do not come to something else on it.
func Shown(ctx context.Context, c *facts.Case, older, newer *rules.Pack, run Run) (text string, out *Case, err error) {
	b, err := textOf(c, newer.Schema)
	if err != nil {
		return "", nil, err
	}
	var results [2]Result
	for i, p := range []*rules.Pack{older, newer} {
		r := readText(c.ID, b, p.Schema)
		if r.Case == nil {
			return "", nil, r.Err
		}
		if results[i], err = one(ctx, p, r, run); err != nil {
			return "", nil, err
		}
	}
	x, differs := CaseOf(c.ID, results[0], results[1])
	if !differs {
		return "", nil, fmt.Errorf("case %s does not tell the packs apart once it is read from a file", c.ID)
	}
	return string(b), &x, nil
}
