package whynot

import (
	"truce/engine/trace"
	"truce/explain"
)

// RivalsFormat is the version of the JSON form of Rivals.
const RivalsFormat = "truce.rivals/1"

// Rivals are the values of the pack's goal that a run did not settle on, each with
// the best case for it and exactly what stands in its way.
type Rivals struct {
	Format  string          `json:"format"`
	Pack    explain.PackRef `json:"pack"`
	Case    explain.CaseRef `json:"case"`
	Budget  int             `json:"budget"`  // choices that the search of one rule may open
	Answers []string        `json:"answers"` // what can hold
	Settled bool            `json:"settled"`
	Rivals  []Rival         `json:"rivals"` // in the order of the goal's values
	Goals   []*Goal         `json:"goals"`  // those of the rivals first, then what they need
}

// Rival is one of them.
type Rival struct {
	Value  string `json:"value"`
	Status string `json:"status"` // can hold, cannot hold
	Goal   string `json:"goal"`   // its name in Goals
	Rule   string `json:"rule,omitempty"`
	// Best is the nearest choice of all rules that could conclude the value; nil where
	// no rule can, as its goal says.
	Best *Instance `json:"best,omitempty"`
}

// RivalsOf finds the best case for each value that the answer is not settled on.
func RivalsOf(t *trace.Trace, o Options) *Rivals {
	x := newExplainer(t, o)
	out := &Rivals{Format: RivalsFormat, Pack: explain.PackOf(t), Case: explain.CaseOf(t), Settled: t.Answer.Settled, Answers: []string{}, Rivals: []Rival{}}
	for _, v := range t.Answer.Values {
		out.Answers = append(out.Answers, v.Value)
	}
	for _, v := range t.Pack.Goal.Field.Type.Names.List {
		if !t.Answer.Settled || t.Answer.Values[0].Value != v {
			out.Rivals = append(out.Rivals, Rival{Value: v, Goal: x.follow(GoalValue(t, v), 0)})
		}
	}
	d := x.document()
	out.Goals, out.Budget = d.Goals, d.Budget
	for i := range out.Rivals {
		r, g := &out.Rivals[i], out.Goals[i]
		r.Status = g.Status
		if len(g.Rules) > 0 {
			r.Rule, r.Best = g.Rules[0].Rule, &g.Rules[0].Nearest[0]
		}
	}
	return out
}
