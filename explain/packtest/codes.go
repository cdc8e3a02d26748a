package packtest

import "truce/facts/source"

// The ways in which a test fails.
var (
	ErrAnswer = source.Code{ID: "T001", Title: "another answer",
		Doc:     "`answer` names all goal values that can hold at the end: one alone when the answer is settled on it, several when it is open between them.",
		Example: "expect: {answer: truce}"}
	ErrHolds = source.Code{ID: "T002", Title: "does not hold",
		Doc:     "A condition under `holds` is true for certain at the end of the run. One that is unknown does not hold.",
		Example: "expect: {holds: ['any(Veto, .stands)']}"}
	ErrCanHold = source.Code{ID: "T003", Title: "cannot hold",
		Doc:     "A condition under `can_hold` is true or unknown at the end of the run.",
		Example: "expect: {can_hold: ['any(Veto, .stands)']}"}
	ErrCannotHold = source.Code{ID: "T004", Title: "can hold",
		Doc:     "A condition under `cannot_hold` is false for certain at the end of the run.",
		Example: "expect: {cannot_hold: ['any(Veto, .stands)']}"}
	ErrProof = source.Code{ID: "T005", Title: "not in the proof",
		Doc:     "A rule under `proof` is part of the least proof of the answer, or of one of the answers that can hold.",
		Example: "expect: {proof: [veto-stands]}"}
	ErrNotProof = source.Code{ID: "T006", Title: "in the proof",
		Doc:     "A rule under `not_proof` is no part of the least proof of the answer, nor of any answer that can hold.",
		Example: "expect: {not_proof: [veto-stands]}"}
	ErrFires = source.Code{ID: "T007", Title: "does not fire",
		Doc:     "A rule under `fires` holds for certain with some choice of facts. A line of the report is named report/line.",
		Example: "expect: {fires: [veto-stands]}"}
	ErrNotFires = source.Code{ID: "T008", Title: "can fire",
		Doc:     "A rule under `not_fires` holds with no choice of facts, not even possibly.",
		Example: "expect: {not_fires: [veto-stands]}"}
)

// Codes lists the ways in which a test fails.
func Codes() []source.Code {
	return []source.Code{ErrAnswer, ErrHolds, ErrCanHold, ErrCannotHold, ErrProof, ErrNotProof, ErrFires, ErrNotFires}
}
