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
	folded := fold(nil, name)
	if len(folded) == 0 || len(folded) > longestName {
		return ""
	}
	best, bestDistance := "", max(1, len(folded)/3)+1
	var other []rune
	var t table
	for _, c := range candidates {
		most := bestDistance - 1
		if best != "" && c < best {
			most = bestDistance
		}
		// A letter is of one byte to four, so that most names need not be looked at.
		if most < 0 || len(folded)-len(c) > most || len(c)-4*len(folded) > 4*most {
			continue
		}
		other = fold(other[:0], c)
		if d := t.distance(folded, other, most); d <= most {
			best, bestDistance = c, d
		}
	}
	return best
}

// Misspelt is the candidate that a name is beyond doubt a misspelling of, or "": it is
// one edit away, and no other candidate is near.
func Misspelt(name string, candidates []string) string {
	near := Nearest(name, candidates)
	folded := fold(nil, name)
	if near == "" || name == near || distance(folded, fold(nil, near)) > 1 {
		return ""
	}
	for _, c := range candidates {
		if c != near && Nearest(name, []string{c}) != "" {
			return ""
		}
	}
	return near
}

// fold appends the runes of a name in small letters.
func fold(to []rune, name string) []rune {
	for _, r := range strings.ToLower(name) {
		to = append(to, r)
	}
	return to
}

// DidYouMean is a hint for a name that is not among the candidates: the nearest
// of them, else all where they are few, else "".
func DidYouMean(name string, candidates []string) string {
	if near := Nearest(name, candidates); near != "" {
		return "did you mean " + near + "?"
	}
	return OneOf(candidates)
}

// OneOf lists names where they are few, else it is "".
func OneOf(names []string) string {
	switch n := len(names); {
	case n == 1:
		return "the only one is " + names[0]
	case n > 1 && Few(n):
		return "one of " + strings.Join(names, ", ")
	}
	return ""
}

// Few reports whether so many names are few enough to be listed. Only then does
// their order matter here.
func Few(n int) bool { return n <= fewNames }

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// distance is the least number of single-letter edits and swaps of neighbours
// that lead from a to b, no stretch being edited twice.
func distance(a, b []rune) int {
	var t table
	return t.distance(a, b, max(len(a), len(b)))
}

// table is three rows of the usual table of distances between the beginnings of two
// words: a swap looks back two.
type table struct{ before, above, row []int }

// distance is the distance of a and b where it is at most so much, else more than
// that. What both begin and end with is left out, and of each row only the cells are
// computed that so short a way can lead through.
func (t *table) distance(a, b []rune, most int) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 0 || len(b) == 0 || abs(len(a)-len(b)) > most {
		return max(len(a), len(b))
	}
	t.size(len(b) + 1)
	for j := range t.above {
		t.above[j] = j
	}
	last := 0
	for i := 1; i <= len(a); i++ {
		least := t.next(a, b, i, most)
		if least > most && last > most {
			return most + 1
		}
		last = least
		t.before, t.above, t.row = t.above, t.row, t.before
	}
	return t.above[len(b)]
}

// next computes row i as far as it is wanted, and gives the least of it.
func (t *table) next(a, b []rune, i, most int) int {
	from, to := max(1, i-most), min(len(b), i+most)
	t.row[from-1] = i
	if from > 1 {
		t.row[from-1] = most + 1
	}
	if to == i+most {
		t.above[to] = most + 1 // right of what was wanted of the row above
	}
	least := t.row[from-1]
	for j := from; j <= to; j++ {
		change := 1
		if a[i-1] == b[j-1] {
			change = 0
		}
		d := min(t.above[j]+1, t.row[j-1]+1, t.above[j-1]+change)
		if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
			d = min(d, t.before[j-2]+1)
		}
		t.row[j] = d
		least = min(least, d)
	}
	return least
}

// size makes room for rows of so many cells.
func (t *table) size(n int) {
	if cap(t.row) < n {
		t.before, t.above, t.row = make([]int, n), make([]int, n), make([]int, n)
	}
	t.before, t.above, t.row = t.before[:n], t.above[:n], t.row[:n]
}
