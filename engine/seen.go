package engine

import (
	"maps"
	"slices"

	"truce/engine/model"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
)

// seen is a stated fact as the rules may see it. A value that could not be known on
// the case's date is as good as not given, except where the type comes after the
// decision anyway. Where the case is silent, an assumption of the pack stands in; a
// case that says "unknown" is not silent.
func (s *Session) seen(t *facts.FactType, f *facts.StatedFact) *model.Base {
	b := &model.Base{Type: t, Stated: f, Values: unknowns(t), Origins: origins(t, trace.Absent)}
	for _, field := range t.Fields {
		i := field.Index
		if f != nil && f.Data[i].Given {
			if d := &f.Data[i]; t.After || !d.Later(s.asOf) {
				b.Values[i], b.Origins[i] = d.Value, trace.Given
				continue
			}
			b.Origins[i] = trace.KnownLater
		}
		if a := s.assumption(field, t); a != nil {
			if b.Assumed == nil {
				b.Assumed = make([]*rules.Assumption, len(t.Fields))
			}
			b.Values[i], b.Origins[i], b.Assumed[i] = a.Value, trace.Assumed, a
		}
	}
	return b
}

// withheld reports whether nothing of a fact could be known on the case's date: then
// it is not there for the rules, for that there is such a fact became known later
// too. Of a type of which there is one, there is one all the same.
func (s *Session) withheld(f *facts.StatedFact) bool {
	if f.Type.Count == facts.One || f.Type.After {
		return false
	}
	later := false
	for i := range f.Data {
		if d := &f.Data[i]; d.Given {
			if !d.Later(s.asOf) {
				return false
			}
			later = true
		}
	}
	return later
}

func (s *Session) allWithheld() []*facts.StatedFact {
	var list []*facts.StatedFact
	for _, name := range slices.Sorted(maps.Keys(s.stated)) {
		if f := s.stated[name]; s.withheld(f) {
			list = append(list, f)
		}
	}
	return list
}

func (s *Session) assumption(field *facts.Field, t *facts.FactType) *rules.Assumption {
	for _, a := range s.program.pack.Assumptions {
		if a.Type == t && a.Field == field {
			return a
		}
	}
	return nil
}

func unknowns(t *facts.FactType) []facts.Value {
	vs := make([]facts.Value, len(t.Fields))
	for i, f := range t.Fields {
		vs[i] = f.Type.Unknown()
	}
	return vs
}

func origins(t *facts.FactType, o trace.Origin) []trace.Origin {
	os := make([]trace.Origin, len(t.Fields))
	for i := range os {
		os[i] = o
	}
	return os
}
