package search

import "truce/facts/source"

// The findings of a search.
var (
	CodeName = source.Code{ID: "N821", Title: "nothing of that name moves",
		Doc: "A value is named by its fact and field, such as Weather.wind or Voyage(first).length, and a threshold by its " +
			"name. The fact must be stated by the case, or be the only one of its type.",
		Example: "truce whatif case.yaml --set Wether.wind=3"}
	CodeForm = source.Code{ID: "N822", Title: "a change of the wrong form",
		Doc:     "A change is written name=value: Type.field=value, Type(id).field=value, or, of a threshold, name=value.",
		Example: "truce whatif case.yaml --set Weather.wind"}
	CodeConcluded = source.Code{ID: "N823", Title: "what rules conclude cannot be set",
		Doc:     "Only what a case states can be set. A concluded fact follows from it.",
		Example: "truce whatif case.yaml --set Course.value=sail"}
	CodeGoal = source.Code{ID: "N824", Title: "no such answer",
		Doc:     "The answers are the values of the pack's goal.",
		Example: "truce flip case.yaml --to peace"}
	CodeTwice = source.Code{ID: "N825", Title: "changed twice",
		Doc:     "One value is given two changes, and none of them comes first.",
		Example: "truce whatif case.yaml --set Weather.wind=3 --unset Weather.wind"}
)

// Codes lists the findings of the package.
func Codes() []source.Code {
	return []source.Code{CodeName, CodeForm, CodeConcluded, CodeGoal, CodeTwice}
}
