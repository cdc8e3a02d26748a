// Package htmlfile is what every HTML file of truce has in common: the frame, the style, the
// script, and the policy that forbids it to load anything.
//
// What flows in: a template of the body, in parts, with what it is given. What flows
// out: one file with everything inside of it. It knows nothing of what a body says.
// Without the script all can still be read, folded and unfolded; light and dark follow
// the reader's system. Texts are escaped by html/template for where they stand, and
// whatever is written passes report.Printable, so that no control character and no mark
// that turns the direction of writing reaches the file.
package htmlfile

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io"
	"io/fs"
	"strings"

	"truce/explain/report"
)

//go:embed assets
var assets embed.FS

// File is a file to be written.
type File struct {
	Title string
	// Parts has the templates, *.tmpl, of which one is called "body" and is given Body.
	Parts fs.FS
	Body  any
	// Style is added to the style that all have.
	Style string
}

// frame is what the outermost template is given.
type frame struct {
	File
	Style      template.CSS
	Script     template.JS
	StyleHash  string
	ScriptHash string
}

// Write writes a sheet as HTML.
func Write(w io.Writer, s File) error {
	t, err := template.ParseFS(assets, "assets/*.tmpl")
	if err != nil {
		return err
	}
	if t, err = t.ParseFS(s.Parts, "*.tmpl"); err != nil {
		return err
	}
	style, err := assets.ReadFile("assets/sheet.css")
	if err != nil {
		return err
	}
	style = append(style, s.Style...)
	script, err := assets.ReadFile("assets/sheet.js")
	if err != nil {
		return err
	}
	var b bytes.Buffer
	err = t.ExecuteTemplate(&b, "sheet", frame{
		File: s, Style: template.CSS(style), Script: template.JS(script), StyleHash: digest(style), ScriptHash: digest(script),
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
