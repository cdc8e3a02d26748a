package sheet

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/rules"
)

var update = flag.Bool("update", false, "write the goldens anew")

// packs are all packs of the tree, by folder.
var packs = func() func(testing.TB) map[string]*rules.Pack {
	var found map[string]*rules.Pack
	var once sync.Once
	return func(t testing.TB) map[string]*rules.Pack {
		once.Do(func() { found = loaded(t) })
		return found
	}
}()

func loaded(t testing.TB) map[string]*rules.Pack {
	found := map[string]*rules.Pack{}
	require.NoError(t, filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() != "pack.yaml" {
			return err
		}
		dir := filepath.Dir(path)
		p, ds := rules.LoadDir(dir, rules.Options{})
		if strings.HasSuffix(dir, "scripts/plain") {
			return nil // a part of packs, and none
		}
		require.NoError(t, ds.Err(), dir)
		found[filepath.ToSlash(dir)] = p
		return nil
	}))
	require.Contains(t, found, "../../rules/iran")
	require.Contains(t, found, "../../testdata/packs/ferry")
	require.Contains(t, found, "../../rules/sheet/testdata/harbour")
	return found
}

func golden(t testing.TB, name, text string) {
	path := filepath.Join("testdata", filepath.FromSlash(name))
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), text)
}

func TestExported(t *testing.T) {
	all := packs(t)
	for dir, name := range map[string]string{"../../rules/iran": "iran", "../../testdata/packs/ferry": "ferry", "../../rules/sheet/testdata/harbour": "harbour"} {
		var b strings.Builder
		for _, s := range Export(all[dir]) {
			b.WriteString("-- " + s.Name + " --\n" + s.Text)
		}
		golden(t, "exported/"+name+".txt", b.String())
	}
}

// What is exported and imported changes nothing, in any pack of the tree.
func TestIdentity(t *testing.T) {
	for dir, p := range packs(t) {
		r, ds := Import(p, Export(p))
		require.NoError(t, ds.Err(), dir)
		require.Empty(t, r.Changes, dir)
		require.Empty(t, r.Files, dir)
		require.NotNil(t, r.Pack)
		require.Equal(t, p.Digest, r.Pack.Digest)
	}
}

// A spreadsheet that saves a sheet in its own way has changed nothing either.
func TestIdentityOfWhatSpreadsheetsSave(t *testing.T) {
	for dir, p := range packs(t) {
		for name, save := range spreadsheets() {
			var saved []Sheet
			for _, s := range Export(p) {
				saved = append(saved, save(t, s))
			}
			r, ds := Import(p, saved)
			require.NoError(t, ds.Err(), "%s %s", dir, name)
			require.Empty(t, r.Changes, "%s %s", dir, name)
			require.Empty(t, r.Files, "%s %s", dir, name)
		}
	}
}
