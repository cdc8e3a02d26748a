package compare

import (
	"slices"

	"truce/engine/trace"
	"truce/explain"
	"truce/explain/whynot"
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

// walk follows two proofs down to what differs.
type walk struct {
	*comparison
	path []Step
	seen map[string]bool
}

func (w *walk) add(s Step) { w.path = append(w.path, s) }

// facts goes on from what both sides have of one key.
func (w *walk) facts(p *pair) {
	if w.seen[p.name] {
		return
	}
	w.seen[p.name] = true
	switch {
	case len(p.a) == 0:
		w.lacking(p.name, w.b, p.b[0], w.a, secondHas)
	case len(p.b) == 0:
		w.lacking(p.name, w.a, p.a[0], w.b, firstHas)
	default:
		i, k := w.unlike(p)
		if sameFact(&w.a.Facts[i], &w.b.Facts[k]) {
			return
		}
		w.proofs(p.name, i, k)
	}
}

// unlike is the first fact of A that B does not have so, with the one of B that comes
// nearest to it.
func (w *walk) unlike(p *pair) (i, k int) {
	i, k = p.a[0], p.b[0]
	for _, x := range p.a {
		if !slices.ContainsFunc(p.b, func(y int) bool { return sameFact(&w.a.Facts[x], &w.b.Facts[y]) }) {
			i = x
			break
		}
	}
	for _, y := range p.b {
		if !slices.ContainsFunc(p.a, func(x int) bool { return sameFact(&w.a.Facts[x], &w.b.Facts[y]) }) {
			k = y
			break
		}
	}
	return i, k
}

// sides puts what two runs have at a step where it belongs.
type sides func(s Step, has, lacks Found) Step

func firstHas(s Step, has, lacks Found) Step  { s.A, s.B = has, lacks; return s }
func secondHas(s Step, has, lacks Found) Step { s.A, s.B = lacks, has; return s }

// lacking goes on from a fact that one side has and the other has not.
func (w *walk) lacking(name string, has *trace.Trace, fact int, lacks *trace.Trace, order sides) {
	j := least(has, fact)
	if j == nil {
		w.add(order(Step{Kind: "member", Text: name}, there(has, fact), absent()))
		return
	}
	w.add(order(Step{Kind: "member", Text: name}, Found{Rule: j.Rule.Name, Says: has.Facts[fact].Status.String(), At: j.Rule.Span.String()}, absent()))
	w.unconcluded(name, has, fact, lacks, order)
}

// unconcluded goes on with what blocks, on the side that lacks a fact, the rule that
// concluded it.
func (w *walk) unconcluded(name string, has *trace.Trace, fact int, lacks *trace.Trace, order sides) {
	j := least(has, fact)
	from := Found{Rule: j.Rule.Name, Says: has.Facts[fact].Status.String(), At: j.Rule.Span.String()}
	goal, err := whynot.Parse(lacks, whynot.Named(has, fact).String())
	if err != nil {
		w.add(order(Step{Kind: "text", Text: name}, from, Found{Says: "these rules cannot conclude it"}))
		return
	}
	if lacks.Pack.Rule(j.Rule.Name) == nil {
		w.add(order(Step{Kind: "text", Fact: name, Text: "rule " + j.Rule.Name}, from, Found{Says: "there is no such rule"}))
		return
	}
	var premises []string
	for _, f := range j.Premises {
		if w.factsNamed(keyName(&has.Facts[f])) {
			return
		}
		premises = append(premises, has.Facts[f].Name)
	}
	in, ok := w.asker(lacks).Blocked(goal, j.Rule.Name, premises)
	if !ok || len(in.Blockers) == 0 {
		w.readAll(has, j)
		return
	}
	b := &in.Blockers[0]
	mine := Found{Rule: j.Rule.Name, Truth: truthName(facts.BoolOf(b.Wanted)), At: b.At}
	a := atomOf(j, b.Text)
	if a != nil {
		mine = atomFound(j, a)
	}
	w.add(order(Step{Kind: "condition", Fact: name, Text: b.Text}, mine,
		Found{Rule: j.Rule.Name, Truth: b.Truth, Operands: b.Operands, At: b.At}))
	for _, way := range b.Ways {
		for _, n := range way.Needs {
			if w.named(n.Fact, n.Field) || n.Kind == "more" && w.ofType(n.Name) {
				return
			}
		}
	}
	if a == nil || !w.readsByName(has, &a.Reads) {
		w.readAll(has, j)
	}
}

// ofType goes on from the first fact of a type that differs.
func (w *walk) ofType(name string) bool {
	for _, t := range []*trace.Trace{w.a, w.b} {
		for i := range t.Facts {
			if f := &t.Facts[i]; f.Type.Name == name && w.factsNamed(keyName(f)) {
				return true
			}
		}
	}
	return false
}

// readAll goes on with the first thing that a justification read and that differs.
func (w *walk) readAll(t *trace.Trace, j *trace.Justification) {
	var all []*trace.Reads
	for i := range j.Steps {
		s := &j.Steps[i]
		all = append(all, &s.Reads)
		for n := range s.Atoms {
			all = append(all, &s.Atoms[n].Reads)
		}
	}
	for i := range j.Formulas {
		all = append(all, &j.Formulas[i].Reads)
	}
	for _, r := range all {
		if w.readsByName(t, r) {
			return
		}
	}
}

// readsByName goes on with what one side read, where the other side has no proof to
// follow: by the names of facts.
func (w *walk) readsByName(t *trace.Trace, r *trace.Reads) bool {
	for _, ref := range r.Fields {
		if w.named(t.Facts[ref.Fact].Name, ref.Field.Name) || w.factsNamed(keyName(&t.Facts[ref.Fact])) {
			return true
		}
	}
	for i := range r.Aggregates {
		for _, m := range r.Aggregates[i].Members {
			if w.factsNamed(keyName(&t.Facts[m.Fact])) {
				return true
			}
		}
		if w.ofType(r.Aggregates[i].Expr.Fact.Name) {
			return true
		}
	}
	for _, i := range r.Thresholds {
		if th, differs := w.threshold(t.Pack.Thresholds[i].Name); differs {
			w.add(Step{Kind: "threshold", Text: "threshold." + th.Name, A: th.A, B: th.B})
			return true
		}
	}
	return r.AsOf && w.date()
}

// named goes on with a field of facts that are called the same, if it differs.
func (w *walk) named(fact, name string) bool {
	i, inA := w.a.Find(fact)
	k, inB := w.b.Find(fact)
	if !inA || !inB || name == "" {
		return false
	}
	f, g := w.a.Facts[i].Type.Field(name), w.b.Facts[k].Type.Field(name)
	if f == nil || g == nil {
		return false
	}
	return w.fields(trace.FieldRef{Fact: i, Field: f}, trace.FieldRef{Fact: k, Field: g})
}

// proofs goes on from two concluded facts.
func (w *walk) proofs(name string, i, k int) {
	j, l := least(w.a, i), least(w.b, k)
	if j == nil || l == nil {
		if names := differing(&w.a.Facts[i], &w.b.Facts[k]); len(names) > 0 {
			w.add(Step{Kind: "field", Text: name + "." + names[0], A: field(w.a, i, names[0]), B: field(w.b, k, names[0])})
		}
		return
	}
	if j.Rule.Name != l.Rule.Name {
		w.add(Step{Kind: "rule", Fact: name, Text: name,
			A: Found{Rule: j.Rule.Name, Says: "by rule " + j.Rule.Name, At: j.Rule.Span.String()},
			B: Found{Rule: l.Rule.Name, Says: "by rule " + l.Rule.Name, At: l.Rule.Span.String()}})
	}
	if w.turned(name, j, l) {
		return
	}
	if j.Rule.Name != l.Rule.Name {
		n := len(w.path)
		if w.unconcluded(name, w.a, i, w.b, firstHas); len(w.path) == n {
			w.unconcluded(name, w.b, k, w.a, secondHas)
		}
		return
	}
	for n, field := range j.Rule.Then[j.Conclusion].Fact.Fields {
		other := l.Rule.Then[l.Conclusion].Fact.Field(field.Name)
		if other == nil {
			continue
		}
		e, f := &j.Formulas[n], &l.Formulas[other.Index]
		if field.Type.FormatUnit(e.Value) == other.Type.FormatUnit(f.Value) {
			continue
		}
		w.add(Step{Kind: "value", Fact: name, Text: field.Name + " = " + e.Expr.Text(),
			A: Found{Rule: j.Rule.Name, Value: explain.Value{Type: field.Type, Value: e.Value}, At: e.Expr.Span().String()},
			B: Found{Rule: l.Rule.Name, Value: explain.Value{Type: other.Type, Value: f.Value}, At: f.Expr.Span().String()}})
		w.expressions(name, place{j, e.Expr, &e.Reads}, place{l, f.Expr, &f.Reads})
		return
	}
	w.premises(j, l)
}

// turned goes on from the first comparison that both proofs made and that turned out
// otherwise, and is false where there is none.
func (w *walk) turned(name string, j, l *trace.Justification) bool {
	for i := range j.Steps {
		for n := range j.Steps[i].Atoms {
			a := &j.Steps[i].Atoms[n]
			b := atomOf(l, a.Expr.Text())
			if b == nil || truthName(a.Truth) == truthName(b.Truth) {
				continue
			}
			w.add(Step{Kind: "condition", Fact: name, Text: a.Expr.Text(), A: atomFound(j, a), B: atomFound(l, b)})
			w.expressions(name, place{j, a.Expr, &a.Reads}, place{l, b.Expr, &b.Reads})
			return true
		}
	}
	return false
}

// premises goes on from the first premise that differs: the facts hold for the same
// reasons but for one that is not sure.
func (w *walk) premises(j, l *trace.Justification) {
	for slot := range j.Premises {
		if slot >= len(l.Premises) {
			return
		}
		f, g := &w.a.Facts[j.Premises[slot]], &w.b.Facts[l.Premises[slot]]
		if f.Status != g.Status || keyName(f) != keyName(g) {
			w.factsNamed(keyName(f))
			return
		}
	}
}

// factsNamed goes on from a key, and is false where nothing about it differs.
func (w *walk) factsNamed(name string) bool {
	p := w.by[name]
	if p == nil {
		return false
	}
	n := len(w.path)
	w.facts(p)
	return len(w.path) > n
}

// atomOf is the comparison of that text in a justification, or nil.
func atomOf(j *trace.Justification, text string) *trace.Atom {
	for i := range j.Steps {
		for n := range j.Steps[i].Atoms {
			if a := &j.Steps[i].Atoms[n]; a.Expr.Text() == text {
				return a
			}
		}
	}
	return nil
}

func atomFound(j *trace.Justification, a *trace.Atom) Found {
	f := Found{Rule: j.Rule.Name, Truth: truthName(a.Truth), At: a.Expr.Span().String()}
	for _, o := range a.Operands {
		if _, literal := o.Expr.(*condition.Literal); !literal && !o.Value.IsZero() && o.Expr != a.Expr {
			f.Operands = append(f.Operands, explain.Operand{Text: o.Expr.Text(), Value: explain.Value{Type: o.Expr.Type(), Value: o.Value}})
		}
	}
	return f
}

func truthName(v facts.Value) string {
	switch {
	case v.Fault() != nil:
		return "error"
	case v.True():
		return "true"
	case v.False():
		return "false"
	}
	return "unknown"
}

// letOf is the step of a justification that bound a value, or nil.
func letOf(j *trace.Justification, slot int) *trace.Step {
	for i := range j.Steps {
		if s := &j.Steps[i]; s.Step.Kind == rules.Let && s.Step.Slot == slot {
			return s
		}
	}
	return nil
}
