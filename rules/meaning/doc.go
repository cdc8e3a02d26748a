// Package meaning says how two packs differ in what they mean, and leaves aside how
// they are written.
//
// What flows in: two loaded packs. What flows out: the list of what was added,
// removed, changed or renamed, each with what it was and is and with its place in
// both. It runs no rule, and so it says nothing of answers: package explain/packdiff
// does.
//
// # What a pack is made of
//
// A pack is taken apart into items: fact types, their fields, thresholds,
// constraints, assumptions, rules, tables, their rows, lines and sections of the
// report, claims, extensions, tests. An item has parts, such as a threshold's value
// or a rule's conditions, and a part has lines. Two items are compared when they are
// of one kind and called the same; parts are compared line by line, as sets where
// order means nothing.
//
// The files that hold the items, their order, comments and the layout of files are no
// parts. Sentences and reasons are: they differ in words only, and are told apart.
//
// # Normal form
//
// Expressions are compared in a normal form, which means the same in every case: what
// commutes is in the order of its letters, a negation has been moved inwards to the
// comparisons, a comparison has its field on the left, conditions joined by "and"
// stand on lines of their own, and "not row" of a decision table is left to the order
// of the rows. Names that a rule binds for itself are numbered by what they are bound
// to. Numbers are compared as numbers. Two conditions that mean the same and are not
// made alike by this differ: the comparison errs on that side alone.
//
// # Other names
//
// What one pack lacks and the other has, with parts that are the same, is one thing
// under another name, where there is no second that it could be. What is said of it
// elsewhere is then compared as if it had kept its name. An item that was renamed and
// changed at once is one removed and one added.
package meaning
