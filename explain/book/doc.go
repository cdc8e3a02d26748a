// Package book writes a rule pack as a book to read: themes, rules in English, tables,
// thresholds, fact types, the report, the register of parameters, the claims of the
// source, and which tests and cases exercise what.
//
// What flows in: a pack, its claim matrix, its register, and finished runs of its tests
// and of real cases. What flows out: a Book, which is a list of blocks (headings,
// paragraphs, lists, tables, graphs), and the same book as Markdown or as one HTML file
// that loads nothing (package htmlfile). It runs nothing; what it says of rules is what
// package rules/prose reads from them.
//
// # Order
//
// A theme is what one file of the pack declares. Themes stand in reading order: one
// comes behind those whose conclusions its rules read; where themes need each other, and
// of those that need nothing any more, the first in pack order comes first.
//
// # Anchors
//
// Every thing with a name has an anchor made of its kind and its name: theme-x, rule-x,
// table-x, threshold-x, assumption-Type.field, type-X, field-Type.field, unit-x,
// claim-C01, extension-X01, section-x, test-x, case-x, and for rows rule-table/row. So
// links into a book hold for as long as the name does. A line of the report is the rule
// report/x. Links work both ways: a rule
// leads to what it cites, reads and is exercised by, and each of these leads back.
//
// # Exercised
//
// A rule is exercised by a run in which it holds for some facts. The answer of a run
// rests on a rule that is in the proof of the answer.
package book
