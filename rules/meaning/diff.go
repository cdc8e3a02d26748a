package meaning

import (
	"cmp"
	"slices"

	"truce/rules"
)

// Diff lists how a pack differs from an older one: by kind, then by name. Nothing
// differs where the list is empty; where all changes are of words only, nothing
// differs in meaning.
func Diff(older, newer *rules.Pack) []Change {
	m := match(older, newer)
	var list []Change
	for _, p := range m.pairs {
		if c, differs := m.change(p); differs {
			list = append(list, c)
		}
	}
	order := kinds()
	slices.SortStableFunc(list, func(a, b Change) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind)), cmp.Compare(a.Name(), b.Name()))
	})
	return list
}

// pair is an item of both packs; one of them is nil where the other pack has it alone.
type pair struct{ old, new *item }

type matching struct {
	names *names // of the newer pack
	pairs []pair
}

// match finds which items are the same. What is found to have another name is called
// as the old pack calls it, and then other things may be the same that speak of it.
func match(older, newer *rules.Pack) *matching {
	n := &names{other: map[named]string{}}
	old := listed(older, &names{})
	for {
		m := &matching{names: n, pairs: paired(old, listed(newer, n))}
		more := renamed(m.pairs)
		if len(more) == 0 {
			return m
		}
		for _, p := range more {
			n.other[named{p.new.kind, p.new.key}] = p.old.key
		}
	}
}

func paired(before, after []*item) []pair {
	at := map[named]int{}
	var pairs []pair
	for _, it := range before {
		at[named{it.kind, it.key}] = len(pairs)
		pairs = append(pairs, pair{old: it})
	}
	for _, it := range after {
		if i, both := at[named{it.kind, it.key}]; both && pairs[i].new == nil {
			pairs[i].new = it
			continue
		}
		pairs = append(pairs, pair{new: it})
	}
	return pairs
}

func (m *matching) change(p pair) (Change, bool) {
	switch {
	case p.old == nil:
		return Change{Kind: p.new.kind, What: Added, New: p.new.named(), Parts: p.new.all(func(l []Text) PartChange { return PartChange{New: l} })}, true
	case p.new == nil:
		return Change{Kind: p.old.kind, What: Removed, Old: p.old.named(), Parts: p.old.all(func(l []Text) PartChange { return PartChange{Old: l} })}, true
	}
	c := Change{Kind: p.new.kind, What: Changed, Old: p.old.named(), New: p.new.named(), Parts: parts(p.old, p.new)}
	c.WordsOnly = !slices.ContainsFunc(c.Parts, func(x PartChange) bool { return !x.Words })
	if m.names.renamed(p) {
		c.What, c.WordsOnly = Renamed, false
	}
	return c, c.What == Renamed || len(c.Parts) > 0
}

// renamed reports whether the item itself has another name, and not only something
// that it is called by.
func (n *names) renamed(p pair) bool {
	for k, other := range n.other {
		if k.kind == p.new.kind && other == p.old.key {
			return true
		}
	}
	return false
}

func (it *item) named() Name { return Name{it.name, it.at} }

// all are the parts of an item that one pack has alone. Its sentences are left out.
func (it *item) all(side func([]Text) PartChange) []PartChange {
	var list []PartChange
	for _, p := range it.parts {
		if p.words || p.order {
			continue
		}
		c := side(texts(p.lines))
		c.Part = p.name
		list = append(list, c)
	}
	return list
}

func texts(lines []line) []Text {
	var list []Text
	for _, l := range lines {
		list = append(list, l.Text)
	}
	return list
}

// parts are those in which two items differ, in the order of the new one, then those
// that it lacks.
func parts(before, after *item) []PartChange {
	var list []PartChange
	add := func(name string) {
		p, q := before.part(name), after.part(name)
		c := PartChange{Part: name, Words: p.words || q.words}
		if c.Old, c.New = differing(p, q); len(c.Old)+len(c.New) > 0 {
			list = append(list, c)
		}
	}
	for _, name := range partNames(before, after) {
		add(name)
	}
	return list
}

// partNames are the names of the parts of two items, whichever is the older: in the
// order of the one that has more.
func partNames(a, b *item) []string {
	if len(a.parts) < len(b.parts) {
		a, b = b, a
	}
	var list []string
	for _, p := range slices.Concat(a.parts, b.parts) {
		if !slices.Contains(list, p.name) {
			list = append(list, p.name)
		}
	}
	return list
}

// part is all that an item has under the name of a part.
func (it *item) part(name string) part {
	whole := part{name: name}
	for _, p := range it.parts {
		if p.name == name {
			whole.lines = append(whole.lines, p.lines...)
			whole.words, whole.order = p.words, p.order
		}
	}
	return whole
}

func markOf(l line) string { return l.mark }
func nameOf(l line) string { return l.named }

// differing are the lines that either side has alone. Names that are bound in a rule
// count by what they are bound to or, where that makes a difference, by their letters,
// so that one line more does not show in all that follow.
func differing(p, q part) (before, after []Text) {
	if p.order || q.order {
		return reordered(p.lines, q.lines)
	}
	if len(alone(p.lines, q.lines, markOf))+len(alone(q.lines, p.lines, markOf)) == 0 {
		return nil, nil
	}
	return texts(alone(p.lines, q.lines, nameOf)), texts(alone(q.lines, p.lines, nameOf))
}

// alone are the lines that a has and b has not.
func alone(a, b []line, by func(line) string) []line {
	has := map[string]bool{}
	for _, l := range b {
		has[by(l)] = true
	}
	var list []line
	for _, l := range a {
		if !has[by(l)] {
			list = append(list, l)
		}
	}
	return list
}

// reordered are the names that both sides have, where their order differs.
func reordered(a, b []line) (before, after []Text) {
	both := func(a, b []line) []line {
		lacks := alone(a, b, markOf)
		return slices.DeleteFunc(slices.Clone(a), func(l line) bool { return slices.Contains(lacks, l) })
	}
	x, y := both(a, b), both(b, a)
	if slices.EqualFunc(x, y, func(l, m line) bool { return l.mark == m.mark }) {
		return nil, nil
	}
	return texts(x), texts(y)
}
