package report

import (
	"fmt"
	"io"
	"strings"

	"truce/explain"
	"truce/explain/whynot"
)

// WhyNotJSON writes why a goal was not concluded as JSON.
func WhyNotJSON(w io.Writer, d *whynot.Document) error { return writeJSON(w, d) }

// WhyNotText writes why a goal was not concluded: what is there instead, and for each
// rule the nearest choices of facts, what blocks them, and what would do. The goals
// that it needs follow, each once. Numbers are rounded to six significant digits.
func WhyNotText(w io.Writer, d *whynot.Document, s Style) error {
	p := &whyNot{printer: printer{style: s}, named: map[string]bool{}, budget: d.Budget}
	for _, g := range d.Goals {
		p.named[g.Goal] = true
	}
	for _, g := range d.Goals {
		p.goal(g)
	}
	return p.flush(w)
}

// whyNot writes one document.
type whyNot struct {
	printer
	named  map[string]bool
	budget int
}

func (p *whyNot) goal(g *whynot.Goal) {
	p.line(run{}, 0, run{bold, g.Goal}, run{"", g.Status})
	switch {
	case g.Status == "holds":
		p.line(run{}, inside, run{"", "it is " + strings.Join(g.Facts, ", ") + "; truce why proves it"})
		return
	case len(g.Facts) > 0:
		p.line(run{}, inside, run{"", "it may be " + strings.Join(g.Facts, ", ")})
	}
	p.others(g)
	if g.Stated {
		p.line(run{}, inside, run{"", "no rule can conclude this: a case states " + g.Type})
		return
	}
	if g.NoRule != "" {
		p.line(run{}, inside, run{"", g.NoRule})
	}
	for i := range g.Rules {
		p.rule(&g.Rules[i])
	}
	if g.Depth == 0 && len(g.Never) > 0 {
		p.never(g)
	}
}

func (p *whyNot) others(g *whynot.Goal) {
	for _, o := range g.Instead {
		says := make([]string, len(o.Fields))
		for i, f := range o.Fields {
			says[i] = f.Field + " = " + explain.Close.Print(f.Value)
		}
		text := "instead " + o.Fact + " " + o.Status
		if len(says) > 0 {
			text += ": " + strings.Join(says, ", ")
		}
		if o.Rule != "" {
			text += ", by rule " + o.Rule
		}
		p.line(run{}, inside, run{"", text}, run{faint, o.At})
	}
	if g.MoreInstead > 0 {
		p.line(run{}, inside, run{faint, fmt.Sprintf("and %d more", g.MoreInstead)})
	}
}

func (p *whyNot) never(g *whynot.Goal) {
	parts := make([]string, len(g.Never))
	for i, n := range g.Never {
		parts[i] = n.Rule + " (" + n.Says + ")"
	}
	p.line(run{}, deeper, run{"", "These rules conclude " + g.Type + " and never this:"}, run{faint, strings.Join(parts, ", ")})
}

func (p *whyNot) rule(r *whynot.Rule) {
	ref := strings.Join(r.Cites, " ")
	if r.Extension != "" {
		ref = strings.TrimSpace(ref + " extension " + r.Extension)
	}
	p.line(run{}, deeper, run{"", "Rule " + r.Rule}, run{faint, strings.TrimSpace(ref + " " + r.At)})
	if r.BoundOnly {
		p.line(run{}, inside, run{"", fmt.Sprintf("bound only: of more than %d choices not all were opened; at least %s not true in any",
			p.budget, conditions(r.AtLeast))})
	}
	for i := range r.Nearest {
		p.instance(&r.Nearest[i])
	}
}

func conditions(n int) string {
	if n == 1 {
		return "1 condition is"
	}
	return fmt.Sprintf("%d conditions are", n)
}

func (p *whyNot) instance(in *whynot.Instance) {
	var facts []string
	for _, b := range in.Bindings {
		switch {
		case b.Fact == "":
			facts = append(facts, "there is no "+b.Type+" for "+b.Name)
		case b.Fact != b.Type:
			facts = append(facts, b.Name+" is "+b.Fact)
		}
	}
	head := blockedWords(in.False, in.Unknown)
	if in.Concludes != "" {
		head = "concludes " + in.Concludes
		if in.False+in.Unknown == 0 {
			head = "concludes it"
		}
	}
	if len(facts) > 0 {
		head = "where " + strings.Join(facts, ", ") + ": " + head
	}
	p.line(run{}, inside, run{"", head})
	for i := range in.Blockers {
		p.blocker(&in.Blockers[i])
	}
	if len(in.Enough) > 0 {
		parts := make([]string, len(in.Enough))
		for i, n := range in.Enough {
			parts[i] = n.Name + " = " + explain.Close.Print(n.Try)
		}
		p.line(run{}, inside+deeper, run{"", "tried, and enough for this rule: " + strings.Join(parts, ", ")})
	}
}

// blockedWords counts what blocks: "2 conditions are not true, 1 is unknown".
func blockedWords(no, unknown int) string {
	var parts []string
	if no > 0 {
		parts = append(parts, conditions(no)+" not as they would have to be")
		if no == 1 {
			parts[0] = conditions(no) + " not as it would have to be"
		}
	}
	if unknown > 0 {
		parts = append(parts, conditions(unknown)+" unknown")
	}
	return strings.Join(parts, ", ")
}

func (p *whyNot) blocker(b *whynot.Blocker) {
	in := inside + deeper
	var text string
	switch b.Kind {
	case "missing":
		text = "there is no fact for " + b.Text
	case "premise":
		text = b.Text + " can hold and need not"
	case "value":
		text = b.Text + " " + map[string]string{"unknown": "need not be as wanted", "error": "fails"}[b.Truth]
		if b.Truth == "false" {
			text = b.Text + " is not as wanted"
		}
	default:
		text = b.Text + " " + verdict(b.Truth, b.Wanted)
	}
	if !b.Margin.IsZero() && !b.Margin.Value.IsUnknown() && (b.Truth == "true" || b.Truth == "false") {
		text += ", by " + distance(b.Margin)
	}
	if of := operands(b); of != "" {
		text += ": " + of
	}
	runs := []run{{"", text}}
	if b.Earlier != "" {
		runs = append(runs, run{"", "(of the earlier row " + b.Earlier + ")"})
	} else if b.Line != "" {
		runs = append(runs, run{faint, "in: " + b.Line})
	}
	p.line(run{"", "- "}, in, append(runs, run{faint, b.At})...)
	lead := "it would take "
	for _, w := range b.Ways {
		parts := make([]string, len(w.Needs))
		for i := range w.Needs {
			parts[i] = p.need(&w.Needs[i])
		}
		p.line(run{}, in+deeper+deeper, run{"", lead + strings.Join(parts, ", and ")})
		lead = "or "
	}
	if b.MoreWays > 0 {
		p.line(run{}, in+deeper+deeper, run{faint, fmt.Sprintf("or %d more", b.MoreWays)})
	}
}

func operands(b *whynot.Blocker) string {
	var parts []string
	for _, o := range b.Operands {
		if o.Text != b.Text && !literal(o.Text, o.Value) {
			parts = append(parts, o.Text+" is "+explain.Close.Print(o.Value))
		}
	}
	return strings.Join(parts, ", ")
}

func verdict(truth string, wanted bool) string {
	switch truth {
	case "error":
		return "fails"
	case "unknown":
		return fmt.Sprintf("is unknown and would have to be %t", wanted)
	}
	return fmt.Sprintf("is %s and would have to be %t", truth, wanted)
}

func (p *whyNot) need(n *whynot.Need) string {
	var s string
	switch n.Kind {
	case "more":
		s = further(n)
	case "absent":
		s = n.Name + " not to be there"
		if n.Where != "" {
			s += " (" + n.Where + ")"
		}
	default:
		s = n.Name + " " + n.Values.Text + " (" + now(n) + ")"
	}
	if p.named[n.Goal] {
		s += ": see " + n.Goal
	}
	return s
}

// now is what a field or a threshold is.
func now(n *whynot.Need) string {
	switch n.Origin {
	case "absent":
		return "the case does not give it"
	case "known_later":
		return "known only later"
	case "assumed":
		return "assumed: " + explain.Close.Print(n.Now)
	}
	return "now " + explain.Close.Print(n.Now)
}

func further(n *whynot.Need) string {
	s := "one more " + n.Name
	if n.Many > 1 {
		s = fmt.Sprintf("%d more of %s", n.Many, n.Name)
	}
	var parts []string
	for _, w := range n.Wants {
		parts = append(parts, w.Field+" "+w.Values.Text)
	}
	if len(parts) > 0 {
		s += " with " + strings.Join(parts, ", ")
	}
	if n.Where != "" {
		s += ", such that " + n.Where
	}
	return s
}
