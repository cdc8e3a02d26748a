package packtest

import (
	"fmt"
	"slices"

	"truce/explain/cover"
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

// Mutant is one small change of a pack, such as a slip of the pen would make, which good
// tests notice.
type Mutant struct {
	Kind    string // what sort of change: one of Kinds
	Of      string // "threshold storm", "rule warned"
	At      facts.Span
	Was     string // the text there, or what stands for it
	Becomes string // "" where it is taken out
	// Same says why no facts can tell the mutant from the pack; "" where that is not
	// shown.
	Same string

	short    string // Was and Becomes in fewer words; "" where there are none
	revision func(*rules.Pack) rules.Revision
	spots    []spot // where it can be noticed
}

// The kinds of mutants.
const (
	KindThreshold  = "threshold"  // a number moved by its step, or to an end of what is plausible; a level, a choice or a truth replaced
	KindPoints     = "points"     // the same of an entry of a table of points
	KindAssumption = "assumption" // what a case is taken to say where it is silent replaced
	KindComparison = "comparison" // < for <=, == for !=, or what holds where a comparison does not
	KindLogic      = "logic"      // and for or, a not or a side left out
	KindArithmetic = "arithmetic" // + for -, min for max
	KindAggregate  = "aggregate"  // any, all, none and one for each other, sum, min and max for each other
	KindLevel      = "level"      // a level of a scale that something is compared with moved, a name in a list left out
	KindLine       = "line"       // a condition left out
	KindRule       = "rule"       // a rule or a row left out
	KindOrder      = "order"      // two rows that follow each other swapped
	KindConclusion = "conclusion" // a value that is concluded replaced by its neighbour
)

// Kinds lists the kinds of mutants.
func Kinds() []string {
	return []string{KindThreshold, KindPoints, KindAssumption, KindComparison, KindLogic, KindArithmetic,
		KindAggregate, KindLevel, KindLine, KindRule, KindOrder, KindConclusion}
}

// String says what was changed.
func (m *Mutant) String() string {
	if m.short != "" {
		return m.Of + ": " + m.short
	}
	if m.Becomes == "" {
		return fmt.Sprintf("%s: %s left out", m.Of, m.Was)
	}
	return fmt.Sprintf("%s: %s for %s", m.Of, m.Becomes, m.Was)
}

// Apply is the pack with the mutant in it, as it would be loaded with the change in its
// files; nil where it would not load.
func (m *Mutant) Apply(p *rules.Pack) *rules.Pack {
	r := m.revision(p)
	r.Note = m.At.String() + " " + m.Kind + " " + m.String()
	q, ds := p.Revised(r)
	if ds.HasErrors() {
		return nil
	}
	return q
}

// spot is a line of a rule that the tests may come to.
type spot struct{ rule, line int }

// Mutants are those of a pack's thresholds, rules and assumptions, in the order of their
// places. What only sentences and lines of the report read has none, for no test sees a
// difference. Numbers that stand in rules as such are left alone: only thresholds say how
// far a number may move.
func Mutants(p *rules.Pack) []*Mutant {
	g := &generator{pack: p, spots: map[condition.Expr][]spot{}, thresholds: make([][]spot, len(p.Thresholds)), fields: map[*facts.Field][]spot{}}
	for _, r := range p.Rules {
		for _, at := range cover.AllExpressions(r) {
			g.index(at)
		}
	}
	g.ofThresholds()
	g.ofAssumptions()
	for _, r := range p.Rules {
		for _, at := range cover.Expressions(r) {
			g.ofExpression(at)
		}
		g.ofLines(r)
		g.ofRule(r)
	}
	slices.SortStableFunc(g.list, func(a, b *Mutant) int { return a.At.Compare(b.At) })
	return g.list
}

type generator struct {
	pack       *rules.Pack
	list       []*Mutant
	spots      map[condition.Expr][]spot // of each expression that stands somewhere, whole or in part
	thresholds [][]spot                  // where each is read
	fields     map[*facts.Field][]spot   // likewise
	done       map[condition.Expr]bool   // what rows share, once
}

// index notes where the parts of an expression stand.
func (g *generator) index(at cover.Place) {
	s := spot{at.Rule.Index, at.Line}
	condition.Walk(at.Expr, func(e condition.Expr) bool {
		g.spots[e] = append(g.spots[e], s)
		switch e := e.(type) {
		case *condition.Threshold:
			g.thresholds[e.Index] = append(g.thresholds[e.Index], s)
		case *condition.FieldOf:
			g.fields[e.Field] = append(g.fields[e.Field], s)
		case *condition.ElementField:
			g.fields[e.Field] = append(g.fields[e.Field], s)
		}
		return true
	})
}

func (g *generator) add(m *Mutant) { g.list = append(g.list, m) }

// ofLines leaves out each condition. Of what the rows of a table share, the first row
// speaks for all.
func (g *generator) ofLines(r *rules.Rule) {
	for i, s := range r.When {
		if s.Kind != rules.Condition || s.NotRow != "" {
			continue
		}
		if shared(r, i) && r.Row.Index != g.firstRow(r) {
			continue
		}
		g.add(&Mutant{Kind: KindLine, Of: "rule " + r.Name, At: s.Span, Was: s.Text, spots: g.spots[s.Expr],
			revision: func(p *rules.Pack) rules.Revision { return withoutLine(p, s.Expr) }})
	}
}

func shared(r *rules.Rule, line int) bool { return r.Row != nil && line < r.Row.Common }

// firstRow is the index of the first row of a rule's table.
func (g *generator) firstRow(r *rules.Rule) int {
	for _, x := range g.pack.Rules {
		if x.Row != nil && x.Row.Table == r.Row.Table {
			return x.Row.Index
		}
	}
	return -1
}

// withoutLine takes the line with a condition out of each rule that has it.
func withoutLine(p *rules.Pack, cond condition.Expr) rules.Revision {
	return rules.Revision{Rules: each(p.Rules, func(r *rules.Rule) *rules.Rule {
		i := slices.IndexFunc(r.When, func(s *rules.Step) bool { return s.Expr == cond })
		if i < 0 {
			return r
		}
		c := *r
		c.When = make([]*rules.Step, 0, len(r.When)-1)
		for _, s := range slices.Concat(r.When[:i], r.When[i+1:]) {
			step := *s
			step.Index = len(c.When)
			c.When = append(c.When, &step)
		}
		if shared(r, i) {
			row := *r.Row
			row.Common--
			c.Row = &row
		}
		return &c
	})}
}

func each(list []*rules.Rule, change func(*rules.Rule) *rules.Rule) []*rules.Rule {
	out := make([]*rules.Rule, len(list))
	for i, r := range list {
		out[i] = change(r)
	}
	return out
}

// ofRule leaves out a rule or a row, and swaps a row with the next.
func (g *generator) ofRule(r *rules.Rule) {
	m := &Mutant{Kind: KindRule, Of: "rule " + r.Name, At: r.Span, Was: "the rule", spots: []spot{{r.Index, len(r.When)}},
		revision: func(p *rules.Pack) rules.Revision {
			return rules.Revision{Rules: slices.Delete(slices.Clone(p.Rules), r.Index, r.Index+1)}
		}}
	g.add(m)
	if r.Row == nil {
		return
	}
	// Later rows ask whether this one holds.
	m.Was, m.spots = "the row", g.rowSpots(r)
	next := r.Index + 1
	if next == len(g.pack.Rules) {
		return
	}
	if after := g.pack.Rules[next]; after.Row != nil && after.Row.Table == r.Row.Table {
		g.add(&Mutant{Kind: KindOrder, Of: "rule " + r.Name, At: r.Span, Was: r.Row.Name + " before " + after.Row.Name,
			Becomes: after.Row.Name + " before " + r.Row.Name, Same: apart(r, after), spots: g.rowSpots(r),
			revision: func(p *rules.Pack) rules.Revision {
				list := slices.Clone(p.Rules)
				list[next-1], list[next] = list[next], list[next-1]
				return rules.Revision{Rules: list}
			}})
	}
}

// rowSpots are the places that ask for a row: its own first line, and in later rows the
// line by which they ask that it does not hold.
func (g *generator) rowSpots(r *rules.Rule) []spot {
	spots := []spot{{r.Index, len(r.When) - len(r.OwnSteps())}}
	for _, later := range g.pack.Rules[r.Index+1:] {
		if later.Row == nil || later.Row.Table != r.Row.Table {
			break
		}
		for i, s := range later.When {
			if s.NotRow == r.Row.Name {
				spots = append(spots, spot{later.Index, i})
			}
		}
	}
	return spots
}
