package rules

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// A pack that is loaded again with what was read before is the pack that it would be
// without, whatever changed in between, and so are its findings; and several may be
// loaded at once.
func TestDocumentsChangeNothing(t *testing.T) {
	names, err := filepath.Glob("testdata/base/*.yaml")
	require.NoError(t, err)
	var files []File
	for _, name := range names {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		files = append(files, File{Name: filepath.Base(name), Text: string(text)})
	}
	var known Documents
	for _, only := range []bool{false, true, false} {
		for i := range files {
			for _, more := range []string{"", "# a comment\n", "nonsense: 1\n", "\t- x: [\n", ""} {
				changed := append([]File(nil), files...)
				changed[i].Text += more
				plain, ds := Load(changed, Options{SourceOnly: only})
				p, again := Load(changed, Options{SourceOnly: only, Documents: &known})
				require.Equal(t, ds, again)
				require.Equal(t, plain == nil, p == nil)
				if p != nil {
					require.Equal(t, plain.Digest, p.Digest)
					require.Equal(t, len(plain.Rules), len(p.Rules))
					require.Len(t, known.last, len(files))
				}
			}
		}
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 5 {
				if _, ds := Load(files, Options{Documents: &known}); ds.HasErrors() {
					t.Error(ds)
				}
			}
		})
	}
	all.Wait()
}
