package whynot

import "truce/facts/source"

// CodeGoal and CodeValue are why a goal cannot be asked for.
var (
	CodeGoal = source.Code{ID: "N811", Title: "no such goal",
		Doc: "A goal is a value that the answer can have, a fact type, or a type with what its fields would have to be: " +
			"Type(field = value, other >= 3). Comparisons are = != < <= > >=, and the key alone may stand without its field.",
		Example: "truce whynot case.yaml 'Verdict(valu = sail)'"}
	CodeValue = source.Code{ID: "N812", Title: "a goal's value does not fit its field",
		Doc:     "The value is not of the field's type, lies outside its range, or two conditions on a field leave no value.",
		Example: "truce whynot case.yaml 'Verdict(value = drown)'"}
)

// Codes lists the codes of the package.
func Codes() []source.Code { return []source.Code{CodeGoal, CodeValue} }
