package book

import (
	"regexp"
	"strings"

	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

// linker finds in the English of one rule what the book has a place for: fact types,
// fields, thresholds, and earlier rows of its table.
type linker struct {
	places map[string]string // by stretch of text: the anchor
}

// inProse matches what may be the name of something: a field of a name, a field, a
// threshold, a word.
var inProse = regexp.MustCompile("`[^`]+` of [A-Za-z_][A-Za-z0-9_]*|`[^`]+`|threshold [a-z][a-z0-9_]*|[A-Za-z][A-Za-z0-9_]*")

func linkerOf(p *rules.Pack, r *rules.Rule) *linker {
	l := &linker{places: map[string]string{}}
	for _, t := range p.Schema.Types {
		l.places[t.Name] = anchor("type", t.Name)
	}
	for _, t := range p.Thresholds {
		l.places["threshold "+t.Name] = anchor("threshold", t.Name)
	}
	bare := map[string]*facts.FactType{}
	note := func(t *facts.FactType) {
		for _, f := range t.Fields {
			if other, seen := bare[f.Name]; seen && other != t {
				bare[f.Name] = nil // of several types: the text alone does not say which
			} else {
				bare[f.Name] = t
			}
		}
	}
	for _, s := range r.When {
		if s.Fact == nil {
			continue
		}
		for _, f := range s.Fact.Fields {
			l.places["`"+f.Name+"` of "+s.Name] = fieldAnchor(s.Fact, f.Name)
		}
	}
	r.Each(func(e condition.Expr) {
		if a, ok := e.(*condition.Aggregate); ok {
			note(a.Fact)
		}
	})
	for name, t := range bare {
		if t != nil {
			l.places["`"+name+"`"] = fieldAnchor(t, name)
		}
	}
	return l
}

func fieldAnchor(t *facts.FactType, field string) string { return anchor("field", t.Name+"."+field) }

// line is a text with its links. Fields are in the style of code.
func (l *linker) line(text string) Line {
	var out Line
	last := 0
	for _, m := range inProse.FindAllStringIndex(text, -1) {
		word := text[m[0]:m[1]]
		to, field := l.places[word], strings.HasPrefix(word, "`")
		if to == "" && !field {
			continue
		}
		if m[0] > last {
			out = append(out, Span{Text: text[last:m[0]]})
		}
		last = m[1]
		if !field {
			out = append(out, Span{Text: word, To: to})
			continue
		}
		name, rest, _ := strings.Cut(word[1:], "`")
		out = append(out, Span{Text: name, To: to, Style: Code})
		if rest != "" {
			out = append(out, Span{Text: rest})
		}
	}
	if last < len(text) {
		out = append(out, Span{Text: text[last:]})
	}
	return out
}

// subject is what a sentence on an answer is about: a case, behind a colon.
var subject = regexp.MustCompile(`: (\S+) (?:is|has no answer)\b`)

// linked is a sentence of the register in which the case that it is about leads to its
// place.
func linked(text string, cases map[string]string) Line {
	m := subject.FindStringSubmatchIndex(text)
	if m == nil || cases[text[m[2]:m[3]]] == "" {
		return with(text)
	}
	id := text[m[2]:m[3]]
	return with(text[:m[2]], Span{Text: id, To: cases[id], Style: Code}, text[m[3]:])
}
