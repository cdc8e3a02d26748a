// Package approval is the word of experts that rules may be answered with: a signed text
// that names one pack by its digest.
//
// What flows in: what a pack is (record.Pack), the texts of approvals, and the public
// keys of the experts who are trusted. What flows out: the approvals that count, and of
// each other one why it does not. It opens no file, reads no clock and makes no key, and
// it never says whether rules are any good.
//
// # The text
//
// An approval is a note as golang.org/x/mod/sumdb/note signs it, with an Ed25519 key,
// over these lines and no others:
//
//	truce.approval/1
//	pack: ferry
//	version: 1.0.0
//	digest: the digest of the pack, in hex
//	source-only: false
//	by: expert.example.org
//	at: 2026-01-31T12:00:00Z
//
// The digest is over the names and the contents of all files of the pack, and over
// whether its extensions are left out, so that any change of a rule asks for another
// approval. There is one signature, by the key that "by" names, and one way to write it.
package approval

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"truce/explain/record"
	"truce/facts/source"
)

// Format is the first line of an approval.
const Format = "truce.approval/1"

// Approval is what an expert signs.
type Approval struct {
	Pack, Version string
	Digest        string // as rules.Pack has it
	SourceOnly    bool   // of the pack without its extensions
	By            string // the name of the expert's key
	At            string // when, in UTC: 2026-01-31T12:00:00Z
}

// Of is an approval of a pack, to sign.
func Of(p record.Pack, by string, at time.Time) Approval {
	return Approval{p.Name, p.Version, p.Digest, p.SourceOnly, by, at.UTC().Format(time.RFC3339)}
}

// Text is the approval before it is signed.
func (a Approval) Text() string {
	return fmt.Sprintf("%s\npack: %s\nversion: %s\ndigest: %s\nsource-only: %t\nby: %s\nat: %s\n",
		Format, a.Pack, a.Version, a.Digest, a.SourceOnly, a.By, a.At)
}

// Sign signs the approval with the key that it names.
func (a Approval) Sign(s note.Signer) (string, error) {
	switch back, err := parse(a.Text()); {
	case s.Name() != a.By:
		return "", fmt.Errorf("an approval by %s is not for %s to sign", a.By, s.Name())
	case err != nil:
		return "", fmt.Errorf("%s %s cannot be approved: %w", a.Pack, a.Version, err)
	case back != a:
		return "", fmt.Errorf("%s %s cannot be approved: there is a line end in its name or its version", a.Pack, a.Version)
	}
	text, err := note.Sign(&note.Note{Text: a.Text()}, s)
	return string(text), err
}

// what says of what an approval is.
func (a Approval) what() string { return words(a.Pack, a.Version, a.Digest, a.SourceOnly) }

func ofPack(p record.Pack) string { return words(p.Name, p.Version, p.Digest, p.SourceOnly) }

func words(name, version, digest string, sourceOnly bool) string {
	without := ""
	if sourceOnly {
		without = " without its extensions"
	}
	return fmt.Sprintf("%s %s%s, digest %s", name, version, without, digest)
}

// parse reads the lines of an approval; another text that would say the same is none.
func parse(text string) (Approval, error) {
	var a Approval
	var sourceOnly string
	rest, ok := strings.CutPrefix(text, Format+"\n")
	if !ok {
		return a, fmt.Errorf("it does not begin with the line %s", Format)
	}
	for _, f := range [...]struct {
		key  string
		into *string
	}{{"pack", &a.Pack}, {"version", &a.Version}, {"digest", &a.Digest}, {"source-only", &sourceOnly}, {"by", &a.By}, {"at", &a.At}} {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		if *f.into, ok = strings.CutPrefix(line, f.key+": "); !ok {
			return a, fmt.Errorf("it has %q where %s should be", line, f.key)
		}
	}
	var err error
	if a.SourceOnly, err = strconv.ParseBool(sourceOnly); err != nil {
		return a, fmt.Errorf("source-only is %q, and not true or false", sourceOnly)
	}
	if at, err := time.Parse(time.RFC3339, a.At); err != nil || at.UTC().Format(time.RFC3339) != a.At {
		return a, fmt.Errorf("%q is no time in UTC, such as 2026-01-31T12:00:00Z", a.At)
	}
	if a.Text() != text {
		return a, errors.New("it is not written as approvals are")
	}
	return a, nil
}

// open reads an approval. Signed reports whether the key that it names is among those
// that are known, and signed it; of another key nothing can be said.
func open(text string, known note.Verifiers) (a Approval, signed bool, err error) {
	n, err := note.Open([]byte(text), known)
	var unknown *note.UnverifiedNoteError
	var invalid *note.InvalidSignatureError
	switch {
	case errors.As(err, &unknown):
		n = unknown.Note
	case errors.As(err, &invalid):
		return a, false, source.Diagnostics{ErrSigner.At(source.Span{}, "what it says is not what %s signed", invalid.Name)}
	case err != nil:
		return a, false, source.Diagnostics{ErrForm.At(source.Span{}, "it is no signed text: %v", err)}
	}
	if a, err = parse(n.Text); err == nil {
		err = onlySignature(n, text, a.By)
	}
	if err != nil {
		return a, false, source.Diagnostics{ErrForm.At(source.Span{}, "%v", err)}
	}
	return a, len(n.Sigs) == 1, nil
}

// onlySignature demands that a note has one signature, by a key of a name, and is written
// in the one way.
func onlySignature(n *note.Note, text, by string) error {
	signatures := slices.Concat(n.Sigs, n.UnverifiedSigs)
	if len(signatures) != 1 {
		return fmt.Errorf("it has %d signatures, and not one", len(signatures))
	}
	s := signatures[0]
	if s.Name != by {
		return fmt.Errorf("it says that it is by %s, and has a signature of %s", by, s.Name)
	}
	again, err := note.Sign(n) // by nobody more: as it stands
	raw, bad := base64.StdEncoding.DecodeString(s.Base64)
	if err := errors.Join(err, bad); err != nil {
		return err
	}
	if string(again) != text || base64.StdEncoding.EncodeToString(raw) != s.Base64 {
		return errors.New("its signature is not written as approvals have it")
	}
	return nil
}

// Split takes the texts of several approvals apart that stand in one file, one after the
// other.
func Split(text string) []string {
	var list []string
	begin := 0
	for at := 0; at < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		if text[at:end] == Format+"\n" && at > begin {
			list = append(list, text[begin:at])
			begin = at
		}
		at = end
	}
	if begin < len(text) {
		list = append(list, text[begin:])
	}
	return list
}
