package rules

import (
	"errors"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"

	"truce/facts"
	"truce/facts/doc"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// field reads one field of a fact type.
func (l *loader) field(t *facts.FactType, e doc.Entry, move facts.Move) {
	name := l.name(e.Key, "a field", wordForm)
	r, ok := l.record(e.Value, fieldRecord)
	if name == "" {
		return
	}
	f := &facts.Field{Name: name, Span: e.Key.Span}
	if ok {
		f.Doc, f.Window, f.Asked = r.text("doc"), r.text("window"), r.text("asked")
		f.Exact = r.flag("exact")
		f.Type, ok = l.fieldType(r)
	}
	if !ok {
		l.broken["."+name] = true
		return
	}
	l.movement(t, f, r, move)
	t.AddField(f)
}

// fieldType reads kind, unit, names and range.
func (l *loader) fieldType(r record) (facts.Type, bool) {
	n := r.need("type")
	if n == nil {
		return facts.Type{}, false
	}
	kind := facts.KindOf(l.text(n, "type"))
	if kind == 0 {
		if n.Kind == doc.Scalar {
			l.add(near(BadField.At(n.Span, "%q is no type", n.Value).
				Expect("one of %s", strings.Join(facts.KindNames(), ", ")), n.Value, facts.KindNames()))
		}
		return facts.Type{}, false
	}
	t := facts.Type{Kind: kind}
	ok := l.typeNames(r, &t)
	ok = l.typeUnit(r, &t) && ok
	if !ok {
		return t, false
	}
	if n := r.get("range"); n != nil {
		if !kind.Ordered() {
			l.add(BadField.At(r.head("range"), "%s has no order, and so no range", kind))
			return t, true
		}
		if v, ok := l.span(n, t, "range"); ok {
			t.Range = &v
		}
	}
	return t, true
}

// typeNames reads the levels of a scale or the values of an enum.
func (l *loader) typeNames(r record, t *facts.Type) bool {
	key, other := "", ""
	switch t.Kind {
	case facts.Enum:
		key, other = "values", "levels"
	case facts.Scale:
		key, other = "levels", "values"
	default:
		for _, k := range []string{"levels", "values"} {
			if r.get(k) != nil {
				l.add(BadField.At(r.head(k), "%q is not for %s", k, article(t.Kind)).
					Suggest("levels belong to `type: scale`, values to `type: enum`"))
			}
		}
		return true
	}
	if r.get(other) != nil {
		l.add(BadField.At(r.head(other), "%q is not for %s", other, article(t.Kind)).Expect("%q", key))
		return false
	}
	n := r.need(key)
	if n == nil {
		return false
	}
	names, ok := l.nameList(n, key)
	t.Names = names
	return ok
}

func (l *loader) typeUnit(r record, t *facts.Type) bool {
	n := r.get("unit")
	if n == nil {
		return true
	}
	if !t.Kind.Numeric() {
		l.add(BadUnit.At(r.head("unit"), "%s has no unit", t.Kind).Expect("a unit with a number or an integer only"))
		return true
	}
	u, ok := l.unit(n)
	t.Unit = u
	return ok
}

// unit reads a unit of declared names.
func (l *loader) unit(n *doc.Node) (facts.Unit, bool) {
	s := l.text(n, "unit")
	u, err := facts.ParseUnit(s, l.isUnit)
	if err == nil {
		return u, n.Kind == doc.Scalar
	}
	d := BadUnit.At(n.Span, "%v", err)
	if e := (*facts.UndeclaredUnit)(nil); errors.As(err, &e) {
		d = near(d, e.Name, sortedKeys(l.units))
		if d.Hint == "" {
			d = d.Suggest("declare it under `units:`")
		}
	}
	l.add(d)
	return "", false
}

// dashedEnds is a range as people write it in texts.
var dashedEnds = regexp.MustCompile(`^(-?[0-9.]+)\s*(?:-|–|—|\.\.+|…|to)\s*(-?[0-9.]*[0-9])$`)

// noBound is what people write for an end without bound.
var noBound = regexp.MustCompile(`(?i)^[+-]?(\.?inf|infinity|∞|none|unlimited)$`)

// openEnd stands for the end of a range that has none.
const openEnd = "open"

// span reads [low, high] of a type.
func (l *loader) span(n *doc.Node, t facts.Type, what string) (facts.Value, bool) {
	if n.Kind != doc.List || len(n.Items) != 2 {
		d := BadRange.At(n.Span, "%q is a list of two ends", what).Expect("[low, high]").
			Suggest("write %s for an end that has no bound", openEnd)
		if m := dashedEnds.FindStringSubmatch(n.Value); m != nil {
			d = d.Suggest("write [%s, %s]", m[1], m[2])
		}
		l.add(d)
		return facts.Value{}, false
	}
	low, lok := l.end(n.Items[0], t, what)
	high, hok := l.end(n.Items[1], t, what)
	if !lok || !hok {
		return facts.Value{}, false
	}
	v := between(t, low, high)
	if reversed(v) {
		l.add(BadRange.At(n.Span, "%q is from %s to %s, and the lower end comes first", what,
			strings.TrimSpace(n.Items[0].Value), strings.TrimSpace(n.Items[1].Value)).
			Suggest("write [%s, %s]", strings.TrimSpace(n.Items[1].Value), strings.TrimSpace(n.Items[0].Value)))
		return facts.Value{}, false
	}
	return v, true
}

// end reads one end; an open one is no value.
func (l *loader) end(n *doc.Node, t facts.Type, what string) (facts.Value, bool) {
	if n.Null || strings.TrimSpace(n.Value) == openEnd && n.Kind == doc.Scalar {
		return facts.Value{}, true
	}
	if n.Kind != doc.Scalar {
		l.add(BadRange.At(n.Span, "an end of %q is %s", what, kindOf(n)).Expect("%s", article(t.Kind)))
		return facts.Value{}, false
	}
	if noBound.MatchString(strings.TrimSpace(n.Value)) {
		l.add(BadRange.At(n.Span, "an end of %q is %s", what, strings.TrimSpace(n.Value)).Suggest("write %s for an end that has no bound", openEnd))
		return facts.Value{}, false
	}
	v, ok := l.value(n, t)
	if ok && !v.IsKnown() {
		l.add(BadRange.At(n.Span, "an end of %q is unknown", what).Expect("%s, or %s for an end that has no bound", article(t.Kind), openEnd))
		return v, false
	}
	return v, ok
}

// value reads a value of a type as cases spell it. Only cases may say that it is
// unknown.
func (l *loader) value(n *doc.Node, t facts.Type) (facts.Value, bool) {
	v, ds := t.ParseGiven(n)
	l.ds = append(l.ds, ds...)
	return v, !ds.HasErrors() && !v.IsZero()
}

func between(t facts.Type, low, high facts.Value) facts.Value {
	if t.Kind == facts.Number {
		lo, hi := math.Inf(-1), math.Inf(1)
		if !low.IsZero() {
			lo = low.Number()
		}
		if !high.IsZero() {
			hi = high.Number()
		}
		return facts.NumberBetween(lo, hi)
	}
	lo, hi := int64(facts.MinInteger), int64(facts.MaxInteger)
	if t.Kind == facts.Scale {
		lo, hi = 0, int64(len(t.Names.List)-1)
	}
	if !low.IsZero() {
		lo = low.Integer()
	}
	if !high.IsZero() {
		hi = high.Integer()
	}
	return facts.Between(t.Kind, lo, hi)
}

func reversed(v facts.Value) bool {
	lo, hi := v.Bounds()
	ilo, ihi := v.Ends()
	return lo > hi || ilo > ihi
}
