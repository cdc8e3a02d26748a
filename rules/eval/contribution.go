package eval

import (
	"truce/facts"
	"truce/rules/condition"
)

// Contribution is what one fact gives an aggregate.
type Contribution struct {
	There    bool        // it is certain to be there
	Selected facts.Value // it is there, and the predicate holds; for "all": and it does not
	Value    facts.Value // what is computed of it, unless it is sure not to be selected
	Copies   int         // for how many real facts it may stand; -1 is without end
	Group    int         // shared by the alternatives of one key; 0: there are none
	Blurred  bool        // its key is not known
}

// Aggregated is the value of an aggregate over contributions, in canonical order.
func Aggregated(e *condition.Aggregate, list []Contribution) facts.Value {
	cs := make([]contribution, len(list))
	for i, c := range list {
		cs[i] = contribution{selected: c.Selected, value: c.Value, copies: c.Copies, blurred: c.Blurred, group: c.Group, there: c.There}
	}
	return aggregate(e, collapse(cs))
}
