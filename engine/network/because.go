package network

import (
	"truce/engine/model"
	"truce/facts"
)

// Because finds the instances that conclude a fact, by running the rules that may
// backwards from it.
func (m *Matcher) Because(t *facts.FactType, n int32, use model.Found) {
	s := &m.stores[t.Index]
	m.ask(proving)
	m.proofs(growing{int32(s.Index), n}, false, func(st state) bool {
		r := m.run.then.rule
		return use(r.Rule, st.status(), m.ids[:r.FactSlots])
	})
}

// Instances finds all instances of rules: one for each of their conclusions.
func (m *Matcher) Instances(use model.Found) {
	m.ask(collecting)
	on := true
	m.run.collect = func(r *rule, s state) {
		for range r.conclusions {
			on = on && use(r.Rule, s.status(), m.ids[:r.FactSlots])
		}
	}
	for _, s := range m.program.strata {
		for _, r := range s.rules {
			if on && !r.line {
				m.children(r.full, start)
			}
		}
	}
}
