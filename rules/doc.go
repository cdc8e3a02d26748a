// Package rules owns rule packs: their syntax tree, their loading and the checks
// that make a pack fit to run.
//
// What flows in: the files of a pack. What flows out: a Pack in which every name
// is resolved, every expression typed and every rule in its stratum, or every
// error at once, each with a code and a place. It never looks at a case except
// the ones that a pack's own tests hold, and it never fires a rule.
package rules
