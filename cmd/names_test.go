package cmd_test

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/rules"
	"truce/rules/iran"
)

// everyday are names of the shipped pack that Go code uses in a sense of its own,
// each with that sense.
var everyday = map[string]string{
	"complete":   "a key of case files",
	"confidence": "a key of case files, and a kind of section in any report",
	"expected":   "a key of case files",
	"high":       "a key of case files: an interval's end",
	"value":      "a key of case files and of thresholds",

	"assumptions": "a key of pack files, and a kind of section",
	"cost":        "a key of fields in pack files",
	"context":     "a key of fact types in pack files",
	"date":        "a type of fields",
	"framing":     "a kind of claim",
	"kind":        "a key of pack files",
	"level":       "a key of pack files, and what an ordered field has",
	"mark":        "a key of pack files",
	"open":        "a count of fact types",
	"points":      "a key of thresholds",
	"reasons":     "a kind of section",
	"short":       "a key of pack files",
	"text":        "a type of fields",
	"unknowns":    "a kind of section",

	"does":     "a key of the matrix of claims in JSON",
	"form":     "a key of log lines and of generated packs",
	"truce":    "the program's name",
	"variable": "a key of log lines",
}

// What the shipped pack is about is in its files and nowhere else: no Go file
// outside of it, tests left out, holds a posture, a section, a fact type, a field, a
// threshold or a rule of it as a text, or as a word of one.
func TestNoNameOfThePackInGo(t *testing.T) {
	names := namesOf(t)
	used := map[string]bool{}
	for _, p := range parse(t) {
		if p.path == "truce/rules/iran" {
			continue
		}
		imports := map[ast.Node]bool{}
		for _, f := range p.files {
			for _, i := range f.Imports {
				imports[i.Path] = true
			}
		}
		p.walk(func(n ast.Node) {
			if imports[n] {
				return
			}
			for _, name := range namesIn(n, names) {
				if everyday[name] == "" {
					t.Errorf("%s: %q is a name of the shipped pack (%s)", p.at(n), name, names[name])
				}
				used[name] = true
			}
		})
	}
	for name := range everyday {
		require.True(t, used[name], "%q is spared and used nowhere", name)
	}
}

// A test of the test's own eyes.
func TestNamesIn(t *testing.T) {
	names := map[string]string{"wind": "a field", "calm-sea": "a goal value", "sea_level": "a field", "CalmSea": "a fact type"}
	literal := func(text string) ast.Node {
		return &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(text)}
	}
	require.Equal(t, []string{"wind"}, namesIn(literal("wind"), names))
	require.Equal(t, []string{"wind"}, namesIn(literal("Weather.wind"), names))
	require.Equal(t, []string{"calm-sea"}, namesIn(literal("the calm-sea of it"), names))
	require.Equal(t, []string{"sea_level"}, namesIn(literal("the sea_level, that is"), names))
	require.Equal(t, []string{"CalmSea"}, namesIn(literal("for a CalmSea"), names))
	require.Empty(t, namesIn(literal("the wind blows"), names), "an everyday word in a sentence is no name")
	require.Empty(t, namesIn(literal("rewind"), names))
	require.Empty(t, namesIn(&ast.BasicLit{Kind: token.INT, Value: "1"}, names))
}

var (
	word   = regexp.MustCompile(`[A-Za-z][A-Za-z0-9_-]*`)
	joined = regexp.MustCompile(`[a-z0-9][_-][a-z0-9]|[a-z][A-Z]`)
	path   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z][A-Za-z0-9_-]*)*$`)
)

// namesIn are the names that a text literal holds: those made of joined words
// anywhere in it, and those that any sentence could use where they are the whole
// text or a part of a path.
func namesIn(n ast.Node, names map[string]string) []string {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return nil
	}
	text, err := strconv.Unquote(lit.Value)
	if err != nil {
		return nil
	}
	var found []string
	for _, w := range word.FindAllString(text, -1) {
		if names[w] != "" && (path.MatchString(text) || joined.MatchString(w)) {
			found = append(found, w)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// namesOf are the names that the shipped pack declares, each with what it is.
func namesOf(t *testing.T) map[string]string {
	t.Helper()
	pack, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.Empty(t, ds)
	names := map[string]string{}
	for _, f := range pack.Schema.Types {
		names[f.Name] = "a fact type"
		for _, field := range f.Fields {
			names[field.Name] = "a field"
		}
	}
	for _, v := range pack.Goal.Field.Type.Names.List {
		names[v] = "a goal value"
	}
	for _, l := range pack.Goal.Labels {
		names[l.Name] = "a label"
	}
	for _, s := range pack.Report.Sections {
		names[s.Name] = "a section"
		for _, l := range s.Lines {
			names[l.Rule.Name] = "a line"
		}
	}
	for _, th := range pack.Thresholds {
		names[th.Name] = "a threshold"
	}
	for _, r := range pack.Rules {
		names[r.Name] = "a rule"
	}
	require.Greater(t, len(names), 100)
	return names
}
