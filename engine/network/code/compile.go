package code

import (
	"truce/facts"
	"truce/rules/condition"
	"truce/rules/eval"
)

// Compiler compiles the expressions of a program. What it gives may run in many
// frames at once; it allocates nothing unless something fails, one of expr's own
// functions is called, or Aggregates does.
type Compiler struct {
	Layouts []*Layout // by facts.FactType.Index
	Texts   *Texts    // numbers the texts of literals; what Frame.Texts stands on
	// Aggregate numbers an aggregate, for Frame.Aggregates. It is called once for
	// each aggregate of an expression that is compiled.
	Aggregate func(*condition.Aggregate) int
}

// reader and tester are what expressions compile to.
type (
	reader = func(*Frame) Value
	tester = func(*Frame) Truth
)

// Value compiles an expression to its value, of the kind of its type.
func (c *Compiler) Value(e condition.Expr) func(*Frame) Value {
	return converted(c.value(e), kindOf(e), e.Type().Kind)
}

// Test compiles a condition to its truth.
func (c *Compiler) Test(e condition.Expr) func(*Frame) Truth { return c.test(e, false) }

// Fit compiles the formula of a concluded field, made to fit it as eval.Fit does.
func (c *Compiler) Fit(e condition.Expr, f *facts.Field) func(*Frame) Value {
	return fitted(converted(c.value(e), kindOf(e), f.Type.Kind), e, f)
}

// kindOf is the kind that the value of an expression has when it runs. It is that
// of its type but for abs: where literals took the kind of what stands beside them,
// an integer too large to be a number, and a product, stayed integers, and abs gives
// what it gets.
func kindOf(e condition.Expr) facts.Kind {
	switch e := e.(type) {
	case *condition.Literal:
		return e.Value.Kind()
	case *condition.Call:
		if e.Func == condition.Abs {
			return kindOf(e.Args[0])
		}
	}
	return e.Type().Kind
}

// value compiles an expression to its value, of the kind that kindOf says.
func (c *Compiler) value(e condition.Expr) reader {
	if p, ok := c.place(e); ok {
		return p.read()
	}
	switch e := e.(type) {
	case *condition.Literal:
		return constant(FromFact(e.Value, c.Texts))
	case *condition.Variable:
		slot := e.Slot
		return func(f *Frame) Value { return f.Lets[slot] }
	case *condition.Threshold:
		i := e.Index
		return func(f *Frame) Value { return f.Thresholds[i] }
	case *condition.AsOf:
		return func(f *Frame) Value { return integer(f.AsOf) }
	case *condition.Aggregate:
		n := c.Aggregate(e)
		return func(f *Frame) Value { return f.Aggregates(n, f) }
	case *condition.External:
		return c.external(e)
	}
	if e.Type().Kind == facts.Bool {
		t := c.test(e, false)
		return func(f *Frame) Value { return t(f).Value() }
	}
	return c.computed(e)
}

// computed compiles what is neither read nor a bool.
func (c *Compiler) computed(e condition.Expr) reader {
	switch e := e.(type) {
	case *condition.Unary:
		return c.negative(e)
	case *condition.Binary:
		if e.Type().Kind == facts.Number {
			return c.numbers(e)
		}
		return c.integers(e)
	case *condition.Conditional:
		return c.choice(e)
	}
	return c.call(e.(*condition.Call))
}

func constant(v Value) reader { return func(*Frame) Value { return v } }

// reference is an operation as eval has it, for what is rare.
type reference struct {
	e     condition.Expr
	kinds []facts.Kind // of its operands
}

func referenceTo(e condition.Expr) *reference {
	r := &reference{e: e}
	for _, x := range condition.Children(e) {
		r.kinds = append(r.kinds, kindOf(x))
	}
	return r
}

// asNumbers is the operation on operands that have been made numbers.
func (r *reference) asNumbers() *reference {
	for i := range r.kinds {
		r.kinds[i] = facts.Number
	}
	return r
}

// apply is what the operation gives.
func (r *reference) apply(f *Frame, xs ...Value) Value {
	operands := make([]facts.Value, len(xs))
	for i, x := range xs {
		operands[i] = x.Fact(r.kinds[i], f.Texts)
	}
	return FromFact(eval.Apply(r.e, operands), f.Texts)
}

// external compiles a call of one of expr's own functions.
func (c *Compiler) external(e *condition.External) reader {
	args := make([]reader, len(e.Args))
	for i, a := range e.Args {
		args[i] = c.value(a)
	}
	r := referenceTo(e)
	return func(f *Frame) Value {
		xs := make([]Value, len(args))
		for i, a := range args {
			xs[i] = a(f)
		}
		return r.apply(f, xs...)
	}
}
