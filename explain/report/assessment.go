package report

import (
	"encoding/json"
	"io"

	"truce/engine/trace"
	"truce/explain"
	"truce/rules"
)

// AssessmentFormat is the version of the JSON form of Assessment.
const AssessmentFormat = "truce.assessment/1"

// Assessment is a case's answer with the report around it. It is the JSON document
// of that name as it stands.
type Assessment struct {
	Format     string          `json:"format"`
	Pack       explain.PackRef `json:"pack"`
	Case       explain.CaseRef `json:"case"`
	Answer     Answer          `json:"answer"`
	Sections   []Section       `json:"sections"`
	Confidence *Confidence     `json:"confidence,omitempty"`
	Deciding   []Deciding      `json:"deciding"`
	Disclaimer string          `json:"disclaimer,omitempty"`
}

// Answer is what the goal came to.
type Answer struct {
	Sentence    string               `json:"sentence"`
	Settled     bool                 `json:"settled"`
	NoneCanHold bool                 `json:"none_can_hold,omitempty"`
	Values      []GoalValue          `json:"values"` // all that can hold, in the goal's order
	Assuming    []explain.Assumption `json:"assuming,omitempty"`
}

// GoalValue is a value of the goal that can hold.
type GoalValue struct {
	Value  string   `json:"value"`
	Says   string   `json:"says"`   // the pack's sentence for it
	Status string   `json:"status"` // holds, can hold
	Detail []string `json:"detail,omitempty"`
	Facts  []string `json:"facts"` // those that say so
}

// Section is one section of the report.
type Section struct {
	Name   string  `json:"section"`
	Title  string  `json:"title"`
	Kind   string  `json:"kind"` // lines, reasons, matrix, assumptions, unknowns, known_later, confidence
	Empty  string  `json:"empty,omitempty"`
	Lines  []Line  `json:"lines"`
	Matrix *Matrix `json:"matrix,omitempty"`

	short, limit int
	brief        []Line // what the short form shows in place of the lines
	folded       bool   // a line of brief stands for all lines
}

// Line is one sentence of the report.
type Line struct {
	Line      string        `json:"line,omitempty"` // the pack's name for it
	Text      string        `json:"text"`
	Mark      explain.Mark  `json:"mark"`
	Status    string        `json:"status,omitempty"` // holds, can hold; of the pack's own lines
	Facts     []string      `json:"facts,omitempty"`  // their proofs show what the line says
	Cites     []string      `json:"cites,omitempty"`
	Extension string        `json:"extension,omitempty"`
	At        string        `json:"at,omitempty"`     // where the pack, or the case, says it
	Values    []Shown       `json:"values,omitempty"` // what stands in the sentence, exactly
	Weight    explain.Value `json:"weight,omitzero"`

	brief string // what the short form says, where that is less
}

// Shown is a value that stands in a sentence.
type Shown struct {
	Text  string        `json:"text"` // the expression
	Value explain.Value `json:"value"`
}

// Matrix is a table of facts: a line of it is a row.
type Matrix struct {
	Fact    string   `json:"fact"` // the type
	Row     string   `json:"row"`  // the fields
	Column  string   `json:"column"`
	Cell    string   `json:"cell"`
	Columns []string `json:"columns"`
	Rows    []Row    `json:"rows"`
}

// Row is a row of a matrix; it has a cell a column, "" where no fact is.
type Row struct {
	Row    string            `json:"row"`
	Cells  []string          `json:"cells"`
	Values [][]explain.Value `json:"values"` // those of each cell, exactly
	Mark   explain.Mark      `json:"mark"`
	Facts  []string          `json:"facts"`
}

// Confidence is the level that the marks of the deciding conditions give.
type Confidence struct {
	Level  string         `json:"level"`
	Text   string         `json:"text"`
	Counts explain.Counts `json:"counts"`
}

// Deciding is a place where the answer's proof reads what the case states.
type Deciding struct {
	Rule   string        `json:"rule"`
	Text   string        `json:"text"` // the condition or the formula
	At     string        `json:"at"`
	Fact   string        `json:"fact"` // what the rule concluded
	Mark   explain.Mark  `json:"mark"`
	Value  explain.Value `json:"value"`
	Fields []string      `json:"fields"` // the stated fields that it reads
}

// Assess makes the assessment of a finished run.
func Assess(t *trace.Trace) *Assessment {
	a := &assessor{t: t, voc: explain.VocabularyOf(t.Pack), all: explain.AnswerGround(t, false),
		instances: map[*rules.Rule][]*trace.Justification{}}
	for i := range t.Lines {
		j := &t.Lines[i]
		a.instances[j.Rule] = append(a.instances[j.Rule], j)
	}
	if !t.Answer.Settled {
		a.open = explain.AnswerGround(t, true)
	}
	deciding := explain.DecidingConditions(t)
	out := &Assessment{Format: AssessmentFormat, Pack: explain.PackOf(t), Case: explain.CaseOf(t), Answer: a.answer(),
		Sections: []Section{}, Deciding: []Deciding{}}
	for i := range deciding {
		out.Deciding = append(out.Deciding, a.deciding(&deciding[i]))
	}
	r := t.Pack.Report
	if r == nil {
		return out
	}
	out.Disclaimer = r.Disclaimer
	out.Confidence = a.confidence(r.Confidence, explain.Count(deciding, t))
	for _, s := range r.Sections {
		out.Sections = append(out.Sections, a.section(s, out.Confidence))
	}
	if !t.Answer.Settled {
		sayOnce(out.Sections)
	}
	return out
}

// JSON writes the assessment as one indented JSON object.
func (a *Assessment) JSON(w io.Writer) error { return writeJSON(w, a) }

// ProofJSON writes a proof as one indented JSON object.
func ProofJSON(w io.Writer, p *explain.Proof) error { return writeJSON(w, p) }

func writeJSON(w io.Writer, doc any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(doc)
}

// assessor makes the parts of one assessment.
type assessor struct {
	t    *trace.Trace
	voc  *explain.Vocabulary
	all  explain.Ground // behind the answer
	open explain.Ground // behind what leaves it open

	instances map[*rules.Rule][]*trace.Justification // of lines, in the trace's order
}

func (a *assessor) deciding(d *explain.Deciding) Deciding {
	out := Deciding{Rule: d.Rule.Name, Text: d.Expr.Text(), At: d.Expr.Span().String(),
		Fact: a.t.Facts[d.Fact].Name, Mark: d.Mark, Value: explain.Value{Type: d.Expr.Type(), Value: d.Value}}
	for _, ref := range d.Fields {
		out.Fields = append(out.Fields, explain.FieldName(a.t, ref))
	}
	return out
}

func (a *assessor) section(s *rules.Section, c *Confidence) Section {
	out := Section{Name: s.Name, Title: s.Title, Kind: s.Kind.String(), Empty: s.Empty, Lines: []Line{},
		short: s.Short, limit: s.Limit}
	switch s.Kind {
	case rules.Lines, rules.Reasons:
		out.Lines = a.lines(s)
	case rules.Matrix:
		out.Matrix = a.matrix(s.Grid)
	case rules.Assumptions:
		out.Lines = a.assumptions()
		out.brief, out.folded = briefAssumptions(out.Lines), true
	case rules.Unknowns:
		out.Lines = a.unknowns()
		out.brief = briefUnknowns(out.Lines)
	case rules.KnownLater:
		out.Lines = a.knownLater()
	case rules.Confidence:
		if c != nil {
			out.Lines = []Line{{Text: c.Text, Mark: explain.Computed}}
		}
	}
	return out
}
