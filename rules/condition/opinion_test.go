package condition

import (
	"testing"

	"github.com/expr-lang/expr/parser"
	"github.com/stretchr/testify/require"

	"truce/facts"
)

// TestSecondOpinionIsAsked shows that expr's checker looks at the tree with the
// types of ours: it refuses a tree that ours would have refused.
func TestSecondOpinionIsAsked(t *testing.T) {
	scope := &Scope{Bindings: map[string]Binding{"x": {Type: facts.Type{Kind: facts.Number}}, "y": {Type: facts.Type{Kind: facts.Text}}}}
	e, ds := Parse(Source{Text: `x > 3 and y == "a"`}, scope)
	require.Empty(t, ds)
	for text, refused := range map[string]string{
		`x > 3 and y == "a"`: "", `x > "3"`: "mismatched types float64 and string", `y + x == 3`: "mismatched types string and float64",
		`x`: "expected bool", `z > 3`: "unknown name z",
	} {
		tree, err := parser.Parse(text)
		require.NoError(t, err)
		err = secondOpinion(e, tree.Node, WantCondition())
		if refused == "" {
			require.NoError(t, err)
			continue
		}
		require.ErrorContains(t, err, refused)
	}
}

// TestEditsMapBack follows places through edits that overlap, grow and shrink.
func TestEditsMapBack(t *testing.T) {
	r := apply([]rune("a && b ≠ c"), []edit{{7, 8, "!="}, {2, 4, "and"}, {3, 4, "x"}})
	require.Equal(t, "a and b != c", string(r.runes))
	for _, c := range [][4]int{{0, 1, 0, 1}, {2, 5, 2, 4}, {6, 7, 5, 6}, {8, 10, 7, 8}, {11, 12, 9, 10}, {0, 12, 0, 10}, {12, 12, 10, 10}, {6, 6, 5, 5}} {
		from, to := r.back(c[0], c[1])
		require.Equal(t, []int{c[2], c[3]}, []int{from, to}, "%v", c)
	}
	gone := apply([]rune("!"), []edit{{0, 1, ""}})
	from, to := gone.back(0, 1)
	require.Equal(t, []int{1, 1}, []int{from, to})
}

// TestShapes shows which expressions are taken for one another: those that differ in
// names and literals, and in the type of neither.
func TestShapes(t *testing.T) {
	number, integer := facts.Type{Kind: facts.Number}, facts.Type{Kind: facts.Integer}
	item := &facts.FactType{Name: "Item"}
	item.AddField(&facts.Field{Name: "a", Type: number})
	item.AddField(&facts.Field{Name: "b", Type: number})
	item.AddField(&facts.Field{Name: "n", Type: integer})
	schema := &facts.Schema{}
	schema.AddType(item)
	scope := &Scope{Schema: schema, Shapes: NewShapes(), Bindings: map[string]Binding{
		"x": {Type: number}, "z": {Type: number}, "n": {Type: integer}, "y": {Type: facts.Type{Kind: facts.Text}}, "i": {Fact: item},
	}}
	for _, c := range []struct {
		text string
		want Want
		more int // shapes
	}{
		{"x > 3", WantCondition(), 1}, {"z > 42", WantCondition(), 0}, {"z > 3.0", WantCondition(), 1}, {"x > 3", WantValue(), 1},
		{"n > 3", WantCondition(), 1}, {"x >= 3", WantCondition(), 1}, {"x > z", WantCondition(), 1}, {"z > z", WantCondition(), 0},
		{"i.a > 3", WantCondition(), 1}, {"i.b > 4", WantCondition(), 0}, {"i.n > 4", WantCondition(), 1},
		{"(x > 3)", WantCondition(), 1}, {"y == 'a'", WantCondition(), 1}, {`y == "b"`, WantCondition(), 0},
		{"any(Item, .a > 3)", WantCondition(), 1}, {"any(Item, .b > 7)", WantCondition(), 0}, {"all(Item, .b > 7)", WantCondition(), 1},
		{"y matches 'a'", WantCondition(), 0}, {"abs(x)", WantValue(), 1}, {"ceil(x)", WantValue(), 1}, {"-x", WantValue(), 1},
	} {
		before := len(scope.Shapes.passed)
		_, ds := ParseAs(Source{Text: c.text}, scope, c.want)
		require.Empty(t, ds, c.text)
		require.Equal(t, c.more, len(scope.Shapes.passed)-before, c.text)
	}
}
