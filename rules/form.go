package rules

import (
	"regexp"
	"strings"
)

// A form is what the names of something look like.
type form struct {
	pattern string // a regular expression
	is      func(string) bool
	says    string
}

var (
	typeForm   = letters("A-Z", "A-Za-z0-9_", "a capital letter, then letters, digits or underscores")
	wordForm   = letters("a-z", "a-z0-9_", "a lower-case letter, then lower-case letters, digits or underscores")
	symbolForm = letters("a-z", "a-z0-9_-", "a lower-case letter, then lower-case letters, digits, underscores or hyphens")
	ruleForm   = letters("a-z0-9", "a-z0-9_-", "lower-case letters, digits, underscores or hyphens")
	testForm   = matching(`^[a-z0-9]+(-[a-z0-9]+)*$`, "lower-case letters, digits and single hyphens between them")
	claimForm  = matching(`^[A-Z][0-9]+[a-z]?$`, "a capital letter and digits, such as C16 or C09a")
	extForm    = matching(`^X[0-9]{2,3}$`, "X and two digits, such as X01")
	unitForm   = matching(`^[^\s*/^{}]([^*/^{}]*[^\s*/^{}])?$`, "letters, digits, blanks and hyphens, without * / ^")
)

// near is a name of the form that differs from a text in capitals, blanks and signs
// alone, or "".
func (f form) near(text string) string {
	small := strings.ToLower(strings.TrimSpace(text))
	for _, sign := range []string{"-", "_", ""} {
		s := strings.NewReplacer(" ", sign, "-", sign, "_", sign, ".", sign).Replace(small)
		for _, s := range []string{s, strings.ToUpper(s[:min(1, len(s))]) + s[min(1, len(s)):], strings.ToUpper(s)} {
			if f.is(s) {
				return s
			}
		}
	}
	return ""
}

// letters is one of the ASCII letters of first, then any number of those of rest; both
// are as between the brackets of a regular expression. It is asked several times a
// line, so it does without one.
func letters(first, rest, says string) form {
	begins, goesOn := class(first), class(rest)
	is := func(s string) bool {
		if s == "" || s[0] >= 128 || !begins[s[0]] {
			return false
		}
		return strings.IndexFunc(s[1:], func(r rune) bool { return r >= 128 || !goesOn[r] }) < 0
	}
	return form{"^[" + first + "][" + rest + "]*$", is, says}
}

// class are the letters of a class: single ones, and stretches such as a-z.
func class(of string) (in [128]bool) {
	for i := 0; i < len(of); i++ {
		if i+2 < len(of) && of[i+1] == '-' {
			for c := of[i]; c <= of[i+2]; c++ {
				in[c] = true
			}
			i += 2
			continue
		}
		in[of[i]] = true
	}
	return in
}

func matching(pattern, says string) form {
	return form{pattern, regexp.MustCompile(pattern).MatchString, says}
}
