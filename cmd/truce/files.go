package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"truce/facts/doc"
	"truce/facts/source"
)

// mostBytes is how large a case or a pack file may be.
const mostBytes = 16 << 20

// stdinName is how standard input is called where a file is.
const stdinName = "-"

// read is the text of a file, or of standard input, and the name that findings give
// it. It never takes in more than a case may have.
func (a *app) read(path string) ([]byte, error) {
	if path == stdinName {
		if text, ok := a.texts[path]; ok { // it can be read once only
			return []byte(text), nil
		}
		return a.readAll(path, a.in, -1)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, a.noFile(path, err)
	}
	if info.IsDir() {
		return nil, source.Diagnostics{errUnreadable.At(source.Span{File: path}, "this is a folder").Expect("a file")}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, source.Diagnostics{errUnreadable.At(source.Span{File: path}, "%v", plain(err))}
	}
	defer f.Close()
	size := int64(-1)
	if info.Mode().IsRegular() {
		size = info.Size()
	}
	return a.readAll(path, f, size)
}

// readAll reads a stream whose size may be known; -1 is unknown.
func (a *app) readAll(name string, r io.Reader, size int64) ([]byte, error) {
	tooLarge := func(has string) error {
		return source.Diagnostics{doc.TooLarge.At(source.Span{File: name}, "the file has %s", has).
			Expect("%s at most", counted(mostBytes, "byte"))}
	}
	if size > mostBytes {
		return nil, tooLarge(counted(int(size), "byte"))
	}
	b, err := io.ReadAll(io.LimitReader(r, mostBytes+1))
	switch {
	case err != nil:
		return nil, source.Diagnostics{errUnreadable.At(source.Span{File: name}, "%v", plain(err))}
	case len(b) > mostBytes:
		return nil, tooLarge("more than " + counted(mostBytes, "byte"))
	}
	a.texts[name] = string(b)
	return b, nil
}

// noFile says that nothing lies at a path, or why it cannot be looked at, with the
// nearest name in the same folder.
func (a *app) noFile(path string, err error) error {
	if path == "" {
		return source.Diagnostics{errUsage.At(source.Span{}, "the name of a file is empty")}
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return source.Diagnostics{errUnreadable.At(source.Span{File: path}, "%v", plain(err))}
	}
	d := errNoFile.At(source.Span{File: path}, "nothing lies there")
	dir, base := filepath.Split(filepath.Clean(path))
	entries, err := os.ReadDir(filepath.Clean("./" + dir))
	if filepath.IsAbs(path) {
		entries, err = os.ReadDir(filepath.Clean(dir))
	}
	if err != nil {
		return source.Diagnostics{d.Suggest("there is no folder %s either", filepath.Clean(dir))}
	}
	var names, stems []string
	for _, e := range entries {
		names = append(names, e.Name())
		stems = append(stems, strings.TrimSuffix(e.Name(), filepath.Ext(e.Name())))
	}
	near := source.Nearest(base, names)
	if near == "" {
		if i := slices.Index(stems, source.Nearest(base, stems)); i >= 0 && source.Nearest(base, stems) != "" {
			near = names[i]
		}
	}
	if near != "" {
		d = d.Suggest("did you mean %s?", dir+near)
	}
	return source.Diagnostics{d}
}

// plain is the reason of a file error without the operation and the path, which the
// place of a finding shows.
func plain(err error) error {
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		return e.Err
	}
	return err
}

// exists refuses to overwrite a file.
func exists(path string) error {
	return source.Diagnostics{errExists.At(source.Span{File: path}, "the file is there already").
		Suggest("take another name, or --force to overwrite it")}
}

// targetReady says what will keep output from its file, where that can be seen before:
// what is recorded and then cannot be shown would be asked for, and recorded, again.
func (a *app) targetReady() error {
	if !a.toFile() {
		return nil
	}
	if _, err := os.Lstat(a.target.path); err == nil && !a.target.force {
		return exists(a.target.path)
	}
	if _, err := os.Stat(filepath.Dir(a.target.path)); err != nil {
		return source.Diagnostics{errUnwritable.At(source.Span{File: a.target.path}, "its folder: %v", plain(err))}
	}
	return nil
}

// write makes a new file, and one that is there only with force.
func (a *app) write(path string, text []byte, force bool) error {
	return a.writeAs(path, text, force, 0o644)
}

// writeAs is write for a file that others may not read.
func (a *app) writeAs(path string, text []byte, force bool, mode fs.FileMode) error {
	flags := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if force {
		flags = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	f, err := os.OpenFile(path, flags, mode)
	if errors.Is(err, fs.ErrExist) {
		return exists(path)
	}
	if err == nil {
		_, err = f.Write(text)
		if e := f.Close(); err == nil {
			err = e
		}
	}
	if err != nil {
		return source.Diagnostics{errUnwritable.At(source.Span{File: path}, "%v", plain(err))}
	}
	return nil
}

// caseFiles are the files that a command was given, a folder standing for the cases
// in it, by name. Whether there was a folder among them is told too.
func (a *app) caseFiles(paths []string) (files []string, folder bool, err error) {
	return a.filesIn(paths, casesIn)
}

// filesIn is caseFiles for files of another kind, which in finds in a folder.
func (a *app) filesIn(paths []string, in func(dir string) ([]string, error)) (files []string, folder bool, err error) {
	var found source.Diagnostics
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case path == stdinName:
			files = append(files, path)
		case err != nil:
			found = append(found, a.findings(a.noFile(path, err))...)
		case info.IsDir():
			folder = true
			inside, err := in(path)
			found = append(found, a.findings(err)...)
			files = append(files, inside...)
		default:
			files = append(files, path)
		}
	}
	return files, folder, found.Err()
}

func casesIn(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, source.Diagnostics{errUnreadable.At(source.Span{File: dir}, "%v", plain(err))}
	}
	var files []string
	for _, e := range entries {
		switch strings.ToLower(filepath.Ext(e.Name())) {
		case ".yaml", ".yml", ".json":
			if !e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
				files = append(files, filepath.Join(dir, e.Name()))
			}
		}
	}
	if len(files) == 0 {
		return nil, source.Diagnostics{errNoCases.At(source.Span{File: dir}, "no case lies in this folder").
			Expect("files that end in .yaml, .yml or .json")}
	}
	return files, nil
}
