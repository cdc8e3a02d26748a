package cover

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// Document is the JSON form of coverage.
type Document struct {
	Rules      Count        `json:"rules"`
	Conditions Count        `json:"conditions"` // two outcomes each
	Report     ReportItem   `json:"report"`     // its lines, which count apart
	Themes     []ThemeItem  `json:"themes"`
	Missing    []MissedItem `json:"missing"`
}

// Count is how much of all is covered.
type Count struct {
	Covered int     `json:"covered"`
	All     int     `json:"all"`
	Percent float64 `json:"percent"`
}

// ReportItem is the coverage of the lines of the report.
type ReportItem struct {
	Lines      Count        `json:"lines"`
	Conditions Count        `json:"conditions"`
	Missing    []MissedItem `json:"missing"`
}

// ThemeItem is the coverage of the rules of one file.
type ThemeItem struct {
	Theme      string `json:"theme"`
	Rules      Count  `json:"rules"`
	Conditions Count  `json:"conditions"`
}

// MissedItem is a rule that holds in no run, or an outcome that no run meets.
type MissedItem struct {
	At      string `json:"at"`
	Rule    string `json:"rule"`
	Text    string `json:"text,omitempty"`    // of the condition; of a rule "": it never holds
	Outcome string `json:"outcome,omitempty"` // true or false
}

// Document is the coverage in its JSON form.
func (c *Coverage) Document() *Document {
	d := &Document{Missing: missing(c.Rules), Report: ReportItem{Missing: missing(c.Lines)}}
	d.Rules, d.Conditions = countsOf(c.Rules)
	d.Report.Lines, d.Report.Conditions = countsOf(c.Lines)
	var themes []string
	of := map[string][]Rule{}
	for _, r := range c.Rules {
		if of[r.Rule.Theme] == nil {
			themes = append(themes, r.Rule.Theme)
		}
		of[r.Rule.Theme] = append(of[r.Rule.Theme], r)
	}
	slices.Sort(themes)
	for _, theme := range themes {
		item := ThemeItem{Theme: theme}
		item.Rules, item.Conditions = countsOf(of[theme])
		d.Themes = append(d.Themes, item)
	}
	return d
}

func countsOf(list []Rule) (ofRules, ofConditions Count) {
	a, b := CountRules(list)
	return a.Item(), b.Item()
}

// Item is the count in its JSON form.
func (c Covered) Item() Count { return Count{c.Hit, c.All, c.Percent()} }

func missing(list []Rule) []MissedItem {
	items := []MissedItem{}
	for _, r := range list {
		if !r.Holds {
			items = append(items, MissedItem{At: r.Rule.Span.String(), Rule: r.Rule.Name})
		}
		for _, c := range r.Conditions {
			add := func(met bool, outcome string) {
				if !met {
					items = append(items, MissedItem{c.Expr.Span().String(), r.Rule.Name, c.Expr.Text(), outcome})
				}
			}
			add(c.True, "true")
			add(c.False, "false")
		}
	}
	return items
}

// Text writes coverage as a table by theme, and what is not covered.
func (d *Document) Text(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "theme\trules\tconditions, true and false")
	row := func(name string, of, conditions Count) {
		fmt.Fprintf(t, "%s\t%s\t%s\n", name, of.String(), conditions.String())
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

// String is the count in words.
func (c Count) String() string {
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
