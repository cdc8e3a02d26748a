package analyse

import (
	"errors"

	"truce/engine"
	"truce/engine/trace"
	"truce/facts/source"
	"truce/rules"
)

// decide looks for facts on which those rules fire of which it is not known by
// themselves: first the pack's own tests, then hunts.
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
		f.alive = run != nil
		f.dead, f.hunted = refuted, refuted
	}
	return nil
}

// unknown reports whether it is not known of some rule, and of some line, whether it
// can fire.
func (w *work) unknown() (some, line bool) {
	for r, f := range w.fate {
		if !f.dead && !f.alive {
			some, line = true, line || len(r.Then) == 0
		}
	}
	return some, line
}

// tests runs the pack's own tests as long as there is a rule to see fire.
func (w *work) tests() error {
	var s *engine.Session
	for _, test := range w.pack.Tests {
		some, line := w.unknown()
		if !some {
			return nil
		}
		if s == nil {
			s = w.engine.sessionOf()
		}
		err := s.Load(test.Case)
		if err == nil {
			err = s.Run(w.ctx)
		}
		if err == nil {
			err = w.fired(s, line)
		}
		if stopped(err) {
			return err
		}
	}
	return nil
}

// fired notes what holds in a run.
func (w *work) fired(s *engine.Session, lines bool) error {
	if !lines {
		return s.Instances(func(in engine.Instance) bool {
			if in.Status == trace.Certain {
				w.fate[in.Rule].alive = true
			}
			return true
		})
	}
	t, err := s.Trace()
	var ds source.Diagnostics
	if t == nil || err != nil && !errors.As(err, &ds) {
		return err
	}
	for _, j := range justifications(t, func(j *trace.Justification) bool { return j.Status == trace.Certain }) {
		w.fate[j.Rule].alive = true
	}
	return nil
}
