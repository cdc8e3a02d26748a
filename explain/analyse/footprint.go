package analyse

import (
	"cmp"
	"math"
	"slices"

	"truce/facts"
	"truce/rules"
)

// footprint is where a rule can hold, field by field: of each field of a fact of which
// there is one, the ends between which its value lies wherever the rule holds. Two
// rules whose footprints are apart on some field never hold together, and one whose
// footprint sticks out of another's is not subsumed by it. Symbols count by their place
// in the list, and which of them they are counts too.
type footprint struct {
	rule *rules.Rule
	at   map[*facts.Field]ends
}

type ends struct {
	lo, hi float64
	// places are those of the symbols, levels or truths, a bit for each; 0 where they
	// are not told apart.
	places uint64
}

func (e ends) apart(f ends) bool {
	return e.hi < f.lo || f.hi < e.lo || e.places != 0 && f.places != 0 && e.places&f.places == 0
}

func (e ends) within(f ends) bool {
	return e.lo >= f.lo && e.hi <= f.hi && (f.places == 0 || e.places != 0 && e.places&^f.places == 0)
}

func everywhere() ends { return ends{lo: math.Inf(-1), hi: math.Inf(1)} }

// footprint is the footprint of a rule; of a dead one it is empty.
func (w *work) footprint(r *rules.Rule) *footprint {
	if f := w.footprints[r]; f != nil {
		return f
	}
	f := &footprint{rule: r, at: map[*facts.Field]ends{}}
	w.footprints[r] = f
	p := w.problem()
	of := (func(*rules.Step) bool)(nil)
	if r.Row != nil && r.Row.Hit == rules.Unique {
		of = own // where another row holds too is where the table fails
	}
	p.holds(p.bind(r, nil), of)
	s := p.solver(0)
	all, ok := s.whole()
	if !ok {
		return f
	}
	for i, sl := range p.slots {
		if sl.kind == ofField && alone(sl.thing.typ) && sl.typ.Kind != facts.Text && len(sl.cells) > 1 {
			if e, narrowed := s.reach(all, i); narrowed {
				f.at[sl.field] = e
			}
		}
	}
	return f
}

// reach is where the cells of a slot lie in which the demands are not refuted, and
// whether these are not all.
func (s *solver) reach(all box, i int) (ends, bool) {
	sl := s.problem.slots[i]
	e, narrowed := ends{lo: math.Inf(1), hi: math.Inf(-1)}, false
	b := slices.Clone(all)
	for n, cell := range sl.cells {
		b[i] = stretch{from: n, to: n, value: cell}
		if found, _ := s.look(b); found == never {
			narrowed = true
			continue
		}
		c := endsOf(sl.typ, cell)
		e.lo, e.hi, e.places = min(e.lo, c.lo), max(e.hi, c.hi), e.places|c.places
	}
	return e, narrowed
}

func endsOf(t facts.Type, v facts.Value) ends {
	if v.Kind() == facts.Number {
		lo, hi := v.Bounds()
		return ends{lo: lo, hi: hi}
	}
	lo, hi := v.Ends()
	if v.Kind() == facts.Enum {
		lo = int64(t.Names.Index(v.Text()))
		hi = lo
	}
	e := ends{lo: float64(lo), hi: float64(hi)}
	if (v.Kind() == facts.Bool || t.Names != nil && len(t.Names.List) <= mostSymbols) && lo == hi {
		e.places = 1 << uint(lo)
	}
	return e
}

func (f *footprint) on(field *facts.Field) ends {
	if e, ok := f.at[field]; ok {
		return e
	}
	return everywhere()
}

// apart reports whether two rules are never true together, by some field alone.
func (f *footprint) apart(g *footprint) bool {
	for field, e := range f.at {
		if e.apart(g.on(field)) {
			return true
		}
	}
	return false
}

// within reports whether the footprint lies inside of another one.
func (f *footprint) within(g *footprint) bool {
	for field, e := range g.at {
		if !f.on(field).within(e) {
			return false
		}
	}
	return true
}

// pivot is the field that most of some footprints narrow, or nil.
func pivot(list []*footprint) *facts.Field {
	counts := map[*facts.Field]int{}
	var best *facts.Field
	for _, f := range list {
		for field := range f.at {
			counts[field]++
			if c := counts[field] - counts[best]; best == nil || c > 0 || c == 0 && field.Span.Compare(best.Span) < 0 {
				best = field
			}
		}
	}
	return best
}

// placed is a footprint with where it lies on one field.
type placed struct {
	*footprint
	ends
}

func place(list []*footprint) []placed {
	field := pivot(list)
	out := make([]placed, len(list))
	for i, f := range list {
		out[i] = placed{f, f.on(field)}
	}
	return out
}

// meeting hands over the pairs of a list whose footprints are not apart, until use
// returns false. They are found in the order of one field, so that what lies apart
// there is never looked at. At most so many pairs are looked at; false where there
// are more.
func meeting(list []*footprint, most int, use func(a, b *footprint) bool) bool {
	sorted := place(list)
	slices.SortStableFunc(sorted, func(a, b placed) int { return cmp.Compare(a.lo, b.lo) })
	var before []placed
	for _, f := range sorted {
		most -= len(before)
		if most < 0 {
			return false
		}
		before = slices.DeleteFunc(before, func(g placed) bool { return g.hi < f.lo })
		for _, g := range before {
			if !f.ends.apart(g.ends) && !f.footprint.apart(g.footprint) && !use(g.footprint, f.footprint) {
				return true
			}
		}
		before = append(before, f)
	}
	return true
}
