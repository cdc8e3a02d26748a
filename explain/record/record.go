// Package record is the form in which an assessment is kept: one JSON document that
// holds what was asked, of which rules, by whom, and everything that followed.
//
// What flows in: a finished run (package engine/trace), and who asked for it when.
// What flows out: a Record, and its canonical bytes (RFC 8785), which are what is
// hashed, stored and logged. Reading takes nothing on trust: a key that is not known,
// a number that no reader would write back the same, or bytes that are not canonical
// are errors. It opens no file, reads no clock and runs no rule; whether a record is
// true is for package explain/check to say.
//
// # Values
//
// A known value is a JSON number, string or bool; a date is "2013-11-24"; a symbol or
// level its name; an integer beyond 2^53 a string of its digits. null is unknown:
// anything that its type allows. {"low": x, "high": y} is an interval, an end without
// bound left out. {"error": "E901"} is the code of a fault. {"masked": true} is a value
// that is kept out of the record (package explain/mask), or was computed from one; truths
// of conditions are never masked. In the case, {"masked": HEX} is the digest of all that
// the case says of a field, with "known_later" where that was not known on its date.
//
// # Facts
//
// Run.Facts is in canonical order: types in pack order, then by id or key. All else in
// a run speaks of facts by their position there. What the case states, and how it is
// known, stands in Case; a stated fact under Run.Facts has the values as the rules saw
// them, and where each came from.
package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"truce/facts"
	"truce/facts/doc"
	"truce/facts/source"
	"truce/rules"
)

// Format names the document and its version. Fields may be added to a version; none
// changes its meaning.
const Format = "truce.record/1"

// ErrRecord is a record that is none.
var ErrRecord = source.Code{ID: "V001", Title: "not a record",
	Doc:     "A record is one JSON document of a known format, in the canonical form of RFC 8785: keys in order, no spaces, no key twice, no key that the format does not have. One that was changed by hand, or cut short, is no record.",
	Example: "{\"format\": \"truce.record/1\", \"pakc\": {}}"}

// Codes lists what can be wrong with the form of a record.
func Codes() []source.Code { return []source.Code{ErrRecord, ErrMask} }

// Record is one assessment. Here and below, fields stand in the order of their keys,
// which is that of the canonical form.
type Record struct {
	// Approvals are the signed texts (package explain/approval) of those who may approve
	// the pack and did, sorted; none where nobody was asked for one.
	Approvals  []string       `json:"approvals,omitempty"`
	At         string         `json:"at"`          // when, in UTC: 2026-01-31T12:00:00Z
	By         string         `json:"by"`          // who asked
	Case       jsontext.Value `json:"case"`        // what was asked of: a case, as truce reads it
	CaseDigest string         `json:"case_digest"` // sha256 of the bytes of Case, in hex
	Engine     string         `json:"engine"`      // the version of truce that answered
	Format     string         `json:"format"`
	Grounds    Grounds        `json:"grounds"`
	Masked     []string       `json:"masked,omitempty"` // the fields of the case of which it has a digest alone
	Pack       Pack           `json:"pack"`
	Run        Run            `json:"run"`
	// Thresholds are those that were set otherwise than the pack has them.
	Thresholds []Setting `json:"thresholds,omitempty"`
}

// Grounds are the rules in the proof of the answer, and the thresholds that it read.
type Grounds struct {
	Rules      []string `json:"rules"`
	Thresholds []string `json:"thresholds"`
}

// Pack says which rules answered.
type Pack struct {
	Digest     string   `json:"digest"`     // as rules.Pack has it
	Extensions []string `json:"extensions"` // those that were on
	Files      []File   `json:"files"`
	Name       string   `json:"name"`
	SourceOnly bool     `json:"source_only"` // extensions were left out
	Version    string   `json:"version"`
}

// File is a file of the pack by its content.
type File struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"` // in hex
}

// Setting is a threshold as the session had it: a value, or points by level.
type Setting struct {
	Name   string           `json:"name"`
	Points map[string]Value `json:"points,omitzero"`
	Value  Value            `json:"value,omitzero"`
}

// Run is what the rules made of the case.
type Run struct {
	Answer         Answer          `json:"answer"`
	Facts          []Fact          `json:"facts"`
	Justifications []Justification `json:"justifications"`
	Lines          []Justification `json:"lines"`              // of the report
	Withheld       []string        `json:"withheld,omitempty"` // stated facts of which nothing could be known on the date
}

// Fact is a stated or concluded fact in at least one completion of the unknown.
type Fact struct {
	// Alternatives are the other facts of its key, of which at most one is so.
	Alternatives []int            `json:"alternatives,omitempty"`
	Copies       int              `json:"copies"` // how many real facts it may stand for; -1 is without end
	Fields       map[string]Field `json:"fields"`
	Height       int              `json:"height"` // of its least proof; 0 of a stated one
	Name         string           `json:"name"`
	Status       string           `json:"status"` // "holds" or "can hold"
	Type         string           `json:"type"`
}

// Field is a value and where it comes from: given, absent, assumed, known later, or
// concluded.
type Field struct {
	Origin string `json:"origin"`
	Value  Value  `json:"value"`
}

// Justification is one instance of a rule, or of a line of the report.
type Justification struct {
	Conclusion int       `json:"conclusion"` // of the rule's; -1 of a line
	Fact       int       `json:"fact"`       // what it concludes; -1 of a line
	Formulas   []Formula `json:"formulas"`   // by field of the conclusion; of a line, by part of its sentence
	Height     int       `json:"height"`
	Premises   []int     `json:"premises"` // by pattern
	Rule       string    `json:"rule"`
	Status     string    `json:"status"`
	Steps      []Step    `json:"steps"`          // by line of "when"; of a pattern, an empty one
	Total      bool      `json:"total,omitzero"` // one row of its table holds, if not this one
	Weight     Value     `json:"weight,omitzero"`
}

// Step is a line of "when" as an instance found it.
type Step struct {
	Atoms []Atom `json:"atoms,omitempty"`
	Reads *Reads `json:"reads,omitempty"`
	Text  string `json:"text,omitempty"`
	Truth Value  `json:"truth,omitzero"` // of a condition
	Value Value  `json:"value,omitzero"` // of a bound value
}

// Formula is an evaluated expression.
type Formula struct {
	Reads *Reads `json:"reads,omitempty"`
	Text  string `json:"text,omitempty"`
	Value Value  `json:"value,omitzero"` // none of plain text
}

// Atom is one comparison, quantifier or plain test of a condition.
type Atom struct {
	Margin   Value     `json:"margin,omitzero"`
	Negated  bool      `json:"negated,omitzero"`
	Operands []Operand `json:"operands,omitempty"`
	Reads    *Reads    `json:"reads,omitempty"`
	Text     string    `json:"text"`
	Truth    Value     `json:"truth"`
}

// Operand is one side of an atom.
type Operand struct {
	Text  string `json:"text"`
	Value Value  `json:"value"`
}

// Reads is what an evaluation looked at.
type Reads struct {
	Aggregates []Aggregate `json:"aggregates,omitempty"`
	AsOf       bool        `json:"as_of,omitzero"`
	Fields     []FieldRef  `json:"fields,omitempty"`
	Thresholds []string    `json:"thresholds,omitempty"`
	Values     []int       `json:"values,omitempty"` // bound values, by slot
}

// FieldRef is a field of a fact.
type FieldRef struct {
	Fact  int    `json:"fact"`
	Field string `json:"field"`
}

// Aggregate is a quantifier or an aggregate with what it ranged over.
type Aggregate struct {
	Members []Member `json:"members,omitempty"`
	Text    string   `json:"text"`
	Value   Value    `json:"value"`
}

// Member is one fact that an aggregate looked at.
type Member struct {
	Fact     int   `json:"fact"`
	Selected Value `json:"selected"`
	Value    Value `json:"value,omitzero"` // of what is summed or compared, where there is such
}

// Answer is what the goal came to.
type Answer struct {
	Contradictions []int       `json:"contradictions,omitempty"`
	NoneCanHold    bool        `json:"none_can_hold"`
	Settled        bool        `json:"settled"`
	Values         []GoalValue `json:"values"`
}

// Words are the answer in words: "truce", "open: truce or hold".
func (a *Answer) Words() string {
	values := make([]string, len(a.Values))
	for i, v := range a.Values {
		values[i] = v.Value
	}
	switch text := strings.Join(values, " or "); {
	case a.Settled:
		return text
	case len(values) == 1:
		return text + " or none"
	default:
		return "open: " + text
	}
}

// GoalValue is a value of the goal that can hold, and the facts that say so.
type GoalValue struct {
	Facts  []int  `json:"facts"`
	Status string `json:"status"`
	Value  string `json:"value"`
}

// Bytes are the canonical bytes of the record.
func (r *Record) Bytes() ([]byte, error) { return marshal(r) }

// marshal writes a part of a record. The order of its fields makes that canonical.
func marshal(part any) ([]byte, error) {
	return json.Marshal(part, json.Deterministic(true), jsontext.AllowDuplicateNames(true))
}

// Canonical is a document in the canonical form of RFC 8785.
func Canonical(document any) ([]byte, error) {
	text, err := marshal(document)
	if err != nil {
		return nil, err
	}
	v := jsontext.Value(text)
	if err := v.Canonicalize(); err != nil {
		return nil, err
	}
	return v, nil
}

// ReadCanonical reads a document that Canonical wrote: one with a key that it does not
// have, or that is written otherwise, is an error.
func ReadCanonical(text []byte, document any) error {
	if err := json.Unmarshal(text, document, json.RejectUnknownMembers(true)); err != nil {
		return err
	}
	if back, err := Canonical(document); err != nil || !bytes.Equal(back, text) {
		return errors.New("it is not in canonical form")
	}
	return nil
}

// Same reports whether two parts of a record are written the same.
func Same(a, b any) bool {
	x, err := marshal(a)
	y, bad := marshal(b)
	return err == nil && bad == nil && bytes.Equal(x, y)
}

// Digest is the sha256 of some bytes, in hex.
func Digest(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Read reads a record. The name is for its findings.
func Read(name string, text []byte) (*Record, error) {
	fail := func(format string, args ...any) error {
		return source.Diagnostics{ErrRecord.At(source.Span{File: name}, format, args...)}
	}
	v := jsontext.Value(bytes.Clone(text))
	if err := v.Canonicalize(); err != nil {
		return nil, fail("it is not JSON: %v", err)
	}
	if !bytes.Equal(v, text) {
		return nil, fail("it is not in canonical form")
	}
	var head struct {
		Format string `json:"format"`
	}
	if err := json.Unmarshal(text, &head); err != nil || head.Format != Format {
		return nil, fail("its format is %q, and not %q", head.Format, Format)
	}
	r := &Record{}
	if err := json.Unmarshal(text, r, json.RejectUnknownMembers(true)); err != nil {
		return nil, fail("%v", err)
	}
	back, err := r.Bytes()
	if err != nil || !bytes.Equal(back, text) {
		return nil, fail("it has a key without a value, or one spelt in another case")
	}
	if d := Digest(r.Case); d != r.CaseDigest {
		return nil, fail("the digest of its case is %s, and not %s", d, r.CaseDigest)
	}
	return r, nil
}

// ReadCase is the case of the record, checked against the schema of its pack.
func (r *Record) ReadCase(p *rules.Pack) (*facts.Case, error) {
	c, ds := facts.ReadCase("case.json", r.Case, p.Schema, facts.ReadOptions{Masked: true, Limits: doc.Limits{Bytes: len(r.Case) + 1}})
	if err := ds.Err(); err != nil {
		return nil, fmt.Errorf("the case of the record: %w", err)
	}
	return c, nil
}
