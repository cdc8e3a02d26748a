package rules

import (
	"regexp"
	"strings"

	"truce/facts/doc"
	"truce/rules/condition"
)

// template reads a sentence with expressions in braces; {{ and }} are braces.
// In the braces stands an expression over bound names and thresholds, or a field
// of the rule's own conclusion: its bare name, or Type.field where several
// conclusions have it. A bound name comes before a field of the same name.
func (s *ruleScope) template(n *doc.Node, then []*Conclusion) *Template {
	if n == nil {
		return nil
	}
	if n.Kind != doc.Scalar {
		s.l.text(n, "says")
		return nil
	}
	if n.Style == doc.Plain && closeComment.MatchString(n.Comment()) {
		s.l.add(CutLine.At(n.CommentSpan(), "YAML takes the rest of this line for a comment: %s", n.Comment()).
			Suggest("put the sentence in quotes, or a blank behind #").Warn())
	}
	t := &Template{Text: strings.TrimSpace(n.Value), Span: n.Span}
	r := sentence{s: s, ruler: n.Ruler(), runes: []rune(n.Value), then: then}
	r.read(t)
	trim(t)
	return t
}

// sentence is the reading of one sentence.
type sentence struct {
	s     *ruleScope
	ruler *doc.Ruler
	runes []rune
	then  []*Conclusion
	scope *ruleScope // of what stands in braces; nil until something does
}

// read sets the parts, as far as the first brace that is never closed.
func (r *sentence) read(t *Template) {
	var plain strings.Builder
	flush := func() {
		if plain.Len() > 0 {
			t.Parts = append(t.Parts, Part{Text: plain.String()})
			plain.Reset()
		}
	}
	for i := 0; i < len(r.runes); i++ {
		c := r.runes[i]
		switch {
		case (c == '{' || c == '}') && i+1 < len(r.runes) && r.runes[i+1] == c:
			plain.WriteRune(c)
			i++
		case c == '{':
			end := closing(r.runes, i+1)
			if end < 0 {
				r.bad(i, i+1, "this brace is not closed", "add }, or write {{ for the brace itself")
				return
			}
			flush()
			if p, ok := r.part(i+1, end); ok {
				t.Parts = append(t.Parts, p)
			}
			i = end
		case c == '}':
			r.bad(i, i+1, "this brace closes nothing", "write }} for the brace itself")
		default:
			plain.WriteRune(c)
		}
	}
	flush()
}

func (r *sentence) bad(from, to int, message, hint string) {
	r.s.l.add(BadSentence.At(r.ruler.SpanOf(from, to), "%s", message).Suggest("%s", hint))
}

// closeComment is a comment that may have been meant as part of the sentence.
var closeComment = regexp.MustCompile(`^#[^\s#]`)

// trim takes the blanks at both ends of a sentence, as its file's layout left
// them.
func trim(t *Template) {
	if len(t.Parts) == 0 {
		return
	}
	first, last := &t.Parts[0], &t.Parts[len(t.Parts)-1]
	first.Text = strings.TrimLeft(first.Text, " \t\n")
	last.Text = strings.TrimRight(last.Text, " \t\n")
}

// closing is the index of the brace that ends an expression, or -1. Quoted text
// may hold braces.
func closing(runes []rune, from int) int {
	var quote rune
	for i := from; i < len(runes); i++ {
		switch c := runes[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'' || c == '`':
			quote = c
		case c == '}':
			return i
		case c == '{':
			return -1
		}
	}
	return -1
}

func (r *sentence) part(from, to int) (Part, bool) {
	x := trimmed(r.ruler, from, string(r.runes[from:to]))
	if x.text == "" {
		r.s.l.add(BadSentence.At(r.ruler.SpanOf(from-1, to+1), "there is nothing in the braces").Expect("an expression, such as {w.wind}"))
		return Part{}, false
	}
	if p, found, ok := r.s.ownField(x, r.then); found {
		return p, ok
	}
	if r.scope == nil {
		r.scope = r.s.inside(r.then)
	}
	e, ok := r.scope.parse(x, condition.WantValue())
	return Part{Expr: e}, ok
}

// inside is the scope of what stands in the braces of a sentence.
func (s *ruleScope) inside(then []*Conclusion) *ruleScope {
	scope, inside := *s.scope, *s
	for _, c := range then {
		scope.Hints = append(scope.Hints, c.Fact.FieldNames()...)
	}
	inside.scope = &scope
	return &inside
}

// ownField finds the field of a conclusion that a bare name or Type.field means.
func (s *ruleScope) ownField(x stretch, then []*Conclusion) (p Part, found, ok bool) {
	typ, field, qualified := strings.Cut(x.text, ".")
	if !qualified {
		typ, field = "", x.text
	}
	_, bound := s.scope.Bindings[x.text]
	if bound || qualified && !typeForm.is(typ) || !wordForm.is(field) {
		return Part{}, false, false
	}
	var at []ConclusionField
	for i, c := range then {
		if f := c.Fact.Field(field); f != nil && (!qualified || c.Fact.Name == typ) {
			at = append(at, ConclusionField{Conclusion: i, Field: f})
		}
	}
	switch len(at) {
	case 0:
		return Part{}, false, false
	case 1:
		return Part{Field: &at[0]}, true, true
	}
	d := AmbiguousField.At(x.span(), "%s concludes %d facts with a field %q", s.who, len(at), field)
	if !qualified {
		d = d.Suggest("write %s.%s", then[at[0].Conclusion].Fact.Name, field)
	}
	s.l.add(d)
	return Part{}, true, false
}
