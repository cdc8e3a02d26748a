package network

// relate links a fact to those of the same key.
func (m *Matcher) relate(s *store, n int32) {
	f := &s.facts[n]
	s.books[n].kin = -1
	h := m.keyHash(s, int(f.row))
	first := s.byKey.find(h, func(i int32) bool { return m.sameKey(s, int(s.facts[i].row), int(f.row)) })
	if first < 0 {
		s.byKey.insert(h, n)
		return
	}
	s.books[n].kin = s.books[first].kin
	s.books[first].kin = n
	s.kin = true
}

func (m *Matcher) unrelate(s *store, n int32) {
	f := &s.facts[n]
	h := m.keyHash(s, int(f.row))
	first := s.byKey.find(h, func(i int32) bool { return m.sameKey(s, int(s.facts[i].row), int(f.row)) })
	switch {
	case first != n:
		for i := first; ; i = s.books[i].kin {
			if s.books[i].kin == n {
				s.books[i].kin = s.books[n].kin
				return
			}
		}
	case s.books[n].kin >= 0:
		s.byKey.replace(h, n, s.books[n].kin)
	default:
		s.byKey.remove(h, n)
	}
}

// firstKin is the fact that stands for all of a key, and whether there are others.
func (m *Matcher) firstKin(s *store, n int32) (first int32, others bool) {
	f := &s.facts[n]
	if !s.kin || f.flags&isBlurred != 0 {
		return n, false
	}
	first = s.byKey.find(m.keyHash(s, int(f.row)), func(i int32) bool { return m.sameKey(s, int(s.facts[i].row), int(f.row)) })
	if first < 0 {
		return n, false // it is no member yet
	}
	return first, s.books[first].kin >= 0
}

func (m *Matcher) keyHash(s *store, row int) uint32 {
	h := uint64(seedHash)
	for _, k := range s.Key {
		h = mix(h, m.frame.Cells[row+k])
	}
	return fold(h)
}

// sameKey compares the keys of two facts that are not blurred.
func (m *Matcher) sameKey(s *store, a, b int) bool {
	for _, k := range s.Key {
		if m.frame.Cells[a+k] != m.frame.Cells[b+k] {
			return false
		}
	}
	return true
}

// excludes reports whether two facts cannot be the same: some field of theirs has no
// value in common.
func (m *Matcher) excludes(s *store, a, b int32) bool {
	f, g := m.modelFact(s, a), m.modelFact(s, b)
	return f.Excludes(&g)
}
