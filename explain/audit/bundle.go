package audit

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"truce/explain/check"
	"truce/explain/record"
	"truce/facts/source"
	"truce/rules"
)

// Bundle is all that somebody needs to check one record offline.
type Bundle struct {
	Record     []byte       // its canonical bytes
	Files      []rules.File // of its pack
	Number     int64        // of the record in the log
	Inclusion  tlog.RecordProof
	Checkpoint string // signed
	Key        string // the log's public key, as the sender has it
	Page       []byte // the answer as a page, to read; not signed; nil for none
}

// The files of a bundle. What each is stands in the one that is to be read first.
const (
	bundleGuide      = "READ-ME-FIRST.txt"
	bundleRecord     = "record.json"
	bundleRules      = "rules/"
	bundleProof      = "proof.json"
	bundleCheckpoint = "checkpoint.txt"
	bundleKey        = "log-key.txt"
	bundleReport     = "check.txt"
	bundlePage       = "answer.html"
)

// proofDocument is proof.json.
type proofDocument struct {
	Format    string      `json:"format"`
	Number    int64       `json:"number"`
	Inclusion []tlog.Hash `json:"inclusion"`
}

// ProofFormat names the document of a proof of inclusion.
const ProofFormat = "truce.inclusion/1"

// ErrBundle is a bundle that cannot be read.
var ErrBundle = source.Code{ID: "V036", Title: "not a bundle",
	Doc:     "A bundle is a zip file as `truce audit export --bundle` writes it: no file of it may be missing, and there are no others. One that was cut short or changed on the way is no bundle.",
	Example: "truce audit verify report.zip   # some other zip file"}

// Write writes the bundle as a zip file; the same bundle is the same bytes.
func (b *Bundle) Write(w io.Writer) error {
	proof, err := record.Canonical(proofDocument{ProofFormat, b.Number, b.Inclusion})
	if err != nil {
		return err
	}
	report, err := b.report()
	if err != nil {
		return err
	}
	files := []rules.File{{Name: bundleGuide, Text: guide}, {Name: bundleRecord, Text: string(b.Record)}, {Name: bundleProof, Text: string(proof)},
		{Name: bundleCheckpoint, Text: b.Checkpoint}, {Name: bundleKey, Text: b.Key + "\n"}, {Name: bundleReport, Text: report}}
	for _, f := range b.Files {
		files = append(files, rules.File{Name: bundleRules + f.Name, Text: f.Text})
	}
	if b.Page != nil {
		files = append(files, rules.File{Name: bundlePage, Text: string(b.Page)})
	}
	z := zip.NewWriter(w)
	for _, f := range files {
		// A date of its own would make two bundles of one record differ.
		out, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(out, f.Text); err != nil {
			return err
		}
	}
	return z.Close()
}

// report is what the checker says of the record.
func (b *Bundle) report() (string, error) {
	r, err := record.Read(bundleRecord, b.Record)
	if err != nil {
		return "", err
	}
	if r.Masked != nil && b.Page != nil {
		return "", errors.New("a masked record has no page")
	}
	found := check.Record(r, b.rules())
	if found.HasErrors() {
		return found.Error() + "\n", nil
	}
	report := fmt.Sprintf("The reasoning of the record follows from its case and its rules:\n%d facts, %d justifications, %d lines of the report, answer %s.\n",
		len(r.Run.Facts), len(r.Run.Justifications), len(r.Run.Lines), r.Run.Answer.Words())
	if len(found) > 0 {
		report += fmt.Sprintf("\n%d conditions could not be evaluated again, for want of masked values:\n%s\n", len(found), found.Error())
	}
	return report, nil
}

func (b *Bundle) rules() check.Files {
	files := check.Files{}
	for _, f := range b.Files {
		files[f.Name] = f.Text
	}
	return files
}

// mostUnpacked bounds what a bundle may unpack to.
const mostUnpacked = 256 << 20

// ReadBundle reads a bundle. Nothing of it is believed yet: see Verify.
func ReadBundle(name string, text []byte) (*Bundle, error) {
	files, err := unzip(text)
	if err != nil {
		return nil, source.Diagnostics{ErrBundle.At(source.Span{File: name}, "%v", err)}
	}
	b := &Bundle{}
	take := func(file string) []byte {
		got, ok := files[file]
		if !ok && err == nil {
			err = fmt.Errorf("%s is not in it", file)
		}
		delete(files, file)
		return got
	}
	b.Record, b.Checkpoint = take(bundleRecord), string(take(bundleCheckpoint))
	b.Key = strings.TrimSuffix(string(take(bundleKey)), "\n")
	proof := take(bundleProof)
	take(bundleGuide) // and what the checker said then: versions of truce may word them otherwise
	take(bundleReport)
	if page, ok := files[bundlePage]; ok {
		b.Page = page
		delete(files, bundlePage)
	}
	for file, text := range files {
		base, ok := strings.CutPrefix(file, bundleRules)
		if (!ok || base != path.Base(base)) && err == nil {
			err = fmt.Errorf("%s does not belong into it", file)
		}
		b.Files = append(b.Files, rules.File{Name: base, Text: string(text)})
	}
	slices.SortFunc(b.Files, func(f, g rules.File) int { return strings.Compare(f.Name, g.Name) })
	if err == nil {
		err = b.readProof(proof)
	}
	if err != nil {
		return nil, source.Diagnostics{ErrBundle.At(source.Span{File: name}, "%v", err)}
	}
	return b, nil
}

func (b *Bundle) readProof(text []byte) error {
	var p proofDocument
	if err := record.ReadCanonical(text, &p); err != nil {
		return fmt.Errorf("%s: %w", bundleProof, err)
	}
	if p.Format != ProofFormat {
		return fmt.Errorf("%s is no proof of the format %s", bundleProof, ProofFormat)
	}
	b.Number, b.Inclusion = p.Number, p.Inclusion
	return nil
}

func unzip(text []byte) (map[string][]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	room := int64(mostUnpacked)
	for _, f := range z.File {
		if _, twice := files[f.Name]; twice {
			return nil, fmt.Errorf("%s is in it twice", f.Name)
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(io.LimitReader(r, room+1))
		if err := errors.Join(err, r.Close()); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		if room -= int64(len(content)); room < 0 {
			return nil, fmt.Errorf("it unpacks to more than %d bytes", mostUnpacked)
		}
		files[f.Name] = content
	}
	return files, nil
}

// Verify checks the bundle with the public key of the log, from somewhere else than the
// bundle: that the checkpoint is signed, that the record is in its log, and that the
// reasoning follows from the case and the rules; warnings name what rests on masked values
// and was not evaluated. The page is for reading, and nothing vouches for it.
func (b *Bundle) Verify(key note.Verifier) (Checkpoint, source.Diagnostics) {
	c, err := OpenCheckpoint(b.Checkpoint, key)
	if err != nil {
		return c, findings(err)
	}
	if err := tlog.CheckRecord(b.Inclusion, c.Size, c.Root, b.Number, tlog.RecordHash(b.Record)); err != nil {
		return c, source.Diagnostics{ErrProof.At(source.Span{File: bundleProof}, "record %d is not shown to be in the log of %d records: %v", b.Number, c.Size, err)}
	}
	r, err := record.Read(bundleRecord, b.Record)
	if err != nil {
		return c, findings(err)
	}
	if len(b.Files) != len(r.Pack.Files) { // those that the record names are looked at below
		return c, source.Diagnostics{ErrBundle.At(source.Span{File: bundleRules}, "it has %d files, and the record names %d", len(b.Files), len(r.Pack.Files))}
	}
	if r.Masked != nil && b.Page != nil {
		return c, source.Diagnostics{ErrBundle.At(source.Span{File: bundlePage}, "a masked record has no page")}
	}
	ds := check.Record(r, b.rules())
	if sent, err := note.NewVerifier(b.Key); err != nil || !SameKey(sent, key) {
		ds = append(ds, ErrSignature.At(source.Span{File: bundleKey}, "the bundle comes with another key than yours, which verifies it").Warn())
	}
	return c, ds
}

const guide = `This bundle shows one assessment of truce: which rules were asked of which facts,
what followed, and that the record of it stood in a log that nobody can rewrite.

  record.json     the assessment, in the canonical JSON of RFC 8785
  rules/          the rules, file by file
  checkpoint.txt  how many records the log had, and the root of the tree over them,
                  signed
  proof.json      the hashes that lead from the record to that root
  log-key.txt     the public key of the log, as the sender has it. Take yours from
                  somebody you trust: a forger would send a key that fits
  check.txt       what the checker said when the bundle was made
  answer.html     the answer to read, if it is there. Nothing vouches for it, nor for
                  check.txt and this text: whoever verifies has the checker say it again

With truce:

  truce audit verify --public KEY-FILE bundle.zip
  truce audit verify --public KEY-FILE --approvers KEYS-OF-EXPERTS bundle.zip

Without it, as far as hashing goes (RFC 6962, sections 2.1 and 2.1.1):

  1. The leaf is SHA-256 over a byte 0 and the bytes of record.json.
  2. Climb to the root with the hashes of "inclusion", the lowest first. With n the
     number of the record and m the number of the last record of the log, at each hash:
     if n is odd, or n equals m, the node becomes SHA-256 over a byte 1, the hash, the
     node, and where n is even both numbers are halved until n is odd or 0; otherwise it
     becomes SHA-256 over a byte 1, the node, the hash. Then both numbers are halved.
  3. The root, in base64, is the third line of checkpoint.txt; the second is how many
     records there are.
  4. The last line of checkpoint.txt is, in base64, four bytes that name the key and
     then an Ed25519 signature over the three lines before the empty one, with their
     line ends. The key, in base64 behind the second + of the key file, is a byte 1 and 32
     bytes.
  5. Each file under rules has the SHA-256 that record.json gives under "pack", and the
     digest of the pack is the SHA-256 of what "sha256sum" prints of the files in order
     of their names; a line "source only" follows where "source_only" is true.
  6. "case_digest" is the SHA-256 of the canonical JSON under "case". A digest under
     "masked" there is the SHA-256 of a salt and the canonical JSON of what the case
     said; "truce audit open" tells both to whoever has the case and the secret.
  7. Each text under "approvals", where there are any, is signed as checkpoint.txt is,
     over the lines before its empty one, with the key of the expert whom it names. Its
     digest is that of the pack.

That the conclusions follow is for the rules themselves to say. What stands in
record.json:

  at, by, engine   when the answer was given, for whom, by which version of truce
  case             what was asked of: each value with its source, quality and the day on
                   which it was known
  pack             the rules, file by file; "extensions" are those that were on
  thresholds       those that were set otherwise than the rules have them
  run.facts        all facts, in the order that the rest counts them by, from 0. "origin"
                   says where a value is from: given, absent, assumed (by the rules), known
                   later than the date, or concluded. "holds" is so whatever the unknown
                   values are, "can hold" with some of them. "height" is how long the
                   shortest proof is
  run.justifications  each time that a rule holds, or can: the fact that it concludes, its
                   premises, and of each condition what it compared, and by how much
                   (margin); of a sum or "any", the members that it looked at
  run.lines        the same, of the lines of the report
  run.answer       each answer that can hold, with the facts that say it
  grounds          the rules and thresholds of the proof

A number, text, true or false is a value; a date is a text; null is unknown; {"low": x,
"high": y} is an interval, without the end that nobody knows.
`
