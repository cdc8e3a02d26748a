package engine

import (
	"slices"

	"truce/engine/model"
	"truce/facts/source"
	"truce/rules/eval"
)

// The errors of sessions and answers.
var (
	ErrNoAnswer = source.Code{ID: "N101", Title: "no answer",
		Doc:     "No rule concludes the goal on these facts, not even possibly. A last table row without a condition makes a table answer every case.",
		Example: "goal: {type: Verdict, field: value}"}
	ErrTwoAnswers = source.Code{ID: "N102", Title: "two answers at once",
		Doc:     "Rules conclude two values of the goal for certain.",
		Example: "conclude: Verdict, with: {by: a, value: pass}   ...   conclude: Verdict, with: {by: b, value: fail}"}
	ErrNotStated = source.Code{ID: "N103", Title: "not a fact that can be stated",
		Doc:     "Concluded types are the rules' own; a host program states facts of the other types, with values of their fields' types.",
		Example: "session.Assert(...)"}
	ErrTwice = source.Code{ID: "N104", Title: "the fact is already stated",
		Doc:     "A fact of that name is stated. Modify it, or retract it first.",
		Example: "session.Assert(...)"}
	ErrGone = source.Code{ID: "N105", Title: "no such stated fact",
		Doc:     "A fact of that name is not stated, so it can be neither modified nor retracted.",
		Example: "session.Retract(\"Event(x)\")"}
	ErrNotRun = source.Code{ID: "N106", Title: "conclusions cannot be read",
		Doc:     "Nothing has run since the last change, or the last run failed. Run the session first.",
		Example: "session.Answer()"}
	ErrExact = source.Code{ID: "N107", Title: "an exact field without a value",
		Doc:     "A field declared exact has neither unknown values nor intervals: every fact must give it.",
		Example: "fields: {count: {type: integer, exact: true}}"}
	ErrThreshold = source.Code{ID: "N108", Title: "a threshold cannot be set so",
		Doc:     "The threshold does not exist, the value is not of its type, or the pack's constraints forbid it.",
		Example: "session.SetThreshold(\"strong_wind\", ...)"}
	ErrNotOpen = source.Code{ID: "N109", Title: "not an open type",
		Doc:     "Only of an open type may there be more facts than are stated; of the others all are known to be.",
		Example: "session.Complete(\"Weather\")"}
)

// Codes lists every error of a run, the evaluator's and the matcher's among them.
func Codes() []source.Code {
	own := []source.Code{ErrNoAnswer, ErrTwoAnswers, ErrNotStated, ErrTwice, ErrGone, ErrNotRun, ErrExact, ErrThreshold, ErrNotOpen}
	return slices.Concat(eval.Codes(), model.Codes(), own)
}
