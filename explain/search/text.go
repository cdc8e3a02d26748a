package search

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"truce/explain"
	"truce/explain/report"
)

// JSON writes any document of this package as one indented JSON object.
func JSON(w io.Writer, doc any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(doc)
}

// writer is report's, with the lines that every document of this package has.
type writer struct{ report.Writer }

func newWriter(style report.Style) *writer { return &writer{report.Writer{Style: style}} }

func (w *writer) head(a *About, question string) {
	w.Bold("%s, as of %s: %s. %s", a.Case, a.AsOf, a.Answer.Words(), question)
}

func (w *writer) foot(a *About, e *Effort) {
	w.Line("", "%s of the rules.", counted(e.Runs, "run"))
	if a.Disclaimer != "" {
		w.Line("", "%s", a.Disclaimer)
	}
}

// Words is an answer in words: "settled on sail", "open between sail, stay".
func (a *Answer) Words() string {
	values := append([]string(nil), a.Values...)
	if a.NoneCanHold {
		values = append(values, "none")
	}
	switch {
	case a.Error != "":
		return "an error: " + a.Error
	case len(values) == 0:
		return "no answer"
	case a.Settled:
		return "settled on " + values[0]
	}
	return "open between " + strings.Join(values, ", ")
}

func show(v explain.Value) string { return v.Type.Format(v.Value) }

// shown is a value with its unit.
func shown(v explain.Value) string { return v.Type.FormatUnit(v.Value) }

// far prints a distance.
func far(x float64) string { return explain.Brief.Number(x) }

// Text writes the changes that settle an answer.
func (f *Flip) Text(to io.Writer, style report.Style) error {
	w := newWriter(style)
	w.head(&f.About, "What settles it on "+f.To+"?")
	switch {
	case f.Already:
		w.Line("", "It is settled on %s as it is.", f.To)
	case len(f.Parts) > 0:
		return f.parts(w, to, style)
	case f.Impossible:
		w.Line("", "Nothing does: with all %s at their whole ranges at once, %s cannot hold.", counted(len(f.Moving), "value"), f.To)
	default:
		f.ways(w)
	}
	f.held(w)
	if f.WhyNot == nil {
		w.foot(&f.About, &f.Effort)
		return w.Flush(to)
	}
	w.Line("", "What stands in its way, whatever those values are:")
	if err := w.Flush(to); err != nil {
		return err
	}
	if err := report.WhyNotText(to, f.WhyNot, style); err != nil {
		return err
	}
	w = newWriter(style)
	w.foot(&f.About, &f.Effort)
	return w.Flush(to)
}

// held says what else could be moved where no way was found.
func (f *Flip) held(w *writer) {
	if len(f.Held) > 0 && !f.Already && f.Fewest == nil {
		w.Line("", "The pack declares fixed: %s. --free NAME moves one all the same.", strings.Join(f.Held, ", "))
	}
}

// parts writes what excludes the answer part by part.
func (f *Flip) parts(w *writer, to io.Writer, style report.Style) error {
	w.Line("", "Nothing does, whatever the %s are that could move: %s cannot hold in any part of the range of %s.",
		counted(len(f.Moving), "value"), f.To, f.Parts[0].Name)
	f.held(w)
	for i := range f.Parts {
		p := &f.Parts[i]
		w.Line("", "With %s %s and all else at its whole range, this stands in its way:", p.Name, shown(p.Value))
		if err := w.Flush(to); err != nil {
			return err
		}
		if p.WhyNot == nil {
			continue
		}
		if err := report.WhyNotText(to, p.WhyNot, style); err != nil {
			return err
		}
	}
	w.foot(&f.About, &f.Effort)
	return w.Flush(to)
}

func (f *Flip) ways(w *writer) {
	if f.Fewest == nil {
		w.Line("", "No way was found; any way takes %s or more.", counted(f.AtLeast, "change"))
	} else {
		w.Bold("Fewest changes: %d, %s.", len(f.Fewest.Changes), f.fewestProof())
		w.changes(f.Fewest)
	}
	if f.Nearest != nil {
		same := f.Fewest != nil && f.Fewest.same(f.Nearest)
		w.Bold("Nearest: a distance of %s, %s.", far(f.Nearest.Distance), f.nearestProof())
		if same {
			w.Line("  ", "the same")
		} else {
			w.changes(f.Nearest)
		}
	}
	if len(f.Needed) > 0 {
		w.Line("", "Any way changes %s.", strings.Join(f.Needed, ", "))
	}
	w.Line("", "%s could move; sets refuted at their whole range: %d, parts of ranges: %d.%s", counted(len(f.Moving), "value"),
		f.SetsRefuted, f.Boxes, map[bool]string{true: " The runs were used up: --runs gives more."}[f.Exhausted])
}

func (f *Flip) fewestProof() string {
	w := f.Fewest
	switch {
	case w.ProvedFewest && w.ProvedNearest:
		return "at a distance of " + far(w.Distance) + "; proved: no fewer, and none nearer with as many"
	case w.ProvedFewest:
		return "at a distance of " + far(w.Distance) + "; proved: no fewer; bound only: as many may do it nearer"
	}
	return fmt.Sprintf("at a distance of %s; bound only: %d or more are needed", far(w.Distance), f.AtLeast)
}

func (f *Flip) nearestProof() string {
	if f.Nearest.ProvedNearest {
		return "proved: nothing is nearer"
	}
	return fmt.Sprintf("bound only: there is nothing nearer than %s", far(f.Nearest.AtLeast))
}

func (w *Way) same(x *Way) bool {
	if len(w.Changes) != len(x.Changes) {
		return false
	}
	for i := range w.Changes {
		if w.Changes[i].Name != x.Changes[i].Name || !w.Changes[i].To.Value.Same(x.Changes[i].To.Value) {
			return false
		}
	}
	return true
}

func (w *writer) changes(way *Way) {
	var rows [][]string
	for _, c := range way.Changes {
		rows = append(rows, []string{c.Name, c.from() + " -> " + shown(c.To), far(c.Distance)})
	}
	w.Table(rows)
}

// from is the value before, with where it comes from unless the case gives it.
func (c *Change) from() string {
	s := show(c.From)
	if c.Origin == "" || c.Origin == "given" {
		return s
	}
	return s + " (" + c.Origin + ")"
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// Text writes the changes and what differs.
func (x *WhatIf) Text(to io.Writer, f report.CompareForm) error {
	w := newWriter(f.Style)
	w.Bold("What if")
	var rows [][]string
	for _, c := range x.Changes {
		then := shown(c.To)
		if c.Then != "" && c.Then != "given" {
			then += " (" + c.Then + ")"
		}
		rows = append(rows, []string{c.Name, c.from() + " -> " + then})
	}
	w.Table(rows)
	w.Line("", "A is the case as it is, B with these changes.")
	if x.Error != "" {
		w.Line("", "B has no answer: %s", x.Error)
	}
	if err := w.Flush(to); err != nil {
		return err
	}
	return report.CompareText(to, x.Compare, f)
}

// Text writes a tornado: how far each value may go either way before the answer
// falls, the nearest to fall first.
func (r *Robustness) Text(to io.Writer, style report.Style) error {
	w := newWriter(style)
	w.head(&r.About, "How far may each value go alone?")
	c := r.Chart()
	var rows, choices [][]string
	for i := range c.Bars {
		b := &c.Bars[i]
		rows = append(rows, []string{b.Name, b.At, b.Picture.text(), b.Below, b.Above, b.Remarks})
	}
	for i := range c.Choices {
		b := &c.Choices[i]
		choices = append(choices, []string{b.Name, "is " + b.At + ";", b.Falls})
	}
	if len(rows) > 0 {
		w.Line("", "Each side of the bar is the width of what is plausible; # is where the answer stands, x where it falls.")
		w.Table(rows)
	}
	if len(choices) > 0 {
		w.Line("", "True or false, or one of several:")
		w.Table(choices)
	}
	for _, note := range c.Notes {
		w.Line("", "%s", note)
	}
	if r.Exhausted {
		w.Line("", "The runs were used up: --runs gives more.")
	}
	w.foot(&r.About, &r.Effort)
	return w.Flush(to)
}

func (r *Range) falls() string {
	var parts []string
	for i := range r.Others {
		if o := &r.Others[i]; !o.Stands {
			parts = append(parts, "as "+show(o.Value)+": "+o.Then.Words())
		}
	}
	return strings.Join(parts, "; ")
}

func (r *Range) end(e *End, way string) string {
	if e == nil {
		return ""
	}
	return fmt.Sprintf("%s %s: %s", way, show(e.Last), e.Then.Words())
}

// remarks say which end of an interval decides, and what was not proved.
func (r *Range) remarks() string {
	s := ""
	switch r.Bound {
	case "low", "high":
		s = "(the " + r.Bound + " end decides)"
	case "both":
		s = "(either end decides)"
	}
	if r.OnGrid {
		s += " (proved on the grid only)"
	}
	return s
}

// Text writes what each missing value would decide.
func (p *Prices) Text(to io.Writer, style report.Style) error {
	w := newWriter(style)
	w.head(&p.About, "What would it be worth to know?")
	if p.Answer.Settled {
		w.Line("", "Nothing that is unknown can change a settled answer.")
	}
	for i := range p.Unknown {
		x := &p.Unknown[i]
		w.Bold("%s (%s): %s in the worst outcome, %s on average", x.Name, shown(x.At), counted(x.Worst, "answer"), far(x.Mean))
		var rows [][]string
		for k := range x.Cells {
			rows = append(rows, []string{shown(x.Cells[k].Value), x.Cells[k].Then.Words()})
		}
		w.Table(rows)
		if x.Asked != "" {
			w.Line("  ", "asked: %s", x.Asked)
		}
	}
	if len(p.Idle) > 0 {
		w.Line("", "Knowing one of these alone changes nothing: %s.", strings.Join(p.Idle, ", "))
	}
	if len(p.Whole) > 0 {
		w.Line("", "Without a range to look through: %s.", strings.Join(p.Whole, ", "))
	}
	if p.Exhausted {
		w.Line("", "The runs were used up: --runs gives more.")
	}
	w.foot(&p.About, &p.Effort)
	return w.Flush(to)
}
