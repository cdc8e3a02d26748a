package facts_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts"
	"truce/facts/doc"
	"truce/facts/source"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Bad cases are refused with messages that are held whole, place and caret
// included.
func TestBadCases(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.[yj]*[ln]")
	require.NoError(t, err)
	codes := append(facts.Codes(), doc.Codes()...)
	shown := map[string]bool{}
	ran := 0
	for _, file := range files {
		name := filepath.Base(file)
		if strings.HasSuffix(name, ".golden") {
			continue
		}
		ran++
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			schema := declared(t)
			if strings.HasPrefix(name, "exact") {
				schema = withExact(t)
			}
			c, ds := facts.ReadCase(name, text, schema, facts.ReadOptions{Labels: []string{"truce", "hold", "reversion"}, Masked: strings.HasPrefix(name, "masked")})
			require.Nil(t, c)
			require.True(t, ds.HasErrors())
			requireCoded(t, codes, ds, name, string(text))
			for _, d := range ds {
				shown[d.Code] = true
			}
			var out strings.Builder
			source.Render(&out, ds, func(string) (string, bool) { return string(text), true }, source.Options{})
			golden := file + ".golden"
			if *update {
				require.NoError(t, os.WriteFile(golden, []byte(out.String()), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			require.Equal(t, string(want), out.String())
		})
	}
	require.Greater(t, ran, 20)
	if t.Failed() {
		return
	}
	for _, c := range facts.Codes() {
		if c.ID != "F199" { // TestManyFindings shows it
			require.True(t, shown[c.ID], "no bad case shows %s", c.ID)
		}
	}
}

// Past a hundred findings, reading stops finding.
func TestManyFindings(t *testing.T) {
	text := "case: a\ntitle: b\nas_of: 2013-11-24\nfacts:\n  Party:\n" + strings.Repeat("    - {seats: 1}\n", 500)
	c, ds := facts.ReadCase("a.yaml", []byte(text), declared(t), facts.ReadOptions{})
	require.Nil(t, c)
	require.Len(t, ds, 101)
	require.Equal(t, "F199", ds[100].Code)
	require.True(t, ds[100].Limit)
}

func TestLimits(t *testing.T) {
	text := "case: a\ntitle: b\nas_of: 2013-11-24\nfacts: {}\n"
	_, ds := facts.ReadCase("a.yaml", []byte(text), declared(t), facts.ReadOptions{Limits: doc.Limits{Bytes: 10}})
	require.Len(t, ds, 1)
	require.True(t, ds[0].Limit)
}
