package rules

import (
	"regexp"
	"strings"
)

// A form is what the names of something look like.
type form struct {
	is   func(string) bool
	says string
}

var (
	typeForm   = form{letters(upper, upper+lower+digits+"_"), "a capital letter, then letters, digits or underscores"}
	wordForm   = form{letters(lower, lower+digits+"_"), "a lower-case letter, then lower-case letters, digits or underscores"}
	symbolForm = form{letters(lower, lower+digits+"_-"), "a lower-case letter, then lower-case letters, digits, underscores or hyphens"}
	ruleForm   = form{letters(lower+digits, lower+digits+"_-"), "lower-case letters, digits, underscores or hyphens"}
	testForm   = form{matching(`^[a-z0-9]+(-[a-z0-9]+)*$`), "lower-case letters, digits and single hyphens between them"}
	claimForm  = form{matching(`^[A-Z][0-9]+[a-z]?$`), "a capital letter and digits, such as C16 or C09a"}
	extForm    = form{matching(`^X[0-9]{2,3}$`), "X and two digits, such as X01"}
	unitForm   = form{matching(`^[^\s*/^{}]([^*/^{}]*[^\s*/^{}])?$`), "letters, digits, blanks and hyphens, without * / ^"}
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

const (
	upper  = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	lower  = "abcdefghijklmnopqrstuvwxyz"
	digits = "0123456789"
)

// letters is one of the ASCII letters of first, then any number of those of rest. It
// is asked several times a line.
func letters(first, rest string) func(string) bool {
	var begins, goesOn [128]bool
	for i := range len(first) {
		begins[first[i]] = true
	}
	for i := range len(rest) {
		goesOn[rest[i]] = true
	}
	return func(s string) bool {
		if s == "" || s[0] >= 128 || !begins[s[0]] {
			return false
		}
		return strings.IndexFunc(s[1:], func(r rune) bool { return r >= 128 || !goesOn[r] }) < 0
	}
}

func matching(pattern string) func(string) bool { return regexp.MustCompile(pattern).MatchString }
