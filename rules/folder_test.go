package rules_test

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"truce/facts/doc"
	"truce/facts/source"
	"truce/rules"
)

func TestLoadDir(t *testing.T) {
	p, ds := rules.LoadDir("testdata/base", rules.Options{})
	require.Empty(t, ds)
	require.Equal(t, "harbour", p.Name)
	require.Equal(t, load(t, base(t)).Digest, p.Digest, "the folder does not matter")
	require.Equal(t, "rules.yaml", p.Rule("sea-is-danger").Span.File)
}

// What is no YAML is passed over, and what looks like it is named.
func TestOtherFilesAreNotRead(t *testing.T) {
	fsys := fstest.MapFS{
		"README.md":      {Data: []byte("not: a pack")},
		"sub/pack.yaml":  {Data: []byte("pack: {}")},
		"old.yml":        {Data: []byte("rules: nothing")},
		"SHOUTING.YAML":  {Data: []byte("rules: nothing")},
		"notes.yaml.bak": {Data: []byte("rules: nothing")},
	}
	for name, text := range base(t) {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	p, ds := rules.LoadFS(fsys, rules.Options{})
	require.NotNil(t, p)
	require.Len(t, p.Files, 4)
	require.Equal(t, "SHOUTING.YAML: warning R004: SHOUTING.YAML is not read as part of the pack\n"+
		"  help: rename it to SHOUTING.yaml\n"+
		"old.yml: warning R004: old.yml is not read as part of the pack\n  help: rename it to old.yaml\n", render(nil, ds))
}

func TestNothingToLoad(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "pack.yaml")
	for name, want := range map[string]string{
		filepath.Join(dir, "missing"): "R002: no such file or directory",
		dir:                           "R001: no file has a `pack:` section",
	} {
		p, ds := rules.LoadDir(name, rules.Options{})
		require.Nil(t, p)
		require.ErrorContains(t, ds, want)
	}
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	_, ds := rules.LoadDir(file, rules.Options{})
	require.ErrorContains(t, ds, "R001")
	require.ErrorContains(t, ds, "is a file; expected the folder of a pack")
	_, ds = rules.LoadDir(dir, rules.Options{})
	require.ErrorContains(t, ds, "pack.yaml: D001: the file is empty")
}

type refusing struct{ fstest.MapFS }

func (r refusing) Open(name string) (fs.File, error) {
	if name == "pack.yaml" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return r.MapFS.Open(name)
}

func TestUnreadableFile(t *testing.T) {
	p, ds := rules.LoadFS(refusing{fstest.MapFS{"pack.yaml": {}}}, rules.Options{})
	require.Nil(t, p)
	require.EqualError(t, ds, "pack.yaml: R002: permission denied")
}

func TestLimits(t *testing.T) {
	fsys := fstest.MapFS{}
	for name, text := range base(t) {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	for _, limits := range []rules.Limits{{Files: 3}, {Bytes: 100}, {Bytes: 2000}, {Rows: 2}, {File: doc.Limits{Bytes: 100}}, {File: doc.Limits{Nodes: 10}}} {
		for _, load := range []func() (*rules.Pack, source.Diagnostics){
			func() (*rules.Pack, source.Diagnostics) {
				return rules.Load(listed(base(t)), rules.Options{Limits: limits})
			},
			func() (*rules.Pack, source.Diagnostics) { return rules.LoadFS(fsys, rules.Options{Limits: limits}) },
		} {
			p, ds := load()
			require.Nil(t, p)
			require.NotEmpty(t, ds)
			for _, d := range ds {
				require.True(t, d.Limit, "%v", d)
			}
		}
	}
}

func TestOneFileTwice(t *testing.T) {
	files := listed(base(t))
	_, ds := rules.Load(append(files, files[0]), rules.Options{})
	require.ErrorContains(t, ds, "R009: file "+files[0].Name+" is given twice")
}

// The digest of a pack is over lines with the names of its files in them.
func TestNamesWithLineEnds(t *testing.T) {
	files := listed(base(t))
	files[0].Name = "a.yaml\n" + files[0].Name
	_, ds := rules.Load(files, rules.Options{})
	require.ErrorContains(t, ds, "has a line end or a backslash in its name")
}

// What sha256sum prints of the files has the digest of the pack.
func TestDigest(t *testing.T) {
	p := load(t, base(t))
	var lines strings.Builder
	for _, f := range p.Files {
		fmt.Fprintf(&lines, "%x  %s\n", sha256.Sum256([]byte(f.Text)), f.Name)
	}
	require.Equal(t, fmt.Sprintf("%x", sha256.Sum256([]byte(lines.String()))), p.Digest)
}

// Every finding has what `rules explain` prints, and is raised by some test here.
func TestCodes(t *testing.T) {
	said := "R002 R003 R004" // in the tests above
	goldens, err := filepath.Glob("testdata/bad/*.golden")
	require.NoError(t, err)
	for _, name := range goldens {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		said += string(text)
	}
	seen := map[string]bool{}
	for _, c := range rules.Codes() {
		require.Regexp(t, `^R\d{3}$`, c.ID)
		require.False(t, seen[c.ID], c.ID)
		seen[c.ID] = true
		require.NotEmpty(t, c.Title, c.ID)
		require.True(t, strings.HasSuffix(c.Doc, "."), c.ID)
		require.Contains(t, said, c.ID, "no test raises it")
	}
}
