package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"truce/facts/source"
)

const (
	badDir     = "../../testdata/bad"
	leastBad   = 60
	mostOfOne  = 2 // findings that one mistake may make
	goldenPart = "golden"
	diffPart   = "diff"
)

// Each archive in testdata/bad is the small pack beside it with one mistake that a
// person would make. What comes before the files says who makes it; a line "edit FILE
// "OLD" "NEW"" there makes a mistake that an archive cannot hold. The golden part is
// what "truce rules check" says of the pack, the diff part what --diff does, where the
// mistake has a fix. "go test ./cmd/truce -run TestBadPacks -update" writes both anew.
func TestBadPacks(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(badDir, "*.txtar"))
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(paths), leastBad)
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			path, err := filepath.Abs(path)
			require.NoError(t, err)
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			mistake, _, _ := strings.Cut(string(archive.Comment), "\n")
			require.NotEmpty(t, mistake, "the archive says who makes the mistake")
			spread(t, archive)
			findings := foundIn(t)
			require.LessOrEqual(t, len(findings), mostOfOne, "one mistake, and no cascade")
			for _, f := range findings {
				require.NotEmpty(t, f.Expected+f.Help, "%s names what to type instead", f.Code)
			}
			_, said, stderr := call(context.Background(), nil, "rules", "check", "pack")
			require.Empty(t, stderr)
			diff := mend(t, findings)
			if *update {
				writeGolden(t, path, archive, said, diff)
			}
			require.Equal(t, part(archive, goldenPart), said)
			require.Equal(t, part(archive, diffPart), diff)
		})
	}
}

// spread makes the folder "pack" of an archive in an empty folder, and goes there.
func spread(t *testing.T, archive *txtar.Archive) {
	t.Helper()
	base, err := filepath.Abs(filepath.Join(badDir, "base"))
	require.NoError(t, err)
	t.Chdir(t.TempDir())
	require.NoError(t, os.CopyFS("pack", os.DirFS(base)))
	for _, f := range archive.Files {
		if filepath.Ext(f.Name) == ".yaml" {
			require.NoError(t, os.WriteFile(filepath.Join("pack", f.Name), f.Data, 0o644))
		}
	}
	for line := range strings.Lines(string(archive.Comment)) {
		verb, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		file, rest, _ := strings.Cut(rest, " ")
		path := filepath.Join("pack", file)
		switch verb {
		case "edit":
			rewritten(t, path, func(text string) string { return edited(t, text, rest) })
		case "crlf":
			rewritten(t, path, func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") })
		case "utf-16":
			rewritten(t, path, func(text string) string {
				b := []byte{0xff, 0xfe}
				for _, u := range utf16.Encode([]rune(text)) {
					b = append(b, byte(u), byte(u>>8))
				}
				return string(b)
			})
		}
	}
}

func rewritten(t *testing.T, path string, change func(string) string) {
	t.Helper()
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, []byte(change(string(b))), 0o644))
}

// edited replaces a text by another, both quoted as in Go; "" is the start of the file.
func edited(t *testing.T, text, quoted string) string {
	t.Helper()
	first, err := strconv.QuotedPrefix(quoted)
	require.NoError(t, err)
	old, err := strconv.Unquote(first)
	require.NoError(t, err)
	with, err := strconv.Unquote(strings.TrimSpace(quoted[len(first):]))
	require.NoError(t, err)
	require.Contains(t, text, old)
	return strings.Replace(text, old, with, 1)
}

func foundIn(t *testing.T) []findingItem {
	t.Helper()
	_, out, stderr := call(context.Background(), nil, "rules", "check", "--format", "json", "pack")
	require.Empty(t, stderr)
	var doc findingsDocument
	require.NoError(t, json.Unmarshal([]byte(out), &doc))
	return doc.Findings
}

// mend has the pack fixed where something has a fix, and gives what --diff showed. What
// has a fix is gone afterwards, a second time changes nothing, and no other line of any
// file is touched.
func mend(t *testing.T, findings []findingItem) string {
	t.Helper()
	before := texts(t)
	_, diff, stderr := call(context.Background(), nil, "rules", "check", "--diff", "pack")
	require.Empty(t, stderr)
	require.Equal(t, before, texts(t), "--diff writes nothing")
	if !slices.ContainsFunc(findings, func(f findingItem) bool { return f.Fix != nil }) {
		require.Contains(t, diff, "would fix 0 findings in 0 files")
		return ""
	}
	code, _, stderr := call(context.Background(), nil, "rules", "check", "--fix", "pack")
	require.Empty(t, stderr)
	after := foundIn(t)
	for _, f := range findings {
		same := func(g findingItem) bool { return g.Code == f.Code && g.Message == f.Message }
		require.False(t, f.Fix != nil && slices.ContainsFunc(after, same), "%s is fixed", f.Code)
	}
	wrong := slices.ContainsFunc(after, func(f findingItem) bool { return f.Severity == source.Error.String() })
	require.Equal(t, wrong, code == exitFailed)
	mended := texts(t)
	require.Len(t, mended, len(before))
	for name, text := range before {
		if !strings.Contains(diff, "+++ "+filepath.Join("pack", name)) {
			require.Equal(t, text, mended[name], name)
		}
	}
	_, again, _ := call(context.Background(), nil, "rules", "check", "--fix", "pack")
	require.Contains(t, again, "fixed 0 findings in 0 files")
	require.Equal(t, mended, texts(t))
	return diff
}

func texts(t *testing.T) map[string]string {
	t.Helper()
	entries, err := os.ReadDir("pack")
	require.NoError(t, err)
	files := map[string]string{}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join("pack", e.Name()))
		require.NoError(t, err)
		files[e.Name()] = string(b)
	}
	return files
}

func part(archive *txtar.Archive, name string) string {
	for _, f := range archive.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

func writeGolden(t *testing.T, path string, archive *txtar.Archive, said, diff string) {
	t.Helper()
	archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == goldenPart || f.Name == diffPart })
	archive.Files = append(archive.Files, txtar.File{Name: goldenPart, Data: []byte(said)})
	if diff != "" {
		archive.Files = append(archive.Files, txtar.File{Name: diffPart, Data: []byte(diff)})
	}
	text := txtar.Format(archive)
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, text) {
		return
	}
	require.NoError(t, os.WriteFile(path, text, 0o644))
}
