// Package source owns places in files and what is said about them.
//
// What flows in: the name and text of a file, and findings about it. What flows
// out: spans, coded diagnostics, their rendering with an excerpt and a caret, and
// the text after the fixes that they carry.
// It never reads a file, never decides whether a finding is fatal, and knows
// nothing of facts or rules.
package source

import (
	"fmt"
	"slices"
	"strings"
)

// Pos is a place in a text. Line and Col count from 1; Col counts runes.
// The zero Pos means that the place is not known.
type Pos struct {
	Line, Col int
}

// IsZero reports whether the place is unknown.
func (p Pos) IsZero() bool { return p.Line == 0 }

// Compare orders places by line, then column.
func (p Pos) Compare(q Pos) int {
	if p.Line != q.Line {
		return p.Line - q.Line
	}
	return p.Col - q.Col
}

// Span is a stretch of one file. End is just past the last rune. A Span with a
// File and a zero Start speaks of the file as a whole; the zero Span speaks of
// no file.
type Span struct {
	File  string
	Start Pos
	End   Pos
}

// IsZero reports whether the span names neither file nor place.
func (s Span) IsZero() bool { return s.File == "" && s.Start.IsZero() }

// String is file:line:col, as editors and terminals follow it.
func (s Span) String() string {
	switch {
	case s.Start.IsZero():
		return s.File
	case s.File == "":
		return fmt.Sprintf("%d:%d", s.Start.Line, s.Start.Col)
	}
	return fmt.Sprintf("%s:%d:%d", s.File, s.Start.Line, s.Start.Col)
}

// Compare orders spans by file, then start, then end.
func (s Span) Compare(t Span) int {
	if c := strings.Compare(s.File, t.File); c != 0 {
		return c
	}
	if c := s.Start.Compare(t.Start); c != 0 {
		return c
	}
	return s.End.Compare(t.End)
}

// Severity says what a diagnostic means for the work at hand.
type Severity uint8

const (
	// Error stops what was asked for.
	Error Severity = iota
	// Warning does not.
	Warning
)

func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Code is a kind of finding: a value, so that its documentation and the place
// that raises it cannot drift apart. ID is a letter and three digits: D for the
// form of a document, F for facts and cases, E for expressions, R for rules and
// packs, N for a run, A for what the rules of a pack do.
type Code struct {
	ID      string
	Title   string // one line
	Doc     string // why it is an error, and what to do
	Example string // a fragment that shows it
	Limit   bool   // a resource limit was met; the input need not be wrong
}

// At makes a diagnostic of this code.
func (c Code) At(span Span, format string, args ...any) Diagnostic {
	return Diagnostic{Code: c.ID, Limit: c.Limit, Span: span, Message: fmt.Sprintf(format, args...)}
}

// Diagnostic is one finding about one place.
type Diagnostic struct {
	Code     string
	Severity Severity
	Limit    bool // a resource limit, not a fault of the input
	Span     Span
	Message  string    // what was found
	Expected string    // what was expected; may be empty
	Hint     string    // what to type instead; may be empty
	Related  []Related // other places that belong to it
	Fix      *Fix      // what does away with it, where only one reading is possible; else nil
}

// Related is a further place of a diagnostic: "first declared here".
type Related struct {
	Span    Span
	Message string
}

// Expect returns the diagnostic with what was expected.
func (d Diagnostic) Expect(format string, args ...any) Diagnostic {
	d.Expected = fmt.Sprintf(format, args...)
	return d
}

// Suggest returns the diagnostic with what to type instead.
func (d Diagnostic) Suggest(format string, args ...any) Diagnostic {
	d.Hint = fmt.Sprintf(format, args...)
	return d
}

// See returns the diagnostic with one more related place.
func (d Diagnostic) See(span Span, format string, args ...any) Diagnostic {
	d.Related = append(slices.Clip(d.Related), Related{span, fmt.Sprintf(format, args...)})
	return d
}

// Warn returns the diagnostic as a warning.
func (d Diagnostic) Warn() Diagnostic {
	d.Severity = Warning
	return d
}

// Error is the diagnostic in one line.
func (d Diagnostic) Error() string {
	var b strings.Builder
	if at := d.Span.String(); at != "" {
		b.WriteString(at + ": ")
	}
	fmt.Fprintf(&b, "%s: %s", d.Code, d.Message)
	if d.Expected != "" {
		b.WriteString("; expected " + d.Expected)
	}
	if d.Hint != "" {
		b.WriteString("; " + d.Hint)
	}
	return b.String()
}

// Diagnostics is a list of findings. As an error it is all of them, a line each.
type Diagnostics []Diagnostic

func (ds Diagnostics) Error() string {
	lines := make([]string, len(ds))
	for i, d := range ds {
		lines[i] = d.Error()
	}
	return strings.Join(lines, "\n")
}

// HasErrors reports whether one of them is more than a warning.
func (ds Diagnostics) HasErrors() bool {
	return slices.ContainsFunc(ds, func(d Diagnostic) bool { return d.Severity == Error })
}

// Err is the list as an error, or nil when none of them is more than a warning.
func (ds Diagnostics) Err() error {
	if ds.HasErrors() {
		return ds
	}
	return nil
}

// Sort orders findings by place, then code, then message, and drops repeats.
func (ds Diagnostics) Sort() Diagnostics {
	slices.SortStableFunc(ds, ByPlace)
	return slices.CompactFunc(ds, func(a, b Diagnostic) bool {
		return a.Span == b.Span && a.Code == b.Code && a.Message == b.Message
	})
}

// ByPlace orders findings by place, then code, then message.
func ByPlace(a, b Diagnostic) int {
	if c := a.Span.Compare(b.Span); c != 0 {
		return c
	}
	if c := strings.Compare(a.Code, b.Code); c != 0 {
		return c
	}
	return strings.Compare(a.Message, b.Message)
}
