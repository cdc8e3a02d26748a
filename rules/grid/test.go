package grid

import (
	"slices"
	"strconv"
	"strings"

	"truce/facts"
	"truce/rules/condition"
)

// Test is a condition as a test of an input against constants: one of the
// alternatives holds, or none does where it is negated.
type Test struct {
	Input        condition.Expr
	Negated      bool
	Alternatives [][]Comparison // each holds where all its comparisons do
}

// Comparison is an operator with a constant.
type Comparison struct {
	Op        condition.Op
	Value     facts.Value          // of a literal
	Threshold *condition.Threshold // in place of one; else nil
}

// Of takes a condition apart. What is no test of an input against constants is an input
// of its own, which is true.
func Of(e condition.Expr) Test {
	if t, ok := test(e); ok {
		return t
	}
	return plain(e, true)
}

func plain(e condition.Expr, value bool) Test {
	return Test{Input: e, Alternatives: [][]Comparison{{{Op: condition.Eq, Value: facts.BoolOf(value)}}}}
}

func test(e condition.Expr) (Test, bool) {
	switch e := e.(type) {
	case *condition.Unary:
		if e.Op == condition.Not {
			return negated(Of(e.X))
		}
	case *condition.Binary:
		switch {
		case e.Op == condition.And, e.Op == condition.Or:
			return joined(e)
		case e.Op.Compares():
			return comparison(e)
		}
	case *condition.Member:
		t := Test{Input: e.X}
		for _, v := range e.Set {
			t.Alternatives = append(t.Alternatives, []Comparison{{Op: condition.Eq, Value: v}})
		}
		return t, len(e.Set) > 0
	}
	return Test{}, false
}

// negated turns one comparison round, and negates a list.
func negated(t Test) (Test, bool) {
	if one := t.only(); one != nil && !t.Negated {
		c := *one
		if t.Input.Type().Kind == facts.Bool && c.Threshold == nil {
			c.Value = facts.BoolOf(!c.Value.True())
		} else {
			c.Op = c.Op.Opposite()
		}
		t.Alternatives = [][]Comparison{{c}}
		return t, true
	}
	t.Negated = !t.Negated
	return t, true
}

// only is the one comparison that a test is, or nil.
func (t *Test) only() *Comparison {
	if len(t.Alternatives) == 1 && len(t.Alternatives[0]) == 1 {
		return &t.Alternatives[0][0]
	}
	return nil
}

func comparison(e *condition.Binary) (Test, bool) {
	if c, ok := constant(e.Y); ok {
		c.Op = e.Op
		return Test{Input: e.X, Alternatives: [][]Comparison{{c}}}, true
	}
	c, ok := constant(e.X)
	c.Op = e.Op.Mirrored()
	return Test{Input: e.Y, Alternatives: [][]Comparison{{c}}}, ok
}

func constant(e condition.Expr) (Comparison, bool) {
	switch e := e.(type) {
	case *condition.Literal:
		return Comparison{Value: e.Value}, e.Value.IsKnown()
	case *condition.Threshold:
		return Comparison{Threshold: e}, true
	}
	return Comparison{}, false
}

// joined is "and" and "or" of tests of one input: an interval, or a list.
func joined(e *condition.Binary) (Test, bool) {
	x, xOK := test(e.X)
	y, yOK := test(e.Y)
	if !xOK || !yOK || x.Negated || y.Negated || x.Input.Text() != y.Input.Text() || !single(x.Input) {
		return Test{}, false
	}
	if e.Op == condition.Or {
		x.Alternatives = append(slices.Clip(x.Alternatives), y.Alternatives...)
		return x, true
	}
	a, b := x.only(), y.only()
	if a == nil || b == nil || !upward(a.Op) || !upward(b.Op.Mirrored()) {
		return Test{}, false
	}
	return Test{Input: x.Input, Alternatives: [][]Comparison{{*a, *b}}}, true
}

func upward(o condition.Op) bool { return o == condition.Gt || o == condition.Ge }

// single reports whether an expression is no condition in itself, so that two of them
// may share a column.
func single(e condition.Expr) bool { return e.Type().Kind != facts.Bool }

// Cell is the test as the text of a cell.
func (t Test) Cell() string {
	var parts []string
	for _, all := range t.Alternatives {
		parts = append(parts, t.alternative(all))
	}
	text := strings.Join(parts, ", ")
	if t.Negated {
		return "not(" + text + ")"
	}
	return text
}

func (t Test) alternative(all []Comparison) string {
	if len(all) == 2 {
		open, end := "(", ")"
		if all[0].Op == condition.Ge {
			open = "["
		}
		if all[1].Op == condition.Le {
			end = "]"
		}
		return open + t.operand(all[0]) + ".." + t.operand(all[1]) + end
	}
	c := all[0]
	if c.Op == condition.Eq {
		return t.operand(c)
	}
	return c.Op.String() + " " + t.operand(c)
}

func (t Test) operand(c Comparison) string {
	if c.Threshold != nil {
		return c.Threshold.Text()
	}
	typ := t.Input.Type()
	if c.Value.Kind() == facts.Text || typ.Kind == facts.Text {
		return strconv.Quote(c.Value.Text())
	}
	return typ.Format(c.Value)
}
