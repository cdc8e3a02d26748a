package code

// The comparisons of fields with constants, thresholds and fields, which conditions
// are mostly made of. Each looks at points itself and leaves the rest to comparison.

func (c comparison) lessConstant(p place, k Value) tester {
	at, orEqual, flip, yes, no := c.key(k.Lo), c.orEqual, c.flip, c.yes, c.no
	return func(f *Frame) Truth {
		cell, wide := p.at(f)
		if wide {
			return c.less(f.Wide[cell], k)
		}
		i := int64(cell)
		if i ^= i >> 63 & flip; i < at || orEqual && i == at {
			return Truth{Is: yes}
		}
		return Truth{Is: no}
	}
}

func (c comparison) lessThreshold(p place, threshold int) tester {
	return func(f *Frame) Truth {
		cell, wide := p.at(f)
		t := &f.Thresholds[threshold]
		if wide {
			return c.less(f.Wide[cell], *t)
		}
		if t.State != Point {
			return c.less(Value{Lo: cell, Hi: cell}, *t)
		}
		return c.given(c.below(c.key(cell), c.key(t.Lo)))
	}
}

func (c comparison) lessField(p, q place) tester {
	return func(f *Frame) Truth {
		a, wide := p.at(f)
		b, wider := q.at(f)
		if wide || wider {
			return c.less(f.value(a, wide), f.value(b, wider))
		}
		return c.given(c.below(c.key(a), c.key(b)))
	}
}

// value is what a cell stands for.
func (f *Frame) value(cell uint64, wide bool) Value {
	if wide {
		return f.Wide[cell]
	}
	return Value{Lo: cell, Hi: cell}
}

// constant compares a field with a constant for equality; other compares what is no
// point.
func (c comparison) constant(p place, k Value, other func(x, y Value) Truth) tester {
	yes, no, at := c.yes, c.no, k.Lo
	return func(f *Frame) Truth {
		cell, wide := p.at(f)
		switch {
		case wide:
			return other(f.Wide[cell], k)
		case cell == at:
			return Truth{Is: yes}
		}
		return Truth{Is: no}
	}
}

// field compares two fields for equality; other compares what is no point.
func (c comparison) field(p, q place, other func(x, y Value) Truth) tester {
	yes, no := c.yes, c.no
	return func(f *Frame) Truth {
		a, wide := p.at(f)
		b, wider := q.at(f)
		switch {
		case wide || wider:
			return other(f.value(a, wide), f.value(b, wider))
		case a == b:
			return Truth{Is: yes}
		}
		return Truth{Is: no}
	}
}
