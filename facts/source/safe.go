package source

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// runeLen is the length in bytes of the first rune; a byte that is no UTF-8 is
// a rune of its own, as columns count it.
func runeLen(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}

// Safe is s with everything escaped that a terminal would act on rather than
// show: control characters, those that turn the direction of writing, those
// that break lines or cannot be seen, and bytes that are no UTF-8.
func Safe(s string) string {
	if strings.IndexFunc(s, hidden) < 0 && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		c, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case c == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case hidden(c):
			b.WriteString(escaped(c))
		default:
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

func escaped(c rune) string {
	switch c {
	case '\n':
		return `\n`
	case '\r':
		return `\r`
	case '\t':
		return `\t`
	}
	if c < 0x100 {
		return fmt.Sprintf(`\x%02x`, c)
	}
	return fmt.Sprintf(`\u{%04x}`, c)
}

// The joiner and non-joiner are format characters that several scripts,
// Persian among them, need in the middle of words.
const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
)

func hidden(c rune) bool {
	switch {
	case c == zeroWidthNonJoiner || c == zeroWidthJoiner:
		return false
	case c == '\u2028' || c == '\u2029':
		return true
	}
	return unicode.IsControl(c) || unicode.Is(unicode.Cf, c)
}
