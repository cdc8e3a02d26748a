// Package replay runs recorded assessments again: with their own rules, to see that the
// same comes out byte by byte, or with other rules, to see what would have been decided
// differently.
//
// What flows in: a record, a pack, and a way to run a pack over a case (an engine, which
// this package does not import). What flows out: whether it is the same, and where not,
// the first thing that differs. It reads no store.
package replay

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"time"

	"truce/engine/trace"
	"truce/explain/compare"
	"truce/explain/record"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
)

// Run runs a pack over a case, with thresholds. An error that is not source.Diagnostics
// is the context's, and ends the work.
type Run func(context.Context, *rules.Pack, *facts.Case, *trace.Parameters) (*trace.Trace, error)

// ErrReplay is a run that comes to something else than was recorded.
var ErrReplay = source.Code{ID: "V020", Title: "a replay comes to something else",
	Doc:     "Run again over the facts and the rules of the record, the engine writes another record. Where the checker accepts the record, the engine of then or of now has an error; where it does not, the record was changed.",
	Example: "truce audit replay 12"}

// ErrMasked is a record that cannot be run again, for want of values.
var ErrMasked = source.Code{ID: "V021", Title: "a masked record is not run again",
	Doc:     "The record has digests in the place of some values, so that rules cannot be run over its case. The checker checks what does not rest on them; with the case in clear and the secret of the masks, `truce audit open` runs it again and compares it byte by byte.",
	Example: "truce audit replay 12   # where record 12 was made with --mask"}

// Codes lists what a replay finds.
func Codes() []source.Code { return []source.Code{ErrReplay, ErrMasked} }

// Again runs the rules of a record, which the pack must be, over its case.
func Again(ctx context.Context, r *record.Record, p *rules.Pack, run Run) (*trace.Trace, error) {
	if r.Masked != nil {
		return nil, source.Diagnostics{ErrMasked.At(source.Span{}, "the record of %s masks %s", caseOf(r), strings.Join(r.Masked, ", ")).
			Suggest("truce audit open runs it again, with the case in clear")}
	}
	c, err := r.ReadCase(p)
	if err != nil {
		return nil, source.Diagnostics{ErrReplay.At(source.Span{}, "%v", err)}
	}
	return over(ctx, r, p, c, run)
}

// over runs the rules of a record, with its thresholds, over a case.
func over(ctx context.Context, r *record.Record, p *rules.Pack, c *facts.Case, run Run) (*trace.Trace, error) {
	ps, err := r.Parameters(p)
	if err != nil {
		return nil, source.Diagnostics{ErrReplay.At(source.Span{}, "%v", err)}
	}
	return run(ctx, p, c, ps)
}

// caseOf is the id of the case of a record.
func caseOf(r *record.Record) string {
	h, err := r.Head()
	if err != nil {
		return "a case"
	}
	return h.Case.ID
}

// Same runs a record again and compares the bytes. The engine's version and the approvals
// of the pack are taken from the record: another version that comes to the same is as
// good, and who approved the rules is not for a run to say.
func Same(ctx context.Context, r *record.Record, p *rules.Pack, run Run) (source.Diagnostics, error) {
	t, err := Again(ctx, r, p, run)
	return same(r, t, err, func(again *record.Record) (*record.Record, error) { return again, nil })
}

// Opened is Same of a masked record: the case in clear is run, and the record of that
// masked as the one that there is.
func Opened(ctx context.Context, r *record.Record, p *rules.Pack, c *facts.Case, masked func(*record.Record) (*record.Record, error), run Run) (source.Diagnostics, error) {
	t, err := over(ctx, r, p, c, run)
	return same(r, t, err, masked)
}

// same compares a record with that of a run, or says why there was none.
func same(r *record.Record, t *trace.Trace, err error, masked func(*record.Record) (*record.Record, error)) (source.Diagnostics, error) {
	var ds source.Diagnostics
	switch {
	case errors.As(err, &ds):
		return ds, nil
	case err != nil:
		return nil, err
	}
	at, err := time.Parse(time.RFC3339, r.At)
	if err != nil {
		return source.Diagnostics{ErrReplay.At(source.Span{}, "%q is no time", r.At)}, nil
	}
	again, err := record.Of(t, record.Asked{Engine: r.Engine, At: at, By: r.By, Approvals: r.Approvals})
	if err == nil {
		again, err = masked(again)
	}
	if err != nil {
		return source.Diagnostics{ErrReplay.At(source.Span{}, "%v", err)}, nil
	}
	was, bad := r.Bytes()
	is, err := again.Bytes()
	if err := errors.Join(bad, err); err != nil {
		return nil, err
	}
	if !bytes.Equal(was, is) {
		return source.Diagnostics{ErrReplay.At(source.Span{}, "the run is recorded otherwise, from byte %d on: %s", firstDifference(was, is), around(was, is)).
			Expect("%s", around(is, was))}, nil
	}
	return nil, nil
}

func firstDifference(a, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// around is the stretch of a at which it differs from b.
func around(a, b []byte) string {
	const before, behind = 40, 80
	n := firstDifference(a, b)
	return string(bytes.ToValidUTF8(a[max(0, n-before):min(len(a), n+behind)], nil))
}

// Change is what other rules make of a recorded case.
type Change struct {
	Was, Is string // the answers, in words
	Same    bool
	First   *compare.Step // the first thing that differs under the goal, where there is such
	Err     source.Diagnostics
}

// With runs another pack over the case of a record, with the thresholds of that pack.
func With(ctx context.Context, r *record.Record, own, other *rules.Pack, run Run) (Change, error) {
	change := Change{Was: r.Run.Answer.Words()}
	was, err := Again(ctx, r, own, run)
	var ds source.Diagnostics
	switch {
	case errors.As(err, &ds):
		change.Err = ds
		return change, nil
	case err != nil:
		return Change{}, err
	}
	c, err := r.ReadCase(other)
	if err != nil {
		change.Err = source.Diagnostics{ErrReplay.At(source.Span{}, "%v", err)}
		return change, nil
	}
	is, err := run(ctx, other, c, trace.NewParameters(other))
	switch {
	case errors.As(err, &ds):
		change.Err = ds
		return change, nil
	case err != nil:
		return Change{}, err
	}
	d := compare.Of(was, is)
	change.Is, change.Same = record.AnswerOf(&is.Answer).Words(), d.SameAnswer
	for _, f := range d.Goal {
		if n := len(f.Path); n > 0 && change.First == nil && !change.Same {
			change.First = &f.Path[n-1]
		}
	}
	return change, nil
}
