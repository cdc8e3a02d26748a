package eval

import (
	"slices"

	"truce/facts"
	"truce/rules/condition"
)

// Reads are the places that a value was computed from, each once, in the order of
// first reading. Facts are the numbers that the caller gave them.
type Reads struct {
	Fields     []FieldRef
	Thresholds []int // indexes in the pack
	Slots      []int // value slots of the rule
	AsOf       bool
	Aggregates []Aggregate
}

// FieldRef is a field of a bound fact.
type FieldRef struct {
	Fact  int
	Field *facts.Field
}

// Aggregate is a quantifier or an aggregate with what it ran over.
type Aggregate struct {
	Expr    *condition.Aggregate
	Value   facts.Value
	Members []AggregateMember // every fact of the type that is at least possible
}

// AggregateMember is one fact that an aggregate looked at.
type AggregateMember struct {
	Fact int
	// Selected is whether the fact is there and the predicate holds; for "all",
	// whether it is there and the predicate fails.
	Selected facts.Value
	Value    facts.Value // of what is summed or compared, where there is such
}

func addOnce[T comparable](list []T, x T) []T {
	if slices.Contains(list, x) {
		return list
	}
	return append(list, x)
}

func (r *Reads) field(fact int, f *facts.Field) {
	if r != nil {
		r.Fields = addOnce(r.Fields, FieldRef{fact, f})
	}
}

func (r *Reads) threshold(i int) {
	if r != nil {
		r.Thresholds = addOnce(r.Thresholds, i)
	}
}

func (r *Reads) slot(i int) {
	if r != nil {
		r.Slots = addOnce(r.Slots, i)
	}
}

func (r *Reads) asOf() {
	if r != nil {
		r.AsOf = true
	}
}

func (r *Reads) aggregate(e *condition.Aggregate, v facts.Value, members []AggregateMember) {
	if r != nil {
		r.Aggregates = append(r.Aggregates, Aggregate{e, v, members})
	}
}

// Recorded evaluates an expression and says what it read.
func Recorded(e condition.Expr, env *Env) (facts.Value, Reads) {
	var r Reads
	outer := env.reads
	env.reads = &r
	v := Eval(e, env)
	env.reads = outer
	return v, r
}
