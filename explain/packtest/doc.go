// Package packtest runs a pack's own tests.
//
// What flows in: a checked pack with its tests, and a way to run a pack over a
// case (an engine, which this package does not import). What flows out: for each
// test what it expected and did not find, as coded findings at their places in the
// pack. It never changes a pack and never judges whether a test is worth having;
// package explain/claims does that.
package packtest
