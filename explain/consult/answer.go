package consult

import (
	"slices"
	"strings"

	"truce/explain"
	"truce/facts"
	"truce/facts/source"
)

// Answer states what a person typed for the question asked last. Where it cannot be
// stated, the question stands. An answer that says that the value is unknown is Leave.
func (c *Consultation) Answer(text string) error {
	q := c.asked
	if q.List {
		return c.answerList(q, text)
	}
	v, bad := q.field.Type.ParseTyped(strings.TrimSpace(text))
	switch {
	case bad != nil:
		return source.Diagnostics{bad.Diagnostic}
	case v.IsUnknown():
		return c.Leave()
	case q.Must && !v.IsKnown():
		return source.Diagnostics{CodeMust.At(source.Span{}, "%s cannot be an interval", q.Name).Expect("%s", q.Takes)}
	case q.Now.Value.IsInterval() && !v.Within(q.Now.Value):
		return source.Diagnostics{CodeOutside.At(source.Span{}, "the case says that %s is %s, and %s lies outside of that",
			q.Name, q.field.Type.FormatUnit(q.Now.Value), q.field.Type.Format(v)).
			Expect("a value inside, or a narrower interval").Suggest("what is wrong in the case is changed in its file; unknown leaves it as it is")}
	}
	c.take(Step{Name: q.Name, Before: q.Now, Answer: explain.Value{Type: q.field.Type, Value: v}}, c.with(q, v))
	return nil
}

func (c *Consultation) answerList(q *Question, text string) error {
	t := facts.Type{Kind: facts.Bool}
	v, bad := t.ParseText(text)
	switch {
	case bad != nil:
		return source.Diagnostics{bad.Diagnostic}
	case !v.True():
		return c.Leave() // that there may be more is what holds already
	}
	k := *c.kase
	k.Complete = append(slices.Clip(k.Complete), q.typ.Name)
	c.take(Step{Name: q.Name, Answer: explain.Value{Type: t, Value: v}}, &k)
	return nil
}

// Leave leaves the value that was asked for last as it is.
func (c *Consultation) Leave() error {
	q := c.asked
	if q.Must {
		return source.Diagnostics{CodeMust.At(source.Span{}, "%s cannot be left unknown: no rule runs without it", q.Name).Expect("%s", q.Takes)}
	}
	c.take(Step{Name: q.Name, Before: q.Now, Left: true}, c.kase)
	return nil
}

// take notes an answer and goes on with the case that it gives.
func (c *Consultation) take(s Step, k *facts.Case) {
	s.Open = c.asked.Open
	c.steps = append(c.steps, step{s, c.kase})
	c.kase, c.asked = k, nil
}

// with is the case with a value stated.
func (c *Consultation) with(q *Question, v facts.Value) *facts.Case {
	k := *c.kase
	k.Facts = slices.Clone(k.Facts)
	old := c.stated(q.typ, q.id)
	f := &facts.StatedFact{Type: q.typ, ID: q.id, Data: make([]facts.Datum, len(q.typ.Fields))}
	if old == nil {
		for i, field := range q.typ.Fields {
			f.Data[i].Value = field.Type.Unknown()
		}
		k.Facts = append(k.Facts, f)
	} else {
		f.Span = old.Span
		copy(f.Data, old.Data)
		k.Facts[slices.Index(k.Facts, old)] = f
	}
	d := facts.Datum{Given: true, Value: v, Quality: c.options.Quality, Source: c.options.Source}
	if before := f.Data[q.field.Index]; before.Given && !before.Value.IsUnknown() {
		d.Note = was(q.field.Type, &before)
	}
	f.Data[q.field.Index] = d
	return &k
}

// was is what the case said before, so that an answer does not hide where that came
// from.
func was(t facts.Type, d *facts.Datum) string {
	s := "asked anew; the case had " + t.FormatUnit(d.Value)
	for _, p := range []struct{ lead, text string }{{"source: ", d.Source}, {"quality: ", d.Quality},
		{"evidence: ", d.Evidence}, {"note: ", d.Note}} {
		if p.text != "" {
			s += "; " + p.lead + p.text
		}
	}
	return s
}
