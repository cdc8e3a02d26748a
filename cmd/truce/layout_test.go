package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// A file that is laid out keeps its permissions, and a link stays one; one that may
// only be read is not written, and nothing is left beside it.
func TestFmtKeepsTheFile(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "a.yaml"), filepath.Join(dir, "link.yaml")
	fmtIt := func(path string) int {
		code, _, _ := call(context.Background(), nil, "rules", "fmt", path)
		return code
	}
	require.NoError(t, os.WriteFile(file, []byte("units: { a: b }\n"), 0o600))
	require.NoError(t, os.Chmod(file, 0o640))
	require.NoError(t, os.Symlink("a.yaml", link))
	require.Zero(t, fmtIt(link))
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, "units: {a: b}\n", string(text))
	info, err := os.Lstat(file)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o640), info.Mode())
	info, err = os.Lstat(link)
	require.NoError(t, err)
	require.NotZero(t, info.Mode()&os.ModeSymlink)

	before, err := os.Stat(file)
	require.NoError(t, err)
	require.Zero(t, fmtIt(file))
	after, err := os.Stat(file)
	require.NoError(t, err)
	require.True(t, os.SameFile(before, after), "nothing to change, and yet it was written anew")

	require.NoError(t, os.WriteFile(file, []byte("units: { a: b }\n"), 0o640))
	require.NoError(t, os.Chmod(file, 0o440))
	require.Equal(t, exitBadInput, fmtIt(file))
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 2)
}
