package rules

import (
	"slices"
	"strings"

	"truce/facts"
	"truce/facts/doc"
	"truce/rules/condition"
)

// packSection reads the one `pack:` section.
func (l *loader) packSection() {
	items := l.sections["pack"]
	if len(items) == 0 {
		at := facts.Span{}
		if len(l.files) > 0 {
			at.File = l.files[0].name
		}
		l.add(NoPack.At(at, "no file has a `pack:` section").Expect("`pack:` with name, version and goal in %s", packFile))
		return
	}
	chosen := items[0].node
	for _, it := range items {
		if it.file.name == packFile {
			chosen = it.node
			continue
		}
		l.add(NoPack.At(it.key.Span, "the `pack:` section stands in %s", it.file.name).Expect("it in %s", packFile))
	}
	r, ok := l.record(chosen, packRecord)
	if !ok {
		return
	}
	if n := r.need("name"); n != nil {
		l.pack.Name = l.name(n, "a pack", ruleForm)
	}
	if n := r.need("version"); n != nil {
		l.pack.Version = l.text(n, "version")
	}
	l.pack.Doc = r.text("doc")
	if n := r.need("goal"); n != nil {
		l.goal(n)
	}
	if n := r.get("labels"); n != nil {
		l.labels(n, r.head("labels"))
	}
}

// goal reads the field that answers the question.
func (l *loader) goal(n *doc.Node) {
	r, ok := l.record(n, goalRecord)
	if !ok {
		return
	}
	typ, field := r.need("type"), r.need("field")
	if typ == nil || field == nil {
		return
	}
	t := l.typeNamed(typ, l.text(typ, "type"))
	if t == nil {
		return
	}
	f := l.fieldNamed(field, t, l.text(field, "field"))
	if !t.Concluded {
		l.add(BadGoal.At(typ.Span, "%s is stated by cases, and the goal is concluded", t.Name).See(t.Span, "declared here"))
		return
	}
	if f == nil {
		return
	}
	if f.Type.Kind != facts.Enum {
		l.add(BadGoal.At(field.Span, "%s.%s is %s", t.Name, f.Name, article(f.Type.Kind)).Expect("an enum, whose values are the answers"))
		return
	}
	l.pack.Goal.Type, l.pack.Goal.Field = t, f
	l.goalAt = typ.Span
}

// labels reads the labels, whose key stands at the place given.
func (l *loader) labels(n *doc.Node, at facts.Span) {
	before := len(l.ds)
	taken := map[string]facts.Span{}
	for _, e := range l.entries(n, "labels") {
		name := l.name(e.Key, "a label", symbolForm)
		values := e.Value
		label := Label{Name: name}
		if e.Value.Kind == doc.Map {
			r, _ := l.record(e.Value, labelRecord)
			label.Doc = r.text("doc")
			if values = r.need("values"); values == nil {
				continue
			}
		}
		for _, m := range l.list(values, "values") {
			v := l.text(m, "values")
			g := l.pack.Goal.Field
			first, twice := taken[v]
			switch {
			case g == nil || m.Kind != doc.Scalar:
			case g.Type.Names.Index(v) < 0:
				l.add(near(BadLabel.At(m.Span, "label %s names %q, which is no value of the goal", name, v), v, g.Type.Names.List))
			case twice:
				l.add(BadLabel.At(m.Span, "%q counts as two labels", v).See(first, "first here"))
			default:
				taken[v] = m.Span
				label.Values = append(label.Values, v)
			}
		}
		l.pack.Goal.Labels = append(l.pack.Goal.Labels, label)
	}
	if g := l.pack.Goal.Field; g != nil && len(l.ds) == before {
		for _, v := range g.Type.Names.List {
			if _, ok := taken[v]; !ok {
				l.add(BadLabel.At(at, "no label counts %q", v).
					See(g.Span, "declared here").
					Suggest("without one no case can be expected to come out so").Warn())
			}
		}
	}
}

// goalReached warns of goal values and of types that no rule concludes.
func (l *loader) goalReached() {
	concluded := map[*facts.FactType]bool{}
	values, all := map[string]bool{}, false
	for _, r := range l.pack.Rules {
		for _, c := range r.Then {
			concluded[c.Fact] = true
			if c.Fact == l.pack.Goal.Type {
				all = symbols(c.Fields[l.pack.Goal.Field.Index], values) || all
			}
		}
	}
	for _, t := range l.pack.Schema.Types {
		if t.Concluded && !concluded[t] && t != l.pack.Goal.Type {
			l.add(NeverConcluded.At(t.Span, "no rule concludes %s", t.Name).Warn())
		}
	}
	g := l.pack.Goal
	if g.Type == nil {
		return
	}
	if !concluded[g.Type] {
		l.add(NeverConcluded.At(l.goalAt, "no rule concludes %s, the goal", g.Type.Name))
		return
	}
	var never []string
	for _, v := range g.Field.Type.Names.List {
		if !values[v] && !all {
			never = append(never, v)
		}
	}
	if len(never) > 0 {
		l.add(NeverConcluded.At(g.Field.Span, "no rule concludes %s.%s as %s", g.Type.Name, g.Field.Name,
			strings.Join(never, ", ")).Warn())
	}
}

// symbols collects the symbols that a formula can have, and reports true where it
// may have any.
func symbols(e condition.Expr, into map[string]bool) bool {
	switch e := e.(type) {
	case *condition.Literal:
		into[e.Value.Text()] = true
		return false
	case *condition.Conditional:
		then := symbols(e.Then, into)
		return symbols(e.Else, into) || then
	}
	return true
}

// ofExtensions reports what depends on an extension without being part of one.
func (l *loader) ofExtensions() {
	for _, r := range l.reads {
		if r.ext != "" {
			continue
		}
		if r.typ != nil {
			l.ofExtension(r.who, r.typ, r.at)
			continue
		}
		condition.Walk(r.e, func(e condition.Expr) bool {
			switch e := e.(type) {
			case *condition.Threshold:
				if t := l.pack.Thresholds[e.Index]; t.Extension != "" {
					l.add(OfExtension.At(e.Span(), "%s reads threshold %s of extension %s", r.who, t.Name, t.Extension).
						See(t.Span, "declared here"))
				}
			case *condition.Aggregate:
				l.ofExtension(r.who, e.Fact, e.Span())
			}
			return true
		})
	}
}

func (l *loader) ofExtension(who string, t *facts.FactType, at facts.Span) {
	if ext := l.ownerType[t]; ext != "" && t.Concluded {
		l.add(OfExtension.At(at, "%s depends on %s of extension %s", who, t.Name, ext).See(t.Span, "declared here"))
	}
}

// undescribed reports extensions that no file describes.
func (l *loader) undescribed() {
	for _, x := range l.pack.Extensions {
		if x.Doc == "" {
			l.add(BadExtension.At(x.Span, "extension %s is not described", x.ID).Expect("`extension_doc:` at the top of a file of it"))
		}
	}
	slices.SortFunc(l.pack.Extensions, func(a, b *Extension) int { return strings.Compare(a.ID, b.ID) })
}

// checks is what is asked of the pack as a whole.
func (l *loader) checks() {
	l.ofExtensions()
	l.undescribed()
	if l.pack.SourceOnly {
		l.pack.Extensions = nil
	}
	if !l.ds.HasErrors() && !l.incomplete {
		l.goalReached()
	}
	g := newGraph(l.pack)
	l.ds = append(l.ds, g.stratify()...)
	l.pack.leads = g.leads()
	l.ds = append(l.ds, g.leaks(l.pack.leads)...)
}
