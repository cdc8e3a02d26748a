package facts_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts"
	"truce/facts/doc"
)

// FuzzReadCase holds that no text makes the reader panic, that every finding has
// a declared code and a place inside the text, and that a case that was read is
// written and read back as it was.
func FuzzReadCase(f *testing.F) {
	f.Add([]byte(wholeCase), false)
	for _, pattern := range []string{"testdata/bad/*.yaml", "testdata/bad/*.json", "../testdata/cases/*.yaml"} {
		names, err := filepath.Glob(pattern)
		require.NoError(f, err)
		for _, name := range names {
			text, err := os.ReadFile(name)
			require.NoError(f, err)
			f.Add(text, filepath.Ext(name) == ".json")
		}
	}
	s := declared(f)
	codes := append(facts.Codes(), doc.Codes()...)
	f.Fuzz(func(t *testing.T, text []byte, json bool) {
		name := "a.yaml"
		if json {
			name = "a.json"
		}
		c, ds := facts.ReadCase(name, text, s, facts.ReadOptions{Limits: doc.Limits{Bytes: 1 << 16}})
		requireCoded(t, codes, ds, name, string(text))
		if ds.HasErrors() {
			require.Nil(t, c)
			return
		}
		require.NotNil(t, c)
		var out bytes.Buffer
		require.NoError(t, facts.WriteCase(&out, c, s))
		back, ds := facts.ReadCase("b.yaml", out.Bytes(), s, facts.ReadOptions{})
		require.Empty(t, ds, out.String())
		require.True(t, back.Same(c), out.String())
	})
}
