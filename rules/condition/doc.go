// Package condition is the language of conditions and formulas: a closed part of
// expr.
//
// What flows in: the text of an expression with its place in a file, and a scope
// (schema, bound names, thresholds). What flows out: a checked tree whose nodes
// have types, units and spans, or diagnostics that point into the rule file and
// say what to write instead. It is the only importer of expr. It never evaluates
// a condition: that is the work of rules/eval and of the engine.
//
// # The way of an expression
//
//	text ─ bans: scraps that the language leaves out, repaired where there is no doubt
//	     ─ expr's lexer and parser; what "and" and "or" join apart, when it stumbles
//	     ─ lowering: names, kinds, units, symbols; every error that stands on its own
//	     ─ what is wanted: a condition, a formula for a field, or any value
//	     ─ a second opinion by expr's own checker ─▶ tree
//
// A repaired expression is looked at to the end, so that all its errors show at
// once, and is refused all the same.
//
// # Kinds and units
//
//   - - *       integer when both are, else number; / always number; % integers only
//   - - % < ==  one unit; also ?: min max ramp. A bare number, made of literals only,
//     takes the other side's unit; an integer literal becomes a number there
//     when nothing is lost
//   - /         combine units; a bare number has none
//     dates       date - date is an integer in day; date ± integer in day is a date
//     levels      compared with levels of the same list, and taken the least or most of;
//     points(level, threshold.table) makes a number of one
//     symbols     == != in; a text literal beside a symbol or level is one of its list
//     abs floor ceil round  keep kind and unit; int(x) makes an integer of a number
//     count len   integer without unit; sum keeps kind and unit, mean is a number
//
// A node may be a number while an operand is an integer: evaluators convert. A
// formula for a number field may be an integer as a whole. Computed values have no
// range; fields and thresholds have that of their type, and min and max over facts
// that of what is mapped.
//
// "not" binds closer than comparisons, "and" closer than "or", as in expr. An
// aggregate stands in no other aggregate; names bound outside, thresholds and
// case.as_of may be used inside.
package condition
