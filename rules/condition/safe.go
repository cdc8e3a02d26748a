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
// of the file. Words get blanks around them where they touch what stands beside them.
func (x finding) safely(with string) {
	inner := strings.TrimSpace(with)
	x.fix(with)
	text := x.f.apart(inner, x.s)
	d := &x.f.found[x.i]
	does := "write " + inner
	if inner == "" {
		does = "leave it out"
	}
	edits := []source.Edit{source.Replace(d.Span, text)}
	if x.f.src.Rewrite != nil {
		edits = x.f.src.Rewrite(x.s.from, x.s.to, text)
	}
	*d = d.Fixed(does, edits...)
}

// apart is a text with a blank on each side on which it would run into a letter or a
// digit.
func (f *front) apart(text string, s scrap) string {
	if text == "" || !isLetter([]rune(text)[0]) {
		return text
	}
	if s.from > 0 && !unicode.IsSpace(f.runes[s.from-1]) && !strings.ContainsRune("([", f.runes[s.from-1]) {
		text = " " + text
	}
	if s.to < len(f.runes) && !unicode.IsSpace(f.runes[s.to]) {
		text += " "
	}
	return text
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
