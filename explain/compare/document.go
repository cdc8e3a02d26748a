package compare

import (
	"truce/explain"
)

// Format is the version of the JSON form of Document. Fields may be added to a
// version; none changes its meaning.
const Format = "truce.compare/1"

// Document is the difference of two runs. It is the JSON document of that name as it
// stands.
type Document struct {
	Format     string      `json:"format"`
	A          Side        `json:"a"`
	B          Side        `json:"b"`
	SameAnswer bool        `json:"same_answer"`
	Goal       []Fact      `json:"goal"`  // facts of the goal's type that differ
	Facts      []Fact      `json:"facts"` // other concluded facts that differ, in the order of A's pack
	Inputs     []Input     `json:"inputs"`
	Thresholds []Threshold `json:"thresholds"` // whose values differ, or that one side has alone
	OnlyA      []string    `json:"rules_only_in_a,omitempty"`
	OnlyB      []string    `json:"rules_only_in_b,omitempty"`
	Same       int         `json:"same_facts"` // concluded facts that do not differ
}

// Side is one of the runs.
type Side struct {
	Pack        explain.PackRef `json:"pack"`
	Case        explain.CaseRef `json:"case"`
	Settled     bool            `json:"settled"`
	NoneCanHold bool            `json:"none_can_hold,omitempty"`
	Values      []GoalValue     `json:"values"` // that can hold
}

// GoalValue is a value of the goal that can hold.
type GoalValue struct {
	Value  string `json:"value"`
	Status string `json:"status"`
}

// Fact is a concluded fact that differs.
type Fact struct {
	Fact   string   `json:"fact"` // type and key
	Type   string   `json:"type"`
	A      []State  `json:"a"` // none: it cannot hold; several: alternatives
	B      []State  `json:"b"`
	Leads  bool     `json:"leads"`  // the goal can be concluded from its type
	Fields []string `json:"fields"` // that differ, where each side has one state
	Path   []Step   `json:"path"`   // from the fact down
}

// State is what a side has of a fact.
type State struct {
	Status string  `json:"status"`
	Fields []Shown `json:"fields"` // beside the key
	Rule   string  `json:"rule,omitempty"`
	At     string  `json:"at,omitempty"`
}

// Shown is a field with its value.
type Shown struct {
	Field string        `json:"field"`
	Value explain.Value `json:"value"`
}

// Step is a place of a path at which the sides differ.
type Step struct {
	// Kind is condition, value (a formula or a bound value), field (of a case),
	// member (a fact that a total counted, or a fact that one side lacks), threshold,
	// date, rule (the sides have it from different rules), text (the rules say
	// different things).
	Kind string `json:"kind"`
	Fact string `json:"fact,omitempty"` // whose proof the step belongs to
	Text string `json:"text"`           // the expression, or the name of the place
	A    Found  `json:"a"`
	B    Found  `json:"b"`
}

// Found is what one side has at a step.
type Found struct {
	Rule     string            `json:"rule,omitempty"`
	Truth    string            `json:"truth,omitempty"` // true, false, unknown, error
	Value    explain.Value     `json:"value,omitzero"`
	Says     string            `json:"says,omitempty"` // where there is neither truth nor value
	Operands []explain.Operand `json:"operands,omitempty"`
	At       string            `json:"at,omitempty"`
}

// Input is a field of a case that differs; a fact that one side has alone has no
// field.
type Input struct {
	Fact  string `json:"fact"`
	Field string `json:"field,omitempty"`
	A     Found  `json:"a"`
	B     Found  `json:"b"`
}

// Threshold is a parameter that differs.
type Threshold struct {
	Name string `json:"name"`
	A    Found  `json:"a"`
	B    Found  `json:"b"`
}

// Places visits all that says where something stands in a file of A, or of B.
func (d *Document) Places(a, b func(at any)) {
	for _, list := range [][]Fact{d.Goal, d.Facts} {
		for i := range list {
			a(&list[i].A)
			b(&list[i].B)
			for k := range list[i].Path {
				a(&list[i].Path[k].A)
				b(&list[i].Path[k].B)
			}
		}
	}
	for i := range d.Inputs {
		a(&d.Inputs[i].A)
		b(&d.Inputs[i].B)
	}
	for i := range d.Thresholds {
		a(&d.Thresholds[i].A)
		b(&d.Thresholds[i].B)
	}
}
