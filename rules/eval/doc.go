// Package eval is the reference evaluator of conditions and formulas: small,
// three-valued, over intervals, and in no hurry.
//
// What flows in: a checked tree (package condition) and an environment: bound
// facts and values, thresholds, the facts of each type with their presence. What
// flows out: a value, which may be a point, an interval, unknown or a fault; and,
// on demand, the atoms of a condition with operands, margins and what they read.
// It never matches rules, keeps nothing between calls and imports no engine: the
// oracle, the proofs and the audit's checker all stand on it.
//
// # Meaning
//
// Arithmetic is by form: an operation on intervals gives the hull of what it gives
// on their members, as if the operands varied apart. Ends are computed by the same
// rounded operation as points; rounding is monotone, so every member's rounded
// result lies between the rounded ends and no widening is needed, with one
// exception that ramp states. An operation that fails for every member is a fault;
// one that fails for some is unknown. −0 is 0; a result is never NaN; a finite
// operation that overflows is a fault.
//
// In "and", false beats unknown beats fault beats true, whatever the order; in
// "or", true beats unknown beats fault beats false. Elsewhere a fault of an operand
// is the result; of two, the one that stands first.
package eval
