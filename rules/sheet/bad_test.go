package sheet

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"truce/facts/source"
	"truce/rules"
)

// TestBad brings sheets back that do not fit, and compares all that is said with a
// golden. A line of an archive is that of the exported sheet unless it differs: "s/A/B/"
// puts B in place of A in the sheet.
func TestBad(t *testing.T) {
	p := packs(t)["../../rules/sheet/testdata/harbour"]
	archives, err := filepath.Glob("testdata/bad/*.txtar")
	require.NoError(t, err)
	require.Greater(t, len(archives), 12)
	raised := ""
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			require.NoError(t, err)
			var sheets []Sheet
			for _, f := range a.Files {
				sheets = append(sheets, Sheet{f.Name, changedText(t, p, f.Name, string(f.Data))})
			}
			r, ds := Import(p, sheets)
			require.NotEmpty(t, ds)
			require.Equal(t, ds.HasErrors(), r.Pack == nil)
			if ds.HasErrors() {
				require.Empty(t, r.Files)
			}
			var b strings.Builder
			source.Render(&b, ds, func(name string) (string, bool) { text, ok := r.Texts[name]; return text, ok }, source.Options{})
			golden(t, "bad/"+strings.TrimSuffix(filepath.Base(name), ".txtar")+".golden", b.String())
			raised += b.String()
		})
	}
	for _, c := range Codes() {
		if c.ID != NotKept.ID {
			require.Contains(t, raised, c.ID, "no test raises it")
		}
	}
}

// changedText is a sheet as it is exported, with replacements: lines of the form s/A/B/.
// One with no such line is the text itself.
func changedText(t *testing.T, p *rules.Pack, name, text string) string {
	if !strings.HasPrefix(text, "s/") {
		return text
	}
	for _, s := range Export(p) {
		if s.Name != name {
			continue
		}
		for line := range strings.Lines(text) {
			parts := strings.Split(strings.TrimRight(line, "\n"), "/")
			require.Len(t, parts, 4, line)
			undo := strings.NewReplacer(`\n`, "\n", `\xe9`, "\xe9", `\s`, "/")
			old, now := undo.Replace(parts[1]), undo.Replace(parts[2])
			require.Contains(t, s.Text, old)
			s.Text = strings.Replace(s.Text, old, now, 1)
		}
		return s.Text
	}
	require.Fail(t, "no such sheet", name)
	return ""
}

// A change that would break the pack leaves it alone, and one that only warns is made.
func TestWarningsDoNotStop(t *testing.T) {
	p := packs(t)["../../rules/sheet/testdata/harbour"]
	r, ds := Import(p, []Sheet{{"thresholds.csv", changedText(t, p, "thresholds.csv", "s/strong_wind,35/strong_wind,70/\n")}})
	require.NoError(t, ds.Err())
	require.Len(t, r.Files, 1)
	require.NotEmpty(t, ds)
}

func TestNothingIsWritten(t *testing.T) {
	before, err := os.ReadFile("testdata/harbour/pack.yaml")
	require.NoError(t, err)
	p := packs(t)["../../rules/sheet/testdata/harbour"]
	_, _ = Import(p, []Sheet{{"thresholds.csv", changedText(t, p, "thresholds.csv", "s/strong_wind,35/strong_wind,40/\n")}})
	after, err := os.ReadFile("testdata/harbour/pack.yaml")
	require.NoError(t, err)
	require.Equal(t, string(before), string(after))
}
