package facts

import (
	"truce/facts/doc"
	"truce/facts/source"
)

// ReadCaseNode reads a case that is part of another document, such as the facts of
// a pack's own test. It is what ReadCase does with a file; what is missing is
// reported at its first key. With an error there is no case.
func ReadCaseNode(root *doc.Node, s *Schema, o ReadOptions) (*Case, source.Diagnostics) {
	r := &reader{schema: s, options: o, file: top(root)}
	c := r.readCase(root)
	ds := r.found.Sort()
	if ds.HasErrors() {
		return nil, ds
	}
	return c, ds
}
