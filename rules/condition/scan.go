package condition

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// scrapKind is the kind of a scrap.
type scrapKind uint8

const (
	scrapWord scrapKind = iota + 1
	scrapNumber
	scrapText
	scrapOpenText  // a text that nothing closes
	scrapSmartText // a text in typographic quotes
	scrapOperator  // operators, brackets, and whatever is nothing else
	scrapComment
)

// scrap is a piece of an expression as a person may have typed it. Scraps are for
// finding what is not of the language: expr's own lexer stops at the first rune
// that it does not know and passes over comments.
type scrap struct {
	kind     scrapKind
	from, to int // rune offsets
	text     string
}

func (s scrap) is(text string) bool { return s.kind == scrapOperator && s.text == text }

// operators that are longer than one rune, longest first. Those which only other
// languages have are among them.
var longOperators = [...]string{"===", "!==", "**", "??", "?.", "..", "&&", "||", "==", "!=", "<=", ">=", "<>", "=>", "=<", "::"}

const (
	doubleQuotes = "“”„‟«»″"
	singleQuotes = "‘’‚‛‹›′"
)

// scan splits a text, given as its runes too, into scraps, leaving white space out.
func scan(text string, rs []rune) []scrap {
	out := make([]scrap, 0, len(rs)/2+1)
	at := 0 // the byte of text at which rune i starts
	for i := 0; i < len(rs); {
		if unicode.IsSpace(rs[i]) {
			at += utf8.RuneLen(rs[i])
			i++
			continue
		}
		kind, to := scanOne(rs, i)
		from := at
		for _, r := range rs[i:to] {
			at += utf8.RuneLen(r)
		}
		out = append(out, scrap{kind, i, to, text[from:at]})
		i = to
	}
	return out
}

func scanOne(rs []rune, i int) (scrapKind, int) {
	r := rs[i]
	next := rune(0)
	if i+1 < len(rs) {
		next = rs[i+1]
	}
	switch {
	case r == '"' || r == '\'':
		return scanText(rs, i)
	case r == '`':
		return scanRaw(rs, i)
	case strings.ContainsRune(doubleQuotes+singleQuotes, r):
		return scanSmart(rs, i)
	case r == '/' && next == '/':
		return scrapComment, until(rs, i, func(r rune) bool { return r == '\n' })
	case r == '/' && next == '*':
		return scrapComment, scanBlock(rs, i)
	case isDigit(r), r == '.' && isDigit(next):
		return scrapNumber, scanNumber(rs, i)
	case isLetter(r):
		return scrapWord, until(rs, i, func(r rune) bool { return !isLetter(r) && !unicode.IsDigit(r) })
	}
	if isWide(r) {
		return scrapOperator, until(rs, i, func(r rune) bool { return !isWide(r) || isLetter(r) || isDigit(r) })
	}
	for _, op := range longOperators {
		if startsWith(rs[i:], op) {
			return scrapOperator, i + len(op)
		}
	}
	return scrapOperator, i + 1
}

// startsWith reports whether the runes begin with the ASCII text.
func startsWith(rs []rune, text string) bool {
	if len(rs) < len(text) {
		return false
	}
	for i := range len(text) {
		if rs[i] != rune(text[i]) {
			return false
		}
	}
	return true
}

func isLetter(r rune) bool { return r == '_' || r == '$' || unicode.IsLetter(r) }

func isDigit(r rune) bool {
	_, ok := digit(r)
	return ok
}

// digit is the value of a decimal digit: ASCII, Arabic, Persian or full-width.
func digit(r rune) (rune, bool) {
	for _, zero := range [...]rune{'0', '\u0660', '\u06f0', '\uff10'} {
		if r >= zero && r <= zero+9 {
			return '0' + r - zero, true
		}
	}
	return 0, false
}

func until(rs []rune, i int, stop func(rune) bool) int {
	for i < len(rs) && !stop(rs[i]) {
		i++
	}
	return i
}

// scanText reads a quoted text. One that only a typographic quote closes counts as
// one in typographic quotes.
func scanText(rs []rune, i int) (scrapKind, int) {
	smart := -1
	for j := i + 1; j < len(rs) && rs[j] != '\n'; j++ {
		switch {
		case rs[j] == '\\':
			j++
		case rs[j] == rs[i]:
			return scrapText, j + 1
		case smart < 0 && strings.ContainsRune(doubleQuotes+singleQuotes, rs[j]):
			smart = j + 1
		}
	}
	if smart > 0 {
		return scrapSmartText, smart
	}
	return scrapOpenText, len(rs)
}

// scanRaw reads a text in backquotes, in which two stand for one.
func scanRaw(rs []rune, i int) (scrapKind, int) {
	for j := i + 1; j < len(rs); j++ {
		if rs[j] != '`' {
			continue
		}
		if j+1 < len(rs) && rs[j+1] == '`' {
			j++
			continue
		}
		return scrapText, j + 1
	}
	return scrapOpenText, len(rs)
}

// scanSmart reads a text that a typographic quote opens, to the first quote of any
// shape but an apostrophe between letters.
func scanSmart(rs []rune, i int) (scrapKind, int) {
	for j := i + 1; j < len(rs) && rs[j] != '\n'; j++ {
		if !strings.ContainsRune(doubleQuotes+singleQuotes+`"'`, rs[j]) {
			continue
		}
		if j+1 < len(rs) && unicode.IsLetter(rs[j-1]) && unicode.IsLetter(rs[j+1]) {
			continue
		}
		return scrapSmartText, j + 1
	}
	return scrapOperator, i + 1
}

func scanBlock(rs []rune, i int) int {
	for j := i + 2; j+1 < len(rs); j++ {
		if rs[j] == '*' && rs[j+1] == '/' {
			return j + 2
		}
	}
	return len(rs)
}

// scanNumber reads digits of any script with separators, a fraction and an
// exponent; and, for the kinds of number that are refused, a base prefix.
func scanNumber(rs []rune, i int) int {
	if rs[i] == '0' && i+2 < len(rs) && strings.ContainsRune("xXoObB", rs[i+1]) && isHex(rs[i+2]) {
		return until(rs, i+2, func(r rune) bool { return !isHex(r) && r != '_' })
	}
	digits := func(i int) int {
		return until(rs, i, func(r rune) bool { return !isDigit(r) && r != '_' && r != '٬' })
	}
	j := digits(i)
	if j < len(rs) && (rs[j] == '٫' || rs[j] == '.') && !(rs[j] == '.' && j+1 < len(rs) && rs[j+1] == '.') {
		j = digits(j + 1)
	}
	if j+1 < len(rs) && (rs[j] == 'e' || rs[j] == 'E') {
		k := j + 1
		if strings.ContainsRune("+-", rs[k]) {
			k++
		}
		if k < len(rs) && isDigit(rs[k]) {
			j = digits(k)
		}
	}
	return j
}

func isHex(r rune) bool { return r < 128 && strings.ContainsRune("0123456789abcdefABCDEF", r) }
