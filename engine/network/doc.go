// Package network is the incremental matcher: it remembers what follows from what is
// stated, and does for a change what the change touches.
//
// What flows in: a pack, compiled once to a Program that matchers share; thresholds,
// and stated facts one by one. What flows out: facts that stand, by number, and on
// demand the instances that conclude them, or a whole model. It never reads a file,
// knows nothing of where a value comes from, and keeps no instance: an instance is a
// function of the rules and the facts, and is found again when it is asked for.
//
// # How instances are found
//
// For each rule there is a plan from nothing, one from each slot that a changed fact may
// stand in, one from each aggregate that may have another value, and one backwards from
// each conclusion. A plan is a chain of nodes: bind a slot, by an index where something
// known must equal one of its fields; bind a value; test. A test stands as soon as all
// that it reads is bound. Plans that begin alike share their nodes up to where they
// part: rules over one fact, the rows of a table, and tests of one field with many
// constants, of which a search finds those that hold.
//
// Most tests compare one field with a constant or with another field. In a run from
// nothing those that stand behind one node are walked as a line of checks, which are data
// and not functions: all are asked, without a branch that depends on the facts, then what
// held is gone on behind, which for a rule with one constant fact is to count it. This
// needs points, which a look at the bits of the facts at hand tells, the pack's own
// thresholds, and room in the limits; otherwise the nodes are walked.
//
// There are no memories of partial matches. What a join would have remembered is found
// by the index of the other side, so that memory grows with facts and not with pairs.
//
// # Both models
//
// A fact stands for certain, or possibly, or not; so does an instance, by its premises
// and the conjunction of its tests, which is true, unknown or a fault. A search drops
// what is false and carries the rest along.
//
// # A change
//
// Each fact remembers how it stood and how it stands, and so do the thresholds. A stated
// fact that is stated otherwise keeps its number where no index reads what changes: until
// the run is over its row is there twice, as it was and as it is. Strata go in order. In
// one whose rules do not feed themselves, the instances that a change touches are looked
// for twice: as it was, and each is taken from the support of what it concluded; as it
// is, and each is added. An instance is taken once: by the threshold that its rule reads,
// else by the first changed premise, else by the first aggregate with another value. What
// then stands otherwise than before is a change for the strata above. An aggregate whose
// value comes out the same stops a change there.
//
// A stratum that feeds itself keeps one justification of each fact, as growth.go says.
//
// # What each node remembers, and what a change of one fact costs
//
//	node or memory      remembers                         a change costs
//	match, no index     nothing                           the facts of the type, when it is searched
//	match by index      chains of facts by key            one link, if the key changes; the facts of one
//	                                                      key, when searched
//	test, value         nothing                           one evaluation for each binding that comes by
//	dispatch            constants in order, by hash       a search among the constants, and those that hold
//	line                nothing                           one comparison for each check, in a run from nothing
//	aggregate, few      what it came to last, before a    the facts of its key
//	                    change and after it
//	aggregates, fixed   their values                      what the facts there are give all of them
//	aggregate, many     counts, an exact sum, an extreme  what the changed facts give; the facts of the key
//	                                                      when the extreme itself goes
//	support by counts   two numbers a fact                one for each instance that is touched
//	support by proof    one justification a fact          what rested on what is gone, and a search
//	                                                      backwards for each of those facts
//	keys                chains of facts of one key        one link
//
// Aggregates over a type of which all facts are constant, and that look at nothing else,
// are fixed: what each fact gives each of them is known when the program is made, and one
// walk over the facts adds up all counts, and all sums of whole numbers.
//
// Once there were two facts of one key, or one whose key is not known, aggregates over the
// type are computed in full until all is concluded anew; so are the least and the most
// where a value is an interval or a fact merely possible. Texts and intervals that facts
// had are kept until Reset.
//
// Alternatives of one key, facts whose key is not known, and what eval has to do with
// care (a fault, a mean, a sum that would round) are looked at in full: package eval
// computes those aggregates from all facts of the type.
package network
