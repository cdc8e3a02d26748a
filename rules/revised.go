package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"truce/facts/source"
)

// Revision is what a copy of a pack has in place of its own: all thresholds, all
// assumptions, all rules. What is nil is kept. A rule that is a row asks of the other rows
// of its table in the revision what the hit policy says, whatever its steps asked before.
type Revision struct {
	Thresholds  []*Threshold // in pack order, of the same names and types
	Assumptions []*Assumption
	Rules       []*Rule // the rows of a table together
	Note        string  // what was changed: part of the copy's digest
}

// Revised is a copy of the pack as it would be loaded with such thresholds and rules in
// its files, or what is wrong with it then. Expressions are taken as checked, and what
// the loader merely warns of is passed over. Neither the pack nor what the revision
// holds is changed.
func (p *Pack) Revised(r Revision) (*Pack, source.Diagnostics) {
	q := *p
	if r.Thresholds != nil {
		q.Thresholds = r.Thresholds
		for _, c := range q.Constraints {
			if d := c.broken(q.Thresholds); d != nil {
				return nil, source.Diagnostics{*d}
			}
		}
	}
	if r.Assumptions != nil {
		q.Assumptions = r.Assumptions
	}
	if r.Rules != nil {
		if ds := q.rewrite(r.Rules); ds.HasErrors() {
			return nil, ds
		}
		q.Report = p.Report.copied()
		g := newGraph(&q)
		if ds := g.stratify(); ds.HasErrors() {
			return nil, ds
		}
		q.leads = g.leads()
		if ds := g.leaks(q.leads); ds.HasErrors() {
			return nil, ds
		}
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s revised %q", p.Digest, r.Note)
	q.Digest = hex.EncodeToString(h.Sum(nil))
	return &q, nil
}

// rewrite makes copies of rules the pack's, and writes the rows of tables anew.
func (p *Pack) rewrite(list []*Rule) source.Diagnostics {
	p.Rules = make([]*Rule, 0, len(list))
	p.Tables = slices.Clone(p.Tables)
	for i := 0; i < len(list); {
		row := list[i].Row
		var rows []*tableRow
		for ; i < len(list) && (len(rows) == 0 || row != nil && list[i].Row != nil && list[i].Row.Table == row.Table); i++ {
			c := *list[i]
			c.Index = len(p.Rules)
			p.Rules = append(p.Rules, &c)
			rows = append(rows, &tableRow{rule: &c})
		}
		if row == nil {
			continue
		}
		if ds := p.rewriteTable(row, rows); ds.HasErrors() {
			return ds
		}
	}
	return nil
}

// rewriteTable writes the rows of a table by what is their own in the steps that they
// have.
func (p *Pack) rewriteTable(as *Row, rows []*tableRow) source.Diagnostics {
	t := &table{l: &loader{}, name: as.Table, hit: as.Hit, common: rows[0].rule.When[:as.Common], rows: rows}
	for i, r := range rows {
		row := *r.rule.Row
		row.Index = i
		r.rule.Row = &row
		r.conds = r.rule.OwnSteps()
		r.bare = len(r.conds) == 0
	}
	if !t.write() {
		return t.l.ds
	}
	i := slices.IndexFunc(p.Tables, func(x *Table) bool { return x.Name == t.name })
	entry := *p.Tables[i]
	entry.Common = t.common
	p.Tables[i] = &entry
	return nil
}

// OwnSteps are the steps that only this row of its table has; of a rule that is no row,
// all of them.
func (r *Rule) OwnSteps() []*Step {
	if r.Row == nil {
		return r.When
	}
	var own []*Step
	for _, s := range r.When[r.Row.Common:] {
		if s.NotRow == "" {
			c := *s
			own = append(own, &c)
		}
	}
	return own
}

// copied is a report whose lines can be numbered anew.
func (p *Report) copied() *Report {
	q := *p
	q.Sections = nil
	for _, s := range p.Sections {
		c := *s
		c.Lines = nil
		for _, l := range s.Lines {
			rule := *l.Rule
			c.Lines = append(c.Lines, &Line{Rule: &rule, Weight: l.Weight})
		}
		q.Sections = append(q.Sections, &c)
	}
	return &q
}
