package model

// Limits bound a run. Zero is no bound.
type Limits struct {
	Facts          int // concluded facts
	Justifications int // instances
	Work           int // evaluation steps
}
