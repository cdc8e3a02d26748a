package analyse

import (
	"truce/engine/trace"
	"truce/rules"
)

// decide looks for facts on which those rules fire of which it is not known by
// themselves: first the pack's own tests, then hunts. Whatever fires in a run is known
// from then on.
func (w *work) decide() error {
	if err := w.tests(); err != nil {
		return err
	}
	for _, r := range w.all {
		f := w.fate[r]
		if f.dead || f.alive {
			continue
		}
		run, refuted, err := w.after("fires", together([]*rules.Rule{r}), func(run *rerun) bool { return run.status(r) == trace.Certain })
		if err != nil {
			return err
		}
		if run != nil {
			w.fired(run.trace)
		}
		f.dead, f.hunted = refuted, refuted
	}
	return nil
}

// mostVain is how many tests may show nothing new before hunts go on, and testStride how
// far from each other the tests are that are run one after the other: those that stand
// together show much the same.
const (
	mostVain   = 6
	testStride = 13
)

// tests runs tests of the pack as long as they show rules fire of which it was not
// known.
func (w *work) tests() error {
	vain := 0
	for from := range testStride {
		for i := from; i < len(w.pack.Tests); i += testStride {
			if vain == mostVain || !w.unknown() {
				return nil
			}
			t, err := w.engine.traceOf(w.pack.Tests[i].Case)
			if stopped(err) {
				return err
			}
			if vain++; t != nil && w.fired(t) {
				vain = 0
			}
		}
	}
	return nil
}

// unknown reports whether it is not known of some rule whether it can fire.
func (w *work) unknown() bool {
	for _, f := range w.fate {
		if !f.dead && !f.alive {
			return true
		}
	}
	return false
}

// fired notes what holds in a run, and whether that is new.
func (w *work) fired(t *trace.Trace) (found bool) {
	for _, j := range justifications(t, func(j *trace.Justification) bool { return j.Status == trace.Certain }) {
		found = found || !w.fate[j.Rule].alive
		w.fate[j.Rule].alive = true
	}
	return found
}
