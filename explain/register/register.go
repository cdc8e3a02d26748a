package register

import (
	"cmp"
	"slices"

	"truce/explain"
	"truce/explain/search"
	"truce/facts/source"
	"truce/rules"
)

// Format is the version of the JSON form of a Register. Fields may be added to a
// version; none changes its meaning.
const Format = "truce.parameters/1"

// Register is what the author of a pack chose. It is the JSON document of that name as
// it stands.
type Register struct {
	Format string          `json:"format"`
	Pack   explain.PackRef `json:"pack"`
	Cases  int             `json:"cases"` // that have an answer
	// Failed are the cases without one.
	Failed []Failure `json:"failed,omitempty"`
	// Exhausted are the cases in which the runs were used up before everything was moved.
	Exhausted  []string     `json:"exhausted,omitempty"`
	Parameters []*Parameter `json:"parameters"`
	Runs       int          `json:"runs"`
	Disclaimer string       `json:"disclaimer,omitempty"`
}

// Failure is a case without an answer.
type Failure struct {
	Case  string             `json:"case"`
	Error string             `json:"error"`
	Found source.Diagnostics `json:"-"`
}

// Kind is what a parameter is.
type Kind string

// The kinds of parameters.
const (
	Threshold  Kind = "threshold"
	Points     Kind = "points"
	Assumption Kind = "assumption"
	Extension  Kind = "extension"
)

// Parameter is one choice.
type Parameter struct {
	Kind      Kind          `json:"kind"`
	Name      string        `json:"name"`           // a threshold's, Type.field, X01
	Value     explain.Value `json:"value,omitzero"` // of a threshold and an assumption
	Points    []Point       `json:"points,omitempty"`
	Plausible explain.Value `json:"plausible,omitzero"`
	Step      float64       `json:"step,omitempty"`
	Basis     string        `json:"basis,omitempty"` // of a threshold: judgement, cited, derived
	Doc       string        `json:"doc,omitempty"`
	Because   string        `json:"because,omitempty"`
	Cites     []string      `json:"cites,omitempty"`
	Extension string        `json:"extension,omitempty"`
	At        string        `json:"at"`
	// Rules are the rules and rows that read it, and Lines the lines of the report; of an
	// extension, those that it adds.
	Rules []string `json:"rules"`
	Lines []string `json:"lines"`

	Used    []string `json:"used_in,omitempty"` // of an assumption: the silent cases
	Rests   []string `json:"rests_in"`          // the cases whose answer rests on it
	Falls   []string `json:"falls_in"`          // the cases whose answer falls with it
	Reach   *Reach   `json:"reach,omitempty"`   // of what has a value, where there are cases
	Changes []Change `json:"changes,omitempty"` // of an extension: the answers without it
}

// Point is what a level of a table counts for.
type Point struct {
	Level string        `json:"level"`
	Value explain.Value `json:"value"`
	Reach *Reach        `json:"reach,omitempty"`
}

// Reach is how far a value may go before the first answer falls.
type Reach struct {
	// Inside is what it was moved in, Stands the stretch in which every answer stands.
	// Neither is there where it has no order, or no range.
	Inside explain.Value `json:"inside,omitzero"`
	Stands explain.Value `json:"stands,omitzero"`
	Low    *Edge         `json:"low,omitempty"` // none where all stand down to the end
	High   *Edge         `json:"high,omitempty"`
	Others []Other       `json:"others,omitempty"` // of a bool or an enum: every other value
	Falls  []string      `json:"falls_in"`
	// Margin is the way to the nearest end, over the width of Inside; 1 without order.
	Margin float64 `json:"margin,omitempty"`
	// OnGrid says that it was not proved for all that lies between points of the grid.
	OnGrid bool `json:"on_grid_only,omitempty"`
}

// Edge is where the first answer falls.
type Edge struct {
	Last  explain.Value `json:"last"`  // at which every answer stands
	First explain.Value `json:"first"` // at which this one does not
	Change
}

// Other is another value of what has no order.
type Other struct {
	Value   explain.Value `json:"value"`
	Changes []Change      `json:"changes"`
}

// Change is an answer that becomes another.
type Change struct {
	Case string        `json:"case"`
	Was  search.Answer `json:"was"`
	Then search.Answer `json:"then"`
}

// margin is the way to the nearest value at which an answer falls, for sorting.
func (p *Parameter) margin() float64 {
	least := 2.0
	reaches := []*Reach{p.Reach}
	for i := range p.Points {
		reaches = append(reaches, p.Points[i].Reach)
	}
	for _, r := range reaches {
		if r != nil && len(r.Falls) > 0 {
			least = min(least, r.Margin)
		}
	}
	return least
}

// ByWeight puts first what most answers fall with, then what most rest on, then what
// has the least room.
func (r *Register) ByWeight() {
	slices.SortStableFunc(r.Parameters, func(a, b *Parameter) int {
		return cmp.Or(cmp.Compare(len(b.Falls), len(a.Falls)), cmp.Compare(len(b.Rests), len(a.Rests)),
			cmp.Compare(a.margin(), b.margin()))
	})
}

// Of lists the parameters of a pack in its order, without any case: thresholds, then
// assumptions, then extensions.
func Of(p *rules.Pack) *Register {
	out := &Register{Format: Format, Pack: explain.PackRef{Name: p.Name, Version: p.Version, Digest: p.Digest},
		Parameters: []*Parameter{}, Disclaimer: p.Report.Disclaimer}
	for _, t := range p.Thresholds {
		out.add(threshold(p, t))
	}
	for _, a := range p.Assumptions {
		out.add(assumption(p, a))
	}
	for _, x := range p.Extensions {
		out.add(extension(p, x))
	}
	return out
}

func (r *Register) add(p *Parameter) {
	p.Rests, p.Falls = []string{}, []string{}
	r.Parameters = append(r.Parameters, p)
}

func threshold(p *rules.Pack, t *rules.Threshold) *Parameter {
	out := &Parameter{Kind: Threshold, Name: t.Name, Step: t.Step, Basis: t.Basis, Doc: t.Doc, Because: t.Because,
		Cites: t.Cites, Extension: t.Extension, At: t.Span.String()}
	out.Rules, out.Lines = readers(p, thresholdsRead(t.Index))
	if t.Plausible != nil {
		out.Plausible = explain.Value{Type: t.Type, Value: *t.Plausible}
	}
	if t.Table == nil {
		out.Value = explain.Value{Type: t.Type, Value: t.Value}
		return out
	}
	out.Kind = Points
	for i, v := range t.Points {
		out.Points = append(out.Points, Point{Level: t.Table.List[i], Value: explain.Value{Type: t.Type, Value: v}})
	}
	return out
}

func assumption(p *rules.Pack, a *rules.Assumption) *Parameter {
	out := &Parameter{Kind: Assumption, Name: a.Name(), Value: explain.Value{Type: a.Field.Type, Value: a.Value}, Step: a.Field.Step,
		Doc: a.Field.Doc, Because: a.Because, Cites: a.Cites, Extension: a.Extension, At: a.Span.String()}
	out.Rules, out.Lines = readers(p, fieldRead(a.Field))
	switch {
	case a.Field.Plausible != nil:
		out.Plausible = explain.Value{Type: a.Field.Type, Value: *a.Field.Plausible}
	case a.Field.Type.Range != nil:
		out.Plausible = explain.Value{Type: a.Field.Type, Value: *a.Field.Type.Range}
	}
	return out
}

func extension(p *rules.Pack, x *rules.Extension) *Parameter {
	out := &Parameter{Kind: Extension, Name: x.ID, Doc: x.Doc, At: x.Span.String(), Rules: []string{}, Lines: []string{}}
	for _, r := range p.Rules {
		if r.Extension == x.ID {
			out.Rules = append(out.Rules, r.Name)
		}
	}
	for _, l := range p.Lines() {
		if l.Rule.Extension == x.ID {
			out.Lines = append(out.Lines, l.Rule.Name)
		}
	}
	return out
}
