package record

import (
	"bytes"
	"errors"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Head is what a list of records shows of one.
type Head struct {
	At         string
	By         string
	Case       CaseHead
	CaseDigest string
	Grounds    Grounds
	Pack       Pack
	Approvals  []string
	Answer     Answer
}

// CaseHead is what a case is called, and the date on which it is judged.
type CaseHead struct {
	ID    string `json:"case"`
	Title string `json:"title"`
	AsOf  string `json:"as_of"`
}

// Head is the head of the record: what ReadHead reads from its bytes.
func (r *Record) Head() (Head, error) {
	h := Head{At: r.At, By: r.By, CaseDigest: r.CaseDigest, Grounds: r.Grounds, Pack: r.Pack, Answer: r.Run.Answer}
	err := json.Unmarshal(r.Case, &h.Case)
	return h, err
}

// ReadHead reads the head of a record from its canonical bytes. In them the keys stand
// in order and the answer is the first of the run, so that only a tenth is looked at.
func ReadHead(text []byte) (Head, error) {
	var h Head
	into := map[string]any{"approvals": &h.Approvals, "at": &h.At, "by": &h.By, "case": &h.Case, "case_digest": &h.CaseDigest, "grounds": &h.Grounds, "pack": &h.Pack}
	d := jsontext.NewDecoder(bytes.NewReader(text))
	for {
		t, err := d.ReadToken()
		if err != nil {
			return h, err
		}
		if t.Kind() != '"' || d.StackDepth() != 1 {
			if t.Kind() == '}' {
				return h, errors.New("a record without an answer")
			}
			continue
		}
		key := t.String()
		if key == "run" {
			return h, readAnswer(d, &h.Answer)
		}
		if into[key] == nil {
			err = d.SkipValue()
		} else {
			err = readValue(d, into[key])
		}
		if err != nil {
			return h, err
		}
	}
}

func readAnswer(d *jsontext.Decoder, a *Answer) error {
	if t, err := d.ReadToken(); err != nil || t.Kind() != '{' {
		return errors.New("a record without a run")
	}
	if t, err := d.ReadToken(); err != nil || t.Kind() != '"' || t.String() != "answer" {
		return errors.New("a run without an answer")
	}
	return readValue(d, a)
}

func readValue(d *jsontext.Decoder, into any) error {
	v, err := d.ReadValue()
	if err != nil {
		return err
	}
	return json.Unmarshal(v, into)
}
