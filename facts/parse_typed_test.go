package facts_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts"
)

func TestParseTyped(t *testing.T) {
	share := facts.NumberBetween(-10, 500)
	number := facts.Type{Kind: facts.Number, Range: &share}
	level := facts.Type{Kind: facts.Scale, Names: &facts.Names{List: []string{"low", "raised", "high"}}}
	symbol := facts.Type{Kind: facts.Enum, Names: &facts.Names{List: []string{"red", "green"}}}
	for _, c := range []struct {
		typ  facts.Type
		text string
		want facts.Value
	}{
		{number, "3.5", facts.NumberOf(3.5)},
		{number, "3..4", facts.NumberBetween(3, 4)},
		{number, "-3 to -1", facts.NumberBetween(-3, -1)},
		{number, "unknown..4", facts.NumberBetween(-10, 4)},
		{number, "4..unknown", facts.NumberBetween(4, 500)},
		{number, "4..4", facts.NumberOf(4)},
		{number, "unknown", number.Unknown()},
		{number, "unknown..unknown", number.Unknown()},
		{level, "low..raised", facts.Between(facts.Scale, 0, 1)},
		{level, "raised to high", facts.Between(facts.Scale, 1, 2)},
		{symbol, "red", facts.EnumOf("red")},
		{facts.Type{Kind: facts.Date}, "1970-01-02..1970-01-04", facts.Between(facts.Date, 1, 3)},
		{facts.Type{Kind: facts.Text}, "a..b", facts.TextOf("a..b")},
	} {
		got, bad := c.typ.ParseTyped(c.text)
		require.Nil(t, bad, c.text)
		require.True(t, c.want.Same(got), "%s: %s", c.text, c.typ.Format(got))
	}
	for _, c := range []struct {
		typ  facts.Type
		text string
		want string
	}{
		{number, "4..3", "it goes from 4 to 3"},
		{number, "4..501", "501 is outside the range"},
		{number, "many..4", "is not a number"},
		{level, "high..low", "it goes from high to low"},
		{level, "low..hihg", "is not a level"},
		{symbol, "red..green", "is not one of the symbols"},
	} {
		v, bad := c.typ.ParseTyped(c.text)
		require.NotNil(t, bad, c.text)
		require.Contains(t, bad.Message, c.want)
		require.True(t, v.IsUnknown())
	}
}
