// Package claims holds a pack to its source: which rules, thresholds, assumptions,
// lines of the report and tests encode each claim, and whether they do anything.
//
// What flows in: a checked pack, its tests, real cases, and a way to run a pack
// over a case (an engine, which this package does not import). What flows out: the
// matrix, as data, text and JSON. It changes no pack: it runs copies.
//
// # When a claim is shown
//
// A claim of the kinds rule, threshold and framing must do something: there is a
// test of the pack, or a real case, whose conclusions change when every rule and
// threshold that cites the claim is taken out, with all that reads such a
// threshold (rules.Pack.Without). Tests that cite the claim are tried first, then
// the others, then the cases; the first that changes is shown. A run that then
// fails, because no answer is left, counts as a change too, but is shown only where
// no test that cites the claim changes in another way.
//
// A claim of the kinds read and bound must be said: there is a test or a case in
// whose report a line stands that cites it. A line that is only possible counts,
// one that holds is looked for first.
//
// A claim with several kinds must be shown in each way that they ask for. A claim
// that nothing cites is shown in none.
//
// # JSON
//
// Document is the form "truce.claims/1". Fields may be added to a version; none
// changes its meaning.
package claims
