package engine

import (
	"slices"
	"strings"

	"truce/engine/model"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
)

// seen is a stated fact as the rules see it.
type seen struct {
	stated  *facts.StatedFact // nil where the case has none
	origins []trace.Origin
	assumed []*rules.Assumption // by field index; nil where nothing is assumed
}

// see is how the rules see the fact under a key.
func (s *Session) see(k model.Key) seen {
	b := seen{stated: s.fact(k), origins: origins(k.Type, trace.Absent)}
	if k.Unlisted {
		return b
	}
	for _, field := range k.Type.Fields {
		i := field.Index
		if f := b.stated; f != nil && f.Data[i].Given {
			if s.knownInTime(f, i) {
				b.origins[i] = trace.Given
				continue
			}
			b.origins[i] = trace.KnownLater
		}
		if a := s.program.assumption(field, k.Type); a != nil {
			if b.assumed == nil {
				b.assumed = make([]*rules.Assumption, len(k.Type.Fields))
			}
			b.origins[i], b.assumed[i] = trace.Assumed, a
		}
	}
	return b
}

// valueSeen is a field of a stated fact (nil: the case has none) as the rules see it.
// A value that could not be known on the case's date is as good as not given, except
// where the type comes after the decision anyway. Where the case is silent, an
// assumption of the pack stands in; a case that says "unknown" is not silent.
func (s *Session) valueSeen(field int, t *facts.FactType, f *facts.StatedFact) *facts.Value {
	if f != nil && f.Data[field].Given && s.knownInTime(f, field) {
		return &f.Data[field].Value
	}
	if a := s.program.assumption(t.Fields[field], t); a != nil {
		return &a.Value
	}
	return &s.program.unknown[t.Index][field]
}

func (s *Session) knownInTime(f *facts.StatedFact, field int) bool {
	return f.Type.After || !f.Data[field].Later(s.asOf)
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
	for f := range s.facts() {
		if s.withheld(f) {
			list = append(list, f)
		}
	}
	slices.SortFunc(list, func(f, g *facts.StatedFact) int { return strings.Compare(f.Name(), g.Name()) })
	return list
}

// unknowns are the values of a fact of which nothing is known.
func (s *Session) unknowns(t *facts.FactType) []*facts.Value {
	s.values = s.values[:0]
	for i := range t.Fields {
		s.values = append(s.values, &s.program.unknown[t.Index][i])
	}
	return s.values
}

func origins(t *facts.FactType, o trace.Origin) []trace.Origin {
	os := make([]trace.Origin, len(t.Fields))
	for i := range os {
		os[i] = o
	}
	return os
}
