package rules

import (
	"strconv"

	"truce/facts"
	"truce/facts/doc"
)

// moveOf reads which way searches may move a value, or all values of a type.
func (l *loader) moveOf(r record, fallback facts.Move) facts.Move {
	if r.get("move") == nil {
		return fallback
	}
	return facts.Move(r.word("move", facts.MoveNames()))
}

// movement reads how searches may move the values of a field: which way, inside
// what, by which step and at what cost. Only what a case states can be moved.
func (l *loader) movement(t *facts.FactType, f *facts.Field, r record, fallback facts.Move) {
	f.Move = l.moveOf(r, fallback)
	for _, key := range []string{"move", "plausible", "step", "cost"} {
		if r.get(key) != nil && t.Concluded {
			l.add(BadSetting.At(r.head(key), "%q is for what cases state, and rules conclude %s", key, t.Name))
			return
		}
	}
	if (f.Move == facts.Up || f.Move == facts.Down) && !f.Type.Kind.Ordered() {
		at := r.n
		if n := r.get("move"); n != nil {
			at = n
		}
		l.add(BadSetting.At(at.Span, "%s has no order, and so moves neither up nor down", f.Type.Kind).Expect("free or fixed"))
		f.Move = facts.Fixed
	}
	f.Cost = l.positive(r, "cost")
	switch f.Type.Kind {
	case facts.Number, facts.Integer, facts.Date:
		f.Step = l.positive(r, "step")
	default:
		if r.get("step") != nil {
			l.add(BadSetting.At(r.head("step"), "%s moves from name to name, and has no step", article(f.Type.Kind)))
		}
	}
	l.plausibleField(f, r.get("plausible"))
}

func (l *loader) plausibleField(f *facts.Field, n *doc.Node) {
	if n == nil {
		return
	}
	if !f.Type.Kind.Ordered() {
		l.add(BadRange.At(n.Span, "%s has no order, and so no plausible range", f.Type.Kind))
		return
	}
	if v, ok := l.span(n, f.Type, "plausible"); ok {
		f.Plausible = &v
	}
}

// positive is the number above 0 at a key; 0 where there is none.
func (l *loader) positive(r record, key string) float64 {
	n := r.get(key)
	if n == nil {
		return 0
	}
	x, err := strconv.ParseFloat(l.text(n, key), 64)
	if err != nil || !(x > 0) || x > 1e300 {
		if n.Kind == doc.Scalar {
			l.add(BadSetting.At(n.Span, "%q is %q", key, n.Value).Expect("a number above 0"))
		}
		return 0
	}
	return x
}
