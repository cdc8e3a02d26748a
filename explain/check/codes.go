package check

import "truce/facts/source"

// The ways in which a record is not what its rules make of its case.
var (
	ErrPack = source.Code{ID: "V010", Title: "other rules",
		Doc:     "The files are not those that the record names by their digests, or they are no pack, or the record says of the pack what is not so. A record is checked against the rules that it was made with.",
		Example: "a record of last year, checked against the rules of today"}
	ErrCase = source.Code{ID: "V011", Title: "the case of the record is none",
		Doc:     "The case does not fit the fact types of the pack. truce records no such case.",
		Example: "{\"facts\": {\"Weather\": {\"wnid\": {\"value\": 3}}}}"}
	ErrStated = source.Code{ID: "V012", Title: "a stated fact is not as the case has it",
		Doc:     "The facts that the rules saw are those of the case, with what could not be known on its date taken out and the assumptions of the pack put in. Here the record shows the rules something else.",
		Example: "a value with a period that ends after the case's date, shown as given"}
	ErrFact = source.Code{ID: "V013", Title: "a concluded fact without a ground",
		Doc:     "A concluded fact stands on a justification that is lower than it, holds where one of them does, and is named and counted as its type says. This one does not.",
		Example: "two facts that are concluded from each other alone"}
	ErrMissing = source.Code{ID: "V014", Title: "something that follows is missing",
		Doc:     "A rule holds for the facts of the record, and what it concludes is not in it. A record that leaves out what speaks against its answer is found so.",
		Example: "a veto that holds, with its justification taken out"}
	ErrInstance = source.Code{ID: "V015", Title: "a justification that does not follow",
		Doc:     "Evaluated again, the rule does not hold for these facts, or a condition, an operand, a margin or a value comes to something else than is recorded.",
		Example: "{\"text\": \"e.wind > 3\", \"truth\": true} where e.wind is 2"}
	ErrAnswer = source.Code{ID: "V016", Title: "another answer",
		Doc:     "The facts of the goal give another answer than the record.",
		Example: "an open answer, recorded as settled"}
	ErrRun = source.Code{ID: "V017", Title: "the run could not have come to an end",
		Doc:     "A rule ends in an error on these facts, or two facts that cannot both be are certain. Such a run gives no answer, so there is nothing to record.",
		Example: "a division by zero in a rule whose other conditions hold"}
	ErrOpen = source.Code{ID: "V018", Title: "a condition that was not evaluated again",
		Doc:     "It rests on a value of which the record has a digest alone, so that its truth, or which facts it counts, was taken from the record as it stands. All that does not rest on masked values was checked, and so was that the rest follows. Whoever has the case in clear and the secret of the masks can check the rest: truce audit open.",
		Example: "{\"text\": \"e.wind > 3\", \"truth\": true} where e.wind is masked"}
)

// Codes lists what a check finds.
func Codes() []source.Code {
	return []source.Code{ErrPack, ErrCase, ErrStated, ErrFact, ErrMissing, ErrInstance, ErrAnswer, ErrRun, ErrOpen}
}
