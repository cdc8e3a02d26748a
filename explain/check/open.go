package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"truce/explain/record"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
	"truce/rules/condition"
	"truce/rules/eval"
)

// rests reports whether an expression speaks of a masked value.
func (m *match) rests(e condition.Expr) bool {
	return len(m.reach) > 0 && record.Rests(e, m.masked, func(f *condition.FieldOf) bool {
		return m.list[m.facts[f.Slot].Ref].masked[f.Field.Index]
	}, func(f *facts.Field) bool { return m.somewhere[f] })
}

// masks finds what the case masks, and what can rest on that.
func (c *checker) masks() {
	_, names, seen := record.MasksOf(c.kase)
	if !slices.Equal(names, c.record.Masked) {
		c.fault(ErrStated, source.Span{}, "the record says that it masks %v, and its case masks %v", c.record.Masked, names)
	}
	var found source.Diagnostics
	c.reach, found = record.ReachOf(c.pack, seen)
	c.found = append(c.found, found...)
}

// taking takes from the record what masked values leave open about an instance.
type taking struct {
	*match
	absent bool             // the instance is not in the record: what can be false is
	took   []condition.Expr // of which something was taken
}

// step writes a line of "when", and says whether it holds.
func (t *taking) step(s *rules.Step, was record.Step) (record.Step, facts.Value) {
	switch s.Kind {
	case rules.Pattern:
		return record.Step{}, facts.BoolOf(true)
	case rules.Let:
		v, reads := eval.Recorded(s.Expr, t.env)
		t.members(&reads, was.Reads)
		step := record.LetStep(t.pack, s, v, &reads)
		if t.rests(s.Expr) {
			step.Mask()
		}
		return step, facts.BoolOf(true)
	}
	atoms := eval.Atoms(s.Expr, t.env)
	for i, old := range padded(was.Atoms, len(atoms)) {
		t.atom(&atoms[i], old)
	}
	truth := eval.Truth(s.Expr, atoms)
	step := record.ConditionStep(t.pack, s, truth, atoms)
	for i := range atoms {
		if t.rests(atoms[i].Expr) {
			step.Atoms[i].Mask(func(k int) bool { return t.rests(atoms[i].Operands[k].Expr) })
		}
	}
	return step, truth
}

// atom takes the truth of an atom that a masked value leaves open. That of a quantifier
// follows from which facts it counts.
func (t *taking) atom(a *eval.Atom, was record.Atom) {
	t.members(&a.Reads, was.Reads)
	if !t.rests(a.Expr) || !a.Truth.IsUnknown() {
		return
	}
	q, quantifies := a.Expr.(*condition.Aggregate)
	switch {
	case t.absent:
		a.Truth = facts.BoolOf(a.Negated)
		t.took = append(t.took, a.Expr)
	case quantifies:
		list := a.Reads.Aggregates[len(a.Reads.Aggregates)-1].Members
		of := make([]eval.Contribution, len(list))
		for i, x := range list {
			f := &t.list[x.Fact]
			of[i] = eval.Contribution{There: f.certain, Selected: x.Selected, Copies: f.Copies, Group: f.group, Blurred: f.blurred}
		}
		a.Truth = eval.Aggregated(q, of)
	default:
		a.Truth = truthOf(was.Truth, a.Expr.Span())
		t.took = append(t.took, a.Expr)
	}
}

// members takes which facts a quantifier or an aggregate counts, where masked values leave
// that open. What may not be there is not sure to be counted.
func (t *taking) members(reads *eval.Reads, was *record.Reads) {
	for k := range reads.Aggregates {
		a := &reads.Aggregates[k]
		if was == nil || a.Expr.Where == nil || !t.rests(a.Expr.Where) {
			continue
		}
		n := slices.IndexFunc(was.Aggregates, func(old record.Aggregate) bool {
			return old.Text == a.Expr.Text() && len(old.Members) == len(a.Members)
		})
		for i := range a.Members {
			if x := &a.Members[i]; n >= 0 && x.Selected.IsUnknown() {
				old := truthOf(was.Aggregates[n].Members[i].Selected, a.Expr.Span())
				if old.True() && !t.list[x.Fact].certain {
					continue
				}
				if x.Selected = old; old.False() {
					x.Value = facts.Value{}
				}
				t.took = append(t.took, a.Expr)
			}
		}
	}
}

// truthOf is a recorded truth, or unknown where it is none.
func truthOf(text record.Value, at source.Span) facts.Value {
	if v, err := record.Decode(text, facts.Type{Kind: facts.Bool}); err == nil && v.IsKnown() {
		return v
	}
	for _, code := range eval.Codes() {
		v := facts.FaultValue(facts.Bool, &facts.Fault{Code: code, Span: at, Message: code.Title})
		if record.Same(record.Encode(v, facts.Type{Kind: facts.Bool}), text) {
			return v
		}
	}
	return facts.UnknownBool()
}

// padded is the beginning of a list of a record, with empty ones behind it where the record
// has too few.
func padded[T any](list []T, n int) []T {
	return append(slices.Clip(list), make([]T, max(0, n-len(list)))...)[:n]
}

// was is the recorded justification of what one is of, with as many lines and formulas as
// the rule says, and whether there is one. Without masks nothing is asked of it.
func (m *match) was(j *record.Justification, formulas int) (was record.Justification, ok bool) {
	if len(m.reach) > 0 {
		if r := m.recorded[instance(j)]; r != nil {
			was, ok = *r, true
		}
	}
	was.Steps, was.Formulas = padded(was.Steps, len(m.rule.When)), padded(was.Formulas, formulas)
	return was, ok
}

// open are the conditions of which something was taken from the record, with what for.
type open map[condition.Expr]map[string]bool

func (o open) add(list []condition.Expr, of string, absent bool) {
	if absent {
		of += " (false, for want of an instance)"
	}
	for _, e := range list {
		if o[e] == nil {
			o[e] = map[string]bool{}
		}
		o[e][of] = true
	}
}

// warnings name each condition once, with a few of what it was taken for.
func (o open) warnings() source.Diagnostics {
	const most = 2
	var list source.Diagnostics
	for e, of := range o {
		names := slices.Sorted(maps.Keys(of))
		more := ""
		if n := len(names) - most; n > 0 {
			names, more = names[:most], fmt.Sprintf("; and %d more", n)
		}
		list = append(list, ErrOpen.At(e.Span(), "%s rests on masked values: taken from the record for %s%s", e.Text(), strings.Join(names, "; "), more).Warn())
	}
	return list
}
