package explain

import (
	"strings"

	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
	"truce/rules/eval"
)

// says is the rule's own sentence with what an instance found, or "" where the rule
// has none, or where it asks for a total: of those the trace holds only what the
// conclusion used.
func (b *builder) says(j *trace.Justification) string {
	tpl := j.Rule.Says
	if tpl == nil {
		return ""
	}
	env := environment(b.t, j)
	var text strings.Builder
	for _, p := range tpl.Parts {
		e, t := p.Expr, facts.Type{}
		switch {
		case p.Field != nil:
			e, t = concluded(j.Rule, p.Field), p.Field.Field.Type
		case e != nil:
			t = e.Type()
		default:
			text.WriteString(p.Text)
			continue
		}
		v, ok := b.shown(j, p.Field, e, env)
		if !ok {
			return ""
		}
		text.WriteString(b.voc.Value(Value{t, v}))
	}
	return Sentence(text.String())
}

func concluded(r *rules.Rule, f *rules.ConclusionField) condition.Expr {
	return r.Then[f.Conclusion].Fields[f.Field.Index]
}

// shown is the value of a part: of a field of this very conclusion the one that the
// trace has.
func (b *builder) shown(j *trace.Justification, f *rules.ConclusionField, e condition.Expr, env *eval.Env) (facts.Value, bool) {
	if f != nil && f.Conclusion == j.Conclusion {
		return j.Formulas[f.Field.Index].Value, true
	}
	total := false
	condition.Walk(e, func(x condition.Expr) bool {
		_, aggregate := x.(*condition.Aggregate)
		total = total || aggregate
		return true
	})
	if total {
		return facts.Value{}, false
	}
	return eval.Eval(e, env), true
}
