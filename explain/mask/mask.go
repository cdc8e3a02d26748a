// Package mask keeps sensitive values out of records. A policy names fields of stated
// facts; of what a case says of them a record has a salted digest alone, and nothing that
// was computed of them.
//
// What flows in: a record in clear (package explain/record), a policy and a secret. What
// flows out: the masked record, or an error, and then there is nothing to store; later,
// with the case in clear and the secret, whether the digests are those of its values. It
// keeps nothing and opens no file.
//
// # What is masked
//
// The digest stands in the place of the whole datum: value or ends, source, quality,
// evidence, note, period and the day of knowing; of these only whether the value could be
// known on the case's date is left. What rules compute of a masked value is masked with
// it, from field to field: values, operands, margins, what aggregates come to, the parts of
// sentences, the fields of concluded facts.
//
// The run of a masked record is not the one in clear with values struck out. It is
// written anew by the checker (package explain/check), which has the masked case and of
// the run in clear the truths alone. So it holds nothing that those do not tell, and two
// cases of which only masked values differ, and no truth, have the same record but for the
// digests.
//
// # What is left
//
// Truths stay: of conditions, of which facts an aggregate counts, and with them which
// rules hold for which facts. That is the reasoning, and it tells what it tells: that
// inflation is above 40, if a rule asks so. A condition that asks for a value itself, as
// one does that is a bool field or that compares with ==, tells all of it. A policy that
// masks such a field is refused, unless it lists the field under "asked".
//
// The title of a case, its notes and sources, and what is said of other fields are kept as
// they are written. Where they spell a masked number, text or date, nothing is recorded.
package mask

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"truce/explain/check"
	"truce/explain/record"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
)

// Secret is what salts are made of. Whoever has it can open what was masked with it.
type Secret []byte

// SecretSize is how many bytes a secret has.
const SecretSize = sha256.Size

// ReadSecret reads a secret from the text of its file: 64 hexadecimal digits.
func ReadSecret(text string) (Secret, bool) {
	s, err := hex.DecodeString(text)
	return s, err == nil && len(s) == SecretSize
}

// salt is that of one value of one record.
func (s Secret) salt(r *record.Record, f *facts.StatedFact, field int) ([]byte, error) {
	name, err := record.Canonical([]string{"truce.mask/1", r.At, f.Name(), f.Type.Fields[field].Name})
	if err != nil {
		return nil, err
	}
	h := hmac.New(sha256.New, s)
	h.Write(name)
	return h.Sum(nil), nil
}

// digest is that of a datum: sha256 over its salt and its canonical JSON.
func digest(salt []byte, d *facts.Datum, t facts.Type) (string, error) {
	text, err := record.Canonical(record.DatumDocument(d, t))
	if err != nil {
		return "", err
	}
	return record.Digest(append(slices.Clip(salt), text...)), nil
}

// Apply masks a record in clear, of a run of the pack. A record of a case that says
// nothing of the policy's fields comes back as it is.
func Apply(r *record.Record, p *rules.Pack, policy *Policy, secret Secret) (*record.Record, error) {
	whole, err := r.ReadCase(p)
	if err != nil {
		return nil, err
	}
	c, err := policy.hide(whole, func(f *facts.StatedFact, i int) (string, error) {
		salt, err := secret.salt(r, f, i)
		if err != nil {
			return "", err
		}
		return digest(salt, &f.Data[i], f.Type.Fields[i].Type)
	})
	if err != nil {
		return nil, err
	}
	out := *r
	_, names, seen := record.MasksOf(c)
	if out.Masked = names; names == nil {
		return r, nil
	}
	if ds := told(whole, c); ds.HasErrors() {
		return nil, ds
	}
	if out.Case, err = record.CaseDocument(c, p.Schema); err != nil {
		return nil, err
	}
	out.CaseDigest = record.Digest(out.Case)
	reach, _ := record.ReachOf(p, seen)
	return rewritten(&out, p, reach)
}

// hide is a case in which the fields of the policy are masked.
func (p *Policy) hide(whole *facts.Case, digest func(*facts.StatedFact, int) (string, error)) (*facts.Case, error) {
	c := *whole
	c.Facts = slices.Clone(whole.Facts)
	for n, f := range c.Facts {
		g := *f
		g.Data = slices.Clone(f.Data)
		for i, field := range f.Type.Fields {
			if d := &f.Data[i]; d.Given && slices.Contains(p.fields, field) {
				sum, err := digest(f, i)
				if err != nil {
					return nil, err
				}
				g.Data[i] = facts.Datum{Value: field.Type.Unknown(), Given: true, Masked: sum, KnownLater: d.Later(c.AsOf)}
			}
		}
		c.Facts[n] = &g
	}
	return &c, nil
}

// rewritten is a record of a masked case with the run that the checker makes of it. At
// first all concluded values that can be computed of masked ones are masked. Each time that
// the run is written, those of which it finds no such thing are not any more, and heights
// rise where an expression shows two branches of which in clear it took one; until nothing
// changes.
func rewritten(r *record.Record, p *rules.Pack, reach record.Reach) (*record.Record, error) {
	was := r.Run
	r.Run.Facts = hidden(was.Facts, p, reach)
	for range 2 * (len(was.Facts) + 1) {
		run, ds := check.Rewrite(r, p)
		if ds.HasErrors() {
			return nil, refused(ds)
		}
		stable := record.Same(run.Facts, r.Run.Facts)
		if r.Run.Facts = run.Facts; !stable {
			continue
		}
		if !slices.Equal(structure(&was), structure(&run)) {
			return nil, refused(nil)
		}
		r.Run, r.Grounds = run, record.GroundsOf(&run)
		if ds := check.Run(r, p); ds.HasErrors() {
			return nil, refused(ds)
		}
		return r, nil
	}
	return nil, refused(nil)
}

// hidden are facts of a run without the concluded values that are reached.
func hidden(list []record.Fact, p *rules.Pack, reach record.Reach) []record.Fact {
	out := slices.Clone(list)
	for i := range out {
		t := p.Schema.Type(out[i].Type)
		out[i].Fields = maps.Clone(out[i].Fields)
		for name, f := range out[i].Fields {
			if t.Concluded && reach.Has(t.Field(name)) {
				out[i].Fields[name] = record.Field{Value: record.MaskedValue, Origin: f.Origin}
			}
		}
	}
	return out
}

// refused is why a record cannot be masked: a mask that reaches what it cannot, or else a
// run of which the truths alone do not say what followed. What the checker finds then can
// speak of values, and is left out.
func refused(ds source.Diagnostics) error {
	masks := slices.DeleteFunc(slices.Clone(ds), func(d source.Diagnostic) bool { return d.Code != record.ErrMask.ID })
	if len(masks) > 0 {
		return masks
	}
	return source.Diagnostics{record.ErrMask.At(source.Span{}, "without the masked values, the rules do not come to what was answered")}
}

// structure is what a masked run keeps of one in clear: facts by name and status, which
// rules hold for which facts and how, and the answer.
func structure(r *record.Run) []string {
	var list []string
	for i := range r.Facts {
		list = append(list, fmt.Sprint(r.Facts[i].Name, r.Facts[i].Status))
	}
	var of []string
	for _, js := range [...][]record.Justification{r.Justifications, r.Lines} {
		for i := range js {
			j := &js[i]
			of = append(of, fmt.Sprint(j.Rule, j.Conclusion, j.Premises, j.Fact, j.Status, j.Total))
		}
	}
	slices.Sort(of)
	return append(append(list, of...), fmt.Sprintf("%+v", r.Answer))
}

// Opened is a masked value with what shows it: the digest is the SHA-256 of the salt and
// the canonical JSON of what the case says.
type Opened struct {
	Fact   string `json:"fact"`
	Field  string `json:"field"`
	Digest string `json:"digest"` // as recorded
	Salt   string `json:"salt"`   // in hex
	Says   any    `json:"says"`   // what the case in clear says; null where it says nothing
	Same   bool   `json:"same"`   // the digest is that of this
}

// Open holds the masked values of a record to a case in clear. The policy is the one
// that masks the same fields: with it the record can be made again from the case.
func Open(r *record.Record, p *rules.Pack, whole *facts.Case, secret Secret) ([]Opened, *Policy, error) {
	c, err := r.ReadCase(p)
	if err != nil {
		return nil, nil, err
	}
	policy := &Policy{}
	list := []Opened{}
	masks, _, _ := record.MasksOf(c)
	for _, m := range masks {
		o := Opened{Fact: m.Fact.Name(), Field: m.Field.Name, Digest: m.Fact.Data[m.Field.Index].Masked}
		policy.fields = append(policy.fields, m.Field)
		salt, err := secret.salt(r, m.Fact, m.Field.Index)
		if err != nil {
			return nil, nil, err
		}
		o.Salt = hex.EncodeToString(salt)
		for _, f := range whole.Facts {
			if f.Type != m.Fact.Type || f.ID != m.Fact.ID || !f.Data[m.Field.Index].Given {
				continue
			}
			d := &f.Data[m.Field.Index]
			sum, err := digest(salt, d, m.Field.Type)
			if err != nil {
				return nil, nil, err
			}
			o.Says, o.Same = record.DatumDocument(d, m.Field.Type), sum == o.Digest
		}
		list = append(list, o)
	}
	return list, policy, nil
}
