package packtest

import (
	"math"
	"slices"
	"strconv"

	"truce/explain/cover"
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
	"truce/rules/eval"
)

// ofThresholds moves the numbers of the pack, and replaces its choices.
func (g *generator) ofThresholds() {
	for i, t := range g.pack.Thresholds {
		if len(g.thresholds[i]) == 0 {
			continue // only the report reads it
		}
		if t.Table == nil {
			for _, v := range moved(t.Type, t.Value, t.Plausible, t.Step) {
				g.threshold(KindThreshold, t, len(t.Points), v)
			}
			continue
		}
		for level := range t.Points {
			for _, v := range moved(t.Type, t.Points[level], t.Plausible, t.Step) {
				g.threshold(KindPoints, t, level, v)
			}
		}
	}
}

// threshold is the mutant with another value for a threshold, or for an entry of a table.
func (g *generator) threshold(kind string, t *rules.Threshold, at int, v facts.Value) {
	m := &Mutant{Kind: kind, Of: "threshold " + t.Name, At: t.At[at], Becomes: t.Type.FormatUnit(v), spots: g.thresholds[t.Index],
		revision: func(p *rules.Pack) rules.Revision {
			c := *p.Thresholds[t.Index]
			if c.Table == nil {
				c.Value = v
			} else {
				c.Points = slices.Clone(c.Points)
				c.Points[at] = v
			}
			list := slices.Clone(p.Thresholds)
			list[t.Index] = &c
			return rules.Revision{Thresholds: list}
		}}
	if t.Table == nil {
		m.Was = t.Type.FormatUnit(t.Value)
		m.Same = g.between(t, v)
	} else {
		m.Of += ", " + t.Table.List[at]
		m.Was = t.Type.FormatUnit(t.Points[at])
	}
	g.add(m)
}

// ofAssumptions replaces what the pack assumes.
func (g *generator) ofAssumptions() {
	for i, a := range g.pack.Assumptions {
		spots := g.fields[a.Field]
		if len(spots) == 0 {
			continue
		}
		for _, v := range moved(a.Field.Type, a.Value, a.Field.Plausible, a.Field.Step) {
			g.add(&Mutant{Kind: KindAssumption, Of: "assumption " + a.Name(), At: a.Span, Was: a.Field.Type.FormatUnit(a.Value),
				Becomes: a.Field.Type.FormatUnit(v), spots: spots,
				revision: func(p *rules.Pack) rules.Revision {
					c := *a
					c.Value = v
					list := slices.Clone(p.Assumptions)
					list[i] = &c
					return rules.Revision{Assumptions: list}
				}})
		}
	}
}

// moved are the values that a mutant puts in place of one: of a number or a date a step
// down and up and both ends of what is plausible, as far as they lie inside; of a choice
// all others; of a level and a truth the neighbours.
func moved(t facts.Type, v facts.Value, plausible *facts.Value, step float64) []facts.Value {
	if !v.IsKnown() {
		return nil
	}
	var list []facts.Value
	for _, w := range candidates(t, v, plausible, step) {
		same := func(x facts.Value) bool { return x.Compare(w) == 0 }
		inside := (plausible == nil || w.Within(*plausible)) && (t.Range == nil || w.Within(*t.Range))
		if inside && !same(v) && !slices.ContainsFunc(list, same) {
			list = append(list, w)
		}
	}
	return list
}

// candidates are the values that a mutant could put in place of one, some of them maybe
// out of range or the same.
func candidates(t facts.Type, v facts.Value, plausible *facts.Value, step float64) []facts.Value {
	var list []facts.Value
	switch t.Kind {
	case facts.Number:
		x, by := v.Number(), stepOf(v.Number(), plausible, step)
		list = append(list, facts.NumberOf(decimal(x-by)), facts.NumberOf(decimal(x+by)))
		if plausible != nil {
			low, high := plausible.Bounds()
			for _, end := range []float64{low, high} {
				if !math.IsInf(end, 0) {
					list = append(list, facts.NumberOf(end))
				}
			}
		}
	case facts.Integer, facts.Date:
		of := facts.IntegerOf
		if t.Kind == facts.Date {
			of = facts.DateOf
		}
		x, _ := v.Ends()
		by := max(1, int64(step))
		list = append(list, of(x-by), of(x+by))
		if plausible != nil {
			low, high := plausible.Ends()
			for _, end := range []int64{low, high} {
				if end != facts.MinInteger && end != facts.MaxInteger {
					list = append(list, of(end))
				}
			}
		}
	case facts.Enum:
		for _, name := range t.Names.List {
			list = append(list, facts.EnumOf(name))
		}
	default:
		list = neighbours(t, v)
	}
	return list
}

// stepOf is how far a number moves: its step, the thousandth part of what is plausible,
// or a tenth of itself.
func stepOf(x float64, plausible *facts.Value, step float64) float64 {
	if step > 0 {
		return step
	}
	if plausible != nil {
		if low, high := plausible.Bounds(); !math.IsInf(high-low, 0) && high > low {
			return (high - low) / 1000
		}
	}
	if x != 0 {
		return math.Abs(x) / 10
	}
	return 1
}

// decimal takes away what binary fractions add to a sum of decimal ones.
func decimal(x float64) float64 {
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 12, 64), 64)
	if err != nil {
		return x
	}
	return y
}

// between says that no whole number lies between the old value of a threshold and the
// new one, where whole numbers are all that it is compared with.
func (g *generator) between(t *rules.Threshold, v facts.Value) string {
	if t.Type.Kind != facts.Number {
		return ""
	}
	was, is := t.Value.Number(), v.Number()
	low, high := min(was, is), max(was, is)
	compared, told := 0, false
	for _, r := range g.pack.Rules {
		for _, at := range cover.AllExpressions(r) {
			condition.Walk(at.Expr, func(e condition.Expr) bool {
				b, ok := e.(*condition.Binary)
				if !ok || !b.Op.Compares() {
					return true
				}
				op, other := b.Op, b.X
				if x, is := b.X.(*condition.Threshold); is && x.Index == t.Index {
					op, other = b.Op.Mirrored(), b.Y
				} else if y, is := b.Y.(*condition.Threshold); !is || y.Index != t.Index {
					return true
				}
				if other.Type().Kind == facts.Integer {
					compared++
					told = told || tells(op, low, high)
				}
				return true
			})
		}
	}
	if told || compared < len(g.thresholds[t.Index]) {
		return ""
	}
	return "only whole numbers are compared with it, and none lies between"
}

// tells reports whether a comparison of some whole number with one bound comes out
// otherwise than with the other.
func tells(op condition.Op, low, high float64) bool {
	switch op {
	case condition.Lt, condition.Ge: // a number from low on, below high
		return math.Ceil(low) < high
	case condition.Le, condition.Gt: // a number above low, up to high
		return math.Floor(high) > low
	default:
		return math.Floor(low) == low || math.Floor(high) == high
	}
}

// apart says why two rows cannot both hold, so that their order is of no consequence:
// each asks of one field what leaves nothing to the other.
func apart(r, s *rules.Rule) string {
	for _, a := range r.OwnSteps() {
		for _, b := range s.OwnSteps() {
			f, left := allowed(a.Expr)
			g, right := allowed(b.Expr)
			if f == nil || g == nil || f.Slot != g.Slot || f.Field != g.Field {
				continue
			}
			if !slices.ContainsFunc(left, func(v facts.Value) bool {
				return slices.ContainsFunc(right, func(w facts.Value) bool { return v.Compare(w) == 0 })
			}) {
				return "both cannot hold: " + f.Text() + " decides"
			}
		}
	}
	return ""
}

// allowed is the field of named values, levels or truths that a line is about, and those
// for which it is true; nil where the line is none of these.
func allowed(e condition.Expr) (*condition.FieldOf, []facts.Value) {
	var field *condition.FieldOf
	condition.Walk(e, func(e condition.Expr) bool {
		if f, ok := e.(*condition.FieldOf); ok {
			field = f
		}
		return field == nil
	})
	if field == nil {
		return nil, nil
	}
	var all []facts.Value
	switch t := field.Type(); t.Kind {
	case facts.Bool:
		all = []facts.Value{facts.BoolOf(false), facts.BoolOf(true)}
	case facts.Enum:
		for _, name := range t.Names.List {
			all = append(all, facts.EnumOf(name))
		}
	case facts.Scale:
		for level := range t.Names.List {
			all = append(all, facts.ScaleOf(level))
		}
	default:
		return nil, nil
	}
	var list []facts.Value
	for _, v := range all {
		holds, about := truthOf(e, field, v)
		if !about {
			return nil, nil
		}
		if holds {
			list = append(list, v)
		}
	}
	return field, list
}

// truthOf is whether a line that tests a field against constants is true for a value of
// it; about is false for any other line.
func truthOf(e condition.Expr, field *condition.FieldOf, v facts.Value) (holds, about bool) {
	about = true
	condition.Walk(e, func(e condition.Expr) bool {
		switch e := e.(type) {
		case *condition.FieldOf:
			about = about && e.Slot == field.Slot && e.Field == field.Field
		case *condition.Variable, *condition.ElementField, *condition.AsOf, *condition.Threshold, *condition.Aggregate, *condition.External, *condition.Call:
			about = false
		}
		return about
	})
	if !about {
		return false, false
	}
	values := make([]facts.Value, len(field.Fact.Fields))
	values[field.Field.Index] = v
	bound := make([]eval.Fact, field.Slot+1)
	bound[field.Slot].Values = values
	return eval.Eval(e, &eval.Env{Facts: bound}).True(), true
}
