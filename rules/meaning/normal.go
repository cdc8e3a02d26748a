package meaning

import (
	"slices"
	"strconv"
	"strings"

	"truce/facts"
	"truce/rules/condition"
)

// normal writes expressions in normal form. How names are written is the caller's: as
// a reader knows them, or as marks by which two packs are compared.
type normal struct {
	ref    func(Kind, string) string
	fact   func(*condition.FieldOf) string
	value  func(*condition.Variable) string
	fields func(*facts.FactType, *facts.Field) string // the name of a field behind a dot
}

// The strengths of operators, the weakest first.
const (
	choosing = iota
	joining  // or
	both     // and
	comparing
	adding
	multiplying
	signing
	closed
)

// text is an expression, or what it denies.
func (n *normal) text(e condition.Expr, denied bool) string {
	s, _ := n.write(e, denied)
	return s
}

// inside is an expression as an operand of an operator of a strength.
func (n *normal) inside(e condition.Expr, denied bool, strength int) string {
	s, own := n.write(e, denied)
	if own <= strength {
		return "(" + s + ")"
	}
	return s
}

// chain are the operands of a chain of "and" or "or", in the order of their letters.
// Where it is denied, a chain of the other is one of this.
func (n *normal) chain(e condition.Expr, op condition.Op, denied bool) []string {
	var parts []string
	var collect func(e condition.Expr, denied bool)
	strength := both
	if op == condition.Or {
		strength = joining
	}
	collect = func(e condition.Expr, denied bool) {
		switch e := e.(type) {
		case *condition.Unary:
			if e.Op == condition.Not {
				collect(e.X, !denied)
				return
			}
		case *condition.Binary:
			if joins(e.Op, denied) == op {
				collect(e.X, denied)
				collect(e.Y, denied)
				return
			}
		}
		parts = append(parts, n.inside(e, denied, strength))
	}
	collect(e, denied)
	slices.Sort(parts)
	return slices.Compact(parts)
}

// joins is what an operator joins by, where it is denied: the other of "and" and "or".
func joins(op condition.Op, denied bool) condition.Op {
	switch {
	case op == condition.And && denied:
		return condition.Or
	case op == condition.Or && denied:
		return condition.And
	case op == condition.And || op == condition.Or:
		return op
	}
	return 0
}

// write gives an expression in normal form, and the strength of its outermost operator.
func (n *normal) write(e condition.Expr, denied bool) (string, int) {
	switch e := e.(type) {
	case *condition.Unary:
		if e.Op == condition.Not {
			return n.write(e.X, !denied)
		}
		return "-" + n.inside(e.X, false, multiplying), signing
	case *condition.Binary:
		return n.binary(e, denied)
	case *condition.Aggregate:
		if denied && (e.Form == condition.Any || e.Form == condition.None) {
			turned := condition.Any + condition.None - e.Form
			return n.aggregate(e, turned), closed
		}
	case *condition.Member:
		word := " in ["
		if denied {
			word = " not in ["
		}
		var set []string
		for _, v := range e.Set {
			set = append(set, literal(e.X.Type(), v))
		}
		slices.Sort(set)
		return n.inside(e.X, false, comparing) + word + strings.Join(slices.Compact(set), ", ") + "]", comparing
	case *condition.Conditional:
		if denied {
			break
		}
		return n.inside(e.Cond, false, choosing) + " ? " + n.inside(e.Then, false, choosing) + " : " + n.inside(e.Else, false, choosing), choosing
	case *condition.TextTest:
		if denied {
			return "not (" + n.text(e, false) + ")", signing
		}
		return n.inside(e.X, false, comparing) + " " + e.Test + " " + strconv.Quote(e.Pattern), comparing
	}
	s := n.single(e)
	if denied {
		if _, is := e.(*condition.Conditional); is {
			s = "(" + s + ")"
		}
		return "not " + s, signing
	}
	return s, closed
}

// binary writes an operator with two operands.
func (n *normal) binary(e *condition.Binary, denied bool) (string, int) {
	switch op := joins(e.Op, denied); op {
	case condition.And:
		return strings.Join(n.chain(e, op, denied), " and "), both
	case condition.Or:
		return strings.Join(n.chain(e, op, denied), " or "), joining
	}
	op := e.Op
	if denied {
		op = op.Opposite()
	}
	if op.Compares() {
		return n.comparison(e, op), comparing
	}
	strength := adding
	if op == condition.Mul || op == condition.Div || op == condition.Mod {
		strength = multiplying
	}
	x, ox := n.write(e.X, false)
	y, oy := n.write(e.Y, false)
	if (op == condition.Add || op == condition.Mul) && y < x {
		x, ox, y, oy = y, oy, x, ox
	}
	// An operand of the same strength stays in brackets on the right: sums are rounded
	// step by step, and so are not the same in another order.
	if ox < strength {
		x = "(" + x + ")"
	}
	if oy <= strength {
		y = "(" + y + ")"
	}
	return x + " " + op.String() + " " + y, strength
}

// comparison has what is more constant on the right; where both are alike, it says less
// than and not more than, and what is equal stands in the order of its letters.
func (n *normal) comparison(e *condition.Binary, op condition.Op) string {
	x, y := n.inside(e.X, false, comparing), n.inside(e.Y, false, comparing)
	cx, cy := constancy(e.X), constancy(e.Y)
	turn := cx > cy
	if cx == cy {
		switch op {
		case condition.Gt, condition.Ge:
			turn = true
		case condition.Eq, condition.Ne:
			turn = y < x
		}
	}
	if turn {
		x, y, op = y, x, turned(op)
	}
	return x + " " + op.String() + " " + y
}

// turned is the comparison with its operands exchanged.
func turned(op condition.Op) condition.Op {
	switch op {
	case condition.Lt:
		return condition.Gt
	case condition.Le:
		return condition.Ge
	case condition.Gt:
		return condition.Lt
	case condition.Ge:
		return condition.Le
	}
	return op
}

// constancy is 0 of an expression whose value a case decides, 1 where the pack's
// thresholds do, 2 where nothing does.
func constancy(e condition.Expr) int {
	least := 2
	condition.Walk(e, func(e condition.Expr) bool {
		switch e.(type) {
		case *condition.FieldOf, *condition.ElementField, *condition.Variable, *condition.Aggregate, *condition.AsOf:
			least = 0
		case *condition.Threshold:
			least = min(least, 1)
		}
		return least > 0
	})
	return least
}

// single writes an expression that no operator joins.
func (n *normal) single(e condition.Expr) string {
	switch e := e.(type) {
	case *condition.Literal:
		return literal(e.Type(), e.Value)
	case *condition.Variable:
		return n.value(e)
	case *condition.FieldOf:
		return n.fact(e) + "." + n.fields(e.Fact, e.Field)
	case *condition.ElementField:
		return "." + n.fields(e.Fact, e.Field)
	case *condition.Threshold:
		return "threshold." + n.ref(Threshold, e.Name)
	case *condition.AsOf:
		return "case.as_of"
	case *condition.Call:
		args := n.list(e.Args)
		if e.Func == condition.Min || e.Func == condition.Max {
			slices.Sort(args)
		}
		return e.Func.String() + "(" + strings.Join(args, ", ") + ")"
	case *condition.External:
		return e.Name + "(" + strings.Join(n.list(e.Args), ", ") + ")"
	case *condition.Aggregate:
		return n.aggregate(e, e.Form)
	default: // an operator under a negation
		s, _ := n.write(e, false)
		return s
	}
}

func (n *normal) list(es []condition.Expr) []string {
	var list []string
	for _, e := range es {
		list = append(list, n.text(e, false))
	}
	return list
}

// aggregate writes a quantifier or an aggregate in one of the ways in which packs
// spell it.
func (n *normal) aggregate(e *condition.Aggregate, form condition.Form) string {
	over := n.ref(FactType, e.Fact.Name)
	where := ""
	if e.Where != nil {
		where = n.text(e.Where, false)
	}
	switch {
	case e.Of == nil && where == "":
		return form.String() + "(" + over + ")"
	case e.Of == nil:
		return form.String() + "(" + over + ", " + where + ")"
	case where != "":
		over = "filter(" + over + ", " + where + ")"
	}
	of := n.text(e.Of, false)
	if form == condition.Sum {
		return "sum(" + over + ", " + of + ")"
	}
	return form.String() + "(map(" + over + ", " + of + "))"
}

// literal is a known value as an expression holds it.
func literal(t facts.Type, v facts.Value) string {
	switch v.Kind() {
	case facts.Text, facts.Enum, facts.Scale:
		return strconv.Quote(t.Format(v))
	case facts.Date:
		return "date(" + strconv.Quote(t.Format(v)) + ")"
	}
	return t.Format(v)
}
