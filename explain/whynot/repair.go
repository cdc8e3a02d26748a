package whynot

import (
	"math"

	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
	"truce/rules/eval"
)

// scope is where an expression of a rule stands: with the facts and values that a
// choice binds, and, inside an aggregate, the fact in turn.
type scope struct {
	*explainer
	rule    *rules.Rule
	env     *eval.Env
	element *eval.Fact
	// pinned are the comparisons that the rule asks for itself, by text, each with the
	// truth that it asks for: no earlier row can be kept from holding by turning one.
	pinned map[string]bool
}

// line is repair for a line of the rule. Where only turning what the rule asks for itself
// would do, that is what it finds.
func (s *scope) line(step *rules.Step) (repair, bool) {
	r, ok := s.repair(step.Expr, true)
	if !ok && len(s.pinned) > 0 {
		free := *s
		free.pinned = nil
		return free.repair(step.Expr, true)
	}
	return r, ok
}

// pinnedBy are the comparisons that a rule's own lines ask for, whatever its values are.
func pinnedBy(r *rules.Rule) map[string]bool {
	pinned := map[string]bool{}
	var pin func(e condition.Expr, wanted bool)
	pin = func(e condition.Expr, wanted bool) {
		switch x := e.(type) {
		case *condition.Unary:
			if x.Op == condition.Not {
				pin(x.X, !wanted)
				return
			}
		case *condition.Binary:
			if x.Op == condition.And || x.Op == condition.Or {
				if (x.Op == condition.And) == wanted {
					pin(x.X, wanted)
					pin(x.Y, wanted)
				}
				return
			}
		}
		pinned[e.Text()] = wanted
	}
	for _, step := range r.When {
		if step.Kind == rules.Condition && step.NotRow == "" {
			pin(step.Expr, true)
		}
	}
	return pinned
}

// inside is the scope of what an aggregate asks of one fact.
func (s *scope) inside(f eval.Fact) *scope {
	return &scope{explainer: s.explainer, rule: s.rule, env: s.env.Inside(f), element: &f}
}

// let is the expression behind a bound value.
func (s *scope) let(slot int) condition.Expr {
	for _, step := range s.rule.When {
		if step.Kind == rules.Let && step.Slot == slot {
			return step.Expr
		}
	}
	return nil
}

// leaf is a comparison, a quantifier or a plain test that would have to turn out
// otherwise.
type leaf struct {
	expr condition.Expr
	want bool
}

// repair is a smallest set of leaves that, turned, would make a condition as wanted,
// with how far they miss; it is false where nothing would.
type repair struct {
	leaves []leaf
	far    float64
}

func (r repair) nearer(o repair) bool {
	if len(r.leaves) != len(o.leaves) {
		return len(r.leaves) < len(o.leaves)
	}
	return r.far < o.far
}

// is reports whether a truth is as wanted.
func is(v facts.Value, wanted bool) bool {
	if wanted {
		return v.True()
	}
	return v.False()
}

// repair finds what keeps a condition from being true, or from being false.
func (s *scope) repair(e condition.Expr, wanted bool) (repair, bool) {
	if is(eval.Eval(e, s.env), wanted) {
		return repair{}, true
	}
	switch x := e.(type) {
	case *condition.Literal:
		return repair{}, false
	case *condition.Variable:
		if l := s.let(x.Slot); l != nil {
			return s.repair(l, wanted)
		}
	case *condition.Unary:
		if x.Op == condition.Not {
			return s.repair(x.X, !wanted)
		}
	case *condition.Binary:
		if x.Op == condition.And || x.Op == condition.Or {
			a, aOK := s.repair(x.X, wanted)
			b, bOK := s.repair(x.Y, wanted)
			if (x.Op == condition.And) == wanted {
				return both(a, b), aOK && bOK
			}
			return either(a, aOK, b, bOK)
		}
	case *condition.Conditional:
		return s.repairConditional(x, wanted)
	}
	if asked, ok := s.pinned[e.Text()]; ok && asked != wanted {
		return repair{}, false
	}
	return repair{[]leaf{{e, wanted}}, s.miss(e, wanted)}, true
}

func both(a, b repair) repair {
	return repair{append(append([]leaf(nil), a.leaves...), b.leaves...), a.far + b.far}
}

func either(a repair, aOK bool, b repair, bOK bool) (repair, bool) {
	if bOK && (!aOK || b.nearer(a)) {
		return b, true
	}
	return a, aOK
}

// repairConditional makes the choice open one branch in which the value is as wanted.
func (s *scope) repairConditional(x *condition.Conditional, wanted bool) (repair, bool) {
	pick := func(chosen bool, branch condition.Expr) (repair, bool) {
		c, cOK := s.repair(x.Cond, chosen)
		b, bOK := s.repair(branch, wanted)
		return both(c, b), cOK && bOK
	}
	a, aOK := pick(true, x.Then)
	b, bOK := pick(false, x.Else)
	return either(a, aOK, b, bOK)
}

// miss is how far a leaf is from turning.
func (s *scope) miss(e condition.Expr, wanted bool) float64 {
	b, ok := e.(*condition.Binary)
	if !ok || !b.Op.Compares() || !b.X.Type().Kind.Ordered() || !b.Y.Type().Kind.Ordered() {
		return 1
	}
	x, y := eval.Eval(b.X, s.env), eval.Eval(b.Y, s.env)
	if x.Fault() != nil || y.Fault() != nil {
		return 1
	}
	xl, xh := ends(x)
	yl, yh := ends(y)
	op := operator(b.Op, wanted)
	short := 0.0
	switch op {
	case condition.Gt, condition.Ge:
		short = yh - xl
	case condition.Lt, condition.Le:
		short = xh - yl
	case condition.Eq:
		short = max(yh-xl, xh-yl)
	}
	t := b.X.Type()
	if t.Range == nil && t.Names == nil {
		t = b.Y.Type()
	}
	return relative(max(short, 0), t, xl, xh, yl, yh)
}

// operator is the comparison that has to hold for one to turn out as wanted.
func operator(op condition.Op, wanted bool) condition.Op {
	if wanted {
		return op
	}
	return op.Opposite()
}

// against is the set of values that compare so with whatever v stands for, and false
// where no value does.
func against(t facts.Type, op condition.Op, v facts.Value) (Set, bool) {
	if v.Fault() != nil {
		return Set{}, false
	}
	switch op {
	case condition.Eq, condition.Ne:
		if !v.IsKnown() {
			return Set{}, false
		}
		if op == condition.Ne {
			return other(t, v), true
		}
		return only(t, v).of(t), true
	}
	if !v.Kind().Ordered() {
		return Set{}, false
	}
	lo, hi := ends(v)
	inf := math.Inf(1)
	var s Set
	switch op {
	case condition.Gt:
		s = between(t, hi, true, inf, false)
	case condition.Ge:
		s = between(t, hi, false, inf, false)
	case condition.Lt:
		s = between(t, -inf, false, lo, true)
	default:
		s = between(t, -inf, false, lo, false)
	}
	return s, !s.empty()
}
