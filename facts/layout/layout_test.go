package layout_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts"
	"truce/facts/doc"
	"truce/facts/layout"
	"truce/rules"
)

func TestTry(t *testing.T) {
	dir := os.Getenv("DIR")
	fs, _ := filepath.Glob(dir + "/*.yaml")
	for _, f := range fs {
		text, err := os.ReadFile(f)
		require.NoError(t, err)
		s := rules.PackFile()
		if os.Getenv("CASE") != "" {
			s = facts.AnyCase()
		}
		out, ds := layout.Format(f, text, s, doc.Limits{})
		if ds.HasErrors() {
			t.Error(ds)
			continue
		}
		again, ds := layout.Format(f, out, s, doc.Limits{})
		require.Empty(t, ds)
		require.Equal(t, string(out), string(again))
		if os.Getenv("WRITE") != "" {
			require.NoError(t, os.WriteFile(f, out, 0o644))
		}
	}
}
