package audit_test

import (
	"archive/zip"
	"bytes"
	"flag"
	"io"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the expected outputs anew")

// What is in a bundle, file by file, in order.
func TestBundleGolden(t *testing.T) {
	var text bytes.Buffer
	b := bundled(t)
	b.Page = []byte("<!doctype html><title>crossing-2</title>\n")
	require.NoError(t, b.Write(&text))
	z, err := zip.NewReader(bytes.NewReader(text.Bytes()), int64(text.Len()))
	require.NoError(t, err)
	got := &txtar.Archive{Comment: []byte("A bundle of the third of five crossings of the ferry.\n")}
	for _, f := range z.File {
		r, err := f.Open()
		require.NoError(t, err)
		data, err := io.ReadAll(r)
		require.NoError(t, err)
		if !bytes.HasSuffix(data, []byte("\n")) {
			data = append(data, "\n"...) // which txtar would add
		}
		got.Files = append(got.Files, txtar.File{Name: f.Name, Data: data})
	}
	const golden = "testdata/bundle.golden"
	if *update {
		require.NoError(t, os.WriteFile(golden, txtar.Format(got), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), string(txtar.Format(got)))
}
