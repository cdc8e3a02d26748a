package report

import (
	"strings"

	"truce/explain"
)

// reads writes what aggregates looked at, and notes the thresholds.
func (t *tree) reads(r *explain.Reads, in int) {
	for _, name := range r.Thresholds {
		t.used[name] = true
	}
	for i := range r.Aggregates {
		t.aggregate(&r.Aggregates[i], in)
	}
}

func (t *tree) aggregate(a *explain.Aggregate, in int) {
	counted, excluded := members(a.Counted), members(a.Excluded)
	var parts []string
	switch {
	case counted != "":
		parts = append(parts, "counted: "+counted)
	case excluded != "":
		parts = append(parts, "counted none")
	default:
		parts = append(parts, "there is no "+a.Type)
	}
	if excluded != "" {
		parts = append(parts, "looked at and left out: "+excluded)
	}
	if a.Open {
		parts = append(parts, "the case may not list all")
	}
	t.line(run{}, in, run{faint, a.Text + ": " + strings.Join(parts, "; ")})
}

func members(ms []explain.Member) string {
	parts := make([]string, len(ms))
	for i, m := range ms {
		parts[i] = m.Fact
		if !m.Value.IsZero() {
			parts[i] += " " + explain.Close.Print(m.Value)
		}
		if m.Selected == "unknown" {
			parts[i] += " (perhaps)"
		}
	}
	return strings.Join(parts, ", ")
}

// thresholds lists those that were shown, with their grounds.
func (t *tree) thresholds(all []explain.Threshold) {
	title := "Thresholds"
	for i := range all {
		th := &all[i]
		if !t.used[th.Name] {
			continue
		}
		if title != "" {
			t.line(run{}, 0, run{bold, title})
			title = ""
		}
		ref := strings.TrimSpace(strings.Join(th.Cites, " ") + " " + th.At)
		t.line(run{}, inside, run{"", th.Name + " = " + thresholdValue(th)}, run{"", "[" + th.Basis + "]"},
			run{faint, th.Because}, run{faint, ref})
	}
}

func thresholdValue(th *explain.Threshold) string {
	if len(th.Points) == 0 {
		return explain.Exact.Print(th.Value)
	}
	parts := make([]string, len(th.Points))
	for i, p := range th.Points {
		parts[i] = p.Level + " " + explain.Exact.Bare(p.Value)
	}
	s := strings.Join(parts, ", ")
	if u := th.Points[0].Value.Type.Unit; u != "" {
		s += " " + string(u)
	}
	return s
}
