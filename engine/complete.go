package engine

import (
	"slices"

	"truce/engine/model"
	"truce/facts"
	"truce/facts/source"
)

// unlisted stands for the facts of an open type that nobody stated.
func unlisted(t *facts.FactType) model.Key { return model.Key{Type: t, Unlisted: true} }

// Complete says that all facts of an open type are stated, until it is rolled back
// or another case is loaded. Saying it again changes nothing.
func (s *Session) Complete(name string) error {
	t := s.program.pack.Schema.Type(name)
	if t == nil || t.Concluded || t.Count != facts.Open {
		return source.Diagnostics{ErrNotOpen.At(source.Span{}, "%s is no open type", name)}
	}
	if slices.Contains(s.complete, name) {
		return nil
	}
	s.remember(change{key: unlisted(t), complete: s.complete})
	s.complete = append(slices.Clip(s.complete), name)
	s.list(t, true)
	return nil
}

// caseNow is the case with what was completed since it was loaded.
func (s *Session) caseNow() *facts.Case {
	if len(s.complete) == len(s.kase.Complete) {
		return s.kase
	}
	c := *s.kase
	c.Complete = s.complete
	return &c
}
