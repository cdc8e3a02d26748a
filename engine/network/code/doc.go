// Package code compiles checked expressions to typed functions over compact values.
//
// What flows in: the tree of an expression (package condition), and how the facts
// that it reads are laid out. What flows out: a Go function from a Frame to a Value
// or a Truth, that means what package eval says the expression means, intervals,
// unknowns and faults included; and, of the expression itself, whether it may fail,
// whether it is always a point, its size, and a key that tells equal code. It never
// matches rules and holds no facts.
//
// # What costs what
//
// Points are what the code is written for: fields against constants, thresholds and
// fields, symbols, lists, bools, arithmetic, ramps. A field that is not exact costs a
// look at its bit more. Intervals take the same functions, with more to compare.
// Nothing of this allocates. What fails, expr's own functions, and remainders of
// intervals go through eval.Apply, at length, which does.
//
// The parts of "and" and "or" are tried cheapest first, and the rest is left out once
// one decides. So an aggregate may go unasked for, and nothing may rest on its having
// been computed.
package code
