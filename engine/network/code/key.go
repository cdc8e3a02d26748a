package code

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"truce/facts"
	"truce/rules/condition"
)

// Key is a text that two expressions share only if they compile to the same code:
// the same reads of the same slots, operations and constants. Units, names and, but
// for operations that may fail, places in files do not count; a place is part of a
// fault, so that an operation that may fail has its own.
func Key(e condition.Expr) string {
	k := keyer{fails: map[condition.Expr]bool{}}
	l := look{own: func(e condition.Expr) { k.fails[e] = true }}
	l.at(e)
	k.expr(e)
	return k.String()
}

type keyer struct {
	strings.Builder
	fails map[condition.Expr]bool
}

func (k *keyer) add(format string, args ...any) { fmt.Fprintf(k, format, args...) }

func (k *keyer) expr(e condition.Expr) {
	switch e := e.(type) {
	case *condition.Literal:
		k.value(e.Value)
		return
	case *condition.Variable:
		k.add("v%d:%s", e.Slot, e.Type().Kind)
		return
	case *condition.FieldOf:
		k.add("f%d.%d.%d", e.Slot, e.Fact.Index, e.Field.Index)
		return
	case *condition.ElementField:
		k.add("e%d.%d", e.Fact.Index, e.Field.Index)
		return
	case *condition.Threshold:
		k.add("t%d:%s", e.Index, e.Type().Kind)
		return
	case *condition.AsOf:
		k.add("as_of")
		return
	}
	k.add("(")
	k.head(e)
	for _, c := range condition.Children(e) {
		k.add(" ")
		k.expr(c)
	}
	if k.fails[e] {
		at := e.Span()
		k.add(" @%q:%d:%d-%d:%d", at.File, at.Start.Line, at.Start.Col, at.End.Line, at.End.Col)
	}
	k.add(")")
}

// head is the operation and the kind of its value.
func (k *keyer) head(e condition.Expr) {
	kind := e.Type().Kind
	switch e := e.(type) {
	case *condition.Unary:
		k.add("%s:%s", e.Op, kind)
	case *condition.Binary:
		k.add("%s:%s", e.Op, kind)
	case *condition.Conditional:
		k.add("?:%s ", kind)
		if kind == facts.Scale { // undecided, it may be all levels
			k.value(e.Type().Unknown())
		}
	case *condition.Member:
		k.add("in")
		for _, v := range e.Set {
			k.add(" ")
			k.value(v)
		}
	case *condition.TextTest:
		k.add("%s %q", e.Test, e.Pattern)
	case *condition.Call:
		k.add("%s:%s", e.Func, kind)
	case *condition.External:
		k.add("%s():%s %q", e.Name, kind, e.Text())
	case *condition.Aggregate:
		k.add("%s:%s over %d %t %t", e.Form, kind, e.Fact.Index, e.Where != nil, e.Of != nil)
	}
}

func (k *keyer) value(v facts.Value) {
	switch v.Kind() {
	case facts.Number:
		lo, hi := v.Bounds()
		k.add("%s:%x:%x", v.Kind(), math.Float64bits(lo), math.Float64bits(hi))
	case facts.Text, facts.Enum:
		k.add("%s:%s", v.Kind(), strconv.Quote(v.Text()))
	default:
		lo, hi := v.Ends()
		k.add("%s:%d:%d", v.Kind(), lo, hi)
	}
}
