package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The lines that an export writes, but for the time and the version of truce.
func TestExportGolden(t *testing.T) {
	pack, file, _ := ferryCase(t)
	dir := filepath.Dir(file)
	store, key, lines := filepath.Join(dir, "audit.db"), filepath.Join(dir, "audit.key"), filepath.Join(dir, "records.jsonl")
	for _, args := range [][]string{
		{"audit", "init", store, "--name", "example.org/ferry", "--key", key},
		{"assess", "--rules", pack, "--record", store, "--key", key, "--by", "analyst", file},
		{"assess", "--rules", pack, "--record", store, "--key", key, "--by", "captain", "--source-only", file},
		{"audit", "export", store, "--out", lines},
	} {
		var said bytes.Buffer
		require.Zero(t, run(context.Background(), args, streams{strings.NewReader(""), io.Discard, &said}, nil), said.String())
	}
	got, err := os.ReadFile(lines)
	require.NoError(t, err)
	got = regexp.MustCompile(`"(at|engine)":"[^"]*"`).ReplaceAll(got, []byte(`"$1":"*"`))
	const golden = "testdata/export.jsonl"
	if *update {
		require.NoError(t, os.WriteFile(golden, got, 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), string(got))
}
