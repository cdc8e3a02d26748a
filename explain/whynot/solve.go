package whynot

import (
	"math"
	"slices"
	"strconv"

	"truce/facts"
	"truce/rules/condition"
	"truce/rules/eval"
)

// make lists ways to make a true-or-false expression as wanted.
func (s *scope) make(e condition.Expr, wanted bool) []way {
	r, ok := s.repair(e, wanted)
	if !ok || len(r.leaves) == 0 {
		return nil
	}
	if len(r.leaves) == 1 {
		return s.turn(r.leaves[0])
	}
	var first []way
	for _, l := range r.leaves {
		ways := s.turn(l)
		if len(ways) == 0 {
			return nil
		}
		first = append(first, ways[0])
	}
	if w, ok := joined(first...); ok {
		return []way{w}
	}
	return nil
}

// turn lists ways to turn one leaf, the simplest first.
func (s *scope) turn(l leaf) []way {
	var ways []way
	switch e := l.expr.(type) {
	case *condition.Binary:
		ways = s.turnComparison(e, l.want)
	case *condition.Member:
		ways = s.turnMember(e, l.want)
	case *condition.TextTest:
		set := anything(e.X.Type())
		set.Says = word(l.want, "", "not ") + testWords(e.Test) + " " + strconv.Quote(e.Pattern)
		ways = s.reach(e.X, set)
	case *condition.Call:
		if e.Func == condition.Known && l.want {
			set := anything(e.Args[0].Type())
			set.Known = true
			ways = s.reach(e.Args[0], set)
		}
	case *condition.Aggregate:
		ways = s.turnQuantifier(e, l.want)
	case *condition.FieldOf, *condition.ElementField, *condition.Threshold:
		ways = s.reach(e, truth(e.Type(), l.want))
	}
	if len(ways) == 0 && !eval.Eval(l.expr, s.env).IsKnown() {
		ways = s.know(l.expr)
	}
	if s.element == nil {
		turned := func(env *eval.Env) bool { return is(eval.Eval(l.expr, env), l.want) }
		ways = slices.DeleteFunc(ways, func(w way) bool { return !s.works(w, turned) })
	}
	return simplest(ways)
}

// testWords say what a text would have to be like to pass a test.
func testWords(test string) string {
	switch test {
	case "contains":
		return "containing"
	case "startsWith":
		return "starting with"
	case "endsWith":
		return "ending with"
	}
	return "matching"
}

// turnComparison solves a comparison for its left side, and for its right.
func (s *scope) turnComparison(e *condition.Binary, wanted bool) []way {
	op := operator(e.Op, wanted)
	if !op.Compares() {
		return nil
	}
	x, y := eval.Eval(e.X, s.env), eval.Eval(e.Y, s.env)
	var ways []way
	if set, ok := against(e.X.Type(), op, y); ok {
		ways = append(ways, s.reach(e.X, set)...)
	}
	if set, ok := against(e.Y.Type(), op.Mirrored(), x); ok {
		ways = append(ways, s.reach(e.Y, set)...)
	}
	return ways
}

func (s *scope) turnMember(e *condition.Member, wanted bool) []way {
	t := e.X.Type()
	set := anything(t)
	set.Points, set.Except = e.Set, !wanted
	if !wanted || !ordered(t.Kind) {
		return s.reach(e.X, set)
	}
	var ways []way
	for _, v := range e.Set {
		ways = append(ways, s.reach(e.X, only(t, v).of(t))...)
	}
	return ways
}

// know lists what would have to be known for an expression to have a value at all.
func (s *scope) know(e condition.Expr) []way {
	_, r := eval.Recorded(e, s.env)
	var all way
	add := func(fact int, f *facts.Field, v facts.Value) {
		if !v.IsKnown() && v.Fault() == nil {
			set := anything(f.Type)
			set.Known = true
			all = append(all, need{kind: fieldNeed, fact: fact, field: f, set: set, now: v, far: 1})
		}
	}
	for _, ref := range r.Fields {
		for i := range s.env.Facts {
			if f := &s.env.Facts[i]; f.Ref == ref.Fact {
				add(ref.Fact, ref.Field, f.Values[ref.Field.Index])
				break
			}
		}
	}
	for i := range r.Slots {
		if l := s.let(r.Slots[i]); l != nil {
			for _, w := range s.know(l) {
				all = append(all, w...)
			}
		}
	}
	condition.Walk(e, func(x condition.Expr) bool {
		if f, ok := x.(*condition.ElementField); ok && s.element != nil {
			add(s.element.Ref, f.Field, s.element.Values[f.Field.Index])
		}
		return true
	})
	w, ok := joined(all)
	if !ok || len(w) == 0 {
		return nil
	}
	return []way{w}
}

// reach lists ways to give an expression a value in a set, each by one place that it
// reads, the others held as they are.
func (s *scope) reach(e condition.Expr, set Set) []way {
	set = set.of(e.Type())
	v := eval.Eval(e, s.env)
	if set.empty() || s.deep > deepest {
		return nil
	}
	s.deep++
	defer func() { s.deep-- }()
	switch x := e.(type) {
	case *condition.FieldOf:
		return s.place(s.env.Facts[x.Slot].Ref, x.Field, set, v)
	case *condition.ElementField:
		return s.place(s.element.Ref, x.Field, set, v)
	case *condition.Threshold:
		return alone(need{kind: thresholdNeed, index: x.Index, set: set, now: v, far: set.distance(v)})
	case *condition.Variable:
		if l := s.let(x.Slot); l != nil {
			return s.reach(l, set)
		}
		return nil
	case *condition.Conditional:
		return s.reachConditional(x, set)
	case *condition.Aggregate:
		if x.Type().Kind != facts.Bool {
			return s.reachAggregate(x, set, v)
		}
	}
	if e.Type().Kind == facts.Bool && set.Low == set.High {
		return s.make(e, set.Low == 1)
	}
	if set.Known || set.Says != "" || len(set.Points) > 0 || !ordered(e.Type().Kind) {
		return nil
	}
	switch x := e.(type) {
	case *condition.Unary:
		return s.reach(x.X, between(x.X.Type(), -set.High, set.HighOpen, -set.Low, set.LowOpen))
	case *condition.Binary:
		return s.reachArithmetic(x, set)
	case *condition.Call:
		return s.reachCall(x, set)
	}
	return nil
}

// deepest bounds how far solving goes into an expression.
const deepest = 64

// place is a field of a fact that would have to be in a set.
func (s *scope) place(fact int, f *facts.Field, set Set, now facts.Value) []way {
	if set = set.of(f.Type); set.empty() {
		return nil
	}
	return alone(need{kind: fieldNeed, fact: fact, field: f, set: set, now: now, far: set.distance(now)})
}

// reachConditional goes into the branch that is chosen, or chooses the other one
// where that has the value.
func (s *scope) reachConditional(x *condition.Conditional, set Set) []way {
	c := eval.Eval(x.Cond, s.env)
	var ways []way
	for _, chosen := range []bool{true, false} {
		branch := x.Then
		if !chosen {
			branch = x.Else
		}
		switch {
		case is(c, chosen):
			ways = append(ways, s.reach(branch, set)...)
		case c.Fault() == nil && set.Holds(eval.Eval(branch, s.env)).True():
			ways = append(ways, s.make(x.Cond, chosen)...)
		}
	}
	return ways
}

// reachArithmetic solves for either side.
func (s *scope) reachArithmetic(e *condition.Binary, set Set) []way {
	x, y := eval.Eval(e.X, s.env), eval.Eval(e.Y, s.env)
	if x.Fault() != nil || y.Fault() != nil {
		return nil
	}
	var ways []way
	try := func(side condition.Expr, low float64, lowOpen bool, high float64, highOpen bool) {
		if !math.IsNaN(low) && !math.IsNaN(high) && !math.IsInf(low, 1) && !math.IsInf(high, -1) {
			ways = append(ways, s.reach(side, between(side.Type(), low, lowOpen, high, highOpen))...)
		}
	}
	xl, xh := ends(x)
	yl, yh := ends(y)
	switch e.Op {
	case condition.Add:
		try(e.X, set.Low-yl, set.LowOpen, set.High-yh, set.HighOpen)
		try(e.Y, set.Low-xl, set.LowOpen, set.High-xh, set.HighOpen)
	case condition.Sub:
		try(e.X, set.Low+yh, set.LowOpen, set.High+yl, set.HighOpen)
		try(e.Y, xh-set.High, set.HighOpen, xl-set.Low, set.LowOpen)
	case condition.Mul:
		factor(e.X, y, set, try)
		factor(e.Y, x, set, try)
	case condition.Div:
		dividend(e.X, y, set, try)
	}
	return ways
}

type trial func(side condition.Expr, low float64, lowOpen bool, high float64, highOpen bool)

// factor solves side * by for side.
func factor(side condition.Expr, by facts.Value, set Set, try trial) {
	switch b, _ := ends(by); {
	case !by.IsKnown() || b == 0:
	case b < 0:
		try(side, set.High/b, set.HighOpen, set.Low/b, set.LowOpen)
	default:
		try(side, set.Low/b, set.LowOpen, set.High/b, set.HighOpen)
	}
}

// dividend solves side / by for side.
func dividend(side condition.Expr, by facts.Value, set Set, try trial) {
	switch b, _ := ends(by); {
	case !by.IsKnown() || b == 0:
	case b < 0:
		try(side, set.High*b, set.HighOpen, set.Low*b, set.LowOpen)
	default:
		try(side, set.Low*b, set.LowOpen, set.High*b, set.HighOpen)
	}
}

// reachCall solves the language's own functions for an argument.
func (s *scope) reachCall(e *condition.Call, set Set) []way {
	args := make([]facts.Value, len(e.Args))
	for i, a := range e.Args {
		if _, table := a.(*condition.Threshold); table && e.Func == condition.Points && i == 1 {
			continue
		}
		if args[i] = eval.Eval(a, s.env); args[i].Fault() != nil {
			return nil
		}
	}
	t := e.Args[0].Type()
	switch e.Func {
	case condition.Points:
		return s.reachPoints(e, set)
	case condition.Ramp:
		return s.reachRamp(e, args, set)
	case condition.Min, condition.Max:
		return s.reachExtreme(e, args, set)
	case condition.Abs:
		if set.Low < 0 || set.Low == 0 && !set.LowOpen {
			return s.reach(e.Args[0], between(t, -set.High, set.HighOpen, set.High, set.HighOpen))
		}
		above := s.reach(e.Args[0], between(t, set.Low, set.LowOpen, set.High, set.HighOpen))
		return append(above, s.reach(e.Args[0], between(t, -set.High, set.HighOpen, -set.Low, set.LowOpen))...)
	case condition.Floor:
		return s.reach(e.Args[0], between(t, math.Ceil(whole(set.Low, set.LowOpen, 1)), false, math.Floor(whole(set.High, set.HighOpen, -1))+1, true))
	case condition.Round:
		return s.reach(e.Args[0], between(t, math.Ceil(whole(set.Low, set.LowOpen, 1))-0.5, false, math.Floor(whole(set.High, set.HighOpen, -1))+0.5, true))
	case condition.Ceil:
		return s.reach(e.Args[0], between(t, math.Ceil(whole(set.Low, set.LowOpen, 1))-1, true, math.Floor(whole(set.High, set.HighOpen, -1)), false))
	}
	return nil
}

// reachRamp asks for a place on the line between the feet of a ramp, or beyond them.
func (s *scope) reachRamp(e *condition.Call, args []facts.Value, set Set) []way {
	above := set.Low > 1 || set.Low == 1 && set.LowOpen
	below := set.High < 0 || set.High == 0 && set.HighOpen
	if above || below || !args[1].IsKnown() || !args[2].IsKnown() {
		return nil
	}
	a, b := args[1].Number(), args[2].Number()
	low, high := math.Inf(-1), math.Inf(1)
	if set.Low > 0 || set.Low == 0 && set.LowOpen {
		low = a + set.Low*(b-a)
	}
	if set.High < 1 || set.High == 1 && set.HighOpen {
		high = a + set.High*(b-a)
	}
	return s.reach(e.Args[0], between(e.Args[0].Type(), low, set.LowOpen, high, set.HighOpen))
}

// whole moves an open whole end to the next one inside.
func whole(x float64, open bool, by float64) float64 {
	if open && x == math.Floor(x) {
		return x + by
	}
	return x
}

// reachPoints asks for a level with such points.
func (s *scope) reachPoints(e *condition.Call, set Set) []way {
	table, ok := e.Args[1].(*condition.Threshold)
	if !ok {
		return nil
	}
	var ways []way
	for level, p := range s.env.Parameters.Points(table.Index) {
		if set.Holds(p).True() {
			ways = append(ways, s.reach(e.Args[0], only(e.Args[0].Type(), facts.ScaleOf(level)))...)
		}
	}
	return simplest(ways)
}

// reachExtreme solves min and max: one argument can carry the result over an end that
// it favours, and none of them may be beyond the other.
func (s *scope) reachExtreme(e *condition.Call, args []facts.Value, set Set) []way {
	most := e.Func == condition.Max
	low, high := anything(set.Type), anything(set.Type)
	low.Low, low.LowOpen = set.Low, set.LowOpen
	high.High, high.HighOpen = set.High, set.HighOpen
	one, each := low, high // of max: one is large enough, and each is small enough
	if !most {
		one, each = high, low
	}
	var must []way
	carried := false
	for i, v := range args {
		carried = carried || one.of(e.Args[i].Type()).Holds(v).True()
		if each.of(e.Args[i].Type()).Holds(v).True() {
			continue
		}
		ways := s.reach(e.Args[i], set)
		if len(ways) == 0 {
			return nil
		}
		carried = true
		must = append(must, ways[0])
	}
	if len(must) > 0 {
		if w, ok := joined(must...); ok && carried {
			return []way{w}
		}
		return nil
	}
	var ways []way
	for i := range args {
		ways = append(ways, s.reach(e.Args[i], set)...)
	}
	return ways
}
