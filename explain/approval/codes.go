package approval

import "truce/facts/source"

// What is wrong with approvals.
var (
	ErrUnapproved = source.Code{ID: "V060", Title: "rules that nobody approved",
		Doc:     "Where the setting approvers names the experts who are trusted, rules answer only with an approval of exactly these rules by one of them, and a record of an answer holds it. An approval is of a digest: after any change of a rule, an expert has to look again. `truce rules approve` writes one.",
		Example: "truce assess --approvers approvers.txt case.yaml   # after a threshold was changed"}
	ErrForm = source.Code{ID: "V061", Title: "not an approval",
		Doc:     "An approval is the text that `truce rules approve` writes, with one signature, to the byte. One that was laid out anew, cut short, or signed a second time is none.",
		Example: "an approval without its last line"}
	ErrAnother = source.Code{ID: "V062", Title: "an approval of something else",
		Doc:     "The approval is of other rules: its digest, name, version, or whether extensions are left out is not the pack's; or it was given after the answer that is to rest on it.",
		Example: "the approval of last year's version, in a record of this year's"}
	ErrSigner = source.Code{ID: "V063", Title: "not signed by who may approve",
		Doc:     "An approval counts when it is signed with the key of one of the approvers. Either the key is another, or the text or the signature was changed.",
		Example: "an approval in which the digest was replaced"}
	ErrApprovers = source.Code{ID: "V064", Title: "no list of who may approve",
		Doc:     "The file that approvers names has the public key of one expert a line, as `truce audit key` writes it beside the secret one. Empty lines, and lines that begin with #, are passed over.",
		Example: "expert.example.org   # and no key behind it"}
)

// Codes lists what is found of approvals.
func Codes() []source.Code {
	return []source.Code{ErrUnapproved, ErrForm, ErrAnother, ErrSigner, ErrApprovers}
}
