// Package compare says how two runs differ, and from where on: of two cases, of one
// case at two dates, or of two packs over one case.
//
// What flows in: two traces (package engine/trace), called A and B. What flows out:
// both answers, the concluded facts that differ with their values, and for each the
// path from it down to the first thing that differs underneath. It never runs a rule.
//
// # Facts
//
// Facts are the same when their types are called the same and their keys print the
// same. They differ when one side lacks them, or when their status or a value does.
// Alternatives of one key are compared together.
//
// # Paths
//
// A path follows both least proofs in parallel. Where both sides used one rule, it
// takes the first condition whose truth differs, else the formula of the first field
// that differs; where two rows of one table, or two rules, the first comparison that
// both made and that turned out otherwise. From there it goes on with the first place
// that was read and differs: a field, a threshold, a fact that a total counted, the
// date. Where a side does not have the fact, the path takes what blocks the rule there
// (package explain/whynot). It ends at what the case states or the pack sets, or where
// the texts of the rules part.
package compare
