package condition

import (
	"strings"
	"unicode"

	"truce/facts/source"
)

// fix carries out what was most likely meant, so that the rest can be checked.
func (x finding) fix(with string) {
	x.f.edits = append(x.f.edits, edit{x.s.from, x.s.to, with})
}

// safely is fix where nothing else can have been meant, and offers the same as a fix
// of the file. A word with blanks around it keeps those that it needs.
func (x finding) safely(with string) {
	x.fix(with)
	text := strings.TrimSpace(with)
	does := "write " + text
	if text == "" {
		does = "leave it out"
	}
	if text != with {
		text = x.f.apart(text, x.s)
	}
	if strings.ContainsAny(text, signs) && x.f.crowded(x.s) {
		return
	}
	d := &x.f.found[x.i]
	edits := []source.Edit{source.Replace(d.Span, text)}
	if x.f.src.Rewrite != nil {
		edits = x.f.src.Rewrite(x.s.from, x.s.to, text)
	}
	*d = d.Fixed(does, edits...)
}

// signs are those of which operators are made.
const signs = "=<>!&|"

// crowded reports whether a sign touches a scrap. With what would come in its place it
// might make another operator.
func (f *front) crowded(s scrap) bool {
	touches := func(i int) bool {
		return i >= 0 && i < len(f.runes) && strings.ContainsRune(signs, []rune(narrow(string(f.runes[i])))[0])
	}
	return touches(s.from-1) || touches(s.to)
}

// apart is a word with a blank on each side on which the scrap in whose place it comes
// has none.
func (f *front) apart(word string, s scrap) string {
	if s.from > 0 && !unicode.IsSpace(f.runes[s.from-1]) {
		word = " " + word
	}
	if s.to < len(f.runes) && !unicode.IsSpace(f.runes[s.to]) {
		word += " "
	}
	return word
}

// The full-width forms of ASCII, as keyboards of East Asian scripts type them.
const (
	firstWide = '\uff01'
	lastWide  = '\uff5e'
	wideShift = firstWide - '!'
)

func isWide(r rune) bool { return firstWide <= r && r <= lastWide }

// narrow is a text with its full-width forms as plain ones.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		if isWide(r) {
			return r - wideShift
		}
		return r
	}, s)
}
