package rules

import (
	"strings"
	"sync"

	"truce/facts/doc"
	"truce/facts/source"
)

// Documents remembers the files of a pack as they were read, so that loading it again
// takes in only those that are other than before. It keeps those of the last loading. It
// is safe for concurrent use; the zero value remembers nothing yet.
type Documents struct {
	mu   sync.Mutex
	last map[File]document
}

// document is a file as a tree, which nobody changes.
type document struct {
	root *doc.Node
	ds   source.Diagnostics
}

// read reads the files but sheets, those that are known from memory. It may be nil.
func (d *Documents) read(files []File, limits doc.Limits) []document {
	var known map[File]document
	if d != nil {
		d.mu.Lock()
		defer d.mu.Unlock()
		known = d.last
		d.last = make(map[File]document, len(files))
	}
	list := make([]document, len(files))
	for i, f := range files {
		if strings.HasSuffix(f.Name, sheetEnding) {
			continue // it is read by what a document says of it
		}
		r, ok := known[f]
		if !ok {
			r.root, r.ds = doc.Read(f.Name, []byte(f.Text), limits)
		}
		if d != nil {
			d.last[f] = r
		}
		list[i] = r
	}
	return list
}
