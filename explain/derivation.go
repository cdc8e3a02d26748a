package explain

import (
	"slices"

	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

func (b *builder) derivation(index int) Derivation {
	j := &b.t.Justifications[index]
	r := j.Rule
	d := Derivation{Rule: r.Name, Theme: r.Theme, Extension: r.Extension, Says: b.says(j), Cites: r.Cites, At: r.Span.String(),
		Status: j.Status.String(), Height: j.Height}
	if r.Row != nil {
		d.Table, d.Row = r.Row.Table, r.Row.Name
	}
	for _, e := range needed(b.t, j) {
		for _, ref := range directFields(e.reads) {
			b.read[ref] = true
		}
	}
	uses := b.needs.facts(j)
	for i := range j.Steps {
		b.step(&d, j, &j.Steps[i], uses)
	}
	for i := range j.Formulas {
		f := &j.Formulas[i]
		field := r.Then[j.Conclusion].Fact.Fields[i]
		d.Formulas = append(d.Formulas, Formula{Field: field.Name, Text: f.Expr.Text(), Value: Value{field.Type, f.Value},
			At: f.Expr.Span().String(), Atoms: b.atoms(j, f.Expr, atomsWithin(b.t, j, f.Expr, f.Value, &f.Reads)),
			Reads: b.reads(j, &f.Reads)})
	}
	for _, p := range uses {
		d.Uses = append(d.Uses, b.ids.of(p))
	}
	return d
}

func (b *builder) step(d *Derivation, j *trace.Justification, s *trace.Step, uses []int) {
	at := s.Step.Span.String()
	switch s.Step.Kind {
	case rules.Pattern:
		f := j.Premises[s.Step.Slot]
		d.Bindings = append(d.Bindings, Binding{s.Step.Name, b.t.Facts[f].Name, b.ids.of(f), slices.Contains(uses, f), at})
	case rules.Let:
		e := s.Step.Expr
		d.Lets = append(d.Lets, Let{s.Step.Name, s.Step.Text, Value{e.Type(), s.Value}, at,
			b.atoms(j, e, atomsWithin(b.t, j, e, s.Value, &s.Reads)), b.reads(j, &s.Reads)})
	case rules.Condition:
		d.Conditions = append(d.Conditions, b.condition(j, s))
	}
}

func (b *builder) condition(j *trace.Justification, s *trace.Step) Condition {
	return Condition{Text: s.Step.Text, Truth: truthName(s.Truth), At: s.Step.Span.String(), NotRow: s.Step.NotRow,
		Atoms: b.atoms(j, s.Step.Expr, s.Atoms)}
}

func (b *builder) atoms(j *trace.Justification, e condition.Expr, atoms []trace.Atom) []Atom {
	var list []Atom
	decides := decisive(e, atoms)
	for i := range atoms {
		a := b.atom(j, &atoms[i])
		a.Decides = decides[i]
		list = append(list, a)
	}
	return list
}

func (b *builder) atom(j *trace.Justification, a *trace.Atom) Atom {
	out := Atom{Text: a.Expr.Text(), Truth: truthName(a.Truth), Negated: a.Negated, Mark: atomMark(b.t, j, a),
		At: a.Expr.Span().String(), Reads: b.reads(j, &a.Reads)}
	for _, o := range a.Operands {
		out.Operands = append(out.Operands, Operand{o.Expr.Text(), Value{o.Expr.Type(), o.Value}})
	}
	if !a.Margin.IsZero() {
		out.Margin = Value{marginType(a), a.Margin}
	}
	return out
}

// Level is the unit of a margin between levels of a scale.
const Level facts.Unit = "level"

// marginType is the type of a margin: the operands' unit; levels of a scale and
// days are counted.
func marginType(a *trace.Atom) facts.Type {
	of := a.Operands[0].Expr.Type()
	t := facts.Type{Kind: a.Margin.Kind(), Unit: of.Unit}
	switch of.Kind {
	case facts.Date:
		t.Unit = facts.Day
	case facts.Scale:
		t.Unit = Level
	}
	return t
}

// atomMark is the mark of an atom wherever it stands.
func atomMark(t *trace.Trace, j *trace.Justification, a *trace.Atom) Mark {
	g := newGrounds(t)
	g.reads(j, &a.Reads)
	if len(g.fields) > 0 {
		return g.mark().orElse(Computed)
	}
	return thresholdsMark(t, a.Reads.Thresholds).orElse(Computed)
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

func (b *builder) reads(j *trace.Justification, r *trace.Reads) Reads {
	out := Reads{AsOf: r.AsOf}
	for _, ref := range r.Fields {
		out.Fields = append(out.Fields, FieldName(b.t, ref))
	}
	for _, slot := range r.Slots {
		if s := letOf(j, slot); s != nil {
			out.Names = append(out.Names, s.Step.Name)
		}
	}
	for _, i := range r.Thresholds {
		b.used[i] = true
		out.Thresholds = append(out.Thresholds, b.t.Pack.Thresholds[i].Name)
	}
	for i := range r.Aggregates {
		out.Aggregates = append(out.Aggregates, b.aggregate(&r.Aggregates[i]))
	}
	return out
}

func (b *builder) aggregate(a *trace.Aggregate) Aggregate {
	out := Aggregate{Text: a.Expr.Text(), Form: a.Expr.Form.String(), Type: a.Expr.Fact.Name,
		Value: Value{a.Expr.Type(), a.Value}, At: a.Expr.Span().String(), Open: b.open(a.Expr.Fact)}
	for _, m := range a.Members {
		member := Member{Fact: b.t.Facts[m.Fact].Name, Selected: truthName(m.Selected)}
		if !m.Value.IsZero() {
			member.Value = Value{a.Expr.Of.Type(), m.Value}
		}
		if b.in[m.Fact] {
			member.Node = b.ids.of(m.Fact)
		}
		b.rivals(&member, m.Fact)
		if m.Selected.False() {
			out.Excluded = append(out.Excluded, member)
		} else {
			out.Counted = append(out.Counted, member)
		}
	}
	if len(out.Counted) == 0 && a.Expr.Where != nil && a.Expr.Form != condition.All {
		out.Wanted = a.Expr.Where.Text()
	}
	return out
}

// rivals says of a member that need not be there how it stands to the other facts
// of its key, as totals take it.
func (b *builder) rivals(m *Member, f int) {
	fact := &b.t.Facts[f]
	if fact.Status == trace.Certain {
		return
	}
	for _, r := range fact.Alternatives {
		if b.t.Facts[r].Status == trace.Certain {
			m.Rivals, m.RuledOutBy = nil, b.t.Facts[r].Name
			return
		}
		m.Rivals = append(m.Rivals, b.t.Facts[r].Name)
	}
}
