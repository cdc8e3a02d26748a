// Package code compiles checked expressions to typed functions over compact values.
//
// What flows in: the tree of an expression (package condition), and how the facts
// that it reads are laid out. What flows out: a Go function from a Frame to a Value
// or a Truth, that means what package eval says the expression means, intervals,
// unknowns and faults included. It never matches rules and holds no facts.
package code
