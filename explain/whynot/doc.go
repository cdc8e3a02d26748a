// Package whynot answers "why not": what kept a fact from being concluded.
//
// What flows in: a trace (package engine/trace), and a goal: a fact type with what
// its fields would have to be. What flows out: for each rule that could conclude it
// the nearest choices of facts, the conditions that block each, and what the values
// would have had to be, followed down to what the case states. It never runs a rule
// on changed facts (package explain/search does) and never changes a trace.
//
// # Nearest
//
// A choice of facts for the patterns of a rule is near when few conditions are not
// true; of two with as many, the one whose conditions miss by less. A condition
// with "and", "or" and "not" counts as the fewest comparisons that would have to
// turn out otherwise for it to be true; that a fact need not hold, that there is
// none for a pattern, and that a field would get another value than the goal asks
// for, count as one each. That an earlier row of a table does not hold is never asked
// of a comparison that the row asks for itself. What a comparison misses by is taken
// relative to the range of its operands, else to the larger of them, and is one where
// there is no order.
//
// The search is best first: a choice is opened only when none with fewer blocked
// conditions is left. Within the budget its result is therefore exact. Beyond it
// the result is a bound only: AtLeast says how many conditions block any choice.
//
// # What would do
//
// Each blocked comparison is solved for each place that it reads, everything else
// held as it is: a field of a fact, a threshold, one more fact of a type, a fact
// that would have to be absent. Where a value is an interval or unknown, what would
// do is what is true for all that it stands for. Solving goes through bound values,
// + - * /, min, max, ramp, points and the like, conditionals and aggregates; where
// it finds nothing, the comparison stands without. A need is local: it says what
// this rule would need, and not how the rest of the rules would take it.
//
// Where the first ways of all blocked conditions together can be put in place, they
// are tried on the rule itself, and shown as enough only where the rule then holds
// with the same facts.
//
// A need of a concluded fact is a goal of its own, answered in the same document.
package whynot
