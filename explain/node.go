package explain

import (
	"slices"

	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
)

// builder makes the nodes of one proof.
type builder struct {
	t     *trace.Trace
	o     Options
	ids   *hashes
	needs *needer
	voc   *Vocabulary
	read  map[trace.FieldRef]bool // what some derivation in the proof reads
	used  map[int]bool            // thresholds
	in    map[int]bool            // facts in the proof
}

// order lists the facts of the proof, each before what it first introduces, and
// notes them.
func (b *builder) order(roots []int) []int {
	b.in = map[int]bool{}
	var list []int
	var visit func(int)
	visit = func(f int) {
		if b.in[f] {
			return
		}
		b.in[f] = true
		list = append(list, f)
		for _, j := range b.derivations(f) {
			for _, p := range b.needs.all(&b.t.Justifications[j]) {
				visit(p)
			}
		}
	}
	for _, f := range roots {
		visit(f)
	}
	return list
}

// derivations are the justifications that the proof shows of a fact.
func (b *builder) derivations(f int) []int {
	js := b.t.Facts[f].Justifications
	if !b.o.Alternatives && len(js) > 1 {
		return js[:1]
	}
	return js
}

func (b *builder) node(f int) *Node {
	fact := &b.t.Facts[f]
	n := &Node{ID: b.ids.of(f), Fact: fact.Name, Type: fact.Type.Name, Status: fact.Status.String(), Height: fact.Height,
		Stated: !fact.Type.Concluded, Unlisted: fact.Unlisted, At: fact.Span.String()}
	for i := range fact.Fields {
		n.Fields = append(n.Fields, b.field(trace.FieldRef{Fact: f, Field: fact.Type.Fields[i]}))
	}
	for i, j := range b.derivations(f) {
		d := b.derivation(j)
		if i == 0 {
			n.By = &d
		} else {
			n.Also = append(n.Also, d)
		}
	}
	n.Others = max(0, len(fact.Justifications)-1)
	for _, r := range fact.Alternatives {
		n.Rivals = append(n.Rivals, b.t.Facts[r].Name)
	}
	return n
}

var originNames = [...]string{"", "given", "absent", "assumed", "known_later", "concluded"}

// OriginName is how documents spell where a value comes from.
func OriginName(o trace.Origin) string { return originNames[o] }

func (b *builder) field(ref trace.FieldRef) Field {
	v := &b.t.Facts[ref.Fact].Fields[ref.Field.Index]
	f := Field{Field: ref.Field.Name, Key: b.key(ref), Value: Value{ref.Field.Type, v.Value}, Origin: OriginName(v.Origin),
		Mark: FieldMark(b.t, ref)}
	if d := v.Datum; d != nil {
		provenance(&f, d)
		if later(b.t, ref.Fact, ref.Field.Index) {
			f.Given = &Value{ref.Field.Type, d.Value}
		}
	}
	if v.Assumption != nil {
		f.Assumption = assumptionOf(v.Assumption)
	}
	return f
}

func (b *builder) key(ref trace.FieldRef) bool {
	ft := b.t.Facts[ref.Fact].Type
	return ft.Concluded && slices.Contains(ft.Key, ref.Field.Index)
}

func provenance(f *Field, d *facts.Datum) {
	f.Source, f.Quality, f.Evidence, f.Note, f.At = d.Source, d.Quality, d.Evidence, d.Note, d.Span.String()
	if d.Period != nil {
		f.From, f.To = facts.FormatDate(d.Period.From), facts.FormatDate(d.Period.To)
	}
	if d.KnownOn != nil {
		f.KnownOn = facts.FormatDate(*d.KnownOn)
	}
}

func assumptionOf(a *rules.Assumption) *Assumption {
	return &Assumption{Name: a.Name(), Value: Value{a.Field.Type, a.Value}, Because: a.Because, Cites: a.Cites,
		Extension: a.Extension, At: a.Span.String()}
}

// markRead says of each field of a node whether something in the proof needs it.
func (b *builder) markRead(n *Node, f int) {
	for i := range n.Fields {
		n.Fields[i].Read = b.read[trace.FieldRef{Fact: f, Field: b.t.Facts[f].Type.Fields[i]}]
	}
}

// thresholds lists what the derivations used, in pack order.
func (b *builder) thresholds() []Threshold {
	var list []Threshold
	for _, th := range b.t.Pack.Thresholds {
		if b.used[th.Index] {
			list = append(list, b.threshold(th))
		}
	}
	return list
}

func (b *builder) threshold(th *rules.Threshold) Threshold {
	out := Threshold{Name: th.Name, Doc: th.Doc, Basis: th.Basis, Because: th.Because, Cites: th.Cites,
		Extension: th.Extension, At: th.Span.String()}
	if th.Table == nil {
		out.Value = Value{th.Type, b.t.Parameters.Value(th.Index)}
		return out
	}
	for i, v := range b.t.Parameters.Points(th.Index) {
		out.Points = append(out.Points, Point{th.Table.List[i], Value{th.Type, v}})
	}
	return out
}

// CaseOf names the case of a trace.
func CaseOf(t *trace.Trace) CaseRef {
	c := t.Case
	return CaseRef{c.ID, c.Title, facts.FormatDate(c.AsOf), c.Tier}
}

// open reports whether the case may have facts of a type that it does not list.
func (b *builder) open(ft *facts.FactType) bool {
	return ft.Count == facts.Open && !ft.Concluded && !slices.Contains(b.t.Case.Complete, ft.Name)
}
