package search

import (
	"context"
	"strings"

	"truce/explain"
	"truce/explain/compare"
	"truce/facts"
	"truce/facts/source"
)

// WhatIfFormat is the version of the JSON form of a WhatIf. Fields may be added to a
// version; none changes its meaning.
const WhatIfFormat = "truce.whatif/1"

// Edits are changes as a person writes them: "Type.field=value" or
// "Type(id).field=value" under Set, a name alone under Unset, "name=value" under
// Thresholds. A value may be unknown, and of an ordered type "low..high".
type Edits struct {
	Set        []string
	Unset      []string
	Thresholds []string
}

// WhatIf is a case run with some values changed, beside the case as it is.
type WhatIf struct {
	Format  string   `json:"format"`
	Changes []Change `json:"changes"` // To is what the rules saw after the change
	// Error says why the changed case has no answer; what was concluded is compared all
	// the same.
	Error   string            `json:"error,omitempty"`
	Compare *compare.Document `json:"compare"` // A is the case as it is, B the changed one
}

// WhatIf runs the case with changes. Its errors are source.Diagnostics, those of the
// edits all at once, or the context's.
func (s *Search) WhatIf(ctx context.Context, e Edits) (*WhatIf, error) {
	settings, err := s.settings(e)
	if err != nil {
		return nil, err
	}
	session := s.all
	mark := session.Mark()
	defer session.Rollback(mark)
	if err := s.enter(session, settings); err != nil {
		return nil, err
	}
	if err := session.Run(ctx); err != nil {
		return nil, err
	}
	t, err := session.Trace()
	w := &WhatIf{Format: WhatIfFormat, Changes: []Change{}}
	switch {
	case t == nil:
		return nil, err
	case err != nil:
		w.Error = err.Error()
	}
	for _, c := range settings {
		change := c.d.change(c)
		if c.d.threshold == nil {
			if i, ok := t.Find(c.d.fact()); ok {
				f := &t.Facts[i].Fields[c.d.field.Index]
				change.To.Value, change.Then = f.Value, f.Origin.String()
			}
		}
		w.Changes = append(w.Changes, change)
	}
	w.Compare = compare.Of(s.base, t)
	return w, nil
}

// settings reads edits.
func (s *Search) settings(e Edits) ([]setting, error) {
	var list []setting
	var found source.Diagnostics
	seen := map[string]bool{}
	add := func(d *dimension, v facts.Value, unset bool, bad *source.Diagnostic) {
		switch {
		case bad != nil:
			found = append(found, *bad)
		case seen[d.label]:
			found = append(found, CodeTwice.At(source.Span{}, "%s is changed twice", d.label))
		default:
			seen[d.label] = true
			list = append(list, setting{d, v, unset})
		}
	}
	for _, text := range e.Set {
		d, v, bad := s.edit(text, "Type.field=value", s.stated)
		add(d, v, false, bad)
	}
	for _, name := range e.Unset {
		d, bad := s.stated(name)
		if bad != nil {
			add(nil, facts.Value{}, false, bad)
			continue
		}
		v := d.as.Unknown()
		if a := s.program.Pack().Assumption(d.field); a != nil && d.exact {
			v = a.Value
		}
		add(d, v, true, nil)
	}
	for _, text := range e.Thresholds {
		d, v, bad := s.edit(text, "name=value", s.parameter)
		add(d, v, false, bad)
	}
	return list, found.Err()
}

func (s *Search) edit(text, form string, find func(string) (*dimension, *source.Diagnostic)) (*dimension, facts.Value, *source.Diagnostic) {
	name, value, ok := strings.Cut(text, "=")
	if !ok {
		d := CodeForm.At(source.Span{}, "%q has no value", text).Expect("%s", form)
		return nil, facts.Value{}, &d
	}
	d, bad := find(strings.TrimSpace(name))
	if bad != nil {
		return nil, facts.Value{}, bad
	}
	v, wrong := d.as.ParseTyped(value)
	if wrong != nil {
		wrong.Message = d.label + ": " + wrong.Message
		return d, v, &wrong.Diagnostic
	}
	return d, v, nil
}

// stated is the field of a stated fact by its name, whether or not the answer
// depends on it.
func (s *Search) stated(name string) (*dimension, *source.Diagnostic) {
	name = strings.TrimSpace(name)
	var names []string
	for i := range s.base.Facts {
		f := &s.base.Facts[i]
		for _, field := range f.Type.Fields {
			full := f.Name + "." + field.Name
			if f.Unlisted || !strings.EqualFold(full, name) {
				if !f.Type.Concluded && !f.Unlisted {
					names = append(names, full)
				}
				continue
			}
			if f.Type.Concluded {
				d := CodeConcluded.At(source.Span{}, "%s is concluded by rules", full).Suggest("set what it follows from: truce why shows that")
				return nil, &d
			}
			return fieldDimension(f, idOf(f), field), nil
		}
	}
	d := CodeName.At(source.Span{}, "the case has no value called %s", name)
	if near := source.Nearest(name, names); near != "" {
		d = d.Suggest("did you mean %s?", near)
	} else {
		d = d.Expect("a name such as %s", first(names))
	}
	return nil, &d
}

func first(names []string) string {
	if len(names) == 0 {
		return "Type.field"
	}
	return names[0]
}

// parameter is a threshold by its name, which may have "threshold." before it.
func (s *Search) parameter(name string) (*dimension, *source.Diagnostic) {
	name = strings.TrimPrefix(name, "threshold.")
	var names []string
	for _, t := range s.program.Pack().Thresholds {
		if t.Name != name {
			names = append(names, t.Name)
			continue
		}
		if t.Table != nil {
			d := CodeName.At(t.Span, "threshold %s is a table of points, which has no one value", name)
			return nil, &d
		}
		return thresholdDimension(t), nil
	}
	d := CodeName.At(source.Span{}, "no threshold is called %s", name)
	if near := source.Nearest(name, names); near != "" {
		d = d.Suggest("did you mean %s?", near)
	}
	return nil, &d
}

// valueOf is a value as documents hold it.
func (d *dimension) valueOf(v facts.Value) explain.Value { return explain.Value{Type: d.as, Value: v} }
