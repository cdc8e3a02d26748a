package doc

import (
	"strings"
	"unicode/utf8"
)

// The library names the line of a syntax error, but that of what it was in the
// middle of rather than that of the fault, at times one off, and no column. So
// the fault is looked for by reading the text again and again, cut shorter: it
// stands at the end of the shortest cut that still has the same error.

// longestSearch is the longest text, in bytes, that is worth that effort.
const longestSearch = 128 << 10

// locate is the place of the rune that a syntax error is about; false when the
// text is too long to search.
func locate(text, message string) (place, bool) {
	if len(text) > longestSearch {
		return place{}, false
	}
	fails := func(cut string) bool {
		_, _, err := parse(cut)
		return err != nil && messageText(err) == message
	}
	lines := strings.SplitAfter(text, "\n")
	ends := make([]int, len(lines)+1)
	for i, l := range lines {
		ends[i+1] = ends[i] + len(l)
	}
	n := shortest(len(lines), func(n int) bool { return fails(text[:ends[n]]) })
	if n == 0 {
		return start(), true
	}
	head, line := text[:ends[n-1]], strings.TrimRight(lines[n-1], "\r\n")
	cuts := make([]int, 0, len(line)+1)
	for i := range line {
		cuts = append(cuts, i)
	}
	cuts = append(cuts, len(line))
	k := shortest(len(cuts)-1, func(k int) bool { return fails(head + line[:cuts[k]]) })
	col := max(k-1, 0)
	p := place{offset: ends[n-1] + cuts[col]}
	p.Line, p.Col = n, col+1
	return p, true
}

// shortest is the least n in 0..all from which on bad holds as far as all, found
// in a number of questions that grows with the logarithm: first in growing steps
// down from all, since what is short of a fault may be bad for another reason,
// then by halving. bad(all) is taken to hold.
func shortest(all int, bad func(int) bool) int {
	good, step := all, 1
	for {
		next := max(good-step, 0)
		if !bad(next) {
			return halve(next, good, bad)
		}
		if good = next; good == 0 {
			return 0
		}
		step *= 2
	}
}

// halve narrows down where bad begins between a good n and a bad one.
func halve(good, worse int, bad func(int) bool) int {
	for worse-good > 1 {
		if mid := (good + worse) / 2; bad(mid) {
			worse = mid
		} else {
			good = mid
		}
	}
	return worse
}

// messageText is what the library says of an error, without the place.
func messageText(err error) string {
	_, text := splitMessage(err.Error())
	return text
}

// splitMessage parts "yaml: line 3: text" into its line, 0 for none, and text.
func splitMessage(s string) (line int, text string) {
	s = strings.TrimPrefix(s, "yaml: ")
	rest, found := strings.CutPrefix(s, "line ")
	if !found {
		return 0, s
	}
	number, text, found := strings.Cut(rest, ": ")
	if !found {
		return 0, s
	}
	for _, c := range number {
		if c < '0' || c > '9' || line > 1<<40 {
			return 0, s
		}
		line = line*10 + int(c-'0')
	}
	if ofParser(text) {
		line++ // the library counts the lines of these from 0
	}
	return line, text
}

// ofParser reports whether a message comes from the library's parser rather than
// from its scanner.
func ofParser(text string) bool {
	wanted, found := strings.CutPrefix(text, "did not find expected ")
	if !found {
		return false
	}
	for _, what := range []string{"key", "'-'", "','", "<document start>", "node content"} {
		if strings.HasPrefix(wanted, what) {
			return true
		}
	}
	return false
}

// runesIn is the number of runes of s.
func runesIn(s string) int { return utf8.RuneCountInString(s) }
