// Package register lists what a pack's author chose: thresholds, tables of points,
// assumptions and extensions, each with its reason, and how much rests on it in real
// cases.
//
// What flows in: a program (package engine), cases, and limits. What flows out: a
// Register, which is plain data, with text, JSON and CSV. It runs the rules over the
// cases and moves one parameter at a time, through package search. It reads no file and
// no clock, and it changes no pack.
//
// # What is counted
//
// An answer rests on a parameter where the proof of the answer reads it: a threshold or
// a level of a table in a condition or a formula, an assumption in place of a value that
// the case does not give, of an extension a rule, a threshold or an assumption of it.
//
// An answer falls with a parameter where moving it alone, in the range that the pack
// calls plausible and on its grid, comes to a value at which the answer does not stand
// any more (search.Robustness says when that is). Such a parameter need not be in the
// proof: a rule that does not hold may hold then. Between the ends that are told for all
// cases every answer stands; each end names the case whose answer falls first, and what
// it becomes. A parameter without a range is not moved. An assumption is moved only in
// the cases that are silent, and an extension is left out as a whole.
//
// A case without an answer counts for nothing and is told.
//
// # What it takes
//
// A case takes one or two runs for each parameter that does not matter to it, two
// logarithms of the grid for one that does, and one for each extension. Cases are
// worked on side by side; the register is the same however many at once.
package register
