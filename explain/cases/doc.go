// Package cases sets what rules answer against what happened, over many cases.
//
// What flows in: finished runs, or the errors that ended them, each with what the
// case expects; which field sets groups of cases apart. What flows out: counts,
// rates with their intervals, and a table as text or JSON. It never runs a rule,
// and never changes one: a score is an account, and nothing is fitted to it.
//
// # What counts
//
// A goal value counts as the label that the pack maps it to. A case is right when
// its answer is settled on its label, and wrong when it is settled on another; that
// the other is the second label that the case allows for is told beside it, and
// makes no hit. An open answer is never a hit; it is told apart by whether the
// label is among its values. A run that ended in an error is a failure. Rates are
// of all cases that have a label, with the Wilson interval at 95 percent. The base
// rate is that of the commonest label: what saying always the same would score.
//
// # JSON
//
// One object, "format": "truce.score/1": the fields of Score. Fields may be added
// to a version; none changes its meaning.
package cases
