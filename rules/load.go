package rules

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"truce/facts"
	"truce/facts/doc"
	"truce/facts/source"
	"truce/rules/condition"
	"truce/rules/grid"
)

// Options says how a pack is loaded. The zero value is the whole pack under the
// default limits.
type Options struct {
	// SourceOnly leaves out what extensions add: their rules, rows, thresholds,
	// assumptions, constraints, tests and lines of the report. The fact types
	// that they declare stay, so that the same cases can be read.
	SourceOnly bool
	// Documents spare reading files that are as they were at the last loading, under the
	// same limits; nil reads all.
	Documents *Documents
	Limits    Limits
}

// Limits bounds what Load accepts; a zero field stands for its default.
type Limits struct {
	Files int        // default 1,000
	Bytes int        // of all files together; default 16 MiB
	Rows  int        // of one table, whose rules grow with their square; default 1,000
	File  doc.Limits // of each file
}

func (l Limits) orDefault() Limits {
	if l.Files <= 0 {
		l.Files = 1000
	}
	if l.Bytes <= 0 {
		l.Bytes = 16 << 20
	}
	if l.Rows <= 0 {
		l.Rows = 1000
	}
	return l
}

// packFile is the one file that holds the `pack:` section.
const packFile = "pack.yaml"

// Load reads and checks a pack from its files, whose order does not matter. The
// pack is nil where there is an error; warnings come with one.
//
// It works in two passes. The first reads all that other files may name: types,
// units, claims, thresholds. The second parses the expressions of rules, tables,
// report and tests against them. What is declared with an error is known by name
// all the same, and what mentions it is passed over, so that each mistake is
// reported once.
func Load(files []File, o Options) (*Pack, source.Diagnostics) {
	l := newLoader(o.Limits.orDefault(), false)
	if !l.read(files, o.Documents) {
		return nil, l.ds.Sort()
	}
	l.check()
	switch {
	case l.ds.HasErrors():
		return nil, l.ds.Sort()
	case !o.SourceOnly:
		return l.pack, l.ds.Sort()
	}
	only := l.sourceAlone()
	only.check()
	if only.ds.HasErrors() {
		return nil, append(l.ds, only.ds...).Sort()
	}
	return only.pack, l.ds.Sort()
}

// sourceAlone is a loader of what a pack is without its extensions, given one that has
// read all of it.
func (l *loader) sourceAlone() *loader {
	only := newLoader(l.limits, true)
	only.pack.Files, only.pack.Digests = l.pack.Files, l.pack.Digests
	only.pack.Digest = only.pack.digest()
	for _, f := range l.files {
		only.files = append(only.files, &file{name: f.name, theme: f.theme, root: f.root})
	}
	only.grids = l.grids
	_ = only.sort() // as it did for the whole
	return only
}

// check makes a pack of what has been read.
func (l *loader) check() {
	l.declarations()
	l.expressions()
	l.checks()
	grid.NameCells(l.ds, l.grids)
}

// loader holds the state of one loading.
type loader struct {
	limits   Limits
	ds       source.Diagnostics
	pack     *Pack
	files    []*file
	grids    map[string]*doc.Grid // the sheets that tables name, by name
	sections map[string][]item    // by section, in pack order

	declared   map[declaration]facts.Span
	units      map[string]bool
	names      map[string]*facts.Names // shared lists of levels or symbols
	broken     map[string]bool         // names declared with an error
	ownerType  map[*facts.FactType]string
	parameters map[string]*condition.Parameter
	shapes     *condition.Shapes
	knownUnit  func(name string) bool // isUnit, as all scopes share it
	spare      *ruleScope             // for the next rule; nil where there is none
	reads      []reading
	incomplete bool // some rule was not read whole
	goalAt     facts.Span
}

// declaration is a name of a kind: "rule", "strong-wind".
type declaration struct{ kind, name string }

// file is one file of the pack as a document.
type file struct {
	name  string
	theme string
	root  *doc.Node
	ext   string // of the extension that all of it belongs to
}

// item is one entry of a section.
type item struct {
	file *file
	key  *doc.Node // nil in a list
	node *doc.Node
	ext  string
}

// reading is that something reads what an extension may have declared.
type reading struct {
	who string // "rule x"
	ext string // of the reader
	e   condition.Expr
	typ *facts.FactType // or this
	at  facts.Span
}

func newLoader(limits Limits, sourceOnly bool) *loader {
	l := &loader{
		limits:     limits,
		pack:       &Pack{SourceOnly: sourceOnly, Schema: &facts.Schema{}, Report: &Report{}},
		sections:   map[string][]item{},
		declared:   map[declaration]facts.Span{},
		units:      map[string]bool{string(facts.Day): true},
		names:      map[string]*facts.Names{},
		grids:      map[string]*doc.Grid{},
		broken:     map[string]bool{},
		ownerType:  map[*facts.FactType]string{},
		parameters: map[string]*condition.Parameter{},
		shapes:     condition.NewShapes(),
	}
	l.knownUnit = l.isUnit
	return l
}

func (l *loader) add(d source.Diagnostic) { l.ds = append(l.ds, d) }

// read turns the files into documents and sorts their sections. It reports false
// where going on would only repeat what is already said.
func (l *loader) read(files []File, known *Documents) bool {
	files = slices.Clone(files)
	slices.SortStableFunc(files, byName)
	if !l.withinLimits(files) {
		return false
	}
	whole, documents := true, known.read(files, l.limits.File)
	for i, f := range files {
		if i > 0 && f.Name == files[i-1].Name {
			l.add(Duplicate.At(facts.Span{File: f.Name}, "file %s is given twice", f.Name))
			whole = false
			continue
		}
		if strings.HasSuffix(f.Name, sheetEnding) {
			continue
		}
		root := documents[i].root
		l.ds = append(l.ds, documents[i].ds...)
		if root == nil {
			whole = false
			continue
		}
		l.files = append(l.files, &file{name: f.Name, theme: strings.TrimSuffix(f.Name, ".yaml"), root: root})
	}
	l.pack.Files = l.sheets(files)
	l.pack.Digests = digests(l.pack.Files)
	l.pack.Digest = l.pack.digest()
	if !whole {
		return false
	}
	return l.sort()
}

func byName(a, b File) int { return cmp.Compare(a.Name, b.Name) }

func (l *loader) withinLimits(files []File) bool {
	total := 0
	for _, f := range files {
		total += len(f.Text)
		if strings.ContainsAny(f.Name, "\n\r\\") { // the digest is over lines with names
			l.add(Unreadable.At(facts.Span{File: f.Name}, "%q has a line end or a backslash in its name", f.Name).Suggest("rename it"))
			return false
		}
	}
	switch {
	case len(files) > l.limits.Files:
		l.add(TooMuch.At(facts.Span{}, "the pack has %d files", len(files)).Expect("%d at most", l.limits.Files))
	case total > l.limits.Bytes:
		l.add(TooMuch.At(facts.Span{}, "the files of the pack have %d bytes", total).Expect("%d bytes at most", l.limits.Bytes))
	default:
		return true
	}
	return false
}

// The sections of a file: those that hold a map by name, and those that hold a
// list. "pack" and "report" are maps of their own kind.
var (
	mapSections  = []string{"units", "qualities", "names", "facts", "thresholds", "claims"}
	listSections = []string{"constraints", "assumptions", "rules", "tables", "tests"}
)

// sort puts the entries of all sections in pack order. A section with a misspelt key is
// read as what was most likely meant. It reports false where there is one of which
// nobody can tell what it declares: what names that would be refused, too.
func (l *loader) sort() bool {
	known := true
	for _, f := range l.files {
		if l.isCase(f) {
			continue
		}
		r, ok := l.record(f.root, fileRecord)
		if !ok {
			continue
		}
		l.extension(f, r)
		for _, e := range l.entries(f.root, f.name) {
			name := e.Key.Value
			if !slices.Contains(fileRecord.Names(), name) {
				name = source.Nearest(name, fileRecord.Names())
				known = known && (name != "" || e.Value.Kind == doc.Scalar)
			}
			if name == e.Key.Value || r.get(name) == nil {
				l.section(f, name, e.Key, e.Value)
			}
		}
	}
	return known
}

// isCase reports a case that lies among the files of the pack.
func (l *loader) isCase(f *file) bool {
	if f.root.Get("case") == nil || f.root.Get("as_of") == nil && f.root.Get("facts") == nil {
		return false
	}
	l.add(NotRead.At(f.root.Span, "this is a case, and all files in the folder of a pack belong to it").
		Suggest("move %s to another folder", f.name))
	return true
}

func (l *loader) section(f *file, name string, key, n *doc.Node) {
	switch {
	case n.Null:
	case name == "pack" || name == "report":
		l.sections[name] = append(l.sections[name], item{f, key, n, f.ext})
	case slices.Contains(mapSections, name):
		for _, e := range l.entries(n, name) {
			l.sections[name] = append(l.sections[name], item{f, e.Key, e.Value, f.ext})
		}
	case slices.Contains(listSections, name):
		// Rules and tables share one list: what stands first comes first.
		to := name
		if name == "tables" {
			to = "rules"
		}
		for _, n := range l.expressionItems(n, name, l.splitAtComma) {
			if l.misplaced(name, n) {
				return
			}
			l.sections[to] = append(l.sections[to], item{f, nil, n, f.ext})
		}
	}
}

// starts are the keys by which the entries of list sections are known.
var starts = [...]struct{ key, section string }{
	{"rule", "rules"}, {"table", "tables"}, {"test", "tests"},
}

// misplaced reports an entry that belongs to another section. What follows it in
// the section most likely does, too.
func (l *loader) misplaced(section string, n *doc.Node) bool {
	home := ""
	var at *doc.Node
	for _, e := range n.Entries {
		for _, s := range starts {
			switch {
			case e.Key.Value != s.key:
			case s.section == section || s.key == "table" && section == "rules":
				return false
			case at == nil:
				home, at = s.section, e.Key
			}
		}
	}
	if at == nil || section == "constraints" {
		return false
	}
	l.incomplete = true
	l.add(UnknownKey.At(at.Span, "this looks like a %s, and it stands under `%s:`", at.Value, section).
		Suggest("put it under `%s:`, with what follows it", home))
	return true
}

// digests names each file of a pack by its content.
func digests(files []File) []string {
	list := make([]string, len(files))
	for i, f := range files {
		sum := sha256.Sum256([]byte(f.Text))
		list[i] = hex.EncodeToString(sum[:])
	}
	return list
}

// digest names what a pack says, whatever folder it lies in: the sha256 of what
// "sha256sum *.yaml *.csv" prints of its files in order of their names, so that it can be had
// without truce; of a pack without its extensions, of that and a line that says so.
func (p *Pack) digest() string {
	h := sha256.New()
	for i, f := range p.Files {
		fmt.Fprintf(h, "%s  %s\n", p.Digests[i], f.Name)
	}
	if p.SourceOnly {
		fmt.Fprintln(h, "source only")
	}
	return hex.EncodeToString(h.Sum(nil))
}
