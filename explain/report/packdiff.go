package report

import (
	"fmt"
	"io"

	"truce/explain"
	"truce/explain/compare"
	"truce/explain/packdiff"
	"truce/rules/meaning"
)

// PackDiffJSON writes the difference of two packs as JSON.
func PackDiffJSON(w io.Writer, d *packdiff.Document) error { return writeJSON(w, d) }

// PackDiffText writes the difference of two packs: what means something else, what
// differs in words, the cases that come out otherwise, and the witness.
func PackDiffText(w io.Writer, d *packdiff.Document, f CompareForm) error {
	p := &packDiffer{printer{style: f.Style}, f.Full}
	p.changes(d)
	if d.Cases != nil {
		p.cases(d.Cases)
	}
	if d.Witness != nil {
		p.witness(d.Witness)
	}
	return p.flush(w)
}

// ChangesText writes changes, and no more.
func ChangesText(w io.Writer, list []packdiff.Change, f CompareForm) error {
	p := &packDiffer{printer{style: f.Style}, f.Full}
	for i := range list {
		p.change(&list[i])
	}
	return p.flush(w)
}

// CasesText writes how cases come out otherwise: in the short form those with another
// answer, and how many there are beside.
func CasesText(w io.Writer, list []packdiff.Case, f CompareForm) error {
	p := &packDiffer{printer{style: f.Style}, f.Full}
	p.list(list)
	return p.flush(w)
}

type packDiffer struct {
	printer
	full bool
}

func (p *packDiffer) title(format string, args ...any) {
	p.line(run{}, 0, run{bold, fmt.Sprintf(format, args...)})
}

func (p *packDiffer) changes(d *packdiff.Document) {
	if len(d.Changes) == 0 {
		p.title("Nothing differs in meaning.")
	} else {
		p.title("Differs in meaning: %s", counted(len(d.Changes), "change"))
	}
	for i := range d.Changes {
		p.change(&d.Changes[i])
	}
	if len(d.Words) == 0 {
		return
	}
	p.title("In words only: %d", len(d.Words))
	for i := range d.Words {
		c := &d.Words[i]
		if p.full {
			p.change(c)
			continue
		}
		p.line(run{}, deeper, run{"", c.Kind + " " + c.Name + ": "}, run{"", partNames(c)}, run{faint, bothAt(c.Old.At, c.New.At)})
	}
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func partNames(c *packdiff.Change) string {
	names := ""
	for i, p := range c.Parts {
		if i > 0 {
			names += ", "
		}
		names += p.Part
	}
	return names
}

func bothAt(a, b string) string {
	switch {
	case a == b || b == "":
		return a
	case a == "":
		return b
	}
	return a + " and " + b
}

// change writes what happened to an item: a value on one line, a part with more lines
// below it.
func (p *packDiffer) change(c *packdiff.Change) {
	text := c.Kind + " " + c.Name + " " + c.What
	if c.Old.Name != c.New.Name && c.Old.Name != "" && c.New.Name != "" {
		text = c.Kind + " " + c.Old.Name + " is now called " + c.New.Name
	}
	p.line(run{}, deeper, run{"", text}, run{faint, bothAt(c.Old.At, c.New.At)})
	if c.Kind == string(meaning.Test) && c.What != meaning.Changed.String() && !p.full {
		return // a whole case is a long one
	}
	for _, part := range c.Parts {
		if part.Words && !p.full && c.What != "changed" {
			continue
		}
		if len(part.Old) == 1 && len(part.New) == 1 && part.Old[0].At == part.New[0].At && part.Old[0].At == "" {
			p.line(run{"", part.Part + ": "}, inside, run{"", part.Old[0].Text + " -> " + part.New[0].Text})
			continue
		}
		for _, l := range part.Old {
			p.line(run{"31", "- "}, inside, run{"", part.Part + ": " + l.Text}, run{faint, l.At})
		}
		for _, l := range part.New {
			p.line(run{"32", "+ "}, inside, run{"", part.Part + ": " + l.Text}, run{faint, l.At})
		}
	}
}

func (p *packDiffer) cases(c *packdiff.Cases) {
	p.title("Cases: %d of %d with another answer, %d with the same answer and some other conclusion", c.Answers, c.Total, c.Conclusions)
	if c.Failures > 0 {
		p.line(run{}, deeper, run{"", counted(c.Failures, "case") + " that one of the packs alone answers"})
	}
	p.list(c.Differ)
}

func (p *packDiffer) list(differ []packdiff.Case) {
	aside := 0
	for i := range differ {
		if differ[i].Differs == packdiff.Conclusions && !p.full {
			aside++
			continue
		}
		p.kase(&differ[i])
	}
	if aside > 0 {
		p.line(run{}, deeper, run{faint, fmt.Sprintf("%s the same answer, and some other conclusion (--full lists them)", counted(aside, "more case")+has(aside))})
	}
}

func has(n int) string {
	if n == 1 {
		return " has"
	}
	return " have"
}

func (p *packDiffer) kase(c *packdiff.Case) {
	says := c.From.Says() + " -> " + c.To.Says()
	if c.Differs == packdiff.Conclusions {
		says = c.From.Says() + " as before; " + c.Fact + " differs"
	}
	p.line(run{bold, c.ID + ": "}, deeper, run{"", says})
	for _, s := range shownSteps(c.Path, p.full) {
		p.line(run{"", "- "}, inside, run{"", s.Text + ": old " + foundWords(&s.A) + "; new " + foundWords(&s.B)}, run{faint, places(&s.A, &s.B)})
	}
}

// shownSteps are, in the short form, the first condition of a path, or what else comes
// first, and its end.
func shownSteps(path []compare.Step, full bool) []*compare.Step {
	var list []*compare.Step
	first := -1
	for i := range path {
		if full {
			list = append(list, &path[i])
		} else if first < 0 && path[i].Kind == "condition" {
			first = i
		}
	}
	if full || len(path) == 0 {
		return list
	}
	first = max(first, 0)
	list = append(list, &path[first])
	if last := len(path) - 1; last > first {
		list = append(list, &path[last])
	}
	return list
}

func (p *packDiffer) witness(w *packdiff.Witness) {
	b := &w.Bounds
	took := fmt.Sprintf("%d runs of the rules from %s, up to %s moved at once among %d", b.Runs, counted(b.Starts, "case"), counted(b.Together, "value"), b.Values)
	if !w.Found {
		p.title("No case was found that tells the packs apart.")
		p.line(run{}, deeper, run{"", "Looked through: " + took + fmt.Sprintf("; %d of the cases moved, of %d runs allowed (--runs), no fact added or taken away.", b.Begun, b.Budget)})
		return
	}
	if w.Case.Differs == packdiff.Conclusions {
		p.title("A case made to tell the packs apart: the answer is the same, a conclusion is not")
	} else {
		p.title("A case made to tell the packs apart:")
	}
	p.kase(w.Case)
	from := "It is " + w.From + " as it stands"
	if len(w.Changes) > 0 {
		from = "It is " + w.From + " with"
	}
	for i, m := range w.Changes {
		if i > 0 {
			from += ","
		}
		from += " " + m.Name + " " + explain.Close.Print(m.To) + " in place of " + explain.Close.Print(m.From)
	}
	p.line(run{}, deeper, run{"", from + "."}, run{faint, "(" + took + ")"})
}
