package whynot

import (
	"cmp"
	"container/heap"
	"slices"

	"truce/explain/world"
	"truce/facts"
	"truce/rules"
	"truce/rules/eval"
)

// choice is a choice of facts for the first patterns of a rule, evaluated up to the
// next one.
type choice struct {
	next   int // the line to go on with
	facts  []eval.Fact
	values []facts.Value
	count  int     // conditions that are not true
	far    float64 // how far they miss
	serial int     // choices are opened in the order of facts where all else is equal
}

func (c *choice) compare(d *choice) int {
	return cmp.Or(cmp.Compare(c.count, d.count), cmp.Compare(c.far, d.far), cmp.Compare(c.serial, d.serial))
}

// queue is the heap of choices to open, nearest first.
type queue []*choice

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].compare(q[j]) < 0 }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(c any)        { *q = append(*q, c.(*choice)) }
func (q *queue) Pop() any {
	last := len(*q) - 1
	c := (*q)[last]
	*q = (*q)[:last]
	return c
}

// search finds the nearest choices of one rule.
type search struct {
	*explainer
	rule       *rules.Rule
	conclusion *rules.Conclusion
	wants      []want
	open       queue
	opened     int
	found      []*choice
	bound      bool
	atLeast    int
	pinned     map[string]bool // see scope
}

func (s *search) scope(c *choice) *scope {
	env := *s.env
	env.Facts, env.Values = c.facts, c.values
	if s.pinned == nil {
		s.pinned = pinnedBy(s.rule)
	}
	return &scope{explainer: s.explainer, rule: s.rule, env: &env, pinned: s.pinned}
}

// first is the choice of nothing yet.
func (s *search) first() *choice {
	return &choice{facts: make([]eval.Fact, s.rule.FactSlots), values: make([]facts.Value, s.rule.ValueSlots)}
}

func (s *search) run(most int) {
	first := s.first()
	s.advance(first)
	heap.Push(&s.open, first)
	for s.open.Len() > 0 && len(s.found) < most {
		c := heap.Pop(&s.open).(*choice)
		if c.next > len(s.rule.When) {
			s.found = append(s.found, c)
			continue
		}
		if s.opened >= s.o.Budget {
			heap.Push(&s.open, c)
			s.giveUp(c.count, most)
			return
		}
		s.expand(c, s.o.Budget)
	}
}

// expand opens a choice: one more for each fact of its next pattern.
func (s *search) expand(c *choice, most int) {
	for _, f := range s.candidates(s.rule.When[c.next]) {
		if s.opened >= most {
			s.boundAt(c.count)
			return
		}
		s.opened++
		d := &choice{next: c.next, facts: slices.Clone(c.facts), values: slices.Clone(c.values),
			count: c.count, far: c.far, serial: s.opened}
		s.bind(d, f)
		s.advance(d)
		heap.Push(&s.open, d)
	}
}

// candidates are the facts of a pattern's type; an imagined one where there is none.
func (s *search) candidates(step *rules.Step) []eval.Fact {
	list := s.byType[step.Fact.Index]
	if len(list) == 0 {
		return []eval.Fact{imagined(step.Fact, -1-step.Slot)}
	}
	fs := make([]eval.Fact, len(list))
	for i, f := range list {
		fs[i] = world.Bound(s.t, f)
	}
	return fs
}

// advance evaluates a choice up to its next pattern, and at the end what it would
// conclude.
func (s *search) advance(c *choice) {
	at := s.scope(c)
	for ; c.next < len(s.rule.When); c.next++ {
		step := s.rule.When[c.next]
		switch step.Kind {
		case rules.Pattern:
			return
		case rules.Let:
			c.values[step.Slot] = eval.Eval(step.Expr, at.env)
		case rules.Condition:
			r, ok := at.line(step)
			c.add(r, ok)
		}
	}
	c.next++
	for _, w := range s.wants {
		r, ok := at.missing(s.conclusion, w)
		c.add(r, ok)
	}
}

func (c *choice) add(r repair, ok bool) {
	if !ok {
		c.count, c.far = c.count+1, c.far+1
		return
	}
	c.count, c.far = c.count+len(r.leaves), c.far+r.far
}

// missing is what keeps a field of a conclusion from being as wanted: the leaves of
// a true-or-false formula, or the formula itself.
func (s *scope) missing(c *rules.Conclusion, w want) (repair, bool) {
	e := c.Fields[w.field.Index]
	v := eval.Eval(e, s.env)
	if w.set.Holds(eval.Fit(v, w.field, e.Span())).True() {
		return repair{}, true
	}
	if wanted, ok := w.wantsTruth(); ok {
		return s.repair(e, wanted)
	}
	return repair{[]leaf{{expr: e}}, w.set.distance(v)}, true
}

// wantsTruth is the one truth that a want asks for.
func (w want) wantsTruth() (wanted, ok bool) {
	s := w.set
	return s.Low == 1, w.field.Type.Kind == facts.Bool && !s.Known && s.Low == s.High
}

// giveUp ends a search whose budget is used up. The complete choices that are open
// are shown; where there is none, the nearest is completed with little more work.
func (s *search) giveUp(atLeast, most int) {
	s.boundAt(atLeast)
	slices.SortFunc(s.open, func(c, d *choice) int { return c.compare(d) })
	for _, c := range s.open {
		if c.next > len(s.rule.When) && len(s.found) < most {
			s.found = append(s.found, c)
		}
	}
	if len(s.found) > 0 || len(s.open) == 0 {
		return
	}
	c := s.open[0]
	for c.next <= len(s.rule.When) {
		s.open = nil
		s.expand(c, s.opened+greedy)
		c = heap.Pop(&s.open).(*choice)
	}
	s.found = append(s.found, c)
}

// boundAt notes that choices were left unopened: the first ones left are the nearest.
func (s *search) boundAt(count int) {
	if !s.bound {
		s.bound, s.atLeast = true, count
	}
}

// greedy is how many facts of each further pattern are tried beyond the budget.
const greedy = 100
