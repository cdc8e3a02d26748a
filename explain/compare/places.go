package compare

import (
	"slices"

	"truce/engine/trace"
	"truce/explain"
	"truce/facts"
	"truce/rules/condition"
)

// place is an expression of a justification with what it read.
type place struct {
	j     *trace.Justification
	expr  condition.Expr
	reads *trace.Reads
}

// expressions goes on with the first thing that two expressions read and that
// differs.
func (w *walk) expressions(name string, a, b place) {
	if a.expr.Text() != b.expr.Text() {
		w.add(Step{Kind: "text", Fact: name, Text: a.j.Rule.Name, A: Found{Rule: a.j.Rule.Name, Says: a.expr.Text(), At: a.expr.Span().String()},
			B: Found{Rule: b.j.Rule.Name, Says: b.expr.Text(), At: b.expr.Span().String()}})
		return
	}
	for i := range min(len(a.reads.Fields), len(b.reads.Fields)) {
		if w.fields(a.reads.Fields[i], b.reads.Fields[i]) {
			return
		}
	}
	for i := range min(len(a.reads.Slots), len(b.reads.Slots)) {
		if w.lets(name, a, b, a.reads.Slots[i], b.reads.Slots[i]) {
			return
		}
	}
	for i := range min(len(a.reads.Aggregates), len(b.reads.Aggregates)) {
		if w.aggregates(&a.reads.Aggregates[i], &b.reads.Aggregates[i]) {
			return
		}
	}
	for _, i := range a.reads.Thresholds {
		if t, differs := w.threshold(w.a.Pack.Thresholds[i].Name); differs {
			w.add(Step{Kind: "threshold", Text: "threshold." + t.Name, A: t.A, B: t.B})
			return
		}
	}
	if a.reads.AsOf {
		w.date()
	}
}

// date ends a path where the days of the runs differ.
func (w *walk) date() bool {
	if w.a.Case.AsOf == w.b.Case.AsOf {
		return false
	}
	day := func(d int64) Found {
		return Found{Value: explain.Value{Type: facts.Type{Kind: facts.Date}, Value: facts.DateOf(d)}}
	}
	w.add(Step{Kind: "date", Text: "case.as_of", A: day(w.a.Case.AsOf), B: day(w.b.Case.AsOf)})
	return true
}

// fields goes on with a field that both sides read, if it differs.
func (w *walk) fields(a, b trace.FieldRef) bool {
	va, vb := valueOf(w.a, a), valueOf(w.b, b)
	f, g := &w.a.Facts[a.Fact], &w.b.Facts[b.Fact]
	same := va.Type.FormatUnit(va.Value) == vb.Type.FormatUnit(vb.Value)
	switch {
	case same && f.Status == g.Status && keyName(f) == keyName(g):
		return false
	case f.Type.Concluded && keyName(f) == keyName(g):
		return w.factsNamed(keyName(f))
	case keyName(f) != keyName(g) && (w.factsNamed(keyName(f)) || w.factsNamed(keyName(g))):
		return true
	case same:
		return false
	}
	text := f.Name + "." + a.Field.Name
	if g.Name != f.Name {
		text = f.Type.Name + "." + a.Field.Name
	}
	found := func(t *trace.Trace, ref trace.FieldRef) Found {
		out := field(t, ref.Fact, ref.Field.Name)
		if g.Name != f.Name {
			out.Says = "of " + t.Facts[ref.Fact].Name
		}
		return out
	}
	w.add(Step{Kind: "field", Text: text, A: found(w.a, a), B: found(w.b, b)})
	return true
}

// lets goes on with a bound value.
func (w *walk) lets(name string, a, b place, i, k int) bool {
	s, t := letOf(a.j, i), letOf(b.j, k)
	if s == nil || t == nil {
		return false
	}
	x, y := explain.Value{Type: s.Step.Expr.Type(), Value: s.Value}, explain.Value{Type: t.Step.Expr.Type(), Value: t.Value}
	if x.Type.FormatUnit(x.Value) == y.Type.FormatUnit(y.Value) {
		return false
	}
	w.add(Step{Kind: "value", Fact: name, Text: s.Step.Name + " = " + s.Step.Text,
		A: Found{Rule: a.j.Rule.Name, Value: x, At: s.Step.Span.String()}, B: Found{Rule: b.j.Rule.Name, Value: y, At: t.Step.Span.String()}})
	w.expressions(name, place{a.j, s.Step.Expr, &s.Reads}, place{b.j, t.Step.Expr, &t.Reads})
	return true
}

// aggregates goes on with the first fact that counted for more or less on one side.
func (w *walk) aggregates(a, b *trace.Aggregate) bool {
	value := func(g *trace.Aggregate) string { return g.Expr.Type().FormatUnit(g.Value) }
	if value(a) == value(b) {
		return false
	}
	for _, name := range w.membersOf(a, b) {
		m, n := memberNamed(w.a, a, name), memberNamed(w.b, b, name)
		if m != nil && n != nil && counts(m) == counts(n) && summand(a, m) == summand(b, n) {
			continue
		}
		if m != nil && n != nil {
			i, k := m.Fact, n.Fact
			for _, f := range elements(a.Expr) {
				if g := w.b.Facts[k].Type.Field(f.Name); g != nil && w.fields(trace.FieldRef{Fact: i, Field: f}, trace.FieldRef{Fact: k, Field: g}) {
					return true
				}
			}
			continue
		}
		if (m == nil || m.Selected.False()) && (n == nil || n.Selected.False()) {
			continue
		}
		if w.factsNamed(name) {
			return true
		}
	}
	// What is left differs in its alternatives, or in whether it is sure to be there.
	return slices.ContainsFunc(w.membersOf(a, b), w.factsNamed)
}

// membersOf are the keys of all that either side looked at, A's first.
func (w *walk) membersOf(a, b *trace.Aggregate) []string {
	var names []string
	add := func(t *trace.Trace, g *trace.Aggregate) {
		for _, m := range g.Members {
			if name := keyName(&t.Facts[m.Fact]); !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	add(w.a, a)
	add(w.b, b)
	return names
}

func memberNamed(t *trace.Trace, g *trace.Aggregate, name string) *trace.Member {
	for i := range g.Members {
		if keyName(&t.Facts[g.Members[i].Fact]) == name {
			return &g.Members[i]
		}
	}
	return nil
}

func counts(m *trace.Member) string { return truthName(m.Selected) }

func summand(g *trace.Aggregate, m *trace.Member) string {
	if m.Value.IsZero() || g.Expr.Of == nil || m.Selected.False() {
		return ""
	}
	return g.Expr.Of.Type().FormatUnit(m.Value)
}

// elements are the fields that an aggregate asks of each fact: those of its predicate
// first.
func elements(g *condition.Aggregate) []*facts.Field {
	var fs []*facts.Field
	for _, e := range []condition.Expr{g.Where, g.Of} {
		if e == nil {
			continue
		}
		condition.Walk(e, func(x condition.Expr) bool {
			if f, ok := x.(*condition.ElementField); ok && !slices.Contains(fs, f.Field) {
				fs = append(fs, f.Field)
			}
			return true
		})
	}
	return fs
}
