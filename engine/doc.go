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
// The matcher behind a session is package oracle, which recomputes everything.
package engine
