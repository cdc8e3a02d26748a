package engine

import (
	"truce/engine/model"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
)

// seen is a stated fact as the rules may see it. A value that could not be known on
// the case's date is unknown, except where the type comes after the decision
// anyway. Where the case is silent, an assumption of the pack stands in; a case
// that says "unknown" is not silent.
func (s *Session) seen(t *facts.FactType, f *facts.StatedFact) *model.Base {
	b := &model.Base{Type: t, Stated: f, Values: unknowns(t), Origins: origins(t, trace.Absent)}
	for _, field := range t.Fields {
		i := field.Index
		if f != nil && f.Data[i].Given {
			d := &f.Data[i]
			if !t.After && d.Later(s.asOf) {
				b.Origins[i] = trace.KnownLater
				continue
			}
			b.Values[i], b.Origins[i] = d.Value, trace.Given
			continue
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
