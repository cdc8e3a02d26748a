package whynot

import (
	"fmt"
	"slices"
	"strings"

	"truce/engine/trace"
	"truce/explain"
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
	"truce/rules/eval"
)

// blocked is a blocker with the ways out of it.
type blocked struct {
	Blocker
	ways []way
}

// instance says what blocks one choice.
func (s *search) instance(c *choice, depth int) Instance {
	at := s.scope(c)
	in := Instance{Distance: c.far, Blockers: []Blocker{}}
	blocks := s.blocks(at, c, &in)
	for i := range blocks {
		b := &blocks[i]
		if b.Truth == "unknown" {
			in.Unknown++
		} else {
			in.False++
		}
		for k, w := range b.ways {
			if k == mostShown {
				b.MoreWays = len(b.ways) - k
				break
			}
			b.Ways = append(b.Ways, Way{s.needs(w, depth)})
		}
		in.Blockers = append(in.Blockers, b.Blocker)
	}
	in.Concludes = s.concludes(at, blocks)
	if tried, ok := s.enough(c, blocks); ok {
		in.Enough = s.tried(tried)
	}
	return in
}

// mostShown is how many ways out of a blocker are shown and followed.
const mostShown = 3

// blocks lists what blocks a choice, in the order of the rule's lines, and notes
// what does not.
func (s *search) blocks(at *scope, c *choice, in *Instance) []blocked {
	var list []blocked
	for _, step := range s.rule.When {
		switch step.Kind {
		case rules.Pattern:
			b, blocks := s.premise(step, c.facts[step.Slot].Ref)
			in.Bindings = append(in.Bindings, b)
			if blocks != nil {
				list = append(list, *blocks)
			}
		case rules.Condition:
			r, ok := at.line(step)
			switch {
			case !ok:
				list = append(list, blocked{Blocker: Blocker{Kind: "condition", Text: step.Text, NotRow: step.NotRow,
					Truth: truthName(eval.Eval(step.Expr, at.env)), Wanted: true, At: step.Span.String()}})
			case len(r.leaves) == 0:
				in.Met = append(in.Met, Met{step.Text, step.Span.String()})
			}
			for _, l := range r.leaves {
				b := at.comparison(l)
				b.NotRow = step.NotRow
				if step.NotRow == "" && step.Text != b.Text {
					b.Line = step.Text
				}
				list = append(list, b)
			}
		}
	}
	for _, w := range s.wants {
		list = append(list, s.value(at, w)...)
	}
	return imagine(list)
}

// premise is the binding of a pattern, and a blocker where its fact need not hold.
func (s *search) premise(step *rules.Step, ref int) (Binding, *blocked) {
	b := Binding{Name: step.Name, Type: step.Fact.Name}
	block := blocked{Blocker: Blocker{Kind: "missing", Text: step.Name + ": " + step.Text, Truth: "false", Wanted: true, At: step.Span.String()}}
	if ref < 0 {
		block.ways = alone(need{kind: moreNeed, typ: step.Fact, many: 1, far: 1, fact: ref})
		return b, &block
	}
	f := &s.t.Facts[ref]
	b.Fact, b.Status = f.Name, f.Status.String()
	if f.Status == trace.Certain {
		return b, nil
	}
	block.Kind, block.Truth = "premise", "unknown"
	if f.Type.Concluded {
		block.ways = []way{s.certainly(ref)}
	} else {
		block.ways = alone(need{kind: moreNeed, typ: f.Type, many: 1, far: 1})
	}
	return b, &block
}

// imagine asks of a missing fact what the conditions ask of it, and takes those ways
// out of the conditions.
func imagine(list []blocked) []blocked {
	for i := range list {
		if list[i].Kind != "missing" {
			continue
		}
		n := &list[i].ways[0][0]
		for k := range list {
			for _, w := range list[k].ways {
				if len(w) == 1 && w[0].kind == fieldNeed && w[0].fact == n.fact {
					if ws, ok := joinWants(n.wants, want{w[0].field, w[0].set}); ok {
						n.wants = ws
						break
					}
				}
			}
		}
	}
	for k := range list {
		list[k].ways = withoutImagined(list[k].ways)
	}
	return list
}

func withoutImagined(ways []way) []way {
	var out []way
	for _, w := range ways {
		there := true
		for _, n := range w {
			there = there && !(n.kind == fieldNeed && n.fact < 0)
		}
		if there {
			out = append(out, w)
		}
	}
	return out
}

// comparison is a leaf as a blocker.
func (s *scope) comparison(l leaf) blocked {
	a := eval.Atoms(l.expr, s.env)[0]
	b := blocked{ways: s.turn(l), Blocker: Blocker{Kind: "condition", Text: l.expr.Text(), Truth: truthName(a.Truth),
		Wanted: l.want, At: l.expr.Span().String()}}
	for _, o := range a.Operands {
		if _, literal := o.Expr.(*condition.Literal); !literal && !o.Value.IsZero() {
			b.Operands = append(b.Operands, explain.Operand{Text: o.Expr.Text(), Value: explain.Value{Type: o.Expr.Type(), Value: o.Value}})
		}
	}
	if !a.Margin.IsZero() {
		b.Margin = explain.Value{Type: marginType(a.Operands[0].Expr.Type(), a.Margin), Value: a.Margin}
	}
	return b
}

// marginType is the type of a distance between operands of a type.
func marginType(of facts.Type, margin facts.Value) facts.Type {
	t := facts.Type{Kind: margin.Kind(), Unit: of.Unit}
	switch of.Kind {
	case facts.Date:
		t.Unit = facts.Day
	case facts.Scale:
		t.Unit = explain.Level
	}
	return t
}

// value is what keeps a field of the conclusion from being as wanted.
func (s *search) value(at *scope, w want) []blocked {
	r, ok := at.missing(s.conclusion, w)
	e := s.conclusion.Fields[w.field.Index]
	line := w.field.Name + " = " + e.Text()
	if _, isTruth := w.wantsTruth(); isTruth && ok {
		var list []blocked
		for _, l := range r.leaves {
			b := at.comparison(l)
			if b.Text != line {
				b.Line = line
			}
			list = append(list, b)
		}
		return list
	}
	if ok && len(r.leaves) == 0 {
		return nil
	}
	v := eval.Eval(e, at.env)
	reached := func(env *eval.Env) bool { return w.set.Holds(eval.Fit(eval.Eval(e, env), w.field, e.Span())).True() }
	ways := slices.DeleteFunc(at.reach(e, w.set), func(v way) bool { return !at.works(v, reached) })
	b := blocked{ways: simplest(ways), Blocker: Blocker{Kind: "value", Text: line, Wanted: true,
		Truth: truthName(w.set.Holds(v)), At: e.Span().String(),
		Operands: []explain.Operand{{Text: w.field.Name, Value: explain.Value{Type: w.field.Type, Value: v}}}}}
	if len(b.ways) == 0 && !v.IsKnown() && v.Fault() == nil {
		b.ways = at.know(e)
	}
	return []blocked{b}
}

// concludes is what a choice concludes that is blocked by the wanted values alone.
func (s *search) concludes(at *scope, blocks []blocked) string {
	for i := range blocks {
		if blocks[i].Kind == "missing" {
			return ""
		}
	}
	for _, step := range s.rule.When {
		if step.Kind == rules.Condition && eval.Eval(step.Expr, at.env).False() {
			return ""
		}
	}
	var parts []string
	for _, w := range s.wants {
		e := s.conclusion.Fields[w.field.Index]
		v := eval.Fit(eval.Eval(e, at.env), w.field, e.Span())
		parts = append(parts, w.field.Name+" = "+explain.Close.Print(explain.Value{Type: w.field.Type, Value: v}))
	}
	return strings.Join(parts, ", ")
}

// needs are the parts of a way as the document has them; those of conclusions are
// goals of their own.
func (x *explainer) needs(w way, depth int) []Need {
	out := make([]Need, len(w))
	for i, n := range w {
		out[i] = x.need(n)
		if t, ok := x.asGoal(n); ok {
			out[i].Goal = x.follow(t, depth+1)
		}
	}
	return out
}

func (x *explainer) need(n need) Need {
	out := Need{}
	switch n.kind {
	case fieldNeed:
		f := &x.t.Facts[n.fact]
		v := n.set.values()
		out = Need{Kind: "field", Name: f.Name + "." + n.field.Name, Fact: f.Name, Field: n.field.Name, Values: &v,
			Now: explain.Value{Type: n.field.Type, Value: n.now}, Origin: explain.OriginName(f.Fields[n.field.Index].Origin)}
		if d := f.Fields[n.field.Index].Datum; d != nil {
			out.At = d.Span.String()
		}
	case thresholdNeed:
		th := x.t.Pack.Thresholds[n.index]
		v := n.set.values()
		out = Need{Kind: "threshold", Name: "threshold." + th.Name, Values: &v, Now: explain.Value{Type: th.Type, Value: n.now}, At: th.Span.String()}
	case moreNeed:
		out = Need{Kind: "more", Name: n.typ.Name, Many: n.many, Wants: wanted(n.wants)}
		if n.where != nil {
			out.Where = n.where.Text()
		}
	case absentNeed:
		f := &x.t.Facts[n.fact]
		out = Need{Kind: "absent", Name: f.Name, Fact: f.Name}
		if len(f.Justifications) > 0 {
			out.Where = fmt.Sprintf("rule %s concludes it", x.t.Justifications[f.Justifications[0]].Rule.Name)
		} else {
			out.At = f.Span.String()
		}
	}
	return out
}

// asGoal is the goal behind a need of a conclusion.
func (x *explainer) asGoal(n need) (Target, bool) {
	switch {
	case n.kind == moreNeed && n.typ.Concluded:
		return Target{Type: n.typ, wants: n.wants}, true
	case n.kind == fieldNeed && n.fact >= 0 && x.t.Facts[n.fact].Type.Concluded:
		f := &x.t.Facts[n.fact]
		t := Target{Type: f.Type}
		for _, k := range f.Type.Key {
			if v := f.Fields[k].Value; v.IsKnown() && f.Type.Fields[k] != n.field {
				t.wants = append(t.wants, want{f.Type.Fields[k], only(f.Type.Fields[k].Type, v)})
			}
		}
		ws, ok := joinWants(t.wants, want{n.field, n.set})
		t.wants = ws
		return t, ok
	}
	return Target{}, false
}

func wanted(ws []want) []Wanted {
	out := make([]Wanted, len(ws))
	for i, w := range ws {
		out[i] = Wanted{w.field.Name, w.set.values()}
	}
	return out
}

func truthName(v facts.Value) string {
	switch {
	case v.Fault() != nil:
		return "error"
	case v.True():
		return "true"
	case v.False():
		return "false"
	}
	return "unknown"
}
