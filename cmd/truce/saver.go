package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"truce/facts"
	"truce/facts/source"
)

// saver keeps a case in a file that grows with it. What was there before it is
// overwritten only with force.
type saver struct {
	app   *app
	pack  *pack
	path  string // "" until a case says how it is called
	named bool   // by --out
	force bool
	kept  bool // something was saved
}

// newSaver finds where answers go, before anybody is asked for one.
func (a *app) newSaver(p *pack, f consultFlags, file string) (*saver, error) {
	s := &saver{app: a, pack: p, path: f.out, named: f.out != "", force: f.force}
	switch {
	case s.path == stdinName:
		return nil, source.Diagnostics{errUsage.At(source.Span{}, "--out is -, and standard output is for the assessment").Expect("a file")}
	case !s.named && file == "":
		return s, nil // the title says, once there is one
	case !s.named:
		return s, s.free(savedName(file, ""))
	}
	info, err := os.Stat(s.path)
	switch {
	case err == nil && info.IsDir():
		return nil, source.Diagnostics{errUnwritable.At(source.Span{File: s.path}, "this is a folder").Expect("a file")}
	case err == nil && !s.force:
		return nil, exists(s.path)
	case err != nil:
		if dir := filepath.Dir(s.path); !isDir(dir) {
			return nil, source.Diagnostics{errUnwritable.At(source.Span{File: s.path}, "there is no folder %s", dir)}
		}
	}
	return s, nil
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// settle gives a case that began here its file.
func (s *saver) settle(c *facts.Case) error {
	if s.named {
		return nil
	}
	return s.free(savedName("", c.ID))
}

// mostNames is how many numbers are tried behind a name.
const mostNames = 1000

// free takes the first name that no file has.
func (s *saver) free(name string) error {
	for n := 1; n < mostNames; n++ {
		s.path = name + ".yaml"
		if n > 1 {
			s.path = fmt.Sprintf("%s-%d.yaml", name, n)
		}
		if _, err := os.Lstat(s.path); os.IsNotExist(err) {
			fmt.Fprintf(s.app.err, "The answers go to %s.\n", s.path)
			return nil
		}
	}
	return exists(name + ".yaml")
}

// save writes the case: a new file at first, and later in place of what it wrote
// itself, whole or not at all.
func (s *saver) save(c *facts.Case) error {
	var b bytes.Buffer
	if err := facts.WriteCase(&b, c, s.pack.Schema); err != nil {
		return source.Diagnostics{errUnwritable.At(source.Span{File: s.path}, "%v", err)}
	}
	info, err := os.Lstat(s.path)
	switch {
	case !s.kept && !s.force, err != nil && os.IsNotExist(err):
		err = s.app.write(s.path, b.Bytes(), false)
	case err == nil && info.Mode().IsRegular():
		err = replace(s.path, b.Bytes(), info.Mode().Perm())
	default:
		err = s.app.write(s.path, b.Bytes(), true)
	}
	if err != nil {
		fmt.Fprintf(s.app.err, "The answers could not be saved. The case as it is:\n%s", b.Bytes())
		return err
	}
	s.kept = true
	return nil
}
