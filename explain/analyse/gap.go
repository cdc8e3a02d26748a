package analyse

import (
	"math/bits"
	"slices"
	"strings"

	"truce/facts"
	"truce/rules"
)

// tables are the rows of each table that has no row for every case, in pack order. One
// that collects rows need not have any that holds.
func (w *work) tables() [][]*rules.Rule {
	var list [][]*rules.Rule
	for _, r := range w.pack.Rules {
		switch {
		case r.Row == nil || r.Row.Total || r.Row.Hit == rules.Collect:
		case len(list) > 0 && list[len(list)-1][0].Row.Table == r.Row.Table:
			list[len(list)-1] = append(list[len(list)-1], r)
		default:
			list = append(list, []*rules.Rule{r})
		}
	}
	return list
}

// shared reports whether a line of a row is one that all rows of its table share.
func shared(r *rules.Rule) func(*rules.Step) bool {
	return func(s *rules.Step) bool { return s.Index < r.Row.Common }
}

// tableGaps reports facts on which no row of a table holds.
func (w *work) tableGaps() error {
	for _, rows := range w.tables() {
		if err := w.tableGap(rows); err != nil {
			return err
		}
	}
	return nil
}

func (w *work) tableGap(rows []*rules.Rule) error {
	first := rows[0]
	if w.starved(first) != nil {
		return nil
	}
	p := w.problem()
	x := p.bind(first, nil)
	p.holds(x, shared(first))
	for _, r := range rows {
		common := shared(r)
		p.fails(p.bind(r, x.things), func(s *rules.Step) bool { return !common(s) && own(s) })
	}
	res := p.solve(stepsOfGap)
	if res.refuted {
		return nil
	}
	t := first.Then[0].Fact
	at := rows[len(rows)-1].Span
	shows := func(run *rerun) bool { return run.trace != nil && !run.concludes(t) }
	var witness *Witness
	var err error
	covered := false
	if res.point != nil && p.isStated() {
		witness, err = w.witness(p.caseOf(w.caseID(TableGap, first), res.point), shows)
	}
	if witness == nil && err == nil && w.certainlyShared(first) {
		witness, covered, err = w.huntGap(w.caseID(TableGap, first), t, shows)
	}
	switch {
	case err != nil || covered:
		return err
	case witness == nil:
		w.undecided(TableGap.At(at, "whether table %s covers all cases is not decided", first.Row.Table))
		return nil
	}
	w.gaps = append(w.gaps, t)
	d := TableGap.At(at, "table %s has a gap: there are facts on which no row of it holds, and no %s is concluded", first.Row.Table, t.Name).
		Suggest("add a last row without a condition, for all other cases")
	w.report(d, Witnessed, witness)
	return nil
}

// certainlyShared reports whether the rows of a table share nothing but patterns over
// types of which there is one.
func (w *work) certainlyShared(r *rules.Rule) bool {
	return !slices.ContainsFunc(r.When[:r.Row.Common], func(s *rules.Step) bool {
		return s.Kind == rules.Condition || s.Kind == rules.Pattern && !alone(s.Fact)
	})
}

// levelGaps reports levels and symbols that none of several rules covers, each of which
// is for some of them.
func (w *work) levelGaps() error {
	for _, list := range w.groups() {
		if len(list) < 2 || slices.ContainsFunc(list, func(c conclusion) bool { return c.rule.Row != nil }) {
			continue
		}
		for _, field := range w.told(list) {
			if err := w.levelGap(list, field); err != nil {
				return err
			}
		}
	}
	return nil
}

// told are the fields of whose symbols or levels each rule of some is for its own.
func (w *work) told(list []conclusion) []*facts.Field {
	var fields []*facts.Field
	first := w.footprint(list[0].rule)
	for field, e := range first.at {
		k := field.Type.Kind
		var taken uint64
		if e.places != 0 && (k == facts.Scale || k == facts.Enum) && !slices.ContainsFunc(list, func(c conclusion) bool {
			places := w.footprint(c.rule).on(field).places
			shared := places == 0 || places&taken != 0
			taken |= places
			return shared
		}) {
			fields = append(fields, field)
		}
	}
	slices.SortFunc(fields, func(a, b *facts.Field) int { return a.Span.Compare(b.Span) })
	return fields
}

func (w *work) levelGap(list []conclusion, field *facts.Field) error {
	var covered uint64
	for _, c := range list {
		covered |= w.footprint(c.rule).on(field).places
	}
	names := field.Type.Names.List
	missing := ^covered & (1<<uint(len(names)) - 1)
	if missing == 0 || bits.OnesCount64(covered) < 2 || bits.OnesCount64(missing) > bits.OnesCount64(covered) {
		return nil
	}
	typ := w.typeOf(field)
	if typ == nil {
		return nil
	}
	t := list[0].of.Fact
	var levels []string
	for i, name := range names {
		if missing&(1<<uint(i)) != 0 {
			levels = append(levels, name)
		}
	}
	last := list[len(list)-1]
	d := LevelGap.At(last.rule.Span, "no rule concludes %s where %s.%s is %s", t.Name, typ.Name, field.Name, strings.Join(levels, " or "))
	for _, c := range list {
		d = d.See(c.rule.Span, "%s is for %s", called(c.rule), strings.Join(placesOf(names, w.footprint(c.rule).on(field).places), " or "))
	}
	var witness *Witness
	var err error
	if !typ.Concluded {
		c := w.emptyCase(w.caseID(LevelGap, last.rule) + "-" + levels[0])
		f := emptyFact(typ)
		f.Data[field.Index] = facts.Datum{Value: valueNamed(field.Type, levels[0]), Given: true}
		c.Facts = append(c.Facts, f)
		w.fillExact(c)
		witness, err = w.witness(c, func(run *rerun) bool {
			return run.trace != nil && !slices.ContainsFunc(list, func(c conclusion) bool { return run.status(c.rule) != 0 })
		})
	}
	w.report(d, Proved, witness)
	return err
}

func placesOf(names []string, places uint64) []string {
	var list []string
	for i, name := range names {
		if places&(1<<uint(i)) != 0 {
			list = append(list, name)
		}
	}
	return list
}

func valueNamed(t facts.Type, name string) facts.Value {
	if t.Kind == facts.Enum {
		return facts.EnumOf(name)
	}
	return facts.ScaleOf(t.Names.Index(name))
}

// typeOf is the type that has a field.
func (w *work) typeOf(field *facts.Field) *facts.FactType {
	for _, t := range w.pack.Schema.Types {
		if field.Index < len(t.Fields) && t.Fields[field.Index] == field {
			return t
		}
	}
	return nil
}

// noAnswer reports facts on which the goal is not concluded.
func (w *work) noAnswer() error {
	t := w.pack.Goal.Type
	if slices.Contains(w.gaps, t) {
		return nil // a table's gap has said so
	}
	shows := func(run *rerun) bool { return run.trace != nil && !run.concludes(t) }
	id := w.caseID(NoAnswer) + "-" + strings.ToLower(t.Name)
	c := w.emptyCase(id)
	w.fillExact(c)
	answered := false
	witness, err := w.witness(c, shows)
	if witness == nil && err == nil {
		witness, answered, err = w.huntGap(id, t, shows)
	}
	switch {
	case err != nil:
		return err
	case witness != nil:
		d := NoAnswer.At(w.pack.Goal.Field.Span, "there are facts on which no rule concludes %s, the goal", t.Name)
		for _, r := range w.producers[t.Index] {
			d = d.See(r.Span, "%s does not hold", called(r))
		}
		w.report(d, Witnessed, witness)
	case !answered:
		w.undecided(NoAnswer.At(w.pack.Goal.Field.Span, "whether all facts have an answer is not decided"))
	}
	return nil
}

// unreached reports values of the goal that only rules conclude which never fire.
func (w *work) unreached() error {
	goal := w.pack.Goal
	live, dead := map[string]bool{}, map[string][]*rules.Rule{}
	for _, r := range w.producers[goal.Type.Index] {
		p := w.problem()
		b := p.bind(r, nil)
		for _, c := range r.Then {
			if c.Fact != goal.Type {
				continue
			}
			symbols := p.symbols(p.concluded(b, c, goal.Field.Index), map[string]bool{})
			for _, name := range goal.Field.Type.Names.List {
				switch all := symbols == nil; {
				case !w.dead(r) && (all || symbols[name]):
					live[name] = true
				case w.dead(r) && symbols[name]:
					dead[name] = append(dead[name], r)
				}
			}
		}
	}
	for _, name := range goal.Field.Type.Names.List {
		if live[name] || len(dead[name]) == 0 {
			continue
		}
		d := Unreached.At(goal.Field.Span, "no facts give the answer %s", name)
		for _, r := range dead[name] {
			d = d.See(r.Span, "%s concludes it, and can never fire", called(r))
		}
		w.report(d, Proved, nil)
	}
	return nil
}
