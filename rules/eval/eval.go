package eval

import (
	"strings"

	"truce/facts"
	"truce/rules/condition"
)

// Env is what an expression is evaluated in. It is not safe for concurrent use.
type Env struct {
	Facts      []Fact        // by fact slot
	Values     []facts.Value // by value slot
	Parameters Parameters
	AsOf       int64
	// Members are the facts of a type that are at least possible.
	Members func(*facts.FactType) []Member
	// Work, when set, is how many more steps evaluation may take. It is counted
	// down; below zero every result is a fault of ErrWork.
	Work *int

	element *Fact
	reads   *Reads
}

// Fact is a fact as expressions see it: a number that the caller chose for it, and
// its values by field index.
type Fact struct {
	Ref    int
	Values []facts.Value
}

// Member is a fact of a type with what the model says of its presence.
type Member struct {
	Fact
	// Presence is true or unknown.
	Presence facts.Value
	// Copies is how many real facts it may stand for; -1 is without end.
	Copies int
	// Group is shared by the alternatives of one key; 0 is no alternatives.
	Group int
	// Blurred says that the key is not known: the member may be the same real fact
	// as another one.
	Blurred bool
}

// Parameters are the thresholds as set.
type Parameters interface {
	// Value is the value of the threshold at an index.
	Value(index int) facts.Value
	// Points are the points of a table by level.
	Points(index int) []facts.Value
}

// Eval evaluates an expression.
func Eval(e condition.Expr, env *Env) facts.Value {
	if env.Work != nil {
		if *env.Work--; *env.Work < 0 {
			return fault(e.Type().Kind, e.Span(), ErrWork, "evaluation takes more steps than allowed")
		}
	}
	switch e := e.(type) {
	case *condition.Literal:
		return e.Value
	case *condition.Variable:
		env.reads.slot(e.Slot)
		return env.Values[e.Slot]
	case *condition.FieldOf:
		f := &env.Facts[e.Slot]
		env.reads.field(f.Ref, e.Field)
		return f.Values[e.Field.Index]
	case *condition.ElementField:
		return env.element.Values[e.Field.Index]
	case *condition.Threshold:
		env.reads.threshold(e.Index)
		return env.Parameters.Value(e.Index)
	case *condition.AsOf:
		env.reads.asOf()
		return facts.DateOf(env.AsOf)
	case *condition.Unary:
		return unary(e, Eval(e.X, env))
	case *condition.Binary:
		return binary(e, Eval(e.X, env), Eval(e.Y, env))
	case *condition.Conditional:
		return conditional(e, env)
	case *condition.Member:
		return member(Eval(e.X, env), e.Set)
	case *condition.TextTest:
		return textTest(e, Eval(e.X, env))
	case *condition.Call:
		return env.call(e)
	case *condition.External:
		return env.external(e)
	}
	return env.aggregate(e.(*condition.Aggregate))
}

func unary(e *condition.Unary, x facts.Value) facts.Value {
	if e.Op == condition.Not {
		return Not(x)
	}
	if x.Fault() != nil {
		return x
	}
	return arithmetic(condition.Sub, e.Type().Kind, zeroOf(x.Kind()), x, e.Span())
}

func binary(e *condition.Binary, x, y facts.Value) facts.Value {
	switch e.Op {
	case condition.And:
		return And(x, y)
	case condition.Or:
		return Or(x, y)
	case condition.Eq:
		return Equal(x, y)
	case condition.Ne:
		return Not(Equal(x, y))
	}
	if f := firstFault(x, y); !f.IsZero() {
		return facts.FaultValue(e.Type().Kind, f.Fault())
	}
	switch e.Op {
	case condition.Lt:
		return less(x, y, false)
	case condition.Le:
		return less(x, y, true)
	case condition.Gt:
		return less(y, x, false)
	case condition.Ge:
		return less(y, x, true)
	}
	return arithmetic(e.Op, e.Type().Kind, x, y, e.Span())
}

// arithmetic is + - * / % on operands without a fault.
func arithmetic(op condition.Op, k facts.Kind, x, y facts.Value, at facts.Span) facts.Value {
	switch {
	case op == condition.Mod:
		return remainder(x, y, at)
	case k == facts.Number:
		return numbers(op, x, y, at)
	}
	return integers(op, k, x, y, at)
}

// conditional is the chosen branch, or the hull of both while the choice is open.
// A fault in one of two open branches makes the result unknown.
func conditional(e *condition.Conditional, env *Env) facts.Value {
	k := e.Type().Kind
	c := Eval(e.Cond, env)
	switch {
	case c.True():
		return as(k, Eval(e.Then, env))
	case c.False():
		return as(k, Eval(e.Else, env))
	case c.Fault() != nil:
		return facts.FaultValue(k, c.Fault())
	}
	x, y := as(k, Eval(e.Then, env)), as(k, Eval(e.Else, env))
	switch {
	case x.Fault() != nil && y.Fault() != nil:
		return firstFault(x, y)
	case x.Fault() != nil || y.Fault() != nil:
		return e.Type().Unknown()
	}
	return x.Hull(y)
}

func member(x facts.Value, set []facts.Value) facts.Value {
	v := facts.BoolOf(false)
	for _, s := range set {
		v = Or(v, Equal(x, s))
	}
	return v
}

func textTest(e *condition.TextTest, x facts.Value) facts.Value {
	switch {
	case x.Fault() != nil:
		return facts.FaultValue(facts.Bool, x.Fault())
	case !x.IsKnown():
		return facts.UnknownBool()
	}
	s := x.Text()
	switch e.Test {
	case "contains":
		return facts.BoolOf(strings.Contains(s, e.Pattern))
	case "startsWith":
		return facts.BoolOf(strings.HasPrefix(s, e.Pattern))
	case "endsWith":
		return facts.BoolOf(strings.HasSuffix(s, e.Pattern))
	}
	return facts.BoolOf(e.Regexp.MatchString(s))
}

func (env *Env) call(e *condition.Call) facts.Value {
	args := make([]facts.Value, len(e.Args))
	for i, a := range e.Args {
		if t, ok := a.(*condition.Threshold); ok && e.Func == condition.Points && i == 1 {
			env.reads.threshold(t.Index)
			continue // a table, which is no value
		}
		args[i] = Eval(a, env)
	}
	return call(e, args, env.Parameters)
}

func (env *Env) external(e *condition.External) facts.Value {
	args := make([]facts.Value, len(e.Args))
	for i, a := range e.Args {
		args[i] = Eval(a, env)
	}
	return external(e, args)
}

func external(e *condition.External, args []facts.Value) facts.Value {
	if f := firstFault(args...); !f.IsZero() {
		return facts.FaultValue(e.Type().Kind, f.Fault())
	}
	for _, a := range args {
		if !a.IsKnown() {
			return e.Type().Unknown()
		}
	}
	return e.Run(args)
}

// aggregate collects what each member contributes. For "all", the selected are the
// members that fail the predicate.
func (env *Env) aggregate(e *condition.Aggregate) facts.Value {
	members := env.Members(e.Fact)
	cs := make([]contribution, 0, len(members))
	outer := env.element
	var seen []AggregateMember
	for i := range members {
		m := &members[i]
		env.element = &m.Fact
		c := contribution{selected: m.Presence, copies: m.Copies, group: m.Group, blurred: m.Blurred, there: m.Presence.True()}
		if e.Where != nil {
			where := Eval(e.Where, env)
			if e.Form == condition.All {
				where = Not(where)
			}
			c.selected = And(m.Presence, where)
		}
		if e.Of != nil && !c.excluded() {
			c.value = Eval(e.Of, env)
		}
		cs = append(cs, c)
		if env.reads != nil {
			seen = append(seen, AggregateMember{Fact: m.Ref, Selected: c.selected, Value: c.value})
		}
	}
	env.element = outer
	v := aggregate(e, collapse(cs))
	env.reads.aggregate(e, v, seen)
	return v
}
