package main

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"truce/facts/source"
	"truce/rules"
	"truce/rules/iran"
)

// pack is a loaded pack and how its files are called on the command line.
type pack struct {
	*rules.Pack
	dir string // "" for the shipped pack
	// approvals are those that count, of a pack that was loaded to answer.
	approvals []string
}

// loadPack loads the pack that the settings name. Warnings come with it.
func (a *app) loadPack(sourceOnly bool) (*pack, source.Diagnostics, error) {
	return a.loadPackFrom(a.settings.Rules, sourceOnly)
}

func (a *app) loadPackFrom(dir string, sourceOnly bool) (*pack, source.Diagnostics, error) {
	o := rules.Options{SourceOnly: sourceOnly, Documents: &a.documents}
	if dir == "" {
		p, ds := rules.LoadFS(iran.FS(), o)
		if ds.HasErrors() {
			return nil, nil, ds
		}
		for _, f := range p.Files {
			a.texts[f.Name] = f.Text
		}
		return &pack{Pack: p}, ds, nil
	}
	if _, err := os.Stat(dir); err != nil {
		return nil, nil, a.noFile(dir, err)
	}
	p, ds := rules.LoadDir(dir, o)
	ds = inFolder(dir, ds)
	if ds.HasErrors() {
		return nil, nil, ds
	}
	a.log.Debug("pack", "name", p.Name, "version", p.Version, "digest", p.Digest, "rules", len(p.Rules), "folder", dir)
	return &pack{Pack: p, dir: dir}, ds, nil
}

// inFolder are findings of a pack whose places carry its folder.
func inFolder(dir string, ds source.Diagnostics) source.Diagnostics {
	return relocated(ds, func(file string) string {
		if file == "" || file == dir {
			return file
		}
		return filepath.Join(dir, file)
	})
}

// warn shows findings that do not stop a command.
func (a *app) warn(ds source.Diagnostics) { a.complain(ds) }

// places are findings whose places in files of the pack carry its folder.
func (p *pack) places(ds source.Diagnostics) source.Diagnostics {
	if p.dir == "" {
		return ds
	}
	return relocated(ds, p.path)
}

// path is where a file of the pack lies; that of another file stays as it is.
func (p *pack) path(file string) string {
	own := func(f rules.File) bool { return f.Name == file }
	if p.dir == "" || !slices.ContainsFunc(p.Files, own) {
		return file
	}
	return filepath.Join(p.dir, file)
}

// located puts the folder of the pack into every place of a document: into each
// field At, which holds file:line:column.
func (p *pack) located(doc any) {
	if p.dir != "" {
		p.locate(reflect.ValueOf(doc))
	}
}

func (p *pack) locate(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			p.locate(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			p.locate(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Field(i)
			switch {
			case !f.CanSet():
			case v.Type().Field(i).Name == "At" && f.Kind() == reflect.String:
				file, rest, ok := strings.Cut(f.String(), ":")
				if ok {
					f.SetString(p.path(file) + ":" + rest)
				}
			default:
				p.locate(f)
			}
		}
	}
}

// relocated are findings whose files have other names.
func relocated(ds source.Diagnostics, name func(string) string) source.Diagnostics {
	moved := make(source.Diagnostics, len(ds))
	for i, d := range ds {
		d.Span.File = name(d.Span.File)
		related := make([]source.Related, len(d.Related))
		for k, r := range d.Related {
			r.Span.File = name(r.Span.File)
			related[k] = r
		}
		d.Related = related
		if d.Fix != nil {
			fix := source.Fix{Does: d.Fix.Does, Edits: slices.Clone(d.Fix.Edits)}
			for k := range fix.Edits {
				fix.Edits[k].Span.File = name(fix.Edits[k].Span.File)
			}
			d.Fix = &fix
		}
		moved[i] = d
	}
	return moved
}
