package cases

import (
	"fmt"
	"slices"
	"strings"

	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
)

// Group sets the cases apart in which a field of the one fact of its type has a
// value.
type Group struct {
	Title  string // of those that have it
	Others string // of the rest
	Type   string
	Field  string
	Value  string // as a case file spells it
}

// ParseGroup reads "Type.field=value", by the names of a schema.
func ParseGroup(s *facts.Schema, text string) (Group, error) {
	name, value, ok := strings.Cut(text, "=")
	typeName, fieldName, dotted := strings.Cut(name, ".")
	if !ok || !dotted {
		return Group{}, fmt.Errorf("%q is not of the form Type.field=value", text)
	}
	ft := s.Type(typeName)
	if ft == nil || ft.Concluded || ft.Count != facts.One {
		return Group{}, fmt.Errorf("%q is not a fact type of which a case has one", typeName)
	}
	f := ft.Field(fieldName)
	if f == nil {
		return Group{}, fmt.Errorf("%s has no field %q; it has %s", typeName, fieldName, strings.Join(ft.FieldNames(), ", "))
	}
	if _, misread := f.Type.ParseText(value); misread != nil {
		return Group{}, fmt.Errorf("%q is not a value of %s.%s", value, typeName, fieldName)
	}
	return Group{Title: name + " is " + value, Others: name + " is another", Type: typeName, Field: fieldName, Value: value}, nil
}

// Case is one case with what its run came to.
type Case struct {
	ID          string
	Tier        string
	Label       string // what happened; "" where the case does not say
	Second      string // a second label that a fair reader might set
	Settled     bool
	NoneCanHold bool
	Values      []string // of the goal, that can hold, in the goal's order
	Error       string   // why there is no answer
	In          []bool   // whether it is in each of the groups
}

// Answered is a case whose run is finished.
func Answered(t *trace.Trace, groups []Group) Case {
	c := of(t.Case, groups)
	c.Settled, c.NoneCanHold = t.Answer.Settled, t.Answer.NoneCanHold
	for _, v := range t.Answer.Values {
		c.Values = append(c.Values, v.Value)
	}
	return c
}

// Failed is a case whose run ended in an error.
func Failed(c *facts.Case, err error, groups []Group) Case {
	out := of(c, groups)
	out.Error = err.Error()
	return out
}

func of(c *facts.Case, groups []Group) Case {
	out := Case{ID: c.ID, Tier: c.Tier}
	if c.Expected != nil {
		out.Label, out.Second = c.Expected.Label, c.Expected.Alternative
	}
	for _, g := range groups {
		out.In = append(out.In, g.has(c))
	}
	return out
}

func (g *Group) title(in bool) string {
	if in {
		return g.Title
	}
	return g.Others
}

func (g *Group) has(c *facts.Case) bool {
	for _, f := range c.Facts {
		if f.Type.Name != g.Type {
			continue
		}
		if field := f.Type.Field(g.Field); field != nil {
			v := f.Data[field.Index].Value
			return v.IsKnown() && field.Type.Format(v) == g.Value
		}
	}
	return false
}

// Outcome is how an answer stands to what happened.
type Outcome string

// The outcomes.
const (
	Right       Outcome = "right"
	Wrong       Outcome = "wrong"
	OpenWith    Outcome = "open, label in it"
	OpenWithout Outcome = "open, label not in it"
	Failure     Outcome = "failed"
	Unlabelled  Outcome = "no label"
)

// Row is one case of a table.
type Row struct {
	Case    string   `json:"case"`
	Tier    string   `json:"tier,omitempty"`
	Label   string   `json:"label,omitempty"`
	Second  string   `json:"second_label,omitempty"`
	Settled bool     `json:"settled"`
	Values  []string `json:"values"` // of the goal, that can hold
	Labels  []string `json:"labels"` // what they count as, each once
	// NoneCanHold says that it cannot be excluded that no value holds.
	NoneCanHold bool     `json:"none_can_hold,omitempty"`
	Outcome     Outcome  `json:"outcome"`
	OnSecond    bool     `json:"settled_on_second_label,omitempty"`
	Error       string   `json:"error,omitempty"`
	Groups      []string `json:"groups,omitempty"` // titles of the parts it is in
}

func rowOf(goal *rules.Goal, groups []Group, c *Case) Row {
	r := Row{Case: c.ID, Tier: c.Tier, Label: c.Label, Second: c.Second, Settled: c.Settled, Values: slices.Clone(c.Values),
		NoneCanHold: c.NoneCanHold, Error: c.Error, Labels: []string{}}
	for i, g := range groups {
		r.Groups = append(r.Groups, g.title(c.In[i]))
	}
	if r.Values == nil {
		r.Values = []string{}
	}
	for _, v := range c.Values {
		if l := labelOf(goal, v); !slices.Contains(r.Labels, l) {
			r.Labels = append(r.Labels, l)
		}
	}
	r.Outcome = r.judge()
	r.OnSecond = r.Outcome == Wrong && r.Second != "" && r.Labels[0] == r.Second
	return r
}

func (r *Row) judge() Outcome {
	switch {
	case r.Error != "":
		return Failure
	case r.Label == "":
		return Unlabelled
	case !r.Settled && slices.Contains(r.Labels, r.Label):
		return OpenWith
	case !r.Settled:
		return OpenWithout
	case r.Labels[0] == r.Label:
		return Right
	}
	return Wrong
}

// labelOf is the label that a goal value counts as; a value without one counts as
// itself.
func labelOf(goal *rules.Goal, value string) string {
	for _, l := range goal.Labels {
		if slices.Contains(l.Values, value) {
			return l.Name
		}
	}
	return value
}
