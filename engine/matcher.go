package engine

import (
	"context"

	"truce/engine/model"
	"truce/engine/trace"
	"truce/facts"
)

// matcher is what a session fires rules with. A session tells it every change of
// what is stated, one fact at a time, so that a matcher may do as much work as the
// change asks for; one that recomputes everything is as good.
type matcher interface {
	// State enters a stated fact, in place of the one of the same key, which is called by
	// the number that State gave for it; model.Absent where there is none. It gives the
	// number of the fact until it is stated otherwise or withdrawn, or all are. The values
	// are copied.
	State(k model.Key, at int32, values []*facts.Value) (number int32)
	// Withdraw takes a stated fact back, which is called likewise.
	Withdraw(k model.Key, at int32)
	// Reset takes all stated facts back.
	Reset()
	// Configure sets the thresholds and the date that rules see.
	Configure(*trace.Parameters, int64)
	// Count counts the work of later runs; nil: no more.
	Count(*model.Counters)
	// Run brings what is concluded up to date. After an error what is stated stands,
	// and the next run starts afresh.
	Run(context.Context, model.Limits) error

	// After a run that succeeded, and until the next change:

	// Facts are the numbers of a type's facts, in no order. The list is the matcher's.
	Facts(*facts.FactType) []int32
	// Fact is a fact by its number among those of its type, without its instances.
	Fact(t *facts.FactType, number int32) model.Fact
	// Value is a field of it.
	Value(t *facts.FactType, number int32, field int) facts.Value
	// Integer is a field of it whose kind is integer, date or scale, and whether it is
	// known.
	Integer(t *facts.FactType, number int32, field int) (int64, bool)
	// Text is a field of it whose kind is text or enum, and whether it is known.
	Text(t *facts.FactType, number int32, field int) (string, bool)
	// Status is how it stands.
	Status(t *facts.FactType, number int32) trace.Status
	// OneHolds reports whether one row of a total table that may conclude it is sure
	// to hold.
	OneHolds(t *facts.FactType, number int32) bool
	// Because finds the instances that conclude a fact, and Instances all instances of
	// rules, until the function returns false.
	Because(t *facts.FactType, number int32, use model.Found)
	Instances(use model.Found)
	// Model is all that the run found, instances included. It costs as much as there
	// is to show, and does not change.
	Model() *model.Model
}
