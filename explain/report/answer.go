package report

import (
	"fmt"
	"slices"
	"strings"

	"truce/engine/trace"
	"truce/explain"
	"truce/facts"
)

func (a *assessor) answer() Answer {
	out := Answer{Settled: a.t.Answer.Settled, NoneCanHold: a.t.Answer.NoneCanHold, Values: []GoalValue{}}
	for i := range a.t.Answer.Values {
		out.Values = append(out.Values, a.goalValue(&a.t.Answer.Values[i]))
	}
	for _, ref := range a.all.Assumed {
		out.Assuming = append(out.Assuming, a.assumption(ref))
	}
	out.Sentence = sentence(&out)
	return out
}

func (a *assessor) goalValue(v *trace.GoalValue) GoalValue {
	out := GoalValue{Value: v.Value, Says: v.Value, Status: v.Status.String(), Facts: []string{}}
	if r := a.t.Pack.Report; r != nil {
		for _, s := range r.Answer {
			if s.Value == v.Value {
				out.Says = s.Says
			}
		}
	}
	for _, f := range v.Facts {
		out.Facts = append(out.Facts, a.t.Facts[f].Name)
		out.Detail = append(out.Detail, a.detail(f, v.Value)...)
	}
	slices.Sort(out.Detail)
	out.Detail = slices.Compact(out.Detail)
	return out
}

// detail is what a fact of the goal's type says beside the goal: its symbols and
// levels, in words.
func (a *assessor) detail(f int, said string) []string {
	fact := &a.t.Facts[f]
	var list []string
	for i := range fact.Fields {
		field := fact.Type.Fields[i]
		kind := field.Type.Kind
		v := fact.Fields[i].Value
		if field != a.t.Pack.Goal.Field && (kind == facts.Enum || kind == facts.Scale) && v.IsKnown() {
			if s := explain.Words(field.Type.Format(v)); s != said {
				list = append(list, s)
			}
		}
	}
	return list
}

// sentence is the answer in one sentence. The words for how sure a reader may be
// are not among its own: what holds does so under rules and facts.
func sentence(a *Answer) string {
	var b strings.Builder
	n := len(a.Assuming)
	switch {
	case len(a.Values) == 0:
		return "Under these rules and facts no answer can hold."
	case a.Settled && n == 0:
		b.WriteString("Under these rules and facts: ")
	case a.Settled:
		fmt.Fprintf(&b, "Under these rules and facts, and assuming %s: ", givenCount(n))
	case n == 0:
		b.WriteString("These facts leave open: ")
	default:
		fmt.Fprintf(&b, "These facts, and assuming %s, leave open: ", givenCount(n))
	}
	var parts []string
	for _, v := range a.Values {
		parts = append(parts, fmt.Sprintf("%s (%s)", v.Says, inBrackets(&v)))
	}
	if a.NoneCanHold {
		parts = append(parts, "none of the answers")
	}
	b.WriteString(strings.Join(parts, ", or ") + ".")
	return b.String()
}

func givenCount(n int) string {
	if n == 1 {
		return "one value that the case does not give"
	}
	return fmt.Sprintf("%d values that the case does not give", n)
}

func inBrackets(v *GoalValue) string {
	if len(v.Detail) == 0 {
		return v.Value
	}
	return v.Value + ": " + strings.Join(v.Detail, " or ")
}

func (a *assessor) assumption(ref trace.FieldRef) explain.Assumption {
	as := a.t.Facts[ref.Fact].Fields[ref.Field.Index].Assumption
	return explain.Assumption{Name: as.Name(), Value: explain.Value{Type: as.Field.Type, Value: as.Value}, Because: as.Because,
		Cites: as.Cites, Extension: as.Extension, At: as.Span.String()}
}
