package analyse

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"truce/engine/network/code"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

// redundant is a rule that adds nothing to another one.
type redundant struct {
	rule, to *rules.Rule
	// same says that the other adds nothing to this one either.
	same bool
}

// repeated reports rules that are there twice.
func (w *work) repeated() error {
	return w.redundancies(true, func(x redundant) error {
		d := Repeated.At(x.rule.Span, "%s says the same as %s", called(x.rule), called(x.to)).
			See(x.to.Span, "it is first said here").Suggest("take one of them out")
		witness, err := w.both(w.caseID(Repeated, x.rule), x)
		w.report(d, Proved, witness)
		return err
	})
}

// subsumed reports rules that hold only where another one concludes the same.
func (w *work) subsumed() error {
	return w.redundancies(false, func(x redundant) error {
		d := Subsumed.At(x.rule.Span, "%s adds nothing: whenever it holds, %s holds and concludes the same", called(x.rule), called(x.to)).
			See(x.to.Span, "this one asks for less")
		witness, err := w.both(w.caseID(Subsumed, x.rule), x)
		w.report(d, Proved, witness)
		return err
	})
}

// both is facts on which both rules hold.
func (w *work) both(id string, x redundant) (*Witness, error) {
	shows := func(run *rerun) bool {
		return run.status(x.rule) == trace.Certain && run.status(x.to) == trace.Certain
	}
	p := w.problem()
	p.holds(p.bind(x.rule, nil), nil)
	if res := p.solve(stepsOfRule); res.point != nil && p.isStated() {
		return w.witness(p.caseOf(id, res.point), shows)
	}
	run, err := w.hunt(id, []*rules.Rule{x.rule, x.to}, shows)
	if run == nil {
		return nil, err
	}
	return &run.witness, nil
}

func (w *work) redundancies(same bool, use func(redundant) error) error {
	if !w.compared {
		w.compared = true
		w.compare()
	}
	for _, x := range w.redundant {
		if x.same == same {
			if err := use(x); err != nil {
				return err
			}
		}
	}
	return nil
}

// compare finds for each rule another one that subsumes it.
func (w *work) compare() {
	left := mostCompared
	groups, order := map[string][]*footprint{}, []string(nil)
	for _, r := range w.pack.Rules {
		if w.dead(r) {
			continue
		}
		s := shape(r)
		if groups[s] == nil {
			order = append(order, s)
		}
		groups[s] = append(groups[s], w.footprint(r))
	}
	for _, s := range order {
		widest := place(groups[s])
		slices.SortStableFunc(widest, func(a, b placed) int {
			return cmp.Or(cmp.Compare(b.width(), a.width()), cmp.Compare(len(a.at), len(b.at)))
		})
		for _, f := range widest {
			if row := f.rule.Row; row != nil && (row.Hit == rules.First || row.Hit == rules.Unique) {
				continue // without it, other rows would be taken, or taken alone
			}
			if x, ok := w.subsumer(f, widest, &left); ok {
				w.redundant = append(w.redundant, x)
			}
		}
	}
	if left <= 0 {
		w.undecided(Subsumed.At(w.pack.Goal.Field.Span, "not all pairs of rules that conclude the same were compared"))
	}
}

// shape is what rules that conclude the same have in common, however they compute it.
func shape(r *rules.Rule) string {
	var b strings.Builder
	for _, c := range r.Then {
		b.WriteString(c.Fact.Name + "(")
		for i := range c.Fields {
			s, ok := literals(c, []int{i})
			if !ok {
				s = "="
			}
			b.WriteString(s + ",")
		}
		b.WriteString(")")
	}
	return b.String()
}

// subsumer is a rule of a group that subsumes one: of those whose footprint holds its
// own, the widest are tried first, and they stand first.
func (w *work) subsumer(f placed, group []placed, left *int) (redundant, bool) {
	tried := 0
	for _, g := range group {
		if g.footprint == f.footprint || !f.ends.within(g.ends) || !f.footprint.within(g.footprint) ||
			sameTable(f.rule, g.rule) || g.rule.Extension != "" && g.rule.Extension != f.rule.Extension {
			continue
		}
		if *left--; *left < 0 || tried == mostSubsumers {
			break
		}
		tried++
		if !w.subsumes(g.rule, f.rule) {
			continue
		}
		same := w.subsumes(f.rule, g.rule)
		if same && g.rule.Index > f.rule.Index {
			continue // it is said of the later one
		}
		return redundant{f.rule, g.rule, same}, true
	}
	return redundant{}, false
}

func (e ends) width() float64 {
	if math.IsInf(e.lo, -1) || math.IsInf(e.hi, 1) {
		return math.Inf(1)
	}
	return e.hi - e.lo
}

// mostMatches is how many ways of matching the patterns of one rule with the facts of
// another are tried.
const mostMatches = 24

// subsumes reports whether it is proved that a general rule holds and concludes the
// same whenever a special one holds.
func (w *work) subsumes(general, special *rules.Rule) bool {
	p := w.problem()
	x := p.bind(special, nil)
	ways := p.matches(x, general)
	for _, given := range ways {
		if w.follows(general, special, given) {
			return true
		}
	}
	return false
}

// matches are the ways in which the patterns of a rule can match the facts that a bound
// one matched, as places among the fact slots of that; -1 is the one fact of a type
// that is always there.
func (p *problem) matches(x *binding, general *rules.Rule) [][]int {
	ways := [][]int{make([]int, general.FactSlots)}
	for _, s := range general.When {
		if s.Kind != rules.Pattern {
			continue
		}
		var next [][]int
		for _, way := range ways {
			some := false
			for i, t := range x.things {
				if t.typ == s.Fact && !(alone(t.typ) && some) {
					longer := slices.Clone(way)
					longer[s.Slot] = i
					next, some = append(next, longer), true
				}
			}
			if !some && !s.Fact.Concluded && s.Fact.Count == facts.One {
				longer := slices.Clone(way)
				longer[s.Slot] = -1
				next = append(next, longer)
			}
		}
		if len(next) > mostMatches {
			next = next[:mostMatches]
		}
		ways = next
	}
	return ways
}

// follows reports whether a general rule, matched as given, is proved to hold with the
// same conclusions where a special one holds.
func (w *work) follows(general, special *rules.Rule, given []int) bool {
	p := w.problem()
	x := p.bind(special, nil)
	p.holds(x, nil)
	things := make([]*thing, len(given))
	for slot, i := range given {
		if i >= 0 {
			things[slot] = x.things[i]
		}
	}
	y := p.bind(general, things)
	if !p.sameConclusions(x, y) {
		return false
	}
	where := p.demands
	p.fails(y, nil)
	all := p.demands[len(where)]
	for _, e := range all.all {
		// One condition after the other: where each follows, all do.
		p.demands = append(p.demands, &demand{all: []condition.Expr{e}, none: true, uses: all.uses})
	}
	p.lay()
	for _, d := range p.demands[len(where)+1:] {
		if !p.with(append(slices.Clip(where), d)).solve(stepsOfPair).refuted {
			return false
		}
	}
	return true
}

// sameConclusions reports whether two bound rules conclude the same, by form.
func (p *problem) sameConclusions(x, y *binding) bool {
	if len(x.rule.Then) != len(y.rule.Then) {
		return false
	}
	for i, c := range x.rule.Then {
		d := y.rule.Then[i]
		if c.Fact != d.Fact {
			return false
		}
		for f := range c.Fields {
			if code.Key(p.concluded(x, c, f)) != code.Key(p.concluded(y, d, f)) {
				return false
			}
		}
	}
	return true
}
