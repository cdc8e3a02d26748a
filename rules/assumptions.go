package rules

import (
	"truce/facts"
)

func (l *loader) assumptions() {
	for _, it := range l.sections["assumptions"] {
		r, ok := l.record(it.node, assumptionRecord)
		if !ok {
			continue
		}
		a := &Assumption{Extension: l.itemExtension(it, r), Because: r.text("because"), Span: it.node.Span}
		if l.leftOut(a.Extension) {
			continue
		}
		a.Cites = l.cites(r, a.Extension)
		if a.Because == "" && !r.misspelt["because"] {
			l.add(NoReason.At(r.head("because"), "the assumption has no `because`").
				Suggest("add because: with what speaks for this value and for no other").Warn())
		}
		if l.assumption(a, r) {
			l.pack.Assumptions = append(l.pack.Assumptions, a)
		}
	}
}

func (l *loader) assumption(a *Assumption, r record) bool {
	n, v := r.need("field"), r.need("value")
	if n == nil {
		return false
	}
	a.Type, a.Field = l.typeAndField(n)
	if a.Field == nil {
		return false
	}
	why := ""
	switch {
	case a.Type.Concluded:
		why = "%s is concluded by rules, and an assumption stands in for what a case leaves out"
	case a.Type.Count != facts.One:
		why = "a case may have any number of %s facts, and an assumption speaks of the one of its type"
	case a.Type.Context:
		why = "%s is context, which decides nothing"
	}
	if why != "" {
		l.add(BadAssumption.At(n.Span, why, a.Type.Name))
		return false
	}
	if !l.declare("assumption for", a.Name(), n.Span) || v == nil {
		return false
	}
	value, ok := l.known(v, a.Field.Type)
	a.Value = value
	return ok
}
