package page

import (
	"embed"
	"fmt"
	"io"
	"io/fs"

	"truce/explain/htmlfile"
)

//go:embed assets
var assets embed.FS

func write(w io.Writer, p *Page) error {
	parts, err := fs.Sub(assets, "assets")
	if err != nil {
		return err
	}
	return htmlfile.Write(w, htmlfile.File{Title: fmt.Sprintf("%s (%s)", p.Title, p.ID), Parts: parts, Body: p})
}
