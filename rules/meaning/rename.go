package meaning

import (
	"slices"
	"strings"
)

// renamed finds items that each pack has alone and that are the same but for their
// name. It looks for what agrees in most first: in meaning and in words, and in all
// that is said of it elsewhere; and only among what is left for what agrees in less.
// Where two could be the one, neither is.
func renamed(pairs []pair) []pair {
	var found []pair
	taken := map[*item]bool{}
	for _, how := range []signature{{true, true}, {true, false}, {false, true}, {false, false}} {
		var before, after []*item
		for _, p := range pairs {
			switch {
			case p.new == nil && !taken[p.old]:
				before = append(before, p.old)
			case p.old == nil && !taken[p.new]:
				after = append(after, p.new)
			}
		}
		if len(before) == 0 || len(after) == 0 {
			break
		}
		x, y := how.byText(before, sideOf(pairs, true)), how.byText(after, sideOf(pairs, false))
		for _, it := range before {
			s := how.of(it, sideOf(pairs, true))
			if s == "" || len(x[s]) != 1 || len(y[s]) != 1 {
				continue
			}
			found = append(found, pair{it, y[s][0]})
			taken[it], taken[y[s][0]] = true, true
		}
	}
	return found
}

// sideOf are all items of one pack.
func sideOf(pairs []pair, old bool) []*item {
	var list []*item
	for _, p := range pairs {
		switch {
		case old && p.old != nil:
			list = append(list, p.old)
		case !old && p.new != nil:
			list = append(list, p.new)
		}
	}
	return list
}

// signature says by what an item is known again, beside its meaning: by its sentences,
// and by what speaks of it.
type signature struct{ words, users bool }

func (s signature) byText(items, all []*item) map[string][]*item {
	m := map[string][]*item{}
	for _, it := range items {
		if text := s.of(it, all); text != "" {
			m[text] = append(m[text], it)
		}
	}
	return m
}

// of is the signature of an item; "" where it says too little.
func (s signature) of(it *item, all []*item) string {
	parts := []string{string(it.kind), it.owner()}
	for _, p := range it.parts {
		if p.order || p.words {
			continue
		}
		var marks []string
		for _, l := range p.lines {
			marks = append(marks, l.mark)
		}
		slices.Sort(marks)
		parts = append(parts, p.name+"="+strings.Join(marks, ";"))
	}
	parts = append(parts, it.within...)
	known := !it.weak && len(parts) > 2
	if s.words {
		for _, p := range it.parts {
			if p.words {
				parts, known = append(parts, p.name+":"+p.lines[0].mark), true
			}
		}
	}
	if s.users {
		if users := it.users(all); len(users) > 0 {
			parts, known = append(parts, users...), true
		}
	}
	if !known || it.kind == Constraint || it.kind == Assumption {
		return "" // what has no name of its own has no other
	}
	return strings.Join(parts, "\n")
}

// owner is what an item is called by beside its own name.
func (it *item) owner() string {
	between := map[Kind]string{Field: ".", Row: "/"}[it.kind]
	if between == "" {
		return ""
	}
	owner, _, _ := strings.Cut(it.key, between)
	return owner
}

// users are the lines that speak of an item, with a mark in its place.
func (it *item) users(all []*item) []string {
	mark := marked(it.kind, it.key)
	var list []string
	for _, other := range all {
		if other == it {
			continue
		}
		for _, p := range other.parts {
			for _, l := range p.lines {
				if strings.Contains(l.mark, mark) {
					list = append(list, string(other.kind)+" "+strings.ReplaceAll(l.mark, mark, "@"))
				}
			}
		}
	}
	slices.Sort(list)
	return list
}
