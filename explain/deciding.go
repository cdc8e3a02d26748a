package explain

import (
	"fmt"
	"strings"

	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

// Deciding is one deciding condition of an answer: a place where the proof reads
// what the case states.
type Deciding struct {
	Rule   *rules.Rule
	Expr   condition.Expr // an atom, the expression of a bound value, or a formula
	Value  facts.Value
	Fact   int              // what the rule concluded, in the trace's facts
	Mark   Mark             // the weakest of the fields'
	Fields []trace.FieldRef // the stated fields that it reads
}

// DecidingConditions are the deciding conditions of the answer, in the order in
// which its proof is read. See the package's doc.
func DecidingConditions(t *trace.Trace) []Deciding {
	type key struct{ of, text, premises string }
	seen := map[key]bool{}
	var list []Deciding
	for _, f := range closure(t, AnswerFacts(t)) {
		j := least(t, f)
		if j == nil {
			continue
		}
		for _, e := range needed(t, j) {
			k := key{ruleOrTable(j.Rule), e.expr.Text(), fmt.Sprint(j.Premises)}
			if d := (Deciding{Rule: j.Rule, Expr: e.expr, Value: e.value, Fact: f}); !seen[k] && d.enters(t, e.reads) {
				seen[k] = true
				list = append(list, d)
			}
		}
	}
	return list
}

// ruleOrTable is where a condition is the same when it is written the same: a rule,
// or all the rows of a table.
func ruleOrTable(r *rules.Rule) string {
	if r.Row != nil {
		return r.Row.Table + "/"
	}
	return r.Name
}

// enters finds the stated fields that are read directly and have a mark, and
// reports whether there are any.
func (d *Deciding) enters(t *trace.Trace, r *trace.Reads) bool {
	for _, ref := range directFields(r) {
		if t.Facts[ref.Fact].Type.Concluded {
			continue
		}
		if m := FieldMark(t, ref); m != 0 {
			d.Fields = append(d.Fields, ref)
			d.Mark = weaker(d.Mark, m)
		}
	}
	return d.Mark != 0
}

// Counts are how many deciding conditions there are, and how many carry each mark.
type Counts struct {
	Deciding  int `json:"deciding"`
	Reported  int `json:"reported"`
	Coded     int `json:"coded"`
	Assumed   int `json:"assumed"`
	Computed  int `json:"computed"`
	Judgement int `json:"judgement"`
	Answers   int `json:"answers"` // goal values that can hold
}

// Count counts the marks of deciding conditions.
func Count(ds []Deciding, t *trace.Trace) Counts {
	c := Counts{Deciding: len(ds), Answers: len(t.Answer.Values)}
	for i := range ds {
		switch ds[i].Mark {
		case Reported:
			c.Reported++
		case Computed:
			c.Computed++
		case Coded:
			c.Coded++
		case Judgement:
			c.Judgement++
		case Assumed:
			c.Assumed++
		}
	}
	return c
}

// FieldName is how a field of a fact is called: "Economy.inflation",
// "NetworkEvent(2006-07-12-lebanon-war).effect".
func FieldName(t *trace.Trace, ref trace.FieldRef) string {
	var b strings.Builder
	b.WriteString(t.Facts[ref.Fact].Name)
	b.WriteByte('.')
	b.WriteString(ref.Field.Name)
	return b.String()
}
