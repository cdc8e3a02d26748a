package meaning_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine/enginetest"
	"truce/facts"
	"truce/rules"
	"truce/rules/iran"
	"truce/rules/meaning"
)

var update = flag.Bool("update", false, "write the goldens anew")

// harbour is a small pack with every kind of item, as files.
func harbour(t testing.TB) []rules.File {
	t.Helper()
	names, err := filepath.Glob("../testdata/base/*.yaml")
	require.NoError(t, err)
	var files []rules.File
	for _, name := range append(names, "testdata/more.yaml", "testdata/fog.yaml") {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		files = append(files, rules.File{Name: filepath.Base(name), Text: string(text)})
	}
	return files
}

func load(t require.TestingT, files []rules.File) *rules.Pack {
	p, ds := rules.Load(files, rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

// edited are files in which texts are replaced, wherever they stand. Each must stand
// somewhere.
func edited(t *testing.T, files []rules.File, oldnew ...string) []rules.File {
	t.Helper()
	files = slices.Clone(files)
	for i := 0; i < len(oldnew); i += 2 {
		found := false
		for k := range files {
			found = found || strings.Contains(files[k].Text, oldnew[i])
			files[k].Text = strings.ReplaceAll(files[k].Text, oldnew[i], oldnew[i+1])
		}
		require.True(t, found, oldnew[i])
	}
	return files
}

// printed is a list of changes, a line for each line that differs.
func printed(changes []meaning.Change) string {
	var b strings.Builder
	for _, c := range changes {
		words := ""
		if c.WordsOnly {
			words = " in words"
		}
		fmt.Fprintf(&b, "%s %s%s: %s %s -> %s %s\n", c.Kind, c.What, words, c.Old.Name, c.Old.At, c.New.Name, c.New.At)
		for _, p := range c.Parts {
			for _, l := range p.Old {
				fmt.Fprintf(&b, "  %s - %s %s\n", p.Part, l.Text, l.At)
			}
			for _, l := range p.New {
				fmt.Fprintf(&b, "  %s + %s %s\n", p.Part, l.Text, l.At)
			}
		}
	}
	return b.String()
}

// pairs are edits of the pack, each with what it is about.
var pairs = []struct {
	name   string
	oldnew []string
}{
	{"a threshold moved", []string{"value: 35,", "value: 40,"}},
	{"a plausible range, a step and a basis", []string{"[50, 80], step: 1, basis: cited", "[50, 90], step: 2, basis: derived"}},
	{"points", []string{"rough: 1, high: 2}, unit", "rough: 1.5, high: 2}, unit"}},
	{"a threshold renamed", []string{"strong_wind", "gale"}},
	{"a threshold renamed and moved", []string{"strong_wind", "gale", "value: 35", "value: 36"}},
	{"a condition", []string{`w.sea >= "rough"`, `w.sea > "rough"`}},
	{"a condition more, and a binding more", []string{"- w: Weather\n      - stress:", "- d: Ship\n      - d.crew > 2\n      - w: Weather\n      - stress:"}},
	{"a formula", []string{"stress * threshold.full", "2 * stress * threshold.full"}},
	{"a rule renamed", []string{"sea-is-danger", "waves-are-danger"}},
	{"a rule renamed and its citation", []string{"rule: sea-is-danger\n    cites: [C02]", "rule: waves-are-danger\n    cites: [C01]"}},
	{"bound names, which mean nothing", []string{"stress", "x", "- w: Weather", "- weather: Weather", "w.wind", "weather.wind", "w.warned", "weather.warned"}},
	{"the same condition otherwise", []string{"when: [w.warned, danger > 0]", "when: ['not (not w.warned or 0 >= danger)']"}},
	{"a row moved", []string{"      - row: dangerous\n        when: [danger >= 1]\n        with: {value: wait}\n", "",
		"      - row: warned\n", "      - row: dangerous\n        when: [danger >= 1]\n        with: {value: wait}\n      - row: warned\n"}},
	{"a row removed", []string{"      - row: dangerous\n        when: [danger >= 1]\n        with: {value: wait}\n", "      - row: never\n        when: [danger > 9]\n        with: {value: wait}\n"}},
	{"a row, its conclusion and a shared line", []string{"with: {value: wait}", "with: {value: turn-back}", "sum(Danger, .points)", "max(map(Danger, .points))"}},
	{"a table renamed", []string{"table: course", "table: voyage", "course/", "voyage/"}},
	{"a field renamed", []string{"wind: {type: number", "gust: {type: number", "w.wind", "w.gust", "{wind: 50", "{gust: 50"}},
	{"a fact type renamed", []string{"Ship", "Vessel"}},
	{"a field", []string{"draught: {type: number, unit: metre, range: [0, 30]}", "draught: {type: number, unit: sea mile, range: [0, 40], move: fixed}"}},
	{"levels and symbols", []string{"choppy: short waves, rough", "swell: long waves, choppy: short waves, rough", "choppy: 0.25", "swell: 0.1, choppy: 0.25",
		"trawler: catches fish", "trawler: catches fish, barge: carries goods"}},
	{"a type with a count", []string{"count: open, fields: {what", "count: many, fields: {what", "complete: [Sighting]", "complete: []"}},
	{"a unit renamed", []string{"{knot: a", "{knots: a", "unit: knot,", "unit: knots,"}},
	{"a constraint", []string{"[threshold.strong_wind < threshold.storm]", "[threshold.strong_wind < threshold.storm, threshold.full > 0]"}},
	{"a constraint turned round", []string{"[threshold.strong_wind < threshold.storm]", "[threshold.storm > threshold.strong_wind]"}},
	{"an assumption", []string{"Weather.warned, value: false", "Weather.warned, value: true"}},
	{"a claim", []string{"kind: [rule, threshold]", "kind: [rule]"}},
	{"a claim renamed", []string{"C03a", "C03"}},
	{"a quality and a label", []string{"mark: judgement", "mark: coded", "stayed: {values: [wait, turn-back]", "stayed: {values: [wait]"}},
	{"an extension renamed", []string{"X01", "X02"}},
	{"a line of the report", []string{"weight: =d.points", "weight: =2 * d.points", "short: 2", "short: 3"}},
	{"a confidence row", []string{"when: coded > 3", "when: coded > 4"}},
	{"a test", []string{"{wind: 50, warned: yes}", "{wind: {value: 55, quality: gauge}, warned: yes}", "proof: [course/warned], ", ""}},
	{"words alone", []string{"ropes part", "most ropes part", "Strong wind is dangerous.", "A strong wind is dangerous.", "the ferry leaves", "it leaves", "Wind of {w.wind}", "A wind of {w.wind}"}},
	{"layout and comments", []string{"  - rule: sea-is-danger\n    cites: [C02]\n", "  # about waves\n  -   cites: [ C02 ]\n      rule: sea-is-danger\n  ",
		"    then:\n      - conclude: Danger\n        with: {from: sea, points: \"=points", "      then:\n      - conclude: Danger\n        with: {from: sea, points: \"=points"}},
}

func TestEveryKindOfChange(t *testing.T) {
	files := harbour(t)
	old := load(t, files)
	var b strings.Builder
	for _, p := range pairs {
		fmt.Fprintf(&b, "# %s\n%s\n", p.name, printed(meaning.Diff(old, load(t, edited(t, files, p.oldnew...)))))
	}
	const golden = "testdata/changes.golden"
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), b.String())
}

// mirrored is what the changes are, seen from the other pack.
func mirrored(changes []meaning.Change) []meaning.Change {
	list := slices.Clone(changes)
	for i, c := range list {
		switch c.What {
		case meaning.Added:
			c.What = meaning.Removed
		case meaning.Removed:
			c.What = meaning.Added
		}
		c.Old, c.New = c.New, c.Old
		c.Parts = slices.Clone(c.Parts)
		for k, p := range c.Parts {
			c.Parts[k].Old, c.Parts[k].New = p.New, p.Old
		}
		list[i] = c
	}
	return list
}

func TestMirrored(t *testing.T) {
	files := harbour(t)
	old := load(t, files)
	for _, p := range pairs {
		newer := load(t, edited(t, files, p.oldnew...))
		require.ElementsMatch(t, mirrored(meaning.Diff(old, newer)), meaning.Diff(newer, old), p.name)
		require.Empty(t, meaning.Diff(newer, newer), p.name)
	}
}

// Files that are renamed or joined, and rules in another order, say the same.
func TestFilesMeanNothing(t *testing.T) {
	files := harbour(t)
	moved := slices.Clone(files)
	for i := range moved {
		if moved[i].Name != "pack.yaml" {
			moved[i].Name = "z" + moved[i].Name
		}
	}
	require.Empty(t, meaning.Diff(load(t, files), load(t, moved)))

	shipped, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.NoError(t, ds.Err())
	require.Empty(t, meaning.Diff(shipped, shipped))
	var renamed []rules.File
	for i, f := range shipped.Files {
		if f.Name != "pack.yaml" {
			f.Name = fmt.Sprintf("%02d.yaml", len(shipped.Files)-i)
		}
		renamed = append(renamed, f)
	}
	require.Empty(t, meaning.Diff(shipped, load(t, renamed)))
}

// Of generated packs: rules in any order, with other names for what they bind and for
// themselves, mean the same; two packs differ as much from either side.
func TestGeneratedPacks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := enginetest.Pack(t, enginetest.Options{Recursive: true, Faults: true})
		p := load(t, g.Files(g.InOrder()))
		shuffled := g.Files(rapid.Permutation(g.InOrder()).Draw(t, "order"))
		require.Empty(t, meaning.Diff(p, load(t, shuffled)))

		h := enginetest.Pack(t, enginetest.Options{Recursive: true, Faults: true})
		q := load(t, h.Files(h.InOrder()))
		require.ElementsMatch(t, mirrored(meaning.Diff(p, q)), meaning.Diff(q, p))
	})
}

// One threshold of the shipped pack that moves is one change, and nothing else is.
func TestOneThreshold(t *testing.T) {
	shipped, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.NoError(t, ds.Err())
	for _, th := range shipped.Thresholds {
		if th.Table != nil || th.Type.Kind != facts.Number {
			continue
		}
		moved := *th
		moved.Value = facts.NumberOf(th.Value.Number() + 1)
		q := *shipped
		q.Thresholds = slices.Clone(shipped.Thresholds)
		q.Thresholds[th.Index] = &moved
		list := meaning.Diff(shipped, &q)
		require.Len(t, list, 1)
		require.Equal(t, meaning.Threshold, list[0].Kind)
		require.Equal(t, "value", list[0].Parts[0].Part)
	}
}

func BenchmarkDiffOfShippedPack(b *testing.B) {
	p, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.NoError(b, ds.Err())
	b.ReportAllocs()
	for b.Loop() {
		meaning.Diff(p, p)
	}
}
