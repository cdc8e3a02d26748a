package audit

import "truce/facts/source"

// What a verification finds.
var (
	ErrSignature = source.Code{ID: "V030", Title: "not signed with this key",
		Doc:     "A checkpoint, or an approval, counts when it is signed with the key that one trusts. Either the key is another, or the text was changed.",
		Example: "truce audit verify --public other.pub audit.db"}
	ErrTampered = source.Code{ID: "V031", Title: "a record is not as it was logged",
		Doc:     "The hash of a record is not the one that the log has at its place: one of the two was changed since. A copy of the store from before tells which.",
		Example: "a byte of a record that was changed in the database"}
	ErrRoot = source.Code{ID: "V032", Title: "the log does not have the root that was signed",
		Doc:     "The records give another tree than a checkpoint says that was signed over them: records, or their hashes, were changed, taken out or put in. The message says after which record it begins.",
		Example: "a record and its hash, changed together"}
	ErrFork = source.Code{ID: "V033", Title: "the log was cut or rewritten",
		Doc:     "The log does not continue from a checkpoint that somebody kept: it has fewer records, or other ones. A log only grows.",
		Example: "a log with its last three records taken out"}
	ErrStored = source.Code{ID: "V034", Title: "the store does not agree with its records",
		Doc:     "What the database says about a record, so that it can be found, is not what the record says, or a file of a pack is not there, or not what its digest says. The records themselves may be whole.",
		Example: "a record of one case, listed under another"}
	ErrProof = source.Code{ID: "V035", Title: "not shown to be in the log",
		Doc:     "The proof of inclusion does not lead from the record to the root of the checkpoint.",
		Example: "a bundle with the record of another"}
)

// Codes lists what a verification finds.
func Codes() []source.Code {
	return []source.Code{ErrSignature, ErrTampered, ErrRoot, ErrFork, ErrStored, ErrProof, ErrBundle}
}
