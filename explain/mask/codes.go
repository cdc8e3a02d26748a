package mask

import (
	"truce/facts/source"
)

// The findings about policies and what they mask; see also record.ErrMask.
var (
	ErrPolicy = source.Code{ID: "V071", Title: "not a policy of masks",
		Doc:     "A policy has a list `mask` of fields, Type.field, and may have a list `asked` of more. Nothing else stands in it.",
		Example: "masks: [Weather.wind]"}
	ErrField = source.Code{ID: "V072", Title: "no field to mask",
		Doc:     "A policy names fields of the facts that cases state, each once. What rules conclude is masked where it is computed of them.",
		Example: "mask: [Weather.wnid]"}
	ErrAsked = source.Code{ID: "V073", Title: "a truth would show the masked value",
		Doc:     "A rule asks for the value itself: a bool field is a condition of its own, or it is compared with == or looked up in a list. A record keeps the truth of conditions, so it would show the value. Take the field out of the policy, or list it under `asked` to say that the record may show what rules found of it; what the case says of it beside its value is masked all the same.",
		Example: "mask: [Warning.strong]   # and a rule has the condition w.strong"}
	ErrTold = source.Code{ID: "V074", Title: "the case tells a masked value elsewhere",
		Doc:     "The title of the case, a note, a source, or what it says of another field spells a value that is to be masked. Those are recorded as they are written, so nothing is recorded.",
		Example: "title: Is 48.5 too much?   # where a field with the value 48.5 is masked"}
	ErrOpened = source.Code{ID: "V075", Title: "not what was masked",
		Doc:     "The digest in the record is not that of what the case says: it was another value, something else was said of it, the secret is another, or the record is another's. Where every digest differs, it is the secret.",
		Example: "truce audit open 12 --case other-case.yaml --mask-secret mask.secret"}
)

// Codes lists the findings about masks.
func Codes() []source.Code {
	return []source.Code{ErrPolicy, ErrField, ErrAsked, ErrTold, ErrOpened}
}
