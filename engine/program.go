package engine

import (
	"truce/engine/model"
	"truce/rules"
)

// Program is a pack made ready to run. It is immutable.
type Program struct {
	pack *rules.Pack
}

// Compile makes a program of a checked pack.
func Compile(p *rules.Pack) *Program {
	return &Program{pack: p}
}

// Pack is the pack that the program runs.
func (p *Program) Pack() *rules.Pack { return p.pack }

// Options configure a session. The zero value has the default limits.
type Options struct {
	Limits   Limits
	Counters *model.Counters // counts the work of runs; nil: nothing is counted
}

// Limits end a run that grows without sense. Zero is the default, a negative number
// no limit. Time is bounded by the context of Run.
type Limits struct {
	Facts          int // concluded facts; default 1,000,000
	Justifications int // instances of rules; default 5,000,000
	Work           int // evaluation steps; default 500,000,000
}

func (l Limits) resolved() model.Limits {
	return model.Limits{
		Facts:          resolve(l.Facts, 1_000_000),
		Justifications: resolve(l.Justifications, 5_000_000),
		Work:           resolve(l.Work, 500_000_000),
	}
}

func resolve(n, fallback int) int {
	switch {
	case n == 0:
		return fallback
	case n < 0:
		return 0
	}
	return n
}
