package source

import (
	"strings"
)

// longestName bounds the work of Nearest: what is longer is no misspelt name.
const longestName = 200

// fewNames is how many names a hint lists in full.
const fewNames = 8

// Nearest is the candidate that name is most likely a misspelling of, or "".
// Letter case does not count; a letter too many, too few, wrong, or swapped with
// its neighbour counts one, and at most a third of the name's letters (but
// always one) may be off. Of equally near candidates the alphabetically first
// is taken, whatever the order they come in.
func Nearest(name string, candidates []string) string {
	folded := []rune(strings.ToLower(name))
	if len(folded) == 0 || len(folded) > longestName {
		return ""
	}
	best, bestDistance := "", max(1, len(folded)/3)+1
	for _, c := range candidates {
		other := []rune(strings.ToLower(c))
		if abs(len(other)-len(folded)) >= bestDistance+1 {
			continue
		}
		d := distance(folded, other)
		if d < bestDistance || d == bestDistance && best != "" && c < best {
			best, bestDistance = c, d
		}
	}
	return best
}

// DidYouMean is a hint for a name that is not among the candidates: the nearest
// of them, else all where they are few, else "".
func DidYouMean(name string, candidates []string) string {
	if near := Nearest(name, candidates); near != "" {
		return "did you mean " + near + "?"
	}
	switch n := len(candidates); {
	case n == 1:
		return "the only one is " + candidates[0]
	case n > 1 && n <= fewNames:
		return "one of " + strings.Join(candidates, ", ")
	}
	return ""
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// distance is the least number of single-letter edits and swaps of neighbours
// that lead from a to b, no stretch being edited twice. Three rows of the usual
// table are kept: a swap looks back two.
func distance(a, b []rune) int {
	before, above, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, above, row = above, row, before
	}
	return above[len(b)]
}
