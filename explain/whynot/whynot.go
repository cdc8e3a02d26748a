package whynot

import (
	"cmp"
	"slices"
	"strings"

	"truce/engine/trace"
	"truce/explain"
	"truce/explain/world"
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
	"truce/rules/eval"
)

// Options say how much is searched and shown. The zero value has the defaults.
type Options struct {
	PerRule int // nearest choices of a rule that are shown; 3
	Depth   int // how many levels of goals are followed; 8; negative: none
	Goals   int // goals of a document at most; 60
	Budget  int // choices that the search of one rule may open; 2,000
}

func (o Options) resolved() Options {
	o.PerRule = cmp.Or(o.PerRule, 3)
	o.Depth = cmp.Or(o.Depth, 8)
	o.Goals = cmp.Or(o.Goals, 60)
	o.Budget = cmp.Or(o.Budget, 2000)
	return o
}

// Of says why a goal was not concluded.
func Of(t *trace.Trace, goal Target, o Options) *Document {
	x := newExplainer(t, o)
	x.follow(goal, 0)
	return x.document()
}

// ByName says why what a person names was not concluded; the error is that of Parse.
func ByName(t *trace.Trace, text string, o Options) (*Document, error) {
	goal, err := Parse(t, text)
	if err != nil {
		return nil, err
	}
	return Of(t, goal, o), nil
}

// explainer builds one document.
type explainer struct {
	t      *trace.Trace
	o      Options
	env    *eval.Env
	byType [][]int // facts by type, in the trace's order
	deep   int     // how far solving has gone into an expression

	names map[string]bool
	open  []asked
	goals []*Goal
}

// asked is a goal that is still to be answered.
type asked struct {
	Target
	name  string
	depth int
}

func newExplainer(t *trace.Trace, o Options) *explainer {
	o = o.resolved()
	x := &explainer{t: t, o: o, env: world.Of(t, t.Parameters), byType: make([][]int, len(t.Pack.Schema.Types)), names: map[string]bool{}}
	for i := range t.Facts {
		n := t.Facts[i].Type.Index
		x.byType[n] = append(x.byType[n], i)
	}
	return x
}

// follow makes a goal part of the document, and is its name there; "" where it is
// not followed.
func (x *explainer) follow(t Target, depth int) string {
	name := t.String()
	switch {
	case x.names[name]:
		return name
	case depth > 0 && (depth > x.o.Depth || len(x.names) >= x.o.Goals):
		return ""
	}
	x.names[name] = true
	x.open = append(x.open, asked{t, name, depth})
	return name
}

func (x *explainer) document() *Document {
	for len(x.open) > 0 {
		a := x.open[0]
		x.open = x.open[1:]
		x.goals = append(x.goals, x.goal(a))
	}
	return &Document{Format: Format, Pack: explain.PackOf(x.t), Case: explain.CaseOf(x.t), Budget: x.o.Budget, Goals: x.goals}
}

func (x *explainer) unlisted(fact int) bool { return fact >= 0 && x.t.Facts[fact].Unlisted }

func (x *explainer) inKey(fact int, f *facts.Field) bool {
	t := x.t.Facts[fact].Type
	return t.Concluded && slices.Contains(t.Key, f.Index)
}

// goal answers one goal.
func (x *explainer) goal(a asked) *Goal {
	g := &Goal{Goal: a.name, Type: a.Type.Name, Wants: wanted(a.wants), Depth: a.depth, Stated: !a.Type.Concluded}
	x.standing(a.Target, g)
	if g.Status == trace.Certain.String() || g.Stated {
		return g
	}
	perRule := x.o.PerRule
	if a.depth > 0 {
		perRule = 1
	}
	concluding := false
	for _, r := range x.t.Pack.Rules {
		for _, c := range r.Then {
			if c.Fact != a.Type {
				continue
			}
			concluding = true
			if w, barred := bars(c, a.wants); barred {
				v := c.Fields[w.field.Index].(*condition.Literal).Value
				g.Never = append(g.Never, Barred{r.Name, w.field.Name + " = " + w.field.Type.Format(v), r.Span.String()})
				continue
			}
			g.Rules = append(g.Rules, x.rule(r, c, a.Target, perRule, a.depth))
		}
	}
	switch {
	case !concluding:
		g.NoRule = "no rule concludes " + a.Type.Name
	case len(g.Rules) == 0:
		g.NoRule = "no rule can conclude this: none gives " + a.Type.Name + " such a value"
	}
	slices.SortStableFunc(g.Rules, func(q, r Rule) int { return compareInstances(&q.Nearest[0], &r.Nearest[0]) })
	return g
}

func compareInstances(a, b *Instance) int {
	return cmp.Or(cmp.Compare(a.False+a.Unknown, b.False+b.Unknown), cmp.Compare(a.Distance, b.Distance))
}

// bars is a wanted field to which a conclusion gives another literal value.
func bars(c *rules.Conclusion, wants []want) (want, bool) {
	for _, w := range wants {
		if l, ok := c.Fields[w.field.Index].(*condition.Literal); ok {
			if w.set.Holds(eval.Fit(l.Value, w.field, l.Span())).False() {
				return w, true
			}
		}
	}
	return want{}, false
}

// mostOthers is how many other facts of the type a goal lists.
const mostOthers = 6

// standing says what the run has of a goal: facts that are as wanted, or what is
// there instead.
func (x *explainer) standing(a Target, g *Goal) {
	status := trace.Status(0)
	for _, i := range x.byType[a.Type.Index] {
		f := &x.t.Facts[i]
		if a.id != "" && f.Name != a.Type.Name+"("+a.id+")" {
			continue
		}
		all, key := facts.BoolOf(true), facts.BoolOf(true)
		for _, w := range a.wants {
			is := w.set.Holds(f.Fields[w.field.Index].Value)
			all = eval.And(all, is)
			if slices.Contains(a.Type.Key, w.field.Index) {
				key = eval.And(key, is)
			}
		}
		switch {
		case all.True() && f.Status == trace.Certain:
			status = trace.Certain
			g.Facts = append(g.Facts, f.Name)
		case !all.False():
			status = max(status, trace.Possible)
			g.Facts = append(g.Facts, f.Name)
		case key.False():
		case len(g.Instead) == mostOthers:
			g.MoreInstead++
		default:
			g.Instead = append(g.Instead, x.other(f))
		}
	}
	g.Status = status.String()
}

func (x *explainer) other(f *trace.Fact) Other {
	o := Other{Fact: f.Name, Status: f.Status.String(), Fields: []Shown{}, At: f.Span.String()}
	for i := range f.Fields {
		if field := f.Type.Fields[i]; !slices.Contains(f.Type.Key, i) && (f.Type.Concluded || f.Fields[i].Origin != trace.Absent) {
			o.Fields = append(o.Fields, shown(field, f.Fields[i].Value))
		}
	}
	if len(f.Justifications) > 0 {
		r := x.t.Justifications[f.Justifications[0]].Rule
		o.Rule, o.At = r.Name, r.Span.String()
	}
	return o
}

// rule searches one rule.
func (x *explainer) rule(r *rules.Rule, c *rules.Conclusion, a Target, perRule, depth int) Rule {
	s := &search{explainer: x, rule: r, conclusion: c, wants: a.wants}
	s.run(perRule)
	out := Rule{Rule: r.Name, Extension: r.Extension, Cites: r.Cites, At: r.Span.String(), Opened: s.opened,
		BoundOnly: s.bound, AtLeast: s.atLeast, Nearest: []Instance{}}
	if r.Row != nil {
		out.Table, out.Row = r.Row.Table, r.Row.Name
	}
	for _, found := range s.found {
		out.Nearest = append(out.Nearest, s.instance(found, depth))
	}
	return out
}

// String is the goal as it can be asked: Type(field = value, field >= value).
func (t Target) String() string {
	var parts []string
	if t.id != "" {
		parts = append(parts, t.id)
	}
	for _, w := range t.wants {
		parts = append(parts, w.texts()...)
	}
	if len(parts) == 0 {
		return t.Type.Name
	}
	return t.Type.Name + "(" + strings.Join(parts, ", ") + ")"
}
