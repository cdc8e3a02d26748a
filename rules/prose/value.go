package prose

import (
	"strings"

	"truce/facts"
	"truce/rules/condition"
)

// value is an expression as a noun.
func (w *writer) value(e condition.Expr) string {
	switch e := e.(type) {
	case *condition.Literal:
		return literal(e.Type(), e.Value)
	case *condition.Variable:
		return e.Name
	case *condition.FieldOf:
		return quoted(e.Field.Name) + " of " + e.Name
	case *condition.ElementField:
		return quoted(e.Field.Name)
	case *condition.Threshold:
		return w.threshold(e.Index)
	case *condition.AsOf:
		return "the case's date"
	case *condition.Call:
		return w.call(e)
	case *condition.External:
		return e.Name + " of " + and(w.operands(e.Args))
	case *condition.Aggregate:
		if e.Type().Kind != facts.Bool {
			return w.total(e)
		}
	case *condition.Unary:
		if e.Op == condition.Neg {
			return "minus " + w.operand(e.X)
		}
	case *condition.Conditional:
		return "(" + w.value(e.Then) + " if " + w.clause(e.Cond, false) + ", otherwise " + w.value(e.Else) + ")"
	case *condition.Binary:
		if word := arithmetic(e.Op); word != "" {
			return w.first(e) + " " + word + " " + w.operand(e.Y)
		}
	}
	return "whether " + w.clause(e, false)
}

// literal prints a constant; texts stand in quotes.
func literal(t facts.Type, v facts.Value) string {
	s := t.FormatUnit(v)
	if t.Kind == facts.Text {
		return `"` + s + `"`
	}
	return s
}

// operand is a value inside another. What is itself put together stands in
// brackets, so that nothing is left to guess.
func (w *writer) operand(e condition.Expr) string {
	s := w.value(e)
	switch x := e.(type) {
	case *condition.Binary, *condition.External:
		return "(" + s + ")"
	case *condition.Call:
		if x.Func != condition.Abs {
			return "(" + s + ")"
		}
	}
	return s
}

// first is the left side of arithmetic: sums and products go on without brackets.
func (w *writer) first(e *condition.Binary) string {
	if b, ok := e.X.(*condition.Binary); ok && b.Op == e.Op && (e.Op == condition.Add || e.Op == condition.Mul) {
		return w.value(b)
	}
	return w.operand(e.X)
}

func (w *writer) operands(es []condition.Expr) []string {
	out := make([]string, len(es))
	for i, e := range es {
		out[i] = w.operand(e)
	}
	return out
}

func arithmetic(op condition.Op) string {
	switch op {
	case condition.Add:
		return "plus"
	case condition.Sub:
		return "minus"
	case condition.Mul:
		return "times"
	case condition.Div:
		return "divided by"
	case condition.Mod:
		return "modulo"
	case condition.Not, condition.Neg, condition.And, condition.Or, condition.Eq, condition.Ne,
		condition.Lt, condition.Le, condition.Gt, condition.Ge:
	}
	return ""
}

// threshold names a parameter, with its value where it is named first.
func (w *writer) threshold(index int) string {
	th := w.pack.Thresholds[index]
	s := "threshold " + th.Name
	if w.named[index] {
		return s
	}
	w.named[index] = true
	if th.Table == nil {
		return s + " (" + th.Type.FormatUnit(th.Value) + ")"
	}
	points := make([]string, len(th.Points))
	for i, v := range th.Points {
		points[i] = th.Table.List[i] + " " + th.Type.Format(v)
	}
	list := strings.Join(points, ", ")
	if th.Type.Unit != "" {
		list += " " + string(th.Type.Unit)
	}
	return s + " (" + list + ")"
}

func (w *writer) call(e *condition.Call) string {
	args := w.operands(e.Args)
	switch e.Func {
	case condition.Ramp:
		return "how far " + args[0] + " has come on the way from " + args[1] + " to " + args[2] + " (from 0 to 1)"
	case condition.Abs:
		return "the size of " + args[0]
	case condition.Floor:
		return args[0] + " rounded down"
	case condition.Ceil:
		return args[0] + " rounded up"
	case condition.Round:
		return args[0] + " rounded"
	case condition.Min:
		return choice("least", "lesser", args)
	case condition.Max:
		return choice("greatest", "greater", args)
	case condition.Points:
		return "the points of " + args[0] + " by " + args[1]
	case condition.Known:
	}
	return "whether " + w.clause(e, false)
}

// choice is "the lesser of a and b", "the least of a, b and c".
func choice(many, two string, args []string) string {
	if len(args) == 2 {
		return "the " + two + " of " + and(args)
	}
	return "the " + many + " of " + and(args)
}

// total is an aggregate that is a number, a date or a level.
func (w *writer) total(e *condition.Aggregate) string {
	over := "all " + e.Fact.Name + " facts"
	if e.Where != nil {
		over += " for which " + w.clause(e.Where, false)
	}
	of := ""
	if e.Of != nil {
		of = w.operand(e.Of)
	}
	var s string
	switch e.Form {
	case condition.Count:
		s = "the number of " + over
	case condition.Sum:
		s = "the sum of " + of + " over " + over
	case condition.Least:
		s = "the least " + of + " among " + over
	case condition.Most:
		s = "the greatest " + of + " among " + over
	case condition.Mean:
		s = "the mean of " + of + " over " + over
	case condition.None, condition.Any, condition.All, condition.One:
	}
	if e.Where != nil {
		return "(" + s + ")"
	}
	return s
}
