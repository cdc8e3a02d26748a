package claims

import "truce/rules"

// Format is the version of the JSON form of a matrix.
const Format = "truce.claims/1"

// Document is the JSON form of a matrix.
type Document struct {
	Format string        `json:"format"`
	Pack   string        `json:"pack"`
	Digest string        `json:"digest"`
	Tests  int           `json:"tests"` // how many were run
	Cases  int           `json:"cases"`
	Shown  bool          `json:"shown"` // every claim is
	Claims []ClaimRow    `json:"claims"`
	Failed []FailureItem `json:"failed,omitempty"`
}

// ClaimRow is one claim.
type ClaimRow struct {
	ID          string      `json:"id"`
	Kinds       []string    `json:"kinds"`
	Section     string      `json:"section"`
	Says        string      `json:"says"`
	Rules       []string    `json:"rules"`
	Thresholds  []string    `json:"thresholds"`
	Assumptions []string    `json:"assumptions"`
	Lines       []string    `json:"lines"` // of the report
	Tests       []string    `json:"tests"` // those that cite it
	Shown       bool        `json:"shown"`
	Effect      *EffectItem `json:"effect,omitempty"` // of a rule, threshold or framing
	Line        *LineItem   `json:"line,omitempty"`   // of a read or bound
}

// EffectItem is what changes without the claim.
type EffectItem struct {
	Subject string `json:"subject,omitempty"` // "test x" or "case x"; empty: nothing changes
	Tried   int    `json:"tried"`
	Gone    string `json:"gone,omitempty"`
	New     string `json:"new,omitempty"`
	Error   string `json:"error,omitempty"`
	Answer  string `json:"answer,omitempty"`
}

// LineItem is where a line that cites the claim stands.
type LineItem struct {
	Subject  string `json:"subject,omitempty"` // empty: nowhere
	Line     string `json:"line,omitempty"`
	Possible bool   `json:"possible,omitempty"`
}

// FailureItem is a subject that the whole pack cannot run over.
type FailureItem struct {
	Subject string `json:"subject"`
	Error   string `json:"error"`
}

// Document is the matrix in its JSON form.
func (m *Matrix) Document() Document {
	d := Document{Format: Format, Pack: m.Pack.Name, Digest: m.Pack.Digest, Tests: m.Tests, Cases: m.Cases,
		Shown: len(m.Missing()) == 0, Claims: []ClaimRow{}}
	for _, c := range m.Claims {
		d.Claims = append(d.Claims, c.row())
	}
	for _, f := range m.Failed {
		d.Failed = append(d.Failed, FailureItem{f.Subject.String(), f.Found.Error()})
	}
	return d
}

func (c *Claim) row() ClaimRow {
	r := ClaimRow{ID: c.Claim.ID, Kinds: c.Claim.Kinds, Section: c.Claim.Section, Says: c.Claim.Says,
		Rules:       ruleNames(c.Rules),
		Thresholds:  namesOf(c.Thresholds, func(t *rules.Threshold) string { return t.Name }),
		Assumptions: namesOf(c.Assumptions, (*rules.Assumption).Name),
		Lines:       ruleNames(c.Lines),
		Tests:       namesOf(c.Tests, func(t *rules.Test) string { return t.Name }),
		Shown:       c.Shown()}
	if e := c.Does; e != nil {
		r.Effect = &EffectItem{Tried: e.Tried, Gone: e.Change.Gone, New: e.Change.New, Error: e.Change.Error, Answer: e.Change.Answer}
		if e.By != nil {
			r.Effect.Subject = e.By.String()
		}
	}
	if a := c.Says; a != nil {
		r.Line = &LineItem{Possible: a.Possible}
		if a.By != nil {
			r.Line.Subject, r.Line.Line = a.By.String(), a.Line.Name
		}
	}
	return r
}
