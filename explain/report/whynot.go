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
	p := &printer{style: s}
	for _, g := range TextsOf(d.Goals, d.Budget) {
		p.line(run{}, 0, run{bold, g.Goal}, run{"", g.Status})
		p.said(g.Said, 0)
		for i := range g.Rules {
			p.runs(run{}, deeper, g.Rules[i].Head)
			p.said(g.Rules[i].Said, 0)
		}
		p.said(g.Never, 0)
	}
	return p.flush(w)
}

// GoalText is what is said of a goal that was not concluded.
type GoalText struct {
	Goal   string // its name
	Status string
	Said   []Said
	Rules  []RuleText // that could conclude it, the nearest first
	Never  []Said     // which rules never do
}

// RuleText is what is said of a rule that could conclude a goal.
type RuleText struct {
	Head []Run
	Said []Said
}

// The levels of what is said of a goal.
const (
	ofGoal    = 2
	ofRule    = 2
	ofChoice  = 3
	ofBlocker = 5
)

// TextsOf is what is said of goals, which may name one another. Budget is what the
// search of one rule was given.
func TextsOf(goals []*whynot.Goal, budget int) []GoalText {
	s := &refusalSayer{named: map[string]bool{}, budget: budget}
	for _, g := range goals {
		s.named[g.Goal] = true
	}
	texts := make([]GoalText, len(goals))
	for i, g := range goals {
		texts[i] = s.goal(g)
	}
	return texts
}

// ChoiceText is what is said of one choice of facts for a rule, among goals that it
// may name.
func ChoiceText(in *whynot.Instance, goals []*whynot.Goal) []Said {
	s := &refusalSayer{named: map[string]bool{}}
	for _, g := range goals {
		s.named[g.Goal] = true
	}
	s.instance(in)
	return s.take()
}

// refusalSayer says why goals were not concluded.
type refusalSayer struct {
	sayer
	named  map[string]bool // goals that are told of
	budget int
}

func (s *refusalSayer) goal(g *whynot.Goal) GoalText {
	out := GoalText{Goal: g.Goal, Status: g.Status}
	switch {
	case g.Status == "holds":
		s.add(ofGoal, "", say("it is "+strings.Join(g.Facts, ", ")+"; truce why proves it"))
		out.Said = s.take()
		return out
	case len(g.Facts) > 0:
		s.add(ofGoal, "", say("it may be "+strings.Join(g.Facts, ", ")))
	}
	s.others(g)
	if g.Stated {
		s.add(ofGoal, "", say("no rule can conclude this: a case states "+g.Type))
		out.Said = s.take()
		return out
	}
	if g.NoRule != "" {
		s.add(ofGoal, "", say(g.NoRule))
	}
	out.Said = s.take()
	for i := range g.Rules {
		out.Rules = append(out.Rules, s.rule(&g.Rules[i]))
	}
	if g.Depth == 0 && len(g.Never) > 0 {
		s.never(g)
		out.Never = s.take()
	}
	return out
}

func (s *refusalSayer) others(g *whynot.Goal) {
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
		s.add(ofGoal, o.At, say(text), aside(o.At))
	}
	if g.MoreInstead > 0 {
		s.add(ofGoal, "", aside(fmt.Sprintf("and %d more", g.MoreInstead)))
	}
}

func (s *refusalSayer) never(g *whynot.Goal) {
	parts := make([]string, len(g.Never))
	for i, n := range g.Never {
		parts[i] = n.Rule + " (" + n.Says + ")"
	}
	s.add(1, "", say("These rules conclude "+g.Type+" and never this:"), aside(strings.Join(parts, ", ")))
}

func (s *refusalSayer) rule(r *whynot.Rule) RuleText {
	ref := strings.Join(r.Cites, " ")
	if r.Extension != "" {
		ref = trimmed(ref, "extension", r.Extension)
	}
	out := RuleText{Head: []Run{say("Rule " + r.Rule), aside(trimmed(ref, r.At))}}
	if r.BoundOnly {
		s.add(ofRule, "", say(fmt.Sprintf("bound only: of more than %d choices not all were opened; at least %s not true in any",
			s.budget, conditions(r.AtLeast))))
	}
	for i := range r.Nearest {
		s.instance(&r.Nearest[i])
	}
	out.Said = s.take()
	return out
}

func conditions(n int) string {
	if n == 1 {
		return "1 condition is"
	}
	return fmt.Sprintf("%d conditions are", n)
}

func (s *refusalSayer) instance(in *whynot.Instance) {
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
	s.add(ofRule, "", say(head))
	for i := range in.Blockers {
		s.blocker(&in.Blockers[i])
	}
	if len(in.Enough) > 0 {
		parts := make([]string, len(in.Enough))
		for i, n := range in.Enough {
			parts[i] = n.Name + " = " + explain.Close.Print(n.Try)
		}
		s.add(ofChoice, "", say("tried, and enough for this rule: "+strings.Join(parts, ", ")))
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

func (s *refusalSayer) blocker(b *whynot.Blocker) {
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
	line := Said{Level: ofChoice, Bullet: true, Runs: []Run{say(text)}, At: b.At}
	if b.NotRow != "" {
		line.Runs = append(line.Runs, say("(of row "+b.NotRow+")"))
	} else if b.Line != "" {
		line.Runs = append(line.Runs, aside("in: "+b.Line))
	}
	line.Runs = append(line.Runs, aside(b.At))
	s.lines = append(s.lines, line)
	lead := "it would take "
	for _, w := range b.Ways {
		line := Said{Level: ofBlocker}
		parts := make([]string, len(w.Needs))
		for i := range w.Needs {
			parts[i] = s.need(&w.Needs[i])
			if goal := w.Needs[i].Goal; s.named[goal] {
				line.Goals = append(line.Goals, goal)
			}
		}
		line.Runs = []Run{say(lead + strings.Join(parts, ", and "))}
		s.lines = append(s.lines, line)
		lead = "or "
	}
	if b.MoreWays > 0 {
		s.add(ofBlocker, "", aside(fmt.Sprintf("or %d more", b.MoreWays)))
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

func (s *refusalSayer) need(n *whynot.Need) string {
	var text string
	switch n.Kind {
	case "more":
		text = further(n)
	case "absent":
		text = n.Name + " not to be there"
		if n.Where != "" {
			text += " (" + n.Where + ")"
		}
	default:
		text = n.Name + " " + n.Values.Text + " (" + now(n) + ")"
	}
	if s.named[n.Goal] {
		text += ": see " + n.Goal
	}
	return text
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
