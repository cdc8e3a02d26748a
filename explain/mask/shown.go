package mask

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"truce/facts"
	"truce/facts/source"
	"truce/rules"
	"truce/rules/condition"
)

// asksFor finds a condition that asks for the value of a field itself, and not only
// whether it is more or less than something: its truth can show the value.
func asksFor(p *rules.Pack, f *facts.Field) (*rules.Rule, condition.Expr) {
	all := slices.Clone(p.Rules)
	for _, s := range p.Report.Sections {
		for _, l := range s.Lines {
			all = append(all, l.Rule)
		}
	}
	a := &asking{own: map[*facts.Field]bool{f: true}}
	for grown := true; grown; {
		grown = false
		for _, r := range p.Rules {
			a.bind(r)
			for _, c := range r.Then {
				for i, e := range c.Fields {
					if to := c.Fact.Fields[i]; !a.own[to] && a.copies(e) {
						a.own[to], grown = true, true
					}
				}
			}
		}
	}
	for _, r := range all {
		a.bind(r)
		if e := a.rule(r); e != nil {
			return r, e
		}
	}
	return nil, nil
}

// asking is the search for conditions that ask for a value.
type asking struct {
	own  map[*facts.Field]bool  // the field, and those that it is copied to
	lets map[int]condition.Expr // of a rule, by slot
}

func (a *asking) bind(r *rules.Rule) {
	a.lets = map[int]condition.Expr{}
	for _, s := range r.When {
		if s.Kind == rules.Let {
			a.lets[s.Slot] = s.Expr
		}
	}
}

// copies reports whether an expression may be the value as it is.
func (a *asking) copies(e condition.Expr) bool {
	switch e := e.(type) {
	case *condition.FieldOf:
		return a.own[e.Field]
	case *condition.ElementField:
		return a.own[e.Field]
	case *condition.Variable:
		return a.copies(a.lets[e.Slot])
	case *condition.Conditional:
		return a.copies(e.Then) || a.copies(e.Else)
	}
	return false
}

// rule finds a condition of a rule, or of what one of its aggregates counts or a choice
// between two values hangs on.
func (a *asking) rule(r *rules.Rule) condition.Expr {
	var conditions []condition.Expr
	look := func(e condition.Expr) bool {
		switch e := e.(type) {
		case *condition.Aggregate:
			if e.Where != nil {
				conditions = append(conditions, e.Where)
			}
		case *condition.Conditional:
			conditions = append(conditions, e.Cond)
		}
		return true
	}
	for _, s := range r.When {
		if s.Kind == rules.Condition {
			conditions = append(conditions, s.Expr)
		}
		condition.Walk(s.Expr, look)
	}
	for _, c := range r.Then {
		for _, e := range c.Fields {
			condition.Walk(e, look)
		}
	}
	if r.Says != nil {
		for _, part := range r.Says.Parts {
			condition.Walk(part.Expr, look)
		}
	}
	for _, e := range conditions {
		if found := a.atom(e); found != nil {
			return found
		}
	}
	return nil
}

// atom finds a part of a condition that asks for the value.
func (a *asking) atom(e condition.Expr) condition.Expr {
	switch x := e.(type) {
	case *condition.Unary:
		if x.Op == condition.Not {
			return a.atom(x.X)
		}
	case *condition.Binary:
		switch x.Op {
		case condition.And, condition.Or:
			if found := a.atom(x.X); found != nil {
				return found
			}
			return a.atom(x.Y)
		case condition.Lt, condition.Le, condition.Gt, condition.Ge:
			return nil
		}
	case *condition.Variable: // a condition under a name
		if found := a.atom(a.lets[x.Slot]); found != nil {
			return e
		}
	}
	if a.mentions(e) {
		return e
	}
	return nil
}

func (a *asking) mentions(e condition.Expr) bool {
	found := false
	condition.Walk(e, func(e condition.Expr) bool {
		switch x := e.(type) {
		case *condition.Aggregate: // what it counts is a condition of its own
			return false
		case *condition.Call:
			return x.Func != condition.Known
		case *condition.Variable:
			found = found || a.mentions(a.lets[x.Slot])
		default:
			found = found || a.copies(e)
		}
		return !found
	})
	return found
}

// leastTold is how many characters a value has that is looked for elsewhere: shorter ones
// stand in any text.
const leastTold = 3

// told finds masked values in the texts of a case that are not masked.
func told(whole, masked *facts.Case) source.Diagnostics {
	texts := texts(masked)
	var found source.Diagnostics
	for n, f := range masked.Facts {
		for i, field := range f.Type.Fields {
			if f.Data[i].Masked == "" {
				continue
			}
			for _, value := range spelt(whole.Facts[n].Data[i].Value, field.Type) {
				for _, t := range texts {
					if holds(t.text, value) {
						found = append(found, ErrTold.At(source.Span{}, "%s.%s is to be masked, and %s tells it", f.Name(), field.Name, t.where).
							Suggest("say it without the value there"))
					}
				}
			}
		}
	}
	return found.Sort()
}

// spelt are a value's ends as they are written. Names of levels and symbols are words of
// the pack, and stand for nothing elsewhere.
func spelt(v facts.Value, t facts.Type) []string {
	var ends []facts.Value
	switch lo, hi := v.Bounds(); {
	case v.IsUnknown() || t.Kind == facts.Bool || t.Kind == facts.Enum || t.Kind == facts.Scale:
	case v.IsKnown():
		ends = append(ends, v)
	case t.Kind == facts.Number:
		ends = append(ends, facts.NumberOf(lo), facts.NumberOf(hi))
	default:
		lo, hi := v.Ends()
		ends = append(ends, facts.Between(t.Kind, lo, lo), facts.Between(t.Kind, hi, hi))
	}
	var list []string
	for _, v := range ends {
		if s := t.Format(v); len([]rune(s)) >= leastTold {
			list = append(list, s)
		}
	}
	return list
}

// holds reports whether a text has a value in it, with no letter or figure beside it.
func holds(text, value string) bool {
	word := func(r rune, _ int) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	for {
		before, behind, found := strings.Cut(text, value)
		if !found {
			return false
		}
		if !word(utf8.DecodeLastRuneInString(before)) && !word(utf8.DecodeRuneInString(behind)) {
			return true
		}
		text = behind
	}
}

// kept is a text that is recorded, and what it is.
type kept struct{ where, text string }

// texts are what a case says in words of its own.
func texts(c *facts.Case) []kept {
	list := []kept{{"the title of the case", c.Title}, {"the tier of the case", c.Tier}}
	for _, s := range c.Notes {
		list = append(list, kept{"a note of the case", s})
	}
	for _, s := range c.Sources {
		list = append(list, kept{"a source of the case", s})
	}
	if x := c.Expected; x != nil {
		list = append(list, kept{"what is said of the outcome", strings.Join([]string{x.Sublabel, x.Note}, "\n")})
	}
	for _, f := range c.Facts {
		for i := range f.Data {
			d := &f.Data[i]
			where := fmt.Sprintf("what is said of %s.%s", f.Name(), f.Type.Fields[i].Name)
			list = append(list, kept{where, strings.Join([]string{d.Source, d.Evidence, d.Note}, "\n")})
		}
	}
	return list
}
