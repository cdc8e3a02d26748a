// Package report writes what a run came to: the assessment of a case by the
// pack's own report, and proofs, as text, as JSON and as flowcharts.
//
// What flows in: a trace, the report that its pack declares, and a proof (package
// explain). What flows out: text for a terminal or a pipe, versioned JSON, and
// flowcharts; and, as lines of runs, what a proof says of each fact and a refusal of
// each rule, for whoever lays them out otherwise. There is one generator of sentences,
// and it is here: a page says what the text says. It owns no sentence about the
// subject: sections, their order and their sentences are the pack's. It never runs a
// rule and never reads a clock.
//
// # Text
//
// The first line is the answer in one sentence. The short form has at most 25 more
// lines, titles and all, before they are wrapped to the width asked for; where
// sections ask for more, the longest give way first, and a title says how many of
// its lines are shown. The full form has all lines, each with the facts whose
// proof shows it and with the claims it cites. Each line that says something of
// the case begins with a mark; what the marks mean is in package explain. A line
// that need not hold begins with "It is possible that". Numbers are rounded to
// three significant digits, and never before the decimal point. Whatever would
// move a cursor or turn the direction of writing is escaped.
//
// # Flowcharts
//
// A proof in Mermaid is described at ProofMermaid: a shared graph, its nodes in the
// order of the proof, so that the same proof gives the same bytes.
//
// # JSON
//
// An assessment is one object, "format": "truce.assessment/1": the fields of
// Assessment. A proof is one object, "format": "truce.proof/1": the fields of
// explain.Proof. Values are those of explain.Value: typed, exact, with units.
// Fields may be added to a version; none changes its meaning.
package report
