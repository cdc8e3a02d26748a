package check

import (
	"cmp"
	"slices"

	"truce/engine/trace"
	"truce/explain/record"
	"truce/facts"
	"truce/rules"
)

// grounds gives each concluded fact the status, the height, the copies and the masks that
// its justifications say; a certain one stands on certain ones alone.
func (c *checker) grounds() {
	endless := c.endless()
	for i := range c.list {
		f := &c.list[i]
		if !f.typ.Concluded {
			continue
		}
		for k, rests := range f.rests {
			if rests {
				f.Fields[f.typ.Fields[k].Name] = record.Field{Value: record.MaskedValue, Origin: trace.Concluded.String()}
			}
		}
		f.Status, f.Height = trace.Possible.String(), 0
		copies := 0
		for _, n := range c.of[i] {
			j := &c.run.Justifications[n]
			copies = plus(copies, c.choices(j))
			if j.Status == trace.Certain.String() {
				f.Status = j.Status
			}
			if f.Height == 0 && (j.Status == trace.Certain.String() || !f.certain) {
				f.Height = j.Height
			}
		}
		switch {
		case f.Height == 0:
			c.fault(ErrFact, f.typ.Span, "nothing in the record brings %s about as it is recorded", f.Name)
		case f.blurred && endless[f.typ]:
			f.Copies = -1
		case f.blurred:
			f.Copies = copies
		default:
			f.Copies = 1
		}
	}
}

// order puts justifications in their order, least height first.
func (c *checker) order(list []record.Justification) {
	slices.SortStableFunc(list, func(a, b record.Justification) int {
		n := cmp.Or(cmp.Compare(a.Height, b.Height), cmp.Compare(a.Rule, b.Rule))
		for i := 0; n == 0 && i < len(a.Premises); i++ {
			n = cmp.Compare(c.list[a.Premises[i]].Name, c.list[b.Premises[i]].Name)
		}
		return cmp.Or(n, cmp.Compare(a.Conclusion, b.Conclusion))
	})
}

// endless are the types of which a blurred fact stands for any number of real ones:
// those that a rule concludes which matches what its own stratum concludes.
func (c *checker) endless() map[*facts.FactType]bool {
	stratum := map[*facts.FactType]int{}
	for _, r := range c.pack.Rules {
		for _, t := range r.Then {
			stratum[t.Fact] = r.Stratum
		}
	}
	types := map[*facts.FactType]bool{}
	for _, r := range c.pack.Rules {
		if slices.ContainsFunc(r.When, func(s *rules.Step) bool {
			return s.Kind == rules.Pattern && s.Fact.Concluded && stratum[s.Fact] == r.Stratum
		}) {
			for _, t := range r.Then {
				types[t.Fact] = true
			}
		}
	}
	return types
}

// most is where copies are counted as without end.
const most = 1 << 30

// choices is how many instances of real facts a justification stands for.
func (c *checker) choices(j *record.Justification) int {
	n := 1
	for _, p := range j.Premises {
		k := c.list[p].Copies
		if k < 0 || k > 0 && n > most/k {
			return -1
		}
		n *= k
	}
	return n
}

func plus(a, b int) int {
	if a < 0 || b < 0 || a+b > most {
		return -1
	}
	return a + b
}

// answer is what the facts of the goal say.
func (c *checker) answer() record.Answer {
	goal := c.pack.Goal
	list := c.byType[goal.Type.Index]
	a := record.Answer{Values: []record.GoalValue{}}
	for _, i := range list {
		if c.ruledOut(i, list) {
			a.Contradictions = append(a.Contradictions, i)
		}
	}
	certain := 0
	for _, name := range goal.Field.Type.Names.List {
		v := record.GoalValue{Value: name, Status: trace.Possible.String()}
		for _, i := range list {
			said := c.list[i].values[goal.Field.Index]
			if !said.MayEqual(facts.EnumOf(name)) || c.ruledOut(i, list) {
				continue
			}
			v.Facts = append(v.Facts, i)
			if c.list[i].certain && said.IsKnown() {
				v.Status = trace.Certain.String()
			}
		}
		if v.Status == trace.Certain.String() {
			certain++
		}
		if v.Facts != nil {
			a.Values = append(a.Values, v)
		}
	}
	if len(a.Values) == 0 || certain > 1 {
		c.fault(ErrRun, goal.Field.Span, "no value of the goal can hold, or two hold at once")
	}
	held := certain > 0 || c.total
	a.Settled, a.NoneCanHold = len(a.Values) == 1 && held, !held
	return a
}

// ruledOut reports whether a certain alternative of a possible fact excludes it.
func (c *checker) ruledOut(i int, list []int) bool {
	f := &c.list[i]
	return f.group != 0 && !f.certain && slices.ContainsFunc(list, func(j int) bool {
		g := &c.list[j]
		return g.group == f.group && g.certain && f.excludes(g)
	})
}
