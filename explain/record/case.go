package record

import (
	"fmt"

	"github.com/go-json-experiment/json/jsontext"

	"truce/facts"
	"truce/facts/doc"
)

// CaseDocument is a case as a JSON document that facts.ReadCase reads back. A case of
// which that is not true (a text that spells "unknown") is an error, and nothing is
// recorded.
func CaseDocument(c *facts.Case, s *facts.Schema) (jsontext.Value, error) {
	d := map[string]any{"case": c.ID, "title": c.Title, "as_of": facts.FormatDate(c.AsOf), "facts": statedFacts(c.Facts)}
	put(d, "tier", c.Tier)
	for key, list := range map[string][]string{"complete": c.Complete, "sources": c.Sources, "notes": c.Notes} {
		if len(list) > 0 {
			d[key] = list
		}
	}
	if x := c.Expected; x != nil {
		e := map[string]any{}
		put(e, "label", x.Label)
		put(e, "confidence", x.Confidence)
		put(e, "sublabel", x.Sublabel)
		put(e, "alternative", x.Alternative)
		put(e, "note", x.Note)
		d["expected"] = e
	}
	text, err := Canonical(d)
	if err != nil {
		return nil, fmt.Errorf("case %q cannot be recorded: %w", c.ID, err)
	}
	back, ds := facts.ReadCase(c.ID+".json", text, s, facts.ReadOptions{Masked: true, Limits: doc.Limits{Bytes: len(text) + 1}})
	if err := ds.Err(); err != nil {
		return nil, fmt.Errorf("case %q cannot be recorded: %w", c.ID, err)
	}
	if !back.Same(c) {
		return nil, fmt.Errorf("case %q cannot be recorded: it holds a text or a value that reads back as another", c.ID)
	}
	return text, nil
}

// put enters a text that is not empty.
func put(d map[string]any, key, text string) {
	if text != "" {
		d[key] = text
	}
}

// statedFacts are the facts by type: one alone as a map, several as a list with ids.
func statedFacts(list []*facts.StatedFact) map[string]any {
	byType := map[string]any{}
	for _, f := range list {
		fields := map[string]any{}
		for i, field := range f.Type.Fields {
			if d := &f.Data[i]; d.Given {
				fields[field.Name] = DatumDocument(d, field.Type)
			}
		}
		if f.Type.Count == facts.One {
			byType[f.Type.Name] = fields
			continue
		}
		fields["id"] = f.ID
		several, _ := byType[f.Type.Name].([]any)
		byType[f.Type.Name] = append(several, fields)
	}
	return byType
}

// DatumDocument is all that a case says of a field, or the digest of it.
func DatumDocument(d *facts.Datum, t facts.Type) map[string]any {
	m := map[string]any{}
	if d.Masked != "" {
		m["masked"] = d.Masked
	} else if d.Value.IsInterval() {
		e := endsOf(d.Value, t)
		m["low"], m["high"] = endOrUnknown(e.Low), endOrUnknown(e.High)
	} else if d.Value.IsUnknown() {
		m["value"] = "unknown"
	} else {
		m["value"] = Encode(d.Value, t)
	}
	put(m, "source", d.Source)
	put(m, "quality", d.Quality)
	put(m, "evidence", d.Evidence)
	put(m, "note", d.Note)
	if p := d.Period; p != nil {
		m["period"] = map[string]string{"from": facts.FormatDate(p.From), "to": facts.FormatDate(p.To)}
	}
	if d.KnownOn != nil {
		m["known_on"] = facts.FormatDate(*d.KnownOn)
	}
	if d.KnownLater {
		m["known_later"] = true
	}
	return m
}

func endOrUnknown(end any) any {
	if end == nil {
		return "unknown"
	}
	return end
}
