package claims

import (
	"strings"

	"truce/engine/trace"
	"truce/rules"
)

// outcome is what is compared of a run: its conclusions in canonical order, its
// answer, and which lines of the report stand.
type outcome struct {
	conclusions []string
	answer      string
	lines       []line
}

type line struct {
	rule     *rules.Rule
	possible bool
}

func outcomeOf(t *trace.Trace) *outcome {
	o := &outcome{}
	for i := range t.Facts {
		if f := &t.Facts[i]; f.Type.Concluded {
			o.conclusions = append(o.conclusions, conclusion(f))
		}
	}
	for i := range t.Lines {
		o.lines = append(o.lines, line{t.Lines[i].Rule, t.Lines[i].Status != trace.Certain})
	}
	var values []string
	for _, v := range t.Answer.Values {
		values = append(values, v.Value)
	}
	o.answer = strings.Join(values, " or ")
	if len(values) == 0 {
		o.answer = "none"
	}
	return o
}

// conclusion is a fact in one line: "Balance: resist 1.2 point, compromise 1
// point", with "possibly" before one that is not certain.
func conclusion(f *trace.Fact) string {
	var b strings.Builder
	if f.Status != trace.Certain {
		b.WriteString("possibly ")
	}
	b.WriteString(f.Name)
	for i, v := range f.Fields {
		field := f.Type.Fields[i]
		if i == 0 {
			b.WriteString(": ")
		} else {
			b.WriteString(", ")
		}
		b.WriteString(field.Name + " " + field.Type.FormatUnit(v.Value))
	}
	return b.String()
}

// compare is the first difference to a run without a claim, and whether there is
// one.
func (o *outcome) compare(without *outcome) (Change, bool) {
	var c Change
	c.Gone = firstNotIn(o.conclusions, without.conclusions)
	c.New = firstNotIn(without.conclusions, o.conclusions)
	if o.answer != without.answer {
		c.Answer = o.answer + " → " + without.answer
	}
	return c, c != Change{}
}

func firstNotIn(list, other []string) string {
	in := make(map[string]bool, len(other))
	for _, s := range other {
		in[s] = true
	}
	for _, s := range list {
		if !in[s] {
			return s
		}
	}
	return ""
}
