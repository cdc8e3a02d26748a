package mask

import (
	"strings"

	"truce/explain/record"
	"truce/facts"
	"truce/facts/doc"
	"truce/facts/shape"
	"truce/facts/source"
	"truce/rules"
)

// Policy says which fields of stated facts are masked.
type Policy struct {
	fields []*facts.Field
}

// The keys of a policy.
const (
	keyMask  = "mask"
	keyAsked = "asked"
)

// PolicyFile is what a policy may hold, for cases of a pack.
func PolicyFile(p *rules.Pack) shape.Shape {
	return shape.Of(policyRecord(fieldNames(p.Schema)))
}

func policyRecord(names []string) *shape.Record {
	fields := shape.ListOf(shape.WordOf(names...))
	return &shape.Record{Is: "a policy of masks", Complete: [][]string{{keyMask}, {keyAsked}}, Keys: []shape.Key{
		{Name: keyMask, Holds: fields, Doc: "Fields of which only a salted digest is recorded, as Type.field."},
		{Name: keyAsked, Holds: fields, Doc: "Fields that are masked though a rule asks for the value itself, so that truths in the record can show it."},
	}}
}

// fieldNames are the fields that cases state.
func fieldNames(s *facts.Schema) []string {
	var names []string
	for _, t := range s.Types {
		if !t.Concluded {
			for _, f := range t.Fields {
				names = append(names, t.Name+"."+f.Name)
			}
		}
	}
	return names
}

// ReadPolicy reads a policy, and checks that it can be applied to cases of a pack.
func ReadPolicy(name string, text []byte, p *rules.Pack) (*Policy, source.Diagnostics) {
	root, ds := doc.Read(name, text, doc.Limits{})
	if root == nil {
		return nil, ds
	}
	r := &reader{pack: p, names: fieldNames(p.Schema), named: map[*facts.Field]named{}}
	r.found = ds
	r.root(root)
	if !r.found.HasErrors() {
		r.applies()
	}
	if r.found = r.found.Sort(); r.found.HasErrors() {
		return nil, r.found
	}
	return &r.policy, r.found
}

// reader holds the reading of one policy.
type reader struct {
	pack   *rules.Pack
	names  []string
	policy Policy
	named  map[*facts.Field]named
	found  source.Diagnostics
}

// named is where a policy names a field, and how.
type named struct {
	name  string
	at    source.Span
	asked bool
}

func (r *reader) add(d source.Diagnostic) { r.found = append(r.found, d) }

func (r *reader) root(n *doc.Node) {
	record := policyRecord(r.names)
	if n.Kind != doc.Map {
		r.add(ErrPolicy.At(n.Span, "a %s stands where a policy is expected", n.Kind).Expect("mask: and a list of fields, Type.field"))
		return
	}
	for _, e := range n.Entries {
		switch {
		case e.Key.Kind != doc.Scalar: // reported by package doc
		case record.Key(e.Key.Value) == nil:
			r.add(ErrPolicy.At(e.Key.Span, "%q is not a key of %s", e.Key.Value, record.Is).
				Expect("%s", strings.Join(record.Names(), " or ")).Suggest("%s", source.DidYouMean(e.Key.Value, record.Names())))
		case e.Value.Kind != doc.List:
			r.add(ErrPolicy.At(e.Key.Span, "%s is not a list of fields", e.Key.Value).Suggest("put each field on its own line behind a dash, as - Type.field"))
		default:
			for _, item := range e.Value.Items {
				r.field(item, e.Key.Value == keyAsked)
			}
		}
	}
	if len(r.policy.fields) == 0 && !r.found.HasErrors() {
		r.add(ErrPolicy.At(n.Span, "the policy names no field").Suggest("name one, or leave out the setting mask"))
	}
}

// field reads the name of a field.
func (r *reader) field(n *doc.Node, asked bool) {
	if n.Kind != doc.Scalar || n.Null {
		r.add(ErrPolicy.At(n.Span, "this is no name of a field").Expect("Type.field"))
		return
	}
	typeName, fieldName, _ := strings.Cut(n.Value, ".")
	t := r.pack.Schema.Type(typeName)
	var f *facts.Field
	if t != nil {
		f = t.Field(fieldName)
	}
	first, twice := r.named[f]
	switch {
	case t != nil && t.Concluded:
		r.add(ErrField.At(n.Span, "%s is concluded by rules", typeName).Expect("a field that cases state").
			Suggest("name what it is computed from: the rest is masked with that"))
	case f == nil:
		r.add(ErrField.At(n.Span, "cases have no field %q", n.Value).Expect("Type.field").
			Suggest("%s", source.DidYouMean(n.Value, r.names)))
	case twice:
		r.add(ErrField.At(n.Span, "%s is named twice", n.Value).Suggest("leave it out here").See(first.at, "first named here"))
	default:
		r.policy.fields = append(r.policy.fields, f)
		r.named[f] = named{n.Value, n.Span, asked}
	}
}

// applies checks the fields against the rules, each alone so that it is known which it is.
func (r *reader) applies() {
	for _, f := range r.policy.fields {
		n := r.named[f]
		_, found := record.ReachOf(r.pack, []*facts.Field{f})
		for _, d := range found {
			r.add(record.ErrMask.At(n.at, "%s cannot be masked: %s", n.name, d.Message).See(d.Span, "by this rule").Suggest("take it out of the policy"))
		}
		if n.asked || len(found) > 0 {
			continue
		}
		if by, e := asksFor(r.pack, f); e != nil {
			r.add(ErrAsked.At(n.at, "rule %s asks for %s itself, with %s", by.Name, n.name, e.Text()).See(e.Span(), "here").
				Suggest("take it out, or list it under %s if the truths about it may be seen", keyAsked))
		}
	}
}
