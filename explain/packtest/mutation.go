package packtest

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"truce/explain/cover"
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

// Outcome says what became of a mutant.
type Outcome uint8

// The outcomes of a mutant.
const (
	// Survived: every test passes all the same.
	Survived Outcome = iota
	// Killed: a test fails.
	Killed
	// Unloadable: the pack would not load, so that nobody could use it.
	Unloadable
	// Equivalent: no facts can tell it from the pack.
	Equivalent
)

var outcomeNames = [...]string{"survived", "killed", "unloadable", "equivalent"}

func (o Outcome) String() string { return outcomeNames[o] }

// Tried is a mutant with what became of it.
type Tried struct {
	Mutant  *Mutant
	Outcome Outcome
	By      *rules.Test // that fails, of a killed one
	Nearest *rules.Test // that comes to the place, of a survivor; nil: none does
}

// Mutation is what the tests of a pack make of its mutants.
type Mutation struct {
	Pack  *rules.Pack
	Tests int
	All   int     // mutants that there are
	Tried []Tried // in the order of their places
}

// Score counts the mutants killed, of those that were not unloadable or equivalent.
func (m *Mutation) Score() cover.Covered {
	var c cover.Covered
	for _, t := range m.Tried {
		if t.Outcome == Killed || t.Outcome == Survived {
			c.Add(t.Outcome == Killed)
		}
	}
	return c
}

// Count is how many mutants had an outcome.
func (m *Mutation) Count(o Outcome) int {
	n := 0
	for _, t := range m.Tried {
		if t.Outcome == o {
			n++
		}
	}
	return n
}

// MutationOptions say how mutants are tried. The zero value tries all, one at a time.
type MutationOptions struct {
	// Sample is how many mutants are tried, evenly spread over all; 0 is all.
	Sample int
	// Workers try mutants at the same time; 0 is one.
	Workers int
	// Step, where it is set, is told of each mutant that was tried, and how many there
	// are to try. Calls do not overlap.
	Step func(t Tried, total int)
}

// Mutate tries mutants of a pack on its tests, which pass on the pack itself. The result
// does not depend on how many work on it. The error is the context's.
//
// Each mutant is a copy of the loaded pack with one thing changed, and is compiled anew.
// Of a mutant only those tests are run that come to what it changes.
func Mutate(ctx context.Context, p *rules.Pack, tests []*rules.Test, compile Compile, o MutationOptions) (*Mutation, error) {
	mutants := Mutants(p)
	out := &Mutation{Pack: p, Tests: len(tests), All: len(mutants)}
	mutants = sample(mutants, o.Sample)
	reach, err := reachOf(ctx, p, tests, compile)
	if err != nil {
		return nil, err
	}
	l := &laboratory{pack: p, tests: tests, compile: compile, reach: reach}
	out.Tried, err = l.all(ctx, mutants, o)
	return out, err
}

// sample takes n of a list at even distances.
func sample(list []*Mutant, n int) []*Mutant {
	if n <= 0 || n >= len(list) {
		return list
	}
	out := make([]*Mutant, n)
	for i := range out {
		out[i] = list[i*len(list)/n]
	}
	return out
}

// laboratory is where mutants are tried. It is shared by those who work there.
type laboratory struct {
	pack    *rules.Pack
	tests   []*rules.Test
	compile Compile
	reach   *reach
}

// all tries mutants. The first error ends the work.
func (l *laboratory) all(ctx context.Context, mutants []*Mutant, o MutationOptions) ([]Tried, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type done struct {
		at    int
		tried Tried
		err   error
	}
	next, results := make(chan int), make(chan done)
	var work sync.WaitGroup
	for range max(1, o.Workers) {
		work.Go(func() {
			for i := range next {
				t, err := l.try(ctx, mutants[i])
				results <- done{i, t, err}
			}
		})
	}
	go func() {
		defer close(results)
		defer work.Wait()
		defer close(next)
		for i := range mutants {
			select {
			case next <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	tried := make([]Tried, len(mutants))
	var failed error
	for d := range results {
		if d.err != nil && failed == nil {
			failed = d.err
			cancel()
		}
		tried[d.at] = d.tried
		if o.Step != nil && failed == nil {
			o.Step(d.tried, len(mutants))
		}
	}
	if failed == nil {
		failed = ctx.Err()
	}
	return tried, failed
}

// try runs the tests that come to what a mutant changes, until one fails.
func (l *laboratory) try(ctx context.Context, m *Mutant) (Tried, error) {
	t := Tried{Mutant: m, Outcome: Equivalent}
	if m.Same != "" {
		return t, nil
	}
	p := m.Apply(l.pack)
	if p == nil {
		t.Outcome = Unloadable
		return t, nil
	}
	t.Outcome = Survived
	come, sure := l.reach.to(m.spots, len(l.tests))
	if len(come) == 0 {
		return t, nil
	}
	t.Nearest = l.nearest(m, come[:sure])
	slices.SortStableFunc(come, func(a, b int) int { return cmp.Compare(proofs(l.tests[a]), proofs(l.tests[b])) })
	tester := newTester(p, l.compile(unreported(p))())
	for _, n := range come {
		failures, err := tester.run(ctx, l.tests[n])
		if err != nil {
			return t, err
		}
		if len(failures) > 0 {
			t.Outcome, t.By, t.Nearest = Killed, l.tests[n], nil
			return t, nil
		}
	}
	return t, nil
}

// proofs is how much a test asks of proofs, which cost far more than all the rest.
func proofs(t *rules.Test) int { return len(t.Expect.Proof) + len(t.Expect.NotProof) }

// nearest is the test, of those that come to a mutant's place, that looks at what follows
// there: it names the rule, or expects something of what the rule concludes.
func (l *laboratory) nearest(m *Mutant, come []int) *rules.Test {
	var best *rules.Test
	most := -1
	for _, n := range come {
		looks := 0
		for _, s := range m.spots {
			looks = max(looks, looksAt(l.tests[n], l.pack.Rules[s.rule], l.pack.Goal.Type))
		}
		if looks > most {
			best, most = l.tests[n], looks
		}
	}
	return best
}

// looksAt grades how near a test looks at a rule.
func looksAt(t *rules.Test, r *rules.Rule, goal *facts.FactType) int {
	x := &t.Expect
	if slices.Contains(slices.Concat(x.Proof, x.NotProof, x.Fires, x.NotFires), r.Name) {
		return 3
	}
	looks := 0
	for _, c := range r.Then {
		if c.Fact == goal && len(x.Answer) > 0 {
			looks = max(looks, 1)
		}
		for _, e := range slices.Concat(x.Holds, x.CanHold, x.Cannot) {
			condition.Walk(e, func(e condition.Expr) bool {
				if a, ok := e.(*condition.Aggregate); ok && a.Fact == c.Fact {
					looks = 2
				}
				return true
			})
		}
	}
	return looks
}

// unreported is a pack without the lines of its report, which no conclusion needs.
func unreported(p *rules.Pack) *rules.Pack {
	q := *p
	q.Report = &rules.Report{}
	return &q
}
