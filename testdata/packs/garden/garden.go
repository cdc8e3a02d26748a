// Package garden is the pack that truce rules new begins one's own with: whether a
// vegetable bed is watered this evening. Its comments teach the language, and it has
// each section that a pack can have.
//
// What flows in: nothing. What flows out: the pack's YAML files as they lie in this
// folder. It holds no rule in Go.
package garden

import (
	"embed"
	"io/fs"
)

//go:embed *.yaml
var files embed.FS

// FS is the pack as a folder of YAML files, without subfolders. It is read-only
// and may be shared.
func FS() fs.FS { return files }
