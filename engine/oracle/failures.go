package oracle

import (
	"fmt"
	"slices"
	"strings"

	"truce/engine/model"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
)

// The errors of a run.
var (
	ErrConflict = source.Code{ID: "N001", Title: "two conclusions contradict",
		Doc:     "Two instances that hold for certain conclude facts of one key with different values. Give the type another key, or the rules conditions that exclude one another.",
		Example: "conclude: Verdict {value: pass}   ...   conclude: Verdict {value: fail}"}
	ErrFault = source.Code{ID: "N002", Title: "a rule failed on these facts",
		Doc:     "A condition or a formula has no value for an instance whose other conditions hold: a division by zero, an overflow, the least of nothing, a value outside its field's range.",
		Example: "share: =e.part / e.whole"}
	ErrFacts = source.Code{ID: "N003", Title: "too many concluded facts", Limit: true,
		Doc:     "The rules conclude more facts than the session allows. Rules that feed one another without end are the usual cause; the message names them.",
		Example: "when: [n: N]  then: [conclude: N, with: {v: =n.v + 1}]"}
	ErrJustifications = source.Code{ID: "N004", Title: "too many justifications", Limit: true,
		Doc:     "The rules have more instances than the session allows.",
		Example: "when: [a: Item, b: Item, c: Item, d: Item]"}
	ErrWork = source.Code{ID: "N005", Title: "too much evaluation", Limit: true,
		Doc:     "Evaluating conditions took more steps than the session allows.",
		Example: "count(Event, .size > e.size) > 3"}
	ErrCancelled = source.Code{ID: "N006", Title: "the run was stopped", Limit: true,
		Doc:     "The time given to the run ended, or its caller gave it up. Stated facts stand; conclusions cannot be read until a run succeeds.",
		Example: "truce assess --timeout 1ms case.yaml"}
)

// Codes lists the errors of a run.
func Codes() []source.Code {
	return []source.Code{ErrConflict, ErrFault, ErrFacts, ErrJustifications, ErrWork, ErrCancelled}
}

// failures reports every instance that is left in a fault: its premises are
// certain, and so are its tests but for the fault.
func (r *run) failures(instances []model.Instance) error {
	var ds source.Diagnostics
	for n := range instances {
		in := &instances[n]
		v := in.Truth
		if v.Fault() == nil {
			v = in.Failed
			if v.IsZero() || !in.Truth.True() {
				continue
			}
		}
		if !r.model.PremisesCertain(in) {
			continue
		}
		f := v.Fault()
		ds = append(ds, ErrFault.At(f.Span, "%s, in rule %s%s", f.Message, in.Rule.Name, r.bindings(in)).
			See(in.Rule.Span, "rule %s", in.Rule.Name))
	}
	// The rows of a table share conditions: a fault is told once, at its place.
	ds = slices.CompactFunc(ds.Sort(), func(a, b source.Diagnostic) bool { return a.Span == b.Span && a.Code == b.Code })
	return ds.Err()
}

// conflicts reports keys with two facts that both have certain support and differ.
func (r *run) conflicts(supported map[int][]int) error {
	groups := map[int][]int{}
	for i := range supported {
		if g := r.model.Facts[i].Group; g != 0 {
			groups[g] = append(groups[g], i)
		}
	}
	var ds source.Diagnostics
	for _, list := range groups {
		slices.Sort(list)
		for n, i := range list {
			for _, j := range list[:n] {
				if r.model.Facts[i].Excludes(&r.model.Facts[j]) {
					ds = append(ds, r.conflict(r.shown(supported[j]), r.shown(supported[i])))
				}
			}
		}
	}
	return ds.Sort().Err()
}

// shown is the instance of several that a message names: the first by name, so that
// the order of finding does not show.
func (r *run) shown(instances []int) *model.Instance {
	first := &r.model.Instances[instances[0]]
	for _, n := range instances[1:] {
		if in := &r.model.Instances[n]; r.before(in, first) {
			first = in
		}
	}
	return first
}

// before orders instances by rule, then by what they bind.
func (r *run) before(a, b *model.Instance) bool {
	if c := strings.Compare(a.Rule.Name, b.Rule.Name); c != 0 {
		return c < 0
	}
	return r.bindings(a) < r.bindings(b)
}

func (r *run) conflict(a, b *model.Instance) source.Diagnostic {
	if r.before(b, a) {
		a, b = b, a
	}
	return ErrConflict.At(b.Rule.Then[b.Conclusion].Span, "%s and %s cannot both be: rules %s%s and %s%s hold at once",
		r.model.Name(a.Fact), r.model.Name(b.Fact), a.Rule.Name, r.bindings(a), b.Rule.Name, r.bindings(b)).
		See(a.Rule.Span, "rule %s concludes %s", a.Rule.Name, r.model.Name(a.Fact)).
		See(b.Rule.Span, "rule %s concludes %s", b.Rule.Name, r.model.Name(b.Fact))
}

// bindings shows the premises of an instance.
func (r *run) bindings(in *model.Instance) string {
	var parts []string
	for _, s := range in.Rule.When {
		if s.Kind == rules.Pattern {
			parts = append(parts, s.Name+" = "+r.model.Name(in.Premises[s.Slot]))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// tick looks at the work, and from time to time at the context.
func (r *run) tick() error {
	if err := r.exhausted(); err != nil {
		return err
	}
	if r.ticks++; r.ticks%512 != 0 {
		return nil
	}
	if err := r.ctx.Err(); err != nil {
		return &Cancelled{Cause: err, cycle: r.cycle()}
	}
	return nil
}

// exhausted reports that no evaluation steps are left; what was computed since is
// worth nothing.
func (r *run) exhausted() error {
	if r.env.Work == nil || *r.env.Work >= 0 {
		return nil
	}
	return source.Diagnostics{ErrWork.At(r.feeding().Span, "evaluation took more than %d steps%s", r.limits.Work, r.cycle())}
}

// Cancelled is a run that its context ended.
type Cancelled struct {
	Cause error
	cycle string
}

func (c *Cancelled) Error() string { return c.Diagnostic().Error() }

// Unwrap is the context's error.
func (c *Cancelled) Unwrap() error { return c.Cause }

// Diagnostic is the same as a coded finding.
func (c *Cancelled) Diagnostic() source.Diagnostic {
	return ErrCancelled.At(facts.Span{}, "the run was stopped: %v%s", c.Cause, c.cycle)
}

// bound enforces the limits on facts and justifications.
func (r *run) bound() error {
	if n := r.limits.Facts; n > 0 && len(r.model.Facts)-r.stated >= n {
		return source.Diagnostics{ErrFacts.At(r.feeding().Span, "the rules conclude more than %d facts%s", n, r.cycle())}
	}
	if n := r.limits.Justifications; n > 0 && len(r.model.Instances) >= n {
		return source.Diagnostics{ErrJustifications.At(r.feeding().Span, "the rules have more than %d instances%s", n, r.cycle())}
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
