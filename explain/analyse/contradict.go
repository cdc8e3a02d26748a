package analyse

import (
	"slices"

	"truce/engine/model"
	"truce/engine/network/code"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
	"truce/rules/condition"
)

// contradictions reports rules that hold together and conclude facts of one key with
// different values.
func (w *work) contradictions() error {
	c := &contradicting{work: w, left: mostCompared, reported: map[*rules.Rule]int{}, done: map[[2]conclusion]bool{}}
	for _, list := range w.groups() {
		if err := c.group(list); err != nil {
			return err
		}
	}
	if c.skipped > 0 {
		w.undecided(Contradiction.At(w.pack.Goal.Field.Span, "%d rules were not compared with all that conclude the same", c.skipped))
	}
	return nil
}

type contradicting struct {
	*work
	left     int  // pairs to search
	passed   bool // pairs of the group at hand were left out
	skipped  int  // rules of such groups
	reported map[*rules.Rule]int
	done     map[[2]conclusion]bool
}

func (c *contradicting) group(list []conclusion) error {
	t := list[0].of.Fact
	if len(rest(t)) == 0 {
		return nil
	}
	c.passed = false
	byRule := map[*footprint][]conclusion{}
	var prints []*footprint
	for _, x := range list {
		f := c.footprint(x.rule)
		if byRule[f] == nil {
			prints = append(prints, f)
		}
		byRule[f] = append(byRule[f], x)
	}
	for _, f := range prints {
		if err := c.alone(byRule[f]); err != nil {
			return err
		}
	}
	var failed error
	all := meeting(prints, mostMeetings, func(f, g *footprint) bool {
		for _, a := range byRule[f] {
			for _, b := range byRule[g] {
				if failed = c.pair(a, b); failed != nil {
					return false
				}
			}
		}
		c.passed = c.passed || c.engine.left <= 0
		return c.left > 0 && !c.passed
	})
	if !all || c.left <= 0 || c.passed {
		c.skipped += len(prints)
	}
	return failed
}

// alone compares the conclusions of one rule with each other, and its instances over
// different facts.
func (c *contradicting) alone(list []conclusion) error {
	for i, a := range list {
		for _, b := range list[:i] {
			if err := c.pair(b, a); err != nil {
				return err
			}
		}
		if slices.ContainsFunc(a.rule.When, func(s *rules.Step) bool { return s.Kind == rules.Pattern && !alone(s.Fact) }) {
			if err := c.pair(a, a); err != nil {
				return err
			}
		}
	}
	return nil
}

// agree reports whether two conclusions can never differ, by what is written alone.
func agree(a, b conclusion) bool {
	fields := rest(a.of.Fact)
	x, xok := literals(a.of, fields)
	y, yok := literals(b.of, fields)
	return xok && yok && x == y && !exclusive(a.rule, b.rule)
}

// pair compares two conclusions, which may be one and the same over different facts.
func (c *contradicting) pair(a, b conclusion) error {
	if b.rule.Index < a.rule.Index {
		a, b = b, a
	}
	key := [2]conclusion{a, b}
	if sameTable(a.rule, b.rule) || agree(a, b) || c.done[key] ||
		c.reported[a.rule] >= mostPerRule || c.reported[b.rule] >= mostPerRule {
		return nil
	}
	c.done[key] = true
	if c.engine.left <= 0 {
		// What earlier runs show of them is all that will be known.
		run := c.engine.earlier(func(run *rerun) bool { return run.contradicts(a.rule, b.rule, false) })
		if c.passed = c.passed || run == nil; run != nil {
			c.shown(a, b, run)
		}
		return nil
	}
	c.left--
	p, res := c.meet(a, b)
	if res.refuted {
		return nil
	}
	found, err := c.together(p, res, a.rule, b.rule)
	if err != nil || found == nil {
		if err == nil {
			c.undecided(c.both(a, b, "whether %s and %s can hold at once is not decided", called(a.rule), called(b.rule)))
		}
		return err
	}
	c.shown(a, b, found)
	return nil
}

// shown reports two conclusions that a run shows to contradict each other.
func (c *contradicting) shown(a, b conclusion, run *rerun) {
	c.reported[a.rule]++
	if a.rule != b.rule {
		c.reported[b.rule]++
	}
	d := c.both(a, b, "%s and %s hold at once and conclude %s with different values", called(a.rule), called(b.rule), a.of.Fact.Name)
	switch {
	case a == b:
		d = c.both(a, b, "%s holds for two facts at once, and concludes %s with different values", called(a.rule), a.of.Fact.Name)
	case exclusive(a.rule, b.rule):
		d = c.both(a, b, "%s and %s hold at once, and of their table one alone may", called(a.rule), called(b.rule))
	}
	other := a.of.Fact.Name + " another key"
	if exclusive(a.rule, b.rule) {
		other = "the table another hit policy"
	}
	c.add(d.Suggest("give them conditions that exclude each other, or %s", other), Witnessed, &run.witness)
}

func (c *contradicting) both(a, b conclusion, format string, args ...any) source.Diagnostic {
	d := Contradiction.At(b.rule.Span, format, args...).See(a.of.Span, "%s concludes it here", called(a.rule))
	if a == b {
		return d
	}
	return d.See(b.of.Span, "%s concludes it here", called(b.rule))
}

// meet looks for facts on which two conclusions contradict each other, for each way in
// which the patterns of the second may be over facts of the first. It is refuted where
// every way is; else the problem is that of the point, or the last that is open.
func (w *work) meet(a, b conclusion) (*problem, result) {
	if a.rule == b.rule && a.of != b.of {
		p := w.problem()
		x := p.bind(a.rule, nil)
		p.holds(x, nil)
		p.conclude(x, x, a.of, b.of)
		return p, p.solve(stepsOfPair)
	}
	var of func(*rules.Step) bool
	if exclusive(a.rule, b.rule) {
		of = own // that the other does not hold is what is looked into
	}
	var kept *problem
	all := result{refuted: true}
	for _, way := range overlaps(a.rule, b.rule, a == b) {
		p := w.problem()
		x := p.bind(a.rule, nil)
		p.holds(x, of)
		y := p.bind(b.rule, x.taken(way))
		p.holds(y, of)
		p.apart(x, y)
		p.conclude(x, y, a.of, b.of)
		res := p.solve(stepsOfPair)
		if res.point != nil {
			return p, res
		}
		if !res.refuted {
			kept, all = p, res
		}
	}
	return kept, all
}

// mostOverlaps is how many ways of matching two rules over the same facts are told
// apart.
const mostOverlaps = 16

// overlaps are the ways in which the patterns of a rule may be over facts of another:
// by fact slot the slot of the other whose fact it takes, or -1 for a fact of its own.
// For two instances of one rule the way in which they are the same is left out.
func overlaps(a, b *rules.Rule, twice bool) [][]int {
	ways := [][]int{make([]int, b.FactSlots)}
	for _, s := range b.When {
		if s.Kind != rules.Pattern {
			continue
		}
		var next [][]int
		for _, way := range ways {
			for _, from := range append(slotsOf(a, s.Fact), -1) {
				if from >= 0 && !alone(s.Fact) && slices.Contains(way[:s.Slot], from) {
					continue
				}
				longer := slices.Clone(way)
				longer[s.Slot] = from
				next = append(next, longer)
				if alone(s.Fact) {
					break
				}
			}
		}
		if len(next) > mostOverlaps {
			return [][]int{apart(b)}
		}
		ways = next
	}
	if !twice {
		return ways
	}
	return slices.DeleteFunc(ways, func(way []int) bool {
		for slot, from := range way {
			if from != slot {
				return false
			}
		}
		return true
	})
}

// apart is the way in which a rule has facts of its own for all patterns.
func apart(r *rules.Rule) []int { return slices.Repeat([]int{-1}, r.FactSlots) }

// slotsOf are the fact slots of a rule for a type.
func slotsOf(r *rules.Rule, t *facts.FactType) []int {
	var list []int
	for _, s := range r.When {
		if s.Kind == rules.Pattern && s.Fact == t {
			list = append(list, s.Slot)
		}
	}
	return list
}

// taken are the things of a bound rule that another takes, by its slots.
func (b *binding) taken(way []int) []*thing {
	list := make([]*thing, len(way))
	for slot, from := range way {
		if from >= 0 {
			list[slot] = b.things[from]
		}
	}
	return list
}

// apart demands that facts which two bound rules match apart are two: concluded ones
// have different keys then, for with one key they would be the same fact, or contradict
// each other themselves.
func (p *problem) apart(x, y *binding) {
	for _, s := range x.things {
		for _, t := range y.things {
			if s == t || s.typ != t.typ || !s.typ.Concluded || alone(s.typ) || slices.Contains(x.things, t) {
				continue
			}
			d := &demand{differ: true}
			for _, k := range s.typ.Key {
				f := s.typ.Fields[k]
				d.pairs = append(d.pairs, [2]condition.Expr{p.fieldOf(s, f), p.fieldOf(t, f)})
			}
			p.demand(d)
		}
	}
}

// fieldOf is a field of a thing as an expression.
func (p *problem) fieldOf(t *thing, f *facts.Field) condition.Expr {
	return condition.Slotted(f.Span, f.Type, f.Name, p.field(t, f))
}

// conclude demands that two conclusions have one key and differ elsewhere. Rows of which
// one alone may hold need not differ.
func (p *problem) conclude(x, y *binding, a, b *rules.Conclusion) {
	pairs := func(fields []int) [][2]condition.Expr {
		list := [][2]condition.Expr{} // what is the same by form never differs
		for _, f := range fields {
			v, w := p.concluded(x, a, f), p.concluded(y, b, f)
			if code.Key(v) != code.Key(w) {
				list = append(list, [2]condition.Expr{v, w})
			}
		}
		return list
	}
	if key := pairs(a.Fact.Key); len(key) > 0 {
		p.demand(&demand{pairs: key})
	}
	if !exclusive(x.rule, y.rule) {
		p.demand(&demand{pairs: pairs(rest(a.Fact)), differ: true})
	}
}

// together is a run that fails because two rules contradict each other; nil where none
// was found.
func (w *work) together(p *problem, res result, a, b *rules.Rule) (*rerun, error) {
	id := w.caseID(Contradiction, a, b)
	if res.point != nil && p.isStated() {
		run, err := w.engine.shown(p.caseOf(id, res.point), func(run *rerun) bool { return run.contradicts(a, b, true) })
		if err != nil || run != nil {
			return run, err
		}
	}
	return w.hunt(id, []*rules.Rule{a, b}, func(run *rerun) bool { return run.contradicts(a, b, false) })
}

// contradicts reports whether the run failed because two rules contradict each other;
// or, where that is enough, because each of them contradicts some rule: of several that
// contradict each other a run names each beside the first alone.
func (r *rerun) contradicts(a, b *rules.Rule, some bool) bool {
	if r.named == nil {
		r.named = map[facts.Span][]int{}
		for i, d := range r.failed {
			for _, at := range d.Related {
				r.named[at.Span] = append(r.named[at.Span], i)
			}
		}
	}
	if exclusive(a, b) {
		later := b
		if b.Row.Index < a.Row.Index {
			later = a
		}
		return slices.ContainsFunc(r.failed, func(d source.Diagnostic) bool { return d.Code == model.ErrFault.ID && d.Span == later.Span })
	}
	conflict := func(i int) bool { return r.failed[i].Code == model.ErrConflict.ID }
	of, other := r.named[a.Span], r.named[b.Span]
	if some {
		return slices.ContainsFunc(of, conflict) && slices.ContainsFunc(other, conflict)
	}
	if len(other) < len(of) {
		of = other
	}
	return slices.ContainsFunc(of, func(i int) bool { return conflict(i) && both(r.failed[i].Related, a.Span, b.Span) })
}

// both reports whether two places are among some, each for itself: two instances of one
// rule have the same place, twice.
func both(list []source.Related, a, b facts.Span) bool {
	first := slices.IndexFunc(list, func(at source.Related) bool { return at.Span == a })
	return first >= 0 && slices.ContainsFunc(slices.Delete(slices.Clone(list), first, first+1),
		func(at source.Related) bool { return at.Span == b })
}
