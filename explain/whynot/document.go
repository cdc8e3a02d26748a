package whynot

import (
	"math"

	"truce/explain"
	"truce/facts"
)

// Format is the version of the JSON form of Document. Fields may be added to a
// version; none changes its meaning.
const Format = "truce.whynot/1"

// Document says why a goal was not concluded. It is the JSON document of that name
// as it stands. The first goal is what was asked; the others are what it needs.
type Document struct {
	Format string          `json:"format"`
	Pack   explain.PackRef `json:"pack"`
	Case   explain.CaseRef `json:"case"`
	Budget int             `json:"budget"` // choices that the search of one rule may open
	Goals  []*Goal         `json:"goals"`
}

// Goal is a wanted fact.
type Goal struct {
	Goal    string   `json:"goal"` // its name in the document, which can be asked again
	Type    string   `json:"type"`
	Wants   []Wanted `json:"wants"`
	Depth   int      `json:"depth"`            // of the first goal 0
	Status  string   `json:"status"`           // holds, can hold, cannot hold
	Facts   []string `json:"facts,omitempty"`  // that are as wanted, or may be
	Stated  bool     `json:"stated,omitempty"` // cases state facts of the type, and no rule concludes them
	Instead []Other  `json:"instead,omitempty"`
	// MoreInstead is how many other facts are not listed.
	MoreInstead int `json:"more_instead,omitempty"`
	// NoRule says that no rule can conclude the goal, and why.
	NoRule string   `json:"no_rule,omitempty"`
	Rules  []Rule   `json:"rules,omitempty"` // that could, the nearest first
	Never  []Barred `json:"never,omitempty"` // that conclude the type, and never so
}

// Wanted is what a field would have to be.
type Wanted struct {
	Field  string `json:"field"`
	Values Values `json:"values"`
}

// Values are the values that would do. Of an ordered type they lie between two ends,
// open where one is left out.
type Values struct {
	Text     string          `json:"text"` // in words
	Low      explain.Value   `json:"low,omitzero"`
	LowOpen  bool            `json:"low_open,omitempty"` // the end itself does not do
	High     explain.Value   `json:"high,omitzero"`
	HighOpen bool            `json:"high_open,omitempty"`
	OneOf    []explain.Value `json:"one_of,omitempty"`
	NoneOf   []explain.Value `json:"none_of,omitempty"`
	Known    bool            `json:"known,omitempty"` // any, if only it were known
}

func (s Set) values() Values {
	v := Values{Text: s.String(), Known: s.Known}
	if ordered(s.Type.Kind) {
		end := func(x float64) explain.Value {
			if math.IsInf(x, 0) {
				return explain.Value{}
			}
			return explain.Value{Type: s.Type, Value: point(s.Type.Kind, x)}
		}
		v.Low, v.LowOpen, v.High, v.HighOpen = end(s.Low), s.LowOpen, end(s.High), s.HighOpen
	}
	for _, p := range s.Points {
		if s.Except {
			v.NoneOf = append(v.NoneOf, explain.Value{Type: s.Type, Value: p})
		} else {
			v.OneOf = append(v.OneOf, explain.Value{Type: s.Type, Value: p})
		}
	}
	return v
}

// Other is a fact of the wanted type and key that says something else.
type Other struct {
	Fact   string  `json:"fact"`
	Status string  `json:"status"`
	Fields []Shown `json:"fields"` // those that are not in its name
	Rule   string  `json:"rule,omitempty"`
	At     string  `json:"at,omitempty"`
}

// Shown is a field with its value.
type Shown struct {
	Field string        `json:"field"`
	Value explain.Value `json:"value"`
}

// Barred is a rule that concludes the type and never the goal.
type Barred struct {
	Rule string `json:"rule"`
	Says string `json:"says"` // "value = resist"
	At   string `json:"at"`
}

// Rule is a rule that could conclude the goal.
type Rule struct {
	Rule      string     `json:"rule"`
	Table     string     `json:"table,omitempty"`
	Row       string     `json:"row,omitempty"`
	Extension string     `json:"extension,omitempty"`
	Cites     []string   `json:"cites,omitempty"`
	At        string     `json:"at"`
	Nearest   []Instance `json:"nearest"`
	Opened    int        `json:"opened"` // choices that the search opened
	// BoundOnly says that the budget ended before the nearest were proved so: no
	// choice has fewer than AtLeast conditions that are not true.
	BoundOnly bool `json:"bound_only,omitempty"`
	AtLeast   int  `json:"at_least,omitempty"`
}

// Instance is a choice of facts for the patterns of a rule.
type Instance struct {
	Bindings []Binding `json:"bindings,omitempty"`
	False    int       `json:"false"`   // blocked conditions that are false, or fail
	Unknown  int       `json:"unknown"` // and that are unknown
	Distance float64   `json:"distance"`
	// Concludes is what the instance concludes, where it holds and says something
	// other than the goal.
	Concludes string    `json:"concludes,omitempty"`
	Blockers  []Blocker `json:"blockers"` // the fewest that keep it from concluding the goal
	Met       []Met     `json:"met,omitempty"`
	// Enough is a change with which the rule, on the same facts, was found to conclude
	// the goal; it says nothing of what other rules make of the change.
	Enough []Need `json:"enough,omitempty"`
}

// Binding is a name with the fact chosen for it; none where there is none.
type Binding struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Fact   string `json:"fact,omitempty"`
	Status string `json:"status,omitempty"`
}

// Met is a line of a rule that is true.
type Met struct {
	Text string `json:"text"`
	At   string `json:"at"`
}

// Blocker is one thing that keeps a rule from concluding a goal.
type Blocker struct {
	// Kind is condition (a comparison that is not as it would have to be), value (a
	// field gets another value), premise (a fact need not hold) or missing (there is
	// no fact for a pattern).
	Kind   string `json:"kind"`
	Line   string `json:"line,omitempty"` // of the rule, where it says more than the text
	NotRow string `json:"not_row,omitempty"`
	Text   string `json:"text"`
	Truth  string `json:"truth,omitempty"` // true, false, unknown, error
	Wanted bool   `json:"wanted"`          // the truth that it would need
	At     string `json:"at"`

	Operands []explain.Operand `json:"operands,omitempty"`
	Margin   explain.Value     `json:"margin,omitzero"`

	Ways     []Way `json:"ways,omitempty"` // each of them would do, the rest held
	MoreWays int   `json:"more_ways,omitempty"`
}

// Way is what would have to be otherwise, all of it together.
type Way struct {
	Needs []Need `json:"needs"`
}

// Need is one thing that would have to be otherwise.
type Need struct {
	// Kind is field (a field of a fact), more (further facts of a type), absent (a
	// fact would have to be absent) or threshold.
	Kind   string        `json:"kind"`
	Name   string        `json:"name"` // "Economy.inflation", "threshold.x", a type, a fact
	Fact   string        `json:"fact,omitempty"`
	Field  string        `json:"field,omitempty"`
	Now    explain.Value `json:"now,omitzero"`
	Origin string        `json:"origin,omitempty"` // of a field: given, absent, assumed, known_later, concluded
	Values *Values       `json:"values,omitempty"`
	Try    explain.Value `json:"try,omitzero"` // of what is enough: the value that was tried
	Many   int           `json:"many,omitempty"`
	Wants  []Wanted      `json:"wants,omitempty"` // of a further fact
	Where  string        `json:"where,omitempty"` // what else it is asked
	Goal   string        `json:"goal,omitempty"`  // the goal that follows it
	At     string        `json:"at,omitempty"`
}

func shown(f *facts.Field, v facts.Value) Shown {
	return Shown{f.Name, explain.Value{Type: f.Type, Value: v}}
}
