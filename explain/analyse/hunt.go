package analyse

import (
	"fmt"
	"slices"

	"truce/engine"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

// A hunt looks for facts of a case on which rules come to something. Its boxes are
// ranges of the fields of stated facts, each a run of the rules that lead there: what
// is impossible in a box is impossible at each of its points. A box is divided by a
// field on which, by the trace of its run, what is looked for still hangs.
type hunt struct {
	*work
	*divider
	session *engine.Session
	facts   []*facts.StatedFact
	owner   []int          // by slot: the fact
	byName  map[string]int // slots, by fact and field
	last    []facts.Value  // by slot: as the session has it
	quarry  quarry
	whole   box
	found   box  // in which what is looked for is so
	sure    bool // the last box showed what is looked for
}

// huntRuns is how many runs one hunt may take.
const huntRuns = 120

// beside says how many facts a hunt states of each type of which there may be several.
type beside int

// unlisted leaves open what there is of the types of which a case need not list all.
const unlisted beside = -1

// besides are the ways in which facts of many are stated, in the order of trying.
func (w *work) besides(q *quarry) []beside {
	several := false
	for t := range w.leading(q) {
		several = several || !t.Concluded && t.Count != facts.One
	}
	if !several {
		return []beside{unlisted}
	}
	return []beside{unlisted, 1, 0, 2}
}

// leading are the types that a quarry stands on.
func (w *work) leading(q *quarry) map[*facts.FactType]bool {
	into := map[*facts.FactType]bool{}
	for t := range q.types {
		into[t] = true
	}
	for _, r := range q.rules {
		r.ReadTypes(into)
	}
	var queue []*facts.FactType
	for t := range into {
		queue = append(queue, t)
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, r := range w.producers[queue[0].Index] {
			read := map[*facts.FactType]bool{}
			r.ReadTypes(read)
			for t := range read {
				if !into[t] {
					into[t] = true
					queue = append(queue, t)
				}
			}
		}
	}
	return into
}

// newHunt gets ready to run the part of the pack that a quarry stands on.
func (w *work) newHunt(q quarry, n beside) *hunt {
	lead := w.leading(&q)
	part := w.pack.Part(func(r *rules.Rule) bool { return slices.Contains(q.rules, r) || r.Concludes(lead) })
	h := &hunt{work: w, quarry: q, byName: map[string]int{}, session: engine.Compile(part).NewSession(engine.Options{Limits: w.options.limits()})}
	c := w.emptyCase("hunt")
	if n == unlisted {
		c.Complete = nil
	}
	var slots []*slot
	for _, t := range w.pack.Schema.Types {
		if !lead[t] || t.Concluded {
			continue
		}
		count := max(int(n), 0)
		if t.Count == facts.One {
			count = 1
		}
		for i := range count {
			f := emptyFact(t)
			if t.Count != facts.One {
				f.ID = fmt.Sprint("n", i+1)
			}
			for _, field := range t.Fields {
				f.Data[field.Index].Given = true
				s := &slot{kind: ofField, typ: field.Type, field: field, whole: field.Type.Unknown()}
				s.cells = cellsOf(s, w.axisOf(field))
				h.byName[f.Name()+"."+field.Name] = len(slots)
				h.owner = append(h.owner, len(h.facts))
				slots = append(slots, s)
			}
			h.facts = append(h.facts, f)
		}
	}
	c.Facts = h.facts
	h.divider = &divider{slots: slots, budget: min(huntRuns, w.runs), look: h.look, try: h.try, sampled: true}
	h.last = make([]facts.Value, len(slots))
	whole, ok := h.divider.whole()
	if !ok || h.load(c, whole) != nil {
		return nil
	}
	h.whole = whole
	return h
}

// load states the facts of a hunt. A field that must be known is so from the start.
func (h *hunt) load(c *facts.Case, whole box) error {
	for i, s := range h.slots {
		h.last[i] = h.value(i, whole[i])
		h.facts[h.owner[i]].Data[s.field.Index].Value = h.last[i]
	}
	return h.session.Load(c)
}

// value is a stretch as it is stated.
func (h *hunt) value(i int, r stretch) facts.Value {
	if s := h.slots[i]; s.field.Exact && !r.value.IsKnown() {
		h.holes = true
		return s.inside(r)
	}
	return r.value
}

// state makes the facts those of a box.
func (h *hunt) state(b box) error {
	changed := make([]*facts.StatedFact, len(h.facts))
	for i, s := range h.slots {
		v := h.value(i, b[i])
		if v.Same(h.last[i]) {
			continue
		}
		h.last[i] = v
		at := h.owner[i]
		if changed[at] == nil {
			f := *h.facts[at]
			f.Data = slices.Clone(f.Data)
			changed[at] = &f
		}
		changed[at].Data[s.field.Index].Value = v
	}
	for at, f := range changed {
		if f != nil {
			if err := h.session.Modify(f); err != nil {
				return err
			}
			h.facts[at] = f
		}
	}
	return nil
}

// look runs a box.
func (h *hunt) look(b box) (truth, int) {
	h.sure = false
	h.runs--
	err := h.state(b)
	if err == nil {
		err = h.session.Run(h.ctx)
	}
	var t *trace.Trace
	if err == nil {
		t, _ = h.session.Trace() // that there is no answer is seen by what it concludes
	}
	found := h.quarry.judge(t, err)
	h.sure = found == always
	if t == nil {
		return found, -1
	}
	f := &hanging{hunt: h, trace: t, box: b, seen: map[*trace.Justification]bool{}, asked: map[trace.FieldRef]bool{}}
	for _, j := range h.quarry.hangs(t) {
		if at := f.on(j); at >= 0 {
			return found, at
		}
	}
	return found, -1
}

// try gives a point of a box that is as sure as a point.
func (h *hunt) try(b box) []facts.Value {
	if !h.sure {
		return nil
	}
	h.found = b
	return h.sample(0)
}

// mostSamples is how many points of the box that a hunt found are tried on the whole
// pack, whose other rules may end the run.
const mostSamples = 3

// sample is a point of the box that was found: values where it was narrowed, and none
// for all else.
func (h *hunt) sample(n int) []facts.Value {
	point := make([]facts.Value, len(h.found))
	for i, s := range h.slots {
		if !h.found[i].value.Same(h.whole[i].value) || s.field.Exact {
			list := s.samples(h.found[i])
			point[i] = list[n%len(list)]
		}
	}
	return point
}

// caseOf is a point as a case.
func (h *hunt) caseOf(id string, n beside, point []facts.Value) *facts.Case {
	c := h.emptyCase(id)
	if n == unlisted {
		c.Complete = nil
	}
	for at, f := range h.facts {
		g, some := emptyFact(f.Type), f.Type.Count != facts.One
		g.ID = f.ID
		for i, s := range h.slots {
			if h.owner[i] == at && !point[i].IsZero() {
				g.Data[s.field.Index], some = facts.Datum{Value: point[i], Given: true}, true
			}
		}
		if some {
			c.Facts = append(c.Facts, g)
		}
	}
	h.fillExact(c)
	return c
}

// after looks for a quarry with facts of many stated in one way after the other. It
// gives the run of the whole pack that shows what is looked for; or says that it is
// proved that no facts do.
func (w *work) after(id string, q quarry, shows func(*rerun) bool) (run *rerun, refuted bool, err error) {
	proves := true
	for t := range w.leading(&q) {
		proves = proves && (t.Concluded || t.Count != facts.Many)
	}
	for _, n := range w.besides(&q) {
		if w.runs <= 0 || w.engine.left <= 0 {
			return nil, false, nil
		}
		h := w.newHunt(q, n)
		if h == nil {
			continue
		}
		point := h.in(h.whole)
		if err := w.ctx.Err(); err != nil {
			return nil, false, err
		}
		switch {
		case point != nil:
			for k := range mostSamples {
				run, err := w.engine.shown(h.caseOf(id, n, h.sample(k)), shows)
				if err != nil || run != nil {
					return run, false, err
				}
			}
		case n == unlisted && proves && !h.holes:
			return nil, true, nil
		}
	}
	return nil, false, nil
}

// axisOf is what the rules of the pack compare a field with.
func (w *work) axisOf(f *facts.Field) *axis {
	if w.axes == nil {
		w.axes = map[*facts.Field]*axis{}
		of := func(f *facts.Field) *axis {
			if w.axes[f] == nil {
				w.axes[f] = &axis{}
			}
			return w.axes[f]
		}
		c := &cuts{fixed: w.env(nil), axis: func(e condition.Expr) *axis {
			switch e := e.(type) {
			case *condition.FieldOf:
				return of(e.Field)
			case *condition.ElementField:
				return of(e.Field)
			}
			return nil
		}}
		for _, r := range w.all {
			r.Each(c.one)
		}
	}
	if a := w.axes[f]; a != nil {
		return a
	}
	return &axis{}
}
