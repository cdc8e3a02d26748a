package eval

import (
	"fmt"

	"truce/facts"
	"truce/facts/source"
)

// The faults of evaluation.
var (
	ErrDivideByZero = source.Code{ID: "E901", Title: "division by zero",
		Doc:     "The divisor of / or % is zero. Guard it with a condition on an earlier line, or with c ? x : y.",
		Example: "e.reserves / e.imports >= 1"}
	ErrOverflow = source.Code{ID: "E902", Title: "overflow",
		Doc:     "The result is larger than a number or an integer can be.",
		Example: "e.count * 9223372036854775807"}
	ErrEmpty = source.Code{ID: "E903", Title: "least, most or mean of nothing",
		Doc:     "min, max and mean need at least one fact. Guard them with any(T, p) on an earlier line.",
		Example: "min(map(Item, .points)) > 0"}
	ErrRamp = source.Code{ID: "E904", Title: "a ramp that does not rise",
		Doc:     "ramp(x, a, b) needs a < b.",
		Example: "ramp(e.inflation, 35, 35)"}
	ErrRange = source.Code{ID: "E907", Title: "a concluded value outside its field's range",
		Doc:     "A formula gave a value that its field does not allow. Bound it with min and max, or widen the range.",
		Example: "share: =e.part / e.whole   # range: [0, 1]"}
	ErrOverlap = source.Code{ID: "E908", Title: "two rows of a unique table hold",
		Doc:     "The rows of a table with `hit: unique` exclude one another, and here two hold at once. Give one of them a further condition; or choose `first`, which takes the upper one, or `any`, which lets both hold where they conclude the same.",
		Example: "{row: windy, when: [w.wind > 20], ...}, {row: stormy, when: [w.wind > 60], ...}"}
	ErrWork = source.Code{ID: "E906", Title: "evaluation limit", Limit: true,
		Doc:     "Evaluating conditions took more steps than the session allows.",
		Example: "count(Event, .size > 3)"}
)

// Codes lists the faults of evaluation.
func Codes() []source.Code {
	return []source.Code{ErrDivideByZero, ErrOverflow, ErrEmpty, ErrRamp, ErrRange, ErrOverlap, ErrWork}
}

func fault(k facts.Kind, at facts.Span, code source.Code, format string, args ...any) facts.Value {
	return facts.FaultValue(k, &facts.Fault{Code: code, Span: at, Message: fmt.Sprintf(format, args...)})
}

func unknownOf(k facts.Kind) facts.Value { return facts.Type{Kind: k}.Unknown() }
