package analyse

import (
	"errors"
	"slices"

	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
)

// quarry is what a hunt is after.
type quarry struct {
	// types are those that it is about; the hunt runs what leads to them, and rules.
	types map[*facts.FactType]bool
	rules []*rules.Rule
	// judge says of a run whether what is looked for is so, with all that is unknown.
	judge func(*trace.Trace, error) truth
	// hangs are the justifications that it may still hang on.
	hangs func(*trace.Trace) []*trace.Justification
}

// hunt looks for facts on which some rules all hold, or end the run together.
func (w *work) hunt(id string, list []*rules.Rule, shows func(*rerun) bool) (*rerun, error) {
	run, _, err := w.after(id, together(list), shows)
	return run, err
}

// together is that some rules all hold for certain, or that a run fails because they do.
func together(list []*rules.Rule) quarry {
	named := func(name string) bool {
		return slices.ContainsFunc(list, func(r *rules.Rule) bool { return r.Name == name })
	}
	return quarry{rules: list,
		judge: func(t *trace.Trace, err error) truth {
			if t == nil {
				return failing(list, err)
			}
			found := always
			for _, r := range list {
				switch statusIn(t, r.Name) {
				case 0:
					return never
				case trace.Possible:
					found = open
				case trace.Certain:
				}
			}
			return found
		},
		hangs: func(t *trace.Trace) []*trace.Justification {
			return justifications(t, func(j *trace.Justification) bool { return named(j.Rule.Name) })
		},
	}
}

// failing is what a run that failed says of some rules.
func failing(list []*rules.Rule, err error) truth {
	run := &rerun{}
	if errors.As(err, &run.failed) && len(list) == 2 && run.contradicts(list[0], list[1], false) {
		return always
	}
	return open
}

func statusIn(t *trace.Trace, name string) trace.Status {
	var best trace.Status
	for _, j := range justifications(t, func(j *trace.Justification) bool { return j.Rule.Name == name }) {
		best = max(best, j.Status)
	}
	return best
}

// justifications are those of conclusions and of lines that are of some kind.
func justifications(t *trace.Trace, of func(*trace.Justification) bool) []*trace.Justification {
	var list []*trace.Justification
	for _, all := range [][]trace.Justification{t.Justifications, t.Lines} {
		for i := range all {
			if of(&all[i]) {
				list = append(list, &all[i])
			}
		}
	}
	return list
}

// huntGap looks for facts on which no fact of a type is even possible, or says that it is
// proved that there are none.
func (w *work) huntGap(id string, t *facts.FactType, shows func(*rerun) bool) (*Witness, bool, error) {
	own := func(j *trace.Justification) bool { return j.Fact >= 0 && j.Rule.Then[j.Conclusion].Fact == t }
	q := quarry{types: map[*facts.FactType]bool{t: true},
		judge: func(tr *trace.Trace, _ error) truth {
			if tr == nil {
				return open
			}
			found := always
			for _, j := range justifications(tr, own) {
				if j.Status == trace.Certain || j.Total && premisesHold(tr, j) {
					return never
				}
				found = open
			}
			return found
		},
		hangs: func(tr *trace.Trace) []*trace.Justification { return justifications(tr, own) },
	}
	run, refuted, err := w.after(id, q, shows)
	if run == nil {
		return nil, refuted, err
	}
	return &run.witness, false, nil
}

func premisesHold(t *trace.Trace, j *trace.Justification) bool {
	return !slices.ContainsFunc(j.Premises, func(i int) bool { return t.Facts[i].Status != trace.Certain })
}
