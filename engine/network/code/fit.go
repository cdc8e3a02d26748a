package code

import (
	"truce/facts"
	"truce/rules/condition"
	"truce/rules/eval"
)

// fitted makes a value, which is of the field's kind, fit the field: an interval is
// cut to the field's range, and what lies outside it is a fault, which eval words.
func fitted(read reader, e condition.Expr, field *facts.Field) reader {
	k := field.Type.Kind
	if k == facts.Text || k == facts.Enum {
		return read
	}
	// No text is in it, so nothing is numbered.
	whole, is := FromFact(field.Type.Unknown(), nil), comparison{flip: flipOf(k)}
	lo, hi := is.key(whole.Lo), is.key(whole.Hi)
	return func(f *Frame) Value {
		v := read(f)
		switch {
		case v.State == Point:
			if at := is.key(v.Lo); at >= lo && at <= hi {
				return v
			}
		case v.State == Failed:
			return v
		case is.within(whole, v):
			return whole // in one form, whatever it was computed from
		case is.within(v, whole):
			return v
		case is.key(v.Lo) <= hi && lo <= is.key(v.Hi):
			return is.cut(v, whole)
		}
		return FromFact(eval.Fit(v.Fact(k, f.Texts), field, e.Span()), f.Texts)
	}
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
	return between(lo, hi)
}
