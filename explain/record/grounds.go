package record

import (
	"maps"
	"slices"

	"truce/engine/trace"
)

// GroundsOf are the rules, and the thresholds that they read, on which an answer rests:
// those of the least justification of each fact of the goal that can hold, of what it
// used, and so on down. What an aggregate looked at and left out is not followed. The
// positions in the run must be sound.
func GroundsOf(r *Run) Grounds {
	g := grounds{run: r, least: r.least(), rules: map[string]bool{}, thresholds: map[string]bool{}, seen: map[int]bool{}}
	for _, v := range r.Answer.Values {
		for _, f := range v.Facts {
			g.fact(f)
		}
	}
	return Grounds{append([]string{}, slices.Sorted(maps.Keys(g.rules))...), append([]string{}, slices.Sorted(maps.Keys(g.thresholds))...)}
}

// least are the least justifications by fact: of a certain fact the least certain one.
func (r *Run) least() map[int]int {
	first := map[int]int{}
	for n := range r.Justifications {
		j := &r.Justifications[n]
		if r.Facts[j.Fact].Status == trace.Certain.String() && j.Status != trace.Certain.String() {
			continue
		}
		if _, ok := first[j.Fact]; !ok {
			first[j.Fact] = n
		}
	}
	return first
}

type grounds struct {
	run        *Run
	least      map[int]int
	rules      map[string]bool
	thresholds map[string]bool
	seen       map[int]bool
}

func (g *grounds) fact(f int) {
	n, concluded := g.least[f]
	if g.seen[f] || !concluded {
		return
	}
	g.seen[f] = true
	j := &g.run.Justifications[n]
	g.rules[j.Rule] = true
	for _, p := range j.Premises {
		g.fact(p)
	}
	for i := range j.Steps {
		g.reads(j.Steps[i].Reads)
		for k := range j.Steps[i].Atoms {
			g.reads(j.Steps[i].Atoms[k].Reads)
		}
	}
	for i := range j.Formulas {
		g.reads(j.Formulas[i].Reads)
	}
}

func (g *grounds) reads(r *Reads) {
	if r == nil {
		return
	}
	for _, name := range r.Thresholds {
		g.thresholds[name] = true
	}
	for _, a := range r.Aggregates {
		for _, m := range a.Members {
			if string(m.Selected) != "false" {
				g.fact(m.Fact)
			}
		}
	}
}
