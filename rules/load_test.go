package rules_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts/source"
	"truce/rules"
)

var update = flag.Bool("update", false, "write the golden files")

// base is the pack that broken and changed packs are made from.
func base(t testing.TB) map[string]string {
	t.Helper()
	return folder(t, "testdata/base")
}

func folder(t testing.TB, dir string) map[string]string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	require.NoError(t, err)
	files := map[string]string{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		files[filepath.Base(name)] = string(text)
	}
	require.NotEmpty(t, files)
	return files
}

// listed gives the files in an order that means nothing.
func listed(files map[string]string) []rules.File {
	var list []rules.File
	for name, text := range files {
		list = append(list, rules.File{Name: name, Text: text})
	}
	return list
}

// with is the base pack with the files of an archive over it. In an archive each
// file stands behind a line "-- name --"; what comes before the first says what
// the mistake is.
func with(t testing.TB, archive string) map[string]string {
	t.Helper()
	files := base(t)
	name := ""
	for line := range strings.Lines(archive) {
		switch n, ok := strings.CutPrefix(strings.TrimSpace(line), "-- "); {
		case ok:
			name = strings.TrimSuffix(n, " --")
			files[name] = ""
		case name != "":
			files[name] += line
		}
	}
	require.NotEmpty(t, name, "no file in the archive")
	return files
}

func render(files map[string]string, ds source.Diagnostics) string {
	var b strings.Builder
	source.Render(&b, ds, func(name string) (string, bool) {
		text, ok := files[name]
		return text, ok
	}, source.Options{})
	return b.String()
}

func load(t testing.TB, files map[string]string) *rules.Pack {
	t.Helper()
	p, ds := rules.Load(listed(files), rules.Options{})
	require.Empty(t, ds, "%s", render(files, ds))
	require.NotNil(t, p)
	return p
}

// TestBad loads broken packs and compares all that is said with a golden file.
func TestBad(t *testing.T) {
	archives, err := filepath.Glob("testdata/bad/*.txtar")
	require.NoError(t, err)
	require.Greater(t, len(archives), 30)
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := os.ReadFile(name)
			require.NoError(t, err)
			files := with(t, string(archive))
			p, ds := rules.Load(listed(files), rules.Options{})
			require.NotEmpty(t, ds)
			require.Equal(t, ds.HasErrors(), p == nil, "a pack comes where there is no error")
			for _, d := range ds {
				require.NotEmpty(t, d.Code)
			}
			got := render(files, ds)
			golden := strings.TrimSuffix(name, ".txtar") + ".golden"
			if *update {
				require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
				return
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			require.Equal(t, string(want), got)
		})
	}
}
