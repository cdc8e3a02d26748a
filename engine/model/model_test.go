package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine/model"
	"truce/facts"
)

func schema() (*facts.Schema, *facts.FactType) {
	t := &facts.FactType{Name: "Item", Concluded: true}
	t.AddField(&facts.Field{Name: "name", Type: facts.Type{Kind: facts.Text}})
	t.AddField(&facts.Field{Name: "points", Type: facts.Type{Kind: facts.Number}})
	t.Key = []int{0}
	s := &facts.Schema{}
	s.AddType(t)
	return s, t
}

func TestNames(t *testing.T) {
	s, item := schema()
	m := model.New(s)
	add := func(name facts.Value, points float64, change func(*model.Fact)) string {
		f := model.Fact{Type: item, Values: []facts.Value{name, facts.NumberOf(points)}}
		if change != nil {
			change(&f)
		}
		m.Facts = append(m.Facts, f)
		return m.Name(len(m.Facts) - 1)
	}
	require.Equal(t, "Item(oil)", add(facts.TextOf("oil"), 1, nil))
	require.Equal(t, `Item("a, b")`, add(facts.TextOf("a, b"), 1, nil))
	require.Equal(t, `Item("")`, add(facts.TextOf(""), 1, nil))
	require.Equal(t, "Item(oil)[2]", add(facts.TextOf("oil"), 2, func(f *model.Fact) { f.Group = 1 }))
	unknown := facts.Type{Kind: facts.Text}.Unknown()
	require.Equal(t, "Item(unknown)[3]", add(unknown, 3, func(f *model.Fact) { f.Blurred = true }))
	require.Equal(t, "Item", model.Key{Type: &facts.FactType{Name: "Item"}}.Name())
	require.Equal(t, "Item(*)", model.Key{Type: item, Unlisted: true}.Name())
}

// Keys are the same text exactly when the values are the same in form.
func TestFormOfTellsValuesApart(t *testing.T) {
	vs := []facts.Value{
		facts.TextOf(""), facts.TextOf("a"), facts.TextOf("a;b"), facts.Type{Kind: facts.Text}.Unknown(),
		facts.NumberOf(0), facts.NumberOf(0.1), facts.NumberBetween(0, 0.1), facts.Type{Kind: facts.Number}.Unknown(),
		facts.IntegerOf(3), facts.Between(facts.Integer, 3, 4), facts.BoolOf(true), facts.UnknownBool(),
	}
	for i, v := range vs {
		for j, w := range vs {
			if v.Kind() == w.Kind() {
				require.Equal(t, i == j, model.FormOf([]facts.Value{v}) == model.FormOf([]facts.Value{w}), "%#v %#v", v, w)
			}
		}
	}
	two := []facts.Value{facts.TextOf("a"), facts.TextOf("b")}
	require.NotEqual(t, model.FormOf(two), model.FormOf([]facts.Value{facts.TextOf("a;b"), facts.TextOf("")}))
}

func TestSettleIgnoresTheOrderOfFinding(t *testing.T) {
	s, item := schema()
	names := func(order []string) []string {
		m := model.New(s)
		for i, n := range order {
			m.Facts = append(m.Facts, model.Fact{Type: item, Values: []facts.Value{facts.TextOf(n), facts.NumberOf(1)}})
			m.ByType[0] = append(m.ByType[0], i)
		}
		m.Settle(item)
		var out []string
		for _, i := range m.ByType[0] {
			out = append(out, m.Name(i))
		}
		return out
	}
	require.Equal(t, []string{"Item(a)", "Item(b)", "Item(c)"}, names([]string{"b", "c", "a"}))
}

func TestCodesAreDistinctAndDocumented(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range model.Codes() {
		require.False(t, seen[c.ID], c.ID)
		seen[c.ID] = true
		require.NotEmpty(t, c.Title)
		require.NotEmpty(t, c.Doc)
		require.NotEmpty(t, c.Example)
	}
}
