package network

import (
	"fmt"

	"truce/engine/trace"
)

// Check looks over what the matcher remembers after a run, and says what does not fit
// what it stands for. It costs as much as all there is; tests run it after each step.
func (m *Matcher) Check() error {
	l := m.listing(m.program.pack.Strata)
	for _, s := range m.program.strata {
		l.instances(s)
	}
	for i := range m.stores {
		if err := l.store(&m.stores[i]); err != nil {
			return err
		}
	}
	return nil
}

func (l *listing) store(s *store) error {
	if len(s.dirty)+len(s.touched) > 0 {
		return fmt.Errorf("%s has %d changed and %d touched facts left over", s.Name, len(s.dirty), len(s.touched))
	}
	present := 0
	for n := range s.facts {
		f := &s.facts[n]
		if f.flags&isMember == 0 {
			if f.flags&isConstant != 0 && f.status != [2]trace.Status{} {
				return fmt.Errorf("%s %d is no member and stands %v", s.Name, n, f.status)
			}
			continue
		}
		present++
		if s.members[s.books[n].at] != int32(n) {
			return fmt.Errorf("%s %d is not where it says among the members", s.Name, n)
		}
		if f.flags&^(isBlurred|isUnlisted|isConstant|isMember) != 0 {
			return fmt.Errorf("%s %d has flags %b", s.Name, n, f.flags)
		}
		if f.status[was] != f.status[now] || f.status[now] == 0 {
			return fmt.Errorf("%s %d was %d and is %d", s.Name, n, f.status[was], f.status[now])
		}
		if err := l.fact(s, int32(n)); err != nil {
			return err
		}
	}
	if err := l.related(s); err != nil {
		return err
	}
	if present != len(s.members) {
		return fmt.Errorf("%s has %d members and lists %d", s.Name, present, len(s.members))
	}
	for i := range s.indexes {
		if err := l.index(s, &s.indexes[i]); err != nil {
			return err
		}
	}
	return nil
}

// related counts the facts of each key.
func (l *listing) related(s *store) error {
	if !s.typ.keyed {
		return nil
	}
	keys, n := map[int32]int32{}, 0
	for _, i := range s.members {
		if s.facts[i].flags&isBlurred != 0 {
			n++
			continue
		}
		first, _ := l.firstKin(s, i)
		keys[first]++
	}
	for first := range keys {
		for i := first; i >= 0; i = s.books[i].kin {
			if n++; n > len(s.members) || s.facts[i].flags&isMember == 0 {
				return fmt.Errorf("the key of %s %d has facts that are not there", s.Name, first)
			}
		}
	}
	if n != len(s.members) {
		return fmt.Errorf("keys of %s have %d of %d facts", s.Name, n, len(s.members))
	}
	return nil
}

// fact compares a concluded fact's support with its instances.
func (l *listing) fact(s *store, n int32) error {
	if !s.Concluded {
		return nil
	}
	f := &s.facts[n]
	possible, certain := 0, 0
	for _, i := range l.out.Facts[l.at[s.Index][n]].Instances {
		possible++
		if l.out.Instances[i].Status == trace.Certain {
			certain++
		}
	}
	name := l.out.Name(int(l.at[s.Index][n]))
	switch {
	case s.recursive && (certain > 0) != (f.status[now] == trace.Certain) || possible == 0:
		return fmt.Errorf("%s stands %d with %d instances, %d of them certain", name, f.status[now], possible, certain)
	case s.recursive:
		return l.supported(s, n, name)
	case int(s.books[n].possible) != possible || int(s.books[n].certain) != certain:
		return fmt.Errorf("%s counts %d instances, %d of them certain, and has %d and %d", name, s.books[n].possible, s.books[n].certain, possible, certain)
	}
	return nil
}

// supported follows the supports of a fact down: they must end.
func (l *listing) supported(s *store, n int32, name string) error {
	seen := map[[2]int32]bool{}
	var follow func(s *store, n int32, path map[[2]int32]bool) error
	follow = func(s *store, n int32, path map[[2]int32]bool) error {
		at := [2]int32{int32(s.Index), n}
		switch {
		case path[at]:
			return fmt.Errorf("%s supports itself", name)
		case seen[at] || !s.recursive:
			return nil
		}
		seen[at], path[at] = true, true
		if s.support[n] == 0 {
			return fmt.Errorf("%s has no support", name)
		}
		r := l.program.conclusion(s.support[n]).rule
		for slot, t := range r.types {
			p := s.premise(n, r)[slot]
			below := &l.stores[t.Index]
			if below.facts[p].status[now] < s.facts[n].status[now] {
				return fmt.Errorf("%s stands on %d of %s, which stands less", name, p, t.Name)
			}
			if t.stratum == s.stratum {
				if err := follow(below, p, path); err != nil {
					return err
				}
			}
		}
		delete(path, at)
		return nil
	}
	return follow(s, n, map[[2]int32]bool{})
}

// index counts what an index has.
func (l *listing) index(s *store, x *indexMemory) error {
	if !x.built {
		return nil
	}
	n := len(x.loose)
	for _, head := range x.heads {
		for e := head; e != 0; e = x.links[e-1].next {
			n++
			if s.facts[e-1].flags&isMember == 0 {
				return fmt.Errorf("an index of %s has %d, which is not there", s.Name, e-1)
			}
			if key, points := l.pointAt(s, x.index, int(s.facts[e-1].row)); !points || key != x.links[e-1].key {
				return fmt.Errorf("an index of %s has %d by another key than its own", s.Name, e-1)
			}
		}
	}
	if n != len(s.members) {
		return fmt.Errorf("an index of %s has %d of %d facts", s.Name, n, len(s.members))
	}
	return nil
}
