// Package condition is the language of conditions and formulas: a closed part of
// expr.
//
// What flows in: the text of an expression with its place in a file, and a scope
// (schema, bound names, thresholds). What flows out: a checked tree whose nodes
// have types, units and spans, or diagnostics that point into the rule file and
// say what to write instead. It is the only importer of expr. It never evaluates
// a condition: that is the work of rules/eval and of the engine.
package condition
