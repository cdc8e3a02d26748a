package engine

import (
	"iter"
	"maps"

	"truce/engine/model"
	"truce/facts"
)

// register is what is stated of one type, each fact with the number that the matcher
// knows it by, so that a change looks for an id once.
type register struct {
	single   bool             // there is one fact of the type, without an id
	places   map[string]int32 // in entries, by id
	entries  []entry
	free     []int32 // places that are not taken
	unlisted int32   // the number of what an open type may have beyond the listed
}

// entry is one fact.
type entry struct {
	fact   *facts.StatedFact // nil where the one of its type is not stated
	number int32             // model.Absent where the matcher has none
}

func newRegisters(types []*facts.FactType) []register {
	list := make([]register, len(types))
	for i, t := range types {
		list[i].single = t.Count == facts.One
	}
	return list
}

// find is the place of an id, and the fact there; -1: it has none.
func (r *register) find(id string) (place int32, f *facts.StatedFact) {
	place, has := int32(0), len(r.entries) > 0
	if !r.single {
		place, has = r.places[id]
	}
	if !has {
		return -1, nil
	}
	return place, r.entries[place].fact
}

// add makes a place for an id that has none.
func (r *register) add(id string) int32 {
	place := int32(len(r.entries))
	if last := len(r.free) - 1; last >= 0 {
		place = r.free[last]
		r.free = r.free[:last]
	} else {
		r.entries = append(r.entries, entry{number: model.Absent})
	}
	if r.single {
		return place
	}
	if r.places == nil {
		r.places = map[string]int32{}
	}
	r.places[id] = place
	return place
}

// remove takes an id and its place out.
func (r *register) remove(id string, place int32) {
	delete(r.places, id)
	r.entries[place] = entry{number: model.Absent}
	r.free = append(r.free, place)
}

func (r *register) clear() {
	if len(r.entries) > 0 {
		clear(r.places)
		clear(r.entries)
		r.entries, r.free = r.entries[:0], r.free[:0]
	}
	r.unlisted = model.Absent
}

// copyOf makes the register one like another.
func (r *register) copyOf(from *register) {
	r.clear()
	if len(from.places) > 0 && r.places == nil {
		r.places = make(map[string]int32, len(from.places))
	}
	maps.Copy(r.places, from.places)
	r.entries, r.free, r.unlisted = append(r.entries, from.entries...), append(r.free, from.free...), from.unlisted
}

// registers are what is stated, by type. After a prepared case was loaded they are made
// when they are first needed, which reading an answer does not.
func (s *Session) registers() []register {
	if from := s.unbooked; from != nil {
		s.unbooked = nil
		for i := range s.stated {
			s.stated[i].copyOf(&from.stated[i])
		}
	}
	return s.stated
}

// register is what is stated of a type of the pack.
func (s *Session) register(t *facts.FactType) *register { return &s.registers()[t.Index] }

// fact is what is stated under a key, or nil.
func (s *Session) fact(k model.Key) *facts.StatedFact {
	if k.Type == nil || k.Unlisted {
		return nil
	}
	_, f := s.register(k.Type).find(k.ID)
	return f
}

// facts are all that are stated.
func (s *Session) facts() iter.Seq[*facts.StatedFact] {
	return func(yield func(*facts.StatedFact) bool) {
		list := s.registers()
		for i := range list {
			for _, e := range list[i].entries {
				if e.fact != nil && !yield(e.fact) {
					return
				}
			}
		}
	}
}

// set makes a fact (nil: none) what is stated under a key.
func (s *Session) set(k model.Key, f *facts.StatedFact) {
	place, _ := s.register(k.Type).find(k.ID)
	s.put(k, place, f)
}

// put is set where it is known which place the key has; -1: none. Of a type of which
// there is one, a fact that is not stated is there all the same.
func (s *Session) put(k model.Key, place int32, f *facts.StatedFact) {
	r := s.register(k.Type)
	there := f != nil || r.single
	switch {
	case place < 0 && !there:
		return
	case place < 0:
		place = r.add(k.ID)
	}
	e := &r.entries[place]
	e.fact = f
	e.number = s.enter(k, e.number, f)
	if !there {
		r.remove(k.ID, place)
	}
}

// change is put in place of what was there, which is remembered.
func (s *Session) change(k model.Key, place int32, was, f *facts.StatedFact) {
	s.remember(change{key: k, fact: was})
	s.put(k, place, f)
}

// list says whether there may be facts of an open type beyond the listed.
func (s *Session) list(t *facts.FactType, all bool) {
	r := s.register(t)
	if all {
		s.matcher.Withdraw(unlisted(t), r.unlisted)
		r.unlisted = model.Absent
		return
	}
	r.unlisted = s.matcher.State(unlisted(t), r.unlisted, s.unknowns(t))
}
