package facts

import "strings"

// joiners are what may stand between the two ends of an interval that a person types.
var joiners = [...]string{"..", " to "}

// ParseTyped reads what a person types for a value: what ParseText reads, or, of an
// ordered type, two ends with two dots or "to" between them: 30..40, low to raised. An
// end that is unknown is that end of the type's range. With a Misread, the value is
// unknown.
func (t Type) ParseTyped(s string) (Value, *Misread) {
	for _, j := range joiners {
		if low, high, ok := strings.Cut(s, j); ok && t.Kind.Ordered() {
			return t.parseEnds(low, high)
		}
	}
	return t.ParseText(s)
}

func (t Type) parseEnds(low, high string) (Value, *Misread) {
	a, bad := t.ParseText(low)
	if bad != nil {
		return t.Unknown(), bad
	}
	b, bad := t.ParseText(high)
	switch {
	case bad != nil:
		return t.Unknown(), bad
	case a.lo > b.hi || a.ilo > b.ihi:
		bad = t.misread(codeLowHigh, low, "it goes from %s to %s", t.Format(a), t.Format(b))
		bad.Diagnostic = bad.Expect("the low end first").Suggest("write %s..%s if they are swapped", t.Format(b), t.Format(a))
		return t.Unknown(), bad
	case a.IsUnknown() && b.IsUnknown():
		return t.Unknown(), nil
	case t.Kind == Number:
		return NumberBetween(a.lo, b.hi), nil
	}
	return Between(t.Kind, a.ilo, b.ihi), nil
}
