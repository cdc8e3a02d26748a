package shape_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts/shape"
)

func TestRecord(t *testing.T) {
	text := shape.Shape{Kind: shape.Text}
	base := &shape.Record{Is: "a base", Keys: []shape.Key{{Name: "a", Holds: text}, {Name: "b", Holds: text}}}
	own := &shape.Record{Is: "a record", Base: base, Keys: []shape.Key{{Name: "b", Holds: shape.Count()}, {Name: "c", Holds: text}}}
	require.Equal(t, []string{"b", "c", "a"}, own.Names())
	require.Equal(t, shape.Integer, own.Key("b").Holds.Kind, "its own comes before that of the base")
	require.Equal(t, "a", own.Key("a").Name)
	require.Nil(t, own.Key("d"))
	require.Equal(t, []string{"a", "b"}, base.Names())
}

func TestShapeInside(t *testing.T) {
	text := shape.Shape{Kind: shape.Text}
	record := &shape.Record{Is: "a record", Keys: []shape.Key{{Name: "a", Holds: shape.ListOf(text)}}}
	either := shape.OneOf(text, shape.ListOf(shape.Count()), shape.Of(record))
	require.Equal(t, shape.List, either.Entry("a").Kind)
	require.Nil(t, either.Entry("b"))
	require.Equal(t, shape.Integer, either.Element().Kind)
	require.Same(t, record, either.Map())
	names := shape.NamesOf("", text)
	require.Equal(t, shape.Text, names.Entry("whatever").Kind)
	require.Nil(t, names.Map())
	var unknown *shape.Shape
	require.Nil(t, unknown.Entry("a"))
	require.Nil(t, unknown.Element())
	require.Nil(t, unknown.Map())
}
