// Package prose reads rules aloud: it writes each rule as English, from its
// conditions and formulas.
//
// What flows in: a checked pack and a rule of it. What flows out: a few lines of
// text, the same each time. It never uses what the rule's author says of the rule,
// so that the two can be held against each other.
//
// A threshold is named with its value in brackets where a rule mentions it first.
// What a row of a decision table says of other rows is that none of them holds;
// what they ask is read from them.
package prose
