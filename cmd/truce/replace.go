package main

import (
	"io/fs"
	"os"
	"path/filepath"

	"truce/facts/source"
)

// replace puts a file in the place of another, whole or not at all.
func replace(path string, text []byte, mode fs.FileMode) error {
	r, err := prepare(path, text, mode)
	if err == nil {
		err = r.commit()
	}
	return err
}

// replacement is a file that is written, beside the one whose place it takes.
type replacement struct{ from, to string }

// prepare writes the text of a replacement.
func prepare(path string, text []byte, mode fs.FileMode) (*replacement, error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".truce-*")
	if err == nil {
		_, err = f.Write(text)
		if e := f.Chmod(mode); err == nil {
			err = e
		}
		if e := f.Sync(); err == nil {
			err = e
		}
		if e := f.Close(); err == nil {
			err = e
		}
		if err != nil {
			_ = os.Remove(f.Name()) // what went wrong before is what is reported
		}
	}
	if err != nil {
		return nil, source.Diagnostics{errUnwritable.At(source.Span{File: path}, "%v", plain(err))}
	}
	return &replacement{f.Name(), path}, nil
}

// commit lets the replacement take its place.
func (r *replacement) commit() error {
	if err := os.Rename(r.from, r.to); err != nil {
		r.cancel()
		return source.Diagnostics{errUnwritable.At(source.Span{File: r.to}, "%v", plain(err))}
	}
	return nil
}

// cancel leaves all as it was.
func (r *replacement) cancel() { _ = os.Remove(r.from) } // nothing reads what is left

// replaceAll replaces files: none of them where one cannot be written.
func replaceAll(paths []string, texts []string) error {
	var list []*replacement
	for i, path := range paths {
		info, err := os.Stat(path)
		mode := fs.FileMode(0o644)
		if err == nil {
			mode = info.Mode().Perm()
		}
		r, err := prepare(path, []byte(texts[i]), mode)
		if err != nil {
			for _, done := range list {
				done.cancel()
			}
			return err
		}
		list = append(list, r)
	}
	for i, r := range list {
		if err := r.commit(); err != nil {
			for _, left := range list[i+1:] {
				left.cancel()
			}
			return err
		}
	}
	return nil
}
