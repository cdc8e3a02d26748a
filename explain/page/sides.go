package page

import (
	"fmt"
	"strings"

	"truce/explain/report"
	"truce/explain/search"
	"truce/explain/whynot"
)

// Rival is a value that the answer is not settled on, with the best case for it and
// what stands in its way.
type Rival struct {
	ID     string
	Value  string
	Says   string // the pack's sentence for it
	Status string // can hold, cannot hold
	Said   []Said // what is there instead
	Rule   []Run  // the rule of the best case
	Best   []Said
	Rules  []Rule // all that could conclude it, with their nearest choices of facts
	Never  []Said
}

// Rule is a rule that could conclude a goal.
type Rule struct {
	Head []Run
	Said []Said
}

// Goal is something that a rival needs in turn.
type Goal struct {
	ID     string
	Goal   string
	Status string
	Said   []Said
	Rules  []Rule
}

func (b *builder) sides(r *whynot.Rivals) ([]Rival, []Goal) {
	texts := report.TextsOf(r.Goals, r.Budget)
	anchors := map[string]string{}
	for i := range texts {
		anchors[texts[i].Goal] = fmt.Sprintf("goal-%d", i+1)
	}
	link := func(lines []Said) []Said {
		for i := range lines {
			for k := range lines[i].Goals {
				lines[i].Goals[k].To = anchors[lines[i].Goals[k].Text]
			}
		}
		return lines
	}
	rules := func(t *report.GoalText) []Rule {
		var out []Rule
		for _, r := range t.Rules {
			out = append(out, Rule{runs(r.Head), link(said(r.Said))})
		}
		return out
	}
	rivals := make([]Rival, len(r.Rivals))
	for i := range r.Rivals {
		v, t := &r.Rivals[i], &texts[i]
		one := Rival{ID: anchors[t.Goal], Value: v.Value, Says: b.says(v.Value), Status: v.Status,
			Said: said(t.Said), Rules: rules(t), Never: said(t.Never)}
		if v.Best != nil {
			one.Rule, one.Best = runs(t.Rules[0].Head), link(said(report.ChoiceText(v.Best, r.Goals)))
		}
		rivals[i] = one
	}
	var goals []Goal
	for i := len(rivals); i < len(texts); i++ {
		t := &texts[i]
		goals = append(goals, Goal{ID: anchors[t.Goal], Goal: t.Goal, Status: t.Status, Said: said(t.Said), Rules: rules(t)})
	}
	return rivals, goals
}

// says is the pack's sentence for a value of the goal, or the value.
func (b *builder) says(value string) string {
	for _, s := range b.in.Pack.Report.Answer {
		if s.Value == value {
			return s.Says
		}
	}
	return value
}

// Apart is the matrix of facts by answers.
type Apart struct {
	Caption   string
	Answers   []string
	Can       []string // whether each can hold as it is
	Rows      []ApartRow
	Notes     []string
	Exhausted bool
}

// ApartRow is one move of a fact.
type ApartRow struct {
	Fact  Link // of a further move of the same fact, none
	Move  string
	Signs []string
}

// apart is the matrix as the text has it.
func (b *builder) apart(s *search.Sides) Apart {
	rows := s.Matrix.Table()
	out := Apart{Caption: search.MatrixTitle, Answers: rows[0][2:], Can: rows[1][2:], Notes: s.Matrix.Notes(), Exhausted: s.Exhausted}
	for _, row := range rows[2:] {
		out.Rows = append(out.Rows, ApartRow{Fact: b.fieldLink(row[0]), Move: row[1], Signs: row[2:]})
	}
	return out
}

// fieldLink leads to the fact that a field is of.
func (b *builder) fieldLink(field string) Link {
	fact := field
	if i := strings.LastIndexByte(field, '.'); i >= 0 {
		fact = field[:i]
	}
	return Link{b.facts[fact], field}
}
