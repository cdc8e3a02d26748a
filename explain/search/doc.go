// Package search finds what would change an answer, and how much it takes, by
// running the rules again.
//
// What flows in: a program (package engine), a case, and what may move. What flows
// out: plain data: the answer under other values (WhatIf), the smallest changes that
// settle it on another value (Flip), how far each value may go before the answer
// falls (Robust), what each missing value would decide (Price), and both sides with
// the facts that tell answers apart (Sides); with text and versioned JSON for each. It
// reads no file and no clock, and it knows nothing of what a pack is about: everything
// is asked of sessions that it marks, changes, runs and rolls back.
//
// # What moves
//
// A dimension is a field of a stated fact that some rule on the way to the goal
// reads, or, where asked for, a threshold. Types that come after the decision or
// are only shown do not move, nor does what the pack declares as fixed, what is a
// text, or what has neither a range nor a plausible range. Facts are not added or
// removed. A field that the case does not state counts as unknown, or as what the
// pack assumes.
//
// Each dimension has a grid: the levels or symbols of a scale, an enum or a bool; for
// numbers, whole numbers and days the multiples of the step above the low end of
// what is plausible (the range where nothing is declared), that range's ends, and
// the value as it is. The step is declared, or 1/1000 of the width. Everything below
// is exact on that grid, and says nothing of what lies between its points, except
// where it speaks of an interval in which an answer stands: those are run as
// intervals, ends and all between.
//
// The distance of a change is its length over the width of the grid (levels are one
// apart), times the cost that the field declares; one, times the cost, for a bool or
// an enum; and from an unknown or an interval to its nearest point, so that learning a
// value costs nothing but counts as a change.
//
// # How ranges are refuted
//
// Information is monotone: what holds with a field known only to lie in a range holds
// for each value inside. So a run with fields at whole ranges in which the wanted
// answer cannot hold refutes every point of the box at once, and one that settles
// on it proves every point. A box that does neither is split; an answer that is in no
// part of the range of some one value is impossible, and each part says why. A run that ends in an
// error proves nothing about a box; at a single point it is no answer.
//
// Ranges are run on the part of the pack that leads to the goal, so an error that some
// other rule would end in is not seen. Changes that settle an answer are run again on
// the whole pack before they are given out.
//
// # What a search costs
//
// Every step is a run of the rules that lead to the goal, and runs are what a budget
// counts. To find the fewest of n values to change takes, beside the runs inside of the
// sets that are left, as many as there are sets of that size in the worst case, and
// about n where some value is needed in any way: sets are refuted many at a time.
// Inside a set, the runs grow with the logarithm of the grid for one value, and with
// the length of the edge between answers for several. How far each value may go takes
// one or two runs for a value that does not matter, and two logarithms of its grid
// for one that does. When the budget ends, what was proved up to then is given out
// as a bound.
package search
