package consult

import (
	"context"
	"slices"
	"strings"

	"truce/engine/trace"
	"truce/explain"
	"truce/explain/search"
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

// Question is one value that is asked for, or whether a case lists all facts of a
// type.
type Question struct {
	Name   string        `json:"name"` // Type.field, Type(id).field, or of a list the type
	List   bool          `json:"list,omitempty"`
	Doc    string        `json:"doc,omitempty"`
	Window string        `json:"window,omitempty"`
	Asked  string        `json:"asked,omitempty"` // who would know
	Takes  string        `json:"takes"`           // what an answer may be
	Levels []Level       `json:"levels,omitempty"`
	Now    explain.Value `json:"now,omitzero"`
	Later  explain.Value `json:"known_later,omitzero"` // what the case gives and nobody could know on its date
	// Assumed is why the pack assumes the value, where it does.
	Assumed string `json:"assumed,omitempty"`
	// Must says that no rule runs without it.
	Must bool `json:"must,omitempty"`
	// Open is what can hold as long as nobody answers.
	Open search.Answer `json:"open"`
	// Price is what each outcome would decide; nil where the value alone decides nothing,
	// or was not looked through.
	Price *search.Price `json:"price,omitempty"`
	// Complete is, of a list, the answer if the case lists all.
	Complete *search.Answer `json:"complete,omitempty"`
	Rules    []Reader       `json:"rules,omitempty"` // that read it on the way to the answer

	typ   *facts.FactType
	id    string
	field *facts.Field
}

// Level is a name that an answer may be.
type Level struct {
	Name string `json:"name"`
	Doc  string `json:"doc,omitempty"`
}

// Reader is a rule that reads a value.
type Reader struct {
	Rule  string   `json:"rule"`
	Text  string   `json:"text"` // the line that reads it first
	Cites []string `json:"cites,omitempty"`
	At    string   `json:"at"`
}

// question is what is to be said of a field, whatever hangs on it.
func (c *Consultation) question(t *facts.FactType, id string, f *facts.Field) *Question {
	fact := facts.StatedFact{Type: t, ID: id}
	q := &Question{Name: fact.Name() + "." + f.Name, Doc: f.Doc, Window: f.Window, Asked: f.Asked, Takes: f.Type.Describe(),
		Now: explain.Value{Type: f.Type, Value: f.Type.Unknown()}, typ: t, id: id, field: f}
	if names := f.Type.Names; names != nil {
		for i, name := range names.List {
			l := Level{Name: name}
			if i < len(names.Docs) {
				l.Doc = names.Docs[i]
			}
			q.Levels = append(q.Levels, l)
		}
	}
	q.Rules = readers(c.program.Pack(), f, nil)
	return q
}

// field is the question for a field that alone decides nothing.
func (c *Consultation) field(t *trace.Trace, ref trace.FieldRef) *Question {
	f := &t.Facts[ref.Fact]
	q := c.question(f.Type, idOf(f), ref.Field)
	v := &f.Fields[ref.Field.Index]
	q.Now.Value = v.Value
	if v.Assumption != nil {
		q.Assumed = v.Assumption.Because
	}
	if d := v.Datum; d != nil && v.Origin == trace.KnownLater {
		q.Later = explain.Value{Type: ref.Field.Type, Value: d.Value}
	}
	q.Open = answerOf(t)
	return q
}

// find is the place of a field in a trace by its name.
func find(t *trace.Trace, name string) (trace.FieldRef, bool) {
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return trace.FieldRef{}, false
	}
	i, ok := t.Find(name[:dot])
	if !ok {
		return trace.FieldRef{}, false
	}
	f := t.Facts[i].Type.Field(name[dot+1:])
	return trace.FieldRef{Fact: i, Field: f}, f != nil
}

// list is the question whether a case lists all facts of an open type.
func (c *Consultation) list(ctx context.Context, t *facts.FactType) (*Question, error) {
	then, err := c.search.IfComplete(ctx, t.Name)
	if err != nil {
		return nil, err
	}
	return &Question{Name: t.Name, List: true, Doc: t.Doc, Takes: facts.Type{Kind: facts.Bool}.Describe(), Open: answerOf(c.Trace()),
		Complete: &then, Rules: readers(c.program.Pack(), nil, t), typ: t}, nil
}

func answerOf(t *trace.Trace) search.Answer {
	a := search.Answer{Settled: t.Answer.Settled, NoneCanHold: t.Answer.NoneCanHold, Values: []string{}}
	for _, v := range t.Answer.Values {
		a.Values = append(a.Values, v.Value)
	}
	return a
}

// idOf is the id of a stated fact: what stands in the brackets of its name.
func idOf(f *trace.Fact) string {
	if f.Type.Count == facts.One {
		return ""
	}
	return f.Name[len(f.Type.Name)+1 : len(f.Name)-1]
}

// readers are the rules on the way to the goal that read a field, or that range over
// a type.
func readers(p *rules.Pack, f *facts.Field, t *facts.FactType) []Reader {
	var list []Reader
	for _, r := range p.Rules {
		if !slices.ContainsFunc(r.Then, func(c *rules.Conclusion) bool { return p.Leads(c.Fact) || c.Fact == p.Goal.Type }) {
			continue
		}
		if text, at := reading(r, f, t); text != "" {
			list = append(list, Reader{Rule: r.Name, Text: text, Cites: r.Cites, At: at.String()})
		}
	}
	return list
}

// reading is the first line of a rule that reads a field or ranges over a type. What
// a row of a table asks of the rows before it is theirs.
func reading(r *rules.Rule, f *facts.Field, t *facts.FactType) (string, facts.Span) {
	var lines []condition.Expr
	for _, s := range r.When {
		switch {
		case s.Kind == rules.Pattern && t != nil && s.Fact == t:
			return s.Text, s.Span
		case s.Expr != nil && s.NotRow == "":
			lines = append(lines, s.Expr)
		}
	}
	for _, c := range r.Then {
		for _, e := range c.Fields {
			if e != nil {
				lines = append(lines, e)
			}
		}
	}
	for _, line := range lines {
		found := false
		condition.Walk(line, func(e condition.Expr) bool {
			switch e := e.(type) {
			case *condition.FieldOf:
				found = found || e.Field == f
			case *condition.ElementField:
				found = found || e.Field == f
			case *condition.Aggregate:
				found = found || e.Fact == t
			}
			return true
		})
		if found {
			return line.Text(), line.Span()
		}
	}
	return "", facts.Span{}
}
