package rules_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/facts/source"
	"truce/rules"
)

// A slip is what somebody types for what the base pack holds.
type slip struct{ file, right, wrong string }

func slips() []slip {
	return []slip{
		{"rules.yaml", `danger >= 1]`, `danger ≥ 1]`},
		{"rules.yaml", `w.sea >= "rough"`, `w.sea >= “rough”`},
		{"rules.yaml", `stress > 0`, `stress > ۰`},
		{"rules.yaml", `danger > 0]`, `danger > ٠]`},
		{"rules.yaml", `=stress * threshold.full`, `=stress × threshold.full`},
		{"rules.yaml", "      - stress > 0", "      -stress > 0"},
		{"rules.yaml", "      - w: Weather\n      - stress", "\t- w: Weather\n      - stress"},
		{"rules.yaml", "  - rule: sea-is-danger", "\u00a0\u00a0- rule: sea-is-danger"},
		{"rules.yaml", "cites: [C02]", "cite: [C02]"},
		{"rules.yaml", "hit: first", "htis: first"},
		{"rules.yaml", "hit: first", "hti: first"},
		{"rules.yaml", "thresholds:\n", "\ufeffthresholds:\n"},
		{"rules.yaml", `"=points(w.sea, threshold.sea_points)"`, `"=points(w.sea، threshold.sea_points)"`},
		{"rules.yaml", `{from: sea,`, `{from: =sea,`},
		{"rules.yaml", "tables:\n", "tabels:\n"},
		{"facts.yaml", "range: [0, 150]", "range: [۰, ۱۵۰]"},
		{"facts.yaml", "key: [from]", "Key: [from]"},
		{"pack.yaml", "  doc: Whether a ferry leaves.", "  doc: “Whether a ferry leaves.”"},
	}
}

// Whatever slips come together, what mends them gives the pack that was meant.
func TestMendGivesWhatWasMeant(t *testing.T) {
	right := base(t)
	rapid.Check(t, func(t *rapid.T) {
		wrong := maps.Clone(right)
		for _, s := range slips() {
			if rapid.Bool().Draw(t, s.wrong) {
				wrong[s.file] = strings.Replace(wrong[s.file], s.right, s.wrong, 1)
			}
		}
		m := rules.Mend(listed(wrong), rules.Options{})
		if strings.Contains(wrong["rules.yaml"], "htis") { // two letters off: its author's to mend
			require.Len(t, m.Left, 1)
			return
		}
		require.Empty(t, m.Left, "%s", render(texts(m.Files), m.Left))
		require.NotNil(t, m.Pack)
		got := texts(m.Files)
		got["pack.yaml"] = strings.Replace(got["pack.yaml"], `doc: "Whether a ferry leaves."`, "doc: Whether a ferry leaves.", 1)
		require.Equal(t, right, got)
		require.Equal(t, len(m.Changed) > 0, len(m.Fixed) > 0)
	})
}

func texts(files []rules.File) map[string]string {
	m := map[string]string{}
	for _, f := range files {
		m[f.Name] = f.Text
	}
	return m
}

// Quotes go around what YAML has split or cut where the whole is an expression.
func TestMendQuotes(t *testing.T) {
	for wrong, right := range map[string]string{
		`      - w.warned ? w.wind > 3 : w.wind > 5`:       `      - 'w.warned ? w.wind > 3 : w.wind > 5'`,
		`      - any(Ship, .name == "Ship: one")`:          `      - 'any(Ship, .name == "Ship: one")'`,
		`      - any(Ship, #.crew > 3)`:                    `      - 'any(Ship, .crew > 3)'`,
		`      - any(Ship, .name == 'a #b')`:               `      - "any(Ship, .name == 'a #b')"`,
		`      - x: w.warned ? 3 : 5`:                      `      - x: 'w.warned ? 3 : 5'`,
		`      - {x: max(w.wind, 3)}`:                      `      - {x: 'max(w.wind, 3)'}`,
		`      - x: [max(w.wind, 3)]`:                      "",
		`      - w.wind in: 3`:                             "",
		`      - my name: Weather`:                         "",
		`      - W: Ship`:                                  "",
		`      - w.warned ? nothing > 3 : w.wind > 5`:      "",
		`      - any(Ship, .crew > 3) # the crew (or more`: `      - any(Ship, .crew > 3) # the crew (or more`,
		`      - (w.wind > 3 # knots`:                      "",
		`      - !w.warned`:                                `      - not w.warned`,
		`      - "w.sea == “rough”"`:                       `      - "w.sea == \"rough\""`,
		`      - 'w.sea == “rough”'`:                       `      - 'w.sea == "rough"'`,
		`      - “rough” == w.sea`:                         `      - '"rough" == w.sea'`,
		`      - any(Ship, .crew ＞ ٣) and w.sea = “rough”`: `      - any(Ship, .crew > 3) and w.sea == "rough"`,
		`      - >-` + "\n" + `        w.sea == “rough” and` + "\n" + `        w.wind > 3`: `      - >-` + "\n" + `        w.sea == "rough" and` + "\n" + `        w.wind > 3`,
	} {
		files := base(t)
		const line = "      - stress > 0\n"
		meant := strings.Replace(files["rules.yaml"], line, line+right+"\n", 1)
		files["rules.yaml"] = strings.Replace(files["rules.yaml"], line, line+wrong+"\n", 1)
		m := rules.Mend(listed(files), rules.Options{})
		if right == "" {
			require.Empty(t, m.Changed, "%s", wrong)
			require.NotEmpty(t, m.Left, "%s", wrong)
			continue
		}
		require.Empty(t, m.Left, "%s\n%s", wrong, render(texts(m.Files), m.Left))
		require.Equal(t, meant, texts(m.Files)["rules.yaml"], "%s", wrong)
	}
}

// A list all of whose dashes lack their space is a text, or a map, to YAML.
func TestMendDashes(t *testing.T) {
	for wrong, right := range map[string]string{
		"    when:\n      -w: Weather\n      -w.wind > 3\n":      "    when:\n      - w: Weather\n      - w.wind > 3\n",
		"    when:\n      -w: Weather\n":                         "    when:\n      - w: Weather\n",
		"    when:\n      -none(Ship, .crew > 3)\n      -true\n": "    when:\n      - none(Ship, .crew > 3)\n      - true\n",
		"    when:\n      -3 > 2\n":                              "",
		"    when: -w\n      .wind\n":                            "",
	} {
		files := base(t)
		const rule = "rules:\n  - rule: extra\n    cites: [C01]\n%    then: [{conclude: Danger, with: {from: wind, points: 1}}]\n"
		files["extra.yaml"] = strings.Replace(rule, "%", wrong, 1)
		m := rules.Mend(listed(files), rules.Options{})
		if right == "" {
			require.Empty(t, m.Changed, "%q", wrong)
			continue
		}
		require.Empty(t, m.Left, "%q", wrong)
		require.Equal(t, strings.Replace(rule, "%", right, 1), texts(m.Files)["extra.yaml"])
	}
}

// No fix comes with a warning, so that a pack that loads is never changed; and a key
// that a value of the pack could be meant by is left.
func TestMendLeavesAlone(t *testing.T) {
	for _, dir := range []string{"testdata/base", "iran", "../testdata/bad/base"} {
		files := folder(t, dir)
		m := rules.Mend(listed(files), rules.Options{})
		require.NotNil(t, m.Pack, dir)
		require.Empty(t, m.Fixed, dir)
		require.Equal(t, files, texts(m.Files), dir)
	}
	for _, s := range []slip{
		{"facts.yaml", "key: [from]", "kex_: [from]"},
		{"facts.yaml", "fields: {praised", "feilds: {}\n    fields: {praised"},
		{"rules.yaml", "w.warned", "w.wanred"},
		{"rules.yaml", `"rough"`, `"ruogh"`},
		{"rules.yaml", "threshold.storm", "threshold.strom"},
		{"rules.yaml", "value: wait", "value: wiat"},
		{"rules.yaml", "conclude: Danger", "conclude: Dagner"},
	} {
		files := base(t)
		files[s.file] = strings.Replace(files[s.file], s.right, s.wrong, 1)
		m := rules.Mend(listed(files), rules.Options{})
		require.Empty(t, m.Fixed, s.wrong)
		require.True(t, m.Left.HasErrors(), s.wrong)
	}
}

func TestMendDir(t *testing.T) {
	require.Equal(t, rules.Unreadable.ID, rules.MendDir("testdata/nothing", rules.Options{}).Left[0].Code)
	require.Equal(t, rules.NoPack.ID, rules.MendDir("mend_test.go", rules.Options{}).Left[0].Code)
	m := rules.MendDir("testdata/base", rules.Options{})
	require.NotNil(t, m.Pack)
	require.Empty(t, m.Left)
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.yml"), []byte("rules: []\n"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "b.yaml"), []byte("\ufeffrules: []\n"), 0o600))
	m = rules.MendDir(dir, rules.Options{})
	require.Len(t, m.Changed, 1)
	require.Equal(t, rules.NotRead.ID, m.Left[0].Code)
	m = rules.MendDir(dir, rules.Options{Limits: rules.Limits{Bytes: 3}})
	require.Equal(t, rules.TooMuch.ID, m.Left[1].Code)
	require.Empty(t, m.Changed)
}

// FuzzMend mends any text as a file of a pack. A pack that loads stays as it is, what
// has been mended has nothing left to mend, and lines keep their numbers.
func FuzzMend(f *testing.F) {
	archives, err := filepath.Glob("../testdata/bad/*.txtar")
	if err != nil || len(archives) == 0 {
		f.Fatal(archives, err)
	}
	for _, name := range archives {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		_, body, _ := strings.Cut(string(text), ".yaml --\n")
		body, _, _ = strings.Cut(body, "\n-- ")
		f.Add(body)
	}
	rest := base(f)
	for _, s := range slips() {
		f.Add(strings.Replace(rest[s.file], s.right, s.wrong, 1))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 5_000 {
			t.Skip()
		}
		files := maps.Clone(rest)
		files["bad.yaml"] = text
		p, _ := rules.Load(listed(files), rules.Options{})
		m := rules.Mend(listed(files), rules.Options{})
		if p != nil && len(m.Changed) > 0 {
			t.Fatalf("a pack that loads is changed to %q", m.Changed[0].Is)
		}
		for _, c := range m.Changed {
			if strings.Count(c.Was, "\n") != strings.Count(c.Is, "\n") {
				t.Fatalf("%q becomes %q", c.Was, c.Is)
			}
		}
		for _, d := range m.Left {
			inside(t, d, texts(m.Files))
			if _, done := source.ApplyFixes(d.Span.File, texts(m.Files)[d.Span.File], source.Diagnostics{d}); len(done) > 0 {
				t.Fatalf("%v is left, and can be fixed", d)
			}
		}
		if again := rules.Mend(m.Files, rules.Options{}); !slices.Equal(again.Files, m.Files) {
			t.Fatalf("mended again it is %v", again.Changed)
		}
	})
}

// A sheet is its spreadsheet's to write: what is wrong in it is left, and no other file
// is changed for it.
func TestMendLeavesSheets(t *testing.T) {
	files := base(t)
	files["tables.yaml"] = "tables:\n  - table: sheet\n    cites: [C01]\n    when: [w: Weather]\n    conclude: Danger\n    file: sheet.csv\n"
	const right = "first,w.wind * 2,Danger.from,Danger.points\na,> 3,wind,1\n"
	files["sheet.csv"] = right
	require.Empty(t, rules.Mend(listed(files), rules.Options{}).Left)
	for _, s := range []slip{{"", "w.wind * 2", "w.wind × 2"}, {"", "> 3", "> ۳"}, {"", ",1\n", ",۱\n"}, {"", "first,", "frist,"}, {"", ",wind,", ",“wind”,"}} {
		files["sheet.csv"] = "\ufeff" + strings.Replace(right, s.right, s.wrong, 1)
		m := rules.Mend(listed(files), rules.Options{})
		require.True(t, m.Left.HasErrors(), s.wrong)
		require.Empty(t, m.Changed, s.wrong)
		for _, d := range m.Left {
			require.Nil(t, d.Fix, s.wrong)
		}
	}
}
