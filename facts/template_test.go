package facts_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/facts"
)

func TestTemplateGolden(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, facts.WriteTemplate(&out, withExact(t), facts.TemplateOptions{ID: "2024-talks", Labels: []string{"truce", "hold"}}))
	if *update {
		require.NoError(t, os.WriteFile("testdata/template.golden", out.Bytes(), 0o644))
	}
	want, err := os.ReadFile("testdata/template.golden")
	require.NoError(t, err)
	require.Equal(t, string(want), out.String())

	_, ds := facts.ReadCase("new.yaml", out.Bytes(), withExact(t), facts.ReadOptions{})
	require.Len(t, ds, 2, "the date and the exact field are left to fill in")
	require.Equal(t, "F014", ds[0].Code)
	require.Equal(t, "F117", ds[1].Code)
}

// A template reads as a case that knows nothing and names every field, and so it
// does with its comment marks taken away.
func TestTemplateReads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := someSchema().Draw(t, "schema")
		asOf := someDay(t, "as of")
		var out bytes.Buffer
		require.NoError(t, facts.WriteTemplate(&out, s, facts.TemplateOptions{Title: rapid.OneOf(rapid.Just(""), someWords()).Draw(t, "title"), AsOf: &asOf}))
		c, ds := facts.ReadCase("new.yaml", out.Bytes(), s, facts.ReadOptions{})
		require.Empty(t, ds, out.String())
		require.Equal(t, asOf, c.AsOf)
		requireAllUnknown(t, c, s, func(f *facts.FactType) bool { return f.Count == facts.One && !f.After && !f.Context })

		unmarked := unmark(out.String())
		c, ds = facts.ReadCase("new.yaml", []byte(unmarked), s, facts.ReadOptions{})
		if len(s.Types) == 0 {
			return
		}
		require.Empty(t, ds, unmarked)
		requireAllUnknown(t, c, s, func(*facts.FactType) bool { return true })
	})
}

// unmark takes away the comment marks of the YAML below facts.
func unmark(text string) string {
	lines := strings.Split(text, "\n")
	below := false
	for i, line := range lines {
		if strings.HasPrefix(line, "facts:") {
			lines[i], below = "facts:", true
		}
		if below && strings.HasPrefix(line, "#   ") {
			lines[i] = line[2:]
		}
	}
	return strings.Join(lines, "\n")
}

func requireAllUnknown(t *rapid.T, c *facts.Case, s *facts.Schema, in func(*facts.FactType) bool) {
	i := 0
	for _, y := range s.Types {
		if !in(y) {
			continue
		}
		require.Less(t, i, len(c.Facts), y.Name)
		f := c.Facts[i]
		require.Same(t, y, f.Type)
		for _, d := range f.Data {
			require.True(t, d.Given && d.Value.IsUnknown())
		}
		i++
	}
	require.Len(t, c.Facts, i)
}
