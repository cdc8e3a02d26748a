package book

import (
	"truce/engine/trace"
	"truce/explain"
)

// Run is a finished run of a test of the pack, or of a real case.
type Run struct {
	Name   string
	Test   bool
	Trace  *trace.Trace // nil where there is no answer
	Failed string       // why; "" otherwise
}

// exercise is what happens in runs of one kind.
type exercise struct {
	runs  int
	holds map[string][]string // by rule or line: the runs in which it holds
	can   map[string]int      // in how many it can hold and need not
	rests map[string][]string // the runs whose answer rests on it
	by    map[string]*oneRun  // by run
}

// oneRun is what happens in one run.
type oneRun struct {
	answer   []string
	settled  bool
	rests    []string // rules in the proof of the answer, in pack order
	holds    map[string]bool
	possible map[string]bool
}

func exerciseOf(runs []*Run, tests bool) *exercise {
	x := &exercise{holds: map[string][]string{}, can: map[string]int{}, rests: map[string][]string{}, by: map[string]*oneRun{}}
	for _, r := range runs {
		if r.Test != tests || r.Trace == nil {
			continue
		}
		x.runs++
		one := happened(r.Trace)
		x.by[r.Name] = one
		for name := range one.holds {
			x.holds[name] = append(x.holds[name], r.Name)
		}
		for name := range one.possible {
			if !one.holds[name] {
				x.can[name]++
			}
		}
		for _, name := range one.rests {
			x.rests[name] = append(x.rests[name], r.Name)
		}
	}
	return x
}

func happened(t *trace.Trace) *oneRun {
	one := &oneRun{settled: t.Answer.Settled, holds: map[string]bool{}, possible: map[string]bool{}}
	for _, v := range t.Answer.Values {
		one.answer = append(one.answer, v.Value)
	}
	for _, list := range [][]trace.Justification{t.Justifications, t.Lines} {
		for i := range list {
			into := one.possible
			if list[i].Status == trace.Certain {
				into = one.holds
			}
			into[list[i].Rule.Name] = true
		}
	}
	in := map[string]bool{}
	for _, n := range explain.OfAnswer(t, explain.Options{}).Nodes {
		for _, d := range n.Derivations() {
			in[d.Rule] = true
		}
	}
	for _, r := range t.Pack.Rules {
		if in[r.Name] {
			one.rests = append(one.rests, r.Name)
		}
	}
	return one
}
