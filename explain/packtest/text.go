package packtest

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// Text writes coverage as a table by theme, and what is not covered.
func (d *CoverageDocument) Text(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "theme\trules\tconditions, true and false")
	row := func(name string, of, conditions CountItem) {
		fmt.Fprintf(t, "%s\t%s\t%s\n", name, of.text(), conditions.text())
	}
	for _, x := range d.Themes {
		row(x.Theme, x.Rules, x.Conditions)
	}
	row("all", d.Rules, d.Conditions)
	if d.Report.Lines.All > 0 {
		row("lines of the report", d.Report.Lines, d.Report.Conditions)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	if err := missingText(w, "not covered", d.Missing); err != nil {
		return err
	}
	return missingText(w, "not covered of the report", d.Report.Missing)
}

func (c CountItem) text() string {
	if c.All == 0 {
		return "none"
	}
	return fmt.Sprintf("%d of %d, %s", c.Covered, c.All, percent(c.Percent))
}

// percent is a share that reads 100% only where nothing is missing.
func percent(x float64) string {
	s := fmt.Sprintf("%.1f", x)
	if s == "100.0" && x < 100 {
		s = "99.9"
	}
	return strings.TrimSuffix(s, ".0") + "%"
}

func missingText(w io.Writer, head string, list []MissedItem) error {
	if len(list) == 0 {
		return nil
	}
	var b strings.Builder
	b.WriteString(head + ":\n")
	for _, m := range list {
		if m.Text == "" {
			fmt.Fprintf(&b, "  %s: %s never holds\n", m.At, m.Rule)
			continue
		}
		fmt.Fprintf(&b, "  %s: %s: %s is never %s\n", m.At, m.Rule, m.Text, m.Outcome)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Text writes a table of mutants by kind, and the survivors.
func (d *MutationDocument) Text(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "mutants\tkilled")
	for _, k := range d.Kinds {
		fmt.Fprintf(t, "%s\t%s\n", k.Kind, k.Killed.text())
	}
	fmt.Fprintf(t, "all\t%s\n", d.Killed.text())
	if err := t.Flush(); err != nil {
		return err
	}
	var b strings.Builder
	if d.Tried < d.All {
		fmt.Fprintf(&b, "a sample: %d of %d mutants\n", d.Tried, d.All)
	}
	if d.Unloadable > 0 {
		fmt.Fprintf(&b, "not counted: %d with which the pack would not load\n", d.Unloadable)
	}
	if d.Equivalent > 0 {
		fmt.Fprintf(&b, "not counted: %d that no facts tell from the pack\n", d.Equivalent)
	}
	if len(d.Survivors) > 0 {
		b.WriteString("survivors:\n")
	}
	for _, s := range d.Survivors {
		fmt.Fprintf(&b, "  %s: %s\n", s.At, s.says)
		if s.Nearest == nil {
			b.WriteString("    no test comes here\n")
			continue
		}
		fmt.Fprintf(&b, "    nearest: %s at %s\n", s.Nearest.Test, s.Nearest.At)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
