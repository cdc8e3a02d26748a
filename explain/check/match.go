package check

import (
	"slices"
	"strings"

	"truce/explain/record"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
	"truce/rules/condition"
	"truce/rules/eval"

	"truce/engine/trace"
)

// match is the search for all instances of one rule.
type match struct {
	*checker
	rule   *rules.Rule
	weight condition.Expr // of a line
	joins  []*join        // by step; nil where a pattern is not looked up
	facts  []eval.Fact
	values []facts.Value
	masked []bool // which of the values rest on masked ones

	instances []record.Justification
}

// join says that a pattern's field equals what is bound before it.
type join struct {
	field *facts.Field
	to    condition.Expr
}

// index has the facts of a type by the value of a field, and apart those in which it
// is not known.
type index struct {
	known map[string][]int
	wide  []int
}

// try finds the instances of a rule: one justification for each of its conclusions, or
// one of a line of the report.
func (c *checker) try(r *rules.Rule, weight condition.Expr) []record.Justification {
	m := &match{checker: c, rule: r, weight: weight, joins: joinsOf(r),
		facts: make([]eval.Fact, r.FactSlots), values: make([]facts.Value, r.ValueSlots), masked: make([]bool, r.ValueSlots)}
	m.step(0)
	return m.instances
}

// joinsOf finds for each pattern a later condition, or a part of one that "and" joins,
// which is an equality with what is bound before the pattern. Where it is false the
// instance is, whatever else its conditions are.
func joinsOf(r *rules.Rule) []*join {
	joins := make([]*join, len(r.When))
	facts, values := map[int]bool{}, map[int]bool{}
	for n, s := range r.When {
		switch s.Kind {
		case rules.Let:
			values[s.Slot] = true
		case rules.Pattern:
			for _, later := range r.When[n+1:] {
				if later.Kind == rules.Condition && joins[n] == nil {
					joins[n] = joinIn(later.Expr, s.Slot, facts, values)
				}
			}
			facts[s.Slot] = true
		}
	}
	return joins
}

func joinIn(e condition.Expr, slot int, boundFacts, boundValues map[int]bool) *join {
	b, ok := e.(*condition.Binary)
	switch {
	case ok && b.Op == condition.And:
		if j := joinIn(b.X, slot, boundFacts, boundValues); j != nil {
			return j
		}
		return joinIn(b.Y, slot, boundFacts, boundValues)
	case !ok || b.Op != condition.Eq:
		return nil
	}
	for _, side := range [...][2]condition.Expr{{b.X, b.Y}, {b.Y, b.X}} {
		f, ok := side[0].(*condition.FieldOf)
		if !ok || f.Slot != slot || side[1].Type().Kind != f.Field.Type.Kind {
			continue
		}
		bound := true
		condition.Walk(side[1], func(e condition.Expr) bool {
			switch e := e.(type) {
			case *condition.FieldOf:
				bound = bound && boundFacts[e.Slot]
			case *condition.Variable:
				bound = bound && boundValues[e.Slot]
			case *condition.Aggregate:
				bound = false
			}
			return bound
		})
		if bound {
			return &join{f.Field, side[1]}
		}
	}
	return nil
}

// candidates are the facts that may stand in a pattern.
func (m *match) candidates(n int) []int {
	s, j := m.rule.When[n], m.joins[n]
	all := m.byType[s.Fact.Index]
	if j == nil {
		return all
	}
	v := m.eval(j.to)
	if v.Fault() != nil || !v.IsKnown() {
		return all
	}
	x := m.indexes[j.field]
	if x == nil {
		x = &index{known: map[string][]int{}}
		for _, i := range all {
			if w := m.list[i].values[j.field.Index]; w.IsKnown() {
				form := formOf(s.Fact, []facts.Value{w})
				x.known[form] = append(x.known[form], i)
			} else {
				x.wide = append(x.wide, i)
			}
		}
		m.indexes[j.field] = x
	}
	return append(slices.Clip(x.known[formOf(s.Fact, []facts.Value{v})]), x.wide...)
}

func (m *match) eval(e condition.Expr) facts.Value {
	m.env.Facts, m.env.Values = m.facts, m.values
	return eval.Eval(e, m.env)
}

// step goes on from a line of "when" where nothing before it is false.
func (m *match) step(n int) {
	if n == len(m.rule.When) {
		m.instance()
		return
	}
	switch s := m.rule.When[n]; s.Kind {
	case rules.Pattern:
		for _, i := range m.candidates(n) {
			m.facts[s.Slot] = m.bound(i)
			m.step(n + 1)
		}
	case rules.Let:
		m.values[s.Slot], m.masked[s.Slot] = m.eval(s.Expr), m.rests(s.Expr)
		m.step(n + 1)
	default:
		if !m.eval(s.Expr).False() {
			m.step(n + 1)
		}
	}
}

// instance writes an instance of the rule, unless what is taken of masked values makes it
// false.
func (m *match) instance() {
	j := record.Justification{Rule: m.rule.Name, Conclusion: min(0, len(m.rule.Then)-1), Fact: -1, Status: trace.Possible.String(),
		Premises: []int{}, Steps: []record.Step{}, Formulas: []record.Formula{}}
	firm := true
	for _, f := range m.facts {
		j.Premises = append(j.Premises, f.Ref)
		firm = firm && m.list[f.Ref].certain
	}
	m.env.Facts, m.env.Values = m.facts, m.values
	var says []rules.Part // of a line
	if len(m.rule.Then) == 0 {
		says = m.rule.Says.Parts
	}
	was, found := m.was(&j, len(says))
	t := taking{match: m, absent: !found}
	truth := facts.BoolOf(true)
	for n, s := range m.rule.When {
		j.Total = j.Total || m.shared(n, truth)
		step, holds := t.step(s, was.Steps[n])
		j.Steps, truth = append(j.Steps, step), eval.And(truth, holds)
	}
	j.Total = j.Total || m.shared(len(m.rule.When), truth)
	if t.absent && !truth.False() {
		t.took = nil // it is missing, whatever the masked values are
	}
	if m.open.add(t.took, m.names(&j), t.absent); truth.False() {
		return
	}
	if firm && truth.Fault() != nil {
		m.fault(ErrRun, truth.Fault().Span, "rule %s ends in an error for %s: %s", m.rule.Name, m.names(&j), truth.Fault().Message)
	}
	if firm && truth.True() {
		j.Status = trace.Certain.String()
	}
	for n, c := range m.rule.Then {
		m.total = m.total || c.Fact == m.pack.Goal.Type && j.Total && firm
		m.conclude(n, c, j)
	}
	if len(m.rule.Then) > 0 {
		return
	}
	for i, p := range says {
		j.Formulas = append(j.Formulas, m.formula(p.Expr, was.Formulas[i].Reads))
	}
	if m.weight != nil {
		w := m.eval(m.weight)
		if j.Weight = record.Encode(w, facts.Type{Kind: w.Kind()}); m.rests(m.weight) {
			j.Weight = record.MaskedValue
		}
	}
	m.instances = append(m.instances, m.high(j))
}

// shared reports whether a row's table is total and what its rows share, the lines up to
// one, is true.
func (m *match) shared(n int, truth facts.Value) bool {
	row := m.rule.Row
	return row != nil && n == row.Common && row.Total && truth.True()
}

// conclude computes the fields of a conclusion and finds the fact.
func (m *match) conclude(n int, c *rules.Conclusion, j record.Justification) {
	values := make([]facts.Value, len(c.Fields))
	j.Conclusion, j.Formulas = n, make([]record.Formula, len(c.Fields))
	was, _ := m.was(&j, len(c.Fields))
	for i, e := range c.Fields {
		field := c.Fact.Fields[i]
		v := eval.Fit(m.eval(e), field, e.Span())
		if f := v.Fault(); f != nil {
			if j.Status == trace.Certain.String() {
				m.fault(ErrRun, f.Span, "rule %s ends in an error for %s: %s", m.rule.Name, m.names(&j), f.Message)
			}
			v = field.Type.Unknown()
		}
		values[i], j.Formulas[i] = v, m.formula(e, was.Formulas[i].Reads)
		if !m.rests(e) {
			j.Formulas[i].Value = record.Encode(v, e.Type())
		}
	}
	same := m.forms[m.formOf(c.Fact, values)]
	at := slices.IndexFunc(same, func(i int) bool { return m.list[i].is(values) })
	if at < 0 {
		m.fault(ErrMissing, m.rule.Span, "rule %s holds for %s and concludes %s, which is not in the record",
			m.rule.Name, m.names(&j), trace.Name(c.Fact, values, true))
		return
	}
	j.Fact = same[at]
	m.list[j.Fact].concludes(values, func(i int) bool { return m.rests(c.Fields[i]) })
	m.instances = append(m.instances, m.high(j))
}

// high gives a justification its height: one more than the highest fact that it stands
// on, be it a premise or one that an aggregate looked at.
func (m *match) high(j record.Justification) record.Justification {
	j.Height = 1
	on := func(i int) { j.Height = max(j.Height, m.list[i].Height+1) }
	read := func(r *record.Reads) {
		if r != nil {
			for _, a := range r.Aggregates {
				for _, member := range a.Members {
					on(member.Fact)
				}
			}
		}
	}
	for _, p := range j.Premises {
		on(p)
	}
	for _, s := range j.Steps {
		read(s.Reads)
		for _, a := range s.Atoms {
			read(a.Reads)
		}
	}
	for _, f := range j.Formulas {
		read(f.Reads)
	}
	return j
}

// formula writes an expression, and takes what masked values leave open from what the
// recorded one read.
func (m *match) formula(e condition.Expr, was *record.Reads) record.Formula {
	if e == nil {
		return record.Formula{}
	}
	v, reads := eval.Recorded(e, m.env)
	t := taking{match: m}
	t.members(&reads, was)
	m.open.add(t.took, m.rule.Name, false)
	f := record.FormulaOf(m.pack, e, v, &reads)
	if m.rests(e) {
		f.Mask()
	}
	return f
}

// place is the line of a rule that came to something else.
func (c *checker) place(want, got *record.Justification) source.Span {
	r := c.pack.Rule(want.Rule)
	if r == nil {
		return source.Span{}
	}
	for i, s := range r.When {
		if i < len(got.Steps) && !record.Same(want.Steps[i], got.Steps[i]) {
			return s.Span
		}
	}
	return r.Span
}

// names are the premises of a justification.
func (c *checker) names(j *record.Justification) string {
	list := []string{}
	for _, p := range j.Premises {
		list = append(list, c.list[p].Name)
	}
	if len(list) == 0 {
		return "any facts"
	}
	return strings.Join(list, ", ")
}
