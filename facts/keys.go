package facts

import (
	"strings"

	"truce/facts/shape"
)

// The keys of every map that a case holds, in the order in which they are written.

// The patterns of names and days in cases.
const (
	idPattern   = `^[a-z0-9]+(-[a-z0-9]+)*$`
	dayPattern  = `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`
	namePattern = `^[A-Za-z][A-Za-z0-9_]*$`

	digestPattern = `^[0-9a-f]{64}$`
)

var (
	aText    = shape.Shape{Kind: shape.Text}
	textList = shape.ListOf(aText)
	aDay     = shape.Named(dayPattern)
)

var caseRecord = &shape.Record{Is: "a case", Keys: []shape.Key{
	{Name: "case", Holds: shape.Named(idPattern), Doc: "The case's id, such as 2024-border-talks.", Needed: true},
	{Name: "title", Holds: aText, Doc: "A neutral question.", Needed: true},
	{Name: "as_of", Holds: aDay, Doc: "The day on which the case is judged: the one clock that rules see.", Needed: true},
	{Name: "tier", Holds: aText, Doc: "A free word by which scores are grouped."},
	{Name: "facts", Holds: statedFacts, Doc: "The fact types with what is known; {} where nothing is.", Needed: true},
	{Name: "complete", Holds: textList, Doc: "Open fact types of which the case lists all."},
	{Name: "expected", Holds: shape.Of(expectedRecord), Doc: "What happened. It is never an input."},
	{Name: "sources", Holds: textList, Doc: "Where it was read."},
	{Name: "notes", Holds: textList, Doc: "Anything else."},
}}

// statedFacts are facts of types that are not known here: the fields of one, or a list.
var statedFacts = shape.NamesOf(namePattern, shape.OneOf(statedFields, shape.ListOf(statedFields)))

var statedFields = shape.NamesOf(namePattern, shape.OneOf(aText, shape.Of(datumRecord)))

// AnyCase is what a case may hold where the fact types are not known.
func AnyCase() shape.Shape { return shape.Of(caseRecord) }

// MadeUpKeys are those keys of a case that one made up inside another document, such
// as a test, may have. It need not state any facts.
func MadeUpKeys() []shape.Key {
	var keys []shape.Key
	for _, k := range caseRecord.Keys {
		switch k.Name {
		case "as_of", "facts", "complete":
			k.Needed = k.Name == "as_of"
			keys = append(keys, k)
		}
	}
	return keys
}

var datumRecord = &shape.Record{Is: "a field", Complete: [][]string{{"value"}, {"low", "high"}}, Keys: []shape.Key{
	{Name: "value", Holds: aText, Doc: "The value, or unknown."},
	{Name: "low", Holds: aText, Doc: "The lower end of what it lies in, or unknown."},
	{Name: "high", Holds: aText, Doc: "The upper end of what it lies in, or unknown."},
	{Name: "source", Holds: aText, Doc: "Where it was read."},
	{Name: "quality", Holds: aText, Doc: "How far it can be trusted: a quality of the pack."},
	{Name: "period", Holds: shape.Of(periodRecord), Doc: "The time that it speaks of."},
	{Name: "known_on", Holds: aDay, Doc: "The day on which it became known."},
	{Name: "known_later", Holds: shape.Shape{Kind: shape.Flag}, Doc: "It became known after the case's date, on a day not recorded."},
	{Name: "evidence", Holds: aText, Doc: "What it rests on."},
	{Name: "note", Holds: aText, Doc: "Anything else."},
}}

// maskedRecord is a field in a case that is kept without what it says.
var maskedRecord = &shape.Record{Is: "a masked field", Keys: []shape.Key{
	{Name: "masked", Holds: shape.Named(digestPattern), Doc: "The digest of what the case says of it.", Needed: true},
	{Name: "known_later", Holds: shape.Shape{Kind: shape.Flag}, Doc: "It could not be known on the case's date."},
}}

var periodRecord = &shape.Record{Is: "a period", Keys: []shape.Key{
	{Name: "from", Holds: aDay, Doc: "Its first day.", Needed: true},
	{Name: "to", Holds: aDay, Doc: "Its last day.", Needed: true},
}}

var expectedRecord = &shape.Record{Is: "what happened", Keys: []shape.Key{
	{Name: "label", Holds: aText, Doc: "What happened: a label of the pack.", Needed: true},
	{Name: "confidence", Holds: aText, Doc: "How sure that is."},
	{Name: "sublabel", Holds: aText, Doc: "A finer label, a free word."},
	{Name: "alternative", Holds: aText, Doc: "Another label that a fair reader might set."},
	{Name: "note", Holds: aText, Doc: "Anything else."},
}}

// CaseFile is what a case may hold under a schema, and under the labels that
// expected.label may have; none: any.
func CaseFile(s *Schema, labels []string) shape.Shape {
	r := &shape.Record{Is: caseRecord.Is, Keys: append([]shape.Key(nil), caseRecord.Keys...)}
	var stated, open []string
	types := &shape.Record{Is: "facts"}
	datum := s.datum()
	for _, t := range s.Types {
		if t.Concluded {
			continue
		}
		stated = append(stated, t.Name)
		if t.Count == Open {
			open = append(open, t.Name)
		}
		types.Keys = append(types.Keys, t.key(datum))
	}
	for i := range r.Keys {
		switch k := &r.Keys[i]; {
		case k.Name == "facts":
			k.Holds = shape.Of(types)
		case k.Name == "complete" && len(stated) > 0:
			k.Holds = shape.ListOf(shape.WordOf(open...))
		case k.Name == "expected" && len(labels) > 0:
			label := shape.Key{Name: "label", Holds: shape.WordOf(labels...), Doc: expectedRecord.Keys[0].Doc, Needed: true}
			other := *expectedRecord.Key("alternative")
			other.Holds = label.Holds
			k.Holds = shape.Of(&shape.Record{Is: expectedRecord.Is, Keys: []shape.Key{label, other}, Base: expectedRecord})
		}
	}
	return shape.Of(r)
}

// datum is what may be said of a value under the qualities of a schema.
func (s *Schema) datum() *shape.Record {
	if len(s.Qualities) == 0 {
		return datumRecord
	}
	quality := *datumRecord.Key("quality")
	quality.Holds = shape.Shape{Kind: shape.Word}
	for _, q := range s.Qualities {
		quality.Holds.Words = append(quality.Holds.Words, q.Name)
		quality.Doc += "\n- " + q.Name + ": " + q.Doc
	}
	r := &shape.Record{Is: datumRecord.Is, Complete: datumRecord.Complete, Keys: append([]shape.Key(nil), datumRecord.Keys...)}
	*r.Key("quality") = quality
	return r
}

// key is a fact type as a key under the facts of a case.
func (t *FactType) key(datum *shape.Record) shape.Key {
	r := &shape.Record{Is: "a " + t.Name}
	if t.Count != One {
		r.Keys = append(r.Keys, shape.Key{Name: "id", Holds: shape.Named(idPattern), Doc: "An id of its own.", Needed: true})
	}
	exact := false
	for _, f := range t.Fields {
		r.Keys = append(r.Keys, f.key(datum))
		exact = exact || f.Exact
	}
	k := shape.Key{Name: t.Name, Holds: shape.Of(r), Doc: t.Doc, Needed: exact && t.Count == One}
	if t.Count != One {
		k.Holds = shape.ListOf(k.Holds)
	}
	if t.Count == Open {
		k.Doc = strings.TrimSpace(k.Doc + " There may be more than the case lists, unless complete names " + t.Name + ".")
	}
	return k
}

// key is a field as a key of a fact: its value, or keys that say more of it.
func (f *Field) key(base *shape.Record) shape.Key {
	value := f.Type.shape()
	datum := &shape.Record{Is: base.Is, Base: base, Complete: base.Complete}
	for _, name := range []string{"value", "low", "high"} {
		if k := *base.Key(name); name == "value" || f.Type.Kind.Ordered() && !f.Exact {
			k.Holds = value
			datum.Keys = append(datum.Keys, k)
		}
	}
	return shape.Key{Name: f.Name, Holds: shape.OneOf(value, shape.Of(datum)), Doc: f.describe(), Needed: f.Exact}
}

// describe says what a value of the field means.
func (f *Field) describe() string {
	parts := []string{f.Doc}
	if n := f.Type.Names; n == nil {
		parts = append(parts, "Value: "+f.Type.Describe()+".")
	} else {
		for i, name := range n.List {
			if i < len(n.Docs) && n.Docs[i] != "" {
				name += ": " + n.Docs[i]
			}
			parts = append(parts, "- "+name)
		}
	}
	if f.Window != "" {
		parts = append(parts, "Window: "+f.Window+".")
	}
	if f.Asked != "" {
		parts = append(parts, "Who would know: "+f.Asked+".")
	}
	return strings.TrimSpace(strings.Join(parts, "\n"))
}

// shape is what a value of the type, or unknown, is written as.
func (t Type) shape() shape.Shape {
	switch t.Kind {
	case Number, Integer:
		s := shape.Shape{Kind: shape.Number, Words: []string{unknownWord}}
		if t.Kind == Integer {
			s.Kind = shape.Integer
		}
		if r := t.Range; r != nil {
			s.Low, s.High = t.bound(*r)
		}
		return s
	case Bool:
		return shape.OneOf(shape.Shape{Kind: shape.Flag}, shape.WordOf(unknownWord))
	case Date:
		return shape.OneOf(aDay, shape.WordOf(unknownWord))
	case Enum, Scale:
		return shape.WordOf(append(append([]string(nil), t.Names.List...), unknownWord)...)
	}
	return aText
}

// bound are the ends of a range of numbers, nil where they lie open.
func (t Type) bound(r Value) (low, high *float64) {
	lo, hi := r.Bounds()
	openLow, openHigh := lo == -inf, hi == inf
	if t.Kind == Integer {
		a, b := r.Ends()
		lo, hi = float64(a), float64(b)
		openLow, openHigh = a == MinInteger, b == MaxInteger
	}
	if !openLow {
		low = &lo
	}
	if !openHigh {
		high = &hi
	}
	return low, high
}
