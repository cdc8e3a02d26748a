// Package jsonschema writes shapes as JSON Schema, draft 2020-12, for editors and
// validators.
//
// What flows in: the shape of a file's root. What flows out: one document, which says
// of a file in YAML, as a reader of YAML 1.2 types its scalars, whether it has the
// shape. It reads no file.
//
// A schema is there to help while one types. What a loader takes, the schema takes,
// save blanks around a quoted name and capitals in "unknown"; what the schema takes, the
// loader may yet refuse, for it alone knows what is declared where.
package jsonschema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"truce/facts/shape"
)

// Draft names the version of JSON Schema.
const Draft = "https://json-schema.org/draft/2020-12/schema"

// Document is the schema of a file, indented, with a line end behind it. The id is a
// URI that names it.
func Document(id, title string, root shape.Shape) ([]byte, error) {
	w := &writer{uses: map[*shape.Record]int{}, names: map[*shape.Record]string{}, taken: map[string]bool{}}
	w.count(root)
	d := object{{"$schema", Draft}, {"$id", id}, {"title", title}}
	d = append(d, w.shape(root)...)
	if defs := w.definitions(); len(defs) > 0 {
		d = append(d, member{"$defs", defs})
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(d)
	return b.Bytes(), err
}

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	name  string
	value any
}

// MarshalJSON writes the members in order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Quote(m.name)) // names are plain letters
		b.WriteByte(':')
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(m.value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// writer writes shapes. A record that stands in several places, or that others are
// based on, is written once, under $defs.
type writer struct {
	uses  map[*shape.Record]int
	order []*shape.Record // those met, in order
	names map[*shape.Record]string
	taken map[string]bool
}

// count counts how often records are used.
func (w *writer) count(s shape.Shape) {
	if s.Record != nil {
		w.record(s.Record)
	}
	if s.Item != nil {
		w.count(*s.Item)
	}
	for _, a := range s.Among {
		w.count(a)
	}
}

func (w *writer) record(r *shape.Record) {
	if w.uses[r]++; w.uses[r] > 1 {
		return
	}
	w.order = append(w.order, r)
	for _, k := range r.Keys {
		w.count(k.Holds)
	}
	if r.Base != nil {
		w.record(r.Base)
		w.uses[r.Base]++ // its keys are referred to: it needs a place of its own
	}
}

// shared is the name of a record that has a place of its own, or "".
func (w *writer) shared(r *shape.Record) string {
	if w.uses[r] < 2 {
		return ""
	}
	if w.names[r] == "" {
		words := strings.Fields(strings.ToLower(r.Is))
		if len(words) > 1 && (words[0] == "a" || words[0] == "an" || words[0] == "the") {
			words = words[1:]
		}
		name := strings.Join(words, "-")
		for n := 2; w.taken[name]; n++ {
			name = strings.Join(words, "-") + "-" + strconv.Itoa(n)
		}
		w.names[r], w.taken[name] = name, true
	}
	return w.names[r]
}

func (w *writer) definitions() object {
	var defs object
	for _, r := range w.order {
		if name := w.shared(r); name != "" {
			defs = append(defs, member{name, w.keys(r)})
		}
	}
	return defs
}

// The patterns of figures and of flags, which may stand in quotes.
const (
	figurePattern = `[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?`
	flagPattern   = `^([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Yy][Ee][Ss]|[Nn][Oo])$`
)

// shape is the schema of a shape.
func (w *writer) shape(s shape.Shape) object {
	switch s.Kind {
	case shape.Text:
		return text(s.Pattern)
	case shape.Flag:
		return object{{"type", []string{"boolean", "string"}}, {"pattern", flagPattern}}
	case shape.Number:
		return figure("number", s)
	case shape.Integer:
		return figure("integer", s)
	case shape.Word:
		return object{{"enum", words(s.Words)}}
	case shape.Null:
		return object{{"type", "null"}}
	case shape.List:
		o := object{{"type", "array"}, {"items", w.shape(*s.Item)}}
		if s.Length > 0 {
			o = append(o, member{"minItems", s.Length}, member{"maxItems", s.Length})
		}
		return o
	case shape.Names:
		o := object{{"type", "object"}}
		if s.Pattern != "" {
			o = append(o, member{"propertyNames", object{{"pattern", s.Pattern}}})
		}
		return append(o, member{"additionalProperties", w.shape(*s.Item)})
	case shape.Keys:
		if name := w.shared(s.Record); name != "" {
			return object{{"$ref", "#/$defs/" + name}}
		}
		return w.keys(s.Record)
	case shape.Either:
		var among []object
		for _, a := range s.Among {
			among = append(among, w.shape(a))
		}
		return object{{"anyOf", among}}
	}
	return object{}
}

// text is a scalar. One that is plain may be a number or a flag to a reader of YAML, of
// which no pattern is asked: so they are allowed where a text like them is.
func text(pattern string) object {
	if pattern == "" {
		return object{{"type", []string{"string", "number", "boolean"}}}
	}
	types := []string{"string"}
	is := regexp.MustCompile(pattern)
	if is.MatchString("0") {
		types = append(types, "number")
	}
	if is.MatchString("true") {
		types = append(types, "boolean")
	}
	return object{{"type", types}, {"pattern", pattern}}
}

// figure is a number, or one in quotes, or a word in its place.
func figure(kind string, s shape.Shape) object {
	o := object{{"type", []string{kind, "string"}}}
	if s.Low != nil {
		o = append(o, member{"minimum", *s.Low})
	}
	if s.High != nil {
		o = append(o, member{"maximum", *s.High})
	}
	return append(o, member{"pattern", "^(" + strings.Join(append([]string{figurePattern}, s.Words...), "|") + ")$"})
}

// words are the words as a reader of YAML types them.
func words(list []string) []any {
	var all []any
	for _, s := range list {
		all = append(all, s)
		switch s {
		case "true", "false":
			all = append(all, s == "true")
		case "null":
			all = append(all, nil)
		}
	}
	return all
}

// keys is the schema of a record.
func (w *writer) keys(r *shape.Record) object {
	o := object{{"type", "object"}, {"additionalProperties", false}}
	var needed []string
	var properties object
	for _, k := range r.All() {
		if k.Needed {
			needed = append(needed, k.Name)
		}
		properties = append(properties, member{k.Name, w.property(r, k)})
	}
	if len(needed) > 0 {
		o = append(o, member{"required", needed})
	}
	if len(r.Complete) > 0 {
		var sets []object
		for _, set := range r.Complete {
			sets = append(sets, object{{"required", set}})
		}
		o = append(o, member{"anyOf", sets})
	}
	return append(o, member{"properties", properties})
}

// property is the schema of what stands behind a key.
func (w *writer) property(r *shape.Record, k shape.Key) object {
	if r.Base != nil && !own(r, k.Name) {
		return object{{"$ref", fmt.Sprintf("#/$defs/%s/properties/%s", w.shared(r.Base), k.Name)}}
	}
	o := w.shape(k.Holds)
	if r.Blank && !k.Needed {
		o = nullable(o)
	}
	if k.Doc != "" {
		o = append(object{{"description", k.Doc}}, o...)
	}
	return o
}

func own(r *shape.Record, name string) bool {
	for _, k := range r.Keys {
		if k.Name == name {
			return true
		}
	}
	return false
}

// nullable is a schema that takes nothing, too.
func nullable(o object) object {
	null := object{{"type", "null"}}
	for i, m := range o {
		switch v := m.value.(type) {
		case string:
			if m.name == "type" {
				o[i].value = []string{v, "null"}
				return o
			}
		case []string:
			if m.name == "type" {
				o[i].value = append(v, "null")
				return o
			}
		case []any:
			if m.name == "enum" {
				o[i].value = append(v, nil)
				return o
			}
		case []object:
			if m.name == "anyOf" {
				o[i].value = append(v, null)
				return o
			}
		}
	}
	return object{{"anyOf", []object{o, null}}}
}
