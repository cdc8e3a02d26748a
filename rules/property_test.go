package rules_test

import (
	"fmt"
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
	names := []string{"expressions", "conclusions", "cycle-through-aggregate", "leak", "citations", "depends-on-extension", "one-mistake-once"}
	rapid.Check(t, func(rt *rapid.T) {
		archive, err := os.ReadFile(filepath.Join("testdata/bad", rapid.SampledFrom(names).Draw(rt, "pack")+".txtar"))
		require.NoError(rt, err)
		files := with(t, string(archive))
		_, want := rules.Load(listed(files), rules.Options{})
		mixed := shuffled(rt, files)
		_, ds := rules.Load(listed(mixed), rules.Options{})
		require.Equal(rt, saying(want), saying(ds), "%s", render(mixed, ds))
	})
}

// chain writes a pack of n types in a row. What stands behind a type may be read
// through an aggregate; a pattern may close any cycle.
func chain(t *rapid.T, n int) string {
	var b strings.Builder
	b.WriteString("pack: {name: chain, version: 1, goal: {type: T0, field: v}}\nfacts:\n")
	for i := range n {
		fmt.Fprintf(&b, "  T%d: {concluded: true, key: [], fields: {v: {type: enum, values: [a]}}}\n", i)
	}
	b.WriteString("rules:\n")
	for i := range n {
		fmt.Fprintf(&b, "  - rule: r%d\n    when:\n      - 1 < 2\n", i)
		for j := i + 1; j < n; j++ {
			if rapid.Bool().Draw(t, "aggregate") {
				fmt.Fprintf(&b, "      - len(T%d) >= 0\n", j)
			}
		}
		fmt.Fprintf(&b, "    then: [{conclude: T%d, with: {v: a}}]\n", i)
		fmt.Fprintf(&b, "  - rule: p%d\n    when: [x: T%d]\n    then: [{conclude: T%d, with: {v: a}}]\n",
			i, rapid.IntRange(0, n-1).Draw(t, "pattern"), i)
	}
	return b.String()
}

// Every rule reads lower strata only, save for its own recursion through patterns;
// and all rules of a type share a stratum.
func TestStrataOfChains(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		files := map[string]string{"pack.yaml": chain(t, rapid.IntRange(1, 6).Draw(t, "types"))}
		p, ds := rules.Load(listed(files), rules.Options{})
		if p == nil {
			require.Subset(t, []string{"R053"}, saying(ds), "%s", render(files, ds))
			return
		}
		stratum := map[string]int{}
		for _, r := range p.Rules {
			require.Less(t, r.Stratum, p.Strata)
			stratum[r.Then[0].Fact.Name] = r.Stratum
		}
		for _, r := range p.Rules {
			require.Equal(t, stratum[r.Then[0].Fact.Name], r.Stratum)
			requireBelow(t, r, stratum)
		}
	})
}

func requireBelow(t *rapid.T, r *rules.Rule, stratum map[string]int) {
	for _, s := range r.When {
		if s.Kind == rules.Pattern {
			require.LessOrEqual(t, stratum[s.Fact.Name], r.Stratum)
		} else if name, ok := strings.CutPrefix(s.Text, "len("); ok {
			require.Less(t, stratum[name[:2]], r.Stratum)
		}
	}
}
