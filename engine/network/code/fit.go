package code

import (
	"truce/facts"
	"truce/rules/condition"
	"truce/rules/eval"
)

// fit makes a value, which is of the field's kind, fit the field: an interval is cut
// to the field's range, and what lies outside it is a fault, which eval words.
type fit struct {
	comparison
	read   reader
	lo, hi int64 // the keys of whole
	whole  Value // the field's range
	e      condition.Expr
	field  *facts.Field
}

func fitted(read reader, e condition.Expr, field *facts.Field) reader {
	k := field.Type.Kind
	if k == facts.Text || k == facts.Enum {
		return read
	}
	// No text is in it, so nothing is numbered.
	s := &fit{read: read, e: e, field: field, whole: FromFact(field.Type.Unknown(), nil), comparison: comparison{flip: flipOf(k)}}
	s.lo, s.hi = s.key(s.whole.Lo), s.key(s.whole.Hi)
	return func(f *Frame) Value {
		v := s.read(f)
		if at := s.key(v.Lo); v.State == Point && at >= s.lo && at <= s.hi {
			return v
		}
		return s.rare(f, v)
	}
}

// rare fits what is no point, and what does not fit.
func (s *fit) rare(f *Frame, v Value) Value {
	switch {
	case v.State == Failed:
		return v
	case v.State == Point:
	case s.within(s.whole, v):
		return s.whole // in one form, whatever it was computed from
	case s.within(v, s.whole):
		return v
	case s.key(v.Lo) <= s.hi && s.lo <= s.key(v.Hi):
		return s.cut(v, s.whole)
	}
	return FromFact(eval.Fit(v.Fact(s.field.Type.Kind, f.Texts), s.field, s.e.Span()), f.Texts)
}

// cut is the part of v inside w, which is some of it.
func (c comparison) cut(v, w Value) Value {
	lo, hi := v.Lo, v.Hi
	if c.key(w.Lo) > c.key(lo) {
		lo = w.Lo
	}
	if c.key(w.Hi) < c.key(hi) {
		hi = w.Hi
	}
	return Between(lo, hi)
}
