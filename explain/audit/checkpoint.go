// Package audit is the log of records, as somebody checks it who has a public key and
// trusts nobody.
//
// What flows in: the bytes of records, signed checkpoints and proofs. What flows out:
// whether a record is in the log, whether one state of the log grew out of another, and
// bundles that show both offline. It keeps nothing and opens no database: package
// explain/audit/store does.
//
// # The log
//
// The log is a Merkle tree as in RFC 6962; a leaf is the canonical bytes of one record,
// in the order of recording. A checkpoint says how many records there are and what the
// root of the tree over them is, as three lines (the log's name, the number, the root in
// base64), signed as a note with an Ed25519 key: the form of c2sp.org/tlog-checkpoint.
// Whoever holds a checkpoint can hold the log to it for ever: a record that was changed,
// taken out or put in between makes another root, and two checkpoints of which neither
// grows out of the other show that somebody keeps two logs under one name.
//
// Trees, proofs and notes are those of golang.org/x/mod/sumdb, which the Go module
// mirror stands on: no more than hashing over whatever keeps the hashes. So they are
// kept in the database of the records and written in the same transaction: a record is
// in the store and in the log, or in neither.
package audit

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"truce/facts/source"
)

// Checkpoint is a state of a log.
type Checkpoint struct {
	Origin string // the name of the log, which its key has too
	Size   int64  // how many records it has
	Root   tlog.Hash
}

// Text is the checkpoint before it is signed.
func (c Checkpoint) Text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, base64.StdEncoding.EncodeToString(c.Root[:]))
}

// Sign signs the checkpoint.
func (c Checkpoint) Sign(s note.Signer) (string, error) {
	text, err := note.Sign(&note.Note{Text: c.Text()}, s)
	return string(text), err
}

// key is a half of a pair: a note.Signer or a note.Verifier.
type key interface {
	Name() string
	KeyHash() uint32
}

// SameKey reports whether two halves are of one pair, as their name and hash tell.
func SameKey(a, b key) bool { return a.Name() == b.Name() && a.KeyHash() == b.KeyHash() }

// findings are the findings that an error is; none where it is none.
func findings(err error) (ds source.Diagnostics) {
	errors.As(err, &ds)
	return ds
}

// OpenCheckpoint reads a signed checkpoint and demands the signature of a key.
func OpenCheckpoint(text string, key note.Verifier) (Checkpoint, error) {
	n, err := note.Open([]byte(text), note.VerifierList(key))
	if err != nil {
		return Checkpoint{}, source.Diagnostics{ErrSignature.At(source.Span{}, "a checkpoint is not signed with the key of %s: %v", key.Name(), err).
			Suggest("check that the public key is the log's")}
	}
	c, err := parseCheckpoint(n.Text)
	if err == nil && c.Origin != key.Name() {
		err = fmt.Errorf("it is of the log %q", c.Origin)
	}
	if err != nil {
		return Checkpoint{}, source.Diagnostics{ErrSignature.At(source.Span{}, "a signed text is no checkpoint of %s: %v", key.Name(), err)}
	}
	return c, nil
}

func parseCheckpoint(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return Checkpoint{}, errors.New("it has not three lines")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return Checkpoint{}, fmt.Errorf("%q is no number of records", lines[1])
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return Checkpoint{}, err
	}
	return Checkpoint{Origin: lines[0], Size: size, Root: root}, nil
}
