// Package trace is the one record of a run: plain data that explanation reads and
// an audit stores.
//
// What flows in: the facts, justifications and atoms that an engine found. What
// flows out: the same, in canonical order: facts by type in pack order, then key;
// justifications least height first, ties by rule name and premise content. No
// load order shows. It never evaluates anything and never steers a run.
package trace

import (
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
	"truce/rules/eval"
)

// Status says in which of the two models a fact or an instance is.
type Status uint8

const (
	// Possible means that it holds in some completion of what is unknown, as far
	// as the rules can tell.
	Possible Status = iota + 1
	// Certain means that it holds in every completion.
	Certain
)

func (s Status) String() string {
	switch s {
	case Certain:
		return "holds"
	case Possible:
		return "can hold"
	}
	return "cannot hold"
}

// Trace is a finished run.
type Trace struct {
	Pack           *rules.Pack
	Case           *facts.Case
	Parameters     *Parameters // the thresholds, which the session may have set otherwise than the pack
	Facts          []Fact
	Withheld       []*facts.StatedFact // facts of the case of which nothing could be known on its date, by name
	Justifications []Justification     // of concluded facts
	Lines          []Justification     // of lines of the report, in the report's order, then as above
	Answer         Answer

	index map[string]int
}

// Find is the position of the fact with that name in Facts.
func (t *Trace) Find(name string) (int, bool) {
	i, ok := t.index[name]
	return i, ok
}

// Index makes Find work; the builder calls it once, when Facts are complete.
func (t *Trace) Index() {
	t.index = make(map[string]int, len(t.Facts))
	for i := range t.Facts {
		t.index[t.Facts[i].Name] = i
	}
}

// Fact is a stated or concluded fact.
type Fact struct {
	// Name is Type for the one of its type, Type(id) for other stated facts,
	// Type(key) for concluded ones; alternatives carry their values behind it.
	Name     string
	Type     *facts.FactType
	Status   Status
	Fields   []Field // by field index
	Unlisted bool    // stands for the facts of an open type that the case may not list
	Height   int     // of its least proof; 0 for stated facts
	// Copies is how many real facts it may stand for, where its key is not known; -1
	// is without end. Otherwise 1.
	Copies int
	// Justifications that conclude it, least height first.
	Justifications []int
	// Alternatives are the other facts of the same key; at most one of all is so.
	Alternatives []int
	Span         facts.Span // where the case states it
}

// Origin says where a field's value comes from.
type Origin uint8

const (
	// Given by the case.
	Given Origin = iota + 1
	// Absent: the case is silent, the value is unknown.
	Absent
	// Assumed: the case is silent, the pack states a value.
	Assumed
	// KnownLater: the case gives a value that could not be known on its date; to
	// the rules it is unknown. Where the pack assumes a value, that is Assumed.
	KnownLater
	// Concluded by a rule.
	Concluded
)

// Field is the value of a field as the rules saw it.
type Field struct {
	Value      facts.Value
	Origin     Origin
	Datum      *facts.Datum      // what the case says, of a stated fact; nil when silent
	Assumption *rules.Assumption // of an assumed value
}

// Justification is one instance of a rule and what it concludes.
type Justification struct {
	Rule       *rules.Rule
	Conclusion int // in Rule.Then; -1 for a line of the report
	Fact       int // in Trace.Facts; -1 for a line of the report
	Status     Status
	// Total says that it is of a first-hit table with a row for every case, and that
	// what its rows share is true: one row of the table holds, if not this one.
	Total    bool
	Premises []int         // by fact slot, in Trace.Facts
	Values   []facts.Value // by value slot
	Steps    []Step        // by Rule.When
	Formulas []Formula     // of the conclusion, by field index; of a line, its sentence's parts
	Weight   facts.Value   // of a line
	Height   int           // one more than its highest premise or contributor
}

// Step is one line of a rule's "when" as an instance found it.
type Step struct {
	Step  *rules.Step
	Truth facts.Value // of a condition: true, false or unknown, or a fault
	Value facts.Value // of a bound value
	Atoms []Atom      // of a condition: its comparisons, quantifiers and plain tests
	Reads Reads       // of a bound value
}

// Formula is an evaluated expression.
type Formula struct {
	Expr  condition.Expr
	Value facts.Value
	Reads Reads
}

// An atom and what it read are as the reference evaluator found them; their facts
// are positions in Trace.Facts.
type (
	// Atom is one comparison, quantifier or plain test of a condition.
	Atom = eval.Atom
	// Operand is a side of it with its value.
	Operand = eval.Operand
	// Reads is what an evaluation looked at.
	Reads = eval.Reads
	// FieldRef is a field of a fact.
	FieldRef = eval.FieldRef
	// Aggregate is a quantifier or an aggregate with what it ranged over.
	Aggregate = eval.Aggregate
	// Member is one fact that it ranged over.
	Member = eval.AggregateMember
)

// Answer is what the goal came to.
type Answer struct {
	// Settled says that one goal value alone can hold, and holds.
	Settled bool
	// NoneCanHold says that it cannot be excluded that no goal value holds.
	NoneCanHold bool
	// Values are all that can hold, in the order of the goal's enum.
	Values []GoalValue
	// Contradictions are possible facts of the goal that a certain fact of the same
	// key rules out: if one of them held too, the rules would contradict each other.
	Contradictions []int
}

// GoalValue is one value of the goal that can hold.
type GoalValue struct {
	Value  string
	Status Status
	Facts  []int // the facts that say so, in Trace.Facts
}
