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

// blocks splits the list under a key at the top of a file into its items.
func blocks(text, key string) (before string, items []string, after string) {
	head, rest, found := strings.Cut(text, "\n"+key+":\n")
	if !found {
		return text, nil, ""
	}
	before = head + "\n" + key + ":\n"
	for line := range strings.Lines(rest) {
		switch {
		case after != "" || line[0] != ' ' && line[0] != '\n':
			after += line
		case strings.HasPrefix(line, "  - ") || len(items) == 0:
			items = append(items, line)
		default:
			items[len(items)-1] += line
		}
	}
	return before, items, after
}

// shuffled deals the rules and the tables of each file in another order.
func shuffled(t *rapid.T, files map[string]string) map[string]string {
	files = maps.Clone(files)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for _, key := range []string{"rules", "tables"} {
			before, items, after := blocks("\n"+files[name], key)
			files[name] = before[1:] + strings.Join(rapid.Permutation(items).Draw(t, name+" "+key), "") + after
		}
	}
	return files
}

// saying is what is found whatever the place: codes of errors.
func saying(ds source.Diagnostics) []string {
	var codes []string
	for _, d := range ds {
		codes = append(codes, d.Code)
	}
	slices.Sort(codes)
	return codes
}

// The order in which files are handed over shows nowhere.
func TestOrderOfFiles(t *testing.T) {
	files := everything(t)
	want := load(t, files)
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.Permutation(slices.SortedFunc(slices.Values(listed(files)), func(a, b rules.File) int {
			return strings.Compare(a.Name, b.Name)
		})).Draw(t, "files")
		p, ds := rules.Load(list, rules.Options{})
		require.Empty(t, ds)
		require.Equal(t, want.Digest, p.Digest)
		require.Equal(t, ruleNames(want), ruleNames(p))
	})
}

// The order of rules changes the order of listings, and nothing that is found.
func TestOrderOfRules(t *testing.T) {
	files := everything(t)
	want := load(t, files)
	rapid.Check(t, func(rt *rapid.T) {
		mixed := shuffled(rt, files)
		p, ds := rules.Load(listed(mixed), rules.Options{})
		require.Empty(rt, ds, "%s", render(mixed, ds))
		require.ElementsMatch(rt, ruleNames(want), ruleNames(p))
		require.Equal(rt, want.Strata, p.Strata)
		for _, r := range want.Rules {
			require.Equal(rt, r.Stratum, p.Rule(r.Name).Stratum, r.Name)
		}
		for _, typ := range want.Schema.Types {
			require.Equal(rt, want.Leads(typ), p.Leads(p.Schema.Type(typ.Name)), typ.Name)
		}
	})
}

// A broken pack is broken in the same ways in every order.
func TestOrderOfBrokenRules(t *testing.T) {
	for _, name := range []string{"expressions", "conclusions", "cycle-through-aggregate", "leak", "citations", "depends-on-extension", "one-mistake-once"} {
		archive, err := os.ReadFile(filepath.Join("testdata/bad", name+".txtar"))
		require.NoError(t, err)
		files := with(t, string(archive))
		_, want := rules.Load(listed(files), rules.Options{})
		rapid.Check(t, func(rt *rapid.T) {
			mixed := shuffled(rt, files)
			_, ds := rules.Load(listed(mixed), rules.Options{})
			require.Equal(rt, saying(want), saying(ds), "%s", render(mixed, ds))
		})
	}
}

// Every rule reads lower strata only, save for its own recursion through patterns.
func TestStrataOfChains(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "types")
		var b strings.Builder
		b.WriteString("pack: {name: chain, version: 1, goal: {type: T0, field: v}}\nfacts:\n")
		names := "ABCDEF"
		for i := range n {
			b.WriteString("  T" + string(rune('0'+i)) + ": {concluded: true, key: [], fields: {v: {type: enum, values: [a]}}}\n")
		}
		b.WriteString("rules:\n")
		for i := range n {
			// Only what stands behind a type is read through an aggregate, so that
			// there is a stratification; patterns may close any cycle.
			b.WriteString("  - rule: r" + string(names[i]+32) + "\n    when:\n      - 1 < 2\n")
			for j := i + 1; j < n; j++ {
				if rapid.Bool().Draw(t, "aggregate") {
					b.WriteString("      - len(T" + string(rune('0'+j)) + ") >= 0\n")
				}
			}
			b.WriteString("    then: [{conclude: T" + string(rune('0'+i)) + ", with: {v: a}}]\n")
			to := rapid.IntRange(0, n-1).Draw(t, "pattern")
			b.WriteString("  - rule: p" + string(names[i]+32) + "\n    when: [x: T" + string(rune('0'+to)) + "]\n    then: [{conclude: T" + string(rune('0'+i)) + ", with: {v: a}}]\n")
		}
		files := map[string]string{"pack.yaml": b.String()}
		p, ds := rules.Load(listed(files), rules.Options{})
		if p == nil {
			require.Subset(t, []string{"R053"}, saying(ds), "%s", render(files, ds))
			return
		}
		stratum := map[string]int{}
		for _, r := range p.Rules {
			typ := r.Then[0].Fact.Name
			if s, ok := stratum[typ]; ok {
				require.Equal(t, s, r.Stratum, "all rules of a type share a stratum")
			}
			stratum[typ] = r.Stratum
		}
		for _, r := range p.Rules {
			require.Less(t, r.Stratum, p.Strata)
			for _, s := range r.When {
				if s.Kind == rules.Pattern {
					require.LessOrEqual(t, stratum[s.Fact.Name], r.Stratum)
				} else if i := strings.Index(s.Text, "len("); i == 0 {
					require.Less(t, stratum[s.Text[4:6]], r.Stratum)
				}
			}
		}
	})
}
