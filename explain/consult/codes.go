package consult

import "truce/facts/source"

// The findings about an answer, beside those of its type.
var (
	CodeOutside = source.Code{ID: "N831", Title: "the answer contradicts the case",
		Doc: "The case gives an interval for the value, and the answer does not lie inside it. A consultation only adds to " +
			"what a case says; what is wrong in it is changed in its file.",
		Example: "50   # where the case says 30 to 40"}
	CodeMust = source.Code{ID: "N832", Title: "the answer cannot be left out",
		Doc:     "The pack declares the field as exact: no rule runs without its value, neither with an interval.",
		Example: "unknown   # of an exact field"}
)

// Codes lists the findings of the package.
func Codes() []source.Code { return []source.Code{CodeOutside, CodeMust} }
