package facts

import (
	"io"
	"strings"
)

// TemplateOptions is what is known of a case before its first fact.
type TemplateOptions struct {
	ID     string   // "" writes an example
	Title  string   // "" writes an example
	AsOf   *int64   // nil leaves it to be filled in, which reading the case asks for
	Labels []string // those that expected.label may have
}

// WriteTemplate writes an empty case to fill in: every field that may be known
// before the decision with what it means and the value unknown, and behind
// comment marks the types that may have several facts, those that are only shown,
// and those that come after the decision. It reads as a case once as_of and the
// exact fields are filled in. Below `facts:`, every comment that starts with a
// mark and three blanks is YAML (with comments of its own) that counts once the
// mark and one blank are taken away.
func WriteTemplate(w io.Writer, s *Schema, o TemplateOptions) error {
	t := template{schema: s, options: o}
	t.head()
	t.facts()
	t.foot()
	_, err := io.WriteString(w, t.b.String())
	return err
}

type template struct {
	emitter
	schema  *Schema
	options TemplateOptions
}

const templateHead = `# One case: what was known on one day. Replace unknown where something is known.
# A field has a value, or the ends between which it lies, and may say where that comes from:
#
#     field: 36.5
#     field: {low: 30, high: 40}
#     field:
#       value: 36.5
#       source: where it was read
#       quality: one of those listed below
#       period: {from: 2024-01-01, to: 2024-01-31}   # the time that it speaks of
#       known_on: 2024-02-10                         # the day on which it became known
#       known_later: true                            # or: after as_of, on a day not recorded
#       evidence: what it rests on
#       note: anything else
#
# What became known after as_of, or speaks of a time after it, counts as unknown.
`

func (t *template) head() {
	id, title, asOf := t.options.ID, t.options.Title, unknownWord+"   # year-month-day; it must be given"
	if id == "" {
		id = "new-case"
	}
	if title == "" {
		title = "Which way will it be decided?"
	}
	if t.options.AsOf != nil {
		asOf = FormatDate(*t.options.AsOf)
	}
	t.b.WriteString(templateHead)
	if len(t.schema.Qualities) > 0 {
		t.line(0, "#")
		t.line(0, "# Qualities:")
		for _, q := range t.schema.Qualities {
			t.comment("", 0, "  ", "- "+q.Name+": "+q.Doc)
		}
	}
	t.line(0, "")
	t.line(0, "case: "+scalarText(id))
	t.line(0, "title: "+scalarText(title)+"   # a neutral question")
	t.line(0, "as_of: "+asOf)
}

func (t *template) facts() {
	before := func(f *FactType) bool { return !f.After && !f.Context }
	if len(t.types(func(f *FactType) bool { return before(f) && f.Count == One })) == 0 {
		t.line(0, "facts: {}   # take the braces away with the first fact")
	} else {
		t.line(0, "facts:")
	}
	t.section("", "What may be known before the decision.",
		func(f *FactType) bool { return before(f) && f.Count == One })
	t.section("# ", "What there may be several of. Take the comment marks away and give each fact an id.",
		func(f *FactType) bool { return before(f) && f.Count != One })
	t.section("# ", "Shown beside the answer and never decisive.",
		func(f *FactType) bool { return f.Context && !f.After })
	t.section("# ", "The decision and what followed. It never leads to the answer.",
		func(f *FactType) bool { return f.After })
}

// types are the stated types that a section holds.
func (t *template) types(in func(*FactType) bool) []*FactType {
	var list []*FactType
	for _, f := range t.schema.Types {
		if !f.Concluded && in(f) {
			list = append(list, f)
		}
	}
	return list
}

// section writes the types of one section, each line behind a mark.
func (t *template) section(mark, says string, in func(*FactType) bool) {
	types := t.types(in)
	if len(types) == 0 {
		return
	}
	t.line(0, "")
	t.comment("", 0, "", says)
	for _, f := range types {
		t.line(0, "")
		t.comment(mark, 2, "", f.Doc)
		if f.Count == One {
			t.one(mark, f)
			continue
		}
		t.line(0, mark+"  "+scalarText(f.Name)+":")
		if f.Count == Open {
			t.comment(mark, 4, "", "There may be more than the case lists; complete: ["+f.Name+"], on a line of its own at the end, says that there are not.")
		}
		t.line(0, mark+"    - id: first-"+idLike(f.Name))
		for _, field := range f.Fields {
			t.field(mark, "      ", field)
		}
	}
}

// one writes a type of which a case has one fact.
func (t *template) one(mark string, f *FactType) {
	if len(f.Fields) == 0 {
		t.line(0, mark+"  "+scalarText(f.Name)+": {}")
		return
	}
	t.line(0, mark+"  "+scalarText(f.Name)+":")
	for i, field := range f.Fields {
		if i > 0 {
			t.line(0, strings.TrimRight(mark, " "))
		}
		t.field(mark, "    ", field)
	}
}

// field writes a field as unknown under what is to be known of it.
func (t *template) field(mark, indent string, f *Field) {
	n := len(indent)
	t.comment(mark, n, "", f.Doc)
	switch {
	case f.Type.Kind == Enum || f.Type.Kind == Scale:
		t.names(mark, n, f.Type)
	default:
		t.comment(mark, n, "  ", "Value: "+f.Type.Describe())
	}
	if f.Window != "" {
		t.comment(mark, n, "  ", "Window: "+f.Window)
	}
	if f.Asked != "" {
		t.comment(mark, n, "  ", "Who would know: "+f.Asked)
	}
	if f.Exact {
		t.comment(mark, n, "  ", "It must be given, neither as unknown nor as an interval.")
	}
	t.line(0, mark+indent+scalarText(f.Name)+": "+unknownWord)
}

// names lists the symbols or levels of a type with what they mean.
func (t *template) names(mark string, indent int, y Type) {
	if y.Names == nil {
		return
	}
	if y.Kind == Enum {
		t.comment(mark, indent, "", "One of:")
	} else {
		t.comment(mark, indent, "", "Levels, lowest first:")
	}
	for i, name := range y.Names.List {
		text := "- " + name
		if i < len(y.Names.Docs) && y.Names.Docs[i] != "" {
			text += ": " + y.Names.Docs[i]
		}
		t.comment(mark, indent, "  ", text)
	}
}

func (t *template) foot() {
	t.line(0, "")
	t.comment("", 0, "", "Once it is known what happened:")
	label := "what happened"
	if len(t.options.Labels) > 0 {
		label = "one of " + strings.Join(t.options.Labels, ", ")
	}
	t.comment("", 0, "  ", "expected: {label: ..., confidence: ..., note: ...}   (label: "+label+")")
	t.comment("", 0, "", "Further lists of texts, each item behind a dash: sources, notes.")
}
