package network

import (
	"truce/engine/model"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
)

// Because finds the instances that conclude a fact, by running the rules that may
// backwards from it.
func (m *Matcher) Because(t *facts.FactType, n int32, use model.Found) {
	type found struct {
		rule     *rules.Rule
		status   trace.Status
		premises []int32
	}
	var list []found
	s := &m.stores[t.Index]
	m.ask(proving)
	m.proofs(growing{int32(s.Index), n}, false, func(st state) bool {
		r := m.run.then.rule
		list = append(list, found{r.Rule, st.status(), append([]int32(nil), m.ids[:r.FactSlots]...)})
		return true
	})
	// They are handed over when the search is done, so that what is done with one may
	// search again.
	for _, f := range list {
		if !use(f.rule, f.status, f.premises) {
			return
		}
	}
}

// Instances finds all instances of rules: one for each of their conclusions.
func (m *Matcher) Instances(use model.Found) {
	m.ask(collecting)
	m.run.collect = func(r *rule, s state) bool {
		for range r.conclusions {
			if !m.aside(func() bool { return use(r.Rule, s.status(), m.ids[:r.FactSlots]) }) {
				return false
			}
		}
		return true
	}
	for _, s := range m.program.strata {
		for _, r := range s.rules {
			if !r.line && !m.children(r.full, start) {
				return
			}
		}
	}
}

// aside does something in the midst of a search that may itself search, and leaves the
// search as it was.
func (m *Matcher) aside(do func() bool) bool {
	was := m.run
	m.saved.ids = append(m.saved.ids[:0], m.ids...)
	m.saved.rows = append(m.saved.rows[:0], m.frame.Rows...)
	m.saved.lets = append(m.saved.lets[:0], m.frame.Lets...)
	on := do()
	copy(m.ids, m.saved.ids)
	copy(m.frame.Rows, m.saved.rows)
	copy(m.frame.Lets, m.saved.lets)
	m.run = was
	m.view(was.view)
	return on
}
