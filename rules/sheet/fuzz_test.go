package sheet

import (
	"testing"

	"github.com/stretchr/testify/require"

	"truce/rules"
)

// Whatever comes back, it is understood and keeps the pack whole, or is refused.
func FuzzImport(f *testing.F) {
	p, ds := rules.LoadDir("testdata/harbour", rules.Options{})
	require.NoError(f, ds.Err())
	for _, s := range Export(p) {
		f.Add(s.Name, s.Text)
	}
	f.Add("thresholds.csv", "name;value\nstorm;1,5\n")
	f.Add("course.csv", "unique,w.wind,w.wind\n")
	f.Fuzz(func(t *testing.T, name, text string) {
		r, ds := Import(p, []Sheet{{name, text}})
		if ds.HasErrors() {
			require.Empty(t, r.Files)
			return
		}
		require.NotNil(t, r.Pack)
		require.Equal(t, len(r.Files) > 0, r.Pack.Digest != p.Digest)
		again, ds := Import(r.Pack, Export(r.Pack))
		require.NoError(t, ds.Err())
		require.Empty(t, again.Changes)
	})
}
