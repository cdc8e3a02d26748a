package book

import (
	"strings"

	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

// theme is what one file of a pack declares, of what the book tells by themes.
type theme struct {
	name        string
	extension   *rules.Extension // that the file is of, or nil
	thresholds  []*rules.Threshold
	assumptions []*rules.Assumption
	rules       []*rules.Rule   // without rows
	tables      [][]*rules.Rule // by table: its rows
	order       []any           // *rules.Rule and []*rules.Rule, as the file has them
}

func themeOf(s facts.Span) string { return strings.TrimSuffix(s.File, ".yaml") }

// themesOf are the themes that have a rule, a threshold or an assumption, in reading
// order.
func themesOf(p *rules.Pack) []*theme {
	byName := map[string]*theme{}
	var inOrder []*theme
	for _, f := range p.Files {
		t := &theme{name: strings.TrimSuffix(f.Name, ".yaml")}
		byName[t.name] = t
		inOrder = append(inOrder, t)
	}
	for _, x := range p.Extensions {
		if t := byName[themeOf(x.Span)]; t != nil {
			t.extension = x
		}
	}
	for _, th := range p.Thresholds {
		t := byName[themeOf(th.Span)]
		t.thresholds = append(t.thresholds, th)
	}
	for _, a := range p.Assumptions {
		t := byName[themeOf(a.Span)]
		t.assumptions = append(t.assumptions, a)
	}
	for _, r := range p.Rules {
		byName[r.Theme].rule(r)
	}
	var kept []*theme
	for _, t := range inOrder {
		if len(t.order)+len(t.thresholds)+len(t.assumptions) > 0 {
			kept = append(kept, t)
		}
	}
	return inReadingOrder(kept)
}

// rule takes in a rule, or a row of a table.
func (t *theme) rule(r *rules.Rule) {
	if r.Row == nil {
		t.rules = append(t.rules, r)
		t.order = append(t.order, r)
		return
	}
	if n := len(t.tables); n > 0 && t.tables[n-1][0].Row.Table == r.Row.Table {
		t.tables[n-1] = append(t.tables[n-1], r)
		t.order[len(t.order)-1] = t.tables[n-1]
		return
	}
	t.tables = append(t.tables, []*rules.Rule{r})
	t.order = append(t.order, t.tables[len(t.tables)-1])
}

// all are the rules and rows of a theme.
func (t *theme) all() []*rules.Rule {
	list := append([]*rules.Rule{}, t.rules...)
	for _, rows := range t.tables {
		list = append(list, rows...)
	}
	return list
}

// readTypes are the types that a rule matches or ranges over, each with whether it only
// ranges over it.
func readTypes(r *rules.Rule) (types []*facts.FactType, ranged map[*facts.FactType]bool) {
	r = r.Own()
	ranged = map[*facts.FactType]bool{}
	add := func(t *facts.FactType, only bool) {
		was, seen := ranged[t]
		if !seen {
			types = append(types, t)
		}
		ranged[t] = only && (!seen || was)
	}
	for _, s := range r.When {
		if s.Fact != nil {
			add(s.Fact, false)
		}
	}
	r.Each(func(e condition.Expr) {
		if a, ok := e.(*condition.Aggregate); ok {
			add(a.Fact, true)
		}
	})
	return types, ranged
}

// needs are the themes whose conclusions each theme reads.
func needs(themes []*theme) map[*theme]map[*theme]bool {
	concludes := map[*facts.FactType][]*theme{}
	for _, t := range themes {
		for _, r := range t.all() {
			for _, c := range r.Then {
				concludes[c.Fact] = append(concludes[c.Fact], t)
			}
		}
	}
	out := map[*theme]map[*theme]bool{}
	for _, t := range themes {
		out[t] = map[*theme]bool{}
		for _, r := range t.all() {
			types, _ := readTypes(r)
			for _, ft := range types {
				for _, from := range concludes[ft] {
					if from != t {
						out[t][from] = true
					}
				}
			}
		}
	}
	return out
}

// inReadingOrder puts each theme behind those that it needs. Where themes need each
// other, the one whose rules are done first comes first.
func inReadingOrder(themes []*theme) []*theme {
	need := needs(themes)
	done := map[*theme]bool{}
	ready := func(t *theme) bool {
		for n := range need[t] {
			if !done[n] {
				return false
			}
		}
		return true
	}
	var out []*theme
	for len(out) < len(themes) {
		var next *theme
		for _, t := range themes {
			switch {
			case done[t]:
			case next == nil || ready(t) && !ready(next):
				next = t
			case ready(t) == ready(next) && !ready(t) && t.stratum() < next.stratum():
				next = t
			}
		}
		done[next] = true
		out = append(out, next)
	}
	return out
}

// stratum is that of the rule of the theme that runs last.
func (t *theme) stratum() int {
	last := 0
	for _, r := range t.all() {
		last = max(last, r.Stratum)
	}
	return last
}
