package cmd_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var topLevel = []string{"README.md", "cmd", "engine", "explain", "facts", "go.mod", "go.sum", "rules", "testdata"}

// The top level is the project's map; what is new goes into one of its folders.
func TestTopLevel(t *testing.T) {
	var found []string
	for _, path := range tracked(t) {
		first, _, _ := strings.Cut(path, "/")
		if !strings.HasPrefix(first, ".") {
			found = append(found, first)
		}
	}
	slices.Sort(found)
	require.Equal(t, topLevel, slices.Compact(found))
}

// A package that is named for nothing ends up holding anything.
func TestPackageNames(t *testing.T) {
	vague := []string{"util", "utils", "common", "helper", "helpers", "types", "misc", "base", "shared", "lib", "pkg"}
	for _, p := range list(t) {
		for part := range strings.SplitSeq(p.ImportPath, "/") {
			require.NotContains(t, vague, part, p.ImportPath)
		}
	}
}

// tracked lists the files of the project: those git holds or would take up, or,
// where the tree has no history, all.
func tracked(t *testing.T) []string {
	t.Helper()
	cmd := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	cmd.Dir = ".."
	if out, err := cmd.Output(); err == nil {
		paths := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
		return slices.DeleteFunc(paths, func(path string) bool { // deleted, and not yet committed so
			_, err := os.Lstat(filepath.Join("..", path))
			return err != nil
		})
	}
	var paths []string
	require.NoError(t, filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel("..", path)
		paths = append(paths, filepath.ToSlash(rel))
		return err
	}))
	return paths
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}
