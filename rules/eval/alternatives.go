package eval

import "truce/facts"

// collapse makes one contribution of the alternatives of each key, at the place of
// the first: at most one of them is so, and they are all the same real fact.
//
// Where some are certain to be there, the real fact is what each of those says it
// is: selected if one of them is, not if one of them is not, and its value lies in
// what they share. The merely possible ones add nothing, for they could only hold
// together with the certain ones by agreeing with them. Where none is certain, the
// real fact may be missing, and its value is any of theirs.
func collapse(cs []contribution) []contribution {
	out := cs[:0:0]
	at := map[int]int{}
	for _, c := range cs {
		i, again := at[c.group]
		switch {
		case c.group == 0:
			out = append(out, c)
		case again:
			out[i] = merge(out[i], c)
		default:
			at[c.group] = len(out)
			out = append(out, c)
		}
	}
	for i := range out {
		out[i].group = 0
	}
	return out
}

func merge(a, b contribution) contribution {
	switch {
	case a.there && b.there:
		return both(a, b)
	case a.there:
		return a
	case b.there:
		return b
	}
	return either(a, b)
}

func both(a, b contribution) contribution {
	if !a.selected.IsKnown() || b.excluded() {
		a.selected = b.selected
	}
	if shared, ok := a.value.Clip(b.value); ok {
		a.value = shared
	}
	return a
}

func either(a, b contribution) contribution {
	switch {
	case b.excluded():
		return a
	case a.excluded():
		return b
	}
	a.selected = facts.UnknownBool()
	if !a.value.IsZero() && !b.value.IsZero() {
		a.value = a.value.Hull(b.value)
	}
	return a
}
