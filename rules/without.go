package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"truce/rules/condition"
)

// Without is a copy of the pack without the rules, rows, lines of the report and
// thresholds whose citations drop chooses, and without the rules, rows, lines,
// rows of the confidence table and constraints that read such a threshold. Rows
// that stood behind a dropped row no longer ask that it does not hold.
//
// Assumptions, tests and the schema stay. The thresholds stay in the list, where
// expressions find them by index; nothing reads a dropped one any more. Such a
// copy answers what the pack would say without a claim. It may conclude no goal.
func (p *Pack) Without(drop func(cites []string) bool) *Pack {
	w := &without{drop: func(cites []string, _ string) bool { return drop(cites) }}
	return w.from(p)
}

// WithoutExtension is a copy of the pack without what an extension adds: its rules,
// rows, lines, thresholds and assumptions, and what reads such a threshold, as Without
// has it. The schema, the claims and the tests stay.
func (p *Pack) WithoutExtension(id string) *Pack {
	w := &without{drop: func(_ []string, extension string) bool { return extension == id }}
	var kept []*Assumption
	for _, a := range p.Assumptions {
		if a.Extension == id {
			w.gone = append(w.gone, a.Name())
		} else {
			kept = append(kept, a)
		}
	}
	q := w.from(p)
	q.Assumptions = kept
	return q
}

// from is a copy of a pack without what is to be dropped.
func (w *without) from(p *Pack) *Pack {
	w.thresholds = map[int]bool{}
	for _, t := range p.Thresholds {
		if w.drop(t.Cites, t.Extension) {
			w.thresholds[t.Index] = true
		}
	}
	q := *p
	q.Rules = w.rules(p.Rules)
	q.Constraints = nil
	for _, c := range p.Constraints {
		if !w.reads(c.Cond) {
			q.Constraints = append(q.Constraints, c)
		}
	}
	q.Report = w.report(p.Report)
	q.Digest = w.digest(p)
	// What is left of a pack without cycles has none.
	g := newGraph(&q)
	_ = g.stratify()
	q.leads = g.leads()
	return &q
}

type without struct {
	drop       func(cites []string, extension string) bool
	thresholds map[int]bool // dropped, by index
	gone       []string     // names of all that is left out
}

// reads reports whether an expression reads a dropped threshold.
func (w *without) reads(e condition.Expr) bool {
	found := false
	condition.Walk(e, func(e condition.Expr) bool {
		if t, ok := e.(*condition.Threshold); ok && w.thresholds[t.Index] {
			found = true
		}
		return !found
	})
	return found
}

func (w *without) saysReads(t *Template) bool {
	if t == nil {
		return false
	}
	for _, part := range t.Parts {
		if part.Expr != nil && w.reads(part.Expr) {
			return true
		}
	}
	return false
}

// goes reports whether a rule is left out. That an earlier row does not hold is no
// reading of what the earlier row reads.
func (w *without) goes(r *Rule) bool {
	if w.drop(r.Cites, r.Extension) || w.saysReads(r.Says) {
		return true
	}
	for _, s := range r.When {
		if s.Expr != nil && s.NotRow == "" && w.reads(s.Expr) {
			return true
		}
	}
	for _, c := range r.Then {
		for _, e := range c.Fields {
			if w.reads(e) {
				return true
			}
		}
	}
	return false
}

func (w *without) rules(rules []*Rule) []*Rule {
	goes := map[string]bool{}
	last := map[string]*Rule{} // of each table
	for _, r := range rules {
		if goes[r.Name] = w.goes(r); goes[r.Name] {
			w.gone = append(w.gone, r.Name)
		}
		if r.Row != nil {
			last[r.Row.Table] = r
		}
	}
	var kept []*Rule
	for _, r := range rules {
		if goes[r.Name] {
			continue
		}
		c := *r
		c.Index = len(kept)
		if r.Row != nil {
			c.When = c.withoutRows(goes)
			row := *r.Row
			row.Total = row.Total && !goes[last[row.Table].Name]
			c.Row = &row
		}
		kept = append(kept, &c)
	}
	return kept
}

// withoutRows is a row's steps without those that ask of rows left out.
func (r *Rule) withoutRows(gone map[string]bool) []*Step {
	var steps []*Step
	for _, s := range r.When {
		if s.NotRow != "" && gone[r.Row.Table+"/"+s.NotRow] {
			continue
		}
		c := *s
		c.Index = len(steps)
		steps = append(steps, &c)
	}
	return steps
}

func (w *without) report(p *Report) *Report {
	q := *p
	q.Sections, q.Confidence = nil, nil
	for _, s := range p.Sections {
		c := *s
		c.Lines = nil
		for _, l := range s.Lines {
			if w.goes(l.Rule) || l.Weight != nil && w.reads(l.Weight) {
				w.gone = append(w.gone, l.Rule.Name)
				continue
			}
			rule := *l.Rule
			c.Lines = append(c.Lines, &Line{Rule: &rule, Weight: l.Weight})
		}
		q.Sections = append(q.Sections, &c)
	}
	for _, row := range p.Confidence {
		if row.When == nil || !w.reads(row.When) {
			q.Confidence = append(q.Confidence, row)
		}
	}
	return &q
}

// digest names the pack by what it was and what it has lost.
func (w *without) digest(p *Pack) string {
	if len(w.gone) == 0 {
		return p.Digest
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s without %q", p.Digest, w.gone)
	return hex.EncodeToString(h.Sum(nil))
}
