// Package engine fires a pack's rules over stated facts.
//
// What flows in: a pack, and facts from a case or a host program. What flows out:
// an answer and a trace of how it came about. It never reads a file, prints, looks
// at a clock, or knows what a pack is about.
//
// A Program is immutable and shared by goroutines; a Session owns all that changes
// and belongs to one goroutine at a time. Stated facts are asserted, modified and
// retracted at will; Run brings the conclusions up to date; a mark remembers a
// state to roll back to. After an error or a cancellation the stated facts stand,
// and conclusions cannot be read until a run succeeds.
//
// The matcher behind a session is package network, which does for a change what the
// change touches: its doc has a table of what is remembered and what a change costs.
// Package oracle recomputes everything, and is what the network is tested against, after
// every step of drawn sessions.
//
// What a session costs beside its runs: a mark and a rollback cost the changes between
// them, and the next reading a run over these, or a run from nothing where a run between
// them ended in an error; a mark keeps the changes since until it is rolled back past or a
// case is loaded; a fork costs to state all facts again,
// and a run from nothing; a prepared case is loaded by copying it.
package engine
