package iran

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts"
	"truce/rules"
)

var update = flag.Bool("update", false, "write the goldens again")

// shippedCases are the cases of testdata, in the order of their file names.
func shippedCases(t *testing.T, pack *rules.Pack) []*facts.Case {
	t.Helper()
	names, err := filepath.Glob("../../testdata/cases/*.yaml")
	require.NoError(t, err)
	require.Len(t, names, 31)
	cases := make([]*facts.Case, len(names))
	for i, name := range names {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		c, ds := facts.ReadCase(name, text, pack.Schema, facts.ReadOptions{Labels: pack.Labels()})
		require.Empty(t, messages(ds), name)
		cases[i] = c
	}
	return cases
}

// golden compares with, or under -update writes, a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}
