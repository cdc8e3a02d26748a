package engine

import (
	"fmt"
	"slices"

	"truce/engine/trace"
	"truce/facts"
	"truce/facts/source"
	"truce/rules/eval"
)

// SetThreshold gives a threshold another value, a point or an interval, until it is
// rolled back.
func (s *Session) SetThreshold(name string, v facts.Value) error {
	t := s.program.pack.Threshold(name)
	switch {
	case t == nil:
		return source.Diagnostics{ErrThreshold.At(source.Span{}, "no threshold is called %s", name)}
	case t.Table != nil:
		return source.Diagnostics{ErrThreshold.At(t.Span, "%s is a table of points", name)}
	case !fits(v, t.Type):
		return source.Diagnostics{ErrThreshold.At(t.Span, "%s cannot be %s", name, t.Type.Format(v))}
	}
	return s.reconfigure(name+" cannot be "+t.Type.FormatUnit(v), s.parameters.With(t.Index, v))
}

// SetPoint gives one level of a table of points another number, a point or an
// interval, until it is rolled back.
func (s *Session) SetPoint(name, level string, v facts.Value) error {
	t := s.program.pack.Threshold(name)
	if t == nil || t.Table.Index(level) < 0 {
		return source.Diagnostics{ErrThreshold.At(source.Span{}, "no table of points called %s has a level %s", name, level)}
	}
	if !fits(v, t.Type) {
		return source.Diagnostics{ErrThreshold.At(t.Span, "%s of %s cannot be %s", level, name, t.Type.Format(v))}
	}
	points := slices.Clone(s.parameters.Points(t.Index))
	points[t.Table.Index(level)] = v
	return s.reconfigure(fmt.Sprintf("%s of %s cannot be %s", level, name, t.Type.FormatUnit(v)), s.parameters.WithPoints(t.Index, points))
}

// reconfigure has other thresholds from now on, where the pack's constraints allow
// them; refused says otherwise what cannot be.
func (s *Session) reconfigure(refused string, changed *trace.Parameters) error {
	for _, c := range s.program.pack.Constraints {
		if eval.Eval(c.Cond, &eval.Env{Parameters: changed}).False() {
			return source.Diagnostics{ErrThreshold.At(c.Span, "%s: %s would not hold", refused, c.Cond.Text())}
		}
	}
	s.remember(change{parameters: s.parameters})
	s.configure(changed)
	return nil
}

func (s *Session) configure(p *trace.Parameters) {
	s.parameters = p
	s.matcher.Configure(p, s.asOf)
}
