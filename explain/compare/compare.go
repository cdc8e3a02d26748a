package compare

import (
	"slices"
	"strings"

	"truce/engine/trace"
	"truce/explain"
	"truce/explain/whynot"
	"truce/facts"
	"truce/rules"
)

// Of compares two runs.
func Of(a, b *trace.Trace) *Document {
	c := &comparison{a: a, b: b, by: map[string]*pair{}}
	concluded, stated := c.pairs(true), c.pairs(false)
	d := &Document{Format: Format, A: sideOf(a), B: sideOf(b), Goal: []Fact{}, Facts: []Fact{}, Inputs: c.inputs(stated), Thresholds: c.thresholds()}
	d.SameAnswer = d.A.Settled == d.B.Settled && d.A.NoneCanHold == d.B.NoneCanHold && slices.Equal(d.A.Values, d.B.Values)
	for _, p := range concluded {
		f, differs := c.fact(p)
		switch {
		case !differs:
			d.Same++
		case f.Type == a.Pack.Goal.Type.Name || f.Type == b.Pack.Goal.Type.Name:
			d.Goal = append(d.Goal, f)
		default:
			d.Facts = append(d.Facts, f)
		}
	}
	d.OnlyA, d.OnlyB = onlyIn(a.Pack, b.Pack), onlyIn(b.Pack, a.Pack)
	return d
}

type comparison struct {
	a, b *trace.Trace
	by   map[string]*pair // by key

	askers [2]*whynot.Asker // of A and B, made when first needed
}

// asker answers why one of the runs does not have a fact.
func (c *comparison) asker(t *trace.Trace) *whynot.Asker {
	i := 0
	if t == c.b {
		i = 1
	}
	if c.askers[i] == nil {
		c.askers[i] = whynot.NewAsker(t)
	}
	return c.askers[i]
}

func sideOf(t *trace.Trace) Side {
	s := Side{Pack: explain.PackOf(t), Case: explain.CaseOf(t), Settled: t.Answer.Settled, NoneCanHold: t.Answer.NoneCanHold, Values: []GoalValue{}}
	for _, v := range t.Answer.Values {
		s.Values = append(s.Values, GoalValue{v.Value, v.Status.String()})
	}
	return s
}

func onlyIn(p, q *rules.Pack) []string {
	var names []string
	for _, r := range p.Rules {
		if q.Rule(r.Name) == nil {
			names = append(names, r.Name)
		}
	}
	return names
}

// pair is one key with the facts that each side has of it.
type pair struct {
	name string
	a, b []int
}

// pairs matches the facts of both sides by type and key: those of A in its order, then
// what B has alone.
func (c *comparison) pairs(concluded bool) []*pair {
	var list []*pair
	collect := func(t *trace.Trace, add func(*pair, int)) {
		for i := range t.Facts {
			f := &t.Facts[i]
			if f.Type.Concluded != concluded {
				continue
			}
			name := keyName(f)
			if c.by[name] == nil {
				c.by[name] = &pair{name: name}
				list = append(list, c.by[name])
			}
			add(c.by[name], i)
		}
	}
	collect(c.a, func(p *pair, i int) { p.a = append(p.a, i) })
	collect(c.b, func(p *pair, i int) { p.b = append(p.b, i) })
	return list
}

// keyName is a fact's name without the values that tell alternatives apart.
func keyName(f *trace.Fact) string {
	if len(f.Alternatives) == 0 {
		return f.Name
	}
	name, _, _ := strings.Cut(f.Name, ")[")
	if name != f.Name {
		return name + ")"
	}
	name, _, _ = strings.Cut(f.Name, "[")
	return name
}

// fact compares what both sides have of a key, and is false where that is the same.
func (c *comparison) fact(p *pair) (Fact, bool) {
	out := Fact{Fact: p.name, A: states(c.a, p.a), B: states(c.b, p.b), Fields: []string{}}
	t, some := c.a, p.a
	if len(some) == 0 {
		t, some = c.b, p.b
	}
	of := t.Facts[some[0]].Type
	out.Type, out.Leads = of.Name, t.Pack.Leads(of)
	if len(p.a) == len(p.b) && !slices.ContainsFunc(p.a, func(i int) bool {
		return !slices.ContainsFunc(p.b, func(k int) bool { return sameFact(&c.a.Facts[i], &c.b.Facts[k]) })
	}) {
		return out, false
	}
	if len(p.a) == 1 && len(p.b) == 1 {
		out.Fields = differing(&c.a.Facts[p.a[0]], &c.b.Facts[p.b[0]])
	}
	w := &walk{comparison: c, seen: map[string]bool{}}
	w.facts(p)
	out.Path = w.path
	if out.Path == nil {
		out.Path = []Step{}
	}
	return out, true
}

func sameFact(f, g *trace.Fact) bool {
	return f.Status == g.Status && len(differing(f, g)) == 0
}

// differing are the fields that do not print the same, or that one side has alone.
func differing(f, g *trace.Fact) []string {
	var names []string
	for i, field := range f.Type.Fields {
		other := g.Type.Field(field.Name)
		if other == nil || show(field, f.Fields[i].Value) != show(other, g.Fields[other.Index].Value) {
			names = append(names, field.Name)
		}
	}
	for _, field := range g.Type.Fields {
		if f.Type.Field(field.Name) == nil {
			names = append(names, field.Name)
		}
	}
	return names
}

// show prints a value exactly; values of two packs are the same when they print so.
func show(f *facts.Field, v facts.Value) string { return f.Type.FormatUnit(v) }

func states(t *trace.Trace, list []int) []State {
	out := []State{}
	for _, i := range list {
		f := &t.Facts[i]
		s := State{Status: f.Status.String(), Fields: []Shown{}}
		for k, field := range f.Type.Fields {
			if !slices.Contains(f.Type.Key, k) {
				s.Fields = append(s.Fields, Shown{field.Name, valueOf(t, trace.FieldRef{Fact: i, Field: field})})
			}
		}
		if j := least(t, i); j != nil {
			s.Rule, s.At = j.Rule.Name, j.Rule.Span.String()
		}
		out = append(out, s)
	}
	return out
}

func valueOf(t *trace.Trace, ref trace.FieldRef) explain.Value {
	return explain.Value{Type: ref.Field.Type, Value: t.Facts[ref.Fact].Fields[ref.Field.Index].Value}
}

// least is the justification of least height of a concluded fact, or nil.
func least(t *trace.Trace, fact int) *trace.Justification {
	if js := t.Facts[fact].Justifications; len(js) > 0 {
		return &t.Justifications[js[0]]
	}
	return nil
}

// inputs are the fields of the cases that differ, as the rules saw them.
func (c *comparison) inputs(stated []*pair) []Input {
	list := []Input{}
	for _, p := range stated {
		switch {
		case len(p.b) == 0:
			list = append(list, Input{Fact: p.name, A: there(c.a, p.a[0]), B: absent()})
		case len(p.a) == 0:
			list = append(list, Input{Fact: p.name, A: absent(), B: there(c.b, p.b[0])})
		default:
			f, g := &c.a.Facts[p.a[0]], &c.b.Facts[p.b[0]]
			for _, name := range differing(f, g) {
				list = append(list, Input{Fact: p.name, Field: name, A: field(c.a, p.a[0], name), B: field(c.b, p.b[0], name)})
			}
		}
	}
	return list
}

func absent() Found { return Found{Says: "is not there"} }

func there(t *trace.Trace, i int) Found {
	return Found{Says: t.Facts[i].Status.String(), At: t.Facts[i].Span.String()}
}

// field is what a side has at a field of a fact.
func field(t *trace.Trace, i int, name string) Found {
	f := &t.Facts[i]
	of := f.Type.Field(name)
	if of == nil {
		return Found{Says: "is not declared"}
	}
	v := &f.Fields[of.Index]
	out := Found{Value: valueOf(t, trace.FieldRef{Fact: i, Field: of})}
	if v.Datum != nil {
		out.At = v.Datum.Span.String()
	}
	switch v.Origin {
	case trace.Absent:
		out.Says = "the case does not give it"
	case trace.KnownLater:
		out.Says = "known only later"
	case trace.Assumed:
		out.Says = "assumed"
	}
	return out
}

// thresholds are those that differ.
func (c *comparison) thresholds() []Threshold {
	list := []Threshold{}
	for _, th := range c.a.Pack.Thresholds {
		if t, differs := c.threshold(th.Name); differs {
			list = append(list, t)
		}
	}
	for _, th := range c.b.Pack.Thresholds {
		if c.a.Pack.Threshold(th.Name) == nil {
			t, _ := c.threshold(th.Name)
			list = append(list, t)
		}
	}
	return list
}

func (c *comparison) threshold(name string) (Threshold, bool) {
	a, b := parameter(c.a, name), parameter(c.b, name)
	same := a.Says == b.Says && (a.Value.IsZero() || a.Value.Type.FormatUnit(a.Value.Value) == b.Value.Type.FormatUnit(b.Value.Value))
	return Threshold{name, a, b}, !same
}

// parameter is what a side has of a threshold.
func parameter(t *trace.Trace, name string) Found {
	th := t.Pack.Threshold(name)
	switch {
	case th == nil:
		return Found{Says: "is not declared"}
	case th.Table == nil:
		return Found{Value: explain.Value{Type: th.Type, Value: t.Parameters.Value(th.Index)}, At: th.Span.String()}
	}
	var parts []string
	for i, v := range t.Parameters.Points(th.Index) {
		parts = append(parts, th.Table.List[i]+" "+th.Type.Format(v))
	}
	return Found{Says: strings.Join(parts, ", "), At: th.Span.String()}
}
