package facts

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"truce/facts/doc"
	"truce/facts/shape"
	"truce/facts/source"
)

// ReadOptions says what a case is checked against beside the schema.
type ReadOptions struct {
	Labels []string   // those that expected.label may have; none: any
	Limits doc.Limits // of the file
	Masked bool       // fields may have a digest in the place of what is known of them
}

// ReadCase reads a case: JSON where the name ends in .json, else YAML. All
// findings come at once, by place. With an error among them there is no case.
// The facts are ordered by type as in the schema, then by id, whatever the order
// of the file.
func ReadCase(name string, text []byte, s *Schema, o ReadOptions) (*Case, source.Diagnostics) {
	root, ds := doc.Read(name, text, o.Limits)
	if root == nil {
		return nil, ds
	}
	r := &reader{schema: s, options: o, file: top(root)}
	c := r.readCase(root)
	ds = append(ds, r.found...).Sort()
	if ds.HasErrors() {
		return nil, ds
	}
	return c, ds
}

// top is the place of what a document lacks as a whole: its first key.
func top(root *doc.Node) Span {
	if len(root.Entries) > 0 {
		return root.Entries[0].Key.Span
	}
	return root.Span
}

// mostFindings bounds the findings about one case.
const mostFindings = 100

// reader holds the reading of one case.
type reader struct {
	schema  *Schema
	options ReadOptions
	file    Span
	found   source.Diagnostics
}

func (r *reader) add(ds ...source.Diagnostic) {
	for _, d := range ds {
		switch n := len(r.found); {
		case n == mostFindings:
			r.found = append(r.found, codeTooMany.At(d.Span, "more than %d findings: those from here on are left out", n))
		case n < mostFindings:
			r.found = append(r.found, d)
		}
	}
}

func (r *reader) readCase(root *doc.Node) *Case {
	c := &Case{Span: root.Span}
	keys, ok := r.keys(root, caseRecord)
	if !ok {
		return c
	}
	if n := r.needed(keys, "case", "an id such as 2024-border-talks"); n != nil {
		c.ID = r.id(n)
	}
	if n := r.needed(keys, "title", "a neutral question"); n != nil {
		c.Title = r.text(n, "a neutral question")
	}
	if n := r.needed(keys, "as_of", "the date on which the case is judged"); n != nil {
		c.AsOf = r.day(n)
	}
	c.Tier = r.optional(keys["tier"])
	if n := r.needed(keys, "facts", "the fact types with what is known; {} where nothing is"); n != nil {
		c.Facts = r.facts(n)
	}
	if n := keys["complete"]; n != nil {
		c.Complete = r.complete(n)
	}
	if n := keys["expected"]; n != nil {
		c.Expected = r.expected(n)
	}
	c.Sources = r.texts(keys["sources"])
	c.Notes = r.texts(keys["notes"])
	return c
}

// keys are the values of a map by key. A key that the record has not is a finding;
// of one that is given twice, which package doc reports, the first counts.
func (r *reader) keys(n *doc.Node, record *shape.Record) (map[string]*doc.Node, bool) {
	if n.Kind != doc.Map {
		return nil, r.isMap(n, record.Is, strings.Join(record.Names(), ", "))
	}
	values := map[string]*doc.Node{}
	for _, e := range n.Entries {
		k := e.Key.Value
		switch {
		case e.Key.Kind != doc.Scalar || values[k] != nil:
		case record.Key(k) == nil:
			allowed := record.Names()
			d := codeKey.At(e.Key.Span, "%s is not a key of %s", quote(k), record.Is)
			r.add(d.Expect("one of %s", strings.Join(allowed, ", ")).Suggest("%s", nearest(k, allowed)))
		default:
			values[k] = e.Value
		}
	}
	return values, true
}

func (r *reader) isMap(n *doc.Node, what, keys string) bool {
	if n.Kind == doc.Map {
		return true
	}
	if n.Null {
		r.add(codeNoValue.At(n.Span, "there is nothing here").Expect("%s", what).Suggest("write it, or leave the key out"))
		return false
	}
	r.add(codeNotMap.At(n.Span, "a %s stands where the keys of %s are expected", n.Kind, what).Expect("keys: %s", keys))
	return false
}

func (r *reader) isList(n *doc.Node, expected string) bool {
	if n.Kind == doc.List {
		return true
	}
	if n.Null {
		r.add(codeNoValue.At(n.Span, "there is nothing here").Expect("%s", expected).Suggest("write [] for an empty list, or leave the key out"))
		return false
	}
	r.add(codeNotList.At(n.Span, "a %s stands where a list is expected", n.Kind).Expect("%s", expected).Suggest("put each item on its own line behind a dash"))
	return false
}

// nearest is the advice for a misspelt name, or "".
func nearest(name string, candidates []string) string {
	if near := source.Nearest(name, candidates); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}

func (r *reader) needed(keys map[string]*doc.Node, key, what string) *doc.Node {
	n := keys[key]
	switch {
	case n == nil:
		r.add(codeMissing.At(r.file, "%s is missing", key).Expect("%s", what).Suggest("add a line that starts with %s:", key))
	case n.Null:
		r.add(codeNoValue.At(n.Span, "there is nothing here").Expect("%s", what))
		return nil
	}
	return n
}

func (r *reader) text(n *doc.Node, what string) string {
	s, ds := scalar(n, what)
	if ds == nil && strings.TrimSpace(s) == "" {
		ds = source.Diagnostics{codeNoValue.At(n.Span, "there is no text here").Expect("%s", what)}
	}
	r.add(ds...)
	return s
}

// optional is the text of a node that may be missing.
func (r *reader) optional(n *doc.Node) string {
	if n == nil {
		return ""
	}
	return r.text(n, "a text")
}

func (r *reader) texts(n *doc.Node) []string {
	if n == nil || !r.isList(n, "a list of texts") {
		return nil
	}
	var list []string
	for _, item := range n.Items {
		list = append(list, r.text(item, "a text"))
	}
	return list
}

var (
	idForm     = regexp.MustCompile(idPattern)
	digestForm = regexp.MustCompile(digestPattern)
)

func (r *reader) id(n *doc.Node) string {
	const what = "lower-case letters, digits, and single dashes between them"
	s, ds := scalar(n, what)
	r.add(ds...)
	if ds != nil || idForm.MatchString(s) {
		return s
	}
	d := codeID.At(n.Span, "%s is not an id", quote(s)).Expect("%s", what)
	if like := idLike(s); like != "" {
		d = d.Suggest("write %s", like)
	}
	r.add(d)
	return s
}

// idLike is the id that comes nearest to a text, or "".
func idLike(s string) string {
	parts := strings.FieldsFunc(strings.ToLower(clip(s)), func(c rune) bool {
		return !('a' <= c && c <= 'z' || '0' <= c && c <= '9')
	})
	return strings.Join(parts, "-")
}

// day reads a day that must be given.
func (r *reader) day(n *doc.Node) int64 {
	t := Type{Kind: Date}
	s, ds := scalar(n, t.Describe())
	if ds != nil {
		r.add(ds...)
		return 0
	}
	if strings.EqualFold(strings.TrimSpace(s), unknownWord) {
		r.add(codeDate.At(n.Span, "this day cannot be unknown").Expect("%s", t.Describe()))
		return 0
	}
	day, bad := t.parseDay(strings.TrimSpace(s), false)
	if bad != nil {
		d := bad.Diagnostic
		d.Span = n.Span
		r.add(d)
	}
	return day
}

func (r *reader) complete(n *doc.Node) []string {
	if !r.isList(n, "a list of open fact types") {
		return nil
	}
	seen := map[*FactType]bool{}
	var list []*FactType
	for _, item := range n.Items {
		name := r.text(item, "the name of an open fact type")
		t := r.schema.Type(name)
		switch {
		case name == "":
		case t == nil:
			r.add(r.unknownType(item.Span, name))
		case t.Concluded:
			r.add(codeComplete.At(item.Span, "%s is concluded by rules, which conclude all of it", name).Suggest("leave it out"))
		case t.Count != Open:
			r.add(codeComplete.At(item.Span, "%s is not open: a case always states all of it", name).Suggest("leave it out"))
		case seen[t]:
			r.add(codeComplete.At(item.Span, "%s is named twice", name).Suggest("leave it out"))
		default:
			seen[t] = true
			list = append(list, t)
		}
	}
	slices.SortFunc(list, func(a, b *FactType) int { return cmp.Compare(a.Index, b.Index) })
	var names []string
	for _, t := range list {
		names = append(names, t.Name)
	}
	return names
}

func (r *reader) expected(n *doc.Node) *Expected {
	keys, ok := r.keys(n, expectedRecord)
	if !ok {
		return nil
	}
	e := &Expected{
		Confidence: r.optional(keys["confidence"]), Sublabel: r.optional(keys["sublabel"]),
		Note: r.optional(keys["note"]), Span: n.Span,
	}
	if keys["label"] == nil {
		r.add(codeMissing.At(n.Span, "label is missing").Expect("what happened").Suggest("add label:, or leave out expected"))
	}
	e.Label = r.label(keys["label"])
	e.Alternative = r.label(keys["alternative"])
	return e
}

func (r *reader) label(n *doc.Node) string {
	if n == nil {
		return ""
	}
	s := r.text(n, "a label")
	if labels := r.options.Labels; s != "" && len(labels) > 0 && !slices.Contains(labels, s) {
		d := codeLabel.At(n.Span, "%s is not a label of the pack", quote(s)).Expect("one of %s", listed(labels))
		r.add(d.Suggest("%s", nearest(s, labels)))
	}
	return s
}
