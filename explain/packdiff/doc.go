// Package packdiff says what a change of a pack does: which rules mean something else,
// and which cases come out otherwise.
//
// What flows in: two packs, cases as each of them reads them, and a way to run a pack
// over a case. What flows out: the document truce.rulesdiff/1 and its parts: changes of
// meaning (package rules/meaning) with both places, the cases whose answer or
// conclusions differ, each with the path down to the first thing that does (package
// explain/compare), and a witness where no case shows the difference. It chooses no
// cases and searches for none: package explain/search finds witnesses, and what it finds
// is read again and run again here before it is shown.
package packdiff
