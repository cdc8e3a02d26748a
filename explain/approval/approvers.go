package approval

import (
	"errors"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"truce/explain/record"
	"truce/facts/source"
)

// Approvers are the experts who are trusted, by their public keys.
type Approvers struct{ keys []note.Verifier }

// ReadApprovers reads a file of public keys, one a line.
func ReadApprovers(name string, text []byte) (*Approvers, error) {
	a := &Approvers{}
	var found source.Diagnostics
	for i, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, err := note.NewVerifier(line)
		if err != nil {
			// Without the place, which would show the line: somebody may have put a secret key here.
			found = append(found, ErrApprovers.At(source.Span{File: name}, "line %d holds no public key", i+1).
				Expect("NAME+HASH+KEY, as in the .pub file that truce audit key wrote"))
			continue
		}
		if !slices.ContainsFunc(a.keys, func(k note.Verifier) bool { return k.Name() == key.Name() && k.KeyHash() == key.KeyHash() }) {
			a.keys = append(a.keys, key)
		}
	}
	if len(a.keys) == 0 && len(found) == 0 {
		found = source.Diagnostics{ErrApprovers.At(source.Span{File: name}, "nobody may approve: it holds no key").Expect("a public key a line")}
	}
	return a, found.Err()
}

// names are those of the keys, each once.
func (a *Approvers) names() []string {
	var names []string
	for _, k := range a.keys {
		names = append(names, k.Name())
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Given is the text of an approval and the file that it comes from.
type Given struct{ File, Text string }

// shown is of how many approvals it is told why they do not count.
const shown = 6

// Demand gives the approvals of a pack that count at a time, sorted and each once. Where
// there is none, the error says who could approve, and why what was given does not count.
func (a *Approvers) Demand(p record.Pack, now time.Time, given []Given) ([]string, error) {
	var valid []string
	var rest source.Diagnostics
	for _, g := range given {
		if ds := a.judge(g.Text, p, now.UTC().Format(time.RFC3339)); len(ds) > 0 {
			ds[0].Span.File = g.File
			rest = append(rest, ds[0])
			continue
		}
		valid = append(valid, g.Text)
	}
	if len(valid) > 0 {
		slices.Sort(valid)
		return slices.Compact(valid), nil
	}
	d := ErrUnapproved.At(source.Span{}, "nobody who may has approved %s", ofPack(p)).
		Expect("an approval by %s", strings.Join(a.names(), " or "))
	for _, r := range rest[:min(len(rest), shown)] {
		d = d.See(r.Span, "this does not count: %s", r.Message)
	}
	if n := len(rest) - shown; n > 0 {
		d = d.See(source.Span{}, "and %d more do not count", n)
	}
	return nil, source.Diagnostics{d}
}

// judge says what is wrong with an approval of a pack, which answered at a time. Nil
// approvers believe every signature.
func (a *Approvers) judge(text string, p record.Pack, at string) source.Diagnostics {
	var keys []note.Verifier
	if a != nil {
		keys = a.keys
	}
	given, signed, err := open(text, note.VerifierList(keys...))
	var ds source.Diagnostics
	switch {
	case errors.As(err, &ds):
		return ds
	case a != nil && !signed:
		return source.Diagnostics{ErrSigner.At(source.Span{}, "it is signed with a key of %s that is none of theirs who may approve", given.By).
			Expect("a key of %s", strings.Join(a.names(), " or "))}
	case given.Pack != p.Name || given.Version != p.Version || given.Digest != p.Digest || given.SourceOnly != p.SourceOnly:
		return source.Diagnostics{ErrAnother.At(source.Span{}, "it is of %s", given.what()).Expect("%s", ofPack(p))}
	case given.At > at:
		return source.Diagnostics{ErrAnother.At(source.Span{}, "it was given at %s, and the answer at %s", given.At, at)}
	}
	return nil
}

// Check says what is wrong with the approvals of a record, which is of a pack and was made
// at a time. With approvers, each has to be signed by one of them, and there has to be
// one; nil ones leave that open.
func Check(list []string, p record.Pack, at string, a *Approvers) source.Diagnostics {
	var found source.Diagnostics
	for _, text := range list {
		found = append(found, a.judge(text, p, at)...)
	}
	for i := 1; i < len(list); i++ {
		if list[i-1] >= list[i] {
			found = append(found, ErrForm.At(source.Span{}, "the approvals of the record do not stand in their order, or one stands in it twice"))
			break
		}
	}
	if a != nil && len(list) == 0 {
		found = append(found, ErrUnapproved.At(source.Span{}, "the record holds no approval of %s", ofPack(p)).
			Expect("one by %s", strings.Join(a.names(), " or ")))
	}
	return found
}
