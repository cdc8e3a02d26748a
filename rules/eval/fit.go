package eval

import "truce/facts"

// Fit makes a concluded value fit its field: an integer becomes a number where the
// field is one, an interval is cut to the field's range. A known value outside the
// range, or an interval wholly outside, is a fault.
func Fit(v facts.Value, f *facts.Field, at facts.Span) facts.Value {
	v = as(f.Type.Kind, v)
	if v.Fault() != nil {
		return v
	}
	whole := f.Type.Unknown()
	if !v.IsKnown() && whole.Within(v) {
		return whole // in one form, whatever it was computed from
	}
	clipped, inside := v.Clip(whole)
	if !inside {
		return fault(f.Type.Kind, at, ErrRange, "%s = %s is outside its range, %s",
			f.Name, f.Type.FormatUnit(v), f.Type.Format(*f.Type.Range))
	}
	return clipped
}
