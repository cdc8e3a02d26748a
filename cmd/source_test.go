package cmd_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A parsed package is the syntax of a package's own files, tests left out, with
// its own names resolved. What other packages declare is not looked up.
type parsed struct {
	path  string
	fset  *token.FileSet
	files []*ast.File
	pkg   *types.Package
	uses  map[*ast.Ident]types.Object
}

// A banned name of another package, but for packages that match except.
type banned struct {
	pkg     string
	names   []string // none: every name
	except  []string
	because string
}

var bannedNames = []banned{
	{
		pkg: "time", names: []string{"Now", "Since", "Until", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker", "Sleep"},
		except: []string{"truce/cmd/..."}, because: "the one clock is the case's date; a run's time is bounded by its context",
	},
	{
		pkg: "os", names: []string{"Stdin", "Stdout", "Stderr", "Exit", "Getenv", "LookupEnv", "Environ", "Args", "Getwd", "Hostname", "Getpid"},
		except: []string{"truce/cmd/..."}, because: "what a process is given comes in through constructors",
	},
	{
		pkg: "fmt", names: []string{"Print", "Printf", "Println", "Scan", "Scanf", "Scanln"},
		because: "output goes to the writer that was handed in",
	},
	{
		pkg: "github.com/hashicorp/go-hclog", names: []string{"Default", "L", "SetDefault", "DefaultOptions"},
		because: "the logger is injected, never global",
	},
	{
		pkg: "github.com/spf13/viper", names: []string{"GetViper", "Set", "Get", "GetString", "GetBool", "GetInt", "BindPFlag", "BindEnv", "ReadInConfig", "SetConfigFile", "SetDefault", "AutomaticEnv", "Unmarshal"},
		because: "settings belong to one run, not to the process",
	},
}

func TestBannedNames(t *testing.T) {
	for _, p := range parse(t) {
		for _, found := range p.banned(bannedNames) {
			t.Error(found)
		}
	}
}

// State that outlives a run would let one answer show in the next.
func TestNoPackageVariableChanges(t *testing.T) {
	for _, p := range parse(t) {
		for _, found := range p.changed() {
			t.Error(found)
		}
	}
}

// What the two checks find in a made-up package: a test of the tests.
func TestSourceChecksFind(t *testing.T) {
	const text = `package p
import ("os"; "sync"; clock "time")
var table = map[string]int{}
var lock sync.Mutex
var list []int
var fixed = 1
type box struct{ in int }
var b box
func f(table map[string]bool) { table["a"] = true; fixed := 2; fixed++; _ = clock.Now(); os.Args = nil }
func g() { table["a"] = 1; list = append(list, 1); b.in++; p := &b; _ = p; clear(table); delete(table, "a") }
`
	p := check(t, "truce/p", map[string]string{"p.go": text})
	require.Equal(t, []string{
		"p.go:9:77: time.Now: c",
	}, p.banned([]banned{{pkg: "time", names: []string{"Now"}, because: "c"}, {pkg: "os", names: []string{"Args"}, except: []string{"truce/..."}}}))
	require.Equal(t, []string{
		"p.go:4:5: lock is of a type made to change, and outlives a run",
		"p.go:9:90: os.Args is changed, and outlives a run",
		"p.go:10:12: table is changed, and outlives a run",
		"p.go:10:28: list is changed, and outlives a run",
		"p.go:10:52: b is changed, and outlives a run",
		"p.go:10:66: b is changed, and outlives a run",
		"p.go:10:82: table is changed, and outlives a run",
		"p.go:10:97: table is changed, and outlives a run",
	}, p.changed())
}

// banned lists where the package uses a name of the table.
func (p parsed) banned(table []banned) []string {
	var found []string
	p.walk(func(n ast.Node) {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return
		}
		pkg := p.packageOf(sel.X)
		for _, b := range table {
			named := len(b.names) == 0 || slices.Contains(b.names, sel.Sel.Name)
			if pkg == b.pkg && named && !matchesAny(b.except, p.path) {
				found = append(found, p.at(sel)+": "+pkg+"."+sel.Sel.Name+": "+b.because)
			}
		}
	})
	return found
}

// changed lists where a package-level variable is assigned to, counted up, cleared
// or has its address taken inside a function, and those of a type made for that.
func (p parsed) changed() []string {
	var found []string
	target := func(e ast.Expr) {
		if name := p.global(e); name != "" {
			found = append(found, p.at(e)+": "+name+" is changed, and outlives a run")
		}
	}
	p.walk(func(n ast.Node) {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n.Tok != token.DEFINE {
				for _, e := range n.Lhs {
					target(e)
				}
			}
		case *ast.IncDecStmt:
			target(n.X)
		case *ast.RangeStmt:
			if n.Tok == token.ASSIGN {
				target(n.Key)
				target(n.Value)
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				target(n.X)
			}
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.Ident); ok && len(n.Args) > 0 && (f.Name == "clear" || f.Name == "delete") {
				target(n.Args[0])
			}
		case *ast.GenDecl:
			found = append(found, p.changeable(n)...)
		}
	})
	return found
}

// changeable lists the package-level variables whose type is there to be changed.
func (p parsed) changeable(d *ast.GenDecl) []string {
	var found []string
	for _, s := range d.Specs {
		v, ok := s.(*ast.ValueSpec)
		if !ok || d.Tok != token.VAR {
			continue
		}
		sel, ok := v.Type.(*ast.SelectorExpr)
		if !ok || !strings.HasPrefix(p.packageOf(sel.X), "sync") {
			continue
		}
		for _, name := range v.Names {
			if p.global(name) != "" {
				found = append(found, p.at(name)+": "+name.Name+" is of a type made to change, and outlives a run")
			}
		}
	}
	return found
}

// global is the name of the package-level variable that e is or is a part of, or
// "". The blank name is none.
func (p parsed) global(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return p.global(e.X)
	case *ast.IndexExpr:
		return p.global(e.X)
	case *ast.StarExpr:
		return p.global(e.X)
	case *ast.SelectorExpr:
		if pkg := p.packageOf(e.X); pkg != "" {
			return pkg + "." + e.Sel.Name
		}
		return p.global(e.X)
	case *ast.Ident:
		v, ok := p.uses[e].(*types.Var)
		if ok && v.Parent() == p.pkg.Scope() {
			return e.Name
		}
	}
	return ""
}

// packageOf is the import path that e names, or "".
func (p parsed) packageOf(e ast.Expr) string {
	id, ok := e.(*ast.Ident)
	if !ok {
		return ""
	}
	name, ok := p.uses[id].(*types.PkgName)
	if !ok {
		return ""
	}
	return name.Imported().Path()
}

func (p parsed) walk(visit func(ast.Node)) {
	for _, f := range p.files {
		ast.Inspect(f, func(n ast.Node) bool {
			if n != nil {
				visit(n)
			}
			return true
		})
	}
}

func (p parsed) at(n ast.Node) string { return p.fset.Position(n.Pos()).String() }

// parse reads every package of the module.
func parse(t *testing.T) []parsed {
	t.Helper()
	var all []parsed
	for _, l := range list(t) {
		texts := map[string]string{}
		for _, name := range l.GoFiles {
			path := filepath.Join(l.Dir, name)
			texts[path] = read(t, path)
		}
		if len(texts) > 0 {
			all = append(all, check(t, l.ImportPath, texts))
		}
	}
	return all
}

// check resolves the names of one package, given by file.
func check(t *testing.T, path string, texts map[string]string) parsed {
	t.Helper()
	p := parsed{path: path, fset: token.NewFileSet(), uses: map[*ast.Ident]types.Object{}}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		f, err := parser.ParseFile(p.fset, name, texts[name], parser.SkipObjectResolution)
		require.NoError(t, err)
		p.files = append(p.files, f)
	}
	defs := map[*ast.Ident]types.Object{}
	conf := types.Config{Importer: strangers{}, Error: func(error) {}}
	// The error says that other packages are not known, as meant.
	p.pkg, _ = conf.Check(path, p.fset, p.files, &types.Info{Uses: p.uses, Defs: defs})
	for id, o := range defs {
		if o != nil && o.Parent() == p.pkg.Scope() {
			p.uses[id] = o
		}
	}
	return p
}

var version = regexp.MustCompile(`^v[0-9]+$`)

// strangers imports every package as one of which nothing is known.
type strangers struct{}

func (strangers) Import(path string) (*types.Package, error) {
	if path == "C" {
		return nil, errors.New("not a Go package")
	}
	rest, last := "", path
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		rest, last = path[:i], path[i+1:]
	}
	if version.MatchString(last) {
		last = rest[strings.LastIndexByte(rest, '/')+1:]
	}
	p := types.NewPackage(path, strings.TrimPrefix(last, "go-"))
	p.MarkComplete()
	return p, nil
}
