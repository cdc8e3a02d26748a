package model

import (
	"truce/facts"
	"truce/facts/source"
)

// The errors that a run of a matcher ends in.
var (
	ErrConflict = source.Code{ID: "N001", Title: "two conclusions contradict",
		Doc:     "Two instances that hold for certain conclude facts of one key with different values. Give the type another key, or the rules conditions that exclude one another.",
		Example: "conclude: Verdict {value: pass}   ...   conclude: Verdict {value: fail}"}
	ErrFault = source.Code{ID: "N002", Title: "a rule failed on these facts",
		Doc:     "A condition or a formula has no value for an instance whose other conditions hold: a division by zero, an overflow, the least of nothing, a value outside its field's range.",
		Example: "share: =e.part / e.whole"}
	ErrFacts = source.Code{ID: "N003", Title: "too many concluded facts", Limit: true,
		Doc:     "The rules conclude more facts than the session allows. Rules that feed one another without end are the usual cause; the message names them.",
		Example: "when: [n: N]  then: [conclude: N, with: {v: =n.v + 1}]"}
	ErrJustifications = source.Code{ID: "N004", Title: "too many justifications", Limit: true,
		Doc:     "The rules have more instances than the session allows.",
		Example: "when: [a: Item, b: Item, c: Item, d: Item]"}
	ErrWork = source.Code{ID: "N005", Title: "too much evaluation", Limit: true,
		Doc:     "Evaluating conditions took more steps than the session allows.",
		Example: "count(Event, .size > e.size) > 3"}
	ErrCancelled = source.Code{ID: "N006", Title: "the run was stopped", Limit: true,
		Doc:     "The time given to the run ended, or its caller gave it up. Stated facts stand; conclusions cannot be read until a run succeeds.",
		Example: "truce assess --timeout 1ms case.yaml"}
)

// Codes lists the errors of a run.
func Codes() []source.Code {
	return []source.Code{ErrConflict, ErrFault, ErrFacts, ErrJustifications, ErrWork, ErrCancelled}
}

// Cancelled is a run that its context ended.
type Cancelled struct {
	Cause   error
	Feeding string // which rules were feeding which, as the message ends
}

func (c *Cancelled) Error() string { return c.Diagnostic().Error() }

// Unwrap is the context's error.
func (c *Cancelled) Unwrap() error { return c.Cause }

// Diagnostic is the same as a coded finding.
func (c *Cancelled) Diagnostic() source.Diagnostic {
	return ErrCancelled.At(facts.Span{}, "the run was stopped: %v%s", c.Cause, c.Feeding)
}
