// Package iran is the shipped rule pack: how a state under a supreme leader is
// expected to answer an offer of a truce, encoded claim by claim from one
// analytic article.
//
// What flows in: nothing. What flows out: the pack's YAML files as they lie in
// this folder, one file a theme, for package rules to load. It never holds a rule
// in Go: whoever wants another answer copies the folder, edits the YAML and has
// the copy loaded in its place.
package iran

import (
	"embed"
	"io/fs"
)

//go:embed *.yaml
var files embed.FS

// FS is the pack as a folder of YAML files, without subfolders. It is read-only
// and may be shared.
func FS() fs.FS { return files }
