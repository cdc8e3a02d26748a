package code

import (
	"fmt"
	"strings"

	"truce/facts"
	"truce/rules/condition"
)

func Size(e condition.Expr) int {
	n := 0
	condition.Walk(e, func(condition.Expr) bool { n++; return true })
	return n
}

func MayFail(e condition.Expr) bool {
	found := false
	condition.Walk(e, func(x condition.Expr) bool {
		switch x := x.(type) {
		case *condition.Unary:
			found = found || x.Op == condition.Neg
		case *condition.Binary:
			found = found || x.Op >= condition.Add
		case *condition.Call:
			found = found || x.Func == condition.Ramp || x.Func == condition.Abs
		case *condition.External:
			found = true
		case *condition.Aggregate:
			found = found || x.Form >= condition.Sum
		}
		return !found
	})
	return found
}

func Exact(e condition.Expr, c *Compiler, aggregate func(*condition.Aggregate) bool, threshold func(int) bool, let func(int) bool) bool {
	exact := true
	condition.Walk(e, func(x condition.Expr) bool {
		switch x := x.(type) {
		case *condition.FieldOf:
			exact = exact && c.Layouts[x.Fact.Index].Exact[x.Field.Index]
		case *condition.ElementField:
			exact = exact && c.Layouts[x.Fact.Index].Exact[x.Field.Index]
		case *condition.Threshold:
			exact = exact && threshold(x.Index)
		case *condition.Variable:
			exact = exact && let(x.Slot)
		case *condition.Aggregate:
			exact = exact && aggregate(x)
			return false
		}
		return exact
	})
	return exact
}

func Key(e condition.Expr) string {
	var b strings.Builder
	key(&b, e)
	if MayFail(e) {
		fmt.Fprintf(&b, "@%v", e.Span())
	}
	return b.String()
}

func key(b *strings.Builder, e condition.Expr) {
	fmt.Fprintf(b, "(%T %d", e, e.Type().Kind)
	switch e := e.(type) {
	case *condition.Literal:
		fmt.Fprintf(b, " %s", facts.Type{Kind: e.Value.Kind(), Names: e.Type().Names}.Format(e.Value))
		lo, hi := e.Value.Bounds()
		i, j := e.Value.Ends()
		fmt.Fprintf(b, " %v %v %v %v %q", lo, hi, i, j, e.Value.Text())
	case *condition.Variable:
		fmt.Fprintf(b, " %d", e.Slot)
	case *condition.FieldOf:
		fmt.Fprintf(b, " %d.%d.%d", e.Slot, e.Fact.Index, e.Field.Index)
	case *condition.ElementField:
		fmt.Fprintf(b, " %d.%d", e.Fact.Index, e.Field.Index)
	case *condition.Threshold:
		fmt.Fprintf(b, " %d", e.Index)
	case *condition.Unary:
		fmt.Fprintf(b, " %d", e.Op)
	case *condition.Binary:
		fmt.Fprintf(b, " %d", e.Op)
	case *condition.Member:
		for _, s := range e.Set {
			lo, _ := s.Bounds()
			i, _ := s.Ends()
			fmt.Fprintf(b, " %v %v %q", lo, i, s.Text())
		}
	case *condition.TextTest:
		fmt.Fprintf(b, " %s %q", e.Test, e.Pattern)
	case *condition.Call:
		fmt.Fprintf(b, " %d", e.Func)
	case *condition.External:
		fmt.Fprintf(b, " %s", e.Name)
	case *condition.Aggregate:
		fmt.Fprintf(b, " %d %d %t", e.Form, e.Fact.Index, e.Where == nil)
	}
	for _, c := range condition.Children(e) {
		key(b, c)
	}
	b.WriteString(")")
}
