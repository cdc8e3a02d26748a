package main

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/facts"
	"truce/facts/doc"
	"truce/facts/shape"
	"truce/facts/source"
	"truce/rules"
	"truce/rules/iran"
)

// schema compiles what the command prints for a kind of file.
func schema(t *testing.T, args ...string) *jsonschema.Schema {
	t.Helper()
	code, out, complaints := call(context.Background(), nil, append([]string{"rules", "schema"}, args...)...)
	require.Zero(t, code, complaints)
	parsed, err := jsonschema.UnmarshalJSON(strings.NewReader(out))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("schema.json", parsed))
	s, err := c.Compile("schema.json")
	require.NoError(t, err)
	return s
}

func tree(t require.TestingT, name, text string) *doc.Node {
	n, ds := doc.Read(name, []byte(text), doc.Limits{})
	require.False(t, ds.HasErrors(), "%v", ds)
	return n
}

func packDirs(t *testing.T) map[string]fs.FS {
	t.Helper()
	dirs := map[string]fs.FS{"iran": iran.FS()}
	for _, pattern := range []string{"../../testdata/packs/*", "../../testdata/bench/*/*/pack.yaml", "../../rules/testdata/base"} {
		found, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, found, pattern)
		for _, dir := range found {
			dir = strings.TrimSuffix(dir, "/pack.yaml")
			dirs[dir] = os.DirFS(dir)
		}
	}
	return dirs
}

// Every pack file and case of the repository has the shape that its schema asks for.
func TestSchemasTakeWhatIsThere(t *testing.T) {
	pack := schema(t, "pack")
	for dir, fsys := range packDirs(t) {
		files, err := fs.Glob(fsys, "*.yaml")
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, f := range files {
			text, err := fs.ReadFile(fsys, f)
			require.NoError(t, err)
			require.NoError(t, pack.Validate(typed(tree(t, f, string(text)))), "%s of %s", f, dir)
		}
	}
	cases := schema(t, "case")
	files, err := filepath.Glob("../../testdata/cases/*.yaml")
	require.NoError(t, err)
	require.Greater(t, len(files), 30)
	for _, f := range files {
		text, err := os.ReadFile(f)
		require.NoError(t, err)
		require.NoError(t, cases.Validate(typed(tree(t, f, string(text)))), f)
	}
	require.NoError(t, schema(t, "settings").Validate(typed(tree(t, "s.yaml", "width: 90\nrules: my-rules\nsource-only: yes\ncolor: auto\n"))))
}

func TestSchemasRefuse(t *testing.T) {
	const head = "case: a\ntitle: b\nas_of: 2024-01-31\n"
	for kind, texts := range map[string][]string{
		"pack": {
			"rule: []\n", "rules: {a: b}\n", "rules:\n  - rule: a\n    whne: [b]\n    then: []\n", "rules:\n  - when: [a]\n    then: []\n",
			"rules:\n  - rule: Prices rise\n    then: []\n", "rules:\n  - rule: a\n    cites: C01\n    then: []\n",
			"facts: {weather: {fields: {}}}\n", "facts: {Weather: {fields: {wind: {type: numbr}}}}\n", "facts: {Weather: {fields: {wind: {unit: knot}}}}\n",
			"facts: {Weather: {count: several}}\n", "facts: {Weather: {context: maybe}}\n", "facts: {Weather: {fields: {wind: {type: number, range: [1, 2, 3]}}}}\n",
			"thresholds: {a: {vaule: 1}}\n", "thresholds: {a: {unit: knot}}\n", "thresholds: {a: {value: 1, step: fine}}\n", "thresholds: {a: {of: Weather, points: {low: 1}}}\n",
			"pack: {name: a, goal: {type: A, field: b}}\n", "claims: {C1: {kind: [idea], says: b}}\n", "tables:\n  - {table: a, conclude: B}\n",
			"tests:\n  - {test: a, as_of: 2020, expect: {}}\n", "tests:\n  - {test: a, as_of: 2020-01-01, facts: {A: {b: {vlaue: 1}}}, expect: {}}\n",
			"report: {sections: [{section: a, short: -1}]}\n", "report: {sections: [{title: a}]}\n", "[]\n", "extension: one\n",
		},
		"case": {
			"title: a\n", head, head + "facts: []\n", head + "facts: {Ecnomy: {inflation: 1}}\n", head + "facts: {Economy: {inflaton: 1}}\n",
			head + "facts: {Economy: {inflation: high}}\n", head + "facts: {Economy: {inflation: 900}}\n", head + "facts: {Economy: {inflation: {low: 1, hihg: 2}}}\n",
			head + "facts: {Threat: {military: grave}}\n", head + "facts: {Economy: {inflation: {low: 1}}}\n", head + "facts: {Economy: {inflation: {note: a}}}\n", head + "facts: {Economy: [{inflation: 1}]}\n", head + "facts: {NetworkEvent: {part: a}}\n",
			head + "facts: {NetworkEvent: [{part: a}]}\n", head + "facts: {Posture: {value: truce}}\n", head + "facts: {}\ncomplete: [Economy]\n",
			head + "facts: {}\nexpected: {confidence: high}\n", head + "facts: {}\nexpected: {label: victory}\n", head + "facts: {}\nnotes: one\n",
			head + "facts: {Economy: {inflation: {value: 1, quality: good}}}\n", head + "facts: {Economy: {inflation: {value: 1, period: 2024}}}\n",
			"case: A b\ntitle: b\nas_of: 2024-01-31\nfacts: {}\n", "case: a\ntitle: b\nas_of: 31 January\nfacts: {}\n", head + "facts: {Economy: }\n",
		},
		"settings": {"widht: 90\n", "width: wide\n", "color: sometimes\n", "source-only: [true]\n", "max-facts: -1\n"},
	} {
		s := schema(t, kind)
		for _, text := range texts {
			require.Error(t, s.Validate(typed(tree(t, "broken.yaml", text))), "%s:\n%s", kind, text)
		}
	}
}

// An instance is a map of a file that has a record.
type instance struct {
	file int
	node *doc.Node
}

// instances finds the first map of each record in trees of one shape.
func instances(trees []*doc.Node, root shape.Shape) map[*shape.Record]instance {
	found := map[*shape.Record]instance{}
	var walk func(file int, n *doc.Node, s shape.Shape)
	walk = func(file int, n *doc.Node, s shape.Shape) {
		for _, a := range s.Among {
			walk(file, n, a)
		}
		for _, m := range n.Items {
			if s.Kind == shape.List {
				walk(file, m, *s.Item)
			}
		}
		if s.Kind == shape.Keys && n.Kind == doc.Map {
			if _, ok := found[s.Record]; !ok {
				found[s.Record] = instance{file, n}
			}
		}
		for _, e := range n.Entries {
			if inside := s.Entry(e.Key.Value); inside != nil && (s.Kind == shape.Keys || s.Kind == shape.Names) {
				walk(file, e.Value, *inside)
			}
		}
	}
	for i, n := range trees {
		walk(i, n, root)
	}
	return found
}

// records are all records of a shape.
func records(s shape.Shape, into map[*shape.Record]bool) {
	if s.Item != nil {
		records(*s.Item, into)
	}
	for _, a := range s.Among {
		records(a, into)
	}
	if r := s.Record; r != nil && !into[r] {
		into[r] = true
		for _, k := range r.All() {
			records(k.Holds, into)
		}
	}
}

// with puts an entry at the start of a map, which is to be put back after.
func with(n *doc.Node, key string, value *doc.Node) (back func()) {
	before := n.Entries
	k := &doc.Node{Value: key, Span: n.Span}
	n.Entries = append([]doc.Entry{{Key: k, Value: value}}, before...)
	return func() { n.Entries = before }
}

// refusesKey reports whether a schema refuses a value because of a key of that name.
func refusesKey(s *jsonschema.Schema, value any, key string) bool {
	err := s.Validate(value)
	return err != nil && strings.Contains(err.Error(), "additional properties '"+key+"' not allowed")
}

// Each key that the loader takes is in the schema, and each key in the schema is one
// that the loader takes, map by map: it is tried out in one instance of each record.
func TestSchemaHasTheKeysOfTheLoader(t *testing.T) {
	s := schema(t, "pack")
	var files []rules.File
	for _, dir := range []string{"../../testdata/packs/ferry"} {
		text, err := os.ReadFile(filepath.Join(dir, "pack.yaml"))
		require.NoError(t, err)
		files = append(files, rules.File{Name: "pack.yaml", Text: string(text)})
	}
	files = append(files, rules.File{Name: "more.yaml", Text: moreOfEverything})
	var trees []*doc.Node
	for _, f := range files {
		trees = append(trees, tree(t, f.Name, f.Text))
	}
	all := map[*shape.Record]bool{}
	records(rules.PackFile(), all)
	found := instances(trees, rules.PackFile())
	require.Greater(t, len(all), 18)
	for r := range all {
		at, ok := found[r]
		require.True(t, ok, "no instance of %s", r.Is)
		known := r.Names()
		for _, key := range append(slices.Clone(known), "no_such_key") {
			if at.node.Get(key) != nil {
				require.Contains(t, known, key)
				continue // it is there, and the pack loads
			}
			value := &doc.Node{Null: true, Span: at.node.Span}
			back := with(at.node, key, value)
			text := written(trees[at.file])
			inSchema := !refusesKey(s, typed(trees[at.file]), key)
			back()
			changed := slices.Clone(files)
			changed[at.file].Text = text
			_, ds := rules.Load(changed, rules.Options{})
			inLoader := !slices.ContainsFunc(ds, func(d source.Diagnostic) bool {
				return (d.Code == rules.UnknownKey.ID || d.Code == unknownCaseKey(t)) && strings.Contains(d.Message, `"`+key+`"`)
			})
			require.Equal(t, slices.Contains(known, key), inLoader, "the loader: key %s of %s: %v", key, r.Is, ds)
			require.Equal(t, inLoader, inSchema, "the schema: key %s of %s", key, r.Is)
		}
	}
}

// unknownCaseKey is the code of a key that a case has not.
func unknownCaseKey(t *testing.T) string {
	t.Helper()
	_, ds := facts.ReadCase("c.yaml", []byte("case: a\ntitle: b\nas_of: 2024-01-01\nfacts: {}\nwrong: 1\n"), &facts.Schema{}, facts.ReadOptions{})
	require.Len(t, ds, 1)
	return ds[0].Code
}

// Cases have their keys in the schema, too.
func TestCaseSchemaHasTheKeysOfTheReader(t *testing.T) {
	p, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.Empty(t, ds)
	root := facts.CaseFile(p.Schema, p.Labels())
	s := schema(t, "case")
	const text = `case: a
title: b
as_of: 2024-01-31
facts:
  Economy: {inflation: {value: 1, period: {from: 2024-01-01, to: 2024-01-31}}}
  NetworkEvent: [{id: a}]
expected: {label: hold}
`
	top := tree(t, "c.yaml", text)
	code := unknownCaseKey(t)
	for r, at := range instances([]*doc.Node{top}, root) {
		if r.Is == "facts" || strings.HasPrefix(r.Is, "a ") && at.node == top.Get("facts").Get("Economy") {
			continue // names of the pack, and not keys of the language
		}
		for _, key := range append(r.Names(), "no_such_key") {
			if at.node.Get(key) != nil {
				continue
			}
			back := with(at.node, key, &doc.Node{Value: "x", Span: at.node.Span})
			_, ds := facts.ReadCase("c.yaml", []byte(written(top)), p.Schema, facts.ReadOptions{})
			inReader := !slices.ContainsFunc(ds, func(d source.Diagnostic) bool { return d.Code == code && strings.Contains(d.Message, key) })
			if r.Key("id") != nil {
				inReader = r.Key(key) != nil // of a fact type, whose fields have a code of their own
			}
			require.Equal(t, inReader, !refusesKey(s, typed(top), key), "key %s of %s: %v", key, r.Is, ds)
			back()
		}
	}
}

// What the loader takes, the schema takes: pieces of a pack are taken out, doubled or
// put in the place of others, and mostly it will not load; where it does, every file has
// the shape.
func TestSchemaTakesWhatTheLoaderTakes(t *testing.T) {
	s := schema(t, "pack")
	ferry, err := os.ReadFile("../../testdata/packs/ferry/pack.yaml")
	require.NoError(t, err)
	taken := 0
	rapid.Check(t, func(rt *rapid.T) {
		n := tree(rt, "pack.yaml", string(ferry))
		for range rapid.IntRange(1, 2).Draw(rt, "changes") {
			mutate(rt, n)
		}
		text := written(n)
		_, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: text}}, rules.Options{})
		if ds.HasErrors() {
			return
		}
		taken++
		require.NoError(rt, s.Validate(typed(tree(rt, "pack.yaml", text))), "%s", text)
	})
	require.Positive(t, taken)
}
