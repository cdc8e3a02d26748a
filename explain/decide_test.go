package explain

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine/trace"
	"truce/facts"
	"truce/rules/condition"
)

// tree draws a condition over fresh atoms.
func tree(t *rapid.T, depth int, atoms *[]trace.Atom) condition.Expr {
	kind := rapid.IntRange(0, 3).Draw(t, "kind")
	if depth == 0 || kind == 0 {
		truth := rapid.SampledFrom([]facts.Value{facts.BoolOf(true), facts.BoolOf(false), facts.UnknownBool()}).Draw(t, "truth")
		e := condition.Constant(facts.Span{}, facts.Type{Kind: facts.Bool}, truth)
		*atoms = append(*atoms, trace.Atom{Expr: e, Truth: truth})
		return e
	}
	if kind == 1 {
		return condition.Negation(facts.Span{}, "", tree(t, depth-1, atoms))
	}
	x, y := tree(t, depth-1, atoms), tree(t, depth-1, atoms)
	b, _ := condition.Conjunction(facts.Span{}, "", []condition.Expr{x, y}).(*condition.Binary)
	if kind == 3 {
		b.Op = condition.Or
	}
	return b
}

// The deciding atoms are enough: whatever the others were, the truth would stand.
// Of what is unknown, no deciding atom is what it would have to be.
func TestDecidingAtomsAreEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var atoms []trace.Atom
		e := tree(t, 4, &atoms)
		whole := newDecider(atoms).truth(e)
		needed := decisive(e, atoms)
		require.Contains(t, needed, true)
		if !whole.IsKnown() {
			for i, n := range needed {
				require.False(t, n && atoms[i].Truth.IsKnown())
			}
			return
		}
		for i := range atoms {
			if !needed[i] {
				atoms[i].Truth = rapid.SampledFrom([]facts.Value{facts.BoolOf(true), facts.BoolOf(false), facts.UnknownBool()}).Draw(t, "other")
			}
		}
		require.True(t, newDecider(atoms).truth(e).Same(whole))
	})
}

func TestMarksInOrder(t *testing.T) {
	for i, m := range Marks() {
		require.Equal(t, m, markOf(m.String()))
		for _, n := range Marks()[:i] {
			require.Equal(t, m, weaker(m, n))
			require.Equal(t, m, weaker(n, m))
		}
		require.Equal(t, m, weaker(0, m))
	}
	require.Zero(t, markOf("likely"))
}
