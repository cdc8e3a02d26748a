package trace

import (
	"fmt"
	"io"
	"strings"

	"truce/facts"
	"truce/rules"
)

// Write prints the canonical form of the trace: every fact, every justification
// with its atoms and what they read, the lines of the report, the answer. It holds
// no place in any file, so two runs of the same rules on the same facts print the
// same whatever the order in which they were written.
func (t *Trace) Write(w io.Writer) error {
	p := &printer{trace: t}
	for i := range t.Facts {
		p.fact(&t.Facts[i])
	}
	for i := range t.Justifications {
		p.justification(&t.Justifications[i])
	}
	for i := range t.Lines {
		p.justification(&t.Lines[i])
	}
	p.printf("answer settled=%t none=%t\n", t.Answer.Settled, t.Answer.NoneCanHold)
	for _, v := range t.Answer.Values {
		p.printf("  %s %s %s\n", v.Value, v.Status, p.names(v.Facts))
	}
	if len(t.Answer.Contradictions) > 0 {
		p.printf("  ruled out: %s\n", p.names(t.Answer.Contradictions))
	}
	_, err := io.WriteString(w, p.out.String())
	return err
}

type printer struct {
	trace *Trace
	out   strings.Builder
}

func (p *printer) printf(format string, args ...any) { fmt.Fprintf(&p.out, format, args...) }

func (p *printer) names(list []int) string {
	names := make([]string, len(list))
	for i, f := range list {
		names[i] = p.trace.Facts[f].Name
	}
	return strings.Join(names, "; ")
}

var originNames = [...]string{"", "given", "absent", "assumed", "known later", "concluded"}

func (o Origin) String() string { return originNames[o] }

func (p *printer) fact(f *Fact) {
	p.printf("fact %s, %s, height %d", f.Name, f.Status, f.Height)
	if len(f.Alternatives) > 0 {
		p.printf(", or %s", p.names(f.Alternatives))
	}
	p.printf("\n")
	for i, field := range f.Fields {
		p.printf("  %s = %s (%s)\n", f.Type.Fields[i].Name, f.Type.Fields[i].Type.FormatUnit(field.Value), field.Origin)
	}
}

func (p *printer) justification(j *Justification) {
	kind, of := "because", ""
	if j.Fact < 0 {
		kind = "line"
	} else {
		of = p.trace.Facts[j.Fact].Name + ": "
	}
	p.printf("%s %srule %s, %s, height %d\n", kind, of, j.Rule.Name, j.Status, j.Height)
	for i := range j.Steps {
		p.step(j, &j.Steps[i])
	}
	for i := range j.Formulas {
		if f := &j.Formulas[i]; f.Expr != nil {
			p.printf("  : %s = %s\n", f.Expr.Text(), f.Expr.Type().FormatUnit(f.Value))
			p.reads(&f.Reads)
		}
	}
	if !j.Weight.IsZero() {
		p.printf("  weight %s\n", facts.Type{Kind: j.Weight.Kind()}.Format(j.Weight))
	}
}

func (p *printer) step(j *Justification, s *Step) {
	switch s.Step.Kind {
	case rules.Pattern:
		p.printf("  %s: %s\n", s.Step.Name, p.trace.Facts[j.Premises[s.Step.Slot]].Name)
	case rules.Let:
		p.printf("  %s: %s = %s\n", s.Step.Name, s.Step.Text, s.Step.Expr.Type().FormatUnit(s.Value))
		p.reads(&s.Reads)
	default:
		p.printf("  - %s: %s\n", s.Step.Text, truth(s.Truth))
		for i := range s.Atoms {
			p.atom(&s.Atoms[i])
		}
	}
}

func (p *printer) atom(a *Atom) {
	p.printf("    %s: %s, negated %t", a.Expr.Text(), truth(a.Truth), a.Negated)
	for _, o := range a.Operands {
		p.printf(", %s = %s", o.Expr.Text(), o.Expr.Type().FormatUnit(o.Value))
	}
	if !a.Margin.IsZero() {
		p.printf(", margin %s", facts.Type{Kind: a.Margin.Kind()}.Format(a.Margin))
	}
	p.printf("\n")
	p.reads(&a.Reads)
}

func (p *printer) reads(r *Reads) {
	for _, f := range r.Fields {
		p.printf("      reads %s.%s\n", p.trace.Facts[f.Fact].Name, f.Field.Name)
	}
	for _, i := range r.Thresholds {
		p.printf("      reads threshold.%s\n", p.trace.Pack.Thresholds[i].Name)
	}
	for _, a := range r.Aggregates {
		for _, m := range a.Members {
			p.printf("      over %s: %s", p.trace.Facts[m.Fact].Name, truth(m.Selected))
			if !m.Value.IsZero() {
				p.printf(", %s", facts.Type{Kind: m.Value.Kind()}.Format(m.Value))
			}
			p.printf("\n")
		}
	}
}

// truth prints a bool, unknown, or the code of a fault.
func truth(v facts.Value) string {
	if f := v.Fault(); f != nil {
		return f.Code.ID
	}
	return facts.Type{Kind: facts.Bool}.Format(v)
}
