package code

// The comparisons of fields with constants, thresholds and fields, which conditions
// are mostly made of. Each looks at points itself and leaves the rest to comparison.
//
// What such a function needs stands behind one pointer. Captured on its own, all of
// it would be loaded before the first step, the constant for the rare case too; and
// were these constructors inlined, the calls in the functions that they make would
// not be.
type fieldTest struct {
	comparison
	p, q      place
	k         Value
	at        int64 // the key of k
	threshold int
	other     func(x, y Value) Truth // equality of what is no point
}

//go:noinline
func (s *fieldTest) lessConstant() tester {
	s.at = s.key(s.k.Lo)
	if s.orEqual {
		return func(f *Frame) Truth {
			cell, wide := s.p.at(f)
			if wide {
				return s.less(f.Wide[cell], s.k)
			}
			return s.given(s.key(cell) <= s.at)
		}
	}
	return func(f *Frame) Truth {
		cell, wide := s.p.at(f)
		if wide {
			return s.less(f.Wide[cell], s.k)
		}
		return s.given(s.key(cell) < s.at)
	}
}

//go:noinline
func (s *fieldTest) lessThreshold() tester {
	return func(f *Frame) Truth {
		cell, wide := s.p.at(f)
		t := &f.Thresholds[s.threshold]
		if wide || t.State != Point {
			return s.less(f.value(cell, wide), *t)
		}
		return s.given(s.below(s.key(cell), s.key(t.Lo)))
	}
}

//go:noinline
func (s *fieldTest) lessField() tester {
	return func(f *Frame) Truth {
		a, wide := s.p.at(f)
		b, wider := s.q.at(f)
		if wide || wider {
			return s.less(f.value(a, wide), f.value(b, wider))
		}
		return s.given(s.below(s.key(a), s.key(b)))
	}
}

// value is what a cell stands for.
func (f *Frame) value(cell uint64, wide bool) Value {
	if wide {
		return f.Wide[cell]
	}
	return Value{Lo: cell, Hi: cell}
}

//go:noinline
func (s *fieldTest) equalConstant() tester {
	return func(f *Frame) Truth {
		cell, wide := s.p.at(f)
		if wide {
			return s.other(f.Wide[cell], s.k)
		}
		return s.given(cell == s.k.Lo)
	}
}

//go:noinline
func (s *fieldTest) equalField() tester {
	return func(f *Frame) Truth {
		a, wide := s.p.at(f)
		b, wider := s.q.at(f)
		if wide || wider {
			return s.other(f.value(a, wide), f.value(b, wider))
		}
		return s.given(a == b)
	}
}

// flag tests a bool.
//
//go:noinline
func (s *fieldTest) flag() tester {
	return func(f *Frame) Truth {
		cell, wide := s.p.at(f)
		if wide {
			return s.of(f.Wide[cell])
		}
		return s.given(cell == 1)
	}
}
