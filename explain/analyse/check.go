package analyse

import (
	"context"
	"slices"

	"truce/facts/source"
	"truce/rules"
)

// Verdict says what a finding rests on.
type Verdict string

// The verdicts.
const (
	// Proved means that it is so on all facts.
	Proved Verdict = "proved"
	// Witnessed means that it is so on the facts of a case, which was run.
	Witnessed Verdict = "witnessed"
	// Undecided means that the bounds of the search were reached before there was a
	// proof or a witness. It is no finding of a fault.
	Undecided Verdict = "undecided"
)

// Finding is what a check found.
type Finding struct {
	source.Diagnostic
	Verdict Verdict
	// Witness is facts on which it shows. It is nil where no facts do: of what is said
	// of declarations, of what is undecided, and where the facts that were found do
	// not run.
	Witness *Witness
}

// Check is one thing that is asked of a pack.
type Check struct {
	source.Code
	run func(*work) error
}

// Checks lists every check, in the order in which they are made.
func Checks() []Check {
	return []Check{
		{NeverFires, (*work).neverFires}, {Shadowed, (*work).shadowed},
		{Repeated, (*work).repeated}, {Subsumed, (*work).subsumed},
		{TableGap, (*work).tableGaps}, {LevelGap, (*work).levelGaps}, {NoAnswer, (*work).noAnswer},
		{Unreached, (*work).unreached},
		{UnusedThreshold, (*work).unusedThresholds}, {UnusedType, (*work).unusedTypes}, {UnusedField, (*work).unusedFields},
		{ComputedEquality, (*work).computedEqualities},
		{Contradiction, (*work).contradictions}, // last, since it may use up all runs
	}
}

// Codes lists the codes of all checks.
func Codes() []source.Code {
	var codes []source.Code
	for _, c := range Checks() {
		codes = append(codes, c.Code)
	}
	return codes
}

// Result is what an analysis came to.
type Result struct {
	Findings  []Finding // by place, then code
	Undecided []Finding // likewise: what could not be decided within bounds
}

// Diagnostics are findings as such.
func Diagnostics(list []Finding) source.Diagnostics {
	ds := make(source.Diagnostics, len(list))
	for i, f := range list {
		ds[i] = f.Diagnostic
	}
	return ds
}

// Pack makes all checks of a pack. Its error is the context's.
func Pack(ctx context.Context, p *rules.Pack, o Options) (*Result, error) {
	w := newWork(ctx, p, o)
	if err := w.follow(); err != nil {
		return nil, err
	}
	checks := Checks()
	for i, c := range checks {
		if o.Progress != nil {
			o.Progress(i, len(checks), c.Title)
		}
		if err := c.run(w); err != nil {
			return nil, err
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	out := &Result{}
	for _, f := range w.found {
		if f.Verdict == Undecided {
			out.Undecided = append(out.Undecided, f)
		} else {
			out.Findings = append(out.Findings, f)
		}
	}
	slices.SortStableFunc(out.Findings, byPlace)
	slices.SortStableFunc(out.Undecided, byPlace)
	return out, nil
}

func byPlace(a, b Finding) int { return source.ByPlace(a.Diagnostic, b.Diagnostic) }

// report adds a finding, which is a warning unless it is certain that the pack fails.
func (w *work) report(d source.Diagnostic, v Verdict, witness *Witness) {
	w.add(d.Warn(), v, witness)
}

func (w *work) add(d source.Diagnostic, v Verdict, witness *Witness) {
	if witness != nil {
		d.Message += "\n" + instanceOf(d.Code) + " " + witness.inWords()
	}
	w.found = append(w.found, Finding{d, v, witness})
}

// undecided counts something that could not be decided.
func (w *work) undecided(d source.Diagnostic) { w.report(d, Undecided, nil) }

// instanceOf leads from what a finding says to the facts that show it.
func instanceOf(code string) string {
	if code == NeverFires.ID {
		return "the rest of it holds"
	}
	return "for instance"
}
