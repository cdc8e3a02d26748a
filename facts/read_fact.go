package facts

import (
	"cmp"
	"slices"
	"strings"

	"truce/facts/doc"
	"truce/facts/source"
)

// facts reads the facts of a case into canonical order.
func (r *reader) facts(n *doc.Node) []*StatedFact {
	if !r.isMap(n, "facts", "names of fact types") {
		return nil
	}
	seen := map[*FactType]bool{}
	var list []*StatedFact
	for _, e := range n.Entries {
		if e.Key.Kind != doc.Scalar {
			continue
		}
		t := r.stated(e.Key)
		if t == nil || seen[t] {
			continue
		}
		seen[t] = true
		list = append(list, r.factsOf(t, e)...)
	}
	r.exactLeftOut(n, seen)
	slices.SortFunc(list, (*StatedFact).compare)
	return list
}

func (f *StatedFact) compare(g *StatedFact) int {
	return cmp.Or(cmp.Compare(f.Type.Index, g.Type.Index), strings.Compare(f.ID, g.ID))
}

// stated is the fact type of a key, or nil with a finding where a case cannot
// state facts of it.
func (r *reader) stated(key *doc.Node) *FactType {
	t := r.schema.Type(key.Value)
	if t == nil {
		r.add(r.unknownType(key.Span, key.Value))
		return nil
	}
	if t.Concluded {
		d := codeConcluded.At(key.Span, "%s is concluded by rules and cannot be stated", t.Name).Suggest("state what it follows from")
		if !t.Span.IsZero() {
			d = d.See(t.Span, "declared here")
		}
		r.add(d)
		return nil
	}
	return t
}

func (r *reader) unknownType(at Span, name string) source.Diagnostic {
	var names []string
	for _, t := range r.schema.Types {
		if !t.Concluded {
			names = append(names, t.Name)
		}
	}
	return codeType.At(at, "%s is not a fact type", quote(name)).Expect("one of %s", listed(names)).
		Suggest("%s", nearest(name, names))
}

// factsOf reads what stands behind the name of a fact type.
func (r *reader) factsOf(t *FactType, e doc.Entry) []*StatedFact {
	n := e.Value
	switch {
	case n.Null && t.Count == One:
		r.add(codeNoValue.At(e.Key.Span, "nothing stands below %s", t.Name).
			Expect("its fields: %s", listed(t.FieldNames())).Suggest("write its fields, or leave %s out", t.Name))
	case n.Null:
		r.add(codeNoValue.At(e.Key.Span, "nothing stands below %s", t.Name).
			Expect("a list of facts").Suggest("write %s: [] if there are none, or leave it out", t.Name))
	case t.Count == One && n.Kind != doc.Map:
		r.add(codeOneShape.At(n.Span, "a %s stands below %s, of which a case has one", n.Kind, t.Name).
			Expect("its fields: %s", listed(t.FieldNames())).Suggest("write the fields below %s, without a dash", t.Name))
	case t.Count == One:
		return []*StatedFact{r.fact(t, n, e.Key.Span, "")}
	case n.Kind != doc.List:
		r.add(codeManyShape.At(n.Span, "a %s stands below %s, of which there may be several", n.Kind, t.Name).
			Expect("a list of facts, each with an id").Suggest("start each fact with - id:"))
	default:
		return r.items(t, n)
	}
	return nil
}

// items reads the facts of a type of which there may be several.
func (r *reader) items(t *FactType, n *doc.Node) []*StatedFact {
	first := map[string]Span{}
	var list []*StatedFact
	for _, item := range n.Items {
		if !r.isMap(item, "a fact of type "+t.Name, "id, "+listed(t.FieldNames())) {
			continue
		}
		id, at := "", item.Span
		if node := item.Get("id"); node == nil {
			r.add(codeNoID.At(item.Span, "this %s has no id", t.Name).Suggest("add an id, such as id: %s", r.freeID(n)))
		} else {
			id, at = r.id(node), node.Span
			if there, taken := first[id]; !idForm.MatchString(id) {
				id = "" // a finding says so
			} else if taken {
				r.add(codeSameID.At(at, "the id %s is taken", quote(id)).
					Suggest("give one of the two another id").See(there, "first used here"))
			} else {
				first[id] = at
			}
		}
		list = append(list, r.fact(t, item, at, id))
	}
	return list
}

// freeID is an id that no item of a list has. Only a finding shows it, so that
// looking through the list again for each costs nothing to a good file.
func (r *reader) freeID(list *doc.Node) string {
	names := [...]string{"first", "second", "third", "another"}
	for _, name := range names {
		taken := func(item *doc.Node) bool {
			id := item.Get("id")
			return id != nil && id.Value == name
		}
		if !slices.ContainsFunc(list.Items[:min(len(list.Items), mostFindings)], taken) {
			return name
		}
	}
	return "yet-another"
}

// fact reads the fields of one fact.
func (r *reader) fact(t *FactType, n *doc.Node, at Span, id string) *StatedFact {
	f := &StatedFact{Type: t, ID: id, Span: at, Data: make([]Datum, len(t.Fields))}
	for i, field := range t.Fields {
		f.Data[i].Value = field.Type.Unknown()
	}
	bad := make([]bool, len(t.Fields))
	for _, e := range n.Entries {
		if e.Key.Kind != doc.Scalar || t.Count != One && e.Key.Value == "id" {
			continue
		}
		field := t.Field(e.Key.Value)
		if field == nil {
			r.add(r.unknownField(t, e.Key))
			continue
		}
		if d := &f.Data[field.Index]; !d.Given {
			*d = r.datum(field, e)
			d.Given = true
			bad[field.Index] = d.Value.IsZero()
		}
	}
	for i, field := range t.Fields {
		if field.Exact && !bad[i] && !f.Data[i].Value.IsKnown() && f.Data[i].Masked == "" {
			r.add(r.inexact(field, &f.Data[i], at))
		}
	}
	return f
}

func (r *reader) unknownField(t *FactType, key *doc.Node) source.Diagnostic {
	names := t.FieldNames()
	d := codeField.At(key.Span, "%s has no field %s", t.Name, quote(key.Value)).Expect("one of %s", listed(names))
	if key.Value == "id" {
		return d.Suggest("leave it out: a case has one %s", t.Name)
	}
	return d.Suggest("%s", nearest(key.Value, names))
}

// inexact is the finding about an exact field that is not.
func (r *reader) inexact(f *Field, d *Datum, fact Span) source.Diagnostic {
	switch {
	case !d.Given:
		return codeExact.At(fact, "%s must be given", f.Name).Expect("%s", f.Type.Describe())
	case d.Value.IsUnknown():
		return codeExact.At(d.Span, "%s cannot be unknown", f.Name).Expect("%s", f.Type.Describe())
	}
	return codeExact.At(d.Span, "%s cannot be an interval", f.Name).Expect("%s", f.Type.Describe())
}

// exactLeftOut finds the types whose exact fields a case leaves out with the
// whole type.
func (r *reader) exactLeftOut(n *doc.Node, seen map[*FactType]bool) {
	for _, t := range r.schema.Types {
		if t.Count != One || t.Concluded || seen[t] {
			continue
		}
		for _, f := range t.Fields {
			if f.Exact {
				at := Span{File: n.Span.File, Start: n.Span.Start, End: n.Span.Start}
				r.add(codeExact.At(at, "%s.%s must be given", t.Name, f.Name).Expect("%s", f.Type.Describe()).
					Suggest("add %s with its fields", t.Name))
			}
		}
	}
}
