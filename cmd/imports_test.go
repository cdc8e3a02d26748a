// Package cmd_test holds the tests of the project as a whole: what lies where, what
// may import what, and whether what the README says can be run.
package cmd_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// An edge is forbidden from the packages that match from, unless they match except,
// to those that match to. A pattern is an import path, or one with "/..." for all
// that lies under it.
type edge struct {
	from    []string
	except  []string
	to      []string
	spare   []string // packages that match "to" and are allowed all the same
	direct  bool     // judged by the imports themselves, not by all they lead to
	tests   bool     // holds for test files too
	because string
}

var edges = []edge{
	{
		from: []string{"truce/facts/source"}, to: []string{"truce/..."},
		because: "places and diagnostics are said of any text; they know nothing of what it holds",
	},
	{
		from: []string{"truce/facts/doc"}, to: []string{"truce/..."}, spare: []string{"truce/facts/source"},
		because: "a document tree knows no schema",
	},
	{
		from: []string{"truce/facts/shape"}, to: []string{"truce/..."},
		because: "a shape is plain data, so that whoever reads files can declare it",
	},
	{
		from: []string{"truce/facts/shape/jsonschema"}, to: []string{"truce/..."}, spare: []string{"truce/facts/shape"},
		because: "a schema is made of shapes alone: what a reader knows beside them would be a second list",
	},
	{
		from: []string{"truce/facts/layout"}, to: []string{"truce/..."},
		spare:   []string{"truce/facts/doc", "truce/facts/shape", "truce/facts/source"},
		because: "a layout moves what stands in a file, and knows nothing of what it means",
	},
	{
		from: []string{"truce/facts/..."}, to: []string{"truce/rules/...", "truce/engine/...", "truce/explain/...", "truce/cmd/..."},
		because: "facts are given; what rules make of them flows the other way",
	},
	{
		from: []string{"truce/rules/..."}, to: []string{"truce/engine/...", "truce/explain/...", "truce/cmd/..."},
		because: "a pack can be read and checked without a way to run it",
	},
	{
		from: []string{"truce/rules/grid"}, to: []string{"truce/..."}, spare: []string{"truce/facts/...", "truce/rules/condition", "truce/rules/grid"},
		because: "a grid of cells knows no pack, so that packs can be read with it",
	},
	{
		from: []string{"truce/engine/..."}, to: []string{"truce/explain/...", "truce/cmd/..."},
		because: "explanation reads a run and never steers it",
	},
	{
		from: []string{"truce/engine/trace"}, to: []string{"truce/..."},
		spare:   []string{"truce/facts/...", "truce/rules", "truce/rules/condition", "truce/rules/eval", "truce/rules/grid"},
		because: "the trace is plain data, so that it can be read without an engine",
	},
	{
		from: []string{"truce/engine/network/..."}, to: []string{"truce/engine/oracle"},
		because: "the network does not lean on what it is tested against",
	},
	{
		from: []string{"truce/engine/oracle"}, to: []string{"truce/engine/network/..."},
		because: "the oracle stays plain",
	},
	{
		from: []string{"truce/engine/network/code"}, to: []string{"truce/engine/..."}, spare: []string{"truce/engine/network/code"},
		because: "an expression means what it means whoever matches rules with it",
	},
	{
		from: []string{"truce/explain/..."}, to: []string{"truce/cmd/..."},
		because: "explanation is a library; the command is one of its users",
	},
	{
		from: []string{"truce/explain/..."}, except: []string{"truce/explain/search", "truce/explain/analyse", "truce/explain/consult", "truce/explain/register", "truce/explain/page", "truce/explain/book"},
		to: []string{"truce/engine/..."}, spare: []string{"truce/engine/trace"},
		because: "explanation reads the trace, the one record of a run; a search and an analysis run sessions of their own, a consultation and a register ask them, and a page or a book shows what they found",
	},
	{
		from: []string{"truce/explain/page", "truce/explain/book"}, direct: true,
		to: []string{"truce/engine/..."}, spare: []string{"truce/engine/trace"},
		because: "a page and a book are made of documents, and run nothing",
	},
	{
		from: []string{"truce/explain/check"}, to: []string{"truce/engine/..."}, spare: []string{"truce/engine/trace"},
		because: "a checker that shared the engine would share its errors",
	},
	{
		from: []string{"truce/..."}, except: []string{"truce/cmd/..."}, to: []string{"truce/rules/iran"},
		because: "only the command knows which pack is shipped",
	},
	{
		from: []string{"truce/..."}, except: []string{"truce/cmd/..."}, to: []string{"truce/testdata/packs/garden"},
		because: "only the command hands out a pack to begin with",
	},
	{
		from: []string{"truce/..."}, to: []string{"truce/engine/enginetest"}, spare: []string{"truce/engine/enginetest"},
		because: "generated packs are for tests",
	},
	{
		from: []string{"truce/..."}, except: []string{"truce/rules/condition"}, direct: true, tests: true,
		to:      []string{"github.com/expr-lang/expr/..."},
		because: "the expression language is lowered to our own tree in one place",
	},
	{
		from: []string{"truce/..."}, except: []string{"truce/facts/doc"}, direct: true, tests: true,
		to:      []string{"go.yaml.in/yaml/...", "gopkg.in/yaml.v3", "gopkg.in/yaml.v2"},
		because: "scalars stay texts with positions until the schema types them",
	},
	{
		from: []string{"truce/..."}, except: []string{"truce/cmd/..."},
		to:      []string{"github.com/spf13/viper/...", "github.com/spf13/cobra/..."},
		because: "settings and commands are the host's; rules and facts never pass through them",
	},
	{
		from: []string{"truce/..."}, except: []string{"truce/cmd/..."}, to: []string{"github.com/hashicorp/go-hclog/..."},
		because: "what a library has to say it returns",
	},
	{
		from: []string{"truce/..."}, direct: true, to: []string{"log", "log/slog"},
		because: "a global logger is a result nobody asked for",
	},
	{
		from: []string{"truce/..."}, except: []string{"truce/engine/enginetest"}, direct: true,
		to:      []string{"math/rand", "math/rand/v2"},
		because: "the same facts under the same rules give the same bytes",
	},
	{
		from: []string{"truce/..."}, except: []string{"truce/cmd/..."}, direct: true, to: []string{"crypto/rand"},
		because: "keys are made by the command, and nothing else is drawn",
	},
	{
		from: []string{"truce/explain/check"}, to: []string{"truce/engine/..."}, spare: []string{"truce/engine/trace"},
		because: "a checker that shared the engine would share its errors",
	},
	{
		from: []string{"truce/..."}, except: []string{"truce/explain/audit/store", "truce/cmd/..."},
		to:      []string{"database/sql", "modernc.org/sqlite/..."},
		because: "what is kept, and how, is for one package to know",
	},
	{
		from: []string{"truce/..."}, direct: true, to: []string{"unsafe", "plugin", "C"},
		because: "a fresh machine with Go alone builds and trusts it",
	},
	{
		from: []string{"truce/..."}, except: []string{"truce/cmd/..."}, direct: true, to: []string{"net/...", "os/exec", "os/signal"},
		because: "an answer depends on its files alone",
	},
	{
		from:    []string{"truce/cmd/..."},
		to:      []string{"testing", "github.com/stretchr/testify/...", "pgregory.net/rapid/...", "github.com/rogpeppe/go-internal/...", "github.com/santhosh-tekuri/jsonschema/..."},
		because: "the binary holds no test code",
	},
}

// A listed package is what go list says of one.
type listed struct {
	ImportPath   string
	Dir          string
	GoFiles      []string
	Imports      []string
	TestImports  []string
	XTestImports []string
	Deps         []string
}

func TestImportDirection(t *testing.T) {
	packages := list(t)
	for _, e := range edges {
		t.Run(strings.Join(e.from, " ")+" to "+strings.Join(e.to, " "), func(t *testing.T) {
			for _, p := range packages {
				for _, to := range e.broken(p) {
					t.Errorf("%s imports %s, and must not: %s", p.ImportPath, to, e.because)
				}
			}
		})
	}
}

// An edge whose packages are gone holds nothing.
func TestEdgesSpeakOfWhatIs(t *testing.T) {
	packages := list(t)
	known := map[string]bool{}
	for _, p := range packages {
		known[p.ImportPath] = true
	}
	for _, e := range edges {
		for _, pattern := range slices.Concat(e.from, e.except, e.to, e.spare) {
			if strings.HasPrefix(pattern, "truce") {
				found := slices.ContainsFunc(slices.Collect(maps.Keys(known)), func(p string) bool { return matches(pattern, p) })
				require.True(t, found, "no package matches %s", pattern)
			}
		}
	}
}

// The rules of a forbidden edge, on made-up packages: a test of the test.
func TestEdgeBroken(t *testing.T) {
	e := edge{from: []string{"a/..."}, except: []string{"a/free"}, to: []string{"b/..."}, spare: []string{"b/ok"}}
	require.Equal(t, []string{"b", "b/x"}, e.broken(listed{ImportPath: "a/q", Deps: []string{"b", "b/ok", "b/x", "bb"}}))
	require.Empty(t, e.broken(listed{ImportPath: "a/free", Deps: []string{"b"}}))
	require.Empty(t, e.broken(listed{ImportPath: "aa", Deps: []string{"b"}}))
	e.direct = true
	require.Empty(t, e.broken(listed{ImportPath: "a", Deps: []string{"b"}, TestImports: []string{"b"}}))
	e.tests = true
	require.Equal(t, []string{"b"}, e.broken(listed{ImportPath: "a", TestImports: []string{"b"}, XTestImports: []string{"b"}}))
}

// broken lists the packages that p imports against the edge.
func (e edge) broken(p listed) []string {
	if !matchesAny(e.from, p.ImportPath) || matchesAny(e.except, p.ImportPath) {
		return nil
	}
	imports := p.Deps
	if e.direct {
		imports = p.Imports
	}
	if e.tests {
		imports = slices.Concat(imports, p.TestImports, p.XTestImports)
	}
	var found []string
	for _, to := range imports {
		if matchesAny(e.to, to) && !matchesAny(e.spare, to) && to != p.ImportPath {
			found = append(found, to)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func matchesAny(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return matches(p, path) })
}

func matches(pattern, path string) bool {
	root, all := strings.CutSuffix(pattern, "/...")
	return path == root || all && strings.HasPrefix(path, root+"/")
}

// garden is the package in testdata that the binary holds. Patterns pass testdata over.
const garden = "./testdata/packs/garden"

// list is what go list says of the packages of the module, and of all that the binary
// holds.
func list(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Dir,GoFiles,Imports,TestImports,XTestImports,Deps", "./...", garden)
	cmd.Dir = ".."
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	var complaints strings.Builder
	cmd.Stderr = &complaints
	require.NoError(t, cmd.Start())
	var packages []listed
	for d := json.NewDecoder(out); ; {
		var p listed
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err, complaints.String())
		packages = append(packages, p)
	}
	require.NoError(t, cmd.Wait(), complaints.String())
	require.Greater(t, len(packages), 10, fmt.Sprint(packages))
	return packages
}
