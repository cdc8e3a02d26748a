package report

import (
	"fmt"
	"io"
	"strings"

	"truce/explain"
	"truce/explain/compare"
)

// CompareJSON writes the difference of two runs as JSON.
func CompareJSON(w io.Writer, d *compare.Document) error { return writeJSON(w, d) }

// CompareForm says how much of a difference is written, and how.
type CompareForm struct {
	Full bool // every path whole, and what differs in cases and thresholds
	Style
}

// CompareText writes the difference of two runs: both answers, how the goal came to
// differ step by step, then the other conclusions that differ, each with the last step
// of its path; in the short form those alone from which the goal can be concluded.
func CompareText(w io.Writer, d *compare.Document, f CompareForm) error {
	p := &comparing{printer{style: f.Style}}
	p.side("A", &d.A, d.A.Pack != d.B.Pack)
	p.side("B", &d.B, d.A.Pack != d.B.Pack)
	p.line(run{}, 0, run{bold, p.answers(d)})
	for i := range d.Goal {
		p.fact(&d.Goal[i], true)
	}
	if len(d.Facts) > 0 {
		p.line(run{}, 0, run{bold, fmt.Sprintf("Other conclusions that differ: %d of %d", len(d.Facts), len(d.Facts)+d.Same)})
		aside := 0
		for i := range d.Facts {
			if !f.Full && !d.Facts[i].Leads {
				aside++
				continue
			}
			p.fact(&d.Facts[i], f.Full)
		}
		if aside > 0 {
			p.line(run{}, deeper, run{faint, fmt.Sprintf("and %d from which the answer is not concluded (--full lists them)", aside)})
		}
	} else if len(d.Goal) == 0 {
		p.line(run{}, 0, run{"", "No conclusion differs."})
	}
	p.rules("A", d.OnlyA)
	p.rules("B", d.OnlyB)
	p.thresholds(d, f.Full)
	p.inputs(d, f.Full)
	return p.flush(w)
}

type comparing struct{ printer }

func (p *comparing) side(name string, s *compare.Side, pack bool) {
	text := s.Case.ID + ", as of " + s.Case.AsOf
	if pack {
		text += ", rules " + strings.TrimSpace(s.Pack.Name+" "+s.Pack.Version)
	}
	p.line(run{"", name + ": "}, 0, run{"", text})
}

func (p *comparing) answers(d *compare.Document) string {
	if d.SameAnswer {
		return "Both: " + answerWords(&d.A)
	}
	return "A: " + answerWords(&d.A) + "; B: " + answerWords(&d.B)
}

func answerWords(s *compare.Side) string {
	var parts []string
	for _, v := range s.Values {
		parts = append(parts, v.Value)
	}
	if s.NoneCanHold {
		parts = append(parts, "none")
	}
	if s.Settled {
		return "settled on " + strings.Join(parts, "")
	}
	return "open between " + strings.Join(parts, ", ")
}

func (p *comparing) fact(f *compare.Fact, full bool) {
	p.line(run{}, deeper, run{bold, f.Fact})
	p.states("A: ", f.A, f.Fields)
	p.states("B: ", f.B, f.Fields)
	if !full && len(f.Path) > 0 {
		p.step("down to ", &f.Path[len(f.Path)-1])
		return
	}
	for i := range f.Path {
		p.step("- ", &f.Path[i])
	}
}

// states writes what a side has of a fact: of fields, where some are named as
// differing, those alone.
func (p *comparing) states(name string, list []compare.State, differing []string) {
	if len(list) == 0 {
		p.line(run{"", name}, inside, run{"", "cannot hold"})
	}
	only := map[string]bool{}
	for _, f := range differing {
		only[f] = true
	}
	for i, s := range list {
		if i > 0 {
			name = "or "
		}
		var parts []string
		for _, f := range s.Fields {
			if len(only) == 0 || only[f.Field] {
				parts = append(parts, f.Field+" = "+explain.Close.Print(f.Value))
			}
		}
		text := s.Status
		if len(parts) > 0 {
			text += ": " + strings.Join(parts, ", ")
		}
		if s.Rule != "" {
			text += ", by rule " + s.Rule
		}
		p.line(run{"", name}, inside, run{"", text}, run{faint, s.At})
	}
}

func (p *comparing) step(lead string, s *compare.Step) {
	p.line(run{"", lead}, inside+deeper, run{"", s.Text + ": A " + foundWords(&s.A) + "; B " + foundWords(&s.B)}, run{faint, places(&s.A, &s.B)})
}

func foundWords(f *compare.Found) string {
	var parts []string
	if f.Truth != "" {
		parts = append(parts, f.Truth)
	}
	if !f.Value.IsZero() {
		parts = append(parts, explain.Close.Print(f.Value))
	}
	var operands []string
	for _, o := range f.Operands {
		if !literal(o.Text, o.Value) {
			operands = append(operands, o.Text+" is "+explain.Close.Print(o.Value))
		}
	}
	if len(operands) > 0 {
		parts = append(parts, "("+strings.Join(operands, ", ")+")")
	}
	switch {
	case f.Says != "" && len(parts) > 0:
		parts = append(parts, "("+f.Says+")")
	case f.Says != "":
		parts = append(parts, f.Says)
	}
	return strings.Join(parts, " ")
}

func places(a, b *compare.Found) string {
	switch {
	case a.At == b.At || b.At == "":
		return a.At
	case a.At == "":
		return b.At
	}
	return a.At + " and " + b.At
}

func (p *comparing) rules(name string, only []string) {
	if len(only) > 0 {
		p.line(run{}, 0, run{bold, "Rules that " + name + " has alone:"}, run{"", strings.Join(only, ", ")})
	}
}

func (p *comparing) thresholds(d *compare.Document, full bool) {
	if len(d.Thresholds) == 0 {
		return
	}
	p.line(run{}, 0, run{bold, fmt.Sprintf("Thresholds that differ: %d", len(d.Thresholds))})
	for i := range d.Thresholds {
		t := &d.Thresholds[i]
		p.line(run{}, deeper, run{"", t.Name + ": A " + foundWords(&t.A) + "; B " + foundWords(&t.B)}, run{faint, places(&t.A, &t.B)})
		if !full && i+1 == mostListed && len(d.Thresholds) > mostListed {
			p.line(run{}, deeper, run{faint, fmt.Sprintf("and %d more", len(d.Thresholds)-mostListed)})
			return
		}
	}
}

// mostListed is how many of a long list the short form shows.
const mostListed = 10

func (p *comparing) inputs(d *compare.Document, full bool) {
	if len(d.Inputs) == 0 {
		return
	}
	text := fmt.Sprintf("Values of the cases that differ: %d", len(d.Inputs))
	if !full {
		text += " (--full lists them)"
	}
	p.line(run{}, 0, run{bold, text})
	if !full {
		return
	}
	for i := range d.Inputs {
		in := &d.Inputs[i]
		name := in.Fact
		if in.Field != "" {
			name += "." + in.Field
		}
		p.line(run{}, deeper, run{"", name + ": A " + foundWords(&in.A) + "; B " + foundWords(&in.B)}, run{faint, places(&in.A, &in.B)})
	}
}
