// Package enginetest makes packs and cases for tests of engines.
//
// What flows in: a source of choices (package rapid). What flows out: small packs
// that use every part of the rule language, cases with unknowns and intervals for
// them, and completions of such cases. It never runs anything.
package enginetest
