package record

import (
	"slices"
	"time"

	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
	"truce/rules/eval"
)

// Asked says who asked, when, and of what.
type Asked struct {
	Engine string // the version of truce
	At     time.Time
	By     string
	// Approvals are those of the pack that count, sorted.
	Approvals []string
}

// Of is the record of a finished run.
func Of(t *trace.Trace, a Asked) (*Record, error) {
	document, err := CaseDocument(t.Case, t.Pack.Schema)
	if err != nil {
		return nil, err
	}
	r := &Record{Format: Format, Engine: a.Engine, At: a.At.UTC().Format(time.RFC3339), By: a.By,
		Pack: PackOf(t.Pack), Approvals: a.Approvals, Thresholds: Settings(t.Pack, t.Parameters), Case: document, CaseDigest: Digest(document)}
	r.Run = Run{Facts: make([]Fact, len(t.Facts)), Justifications: []Justification{}, Lines: []Justification{}, Answer: *AnswerOf(&t.Answer)}
	for i := range t.Facts {
		r.Run.Facts[i] = factOf(&t.Facts[i])
	}
	for _, f := range t.Withheld {
		r.Run.Withheld = append(r.Run.Withheld, f.Name())
	}
	for i := range t.Justifications {
		r.Run.Justifications = append(r.Run.Justifications, justificationOf(t, &t.Justifications[i]))
	}
	for i := range t.Lines {
		r.Run.Lines = append(r.Run.Lines, justificationOf(t, &t.Lines[i]))
	}
	r.Grounds = GroundsOf(&r.Run)
	return r, nil
}

// PackOf says which rules a pack is.
func PackOf(p *rules.Pack) Pack {
	out := Pack{Name: p.Name, Version: p.Version, Digest: p.Digest, SourceOnly: p.SourceOnly, Files: []File{}, Extensions: []string{}}
	for i, f := range p.Files {
		out.Files = append(out.Files, File{f.Name, p.Digests[i]})
	}
	for _, x := range p.Extensions {
		out.Extensions = append(out.Extensions, x.ID)
	}
	slices.Sort(out.Extensions)
	return out
}

func factOf(f *trace.Fact) Fact {
	out := Fact{Name: f.Name, Type: f.Type.Name, Status: f.Status.String(), Fields: map[string]Field{},
		Height: f.Height, Copies: f.Copies, Alternatives: f.Alternatives}
	for i, v := range f.Fields {
		out.Fields[f.Type.Fields[i].Name] = FieldOf(f.Type.Fields[i], v.Value, v.Origin)
	}
	return out
}

// FieldOf is a field's value and where it comes from.
func FieldOf(f *facts.Field, v facts.Value, o trace.Origin) Field {
	return Field{Value: Encode(v, f.Type), Origin: o.String()}
}

func justificationOf(t *trace.Trace, j *trace.Justification) Justification {
	out := Justification{Rule: j.Rule.Name, Conclusion: j.Conclusion, Fact: j.Fact, Status: j.Status.String(), Total: j.Total,
		Premises: append([]int{}, j.Premises...), Steps: []Step{}, Formulas: []Formula{}, Height: j.Height}
	for i := range j.Steps {
		s := &j.Steps[i]
		switch s.Step.Kind {
		case rules.Pattern:
			out.Steps = append(out.Steps, Step{})
		case rules.Let:
			out.Steps = append(out.Steps, LetStep(t.Pack, s.Step, s.Value, &s.Reads))
		default:
			out.Steps = append(out.Steps, ConditionStep(t.Pack, s.Step, s.Truth, s.Atoms))
		}
	}
	for i := range j.Formulas {
		if f := &j.Formulas[i]; f.Expr != nil {
			out.Formulas = append(out.Formulas, FormulaOf(t.Pack, f.Expr, f.Value, &f.Reads))
		} else {
			out.Formulas = append(out.Formulas, Formula{})
		}
	}
	if !j.Weight.IsZero() {
		out.Weight = Encode(j.Weight, facts.Type{Kind: j.Weight.Kind()})
	}
	return out
}

// LetStep is a line that binds a value.
func LetStep(p *rules.Pack, s *rules.Step, v facts.Value, reads *eval.Reads) Step {
	return Step{Text: s.Text, Value: Encode(v, s.Expr.Type()), Reads: readsOf(p, reads)}
}

// FormulaOf is an evaluated expression.
func FormulaOf(p *rules.Pack, e condition.Expr, v facts.Value, reads *eval.Reads) Formula {
	return Formula{Text: e.Text(), Value: Encode(v, e.Type()), Reads: readsOf(p, reads)}
}

// ConditionStep is a condition.
func ConditionStep(p *rules.Pack, s *rules.Step, truth facts.Value, atoms []eval.Atom) Step {
	out := Step{Text: s.Text, Truth: Encode(truth, facts.Type{Kind: facts.Bool})}
	for i := range atoms {
		a := &atoms[i]
		r := Atom{Text: a.Expr.Text(), Negated: a.Negated, Truth: Encode(a.Truth, facts.Type{Kind: facts.Bool}), Reads: readsOf(p, &a.Reads)}
		for _, o := range a.Operands {
			r.Operands = append(r.Operands, Operand{o.Expr.Text(), Encode(o.Value, o.Expr.Type())})
		}
		if !a.Margin.IsZero() {
			r.Margin = Encode(a.Margin, facts.Type{Kind: a.Margin.Kind()})
		}
		out.Atoms = append(out.Atoms, r)
	}
	return out
}

// readsOf is what an evaluation looked at, or nil where it looked at nothing.
func readsOf(p *rules.Pack, r *eval.Reads) *Reads {
	out := Reads{Values: r.Slots, AsOf: r.AsOf}
	for _, f := range r.Fields {
		out.Fields = append(out.Fields, FieldRef{f.Fact, f.Field.Name})
	}
	for _, i := range r.Thresholds {
		out.Thresholds = append(out.Thresholds, p.Thresholds[i].Name)
	}
	for _, a := range r.Aggregates {
		x := Aggregate{Text: a.Expr.Text(), Value: Encode(a.Value, a.Expr.Type())}
		for _, m := range a.Members {
			x.Members = append(x.Members, Member{m.Fact, Encode(m.Selected, facts.Type{Kind: facts.Bool}), Encode(m.Value, facts.Type{Kind: m.Value.Kind()})})
		}
		out.Aggregates = append(out.Aggregates, x)
	}
	if out.Fields == nil && out.Thresholds == nil && out.Values == nil && !out.AsOf && out.Aggregates == nil {
		return nil
	}
	return &out
}

// AnswerOf is an answer as records hold it.
func AnswerOf(a *trace.Answer) *Answer {
	out := &Answer{Settled: a.Settled, NoneCanHold: a.NoneCanHold, Contradictions: a.Contradictions, Values: []GoalValue{}}
	for _, v := range a.Values {
		out.Values = append(out.Values, GoalValue{Value: v.Value, Status: v.Status.String(), Facts: v.Facts})
	}
	return out
}
