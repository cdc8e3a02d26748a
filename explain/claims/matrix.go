package claims

import (
	"context"
	"errors"
	"slices"

	"truce/engine/trace"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
)

// Run runs a pack over a case. An error that is not source.Diagnostics is the
// context's, and ends the work.
type Run func(context.Context, *rules.Pack, *facts.Case) (*trace.Trace, error)

// Subject is what a pack runs over: a test of its own, or a real case.
type Subject struct {
	Name  string
	Test  bool // of the pack's own
	Case  *facts.Case
	Cites []string // of a test
}

// Matrix is what stands behind each claim of a pack.
type Matrix struct {
	Pack   *rules.Pack
	Claims []*Claim
	Tests  int // how many tests of the pack were run
	Cases  int // how many real cases
	// Failed are the subjects that the whole pack cannot run over; they show
	// nothing.
	Failed []Failure
}

// Failure is a subject with the reason why it did not run.
type Failure struct {
	Subject *Subject
	Found   source.Diagnostics
}

// Claim is one row of the matrix.
type Claim struct {
	Claim       *rules.Claim
	Rules       []*rules.Rule
	Thresholds  []*rules.Threshold
	Assumptions []*rules.Assumption
	Lines       []*rules.Rule // of the report
	Tests       []*rules.Test
	// Does is set for a claim that must do something, Says for one that must be
	// said.
	Does *Effect
	Says *Appearance
}

// Shown reports whether the claim is shown in each way that its kinds ask for.
func (c *Claim) Shown() bool {
	return (c.Does == nil || c.Does.By != nil) && (c.Says == nil || c.Says.By != nil)
}

// Effect is what taking out the rules and thresholds of a claim changes.
type Effect struct {
	By     *Subject // whose conclusions change; nil where none do
	Tried  int      // how many subjects were run
	Change Change
}

// Change is the first difference between two runs.
type Change struct {
	Gone   string // a conclusion that is there with the claim alone
	New    string // a conclusion that is there without the claim alone
	Error  string // the run without the claim failed
	Answer string // what the answer was, and became; "" where it stayed
}

// Appearance is where a line of the report that cites a claim appears.
type Appearance struct {
	By       *Subject // nil where no line does
	Line     *rules.Rule
	Possible bool // the line is only possible there
}

// Missing lists the claims that are not shown.
func (m *Matrix) Missing() []*Claim {
	var list []*Claim
	for _, c := range m.Claims {
		if !c.Shown() {
			list = append(list, c)
		}
	}
	return list
}

// Build makes the matrix of a pack with its own tests and real cases. The error is
// the context's.
func Build(ctx context.Context, p *rules.Pack, cases []*facts.Case, run Run) (*Matrix, error) {
	b := &builder{ctx: ctx, pack: p, run: run, matrix: &Matrix{Pack: p, Tests: len(p.Tests), Cases: len(cases)}}
	for _, t := range p.Tests {
		b.subjects = append(b.subjects, &Subject{Name: t.Name, Test: true, Case: t.Case, Cites: t.Cites})
	}
	for _, c := range cases {
		b.subjects = append(b.subjects, &Subject{Name: c.ID, Case: c})
	}
	if err := b.whole(); err != nil {
		return nil, err
	}
	for _, c := range p.Claims {
		row, err := b.claim(c)
		if err != nil {
			return nil, err
		}
		b.matrix.Claims = append(b.matrix.Claims, row)
	}
	return b.matrix, nil
}

// builder holds the making of one matrix.
type builder struct {
	ctx      context.Context
	pack     *rules.Pack
	run      Run
	matrix   *Matrix
	subjects []*Subject
	runs     map[*Subject]*outcome // of the whole pack
}

// whole runs the whole pack over every subject, and drops those that it fails on.
func (b *builder) whole() error {
	b.runs = make(map[*Subject]*outcome, len(b.subjects))
	var kept []*Subject
	for _, s := range b.subjects {
		t, err := b.run(b.ctx, b.pack, s.Case)
		if err != nil {
			var ds source.Diagnostics
			if !errors.As(err, &ds) {
				return err
			}
			b.matrix.Failed = append(b.matrix.Failed, Failure{s, ds})
			continue
		}
		b.runs[s] = outcomeOf(t)
		kept = append(kept, s)
	}
	b.subjects = kept
	return nil
}

func (b *builder) claim(c *rules.Claim) (*Claim, error) {
	cites := func(list []string) bool { return slices.Contains(list, c.ID) }
	row := &Claim{Claim: c}
	for _, r := range b.pack.Rules {
		if cites(r.Cites) {
			row.Rules = append(row.Rules, r)
		}
	}
	for _, t := range b.pack.Thresholds {
		if cites(t.Cites) {
			row.Thresholds = append(row.Thresholds, t)
		}
	}
	for _, a := range b.pack.Assumptions {
		if cites(a.Cites) {
			row.Assumptions = append(row.Assumptions, a)
		}
	}
	for _, l := range b.pack.Lines() {
		if cites(l.Rule.Cites) {
			row.Lines = append(row.Lines, l.Rule)
		}
	}
	for _, t := range b.pack.Tests {
		if cites(t.Cites) {
			row.Tests = append(row.Tests, t)
		}
	}
	if mustDo(c) {
		effect, err := b.effect(row)
		if err != nil {
			return nil, err
		}
		row.Does = effect
	}
	if mustSay(c) {
		row.Says = b.appearance(row)
	}
	return row, nil
}

// mustDo and mustSay are what the kinds of a claim ask for.
func mustDo(c *rules.Claim) bool  { return hasKind(c, "rule", "threshold", "framing") }
func mustSay(c *rules.Claim) bool { return hasKind(c, "read", "bound") }

func hasKind(c *rules.Claim, kinds ...string) bool {
	return slices.ContainsFunc(c.Kinds, func(k string) bool { return slices.Contains(kinds, k) })
}

// ordered are the subjects, those that cite the claim first, and how many do.
func (b *builder) ordered(id string) (subjects []*Subject, citing int) {
	var list, rest []*Subject
	for _, s := range b.subjects {
		if slices.Contains(s.Cites, id) {
			list = append(list, s)
		} else {
			rest = append(rest, s)
		}
	}
	return append(list, rest...), len(list)
}

// effect looks for a subject whose conclusions change without the claim. One that
// fails then is taken where no subject that cites the claim changes otherwise.
func (b *builder) effect(row *Claim) (*Effect, error) {
	e := &Effect{}
	if len(row.Rules)+len(row.Thresholds) == 0 {
		return e, nil
	}
	id := row.Claim.ID
	less := b.pack.Without(func(cites []string) bool { return slices.Contains(cites, id) })
	subjects, citing := b.ordered(id)
	for i, s := range subjects {
		if i >= citing && e.By != nil {
			break
		}
		e.Tried++
		change, changed, err := b.without(less, s)
		if err != nil {
			return nil, err
		}
		if changed && change.Error == "" {
			e.By, e.Change = s, change
			return e, nil
		}
		if changed && e.By == nil {
			e.By, e.Change = s, change
		}
	}
	return e, nil
}

func (b *builder) without(less *rules.Pack, s *Subject) (Change, bool, error) {
	t, err := b.run(b.ctx, less, s.Case)
	if t != nil {
		c, changed := b.runs[s].compare(outcomeOf(t))
		return c, changed, nil
	}
	var ds source.Diagnostics
	if !errors.As(err, &ds) {
		return Change{}, false, err
	}
	return Change{Error: ds[0].Error()}, true, nil
}

// appearance looks for a subject in whose report a line stands that cites the
// claim, and prefers one where the line holds.
func (b *builder) appearance(row *Claim) *Appearance {
	best := &Appearance{}
	subjects, _ := b.ordered(row.Claim.ID)
	for _, s := range subjects {
		for _, l := range b.runs[s].lines {
			if !slices.Contains(row.Lines, l.rule) {
				continue
			}
			if !l.possible {
				return &Appearance{By: s, Line: l.rule}
			}
			if best.By == nil {
				best = &Appearance{By: s, Line: l.rule, Possible: true}
			}
		}
	}
	return best
}
