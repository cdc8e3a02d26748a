package audit

import (
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"truce/explain/record"
	"truce/facts/source"
	"truce/rules"
)

// Store keeps records and their log. Package store has one that is a file; a database on
// a server would be another. It is safe for concurrent use. Its errors are
// source.Diagnostics, or the context's.
type Store interface {
	// Append records entries, all of them or none, and signs the log with them in it.
	// When it returns without an error they are kept for good; checkpoint is the log's.
	Append(ctx context.Context, signer note.Signer, entries []Entry) (receipts []Receipt, checkpoint string, err error)
	// Find lists records, the oldest first.
	Find(context.Context, Query) ([]Summary, error)
	// Bytes are the canonical bytes of a record.
	Bytes(ctx context.Context, number int64) ([]byte, error)
	// Files are the files of the pack of a record.
	Files(context.Context, *record.Record) ([]rules.File, error)
	// Checkpoint is the last signed checkpoint.
	Checkpoint(context.Context) (string, error)
	// Inclusion proves that a record is in the log of the last checkpoint.
	Inclusion(ctx context.Context, number int64) (proof tlog.RecordProof, checkpoint string, err error)
	// Consistency proves that the log of the last checkpoint grew out of one of a size.
	Consistency(ctx context.Context, size int64) (proof tlog.TreeProof, checkpoint string, err error)
	// Verify reads all that is kept, and says what is not as it was signed.
	Verify(context.Context, VerifyOptions) (*Verification, error)
	// Key is the public key that the store names. Whoever verifies takes it from elsewhere.
	Key() string
	Close() error
}

// Read reads a record of a store.
func Read(ctx context.Context, s Store, number int64) (*record.Record, error) {
	text, err := s.Bytes(ctx, number)
	if err != nil {
		return nil, err
	}
	return record.Read(fmt.Sprintf("record %d", number), text)
}

// Entry is a record to keep, with the files of its pack.
type Entry struct {
	Record *record.Record
	Files  []rules.File
}

// Receipt says where a record is.
type Receipt struct {
	Number int64  // of the record in the log, from 0
	Hash   string // of its leaf
}

// Query says which records are wanted; what is empty does not matter.
type Query struct {
	Case      string // its id
	Answer    string // a goal value that could hold
	Rule      string // in the proof of the answer
	Threshold string // read in the proof of the answer
	Pack      string // name, or digest
	By        string
	From, To  string // of the time of recording: 2026-01-31, or with a time; both included
	Settled   bool   // only where the answer is settled
	Open      bool   // only where it is not
	After     int64  // only those with a higher number; -1 for all
	Limit     int    // 0: no limit
}

// Summary is a record as a list shows it.
type Summary struct {
	Number  int64  `json:"number"`
	Case    string `json:"case"`
	AsOf    string `json:"as_of"`
	Answer  string `json:"answer"` // what can hold, with spaces between
	Settled bool   `json:"settled"`
	At      string `json:"at"`
	By      string `json:"by"`
	Pack    string `json:"pack"` // name and version
	Digest  string `json:"digest"`
}

// VerifyOptions says what a store is held to.
type VerifyOptions struct {
	Key  note.Verifier // of the log, from somewhere else than the store
	Kept []string      // checkpoints that somebody kept elsewhere
	// Progress, when set, is told of each record; from one goroutine at a time.
	Progress func(done, total int64)
	// Check, when set, looks at each record too, at several at once.
	Check func(head *record.Head, text []byte) source.Diagnostics
}

// Verification is what came of it.
type Verification struct {
	Records    int64
	Checkpoint Checkpoint // the last one, where it is signed
	Found      source.Diagnostics
}
