package report

import (
	"strings"

	"truce/explain"
	"truce/facts"
	"truce/rules"
	"truce/rules/eval"
)

// confidence is the first row of the pack's table whose condition the counts meet,
// or nil where none does.
func (a *assessor) confidence(table []rules.ConfidenceRow, c explain.Counts) *Confidence {
	env := &eval.Env{Parameters: a.t.Parameters, AsOf: a.t.Case.AsOf,
		Members: func(*facts.FactType) []eval.Member { return nil }}
	for _, n := range []int{c.Deciding, c.Reported, c.Coded, c.Assumed, c.Computed, c.Judgement, c.Answers} {
		env.Values = append(env.Values, facts.IntegerOf(int64(n)))
	}
	for i := range table {
		if row := &table[i]; row.When == nil || eval.Eval(row.When, env).True() {
			return &Confidence{Level: row.Level, Text: a.confidenceText(row, env), Counts: c}
		}
	}
	return nil
}

func (a *assessor) confidenceText(row *rules.ConfidenceRow, env *eval.Env) string {
	text := "Confidence is " + explain.Words(row.Level) + "."
	if row.Says == nil {
		return text
	}
	var b strings.Builder
	for _, p := range row.Says.Parts {
		if p.Expr == nil {
			b.WriteString(p.Text)
			continue
		}
		b.WriteString(a.voc.Value(explain.Value{Type: p.Expr.Type(), Value: eval.Eval(p.Expr, env)}))
	}
	return text + " " + stopped(explain.Sentence(b.String()))
}
