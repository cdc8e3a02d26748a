package engine

import (
	"context"

	"truce/engine/model"
	"truce/engine/trace"
)

// matcher is what a session fires rules with. A session tells it every change of
// what is stated, one fact at a time, so that a matcher may do as much work as the
// change asks for; one that recomputes everything is as good.
type matcher interface {
	// State enters a stated fact, in place of one of the same name.
	State(*model.Base)
	// Withdraw takes a stated fact back.
	Withdraw(name string)
	// Configure sets the thresholds and the date that rules see.
	Configure(*trace.Parameters, int64)
	// Count counts the work of later runs; nil: no more.
	Count(*model.Counters)
	// Run brings the model up to date. A model, once returned, does not change. After
	// an error what is stated stands, and the next run starts afresh.
	Run(context.Context, model.Limits) (*model.Model, error)
}
