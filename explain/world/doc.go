// Package world lets expressions be evaluated over a finished run.
//
// What flows in: a trace and the thresholds of its run. What flows out: an
// environment (package eval) in which quantifiers and aggregates see the facts of
// the run as its rules saw them: which may be missing, which are alternatives, and
// for how many real facts each may stand. It never changes a trace.
package world
