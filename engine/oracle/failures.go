package oracle

import (
	"fmt"
	"strings"

	"truce/engine/model"
	"truce/facts/source"
	"truce/rules"
)

// tick looks at the work, and from time to time at the context.
func (r *run) tick() error {
	if err := r.exhausted(); err != nil {
		return err
	}
	if r.ticks++; r.ticks%512 != 0 {
		return nil
	}
	if err := r.ctx.Err(); err != nil {
		return &model.Cancelled{Cause: err, Feeding: r.cycle()}
	}
	return nil
}

// exhausted reports that no evaluation steps are left; what was computed since is
// worth nothing.
func (r *run) exhausted() error {
	if r.env.Work == nil || *r.env.Work >= 0 {
		return nil
	}
	return source.Diagnostics{model.ErrWork.At(r.feeding().Span, "evaluation took more than %d steps%s", r.limits.Work, r.cycle())}
}

// bound enforces the limits on facts and justifications.
func (r *run) bound() error {
	if n := r.limits.Facts; n > 0 && len(r.model.Facts)-r.stated >= n {
		return source.Diagnostics{model.ErrFacts.At(r.feeding().Span, "the rules conclude more than %d facts%s", n, r.cycle())}
	}
	if n := r.limits.Justifications; n > 0 && len(r.model.Instances) >= n {
		return source.Diagnostics{model.ErrJustifications.At(r.feeding().Span, "the rules have more than %d instances%s", n, r.cycle())}
	}
	return nil
}

// feeding is the rule of the last instance; of no instance, an empty rule.
func (r *run) feeding() *rules.Rule {
	if n := len(r.model.Instances); n > 0 {
		return r.model.Instances[n-1].Rule
	}
	return &rules.Rule{}
}

// cycle follows the last fact back through first instances of its stratum, and says
// which rules fed which, with the facts that they passed.
func (r *run) cycle() string {
	n := len(r.model.Instances)
	if n == 0 {
		return ""
	}
	in := &r.model.Instances[n-1]
	parts := []string{}
	seen := map[*rules.Rule]bool{}
	for !seen[in.Rule] {
		seen[in.Rule] = true
		next := r.feeder(in)
		if next == nil {
			return ""
		}
		parts = append(parts, fmt.Sprintf("rule %s concluded %s from %s of rule %s",
			in.Rule.Name, r.model.Name(in.Fact), r.model.Name(next.Fact), next.Rule.Name))
		in = next
	}
	return ": " + strings.Join(parts, ", ")
}

func (r *run) feeder(in *model.Instance) *model.Instance {
	for _, p := range in.Premises {
		if f := &r.model.Facts[p]; len(f.Instances) > 0 && f.Instances[0] >= r.first {
			return &r.model.Instances[f.Instances[0]]
		}
	}
	return nil
}
