package eval

import (
	"truce/facts"
	"truce/rules/condition"
)

// Apply is the value of an operator or a function whose operands have the given
// values, in the order of condition.Children. Compiled code asks it for what is too
// rare to be worth code of its own, faults above all. It knows what is computed
// from the operands alone, so neither Points nor an aggregate; of all else the
// result is the zero Value.
func Apply(e condition.Expr, operands []facts.Value) facts.Value {
	switch e := e.(type) {
	case *condition.Unary:
		return unary(e, operands[0])
	case *condition.Binary:
		return binary(e, operands[0], operands[1])
	case *condition.Call:
		if e.Func != condition.Points {
			return call(e, operands, nil)
		}
	case *condition.External:
		return external(e, operands)
	}
	return facts.Value{}
}
