package rules

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"

	"truce/facts"
	"truce/facts/source"
)

// LoadDir loads the pack in a folder. Places in what it reports name the files
// relative to the folder.
func LoadDir(dir string, o Options) (*Pack, source.Diagnostics) {
	fsys, ds := folder(dir)
	if ds != nil {
		return nil, ds
	}
	return LoadFS(fsys, o)
}

// LoadFS loads the pack whose *.yaml files, and the *.csv files that they name, lie in
// the root of fsys. Folders and other files are passed over.
func LoadFS(fsys fs.FS, o Options) (*Pack, source.Diagnostics) {
	files, ds := readFiles(fsys, o.Limits.orDefault())
	if ds.HasErrors() {
		return nil, ds.Sort()
	}
	p, more := Load(files, o)
	return p, append(ds, more...).Sort()
}

// Belongs reports whether a file of that name is read as part of a pack.
func Belongs(name string) bool {
	ext := path.Ext(name)
	return ext == ".yaml" || ext == sheetEnding
}

// readFiles reads the files of a pack, none of them past the limits.
func readFiles(fsys fs.FS, limits Limits) (files []File, ds source.Diagnostics) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, append(ds, Unreadable.At(facts.Span{File: "."}, "%v", plain(err)))
	}
	room := int64(limits.Bytes)
	for _, e := range entries {
		at := facts.Span{File: e.Name()}
		switch ext := path.Ext(e.Name()); {
		case e.IsDir():
			continue
		case strings.EqualFold(ext, sheetEnding) && ext != sheetEnding:
			ds = append(ds, NotRead.At(at, "%s is not read as part of the pack", e.Name()).
				Suggest("rename it to %s%s", strings.TrimSuffix(e.Name(), ext), sheetEnding).Warn())
			continue
		case strings.EqualFold(ext, ".yml") || strings.EqualFold(ext, ".yaml") && ext != ".yaml":
			ds = append(ds, NotRead.At(at, "%s is not read as part of the pack", e.Name()).
				Suggest("rename it to %s.yaml", strings.TrimSuffix(e.Name(), ext)).Warn())
			continue
		case !Belongs(e.Name()):
			continue
		}
		if len(files) == limits.Files {
			return nil, append(ds, TooMuch.At(at, "the pack has more than %d files", limits.Files).Expect("%d at most", limits.Files))
		}
		text, err := readFile(fsys, e.Name(), room)
		if err != nil {
			ds = append(ds, Unreadable.At(at, "%v", plain(err)))
			continue
		}
		if room -= int64(len(text)); room < 0 {
			return nil, append(ds, TooMuch.At(at, "the files of the pack are too large").Expect("%d bytes at most", limits.Bytes))
		}
		files = append(files, File{Name: e.Name(), Text: text})
	}
	return files, ds
}

// readFile reads a file, and of one that is larger than room only one byte more.
func readFile(fsys fs.FS, name string, room int64) (string, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	_, err = io.Copy(&b, io.LimitReader(f, room+1))
	return b.String(), errors.Join(err, f.Close())
}

// plain is the reason of a file error without the operation and the path, which
// the place already shows.
func plain(err error) error {
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		return e.Err
	}
	return err
}
