package analyse

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"truce/engine"
	"truce/engine/trace"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
)

// Witness is facts on which a finding shows.
type Witness struct {
	Case *facts.Case
	Text string // the case as a file
}

// mostInWords is how many values of a witness are told in the message of a finding.
const mostInWords = 8

// inWords is the witness in a line: its values, fact by fact.
func (x *Witness) inWords() string {
	var parts []string
	for _, f := range x.Case.Facts {
		for i, d := range f.Data {
			if d.Given {
				parts = append(parts, fmt.Sprintf("%s.%s is %s", f.Name(), f.Type.Fields[i].Name, f.Type.Fields[i].Type.FormatUnit(d.Value)))
			}
		}
	}
	switch n := len(parts) - mostInWords; {
	case len(parts) == 0:
		return "where a case states nothing"
	case n > 0:
		parts = append(parts[:mostInWords], fmt.Sprintf("and %d more", n))
	}
	return "where " + strings.Join(parts, ", ")
}

// caseOf is a point of a problem as a case that lists all facts.
func (p *problem) caseOf(id string, point []facts.Value) *facts.Case {
	c := p.work.emptyCase(id)
	byThing := map[*thing]*facts.StatedFact{}
	numbers := map[*facts.FactType]int{}
	for _, t := range p.things {
		if t.typ.Concluded {
			continue
		}
		f := emptyFact(t.typ)
		if t.typ.Count != facts.One {
			numbers[t.typ]++
			f.ID = fmt.Sprint("n", numbers[t.typ])
		}
		byThing[t] = f
		c.Facts = append(c.Facts, f)
	}
	for i, s := range p.slots {
		switch {
		case s.kind == ofField && byThing[s.thing] != nil:
			byThing[s.thing].Data[s.field.Index] = facts.Datum{Value: point[i], Given: true}
		case s.kind == ofDate:
			c.AsOf = point[i].Integer()
		}
	}
	p.work.fillExact(c)
	return c
}

// emptyCase states nothing, and says that this is all.
func (w *work) emptyCase(id string) *facts.Case {
	c := &facts.Case{ID: strings.ReplaceAll(strings.ToLower(id), "/", "-"), Title: "What do the rules make of this?", AsOf: usualDay}
	for _, t := range w.pack.Schema.Types {
		if !t.Concluded && t.Count == facts.Open {
			c.Complete = append(c.Complete, t.Name)
		}
	}
	return c
}

func emptyFact(t *facts.FactType) *facts.StatedFact {
	f := &facts.StatedFact{Type: t, Data: make([]facts.Datum, len(t.Fields))}
	for i, field := range t.Fields {
		f.Data[i].Value = field.Type.Unknown()
	}
	return f
}

// fillExact gives a value to what a case must not leave unknown.
func (w *work) fillExact(c *facts.Case) {
	for _, t := range w.pack.Schema.Types {
		if t.Concluded || t.Count != facts.One || slices.ContainsFunc(c.Facts, func(f *facts.StatedFact) bool { return f.Type == t }) {
			continue
		}
		if slices.ContainsFunc(t.Fields, func(f *facts.Field) bool { return f.Exact && w.pack.Assumption(f) == nil }) {
			c.Facts = append(c.Facts, emptyFact(t))
		}
	}
	for _, f := range c.Facts {
		for i, field := range f.Type.Fields {
			if d := &f.Data[i]; field.Exact && !d.Given && w.pack.Assumption(field) == nil {
				s := &slot{kind: ofField, typ: field.Type, field: field, whole: field.Type.Unknown()}
				s.cells = cellsOf(s, &axis{})
				d.Value, d.Given = s.inside(s.stretch(0, len(s.cells)-1)), true
			}
		}
	}
}

// reruns are runs of the whole pack over cases, as assess makes them: each is written,
// read again and run.
type reruns struct {
	work    *work
	session *engine.Session
	left    int
	kept    []*rerun // runs that showed something, of a pack that is large
}

// newReruns may make fewer runs the larger the pack is, for each costs as much as the
// rules that fire.
func newReruns(w *work) *reruns {
	return &reruns{work: w, left: max(leastReruns, rerunRules/(1+len(w.all)))}
}

// The bounds of reruns: how many there are at least, and how many rules they may fire
// in all.
const (
	leastReruns = 25
	rerunRules  = 60_000
)

// rerun is what a run of the whole pack came to.
type rerun struct {
	witness Witness
	trace   *trace.Trace       // nil where the run failed
	failed  source.Diagnostics // why it failed, or why there is no answer
	states  map[*rules.Rule]trace.Status
	named   map[facts.Span][]int // by the place of a rule: which of failed name it
}

// sessionOf is a session of the whole pack, which is made when it is first needed.
func (r *reruns) sessionOf() *engine.Session {
	if r.session == nil {
		r.session = engine.Compile(r.work.pack).NewSession(engine.Options{Limits: r.work.options.limits()})
	}
	return r.session
}

// traceOf runs the pack over a case. Where there is no answer, there is a trace beside
// the error.
func (r *reruns) traceOf(c *facts.Case) (*trace.Trace, error) {
	s := r.sessionOf()
	if err := s.Load(c); err != nil {
		return nil, err
	}
	if err := s.Run(r.work.ctx); err != nil {
		return nil, err
	}
	return s.Trace()
}

// shown is a run over a case, if it shows what it should; of a large pack, whose runs
// are used up, it is an earlier run that does. It is nil where there is none.
func (r *reruns) shown(c *facts.Case, shows func(*rerun) bool) (*rerun, error) {
	if r.left <= 0 {
		return r.earlier(shows), nil
	}
	run, err := r.run(c)
	if err != nil || run == nil || !shows(run) {
		return nil, err
	}
	if r.left < leastReruns {
		r.kept = append(r.kept, run)
	}
	return run, nil
}

// earlier is a run of those kept that shows something, or nil.
func (r *reruns) earlier(shows func(*rerun) bool) *rerun {
	for _, run := range r.kept {
		if shows(run) {
			return run
		}
	}
	return nil
}

// run runs the pack over a case. Its error is the context's; a case that cannot be
// written gives nil.
func (r *reruns) run(c *facts.Case) (*rerun, error) {
	r.left--
	var text bytes.Buffer
	if err := facts.WriteCase(&text, c, r.work.pack.Schema); err != nil {
		return nil, nil //nolint:nilerr // what cannot be written is no witness
	}
	back, ds := facts.ReadCase(c.ID+".yaml", text.Bytes(), r.work.pack.Schema, facts.ReadOptions{})
	if ds.HasErrors() {
		return nil, nil
	}
	out := &rerun{witness: Witness{back, text.String()}}
	var err error
	out.trace, err = r.traceOf(back)
	if stopped(err) {
		return nil, err
	}
	errors.As(err, &out.failed)
	if err != nil && out.failed == nil {
		out.failed = source.Diagnostics{{Message: err.Error()}}
	}
	return out, nil
}

// status is how a rule or a line stands in a run: 0 where it cannot hold.
func (r *rerun) status(of *rules.Rule) trace.Status {
	if r.states == nil && r.trace != nil {
		r.states = map[*rules.Rule]trace.Status{}
		for _, list := range [][]trace.Justification{r.trace.Justifications, r.trace.Lines} {
			for i := range list {
				r.states[list[i].Rule] = max(r.states[list[i].Rule], list[i].Status)
			}
		}
	}
	return r.states[of]
}

// concludes reports whether a fact of a type is at least possible.
func (r *rerun) concludes(t *facts.FactType) bool {
	return slices.ContainsFunc(r.trace.Facts, func(f trace.Fact) bool { return f.Type == t })
}
