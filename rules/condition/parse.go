package condition

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"truce/facts"
	"truce/facts/source"
)

// The limits of one expression.
const (
	MaxBytes = 16 << 10
	MaxDepth = 64 // brackets, arguments, right operands and branches inside one another
	MaxNodes = 2000
)

// maxFindings is how many errors of one expression end the search for more.
const maxFindings = 40

// Want is what an expression must be where it stands.
type Want struct {
	kind wantKind
	typ  facts.Type
}

type wantKind uint8

const (
	wantValue wantKind = iota
	wantCondition
	wantFormula
)

// WantValue is a value of any type.
func WantValue() Want { return Want{} }

// WantCondition is something that is true or false.
func WantCondition() Want { return Want{kind: wantCondition} }

// WantFormula is a formula for a field of the type. A quoted name is a symbol or a
// level where the type has such; an integer will do for a number, and the tree's
// type then stays integer.
func WantFormula(t facts.Type) Want { return Want{wantFormula, t} }

// hint is the type that a lone name without quotes might be a symbol of.
func (w Want) hint() *facts.Type {
	if w.kind != wantFormula {
		return nil
	}
	return &w.typ
}

// Parse reads an expression that may have any type.
func Parse(src Source, scope *Scope) (Expr, source.Diagnostics) {
	return ParseAs(src, scope, WantValue())
}

// ParseAs reads an expression, checks it and lowers it. The expression is nil when
// a diagnostic is an error; all errors that can be told apart are reported, in the
// order of their places. It is safe for concurrent use.
func ParseAs(src Source, scope *Scope, want Want) (Expr, source.Diagnostics) {
	if scope == nil {
		scope = &Scope{}
	}
	if scope.Schema == nil {
		with := *scope
		with.Schema = &facts.Schema{}
		scope = &with
	}
	f := &front{src: src, scope: scope, want: want, runes: []rune(src.Text)}
	e := f.parse()
	ds := f.found.Sort()
	if ds.HasErrors() {
		return nil, ds
	}
	return e, ds
}

// front is the work on one expression.
type front struct {
	src   Source
	scope *Scope
	want  Want
	runes []rune // the text as written

	found  source.Diagnostics
	banned []int // where, in the text as written, a scrap is of no use
	edits  []edit
	text   repaired
	tokens tokens // of the repaired text
}

func (f *front) parse() Expr {
	if n := len(f.src.Text); n > MaxBytes {
		f.report(codeTooLong.At(f.span(0, min(len(f.runes), 1)), "the expression has %d bytes", n).
			Expect("at most %d", MaxBytes).Suggest("bind parts of it to names on lines of their own"))
		return nil
	}
	if !utf8.ValidString(f.src.Text) {
		f.report(codeForeign.At(f.span(0, len(f.runes)), "the expression is not valid UTF-8"))
		return nil
	}
	f.findBans()
	if f.full() {
		return nil
	}
	f.text = apply(f.runes, f.edits)
	if strings.TrimSpace(f.src.Text) == "" {
		f.report(codeEmpty.At(f.span(0, len(f.runes)), "there is no expression here").Expect("a condition or a formula"))
		return nil
	}
	if !f.lex() || !f.balanced() {
		return nil
	}
	return f.whole()
}

// finding is a ban that has been reported and may still be given more words.
type finding struct {
	f *front
	i int // in found
	s scrap
}

func (f *front) ban(s scrap, code source.Code, format string, args ...any) finding {
	f.found = append(f.found, code.At(f.span(s.from, s.to), format, args...))
	f.banned = append(f.banned, s.from)
	return finding{f, len(f.found) - 1, s}
}

func (x finding) suggest(format string, args ...any) finding {
	x.f.found[x.i].Hint = fmt.Sprintf(format, args...)
	return x
}

func (x finding) expect(format string, args ...any) finding {
	x.f.found[x.i].Expected = fmt.Sprintf(format, args...)
	return x
}

// full reports whether so much has been found that more would not help anyone.
func (f *front) full() bool { return len(f.found) >= maxFindings }

func (f *front) report(d source.Diagnostic) { f.found = append(f.found, d) }

// span is the place of a stretch of the text as written.
func (f *front) span(from, to int) facts.Span {
	if f.src.SpanOf != nil {
		return f.src.SpanOf(from, to)
	}
	return facts.Span{Start: f.place(from), End: f.place(to)}
}

// place counts lines and columns where no file is known.
func (f *front) place(at int) source.Pos {
	p := source.Pos{Line: 1, Col: 1}
	for _, r := range f.runes[:min(at, len(f.runes))] {
		p.Col++
		if r == '\n' {
			p.Line, p.Col = p.Line+1, 1
		}
	}
	return p
}

// spanIn is the place of a stretch of the repaired text.
func (f *front) spanIn(from, to int) facts.Span {
	return f.span(f.text.back(from, to))
}

// written is a stretch of the repaired text as it was written.
func (f *front) written(from, to int) string {
	from, to = f.text.back(from, to)
	if len(f.runes) == len(f.src.Text) { // ASCII: no copy
		return f.src.Text[from:max(from, to)]
	}
	return string(f.runes[from:max(from, to)])
}

// bannedIn reports whether something in a stretch of the repaired text has been
// reported already, so that no more need be said of what follows from it.
func (f *front) bannedIn(from, to int) bool {
	from, to = f.text.back(from, to)
	for _, at := range f.banned {
		if at >= from && at <= to {
			return true
		}
	}
	return false
}
