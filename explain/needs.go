package explain

import (
	"slices"

	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

// entry is a part of a justification that what it concludes turns on.
type entry struct {
	expr  condition.Expr // a deciding atom, a formula, or the expression of a bound value
	value facts.Value
	reads *trace.Reads
	atom  bool
}

// needed lists what a justification turns on: its deciding atoms, its formulas,
// and the bound values that these use, in the order of the rule's lines. Of a
// formula or a bound value that is true or false its own deciding atoms stand in
// its place.
func needed(t *trace.Trace, j *trace.Justification) []entry {
	var list []entry
	for i := range j.Steps {
		if s := &j.Steps[i]; s.Step.Kind == rules.Condition {
			list = append(list, deciders(s.Step.Expr, s.Atoms)...)
		}
	}
	for i := range j.Formulas {
		f := &j.Formulas[i]
		list = append(list, parts(t, j, f.Expr, f.Value, &f.Reads)...)
	}
	return append(neededLets(t, j, list), list...)
}

// deciders are the deciding ones of atoms.
func deciders(e condition.Expr, atoms []trace.Atom) []entry {
	var list []entry
	decides := decisive(e, atoms)
	for k := range atoms {
		if a := &atoms[k]; decides[k] {
			list = append(list, entry{a.Expr, a.Truth, &a.Reads, true})
		}
	}
	return list
}

// parts are the deciding atoms of an expression, or the expression itself.
func parts(t *trace.Trace, j *trace.Justification, e condition.Expr, v facts.Value, r *trace.Reads) []entry {
	if atoms := atomsWithin(t, j, e, v, r); atoms != nil {
		return deciders(e, atoms)
	}
	return []entry{{e, v, r, false}}
}

// neededLets are the bound values that the given parts use, directly or through
// others. A value uses earlier ones alone, so one pass backwards finds them all.
func neededLets(t *trace.Trace, j *trace.Justification, list []entry) []entry {
	used := map[int]bool{}
	use := func(es []entry) {
		for _, e := range es {
			for _, slot := range e.reads.Slots {
				used[slot] = true
			}
		}
	}
	use(list)
	var lets [][]entry
	for i := len(j.Steps) - 1; i >= 0; i-- {
		s := &j.Steps[i]
		if s.Step.Kind == rules.Let && used[s.Step.Slot] {
			es := parts(t, j, s.Step.Expr, s.Value, &s.Reads)
			use(es)
			lets = append(lets, es)
		}
	}
	slices.Reverse(lets)
	return slices.Concat(lets...)
}

// needer finds which facts a justification needs.
type needer struct {
	t     *trace.Trace
	known map[int]bool            // whether a fact is sure to be there
	rests map[trace.FieldRef]bool // whether a field rests on what the case states
}

func newNeeder(t *trace.Trace) *needer {
	return &needer{t, map[int]bool{}, map[trace.FieldRef]bool{}}
}

// facts are the facts that what a justification concludes rests on: of its
// premises those that a needed part reads, or that are there only on conditions;
// then what the needed aggregates counted.
func (n *needer) facts(j *trace.Justification) []int {
	read := map[int]bool{}
	var counted []int
	for _, e := range needed(n.t, j) {
		for _, ref := range e.reads.Fields {
			read[ref.Fact] = true
		}
		counted = append(counted, n.counted(e.reads)...)
	}
	var list []int
	for _, p := range j.Premises {
		if read[p] || !n.sure(p) {
			list = append(list, p)
		}
	}
	return once(append(list, counted...))
}

// all are the facts that a justification looked at, needed or not.
func (n *needer) all(j *trace.Justification) []int {
	list := slices.Clone(j.Premises)
	allReads(j, func(r *trace.Reads) { list = append(list, n.counted(r)...) })
	return once(list)
}

// counted are the facts that aggregates did not exclude, and the conclusions that
// they excluded for what the case states.
func (n *needer) counted(r *trace.Reads) []int {
	var list []int
	for i := range r.Aggregates {
		a := &r.Aggregates[i]
		for _, m := range a.Members {
			if !m.Selected.False() || a.Expr.Fact.Concluded && n.excludedByCase(a, m.Fact) {
				list = append(list, m.Fact)
			}
		}
	}
	return list
}

func (n *needer) excludedByCase(a *trace.Aggregate, fact int) bool {
	return slices.ContainsFunc(elementFields(a.Expr.Where), func(f *facts.Field) bool {
		ref := trace.FieldRef{Fact: fact, Field: f}
		rests, ok := n.rests[ref]
		if !ok {
			g := newGrounds(n.t)
			g.field(ref)
			rests = len(g.fields) > 0
			n.rests[ref] = rests
		}
		return rests
	})
}

// sure reports whether a fact is there whatever the case says: it is the one of its
// type, or concluded without a condition from such facts.
func (n *needer) sure(f int) bool {
	if s, ok := n.known[f]; ok {
		return s
	}
	n.known[f] = false // a fact that rests on itself is not sure
	n.known[f] = n.unconditional(f)
	return n.known[f]
}

func (n *needer) unconditional(f int) bool {
	fact := &n.t.Facts[f]
	if !fact.Type.Concluded {
		return fact.Type.Count == facts.One
	}
	j := least(n.t, f)
	if j == nil || slices.ContainsFunc(j.Steps, func(s trace.Step) bool { return s.Step.Kind == rules.Condition }) {
		return false
	}
	return !slices.ContainsFunc(j.Premises, func(p int) bool { return !n.sure(p) })
}

// closure is what answers rest on: the facts, what they need by least
// justifications, and so on down, in the order of first meeting.
func closure(t *trace.Trace, roots []int) []int {
	n := newNeeder(t)
	seen := map[int]bool{}
	var list []int
	var visit func(int)
	visit = func(f int) {
		if seen[f] {
			return
		}
		seen[f] = true
		list = append(list, f)
		if j := least(t, f); j != nil {
			for _, p := range n.facts(j) {
				visit(p)
			}
		}
	}
	for _, f := range roots {
		visit(f)
	}
	return list
}
