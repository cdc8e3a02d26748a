package main

import (
	"errors"

	"truce/facts/source"
)

// The exit codes. "truce help exit-codes" documents them.
const (
	exitAnswered = 0 // what was asked for was done; any answer is an answer
	exitFailed   = 1 // a check ran and found something
	exitBadInput = 2 // wrong use, or input that cannot be read or does not fit
	exitLimit    = 3 // a limit was met: size, time, number of facts; or the user stopped the run
)

// errFailed ends a command whose check found something, after it has said what.
var errFailed = errors.New("a check failed")

// finish reports an error and turns it into the exit code.
func (a *app) finish(err error) int {
	if err == nil {
		return exitAnswered
	}
	if errors.Is(err, errFailed) {
		return exitFailed
	}
	ds := a.findings(err)
	a.complain(ds)
	return exitCode(ds)
}

// exitCode is that of findings: a limit only where nothing else is wrong.
func exitCode(ds source.Diagnostics) int {
	code := exitAnswered
	for _, d := range ds {
		switch {
		case d.Severity == source.Warning:
		case !d.Limit:
			return exitBadInput
		default:
			code = exitLimit
		}
	}
	return code
}
