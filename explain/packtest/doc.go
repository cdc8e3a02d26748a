// Package packtest runs a pack's own tests, and says what they are worth.
//
// What flows in: a checked pack with its tests, and an engine, which this package does
// not import: a Compile that makes sessions of a pack. What flows out: for each test
// what it expected and did not find, as coded findings at their places in the pack; which
// rules and which outcomes of conditions the tests cover; and which small changes of the
// pack, its mutants, no test notices. It never changes a pack and never looks at a real
// case.
//
// # Coverage
//
// Package explain/cover counts it, on the facts of finished runs. A test whose run fails
// covers nothing.
//
// # Mutation
//
// A mutant is made of the loaded pack: a threshold, an expression, a line or a rule is
// replaced, and what the loader would make of that is made again (rules.Pack.Revised), so
// that the mutant in memory is the pack that its text would be. It is compiled, without
// the lines of its report, and run over the tests that come to its place, those that ask
// for no proof first, until one fails. A test comes to a place when some choice of facts
// gets there with no line false; another test cannot tell the difference. Mutants with
// which the pack would not load do not count, nor those of which it is cheaply shown that
// no facts tell them apart: forms of an aggregate over a type of which there is one fact,
// rows of which one field excludes one, moves between the whole numbers that a threshold
// is compared with. Any other that no test notices is a survivor, also where a long
// argument would show that nobody could.
package packtest
