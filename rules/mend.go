package rules

import (
	"io/fs"
	"os"
	"slices"

	"truce/facts"
	"truce/facts/source"
)

// Mended is what Mend has made of the files of a pack.
type Mended struct {
	Files   []File             // all of them, in the order of their names, as they are now
	Changed []Change           // those that are not as they were
	Fixed   source.Diagnostics // what was done away with, in that order, at its place at that time
	Pack    *Pack              // nil where an error is left
	Left    source.Diagnostics // what is left, at its place now
}

// Change is a file before and after.
type Change struct{ Name, Was, Is string }

// mostRounds is how often a pack is loaded to mend it. A round mends all that can be
// read apart; what is found behind a syntax error, or beside another fix on the same
// line, waits for the next.
const mostRounds = 200

// Mend makes the fixes that findings carry, loads the pack again, and so on until
// there is nothing left to fix. Mending what it has mended changes nothing.
func Mend(files []File, o Options) Mended {
	files = slices.Clone(files)
	slices.SortStableFunc(files, byName)
	m := Mended{Files: slices.Clone(files)}
	for range mostRounds {
		m.Pack, m.Left = Load(m.Files, o)
		if !m.round() {
			break
		}
	}
	for i, f := range m.Files {
		if f.Text != files[i].Text {
			m.Changed = append(m.Changed, Change{f.Name, files[i].Text, f.Text})
		}
	}
	return m
}

// round makes what fixes there are, and reports whether there was one.
func (m *Mended) round() bool {
	made := false
	for i, f := range m.Files {
		text, done := source.ApplyFixes(f.Name, f.Text, ofFile(m.Left, f.Name))
		m.Files[i].Text = text
		m.Fixed = append(m.Fixed, done...)
		made = made || len(done) > 0
	}
	return made
}

func ofFile(ds source.Diagnostics, name string) source.Diagnostics {
	return slices.DeleteFunc(slices.Clone(ds), func(d source.Diagnostic) bool { return d.Span.File != name })
}

// MendDir is Mend for the pack in a folder. It writes nothing.
func MendDir(dir string, o Options) Mended {
	fsys, ds := folder(dir)
	if ds != nil {
		return Mended{Left: ds}
	}
	files, ds := readFiles(fsys, o.Limits.orDefault())
	if ds.HasErrors() {
		return Mended{Left: ds.Sort()}
	}
	m := Mend(files, o)
	m.Left = append(ds, m.Left...).Sort()
	return m
}

// folder is a folder as a file system, or why there is none.
func folder(dir string) (fs.FS, source.Diagnostics) {
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return nil, source.Diagnostics{Unreadable.At(facts.Span{File: dir}, "%v", plain(err))}
	case !info.IsDir():
		return nil, source.Diagnostics{NoPack.At(facts.Span{File: dir}, "%s is a file", dir).Expect("the folder of a pack")}
	}
	return os.DirFS(dir), nil
}
