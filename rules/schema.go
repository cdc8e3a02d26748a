package rules

import (
	"slices"
	"strings"

	"truce/facts"
	"truce/facts/doc"
)

// declarations is the first pass: all that expressions and other files may name.
func (l *loader) declarations() {
	l.declareUnits()
	l.qualities()
	l.sharedNames()
	for _, it := range l.sections["facts"] {
		l.factType(it)
	}
	for _, it := range l.sections["claims"] {
		l.claim(it)
	}
	l.packSection()
	l.thresholds()
	l.assumptions()
}

func (l *loader) declareUnits() {
	for _, it := range l.sections["units"] {
		name := l.name(it.key, "a unit", unitForm)
		if name == "" || !l.declare("unit", name, it.key.Span) {
			continue
		}
		if !it.node.Null {
			l.text(it.node, name)
		}
		l.units[name] = true
		l.pack.Schema.Units = append(l.pack.Schema.Units, name)
		l.pack.Schema.UnitDocs = append(l.pack.Schema.UnitDocs, it.node.Value)
	}
	if !slices.Contains(l.pack.Schema.Units, string(facts.Day)) {
		l.pack.Schema.Units = append(l.pack.Schema.Units, string(facts.Day))
		l.pack.Schema.UnitDocs = append(l.pack.Schema.UnitDocs, "a day, as between two dates")
	}
}

func (l *loader) isUnit(name string) bool { return l.units[name] }

// marks are the marks that a quality may give to what rests on it.
func marks() []string { return []string{"reported", "coded", "assumed", "computed", "judgement"} }

func (l *loader) qualities() {
	for _, it := range l.sections["qualities"] {
		name := l.name(it.key, "a quality", symbolForm)
		r, ok := l.record(it.node, qualityRecord)
		if name == "" || !ok || !l.declare("quality", name, it.key.Span) {
			continue
		}
		q := &facts.Quality{Name: name, Doc: r.text("doc"), Span: it.key.Span}
		if r.need("mark") != nil {
			q.Mark = marks()[r.word("mark", marks())]
		}
		l.pack.Schema.Qualities = append(l.pack.Schema.Qualities, q)
	}
}

func (l *loader) sharedNames() {
	for _, it := range l.sections["names"] {
		name := l.name(it.key, "a list of names", wordForm)
		if name == "" || !l.declare("list of names", name, it.key.Span) {
			continue
		}
		if ns, ok := l.nameList(it.node, it.key.Value); ok {
			l.names[name] = ns
		} else {
			l.broken["="+name] = true
		}
	}
}

// nameList reads levels or symbols: a map of names to docs, a list of names, or
// "=shared" for a list under `names`.
func (l *loader) nameList(n *doc.Node, what string) (*facts.Names, bool) {
	ns := &facts.Names{}
	ok := true
	taken := map[string]bool{}
	add := func(key *doc.Node, says string) {
		name := l.name(key, "a level or a symbol", symbolForm)
		switch {
		case name == "":
			ok = false
		case name == "unknown":
			l.add(BadName.At(key.Span, "unknown is what cases write where nothing is known, and no level or symbol"))
			ok = false
		case taken[name]:
			l.add(Duplicate.At(key.Span, "%q stands twice in %s", name, what))
			ok = false
		default:
			taken[name] = true
			ns.List, ns.Docs = append(ns.List, name), append(ns.Docs, says)
		}
	}
	switch {
	case n.Kind == doc.Map:
		for _, e := range n.Entries {
			says := ""
			if !e.Value.Null {
				says = l.text(e.Value, e.Key.Value)
			}
			add(e.Key, says)
		}
	case n.Kind == doc.List:
		for _, m := range n.Items {
			add(m, "")
		}
	case strings.HasPrefix(n.Value, "="):
		return l.shared(n)
	default:
		l.add(Shape.At(n.Span, "%q is a map of names to what they mean, and this is %s", what, kindOf(n)))
		return nil, false
	}
	if ok && len(ns.List) == 0 {
		l.add(Shape.At(n.Span, "%q holds no name", what))
		return nil, false
	}
	return ns, ok
}

func (l *loader) shared(n *doc.Node) (*facts.Names, bool) {
	name := strings.TrimSpace(n.Value[1:])
	if ns := l.names[name]; ns != nil {
		return ns, true
	}
	if !l.broken["="+name] {
		l.add(near(BadField.At(n.Span, "there is no list %q under `names`", name), name, sortedKeys(l.names)))
	}
	return nil, false
}

func (l *loader) factType(it item) {
	name := l.name(it.key, "a fact type", typeForm)
	r, ok := l.record(it.node, factRecord)
	if name == "" {
		return
	}
	if !l.declare("fact type", name, it.key.Span) || !ok {
		l.broken[name] = true
		return
	}
	t := &facts.FactType{Name: name, Doc: r.text("doc"), Span: it.key.Span,
		Concluded: r.flag("concluded"), Context: r.flag("context")}
	t.Count = facts.Count(r.word("count", facts.CountNames()))
	if n := r.get("after"); n != nil {
		if l.text(n, "after") != "decision" && n.Kind == doc.Scalar {
			l.add(BadSetting.At(n.Span, "%q is %q", "after", n.Value).Expect("decision"))
		}
		t.After = true
	}
	move := l.moveOf(r, facts.Free)
	if n := r.get("fields"); n != nil {
		for _, e := range l.entries(n, "fields") {
			l.field(t, e, move)
		}
	}
	if len(t.Fields) == 0 && !t.Concluded && l.reports(r, "fields") {
		l.add(BadType.At(it.key.Span, "fact type %s has no fields", name).Expect("`fields:` with a field at least"))
	}
	l.typeSettings(t, r)
	l.ownerType[t] = it.ext
	l.pack.Schema.AddType(t)
}

// reports says whether a missing list of fields is worth a word of its own: a
// list of the wrong form has been reported already.
func (l *loader) reports(r record, key string) bool {
	n := r.get(key)
	return n == nil || n.Kind == doc.Map && len(n.Entries) == 0
}

// typeSettings checks what belongs to stated types only, or to concluded ones.
func (l *loader) typeSettings(t *facts.FactType, r record) {
	if !t.Concluded {
		if n := r.get("key"); n != nil {
			l.add(BadType.At(r.head("key"), "%s is stated: its facts have ids and no key", t.Name).
				Suggest("write `concluded: true` if rules conclude it"))
		}
		return
	}
	for _, key := range []string{"count", "context", "move"} {
		if n := r.get(key); n != nil {
			l.add(BadType.At(r.head(key), "%s is concluded, and %q is for what cases state", t.Name, key))
		}
	}
	t.Count, t.Context = facts.Many, false
	n := r.get("key")
	if n == nil {
		for i := range t.Fields {
			t.Key = append(t.Key, i)
		}
		if r.n.Get("key") != nil {
			l.add(MissingKey.At(r.head("key"), "%q is empty", "key").Suggest("write [] for a type of which there is at most one fact"))
		}
		return
	}
	for _, m := range r.textNodes("key") {
		f := t.Field(strings.TrimSpace(m.Value))
		switch {
		case f == nil && l.broken["."+m.Value]:
		case f == nil:
			l.add(near(UnknownField.At(m.Span, "%s has no field %q for its key", t.Name, m.Value), m.Value, t.FieldNames()))
		case slices.Contains(t.Key, f.Index):
			l.add(Duplicate.At(m.Span, "field %q stands twice in the key of %s", f.Name, t.Name))
		default:
			t.Key = append(t.Key, f.Index)
		}
	}
	slices.Sort(t.Key)
}

func (l *loader) claim(it item) {
	id := l.name(it.key, "a claim", claimForm)
	r, ok := l.record(it.node, claimRecord)
	if id == "" || !ok || !l.declare("claim", id, it.key.Span) {
		return
	}
	c := &Claim{ID: id, Section: r.text("section"), Says: r.text("says"), Span: it.key.Span}
	if strings.HasPrefix(id, "X") {
		l.add(BadExtension.At(it.key.Span, "%s is the id of an extension, and a claim is the source's", id))
	}
	r.need("says")
	if r.need("kind") != nil {
		for _, n := range r.textNodes("kind") {
			if k := strings.TrimSpace(n.Value); slices.Contains(claimKinds(), k) {
				c.Kinds = append(c.Kinds, k)
			} else {
				l.add(near(BadSetting.At(n.Span, "%q is no kind of claim", k).
					Expect("one of %s", strings.Join(claimKinds(), ", ")), k, claimKinds()))
			}
		}
	}
	l.pack.Claims = append(l.pack.Claims, c)
}

func claimKinds() []string { return []string{"rule", "threshold", "framing", "read", "bound"} }

// extension reads what the top of a file says of all of it.
func (l *loader) extension(f *file, r record) {
	n := r.get("extension")
	text := r.text("extension_doc")
	if n == nil {
		if d := r.get("extension_doc"); d != nil {
			l.add(BadExtension.At(r.head("extension_doc"), "`extension_doc` stands in a file that is no extension").
				Suggest("add `extension: X01`"))
		}
		return
	}
	id := l.name(n, "an extension", extForm)
	if id == "" {
		f.ext = "X"
		return
	}
	f.ext = id
	x := l.pack.Extension(id)
	if x == nil {
		x = &Extension{ID: id, Span: n.Span}
		l.pack.Extensions = append(l.pack.Extensions, x)
	}
	switch {
	case text != "" && x.Doc != "" && text != x.Doc:
		l.add(BadExtension.At(r.head("extension_doc"), "extension %s is described twice", id).See(x.Span, "first described here"))
	case text != "":
		x.Doc, x.Span = text, n.Span
	}
}
