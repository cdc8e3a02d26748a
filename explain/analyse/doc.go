// Package analyse finds faults in what the rules of a pack do.
//
// What flows in: a checked pack. What flows out: findings, each with a code, a place,
// and what it rests on: a proof, or facts of a case that was run and shows it. It
// reads no file and no clock, it changes no pack, and it knows nothing of what a pack
// is about.
//
// # What is said
//
// Everything is said of the thresholds as they stand, and of all facts that a case
// may state. That a rule never fires means that no facts make it hold for certain;
// with values unknown it may be left possible, by form, where no completion of them
// makes it so. That one rule subsumes another means that it holds wherever the other
// does and what both read is known. A finding that needs facts comes with them, as a
// case that was written, read again and run on the whole pack as any case is; without
// such a run it is not given out. What can neither be proved nor shown within the
// bounds of the search is undecided, which is no fault.
//
// # How it is proved
//
// A problem (problem.go) is the lines of one rule, or of several together, over values
// that vary freely: the fields of the facts that they match, each in its range, of a
// concluded type the range of what the rules can conclude; what an aggregate comes to;
// the date; and for each two values that are compared with each other more than once
// whether one is less, equal or more. Their ranges are divided where the lines compare
// them with constants (cells.go). Information is monotone: a line that cannot be true
// while its values are known only to lie in their ranges is true of no values inside.
// So a box of ranges in which some line can be true nowhere is refuted as a whole, and
// a box that is not is divided (solve.go). When all is refuted, the lines never hold
// together. A point at which all hold is facts, where the rules read stated types
// alone.
//
// Where they read what other rules conclude, a hunt (hunt.go) does the same with runs
// of the part of the pack that leads there: its boxes are ranges of the fields of
// stated facts, and the trace of a run says on which field the outcome still hangs.
//
// # What it costs
//
// Each rule is looked at by itself, from the lowest stratum up, in as many steps as
// its lines need, and in no more than a fixed number. Rules are compared with each
// other only where they conclude the same type with the same key, and where the ranges
// in which they hold are not apart on any one field (footprint.go): pairs are found in
// the order of the field that most of them narrow. So a pack of n rules over different
// ranges costs n log n, and one in which all rules overlap n², up to a fixed number of
// pairs. Hunts share a budget of runs.
package analyse
