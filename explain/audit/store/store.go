// Package store keeps records and their log in one SQLite file.
//
// What flows in: records (package explain/record) with the files of their packs, and the
// key that signs the log. What flows out: the same bytes, found by case, answer, rule,
// threshold, pack, date and person; signed checkpoints and proofs (package
// explain/audit). It never says whether a record is true, and it reads no clock: the
// time of a record is the record's own.
//
// # What is in the file
//
// Bodies of records and files of packs are compressed; a file of a pack is there once
// however many records name it. The hashes of the log's tree and its checkpoints stand
// beside them and are written in the same transaction, so that what was acknowledged is
// in the store and in the log. The other tables only serve to find records and hold
// nothing that the records do not say: Verify compares them.
//
// A record of the shipped pack over a real case is 140 KB of text and takes 25 KB of the
// file, 22 of them its body. The 43 files of the pack take 67 KB once; kept with each
// record they would make a store nearly four times as large.
//
// # Writers
//
// Any number of processes may write; each waits for the others. Append writes its
// records in one transaction with one signature, so that many cost little more than one.
// Nothing is acknowledged before it is on the disk (synchronous=FULL, rollback journal,
// so that a store is one file whenever nobody writes).
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	_ "modernc.org/sqlite" // the driver "sqlite": SQLite in Go alone

	"truce/explain/audit"
	"truce/facts/source"
)

// The findings about a store as a whole.
var (
	ErrNoStore = source.Code{ID: "V040", Title: "no store of records",
		Doc:     "The file is not there, is no SQLite database, or is one that truce did not make. `truce audit init` makes one.",
		Example: "truce audit list notes.txt"}
	ErrExists = source.Code{ID: "V041", Title: "there is a store already",
		Doc:     "A store is never made over another file: its records would be gone.",
		Example: "truce audit init audit.db   # twice"}
	ErrBusy = source.Code{ID: "V042", Title: "the store is in use", Limit: true,
		Doc:     "Another process holds the store and did not let go of it in the time that was waited. Of many answers those before may be recorded, each whole: the message says how many.",
		Example: "two long writers at once"}
	ErrWrite = source.Code{ID: "V043", Title: "the store cannot be written",
		Doc:     "The disk is full, the file or its folder may only be read, or the disk failed. Of many answers those before may be recorded, each whole: the message says how many.",
		Example: "a store on a read-only medium"}
	ErrKey = source.Code{ID: "V044", Title: "the key does not fit the store",
		Doc:     "A log is signed with one key, whose public half the store names. Another key, or none, cannot continue it.",
		Example: "a key that was made for another log"}
	ErrNewer = source.Code{ID: "V045", Title: "a store of a newer truce",
		Doc:     "The tables of the store are of a version that this truce does not know.",
		Example: "a store that a later version has migrated"}
	ErrNoRecord = source.Code{ID: "V047", Title: "no such record",
		Doc:     "Records are called by their number in the log, from 0.",
		Example: "truce audit show 12   # of a store with ten records"}
	ErrDamaged = source.Code{ID: "V046", Title: "the store is damaged",
		Doc:     "SQLite, or the reading of a record, found that the file does not hold together. Verify a copy from before.",
		Example: "a file that was cut short"}
)

// Codes lists the findings of the package.
func Codes() []source.Code {
	return []source.Code{ErrNoStore, ErrExists, ErrBusy, ErrWrite, ErrKey, ErrNewer, ErrDamaged, ErrNoRecord}
}

// application marks the database as one of truce: "trce".
const application = 0x74726365

// Options says how a store is opened.
type Options struct {
	// Wait is how long other writers are waited for; 0 is ten seconds.
	Wait time.Duration
	// ReadOnly never writes, and opens what may only be read.
	ReadOnly bool
}

// Store is an open store: an audit.Store in a file.
type Store struct {
	path     string
	db       *sql.DB
	verifier note.Verifier
	key      string
}

// Create makes a store for a new log, whose name and public key are those of the
// signer, and signs that it is empty. The file may be read by its owner alone.
func Create(ctx context.Context, path string, signer note.Signer, publicKey string) (*Store, error) {
	verifier, err := note.NewVerifier(publicKey)
	if err != nil || !audit.SameKey(verifier, signer) {
		return nil, source.Diagnostics{ErrKey.At(at(path), "the two keys are not the halves of one")}
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, source.Diagnostics{ErrExists.At(at(path), "%s is there already", path)}
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return nil, source.Diagnostics{ErrWrite.At(at(path), "%v", plain(err))}
	}
	s, err := open(path, Options{})
	if err != nil {
		return nil, err
	}
	s.verifier, s.key = verifier, publicKey
	if err := s.write(ctx, func(tx *sql.Tx) error { return s.begin(ctx, tx, signer, publicKey) }); err != nil {
		return nil, errors.Join(err, s.Close(), os.Remove(path))
	}
	return s, nil
}

// begin makes the tables and signs the empty log.
func (s *Store) begin(ctx context.Context, tx *sql.Tx, signer note.Signer, publicKey string) error {
	if err := migrate(ctx, tx, 0); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO log (origin, key) VALUES (?, ?)`, signer.Name(), publicKey); err != nil {
		return err
	}
	_, err := s.sign(ctx, tx, 0, signer)
	return err
}

// Open opens a store that is there, and brings its tables to the present version.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	if info, err := os.Stat(path); err != nil || info.IsDir() {
		if err == nil {
			err = errors.New("it is a folder")
		}
		return nil, source.Diagnostics{ErrNoStore.At(at(path), "%s cannot be opened: %v", path, plain(err)).
			Suggest("truce audit init %s --name NAME --key FILE makes a store", path)}
	}
	if o.ReadOnly {
		rollBack(ctx, path, o)
	}
	s, err := open(path, o)
	if err != nil {
		return nil, err
	}
	if err := s.ready(ctx, o); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// rollBack takes back what a writer that was killed has left half done, which is in a
// journal beside the file. Whoever may only read cannot, and is told when they read.
func rollBack(ctx context.Context, path string, o Options) {
	if _, err := os.Stat(path + "-journal"); err != nil {
		return
	}
	o.ReadOnly = false
	if s, err := open(path, o); err == nil {
		_ = s.ready(ctx, o)
		_ = s.Close()
	}
}

// ready looks whether the file is a store, of which version, and with which key.
func (s *Store) ready(ctx context.Context, o Options) error {
	var app, version int
	err := s.db.QueryRowContext(ctx, `SELECT application_id, user_version FROM pragma_application_id, pragma_user_version`).Scan(&app, &version)
	switch {
	case err != nil && !isNotDatabase(err):
		return s.failed(err)
	case err != nil || app != application:
		return source.Diagnostics{ErrNoStore.At(at(s.path), "%s is no store of truce", s.path)}
	case version > len(migrations):
		return source.Diagnostics{ErrNewer.At(at(s.path), "the store has version %d", version).Expect("%d at most", len(migrations))}
	case version < len(migrations) && o.ReadOnly:
		return source.Diagnostics{ErrWrite.At(at(s.path), "the store has version %d and has to be brought to %d, but may only be read", version, len(migrations))}
	case version < len(migrations):
		if err := s.write(ctx, func(tx *sql.Tx) error { return migrate(ctx, tx, version) }); err != nil {
			return err
		}
	}
	if err := s.db.QueryRowContext(ctx, `SELECT key FROM log`).Scan(&s.key); err != nil {
		return s.failed(err)
	}
	if s.verifier, err = note.NewVerifier(s.key); err != nil {
		return source.Diagnostics{ErrDamaged.At(at(s.path), "its public key is none: %v", err)}
	}
	return nil
}

func open(path string, o Options) (*Store, error) {
	if o.Wait == 0 {
		o.Wait = 10 * time.Second
	}
	dsn := "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path) +
		fmt.Sprintf("?_pragma=busy_timeout(%d)&_pragma=foreign_keys(1)", o.Wait.Milliseconds())
	if o.ReadOnly {
		dsn += "&mode=ro"
	} else {
		dsn += "&mode=rw&_txlock=immediate&_pragma=synchronous(FULL)&_pragma=secure_delete(1)"
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	return &Store{path: path, db: db}, nil
}

// Close closes the store.
func (s *Store) Close() error { return s.db.Close() }

// Key is the public key that the store names. Whoever verifies takes it from elsewhere.
func (s *Store) Key() string { return s.key }

// write runs a transaction that writes.
func (s *Store) write(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return s.failed(err)
	}
	if err = do(tx); err == nil {
		err = tx.Commit()
	}
	if err != nil {
		_ = tx.Rollback() // what failed is what matters
		if ctx.Err() != nil {
			return ctx.Err() // whose end shows in many ways
		}
	}
	return s.failed(err)
}

// failed gives an error of the database its code. Findings stay as they are.
func (s *Store) failed(err error) error {
	var ds source.Diagnostics
	if err == nil || errors.As(err, &ds) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	d := codeOf(err).At(at(s.path), "%s", strings.TrimSpace(err.Error()))
	if isHalfDone(err) {
		d = d.Suggest("a writer was killed: whoever may write the store takes back what it left half done with truce audit list %s", s.path)
	}
	return source.Diagnostics{d}
}

var _ audit.Store = (*Store)(nil)

func at(path string) source.Span { return source.Span{File: path} }

// plain is the reason of a file error without the operation and the path.
func plain(err error) error {
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		return e.Err
	}
	return err
}
