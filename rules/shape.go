package rules

import (
	"slices"
	"strconv"
	"strings"

	"truce/facts"
	"truce/facts/doc"
	"truce/facts/shape"
	"truce/facts/source"
)

// record is a map with known keys. What is missing or of the wrong form is
// reported as it is asked for.
type record struct {
	l    *loader
	n    *doc.Node
	what string // "a rule"
	// misspelt are the keys that unknown keys were likely meant to be.
	misspelt map[string]bool // nil where there are none
}

// record checks that a node is a map and that its keys are among those known.
func (l *loader) record(n *doc.Node, known *shape.Record) (record, bool) {
	r := record{l: l, n: n, what: known.Is}
	if n.Kind != doc.Map {
		l.add(Shape.At(n.Span, "%s is a map of keys and values, and this is %s", known.Is, kindOf(n)).
			Expect("some of the keys %s", strings.Join(known.Names(), ", ")))
		return r, false
	}
	for _, e := range n.Entries {
		if e.Key.Kind == doc.Scalar && known.Key(e.Key.Value) == nil && !isMerge(e.Key) {
			keys := known.Names()
			d := near(UnknownKey.At(e.Key.Span, "%s has no key %q", known.Is, e.Key.Value), e.Key.Value, keys)
			l.add(respelt(d, e.Key, n, keys))
			if r.misspelt == nil {
				r.misspelt = map[string]bool{}
			}
			r.misspelt[source.Nearest(e.Key.Value, keys)] = true
		}
	}
	return r, true
}

// near adds the nearest of the names that would have worked, and all of them
// where they are few and not listed already.
func near(d source.Diagnostic, name string, names []string) source.Diagnostic {
	if s := source.Nearest(name, names); s != "" {
		return d.Suggest("did you mean %s?", s)
	}
	if d.Expected != "" || len(names) == 0 {
		return d
	}
	if s := source.OneOf(names); s != "" {
		return d.Suggest("%s", s)
	}
	return d.Expect("one of %s", strings.Join(names, ", "))
}

// isMerge reports a key that package doc has refused.
func isMerge(key *doc.Node) bool { return key.Value == "<<" && key.Style == doc.Plain }

func kindOf(n *doc.Node) string {
	switch {
	case n.Null:
		return "nothing"
	case n.Kind == doc.List:
		return "a list"
	case n.Kind == doc.Map:
		return "a map"
	}
	return "a text"
}

// get is the value at a key, or nil where there is none or nothing stands there.
func (r record) get(key string) *doc.Node {
	n := r.n.Get(key)
	if n == nil || n.Null {
		return nil
	}
	return n
}

// need is get, and reports what is missing.
func (r record) need(key string) *doc.Node {
	n := r.get(key)
	if n == nil && !r.misspelt[key] {
		r.l.add(MissingKey.At(r.head(key), "%s needs %q", r.what, key).Suggest("add %s", sample(key)))
	}
	return n
}

// sample is what to write for a key that is missing.
func sample(key string) string {
	switch key {
	case "then":
		return "then: [{conclude: Type, with: {field: value}}]"
	case "conclude":
		return "conclude: Type"
	case "goal":
		return "goal: {type: Type, field: field}"
	case "value":
		return "value: 10"
	case "type":
		return "type: number, or another kind"
	case "values", "levels":
		return key + ": [first, second]"
	case "rule", "table", "row", "test", "line", "section":
		return key + ": a-name"
	}
	return key + ": ..."
}

// head is the place that stands for the whole record: that of the key where it
// is there with nothing behind it, else that of its first key.
func (r record) head(key string) facts.Span {
	for _, e := range r.n.Entries {
		if e.Key.Value == key {
			return e.Key.Span
		}
	}
	if len(r.n.Entries) > 0 {
		return r.n.Entries[0].Key.Span
	}
	return r.n.Span
}

// text is the text at a key without blanks around it; "" where there is none.
func (r record) text(key string) string {
	n := r.get(key)
	if n == nil {
		return ""
	}
	return r.l.text(n, key)
}

// text is a scalar's text; anything else is reported under the name of what.
func (l *loader) text(n *doc.Node, what string) string {
	if n.Kind != doc.Scalar {
		if n.Refused {
			return ""
		}
		d := Shape.At(n.Span, "%q is a text, and this is %s", what, kindOf(n))
		if n.Kind == doc.Map {
			d = d.Suggest("put a text that starts with a brace in quotes")
		}
		l.add(d)
		return ""
	}
	return strings.TrimSpace(n.Value)
}

// textNodes is the list of scalars at a key.
func (r record) textNodes(key string) []*doc.Node {
	n := r.get(key)
	if n == nil {
		return nil
	}
	if n.Kind == doc.Scalar {
		r.l.add(Shape.At(n.Span, "%q is a list, and this is a text", key).Suggest("write [%s]", strings.TrimSpace(n.Value)))
		return nil
	}
	var ts []*doc.Node
	for _, m := range r.l.list(n, key) {
		switch {
		case m.Null:
			r.l.add(EmptyLine.At(m.Span, "an entry of %q is empty", key))
		case m.Kind != doc.Scalar:
			r.l.add(Shape.At(m.Span, "%q is a list of texts, and this is %s", key, kindOf(m)))
		default:
			ts = append(ts, m)
		}
	}
	return ts
}

// list is the items of a list; anything else is reported.
func (l *loader) list(n *doc.Node, what string) []*doc.Node {
	if n.Kind == doc.List {
		return n.Items
	}
	d := Shape.At(n.Span, "%q is a list, and this is %s", what, kindOf(n))
	if !n.Null {
		d = d.Suggest("start each entry with a dash")
	}
	l.add(l.undashed(d, n))
	return nil
}

// entries is the entries of a map; anything else is reported. Of a key that is
// given twice, which package doc reports, the first counts.
func (l *loader) entries(n *doc.Node, what string) []doc.Entry {
	if n.Kind == doc.Map {
		if distinct(n.Entries) {
			return n.Entries
		}
		var es []doc.Entry
		seen := map[string]bool{}
		for _, e := range n.Entries {
			if e.Key.Kind == doc.Scalar && !seen[e.Key.Value] {
				seen[e.Key.Value] = true
				es = append(es, e)
			}
		}
		return es
	}
	d := Shape.At(n.Span, "%q is a map of names to values, and this is %s", what, kindOf(n)).Suggest("write name: value")
	if n.Kind == doc.List {
		d = d.Suggest("leave out the dashes: name: value")
	}
	l.add(d)
	return nil
}

// distinct reports whether the keys of a few entries are texts, each there once. Of
// many it does not say so.
func distinct(es []doc.Entry) bool {
	const few = 8
	for i, e := range es {
		if i == few || e.Key.Kind != doc.Scalar || slices.ContainsFunc(es[:i], func(f doc.Entry) bool { return f.Key.Value == e.Key.Value }) {
			return false
		}
	}
	return true
}

// flag is the yes or no at a key; no where there is none.
func (r record) flag(key string) bool {
	n := r.get(key)
	if n == nil {
		return false
	}
	switch strings.ToLower(r.l.text(n, key)) {
	case "true", "yes":
		return true
	case "false", "no", "":
		return false
	}
	r.l.add(BadSetting.At(n.Span, "%q is %q", key, n.Value).Expect("true or false"))
	return false
}

// whole is the whole number from 0 up at a key; 0 where there is none.
func (r record) whole(key string) int {
	n := r.get(key)
	if n == nil {
		return 0
	}
	i, err := strconv.Atoi(r.l.text(n, key))
	if err != nil || i < 0 {
		if n.Kind == doc.Scalar {
			r.l.add(BadSetting.At(n.Span, "%q is %q", key, n.Value).Expect("a whole number from 0 up"))
		}
		return 0
	}
	return i
}

// word is the position in words of the text at a key; the first of them where
// there is none.
func (r record) word(key string, words []string) int {
	n := r.get(key)
	if n == nil {
		return 0
	}
	w := r.l.text(n, key)
	i := slices.Index(words, w)
	if i < 0 {
		if n.Kind == doc.Scalar {
			d := BadSetting.At(n.Span, "%q is %q", key, w).Expect("one of %s", strings.Join(words, ", "))
			r.l.add(near(d, w, words))
		}
		return 0
	}
	return i
}

// name checks the form of a name and returns it, or "".
func (l *loader) name(n *doc.Node, what string, f form) string {
	s := l.text(n, what)
	if s == "" && n.Kind != doc.Scalar {
		return ""
	}
	if !f.is(s) {
		l.badName(n.Span, s, what, f)
		return ""
	}
	return s
}

// badName reports a name of the wrong form, with the nearest of the right one.
func (l *loader) badName(at facts.Span, name, what string, f form) {
	d := BadName.At(at, "%q is not the name of %s", name, what).Expect("%s", f.says)
	if s := f.near(name); s != "" {
		d = d.Suggest("write %s", s)
	}
	l.add(d)
}

// declare takes a name of a kind, and reports who has it already.
func (l *loader) declare(kind, name string, at facts.Span) bool {
	key := declaration{kind, name}
	if first, ok := l.declared[key]; ok {
		l.add(Duplicate.At(at, "%s %s is declared twice", kind, name).
			Suggest("give one of them another name, or take it out").See(first, "first declared here"))
		return false
	}
	l.declared[key] = at
	return true
}
