package rules

import (
	"slices"
	"strings"

	"truce/facts"
	"truce/facts/doc"
	"truce/facts/source"
	"truce/rules/condition"
	"truce/rules/eval"
)

// bases are where a number can come from.
func bases() []string { return []string{"judgement", "cited", "derived"} }

// thresholds reads all of them. A left-out one takes no number, so that the
// others stand as if its file were not there.
func (l *loader) thresholds() {
	for _, it := range l.sections["thresholds"] {
		name := l.name(it.key, "a threshold", wordForm)
		r, ok := l.record(it.node, thresholdRecord)
		if name == "" {
			continue
		}
		ext := it.ext
		if ok {
			ext = l.itemExtension(it, r)
		}
		if l.leftOut(ext) {
			continue
		}
		t := &Threshold{Name: name, Extension: ext, Span: it.key.Span}
		if !l.declare("threshold", name, it.key.Span) || !ok || !l.threshold(t, r) {
			l.broken["threshold."+name] = true
			continue
		}
		t.Index = len(l.pack.Thresholds)
		l.pack.Thresholds = append(l.pack.Thresholds, t)
		l.parameters[name] = &condition.Parameter{Name: name, Index: t.Index, Type: t.Type, Table: t.Table}
	}
}

// leftOut reports whether items of the extension are left out.
func (l *loader) leftOut(ext string) bool { return l.pack.SourceOnly && ext != "" }

// itemExtension is the extension that an item belongs to: its own, or its file's.
func (l *loader) itemExtension(it item, r record) string {
	n := r.get("extension")
	if n == nil {
		return it.ext
	}
	id := l.name(n, "an extension", extForm)
	switch {
	case id == "":
		return "X"
	case it.ext != "" && it.ext != id:
		l.add(BadExtension.At(n.Span, "%s stands in a file of extension %s", id, it.ext))
	case l.pack.Extension(id) == nil:
		var ids []string
		for _, x := range l.pack.Extensions {
			ids = append(ids, x.ID)
		}
		d := near(BadExtension.At(n.Span, "extension %s is not declared", id), id, ids)
		if d.Hint == "" {
			d = d.Suggest("declare it with `extension:` and `extension_doc:` at the top of a file")
		}
		l.add(d)
	}
	return id
}

func (l *loader) threshold(t *Threshold, r record) bool {
	t.Doc, t.Because = r.text("doc"), r.text("because")
	t.Basis = bases()[r.word("basis", bases())]
	t.Cites = l.cites(r, t.Extension)
	if t.Because == "" && !r.misspelt["because"] {
		l.add(NoReason.At(t.Span, "threshold %s has no `because`", t.Name).
			Suggest("add because: with what speaks for this value and for no other").Warn())
	}
	if !l.thresholdType(t, r) {
		return false
	}
	ok := true
	if t.Table != nil {
		ok = l.points(t, r)
	} else if n := r.need("value"); n != nil {
		t.Value, ok = l.known(n, t.Type)
	} else {
		ok = false
	}
	l.plausible(t, r)
	t.Step = l.positive(r, "step")
	t.At = r.places(t)
	return ok
}

// thresholdType finds the type: that of the levels in `of`, an enum of `values`,
// or the kind named by `type`, a number where nothing is said.
func (l *loader) thresholdType(t *Threshold, r record) bool {
	ok := true
	switch {
	case r.get("of") != nil:
		f := l.fieldPath(r.get("of"))
		if f == nil {
			return false
		}
		if f.Type.Kind != facts.Scale {
			l.add(PointsTable.At(r.get("of").Span, "%s is %s", r.text("of"), article(f.Type.Kind)).Expect("a scale"))
			return false
		}
		if r.get("points") == nil {
			t.Type = facts.Type{Kind: facts.Scale, Names: f.Type.Names}
			return true
		}
		t.Table = f.Type.Names
	case r.get("points") != nil:
		l.add(MissingKey.At(r.head("points"), "a table of points needs %q", "of").Expect("the scale, such as Weather.sea"))
		return false
	case r.get("values") != nil:
		names, ok := l.nameList(r.get("values"), "values")
		t.Type = facts.Type{Kind: facts.Enum, Names: names}
		return ok
	}
	t.Type.Kind = facts.Number
	if n := r.get("type"); n != nil {
		kinds := thresholdKinds()
		if t.Table != nil {
			kinds = kinds[:2]
		}
		t.Type.Kind = facts.KindOf(kinds[r.word("type", kinds)])
	}
	if n := r.get("unit"); n != nil {
		ok = l.typeUnit(r, &t.Type)
	}
	return ok
}

// thresholdKinds are the kinds that a value may have by name. Points have one of the
// first two.
func thresholdKinds() []string { return []string{"number", "integer", "bool", "date"} }

func article(k facts.Kind) string {
	if k == facts.Integer || k == facts.Enum {
		return "an " + k.String()
	}
	return "a " + k.String()
}

// fieldPath finds the field that Type.field names.
func (l *loader) fieldPath(n *doc.Node) *facts.Field {
	_, f := l.typeAndField(n)
	return f
}

func (l *loader) typeAndField(n *doc.Node) (*facts.FactType, *facts.Field) {
	s := l.text(n, "a field")
	typ, field, ok := strings.Cut(s, ".")
	if !ok {
		if n.Kind == doc.Scalar {
			l.add(UnknownField.At(n.Span, "%q names no field", s).Expect("Type.field"))
		}
		return nil, nil
	}
	t := l.typeNamed(n, typ)
	if t == nil {
		return nil, nil
	}
	return t, l.fieldNamed(n, t, field)
}

// typeNamed finds a fact type, or reports the nearest.
func (l *loader) typeNamed(n *doc.Node, name string) *facts.FactType {
	if l.broken[name] {
		return nil
	}
	t := l.pack.Schema.Type(name)
	if t == nil {
		l.add(near(UnknownType.At(n.Span, "there is no fact type %s", name), name, l.pack.Schema.TypeNames()))
	}
	return t
}

// fieldNamed finds a field of a type, or reports the nearest.
func (l *loader) fieldNamed(n *doc.Node, t *facts.FactType, name string) *facts.Field {
	f := t.Field(name)
	if f == nil && !l.broken["."+name] {
		l.add(near(UnknownField.At(n.Span, "%s has no field %q", t.Name, name), name, t.FieldNames()))
	}
	return f
}

// known reads a value that may not be unknown.
func (l *loader) known(n *doc.Node, t facts.Type) (facts.Value, bool) {
	v, ok := l.value(n, t)
	if ok && !v.IsKnown() {
		l.add(UnknownValue.At(n.Span, "the value is unknown").Expect("%s", article(t.Kind)))
		return v, false
	}
	return v, ok
}

// points reads the number of each level.
func (l *loader) points(t *Threshold, r record) bool {
	if n := r.get("value"); n != nil {
		l.add(PointsTable.At(r.head("value"), "threshold %s has a value and points", t.Name).Suggest("take one of them out"))
	}
	n := r.get("points")
	ok := true
	t.Points = make([]facts.Value, len(t.Table.List))
	given := make([]bool, len(t.Table.List))
	position := positions(t.Table.List)
	for _, e := range l.entries(n, "points") {
		i, known := position[e.Key.Value]
		if !known {
			l.add(near(PointsTable.At(e.Key.Span, "%s has no level %q", r.text("of"), e.Key.Value), e.Key.Value, t.Table.List))
			ok = false
			continue
		}
		v, good := l.known(e.Value, t.Type)
		t.Points[i], given[i] = v, true
		ok = ok && good
	}
	var missing []string
	for i, g := range given {
		if !g {
			missing = append(missing, t.Table.List[i])
		}
	}
	if len(missing) > 0 && n.Kind == doc.Map {
		l.add(PointsTable.At(r.head("points"), "threshold %s gives no points to %s", t.Name, strings.Join(missing, ", ")).
			Expect("each of %s", strings.Join(t.Table.List, ", ")))
	}
	return ok && len(missing) == 0 && n.Kind == doc.Map
}

// plausible reads the range in which the threshold may be moved.
func (l *loader) plausible(t *Threshold, r record) {
	n := r.get("plausible")
	if n == nil {
		return
	}
	if !t.Type.Kind.Ordered() {
		l.add(BadRange.At(r.head("plausible"), "%s has no order, and so no plausible range", t.Type.Kind))
		return
	}
	v, ok := l.span(n, t.Type, "plausible")
	if !ok {
		return
	}
	t.Plausible = &v
	at := r.places(t)
	for i, p := range append(slices.Clone(t.Points), t.Value) {
		if p.IsKnown() && !p.Within(v) {
			d := OutsidePlausible.At(at[i], "threshold %s is %s, outside of %s", t.Name,
				t.Type.FormatUnit(p), t.Type.Format(v)).Suggest("correct the value, or widen `plausible` so that it holds it")
			if s := t.Type.Scaled(p, v); s != "" {
				d = d.Suggest("%s", s)
			}
			l.add(d.Warn())
			return
		}
	}
}

// places are where the points of a threshold stand, level by level, and then where
// its value does; its name where there is none.
func (r record) places(t *Threshold) []facts.Span {
	at := func(n *doc.Node) facts.Span {
		if n == nil {
			return t.Span
		}
		return n.Span
	}
	var spans []facts.Span
	for i := range t.Points {
		spans = append(spans, at(r.get("points").Get(t.Table.List[i])))
	}
	return append(spans, at(r.get("value")))
}

func positions(names []string) map[string]int {
	m := make(map[string]int, len(names))
	for i, name := range names {
		m[name] = i
	}
	return m
}

// cites reads the claims, or the extensions, that an item rests on.
func (l *loader) cites(r record, ext string) []string {
	var ids []string
	for i, n := range r.textNodes("cites") {
		id := strings.TrimSpace(n.Value)
		if i == 3 {
			l.add(ManyCites.At(n.Span, "%d citations", len(r.get("cites").Items)).Expect("three at most"))
		}
		if slices.Contains(ids, id) {
			l.add(Duplicate.At(n.Span, "%s is cited twice", id))
			continue
		}
		l.cite(n, id, ext)
		ids = append(ids, id)
	}
	return ids
}

func (l *loader) cite(n *doc.Node, id, ext string) {
	isExt := extForm.is(id)
	switch {
	case ext != "" && !isExt:
		l.add(BadCite.At(n.Span, "extension %s cites %s", ext, id).
			Expect("extensions only: what they add is not in the source"))
	case ext == "" && isExt:
		l.add(BadCite.At(n.Span, "%s is an extension, and this is not part of one", id).
			Suggest("add `extension: %s`, or cite a claim", id))
	case isExt && l.pack.Extension(id) == nil:
		l.add(BadCite.At(n.Span, "extension %s is not declared", id))
	case !isExt && l.declared[declaration{"claim", id}].IsZero():
		d := BadCite.At(n.Span, "there is no claim %s", id).Expect("an id declared under `claims:`")
		l.add(near(d, id, l.claimIDs()))
	}
}

func (l *loader) claimIDs() []string {
	var ids []string
	for _, c := range l.pack.Claims {
		ids = append(ids, c.ID)
	}
	return ids
}

// values are the thresholds as they stand.
type values []*Threshold

func (v values) Value(i int) facts.Value    { return v[i].Value }
func (v values) Points(i int) []facts.Value { return v[i].Points }

// constraints parses the constraints, and tests them on the thresholds as they
// stand.
func (l *loader) constraints() {
	for _, it := range l.sections["constraints"] {
		if l.leftOut(it.ext) {
			continue
		}
		n := it.node
		s := l.ruleScope("a constraint", it.ext, false)
		s.scope.Schema = &facts.Schema{}
		e, ok := s.conditionLine(n)
		s.done()
		if !ok {
			continue
		}
		c := &Constraint{Cond: e, Span: n.Span}
		l.pack.Constraints = append(l.pack.Constraints, c)
		if d := c.broken(l.pack.Thresholds); d != nil {
			l.add(*d)
		}
	}
}

// broken says that thresholds break the constraint, or is nil.
func (c *Constraint) broken(ts values) *source.Diagnostic {
	var d source.Diagnostic
	switch v := eval.Eval(c.Cond, &eval.Env{Parameters: ts}); {
	case v.Fault() != nil:
		d = v.Fault().Diagnostic()
	case !v.True():
		d = Constrained.At(c.Span, "the thresholds break %s: %s", c.Cond.Text(), ts.named(c.Cond))
	default:
		return nil
	}
	return &d
}

// named lists the thresholds of a constraint with their values.
func (v values) named(e condition.Expr) string {
	var parts []string
	condition.Walk(e, func(e condition.Expr) bool {
		if t, ok := e.(*condition.Threshold); ok {
			p := v[t.Index]
			if s := p.Name + " is " + p.Type.FormatUnit(p.Value); !slices.Contains(parts, s) && p.Table == nil {
				parts = append(parts, s)
			}
		}
		return true
	})
	return strings.Join(parts, ", ")
}
