// Package iran_test holds what is tested of the shipped pack against the shipped
// cases and series.
package iran_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts"
	"truce/rules"
	"truce/rules/iran"
)

var update = flag.Bool("update", false, "write the goldens again")

const (
	casesDir  = "../../testdata/cases"
	seriesDir = "../../testdata/series"
)

func shippedPack(t *testing.T) *rules.Pack {
	t.Helper()
	pack, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.Empty(t, ds)
	return pack
}

// shippedCases are the cases of testdata, in the order of their file names.
func shippedCases(t *testing.T, pack *rules.Pack) []*facts.Case {
	t.Helper()
	names, err := filepath.Glob(casesDir + "/*.yaml")
	require.NoError(t, err)
	require.Len(t, names, 31)
	cases := make([]*facts.Case, len(names))
	for i, name := range names {
		cases[i] = readCase(t, pack, name)
	}
	return cases
}

func readCase(t *testing.T, pack *rules.Pack, name string) *facts.Case {
	t.Helper()
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	c, ds := facts.ReadCase(name, text, pack.Schema, facts.ReadOptions{})
	require.Empty(t, ds)
	return c
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
