package consult

import (
	"truce/explain"
	"truce/explain/report"
	"truce/explain/search"
	"truce/facts"
)

// Format is the version of the JSON form of a Record. Fields may be added to a version;
// none changes its meaning.
const Format = "truce.consult/1"

// Record is what was asked and answered, in order. It is the JSON document of that name
// as it stands.
type Record struct {
	Format  string          `json:"format"`
	Pack    explain.PackRef `json:"pack"`
	Case    explain.CaseRef `json:"case"`
	Steps   []Step          `json:"steps"`
	End     End             `json:"end"`               // settled, all asked, stopped
	Quality string          `json:"quality,omitempty"` // that every answer was stated with
	Source  string          `json:"source,omitempty"`
	Saved   string          `json:"saved,omitempty"` // the file that the case went to
	// Assessment is that of the case with the answers.
	Assessment *report.Assessment `json:"assessment,omitempty"`
}

// Stopped is the end of a consultation that was ended before everything was asked.
const Stopped End = "stopped"

// Step is one question with what came of it.
type Step struct {
	Name   string        `json:"name"` // of a list the name of the type
	Before explain.Value `json:"before,omitzero"`
	Answer explain.Value `json:"answer,omitzero"` // of a list whether the case lists all
	Left   bool          `json:"left,omitempty"`  // it stays as it was
	Open   search.Answer `json:"open"`            // what could hold before
}

// Record is what was asked so far; Saved and Assessment are the caller's to add.
func (c *Consultation) Record() *Record {
	p := c.program.Pack()
	r := &Record{Format: Format, Pack: explain.PackRef{Name: p.Name, Version: p.Version, Digest: p.Digest},
		Case:  explain.CaseRef{ID: c.kase.ID, Title: c.kase.Title, AsOf: facts.FormatDate(c.kase.AsOf), Tier: c.kase.Tier},
		Steps: []Step{}, End: c.end, Quality: c.options.Quality, Source: c.options.Source}
	if r.End == Going {
		r.End = Stopped
	}
	for i := range c.steps {
		r.Steps = append(r.Steps, c.steps[i].Step)
	}
	return r
}
