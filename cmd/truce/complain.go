package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"

	"truce/facts/source"
)

// findings turns any error into coded findings; none into none.
func (a *app) findings(err error) source.Diagnostics {
	var ds source.Diagnostics
	var d source.Diagnostic
	var stopped interface{ Diagnostic() source.Diagnostic }
	switch {
	case err == nil:
		return nil
	case errors.As(err, &ds):
		return ds
	case errors.As(err, &d):
		return source.Diagnostics{d}
	case errors.As(err, &stopped):
		d = stopped.Diagnostic()
	case isStop(err):
		d = errStopped.At(source.Span{}, "stopped: %v", err)
	default:
		return source.Diagnostics{errOther.At(source.Span{}, "%v", err)}
	}
	if isTimeout(err) {
		d = d.Suggest("it had %s; --timeout gives it more, --timeout 0 any", a.settings.Timeout)
	}
	return source.Diagnostics{d}
}

// complain writes findings to standard error: with excerpts, or as one JSON
// document under --format json.
func (a *app) complain(ds source.Diagnostics) {
	if len(ds) == 0 {
		return
	}
	if a.settings.Format == formatJSON {
		_ = writeJSON(a.err, documentOf(ds)) // there is nowhere left to report its own error
		return
	}
	a.render(a.err, ds)
}

// render writes findings with the lines that they speak of.
func (a *app) render(w io.Writer, ds source.Diagnostics) {
	source.Render(w, ds, a.text, source.Options{Color: a.colorOn(a.err), Width: a.width(a.err)})
}

// text is that of a file that a finding speaks of: one that was read already, else
// one on the disk.
func (a *app) text(file string) (string, bool) {
	if s, ok := a.texts[file]; ok {
		return s, true
	}
	f, err := os.Open(file)
	if err != nil {
		return "", false
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() || info.Size() > mostBytes {
		return "", false
	}
	b, err := io.ReadAll(io.LimitReader(f, mostBytes))
	if err != nil {
		return "", false
	}
	a.texts[file] = string(b)
	return string(b), true
}

// findingsFormat is the version of the JSON form of findings. Fields may be added
// to a version; none changes its meaning.
const findingsFormat = "truce.findings/1"

// findingsDocument is the JSON form of findings: of errors on standard error, and
// of what checks found on standard output.
type findingsDocument struct {
	Format   string `json:"format"`
	Errors   int    `json:"errors"`
	Warnings int    `json:"warnings"`
	// Undecided is how much "rules check" could neither prove nor show; none of it
	// counts as an error or a warning.
	Undecided int           `json:"undecided,omitempty"`
	Findings  []findingItem `json:"findings"`
}

type findingItem struct {
	Code     string `json:"code"`
	Severity string `json:"severity"` // error, warning
	Limit    bool   `json:"limit,omitempty"`
	place
	Message  string        `json:"message"`
	Expected string        `json:"expected,omitempty"`
	Help     string        `json:"help,omitempty"`
	Related  []relatedItem `json:"related,omitempty"`
	// Verdict says what a finding about what rules do rests on: proved, witnessed,
	// undecided. Witness is the text of a case that shows it.
	Verdict string   `json:"verdict,omitempty"`
	Witness string   `json:"witness,omitempty"`
	Fix     *fixItem `json:"fix,omitempty"` // what does away with it, where only one reading is possible
}

// fixItem is a fix: what it does, and the edits of the file, all of them or none. An
// edit puts its text in the place of a stretch; where that is empty, before it.
type fixItem struct {
	Does  string     `json:"does"`
	Edits []editItem `json:"edits"`
}

type editItem struct {
	place
	Text string `json:"text"`
}

type relatedItem struct {
	place
	Message string `json:"message"`
}

// place is a stretch of a file. Lines and columns count from 1, columns in runes;
// the end is just past the last rune. A finding about a whole file has no line.
type place struct {
	File      string `json:"file,omitempty"`
	Line      int    `json:"line,omitempty"`
	Column    int    `json:"column,omitempty"`
	EndLine   int    `json:"end_line,omitempty"`
	EndColumn int    `json:"end_column,omitempty"`
}

func placeOf(s source.Span) place {
	return place{s.File, s.Start.Line, s.Start.Col, s.End.Line, s.End.Col}
}

func documentOf(ds source.Diagnostics) findingsDocument {
	doc := findingsDocument{Format: findingsFormat, Findings: []findingItem{}}
	for _, d := range ds {
		if d.Severity == source.Warning {
			doc.Warnings++
		} else {
			doc.Errors++
		}
		doc.Findings = append(doc.Findings, itemOf(d))
	}
	return doc
}

func itemOf(d source.Diagnostic) findingItem {
	item := findingItem{Code: d.Code, Severity: d.Severity.String(), Limit: d.Limit, place: placeOf(d.Span),
		Message: d.Message, Expected: d.Expected, Help: d.Hint}
	for _, r := range d.Related {
		item.Related = append(item.Related, relatedItem{placeOf(r.Span), r.Message})
	}
	if d.Fix != nil {
		item.Fix = &fixItem{Does: d.Fix.Does}
		for _, e := range d.Fix.Edits {
			item.Fix.Edits = append(item.Fix.Edits, editItem{placeOf(e.Span), e.Text})
		}
	}
	return item
}

// writeJSON writes a document, indented, with a line end behind it.
func writeJSON(w io.Writer, doc any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(doc)
}
