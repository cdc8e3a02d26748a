package enginetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"pgregory.net/rapid"

	"truce/facts"
	"truce/rules"
)

// Next draws a change for a session in the driver's state: mostly one that can be
// made, now and then one that must be refused.
func Next(t *rapid.T, p *rules.Pack, d *Driver) Change {
	if rapid.IntRange(0, 19).Draw(t, "misplaced") == 0 {
		return misplaced(t, p, d)
	}
	ops := []Op{Assert, Assert, Assert, Modify, Modify, Retract, Complete, Threshold, Mark, Mark, Rollback}
	switch op := rapid.SampledFrom(ops).Draw(t, "change"); {
	case (op == Modify || op == Retract) && len(d.book.facts) > 0:
		name := rapid.SampledFrom(slices.Sorted(maps.Keys(d.book.facts))).Draw(t, "of")
		if op == Retract {
			return Change{Op: Retract, Name: name}
		}
		return Change{Op: Modify, Fact: modified(t, d.book.facts[name])}
	case op == Complete:
		if types := openTypes(p); len(types) > 0 {
			return Change{Op: Complete, Name: rapid.SampledFrom(types).Draw(t, "type")}
		}
	case op == Threshold:
		if list := movable(p); len(list) > 0 {
			th := rapid.SampledFrom(list).Draw(t, "threshold")
			return Change{Op: Threshold, Name: th.Name, Value: Inside(t, th.Type, *th.Plausible)}
		}
	case op == Rollback && len(d.marks) > 0:
		return Change{Op: Rollback, Name: rapid.SampledFrom(d.Marks()).Draw(t, "mark")}
	case op == Mark:
		return Change{Op: Mark, Name: markName(t)}
	}
	return asserted(t, p, d)
}

func markName(t *rapid.T) string {
	return rapid.SampledFrom([]string{"m0", "m1", "m2", "m3"}).Draw(t, "name")
}

// asserted draws a fact that is not stated, or a modification where all are.
func asserted(t *rapid.T, p *rules.Pack, d *Driver) Change {
	var types []*facts.FactType
	for _, typ := range p.Schema.Types {
		if !typ.Concluded {
			types = append(types, typ)
		}
	}
	f := fact(t, rapid.SampledFrom(types).Draw(t, "type"), fmt.Sprintf("f%d", rapid.IntRange(0, 3).Draw(t, "id")))
	if d.book.facts[f.Name()] != nil {
		return Change{Op: Modify, Fact: f}
	}
	return Change{Op: Assert, Fact: f}
}

// modified is a fact with one field drawn anew; now and then with none.
func modified(t *rapid.T, f *facts.StatedFact) *facts.StatedFact {
	g := *f
	g.Data = slices.Clone(f.Data)
	if len(g.Data) > 0 && rapid.IntRange(0, 5).Draw(t, "changes nothing") > 0 {
		i := rapid.IntRange(0, len(g.Data)-1).Draw(t, "field")
		field := f.Type.Fields[i]
		g.Data[i] = facts.Datum{Given: true, Value: Inside(t, field.Type, field.Type.Unknown())}
	}
	return &g
}

func openTypes(p *rules.Pack) []string {
	var names []string
	for _, t := range p.Schema.Types {
		if !t.Concluded && t.Count == facts.Open {
			names = append(names, t.Name)
		}
	}
	return names
}

func movable(p *rules.Pack) []*rules.Threshold {
	var list []*rules.Threshold
	for _, t := range p.Thresholds {
		if t.Table == nil && t.Plausible != nil {
			list = append(list, t)
		}
	}
	return list
}

// misplaced draws a change that a session must refuse in this state.
func misplaced(t *rapid.T, p *rules.Pack, d *Driver) Change {
	switch rapid.IntRange(0, 3).Draw(t, "how") {
	case 0:
		if names := slices.Sorted(maps.Keys(d.book.facts)); len(names) > 0 {
			return Change{Op: Assert, Fact: d.book.facts[rapid.SampledFrom(names).Draw(t, "twice")]}
		}
	case 1:
		return Change{Op: Complete, Name: p.Goal.Type.Name}
	case 2:
		if names := slices.Sorted(maps.Keys(d.dead)); len(names) > 0 {
			return Change{Op: Rollback, Name: rapid.SampledFrom(names).Draw(t, "gone")}
		}
	}
	return Change{Op: Retract, Name: "Nothing(there)"}
}

// refusals are the codes with which a session refuses what is misplaced, or a
// threshold that a constraint forbids.
var refusals = []string{"N104", "N105", "N108", "N109"}

// outcomes are the codes in which runs over drawn packs may end: conflicts, faults,
// limits, and answers that are none or two.
var outcomes = []string{"N001", "N002", "N003", "N004", "N005", "N101", "N102"}

// Sequence draws changes and makes them in one session. After each the session must
// come to what a fresh one comes to that is stated with the same facts; a rollback
// must give back what could be read at the mark. It returns how many runs ended in
// a trace.
func Sequence(t *rapid.T, p *rules.Pack, steps int, s Sessions) int {
	d := NewDriver(s)
	ctx := context.Background()
	traces := 0
	for range rapid.IntRange(1, steps).Draw(t, "steps") {
		c := Next(t, p, d)
		t.Logf("%s", c)
		if err := d.Apply(c); err != nil && !expected(err) {
			t.Fatalf("%s: %v", c, err)
		}
		// Now and then several changes come before a run.
		if rapid.IntRange(0, 4).Draw(t, "run") == 0 {
			continue
		}
		o, err := d.Run(ctx)
		if err != nil && !slices.Contains(outcomes, o.Codes) && o.Codes != "N001 N002" {
			t.Fatalf("run after %s: %v", c, err)
		}
		if err := d.Compare(ctx, o); err != nil {
			t.Fatalf("run after %s: %v", c, err)
		}
		if o.Trace != "" {
			traces++
		}
	}
	return traces
}

func expected(err error) bool {
	return errors.Is(err, ErrMarkGone) || slices.Contains(refusals, codes(err))
}
