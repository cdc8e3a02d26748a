package search

import "context"

// members says which dimensions are in a set.
type members []bool

func (m members) with(i int, in bool) members {
	c := append(members(nil), m...)
	c[i] = in
	return c
}

func (m members) key() string {
	b := make([]byte, len(m))
	for i, in := range m {
		if in {
			b[i] = 1
		}
	}
	return string(b)
}

func (m members) subset(of members) bool {
	for i, in := range m {
		if in && !of[i] {
			return false
		}
	}
	return true
}

// sets finds the sets of dimensions in which a value can still hold when all of
// them are at their whole range. A refuted set refutes all that it contains, so most
// of them are never run.
type sets struct {
	*arena
	known   map[string]bool // sets that were run: whether they are refuted
	refuted []members
	// splits are dimensions by whose parts a set is tried when it is not refuted as a
	// whole. Only those that any way must change can be of use: of others, the value as
	// it is is a part that is not refuted.
	splits []int
}

// splitRuns is how many parts of one dimension a set is tried by.
const splitRuns = 16

// isRefuted reports whether the value can hold nowhere while only the members move.
func (s *sets) isRefuted(ctx context.Context, m members) (bool, error) {
	key := m.key()
	if r, ok := s.known[key]; ok {
		return r, nil
	}
	for _, big := range s.refuted {
		if m.subset(big) {
			return true, nil
		}
	}
	o, err := s.run(ctx, s.box(m))
	if err != nil {
		return false, err
	}
	r := o.refutes(s.value)
	for k := 0; k < len(s.splits) && !r; k++ {
		if i := s.splits[k]; m[i] {
			if _, r, err = s.inParts(ctx, m, i); err != nil {
				return false, err
			}
		}
	}
	s.known[key] = r
	if r {
		s.refuted = append(s.refuted, m)
	}
	return r, nil
}

// box has the members at their whole range, and all else as it is.
func (s *sets) box(m members) box {
	b := s.still()
	for i, in := range m {
		if in {
			b[i] = s.dims[i].whole()
		}
	}
	return b
}

// inParts refutes a set by the parts of the range of one member, the others at their
// whole range: the parts, and whether each of them is refuted.
func (s *sets) inParts(ctx context.Context, m members, i int) ([]stretch, bool, error) {
	left := splitRuns
	b := s.box(m)
	var refuted []stretch
	var try func(r stretch) (bool, error)
	try = func(r stretch) (bool, error) {
		if left == 0 {
			return false, nil
		}
		left--
		b[i] = r
		o, err := s.run(ctx, b)
		switch {
		case err != nil:
			return false, err
		case o.refutes(s.value):
			refuted = append(refuted, r)
			return true, nil
		case r.single():
			return false, nil
		}
		for _, part := range s.dims[i].halves(r) {
			if ok, err := try(part); !ok || err != nil {
				return false, err
			}
		}
		return true, nil
	}
	ok, err := try(s.dims[i].whole())
	return refuted, ok, err
}

// all is the set of all that moves.
func (s *sets) all() members {
	m := make(members, s.moving)
	for i := range m {
		m[i] = true
	}
	return m
}

// least takes members from all that moves as long as that does not refute it.
func (s *sets) least(ctx context.Context) (members, error) {
	m := s.all()
	for i := range m {
		without := m.with(i, false)
		r, err := s.isRefuted(ctx, without)
		if err != nil {
			return nil, err
		}
		if !r {
			m = without
		}
	}
	return m, nil
}

// needed are the dimensions without which the value can hold nowhere, whatever else
// moves. None is, where it can hold nowhere at all.
func (s *sets) needed(ctx context.Context) (members, int, error) {
	all, need, n := s.all(), make(members, s.moving), 0
	for i := range all {
		r, err := s.isRefuted(ctx, all.with(i, false))
		if err != nil {
			return nil, 0, err
		}
		if r {
			need[i], n = true, n+1
		}
	}
	return need, n, nil
}

// each visits the sets with so many more members than chosen, added from position
// from on, that are not refuted.
func (s *sets) each(ctx context.Context, chosen members, from, more int, visit func(members) error) error {
	wide := append(members(nil), chosen...)
	rest := 0
	for i := from; i < len(wide); i++ {
		if !wide[i] {
			wide[i] = true
			rest++
		}
	}
	if more > rest {
		return nil
	}
	if more == 0 {
		wide = chosen
	}
	if r, err := s.isRefuted(ctx, wide); r || err != nil {
		return err
	}
	switch more {
	case 0:
		return visit(chosen)
	case 1:
		return s.oneMore(ctx, chosen, from, len(wide), visit)
	}
	for from < len(chosen) && chosen[from] {
		from++
	}
	if err := s.each(ctx, chosen.with(from, true), from+1, more-1, visit); err != nil {
		return err
	}
	return s.each(ctx, chosen, from+1, more, visit)
}

// oneMore is each for one more member, from a stretch of positions: the stretch is
// tried as a whole and, where that is not refuted, by halves.
func (s *sets) oneMore(ctx context.Context, chosen members, from, to int, visit func(members) error) error {
	wide := append(members(nil), chosen...)
	last, n := -1, 0
	for i := from; i < to; i++ {
		if !wide[i] {
			wide[i] = true
			last, n = i, n+1
		}
	}
	if n == 0 {
		return nil
	}
	if r, err := s.isRefuted(ctx, wide); r || err != nil {
		return err
	}
	if n == 1 {
		return visit(chosen.with(last, true))
	}
	mid := from + (to-from)/2
	if err := s.oneMore(ctx, chosen, from, mid, visit); err != nil {
		return err
	}
	return s.oneMore(ctx, chosen, mid, to, visit)
}
