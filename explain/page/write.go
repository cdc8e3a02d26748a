package page

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io"
	"strings"

	"truce/explain/report"
)

//go:embed assets
var assets embed.FS

// file is what the templates are given.
type file struct {
	Page       *Page
	Style      template.CSS
	Script     template.JS
	StyleHash  string
	ScriptHash string
}

func write(w io.Writer, p *Page) error {
	t, err := template.ParseFS(assets, "assets/*.tmpl")
	if err != nil {
		return err
	}
	style, err := assets.ReadFile("assets/page.css")
	if err != nil {
		return err
	}
	script, err := assets.ReadFile("assets/page.js")
	if err != nil {
		return err
	}
	var b bytes.Buffer
	err = t.ExecuteTemplate(&b, "page", file{
		Page: p, Style: template.CSS(style), Script: template.JS(script), StyleHash: digest(style), ScriptHash: digest(script),
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, printable(b.String()))
	return err
}

// digest is how a policy names a style or a script that it allows.
func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// printable passes each line through report.Printable.
func printable(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = report.Printable(l)
	}
	return strings.Join(lines, "\n")
}
