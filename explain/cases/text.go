package cases

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"truce/explain/report"
)

// JSON writes the table as one indented JSON object.
func (s *Score) JSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(s)
}

// Text writes the cases, the variants side by side, then the counts of each
// variant. Tables are not wrapped.
func (s *Score) Text(w io.Writer) error {
	var b strings.Builder
	s.cases(&b)
	for i := range s.Variants {
		b.WriteByte('\n')
		s.Variants[i].counts(&b)
	}
	b.WriteString("\nAn open answer is never a hit. Rates are of all cases that have a label; behind them stands the Wilson interval\n" +
		"at 95 percent. The base rate is what the commonest label alone would score.\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// cases writes a line for each case.
func (s *Score) cases(b *strings.Builder) {
	if len(s.Variants) == 0 {
		return
	}
	head := []string{"case", "happened"}
	for _, v := range s.Variants {
		head = append(head, v.Name, "")
	}
	table := [][]string{head}
	for i := range s.Variants[0].Rows {
		first := &s.Variants[0].Rows[i]
		line := []string{first.Case, happened(first)}
		for n, v := range s.Variants {
			if r := &v.Rows[i]; n > 0 && r.same(first) {
				line = append(line, "the same", "")
			} else {
				line = append(line, r.answer(), r.verdict())
			}
		}
		table = append(table, line)
	}
	write(b, table, nil)
}

func happened(r *Row) string {
	switch {
	case r.Label == "":
		return "-"
	case r.Second != "":
		return r.Label + " (or " + r.Second + ")"
	}
	return r.Label
}

// same reports whether two rows of one case say the same.
func (r *Row) same(other *Row) bool {
	return r.Outcome == other.Outcome && r.Error == other.Error && slices.Equal(r.Values, other.Values) &&
		r.NoneCanHold == other.NoneCanHold
}

// answer is the answer in short, with the label that a settled one counts as.
func (r *Row) answer() string {
	switch {
	case r.Error != "":
		first, _, _ := strings.Cut(r.Error, "\n")
		return first
	case r.Settled && r.Values[0] != r.Labels[0]:
		return r.Values[0] + " (" + r.Labels[0] + ")"
	case r.Settled:
		return r.Values[0]
	}
	values := r.Values
	if r.NoneCanHold {
		values = append(slices.Clone(values), "none")
	}
	return "open: " + strings.Join(values, ", ")
}

func (r *Row) verdict() string {
	switch {
	case r.Outcome == Failure || r.Outcome == Unlabelled:
		return string(r.Outcome)
	case r.OnSecond:
		return "wrong, but the second label"
	case r.Outcome == OpenWith:
		return "label in it"
	case r.Outcome == OpenWithout:
		return "label not in it"
	}
	return string(r.Outcome)
}

// counts writes a line for each part of a variant.
func (v *Variant) counts(b *strings.Builder) {
	table := [][]string{{v.Name, "cases", "right", "wrong", "open with", "open without", "failed", "rate", "95 percent", "base rate", ""}}
	add := func(lead string, p *Part) {
		line := []string{lead + p.Name}
		for _, n := range []int{p.Cases, p.Right, p.Wrong, p.OpenWith, p.OpenWithout, p.Failed} {
			line = append(line, fmt.Sprint(n))
		}
		table = append(table, append(line, percent(p.Rate), interval(p.Rate), percent(p.Base), p.BaseLabel))
	}
	add("", &v.All)
	for i := range v.Tiers {
		add("tier ", &v.Tiers[i])
	}
	for i := range v.Groups {
		add("", &v.Groups[i])
	}
	write(b, table, []int{1, 2, 3, 4, 5, 6, 7, 9})
	if s := v.All.OfSettled; s.Of > 0 {
		fmt.Fprintf(b, "Of the %d settled ones %d are right: %s, %s.\n", s.Of, s.Hits, percent(s), interval(s))
	}
	if n := v.All.OnSecond; n > 0 {
		fmt.Fprintf(b, "Of the wrong ones %d are settled on the second label that the case allows for.\n", n)
	}
	if n := v.All.Unlabelled; n > 0 {
		fmt.Fprintf(b, "%d have no label and are in no rate.\n", n)
	}
}

func percent(r Rate) string {
	if r.Of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.0f%%", 100*r.Share)
}

func interval(r Rate) string {
	if r.Of == 0 {
		return ""
	}
	return fmt.Sprintf("%.0f%% to %.0f%%", 100*r.Low, 100*r.High)
}

// write lays out a table: two spaces between columns, those listed to the right.
func write(b *strings.Builder, table [][]string, right []int) {
	var widths []int
	for _, line := range table {
		for i := range line {
			line[i] = report.Printable(line[i])
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(line[i]))
		}
	}
	for _, line := range table {
		var out strings.Builder
		for i, cell := range line {
			pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i > 0 {
				out.WriteString("  ")
			}
			if slices.Contains(right, i) {
				out.WriteString(pad + cell)
			} else {
				out.WriteString(cell + pad)
			}
		}
		b.WriteString(strings.TrimRight(out.String(), " ") + "\n")
	}
}
