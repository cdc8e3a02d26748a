package engine

import (
	"cmp"
	"slices"

	"truce/engine/model"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
	"truce/rules/eval"
)

// Trace expands the model into the one record of the run, atoms and all. It costs
// time and memory in proportion to the justifications; a session that is only asked
// for its answer never pays for it. Where the conclusions give no answer, or two,
// the trace comes with that error: the conclusions stand.
func (s *Session) Trace() (*trace.Trace, error) {
	answer, unanswered := s.Answer()
	if s.standing != ready {
		return nil, unanswered
	}
	x := &expansion{session: s, model: s.matcher.Model()}
	x.env = x.model.Env(s.parameters, s.asOf, nil)
	t := &trace.Trace{Pack: s.program.pack, Case: s.caseNow(), Parameters: s.parameters, Withheld: s.allWithheld()}
	x.facts(t)
	x.instances(t)
	x.lines(t)
	goal := x.model.ByType[s.program.pack.Goal.Type.Index]
	for _, v := range answer.Values {
		for i := range v.Facts {
			v.Facts[i] = x.at[goal[v.Facts[i]]]
		}
	}
	for i := range answer.Contradictions {
		answer.Contradictions[i] = x.at[goal[answer.Contradictions[i]]]
	}
	t.Answer = answer
	return t, unanswered
}

// Facts are the facts of a type, in canonical order, without their proofs: what a
// host program reads when it needs no reasons.
func (s *Session) Facts(t *facts.FactType) ([]trace.Fact, error) {
	if err := s.current(); err != nil {
		return nil, err
	}
	var list []trace.Fact
	for _, f := range s.factsOf(t) {
		list = append(list, s.traced(&f))
	}
	return list, nil
}

// Members are the facts of a type as the expressions of rules see them, in canonical
// order, each called by its position.
func (s *Session) Members(t *facts.FactType) ([]eval.Member, error) {
	if err := s.current(); err != nil {
		return nil, err
	}
	list := s.factsOf(t)
	members := make([]eval.Member, len(list))
	for i := range list {
		members[i] = list[i].Member(i)
	}
	return members, nil
}

// expansion turns numbers of the model into positions of a trace.
type expansion struct {
	session *Session
	model   *model.Model
	env     *eval.Env
	at      []int // positions in Trace.Facts by number in the model
}

// facts lays out the facts in canonical order: types in pack order, then keys.
func (x *expansion) facts(t *trace.Trace) {
	x.at = make([]int, len(x.model.Facts))
	groups := map[int][]int{}
	for _, list := range x.model.ByType {
		for _, i := range list {
			f := &x.model.Facts[i]
			x.at[i] = len(t.Facts)
			if f.Group != 0 {
				groups[f.Group] = append(groups[f.Group], len(t.Facts))
			}
			t.Facts = append(t.Facts, x.session.traced(f))
		}
	}
	for _, group := range groups {
		for _, i := range group {
			t.Facts[i].Alternatives = slices.DeleteFunc(slices.Clone(group), func(j int) bool { return j == i })
		}
	}
	t.Index()
}

// traced is a fact with where its values come from.
func (s *Session) traced(f *model.Fact) trace.Fact {
	out := trace.Fact{Name: f.Name(), Type: f.Type, Status: f.Status, Copies: f.Copies, Fields: make([]trace.Field, len(f.Values))}
	for j, v := range f.Values {
		out.Fields[j] = trace.Field{Value: v, Origin: trace.Concluded}
	}
	if !f.Stated() {
		return out
	}
	b := s.see(f.Key)
	out.Unlisted = f.Key.Unlisted
	if b.stated != nil {
		out.Span = b.stated.Span
	}
	for j := range f.Values {
		field := &out.Fields[j]
		field.Origin = b.origins[j]
		if b.stated != nil {
			field.Datum = &b.stated.Data[j]
		}
		if b.assumed != nil {
			field.Assumption = b.assumed[j]
		}
	}
	return out
}

// instances expands the justifications, gives everything its height, and puts them
// into canonical order.
func (x *expansion) instances(t *trace.Trace) {
	list := make([]trace.Justification, len(x.model.Instances))
	for n := range x.model.Instances {
		list[n] = x.justification(&x.model.Instances[n])
	}
	heights(t.Facts, list)
	slices.SortFunc(list, func(a, b trace.Justification) int { return compareJustifications(t, &a, &b) })
	for n := range list {
		f := &t.Facts[list[n].Fact]
		f.Justifications = append(f.Justifications, n)
	}
	// Of a certain fact the certain proofs come first.
	for i := range t.Facts {
		slices.SortStableFunc(t.Facts[i].Justifications, func(m, n int) int {
			return cmp.Compare(list[n].Status, list[m].Status)
		})
	}
	t.Justifications = list
}

func compareJustifications(t *trace.Trace, a, b *trace.Justification) int {
	if c := cmp.Or(cmp.Compare(a.Height, b.Height), cmp.Compare(a.Rule.Name, b.Rule.Name)); c != 0 {
		return c
	}
	for i := range a.Premises {
		if c := cmp.Compare(t.Facts[a.Premises[i]].Name, t.Facts[b.Premises[i]].Name); c != 0 {
			return c
		}
	}
	return cmp.Compare(a.Conclusion, b.Conclusion)
}

// lines expands the lines of the report: section by section, line by line, most
// weight first.
func (x *expansion) lines(t *trace.Trace) {
	if x.session.program.pack.Report == nil {
		return
	}
	order := map[*rules.Rule]int{}
	weights := map[*rules.Rule]condition.Expr{}
	for _, s := range x.session.program.pack.Report.Sections {
		for _, l := range s.Lines {
			order[l.Rule] = len(order)
			weights[l.Rule] = l.Weight
		}
	}
	for n := range x.model.Lines {
		j := x.justification(&x.model.Lines[n])
		if w := weights[j.Rule]; w != nil {
			j.Weight = eval.Eval(w, x.env) // the environment is still the line's own
		}
		for _, p := range reached(&j) {
			j.Height = max(j.Height, t.Facts[p].Height+1)
		}
		t.Lines = append(t.Lines, j)
	}
	slices.SortStableFunc(t.Lines, func(a, b trace.Justification) int {
		if c := cmp.Compare(order[a.Rule], order[b.Rule]); c != 0 {
			return c
		}
		return compareJustifications(t, &a, &b)
	})
}

// justification evaluates an instance again, this time recording everything.
func (x *expansion) justification(in *model.Instance) trace.Justification {
	j := trace.Justification{Rule: in.Rule, Conclusion: in.Conclusion, Fact: -1, Status: in.Status,
		Total: in.Total, Premises: make([]int, len(in.Premises)), Values: in.Values}
	if in.Fact >= 0 {
		j.Fact = x.at[in.Fact]
	}
	bound := make([]eval.Fact, len(in.Premises))
	for i, p := range in.Premises {
		j.Premises[i] = x.at[p]
		bound[i] = x.model.Bound(p)
	}
	x.env.Facts, x.env.Values = bound, in.Values
	for _, s := range in.Rule.When {
		j.Steps = append(j.Steps, x.step(s))
	}
	if in.Conclusion >= 0 {
		for i, e := range in.Rule.Then[in.Conclusion].Fields {
			f := x.formula(e)
			f.Value = x.model.Facts[in.Fact].Values[i] // as it was made to fit the field
			j.Formulas = append(j.Formulas, f)
		}
		return j
	}
	for _, p := range in.Rule.Says.Parts {
		var f trace.Formula
		if p.Expr != nil {
			f = x.formula(p.Expr)
		}
		j.Formulas = append(j.Formulas, f)
	}
	return j
}

func (x *expansion) step(s *rules.Step) trace.Step {
	out := trace.Step{Step: s}
	switch s.Kind {
	case rules.Let:
		out.Value, out.Reads = eval.Recorded(s.Expr, x.env)
		x.relocate(&out.Reads)
	case rules.Condition:
		out.Truth = eval.Eval(s.Expr, x.env)
		out.Atoms = eval.Atoms(s.Expr, x.env)
		for i := range out.Atoms {
			x.relocate(&out.Atoms[i].Reads)
		}
	}
	return out
}

func (x *expansion) formula(e condition.Expr) trace.Formula {
	f := trace.Formula{Expr: e}
	f.Value, f.Reads = eval.Recorded(e, x.env)
	x.relocate(&f.Reads)
	return f
}

// relocate turns the numbers of facts into positions in the trace.
func (x *expansion) relocate(r *trace.Reads) {
	for i := range r.Fields {
		r.Fields[i].Fact = x.at[r.Fields[i].Fact]
	}
	for i := range r.Aggregates {
		members := r.Aggregates[i].Members
		for k := range members {
			members[k].Fact = x.at[members[k].Fact]
		}
	}
}

// reached are the facts that a justification stands on: its premises, and all that
// its aggregates looked at, for that a fact was not selected is a ground too.
func reached(j *trace.Justification) []int {
	list := slices.Clone(j.Premises)
	add := func(r *trace.Reads) {
		for _, a := range r.Aggregates {
			for _, m := range a.Members {
				list = append(list, m.Fact)
			}
		}
	}
	for i := range j.Steps {
		add(&j.Steps[i].Reads)
		for k := range j.Steps[i].Atoms {
			add(&j.Steps[i].Atoms[k].Reads)
		}
	}
	for i := range j.Formulas {
		add(&j.Formulas[i].Reads)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
