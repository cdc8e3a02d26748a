package analyse

import (
	"fmt"
	"slices"
	"strings"

	"truce/engine/trace"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
	"truce/rules/condition"
)

// kindOf is what a rule is called: a rule, a row of a table, a line of the report.
func kindOf(r *rules.Rule) string {
	switch {
	case len(r.Then) == 0:
		return "line"
	case r.Row != nil:
		return "row"
	}
	return "rule"
}

// called is a rule with what it is: "rule storm", "row course/storm".
func called(r *rules.Rule) string { return kindOf(r) + " " + r.Name }

// own reports whether a line of a rule says something else than that an earlier row
// does not hold.
func own(s *rules.Step) bool { return s.NotRow == "" }

// isShadowed reports whether a dead row would fire were it not for earlier rows.
func (w *work) isShadowed(r *rules.Rule) bool {
	if r.Row == nil || r.Row.Hit != rules.First || !slices.ContainsFunc(r.When, func(s *rules.Step) bool { return !own(s) }) || w.starved(r) != nil {
		return false
	}
	p := w.problem()
	p.holds(p.bind(r, nil), own)
	return !p.solve(stepsOfRule).refuted
}

// neverFires reports what is proved never to fire.
func (w *work) neverFires() error {
	if err := w.decide(); err != nil {
		return err
	}
	for _, r := range w.all {
		switch f := w.fate[r]; {
		case f.dead && !w.isShadowed(r):
			if err := w.deadRule(r); err != nil {
				return err
			}
		case !f.dead && !f.alive:
			w.undecided(NeverFires.At(r.Span, "whether %s can fire is not decided", called(r)))
		}
	}
	return nil
}

// deadRule reports a rule with the least of its lines that cannot be together.
func (w *work) deadRule(r *rules.Rule) error {
	if s := w.starved(r); s != nil {
		why := "no rule concludes"
		if len(w.producers[s.Fact.Index]) > 0 {
			why = "no rule that can fire concludes"
		}
		w.report(NeverFires.At(r.Span, "%s can never fire: %s %s", called(r), why, s.Fact.Name).
			See(s.Span, "it needs one"), Proved, nil)
		return nil
	}
	if w.fate[r].hunted {
		w.report(NeverFires.At(r.Span, "%s can never fire: what the rules conclude never makes its lines hold", called(r)), Proved, nil)
		return nil
	}
	p := w.problem()
	b := p.bind(r, nil)
	p.holds(b, nil)
	core := p.core(stepsOfRule)
	if len(core) == 0 {
		return nil
	}
	d := NeverFires.At(r.Span, "%s can never fire: %s", called(r), neverHold(core))
	for _, m := range core {
		d = d.See(m.step.Span, "this line")
	}
	d = p.ranges(d, core)
	witness, err := p.without(core[len(core)-1], w.caseID(NeverFires, r), func(run *rerun) bool {
		return run.trace != nil && run.status(r) == 0
	})
	w.report(d, Proved, witness)
	return err
}

func neverHold(core []*demand) string {
	texts := make([]string, len(core))
	for i, m := range core {
		texts[i] = m.step.Text
	}
	if len(texts) == 1 {
		return texts[0] + " never holds"
	}
	return strings.Join(texts[:len(texts)-1], ", ") + " and " + texts[len(texts)-1] + " never hold together"
}

// core is a least list of demands that no point answers: without any of them some
// point may.
func (p *problem) core(budget int) []*demand {
	core := slices.Clone(p.demands)
	for i := len(core) - 1; i >= 0; i-- {
		rest := slices.Delete(slices.Clone(core), i, i+1)
		if p.with(rest).solve(budget).refuted {
			core = rest
		}
	}
	return core
}

// with is the problem with other demands.
func (p *problem) with(demands []*demand) *problem {
	q := *p
	q.demands = demands
	return &q
}

// without is facts that answer all demands but one, if they can be stated and run as
// they should.
func (p *problem) without(d *demand, id string, shows func(*rerun) bool) (*Witness, error) {
	if !p.isStated() {
		return nil, nil
	}
	res := p.with(slices.DeleteFunc(slices.Clone(p.demands), func(e *demand) bool { return e == d })).solve(stepsOfRule)
	if res.point == nil {
		return nil, nil
	}
	return p.work.witness(p.caseOf(id, res.point), shows)
}

// witness runs a case, and gives it where it shows what it should.
func (w *work) witness(c *facts.Case, shows func(*rerun) bool) (*Witness, error) {
	run, err := w.engine.shown(c, shows)
	if run == nil {
		return nil, err
	}
	return &run.witness, nil
}

// caseID names the case of a finding about some rules.
func (w *work) caseID(c source.Code, about ...*rules.Rule) string {
	id := strings.ToLower(c.ID)
	for _, r := range about {
		id += "-" + r.Name
	}
	return id
}

// ranges adds what the values that demands depend on may be, and the thresholds that
// they read.
func (p *problem) ranges(d source.Diagnostic, demands []*demand) source.Diagnostic {
	said := map[string]bool{}
	see := func(at facts.Span, text string) {
		if !said[text] {
			said[text] = true
			d = d.See(at, "%s", text)
		}
	}
	for _, m := range demands {
		for _, i := range m.uses {
			s := p.slots[i]
			if s.kind != ofField || s.whole.IsUnknown() && s.field.Type.Range == nil && s.symbols == nil {
				continue
			}
			name, says := s.thing.typ.Name+"."+s.field.Name, "is"
			if s.thing.typ.Concluded {
				says = "is concluded as"
			}
			value := s.field.Type.FormatUnit(s.whole)
			switch {
			case s.symbols != nil:
				value = strings.Join(s.symbols, " or ")
			case s.whole.IsUnknown():
				value = s.field.Type.FormatUnit(*s.field.Type.Range)
			}
			see(s.field.Span, fmt.Sprintf("%s %s %s", name, says, value))
		}
		for _, e := range m.all {
			p.thresholds(e, see)
		}
	}
	return d
}

func (p *problem) thresholds(e condition.Expr, see func(facts.Span, string)) {
	condition.Walk(e, func(e condition.Expr) bool {
		switch e := e.(type) {
		case *condition.Threshold:
			if t := p.work.pack.Thresholds[e.Index]; t.Table == nil {
				see(t.Span, fmt.Sprintf("threshold.%s is %s", t.Name, t.Type.FormatUnit(t.Value)))
			}
		case *condition.Variable:
			if s := p.slots[e.Slot]; s.expr != nil && !s.free() {
				p.thresholds(s.expr, see)
			}
		}
		return true
	})
}

// shadowed reports rows whose conditions hold only where an earlier row does.
func (w *work) shadowed() error {
	for _, r := range w.pack.Rules {
		if !w.dead(r) || !w.isShadowed(r) {
			continue
		}
		p := w.problem()
		p.holds(p.bind(r, nil), nil)
		core := p.core(stepsOfRule)
		var names []string
		var before []*demand
		for _, m := range core {
			if !own(m.step) {
				names, before = append(names, m.step.NotRow), append(before, m)
			}
		}
		d := Shadowed.At(r.Span, "row %s is never taken: wherever its conditions hold, row %s does", r.Name, strings.Join(names, " or "))
		for _, m := range before {
			d = d.See(m.step.Span, "row %s comes first", m.step.NotRow)
		}
		d = p.ranges(d, core).Suggest("move it before row %s, or take it out", names[0])
		witness, err := w.shadow(r, w.rowsOf(r, names))
		if err != nil {
			return err
		}
		w.report(d, Proved, witness)
	}
	return nil
}

// rowsOf are rows of the table of one, by name.
func (w *work) rowsOf(r *rules.Rule, names []string) []*rules.Rule {
	var list []*rules.Rule
	for _, other := range w.pack.Rules {
		if other.Row != nil && other.Row.Table == r.Row.Table && slices.Contains(names, other.Row.Name) {
			list = append(list, other)
		}
	}
	return list
}

// shadow is facts on which the conditions of a row hold, and an earlier row is taken.
func (w *work) shadow(r *rules.Rule, earlier []*rules.Rule) (*Witness, error) {
	id := w.caseID(Shadowed, r)
	shows := func(run *rerun) bool {
		return run.trace != nil && run.status(r) == 0 &&
			slices.ContainsFunc(earlier, func(e *rules.Rule) bool { return run.status(e) == trace.Certain })
	}
	p := w.problem()
	p.holds(p.bind(r, nil), own)
	if res := p.solve(stepsOfRule); res.point != nil && p.isStated() {
		witness, err := w.witness(p.caseOf(id, res.point), shows)
		if witness != nil || err != nil {
			return witness, err
		}
	}
	if len(p.demands) > 0 {
		return nil, nil // its own conditions must hold, which no run shows
	}
	for _, e := range earlier {
		run, err := w.hunt(id, []*rules.Rule{e}, shows)
		if err != nil {
			return nil, err
		}
		if run != nil {
			return &run.witness, nil
		}
	}
	return nil, nil
}
