package rules

import (
	"truce/facts"
	"truce/rules/condition"
)

// Report is the pack's own account of an answer: which sections there are, in
// which order, and in what sentences. Its lines are rules without a conclusion:
// the engine finds where they hold, so that each line has a proof as a conclusion
// has.
type Report struct {
	Answer     []AnswerSentence
	Sections   []*Section
	Confidence []ConfidenceRow
	Disclaimer string // stands under every answer
}

// AnswerSentence is how the answer is said for one goal value.
type AnswerSentence struct {
	Value string
	Says  string // "a truce is expected"
	Span  facts.Span
}

// SectionKind says what makes the lines of a section.
type SectionKind uint8

const (
	// Lines are the pack's own.
	Lines SectionKind = iota
	// Matrix sets facts of one type in rows and columns.
	Matrix
	// Assumptions are those that the answer rests on.
	Assumptions
	// Unknowns are the missing and interval values that the answer depends on.
	Unknowns
	// KnownLater are the values that could not be known on the case's date.
	KnownLater
	// Confidence is the level that the marks of the deciding conditions give.
	Confidence
	// Reasons are the strongest lines for the answer: the lines of the section,
	// most weight first.
	Reasons
)

// SectionKinds are the kinds as packs spell them, by value.
var sectionKinds = [...]string{"lines", "matrix", "assumptions", "unknowns", "known_later", "confidence", "reasons"}

func (k SectionKind) String() string { return sectionKinds[k] }

// SectionKindNames lists the kinds as packs spell them.
func SectionKindNames() []string { return append([]string(nil), sectionKinds[:]...) }

// Section is one section of the report.
type Section struct {
	Name  string
	Title string
	Kind  SectionKind
	Short int // how many of its lines the short form shows
	Limit int // how many the full form shows; 0 is all
	Lines []*Line
	Grid  *Grid
	Empty string // what is said when there is no line; "" leaves the section out
	Span  facts.Span
}

// Line is a sentence that stands in the report once for each instance of its rule
// that holds or can hold.
type Line struct {
	Rule   *Rule          // without a conclusion; Says is the sentence
	Weight condition.Expr // numeric, or nil: lines with more stand first
}

// Grid is the layout of a matrix section: the facts of a type by two of their
// fields, with a third in the cells.
type Grid struct {
	Fact              *facts.FactType
	Row, Column, Cell *facts.Field
}

// ConfidenceRow gives a level of confidence when its condition over the counts of
// marks holds; the first that does decides.
type ConfidenceRow struct {
	Level string
	When  condition.Expr // over the values of ConfidenceNames, in that order of slots
	Says  *Template
	Span  facts.Span
}

// ConfidenceNames are the integer names that confidence rows may use: how many
// deciding conditions there are, how many carry each mark, and how many goal
// values can hold.
func ConfidenceNames() []string {
	return []string{"deciding", "reported", "coded", "assumed", "computed", "judgement", "answers"}
}
