package facts_test

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts"
	"truce/facts/doc"
)

// inference makes a schema by which given cases can be read: a list is an open
// type, a map a type of which there is one; a field is a text, or what its
// intervals are. It knows the shape of the cases and nothing of their meaning.
type inference struct {
	schema *facts.Schema
	values map[*facts.Field][]string    // in the order of their first use
	ends   map[*facts.Field][][2]string // of the intervals
}

func inferred(t testing.TB, files map[string][]byte) *facts.Schema {
	t.Helper()
	in := &inference{schema: &facts.Schema{}, values: map[*facts.Field][]string{}, ends: map[*facts.Field][][2]string{}}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		root, ds := doc.Read(name, files[name], doc.Limits{})
		require.Empty(t, ds)
		for _, e := range root.Get("facts").Entries {
			in.factType(e)
		}
	}
	for _, f := range in.schema.Types {
		for _, d := range f.Fields {
			in.kind(d)
		}
	}
	return in.schema
}

func (in *inference) factType(e doc.Entry) {
	f := in.schema.Type(e.Key.Value)
	if f == nil {
		f = &facts.FactType{Name: e.Key.Value}
		if e.Value.Kind == doc.List {
			f.Count = facts.Open
		}
		in.schema.AddType(f)
	}
	items := e.Value.Items
	if e.Value.Kind == doc.Map {
		items = []*doc.Node{e.Value}
	}
	for _, n := range items {
		for _, x := range n.Entries {
			if x.Key.Value != "id" || f.Count == facts.One {
				in.field(f, x)
			}
		}
	}
}

func (in *inference) field(f *facts.FactType, e doc.Entry) {
	f.AddField(&facts.Field{Name: e.Key.Value, Type: facts.Type{Kind: facts.Text}})
	d := f.Field(e.Key.Value)
	if q := e.Value.Get("quality"); q != nil && in.schema.Quality(q.Value) == nil {
		in.schema.Qualities = append(in.schema.Qualities, &facts.Quality{Name: q.Value})
	}
	low, high := e.Value.Get("low"), e.Value.Get("high")
	if low != nil && high != nil {
		in.ends[d] = append(in.ends[d], [2]string{low.Value, high.Value})
	}
	value := e.Value
	if value.Kind == doc.Map {
		value = value.Get("value")
	}
	for _, n := range []*doc.Node{low, high, value} {
		if n != nil && n.Value != "unknown" && !slices.Contains(in.values[d], n.Value) {
			in.values[d] = append(in.values[d], n.Value)
		}
	}
}

// kind makes a field with intervals a number or a scale whose levels come in an
// order that has each low end before its high end.
func (in *inference) kind(d *facts.Field) {
	ends := in.ends[d]
	if len(ends) == 0 {
		return
	}
	if _, err := strconv.ParseFloat(ends[0][0], 64); err == nil {
		d.Type.Kind = facts.Number
		return
	}
	rank := map[string]int{}
	for range in.values[d] {
		for _, e := range ends {
			rank[e[1]] = max(rank[e[1]], rank[e[0]]+1)
		}
	}
	levels := slices.Clone(in.values[d])
	slices.SortStableFunc(levels, func(a, b string) int { return cmp.Compare(rank[a], rank[b]) })
	d.Type.Kind, d.Type.Names = facts.Scale, &facts.Names{List: levels}
}
