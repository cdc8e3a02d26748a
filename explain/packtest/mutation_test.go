package packtest

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/explain/cover"
	"truce/facts/source"
	"truce/rules"
	"truce/rules/condition"
)

// tide is a small pack with each kind of thing that is changed, written so that each
// change is a change of one stretch of text.
func tide(t *testing.T) *rules.Pack {
	t.Helper()
	text, err := os.ReadFile("testdata/tide.yaml")
	require.NoError(t, err)
	return loaded(t, string(text))
}

func loaded(t *testing.T, text string) *rules.Pack {
	t.Helper()
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: text}}, rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

func mutation(t *testing.T, p *rules.Pack, o MutationOptions) *Mutation {
	t.Helper()
	require.Empty(t, failures(t, p), "the tests pass on the pack itself")
	m, err := Mutate(context.Background(), p, p.Tests, compile, o)
	require.NoError(t, err)
	return m
}

// A mutant made in memory is the pack that is loaded with the mutant's text in its file:
// each of its tests comes out as it does there, and what was taken as unloadable does
// not load.
func TestAMutantIsWhatItsTextSays(t *testing.T) {
	p := tide(t)
	kinds := map[string]bool{}
	for _, tried := range mutation(t, p, MutationOptions{}).Tried {
		x := tried.Mutant
		kinds[x.Kind] = true
		fresh, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: rewritten(t, p, x)}}, rules.Options{})
		what := x.At.String() + " " + x.Kind + " " + x.String()
		if fresh == nil && !slices.ContainsFunc(ds, func(d source.Diagnostic) bool { return d.Code != rules.UnknownRule.ID }) {
			require.Equal(t, Killed, tried.Outcome, "%s: a test asks for the rule by name", what)
			continue
		}
		require.Equal(t, tried.Outcome == Unloadable, fresh == nil, "%s: %v", what, ds)
		if fresh == nil {
			continue
		}
		inMemory := x.Apply(p)
		require.NotNil(t, inMemory, what)
		passes := passing(t, fresh)
		require.Equal(t, passes, passing(t, inMemory), what)
		if tried.Outcome == Killed {
			require.Contains(t, passes, tried.By.Name+" fails", what)
		} else {
			require.NotContains(t, strings.Join(passes, "\n"), " fails", what)
		}
	}
	for _, kind := range Kinds() {
		require.True(t, kinds[kind], "the pack has no mutant of the kind %s", kind)
	}
}

// passing says of each test whether it passes.
func passing(t *testing.T, p *rules.Pack) []string {
	t.Helper()
	results, err := All(context.Background(), p, p.Tests, compile)
	require.NoError(t, err)
	var list []string
	for _, r := range results {
		if r.Passed() {
			list = append(list, r.Test.Name+" passes")
		} else {
			list = append(list, r.Test.Name+" fails")
		}
	}
	return list
}

// rewritten is the file of a pack with a mutant written into it.
func rewritten(t *testing.T, p *rules.Pack, m *Mutant) string {
	t.Helper()
	lines := strings.SplitAfter(p.Files[0].Text, "\n")
	at := m.At.Start.Line - 1
	indent := func(l string) int { return len(l) - len(strings.TrimLeft(l, " ")) }
	// block is an entry of a list: from its dash to the next line that stands no deeper.
	block := func(from int) (to int) {
		for to = from + 1; to < len(lines) && (strings.TrimSpace(lines[to]) == "" || indent(lines[to]) > indent(lines[from])); to++ {
			continue
		}
		return to
	}
	switch m.Kind {
	case KindRule:
		return strings.Join(slices.Delete(lines, at, block(at)), "")
	case KindOrder:
		mid := block(at)
		end := block(mid)
		return strings.Join(slices.Concat(lines[:at], lines[mid:end], lines[at:mid], lines[end:]), "")
	case KindLine:
		require.True(t, strings.HasPrefix(strings.TrimSpace(lines[at]), "- "), "the line of a condition holds nothing else: %s", lines[at])
		return strings.Join(slices.Delete(lines, at, at+1), "")
	case KindAssumption:
		lines[at] = strings.Replace(lines[at], "value: "+m.Was, "value: "+m.Becomes, 1)
		return strings.Join(lines, "")
	}
	becomes := m.Becomes
	if m.Kind == KindThreshold || m.Kind == KindPoints {
		becomes, _, _ = strings.Cut(becomes, " ") // without its unit
	} else if slices.ContainsFunc(exprsAt(p, m), func(e condition.Expr) bool { _, lit := e.(*condition.Literal); return !lit }) {
		becomes = "(" + becomes + ")"
	}
	line := []rune(lines[at])
	require.Equal(t, m.At.Start.Line, m.At.End.Line)
	lines[at] = string(line[:m.At.Start.Col-1]) + becomes + string(line[m.At.End.Col-1:])
	return strings.Join(lines, "")
}

// exprsAt are the expressions of a pack at the very place of a mutant.
func exprsAt(p *rules.Pack, m *Mutant) []condition.Expr {
	var list []condition.Expr
	for _, r := range p.Rules {
		for _, at := range cover.Expressions(r) {
			condition.Walk(at.Expr, func(e condition.Expr) bool {
				if e.Span() == m.At {
					list = append(list, e)
				}
				return true
			})
		}
	}
	return list
}

// The tests of the pack are strong but for those that the golden file lists, and each of
// these is a gap that a reader of the pack can see.
func TestSurvivors(t *testing.T) {
	p := tide(t)
	m := mutation(t, p, MutationOptions{})
	var b strings.Builder
	require.NoError(t, m.Document().Text(&b))
	c, err := Cover(context.Background(), p, p.Tests, compile)
	require.NoError(t, err)
	require.NoError(t, c.Document().Text(&b))
	golden(t, "testdata/tide.txt", b.String())
}

// A suite that asks for nothing but an answer lets most pass.
func TestAWeakSuiteIsShownToBeWeak(t *testing.T) {
	p := tide(t)
	strong := mutation(t, p, MutationOptions{}).Score()
	weak := loaded(t, p.Files[0].Text[:strings.Index(p.Files[0].Text, "\ntests:")]+`
tests:
  - test: calm
    as_of: 2024-05-01
    facts: {Water: {depth: 9, tide: middle, fog: false}, Crew: {rested: true, state: fresh}}
    complete: [Buoy]
    expect: {answer: go}
`)
	score := mutation(t, weak, MutationOptions{}).Score()
	require.Greater(t, strong.Percent(), 90.0)
	require.Less(t, score.Percent(), 50.0)
	c, err := Cover(context.Background(), weak, weak.Tests, compile)
	require.NoError(t, err)
	ofRules, ofOutcomes := cover.CountRules(c.Rules)
	require.Less(t, ofRules.Percent(), 60.0)
	require.Less(t, ofOutcomes.Percent(), 60.0)
}

// However many work, the outcomes are the same and in the same order, and a sample is a
// part of all.
func TestMutationDoesNotDependOnWorkers(t *testing.T) {
	p := tide(t)
	alone := mutation(t, p, MutationOptions{})
	steps := 0
	many := mutation(t, p, MutationOptions{Workers: 7, Step: func(Tried, int) { steps++ }})
	require.Equal(t, len(alone.Tried), steps)
	require.Equal(t, alone.Document(), many.Document())
	some := mutation(t, p, MutationOptions{Sample: 10})
	require.Len(t, some.Tried, 10)
	require.Equal(t, alone.All, some.All)
	all := alone.Document()
	for _, s := range some.Document().Survivors {
		require.Contains(t, all.Survivors, s)
	}
}

// Tests that do not come to a mutant's place pass with it: leaving them out loses nothing.
func TestTestsThatDoNotComeToAMutantPassIt(t *testing.T) {
	p := tide(t)
	r, err := reachOf(context.Background(), p, p.Tests, compile)
	require.NoError(t, err)
	left := 0
	for _, m := range Mutants(p) {
		q := m.Apply(p)
		if q == nil {
			continue
		}
		come, _ := r.to(m.spots, len(p.Tests))
		for n, result := range passing(t, q) {
			if !slices.Contains(come, n) {
				left++
				require.NotContains(t, result, " fails", "%s: %s", m.At, m)
			}
		}
	}
	require.Positive(t, left, "some test is left out of some mutant")
}

func TestAContextThatEndsEndsMutation(t *testing.T) {
	p := tide(t)
	ctx, cancel := context.WithCancel(context.Background())
	_, err := Mutate(ctx, p, p.Tests, compile, MutationOptions{Workers: 2, Step: func(Tried, int) { cancel() }})
	require.ErrorIs(t, err, context.Canceled)
}
