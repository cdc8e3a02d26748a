package condition

import "slices"

// edit replaces the runes of a stretch. Writing what a person meant for what he
// typed, after a finding, lets the rest of the expression be checked too.
type edit struct {
	from, to int
	with     string
}

// repaired is a text after edits, with the way back to the text as written.
type repaired struct {
	runes      []rune
	start, end []int // by rune: where it stands in the text as written; nil when nothing was edited
	last       int   // length of the text as written
}

// apply carries out edits, which may come in any order. Of two that overlap the
// one that starts first is taken.
func apply(text []rune, edits []edit) repaired {
	r := repaired{runes: text, last: len(text)}
	if len(edits) == 0 {
		return r
	}
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b edit) int { return a.from - b.from })
	r.runes, r.start, r.end = nil, []int{}, []int{}
	put := func(c rune, from, to int) {
		r.runes, r.start, r.end = append(r.runes, c), append(r.start, from), append(r.end, to)
	}
	at := 0
	for _, e := range edits {
		if e.from < at {
			continue
		}
		for ; at < e.from; at++ {
			put(text[at], at, at+1)
		}
		for _, c := range e.with {
			put(c, e.from, e.to)
		}
		at = e.to
	}
	for ; at < len(text); at++ {
		put(text[at], at, at+1)
	}
	return r
}

// string is the text; written is that before the edits.
func (r *repaired) string(written string) string {
	if r.start == nil {
		return written
	}
	return string(r.runes)
}

// back maps a stretch of the repaired text to the text as written.
func (r *repaired) back(from, to int) (int, int) {
	if r.start == nil {
		return from, to
	}
	if len(r.runes) == 0 || from >= len(r.runes) {
		return r.last, r.last
	}
	first := r.start[from]
	if to <= from {
		return first, first
	}
	return first, max(first, r.end[min(to, len(r.runes))-1])
}
